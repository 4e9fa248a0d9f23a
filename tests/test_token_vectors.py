"""Sentences that were read before cost nothing, and read the same."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import pytest

from index import token_vectors
from index.encoder import Encoder
from index.search import PassageIndex
from index.token_vectors import Tokens, TokenVectors

TEXTS = [
    "Cold laser has no heat.",
    "Infrared reaches nerves.",
    "Cold laser has no heat.",
    "A session is short.",
]


@pytest.fixture
def asked(encoder: Encoder, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[str]]:
    """The texts that the encoder was asked for."""
    seen: list[str] = []
    encode_tokens = encoder.encode_tokens

    def noting(texts: Sequence[str]) -> list[Tokens]:
        seen.extend(texts)
        return encode_tokens(texts)

    monkeypatch.setattr(encoder, "encode_tokens", noting)
    yield seen


def test_each_sentence_is_encoded_once(encoder: Encoder, asked: list[str]) -> None:
    vectors = TokenVectors(encoder)
    vectors.of(TEXTS[:2])
    vectors.of(TEXTS)
    assert asked == [TEXTS[0], TEXTS[1], TEXTS[3]]


def test_kept_or_not_a_sentence_reads_the_same(encoder: Encoder) -> None:
    vectors = TokenVectors(encoder)
    first, again = vectors.of(TEXTS), vectors.of(TEXTS)
    alone = [TokenVectors(encoder).of([text])[0] for text in TEXTS]
    for (spans, states), *others in zip(first, again, alone, strict=True):
        for other_spans, other_states in others:
            assert other_spans == spans and np.array_equal(other_states, states)
    assert first[1][1] == pytest.approx(encoder.encode_tokens(TEXTS)[1][1], abs=5e-4)


def test_those_read_longest_ago_are_let_go(
    encoder: Encoder, asked: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(token_vectors, "KEPT", 2)
    vectors = TokenVectors(encoder)
    vectors.of(["one", "two"])
    vectors.of(["one", "three"])  # "two" goes
    vectors.of(["one", "two"])
    assert asked == ["one", "two", "three", "two"]


def test_an_index_gives_the_tokens_of_a_sentence_under_its_heading(shipped_index: PassageIndex) -> None:
    passage = shipped_index.passages(shipped_index.paths()[0])[1]
    sentence = passage.sentences[0]
    ((spans, vectors),) = shipped_index.sentence_tokens([(passage, sentence)])
    whole = f"{passage.title}. {passage.section}. {sentence.text}"
    assert whole[spans[0][0] : spans[-1][1]] == whole and len(spans) == len(vectors)
