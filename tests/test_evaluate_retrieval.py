"""Rankings against judgements, by hand arithmetic."""

from __future__ import annotations

import math
from pathlib import Path

import ir_measures
import pytest

from index.search import PassageIndex
from index.types import Passage, Sentence
from qa.evaluate.questions import Question, Span
from qa.evaluate.retrieval import (
    evaluate_retrieval,
    measure_run,
    passage_qrels,
    relevant_passages,
    retrieval_figures,
    write_run,
)
from qa.evaluate.rows import QuestionFileError


def gain(rank: int) -> float:
    """What a relevant document at this rank is worth to DCG."""
    return 1 / math.log2(rank + 1)


def passage(id: int, start: int, end: int, document: str = "a.md") -> Passage:
    text = "x" * (end - start)
    return Passage(id, document, "T", "k", "", None, start, end, text, (Sentence(start, end, text),))


def ask(id: str, *gold: str | Span, text: str = "question", **fields: str) -> Question:
    return Question(
        id=id, kind="answerable", turns=(text,), answerable=True, gold=gold, place="q:1", **fields
    )


def test_measures_by_hand() -> None:
    """q1 finds a at rank 1 and b at rank 3, q2 finds its only one at rank 12.

    nDCG@10 of q1: (1 + 1/log2 4) / (1 + 1/log2 3) = 1.5 / 1.6309 = 0.9197. Beyond rank 10 only Recall@100
    counts.
    """
    qrels = {"q1": {"a": 1, "b": 1, "c": 0}, "q2": {"z": 1}}
    run = {
        "q1": [("a", 3.0), ("x", 2.0), ("b", 1.0)],
        "q2": [*((f"x{rank}", 50.0 - rank) for rank in range(11)), ("z", 1.0)],
    }
    measured = measure_run(qrels, run)
    assert measured["nDCG@10"] == pytest.approx({"q1": (gain(1) + gain(3)) / (gain(1) + gain(2)), "q2": 0.0})
    assert measured["Recall@10"] == {"q1": 1.0, "q2": 0.0}
    assert measured["Recall@100"] == {"q1": 1.0, "q2": 1.0}
    assert measured["MRR@10"] == {"q1": 1.0, "q2": 0.0}


def test_graded_judgements_by_hand() -> None:
    """Relevance 1 before 2: (1 + 2/log2 3) / (2 + 1/log2 3), gains being the grades themselves."""
    measured = measure_run({"q": {"a": 1, "b": 2}}, {"q": [("a", 2.0), ("b", 1.0)]})
    assert measured["nDCG@10"]["q"] == pytest.approx((1 + 2 * gain(2)) / (2 + gain(2)))


def test_a_question_without_a_result_counts_zero() -> None:
    """Of four judged questions one is answered: every mean is 1/4, whether the others are empty or absent."""
    qrels = {name: {"a": 1} for name in ("found", "empty", "absent", "wrong")}
    run = {"found": [("a", 1.0)], "empty": [], "wrong": [("b", 1.0)], "not judged": [("a", 1.0)]}
    for values in measure_run(qrels, run).values():
        assert values == {"found": 1.0, "empty": 0.0, "absent": 0.0, "wrong": 0.0}


def test_a_run_that_found_nothing_at_all_counts_zero() -> None:
    assert measure_run({"q": {"a": 1}}, {})["nDCG@10"] == {"q": 0.0}


def test_ties_keep_the_order_of_the_run() -> None:
    """The relevant one is second of three equal scores: nDCG 1/log2 3 and reciprocal rank 1/2."""
    measured = measure_run({"q": {"m": 1}}, {"q": [("z", 1.0), ("m", 1.0), ("a", 1.0)]})
    assert measured["nDCG@10"]["q"] == pytest.approx(gain(2))
    assert measured["MRR@10"]["q"] == 0.5


def test_a_written_run_reads_back_in_its_order_with_its_figures(tmp_path: Path) -> None:
    """Equal scores included."""
    run = {"q": [("z", 1.0), ("m", 1.0), ("b", 0.99999999999), ("a", 1e-12), ("c", 0.0), ("d", -3.5)]}
    write_run(tmp_path / "run.trec", run)
    lines = [line.split() for line in (tmp_path / "run.trec").read_text().splitlines()]
    assert [(line[0], line[1], line[2], line[3], line[5]) for line in lines] == [
        ("q", "Q0", document, str(rank), "lightqa") for rank, (document, _) in enumerate(run["q"], start=1)
    ]
    qrels = {"q": {"m": 1, "d": 1}}
    read = list(ir_measures.read_trec_run(str(tmp_path / "run.trec")))
    outside = ir_measures.calc_aggregate([ir_measures.nDCG @ 10, ir_measures.RR @ 10], qrels, read)
    measured = measure_run(qrels, run)
    assert outside[ir_measures.nDCG @ 10] == pytest.approx(measured["nDCG@10"]["q"])
    assert outside[ir_measures.RR @ 10] == pytest.approx(measured["MRR@10"]["q"]) == 0.5


def test_a_passage_is_relevant_when_it_holds_half_of_the_gold() -> None:
    """Gold 80 to 120: passage 0 (0 to 100) holds 20 of 40, passage 1 (100 to 200) too, passage 2 nothing."""
    passages = [passage(0, 0, 100), passage(1, 100, 200), passage(2, 200, 300), passage(3, 80, 120, "b.md")]
    assert relevant_passages(passages, [Span("a.md", 80, 120)]) == {0, 1}
    assert relevant_passages(passages, [Span("a.md", 90, 120)]) == {1}


def test_a_gold_longer_than_passages_makes_the_one_with_most_of_it_relevant() -> None:
    """Gold 50 to 290 has 240 characters; the passages hold 50, 100 and 90 of them."""
    passages = [passage(0, 0, 100), passage(1, 100, 200), passage(2, 200, 300)]
    assert relevant_passages(passages, [Span("a.md", 50, 290)]) == {1}
    assert relevant_passages(passages, [Span("a.md", 400, 500)]) == set()


def test_figures_hold_means_baselines_and_paired_gains() -> None:
    """Hybrid 1, 0.5, 0 against BM25 0.5, 0.5, 0: means 0.5 and 1/3; the gain is (0.5 + 0 + 0) / 3."""
    hybrid = {"nDCG@10": {"a": 1.0, "b": 0.5, "c": 0.0}}
    bm25 = {"nDCG@10": {"a": 0.5, "b": 0.5, "c": 0.0}}
    first, second = retrieval_figures({"hybrid": hybrid, "bm25": bm25})
    assert (first.name, first.value) == ("retrieval: nDCG@10", 0.5)
    assert first.baselines == {"BM25 alone": pytest.approx(1 / 3)}
    assert (second.name, second.value) == ("retrieval: nDCG@10 gain over BM25 alone", pytest.approx(1 / 6))
    assert second.low == 0.0 and 0.3 < second.high <= 0.5


def test_judgements_come_from_gold(shipped_index: PassageIndex) -> None:
    path = shipped_index.paths()[0]
    wanted = shipped_index.passages(path)[1]
    sentence = wanted.sentences[0]
    questions = [
        ask("quote", sentence.text),
        ask("span", Span(path, sentence.start, sentence.end)),
        ask("none"),
    ]
    qrels = passage_qrels(shipped_index, questions)
    assert qrels == {"quote": {str(wanted.id): 1}, "span": {str(wanted.id): 1}}


def test_gold_that_is_never_quoted_is_named(shipped_index: PassageIndex) -> None:
    heading = next(
        line for line in shipped_index.document(shipped_index.paths()[0]).text.split("\n") if line[:2] == "# "
    )
    with pytest.raises(QuestionFileError, match="q:1: the gold of 'h' stands in a heading"):
        passage_qrels(shipped_index, [ask("h", heading)])


def test_search_is_measured_on_questions_that_stand_alone(shipped_index: PassageIndex) -> None:
    """The question is a sentence of the document, so its passage is first: every measure is 1."""
    sentence = shipped_index.passages(shipped_index.paths()[0])[1].sentences[0].text
    questions = [ask("a", sentence, text=sentence), ask("misspelt", sentence, text="sesion", clean="session")]
    part, run = evaluate_retrieval(shipped_index, questions)
    assert list(run) == ["a"]
    assert [row["first_rank"] for row in part.rows] == [1]
    assert {figure.name: figure.value for figure in part.figures}["retrieval: MRR@10"] == 1.0
    nothing, none = evaluate_retrieval(shipped_index, [ask("none")])
    assert (nothing.figures, nothing.remarks, none) == ((), ("No question has gold and stands alone.",), {})
