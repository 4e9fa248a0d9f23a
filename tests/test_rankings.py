"""Each score against brute force or hand arithmetic, and the ranking that is made of them."""

from __future__ import annotations

import math
from pathlib import Path

import bm25s
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.checked_rows import CheckedRows
from index.cosine_distribution import CosineDistribution
from index.embedded import _highest
from index.fuse import best_first, convex_combination, reciprocal_rank_fusion, standardise
from index.lexical import FOLDER, K1, B, LexicalIndex, Postings, stems
from index.search import PassageIndex
from index.sentence_vectors import FIRST_ROWS, VECTORS, SentenceVectors
from index.vectors import EXACT, EXACT_ROWS, VectorIndex


def unit_rows(count: int, seed: int = 0) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
    rows = np.random.default_rng(seed).normal(size=(count, 8))
    return (rows / np.linalg.norm(rows, axis=1, keepdims=True)).astype(np.float32)


def test_stems_leave_stop_words_out_and_keep_numbers() -> None:
    assert stems("The patient's nerves, and 10 to 20 minutes of it") == [
        "patient",
        "nerv",
        "10",
        "20",
        "minut",
    ]


def test_bm25_by_hand(tmp_path: Path) -> None:
    """Lucene's BM25 of "laser" in three texts of 1, 2 and 3 words, k1 = 0.9, b = 0.4, mean length 2.

    idf = ln(1 + (3 - 2 + 0.5) / (2 + 0.5)) = ln 1.6; text 1 holds it once among 1 word:
    1 / (1 + 0.9 (1 - 0.4 + 0.4 * 1/2)) = 1 / 1.72; text 3 twice among 3: 2 / (2 + 0.9 (0.6 + 0.4 * 3/2)).
    """
    Postings.build(["laser", "infrared light", "laser laser pain"], tmp_path)
    stored = LexicalIndex([Postings(tmp_path / FOLDER)])
    expected = np.array([math.log(1.6) / 1.72, 0, math.log(1.6) * 2 / (2 + 0.9 * 1.2)])
    assert stored.scores("Lasers?") == pytest.approx(expected, abs=1e-5)
    assert stored.scores("Laser or lasers?") == pytest.approx(2 * expected, abs=1e-5), "each time it is asked"
    assert stored.scores("haemophilia the").tolist() == [0, 0, 0]


def test_bm25_over_segments_is_that_of_bm25s_over_all(tmp_path: Path) -> None:
    """300 texts of words that are rare and common, cut into three segments."""
    random = np.random.default_rng(3)
    words = [f"w{number}" for number in range(80)]
    share = 1 / np.arange(1, 81)
    texts = [
        " ".join(random.choice(words, size=random.integers(1, 60), p=share / share.sum())) for _ in range(300)
    ]
    rival = bm25s.BM25(k1=K1, b=B)
    rival.index([stems(text) for text in texts], show_progress=False)
    parts = []
    for number, cut in enumerate((slice(0, 1), slice(1, 170), slice(170, 300))):
        (tmp_path / str(number)).mkdir()
        Postings.build(texts[cut], tmp_path / str(number))
        parts.append(Postings(tmp_path / str(number) / FOLDER))
    ours = LexicalIndex(parts)
    for question in ("w0", "w1 w70 w1", "w3 w17 w79 nothing"):
        known = [stem for stem in stems(question) if stem != "noth"]
        assert ours.scores(question) == pytest.approx(rival.get_scores(known), abs=1e-5)


@given(st.lists(st.integers(0, 5), min_size=1, max_size=40), st.integers(1, 12))
def test_the_highest_are_those_of_sorting_all(scores: list[int], k: int) -> None:
    values = np.array(scores, np.float32)
    expected = [place for place in np.argsort(-values, kind="stable")[:k] if values[place] > 0]
    assert sorted(_highest(values, k).tolist()) == sorted(expected)


def test_vectors_against_brute_force(tmp_path: Path) -> None:
    vectors = unit_rows(50)
    VectorIndex.build(vectors).save(tmp_path)
    stored = VectorIndex.load(tmp_path / "passages.faiss")
    question = unit_rows(1, seed=1)[0]
    cosines = vectors @ question
    assert stored.nearest(question, 7).tolist() == np.argsort(-cosines)[:7].tolist()
    ids = np.array([3, 40, 11])
    assert stored.similarities(question, ids) == pytest.approx(cosines[ids], abs=1e-6)
    assert stored.vectors() == pytest.approx(vectors)


def test_the_nearest_sentence_of_each_passage_against_brute_force(tmp_path: Path) -> None:
    vectors = unit_rows(9)
    SentenceVectors.build(vectors, [2, 1, 4, 2]).save(tmp_path)
    stored = SentenceVectors.load(tmp_path / VECTORS, tmp_path / FIRST_ROWS)
    question = unit_rows(1, seed=1)[0]
    cosines = vectors @ question
    expected = [cosines[0:2].max(), cosines[3:7].max(), cosines[7:9].max()]
    assert stored.best_similarities(question, np.array([0, 2, 3])) == pytest.approx(expected, abs=1e-3)
    assert stored.of(2) == pytest.approx(vectors[3:7], abs=1e-3)


def test_moments_are_those_of_all_rows_without_looking_at_them(tmp_path: Path) -> None:
    vectors = unit_rows(200)
    CosineDistribution.build(vectors).save(tmp_path / "moments.npy")
    question = unit_rows(1, seed=1)[0]
    cosines = vectors @ question
    expected = (cosines - cosines.mean()) / cosines.std()
    found = CosineDistribution.load(tmp_path / "moments.npy").standardise(cosines[:5], question)
    assert found == pytest.approx(expected[:5], abs=1e-3)
    alike = CosineDistribution.build(np.repeat(vectors[:1], 4, axis=0))
    assert alike.standardise(cosines[:2], question).tolist() == [0, 0]


def test_moments_of_parts_are_those_of_the_whole() -> None:
    vectors = unit_rows(90)
    cuts = (slice(0, 4), slice(4, 60), slice(60, 90))
    parts = CosineDistribution.of_parts([CosineDistribution.build(vectors[cut]) for cut in cuts], [4, 56, 30])
    question = unit_rows(1, seed=1)[0]
    cosines = vectors @ question
    whole = CosineDistribution.build(vectors).standardise(cosines, question)
    assert parts.standardise(cosines, question) == pytest.approx(whole, abs=1e-4)


def test_many_vectors_are_rounded_to_be_found_and_compared_as_they_are(tmp_path: Path) -> None:
    """Clustered as texts are: of the ten nearest, 95 in 100 are found, and their cosines are exact."""
    random = np.random.default_rng(4)
    centres = unit_rows(300, seed=5)
    vectors = centres[random.integers(0, 300, EXACT + 1)] + random.normal(0, 0.1, (EXACT + 1, 8))
    vectors = (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)
    VectorIndex.build(vectors).save(tmp_path)
    stored = VectorIndex.load(tmp_path / "passages.faiss", CheckedRows.load(tmp_path / EXACT_ROWS))
    found = 0
    for question in vectors[:: EXACT // 40]:
        ids = stored.nearest(question, 1000)
        cosines = stored.similarities(question, ids)
        assert cosines == pytest.approx(vectors[ids] @ question, abs=2e-3)
        best = ids[np.argsort(-cosines)[:10]]
        found += len(set(best.tolist()) & set(np.argsort(-(vectors @ question))[:10].tolist()))
    assert found / (10 * len(vectors[:: EXACT // 40])) >= 0.99


@given(st.lists(st.floats(-100, 100, width=32), min_size=1, max_size=30))
@settings(deadline=None)
def test_standardised_scores_have_mean_0_and_spread_1_or_are_all_0(scores: list[float]) -> None:
    found = standardise(np.array(scores, dtype=np.float32))
    if found.any():
        assert found.mean() == pytest.approx(0, abs=1e-2)
        assert found.std() == pytest.approx(1, abs=1e-2)


def test_the_convex_combination_by_hand() -> None:
    """0.2 * 1 + 0.8 (0.25 * 2 + 0.75 * 4) = 0.2 + 0.8 * 3.5 = 3."""
    one, two, four = (np.array([value], dtype=np.float32) for value in (1, 2, 4))
    assert convex_combination(one, two, four) == pytest.approx(3)


def test_reciprocal_rank_fusion_by_hand() -> None:
    """Ranks 1, 2, 3 by words and 3, 1, 2 by cosine: 1/61 + 1/63, 1/62 + 1/61, 1/63 + 1/62."""
    lexical = np.array([9, 5, 1], dtype=np.float32)
    passage = np.array([0.1, 0.9, 0.5], dtype=np.float32)
    expected = [1 / 61 + 1 / 63, 1 / 62 + 1 / 61, 1 / 63 + 1 / 62]
    assert reciprocal_rank_fusion(lexical, passage) == pytest.approx(expected)


def test_a_search_finds_the_passage_that_says_it(shipped_index: PassageIndex) -> None:
    hits = shipped_index.search("How long does a session of cold laser therapy last?", 5)
    assert len(hits) == 5
    assert "10 to 20 minutes" in hits[0].passage.text
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    passage = hits[0].passage
    assert shipped_index.document(passage.document).text[passage.start : passage.end] == passage.text
    assert shipped_index.sentence_vectors(passage).shape == (len(passage.sentences), 384)


def test_each_ranking_is_by_its_own_score(shipped_index: PassageIndex) -> None:
    question = "burns on numb feet"
    by_words = shipped_index.search(question, 8, ranking="bm25")
    assert [hit.bm25 for hit in by_words] == sorted((hit.bm25 for hit in by_words), reverse=True)
    by_vector = shipped_index.search(question, 8, ranking="dense")
    assert [hit.similarity for hit in by_vector] == sorted(
        (hit.similarity for hit in by_vector), reverse=True
    )
    assert shipped_index.search("zzyzx qwghlm", 3, ranking="bm25") == []


def test_an_empty_question_finds_nothing(shipped_index: PassageIndex) -> None:
    assert shipped_index.search("  \n", 5) == []
    assert shipped_index.search("laser", 0) == []


def test_the_vocabulary_counts_the_words_of_the_documents(shipped_index: PassageIndex) -> None:
    assert shipped_index.vocabulary["neuropathy"] > 20
    assert "haemophilia" not in shipped_index.vocabulary


def test_scores_that_differ_by_rounding_keep_reading_order() -> None:
    """0.5 and 0.5000001 are one score, whichever is larger; 0.6 and 0.5 are two, 0.50002 and 0.5 too."""
    ids = np.array([4, 7, 9, 12])
    for scores in ([0.5, 0.5000001, 0.6, 0.1], [0.5000001, 0.5, 0.6, 0.1]):
        assert ids[best_first(np.array(scores, np.float32), ids)].tolist() == [9, 4, 7, 12]
    assert ids[best_first(np.array([0.5, 0.50002, 0.6, 0.1], np.float32), ids)].tolist() == [9, 7, 4, 12]
    assert ids[best_first(np.array([0.5, 0.5000001, 0.6, 0.1], np.float32), ids, 0)].tolist() == [9, 7, 4, 12]
    assert best_first(np.zeros(0, np.float32), np.zeros(0, np.int64)).tolist() == []
