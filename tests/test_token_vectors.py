"""The words of every sentence are in the index, as the encoder reads them, and checked when they are read."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.catalog import in_context
from index.encoder import Reading
from index.errors import IndexDamaged
from index.generation import verify_generation
from index.readable import in_full
from index.search import PassageIndex
from index.token_vectors import WORDS, words_of
from index.types import Document, Passage, Sentence


def all_sentences(index: PassageIndex) -> list[tuple[Passage, Sentence]]:
    passages = [passage for path in index.paths() for passage in index.passages(path)]
    return [(passage, sentence) for passage in passages for sentence in passage.sentences]


def test_tokens_of_a_word_are_added_and_rounded_to_eight_bits() -> None:
    """ "un", "do" and "ing" touch; the comma touches too, but is no letter.

    (1, 0) + (0, 1) + (1, 0) = (2, 1); of the largest, 2: (1, 0.5), in steps of 1/127 (127, 64).
    """
    text = "undoing, it"
    states = np.array([[1, 0], [0, 1], [1, 0], [0, -1], [0.6, 0.8]], np.float32)
    words = words_of(Reading(states[0], [(0, 2), (2, 4), (4, 7), (7, 8), (9, 11)], states), text)
    assert words["span"].tolist() == [[0, 7], [7, 8], [9, 11]]
    assert words["state"].tolist() == [[127, 64], [0, -127], [95, 127]]


def test_every_sentence_has_the_words_that_the_encoder_reads(shipped_index: PassageIndex) -> None:
    """Rounding to 8 bits turns a vector of 384 numbers, the largest near 0.3, by a cosine of about 0.9999:
    each number is off by at most 0.3 / 254, in the mean square by 0.3 / 254 / sqrt(3) = 0.0007, the vector by
    0.0007 * sqrt(384) = 0.013, its cosine by 0.013 ** 2 / 2. Half precision adds 2 ** -8 where there is bf16.
    """
    sentences = all_sentences(shipped_index)
    texts = [in_context(passage, in_full(sentence)) for passage, sentence in sentences]
    stored = shipped_index.sentence_tokens(sentences)
    for number, reading in shipped_index.encoder.read(texts):
        spans, vectors = stored[number]
        expected = words_of(reading, texts[number])
        assert spans == list(map(tuple, expected["span"].tolist()))
        states = expected["state"].astype(np.float32)
        cosines = (vectors * states).sum(axis=1) / np.linalg.norm(states, axis=1)
        assert cosines.min() > 0.999
        assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-5)


def test_words_cover_a_sentence_under_its_heading(shipped_index: PassageIndex) -> None:
    passage = shipped_index.passages(shipped_index.paths()[0])[1]
    sentence = passage.sentences[0]
    ((spans, vectors),) = shipped_index.sentence_tokens([(passage, sentence)])
    whole = f"{passage.title}. {passage.section}. {sentence.text}"
    assert whole[spans[0][0] : spans[-1][1]] == whole and len(spans) == len(vectors)
    assert "".join(whole[start:end] for start, end in spans) == whole.replace(" ", "")


def test_words_taken_over_by_a_build_are_the_same(index_folder: Path) -> None:
    zebras, owls = Document("z.txt", "Z", "Zebras graze. They rest."), Document("o.txt", "O", "Owls hunt.")
    build([zebras, owls], index_folder)
    first = PassageIndex.open(index_folder)
    before = {sentence.text: first.sentence_tokens([(p, sentence)]) for p, sentence in all_sentences(first)}
    build([owls, zebras], index_folder)
    second = PassageIndex.open(index_folder)
    assert second.paths() == ["o.txt", "z.txt"]
    for passage, sentence in all_sentences(second):
        [(spans, vectors)] = second.sentence_tokens([(passage, sentence)])
        assert spans == before[sentence.text][0][0]
        assert np.array_equal(vectors, before[sentence.text][0][1])


def test_a_flipped_bit_is_refused_when_its_sentence_is_read(index_folder: Path) -> None:
    file = next(index_folder.rglob(WORDS))
    whole = file.read_bytes()
    for at in (0, len(whole) // 2, len(whole) - 1):
        file.write_bytes(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :])
        index = PassageIndex.open(index_folder)
        with pytest.raises(IndexDamaged, match=WORDS):
            index.sentence_tokens(all_sentences(index))
        with pytest.raises(IndexDamaged, match=WORDS):
            verify_generation(index_folder)
