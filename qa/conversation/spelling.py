"""Misspelt words of a question, corrected against the words of the index and of English, never silently.

Unknown words are put right first. True words are doubted only then, and only where the question as a
whole comes far nearer to the documents with another word in their place.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence

from qa.conversation.by_ear import ALSO_TRUE, APOSTROPHES, BY_EAR, RUN_TOGETHER, mistaken, written_apart
from qa.conversation.guesses import FUNCTION_WORD, Guesses
from qa.conversation.lexicon import Lexicon
from qa.conversation.near_words import zipf
from qa.conversation.run_together import joined
from qa.conversation.typed import Correction, TypedWord, put_in, typed_words

MOST_ASKED = 16
"""Times that the context is asked within one question; each costs one forward pass and one search."""

COST_OF_RANK = 0.03
"""Gain in cosine that each step down in likelihood has to make up for."""

FAR_NEARER = 0.1
"""Gain in cosine from which a true word is held to be mistyped for another of the documents.

In 1,348 clean questions no true word gained as much by exchange; of slips put right, most gained more.
"""

NEAR = 0.45
"""Cosine to the nearest passage that a question must have then; others are about something else."""


class Corrector:
    """Corrects questions for one index.

    Args:
        vocabulary: Every word of the documents, in lower case, with how often it occurs.
        nearness: Cosine of a question to the nearest passage; without it, true words are left alone
            unless the question is plainly misspelt elsewhere.
    """

    def __init__(self, vocabulary: Mapping[str, int], nearness: Callable[[str], float] | None = None) -> None:
        self._lexicon = Lexicon(vocabulary)
        self._guesses = Guesses(self._lexicon)
        self._nearness = nearness
        self._correct = functools.lru_cache(maxsize=256)(self._correct_anew)

    def correct(self, question: str) -> Correction:
        """Correct a question; text and changes are exactly what is to be shown.

        Numbers, codes, addresses and abbreviations in capitals are left alone, and so is every word
        that the documents use.
        """
        return self._correct(question)

    def _correct_anew(self, question: str) -> Correction:
        tokens = typed_words(question)
        context = _Context(question, tokens, self._nearness)
        meant = context.meant
        for at, token in enumerate(tokens):
            if at in meant:
                continue
            if whole := self._joined(tokens, at):
                meant[at], meant[at + 1] = whole, ""
            elif known := self._beside(tokens, at) or self._by_ear(token):
                meant[at] = known
            elif likely := self._guesses.unknown(token):
                meant[at] = context.best(likely, at)
        sloppy = any(tokens[at].plain not in BY_EAR for at in meant) or len(meant) > 1
        for at, token in enumerate(tokens):
            if at in meant:
                continue
            if sloppy and token.plain in ALSO_TRUE and token.plain not in self._lexicon:
                meant[at] = BY_EAR[token.plain]
            elif (likely := self._guesses.true(token)) and context.demands(
                word := context.best(likely, at), at
            ):
                meant[at] = word
            elif sloppy and (likely := self._guesses.of_same_consonants(token)):
                meant[at] = context.best(likely, at)
        return put_in(question, tokens, meant)

    def _joined(self, tokens: Sequence[TypedWord], at: int) -> str | None:
        """A word that was written as two ("infra red", "it self")."""
        if at + 1 == len(tokens) or tokens[at + 1].start - tokens[at].end != 1:
            return None
        word, following = tokens[at].plain, tokens[at + 1].plain
        return word + following if written_apart(word, following) else joined(self._lexicon, word, following)

    def _beside(self, tokens: Sequence[TypedWord], at: int) -> str | None:
        """A word that stands wrong only beside its neighbours ("side affects", "dose it help")."""
        word = tokens[at].plain
        other = mistaken(tokens, at)
        # "After affects" is what documents may say that never say "effects".
        return None if other is None or (word in self._lexicon and other not in self._lexicon) else other

    def _by_ear(self, token: TypedWord) -> str | None:
        word = token.plain
        if token.named or word in self._lexicon or word in ALSO_TRUE:
            return None
        return BY_EAR.get(word) or RUN_TOGETHER.get(word) or APOSTROPHES.get(word)


class _Context:
    """The question around a doubtful word, as far as it has been read."""

    def __init__(
        self, question: str, tokens: Sequence[TypedWord], nearness: Callable[[str], float] | None
    ) -> None:
        self.meant: dict[int, str] = {}
        self._question = question
        self._tokens = tokens
        self._nearness = nearness
        self._known: dict[str, float] = {}

    def best(self, likely: Sequence[str], at: int) -> str:
        """Of some words, likeliest first, the one with which the question comes nearest to the documents."""
        if len(likely) == 1 or zipf(likely[0]) >= FUNCTION_WORD or not self._can_ask(len(likely)):
            return likely[0]
        near = [self._near(at, word) - COST_OF_RANK * rank for rank, word in enumerate(likely)]
        return likely[near.index(max(near))]

    def demands(self, word: str, at: int) -> bool:
        """Whether the question comes far nearer to the documents with another word in a place."""
        if not self._can_ask(2):
            return False
        near = self._near(at, word)
        return near >= NEAR and near - self._near(at, None) >= FAR_NEARER

    def _can_ask(self, times: int) -> bool:
        return self._nearness is not None and len(self._known) + times <= MOST_ASKED

    def _near(self, at: int, word: str | None) -> float:
        assert self._nearness is not None
        meant = self.meant if word is None else {**self.meant, at: word}
        text = put_in(self._question, self._tokens, meant).text
        if text not in self._known:
            self._known[text] = self._nearness(text)
        return self._known[text]
