"""Misspelt words of a question, corrected against the words of the index and of English, never silently.

Unknown words are put right first. True words are doubted only then, and only where the question as a
whole comes far nearer to the documents with another word in their place. What the words leave open is asked
of the context at most twice, for all words at once: first for the unknown ones, then for the true ones.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Mapping, Sequence

from qa.conversation.by_ear import ALSO_TRUE, APOSTROPHES, BY_EAR, RUN_TOGETHER, mistaken, written_apart
from qa.conversation.guesses import FUNCTION_WORD, Guesses
from qa.conversation.language import ENGLISH, is_written_in, language_of
from qa.conversation.lexicon import Lexicon
from qa.conversation.run_together import joined
from qa.conversation.typed import Correction, TypedWord, put_in, typed_words
from qa.english import zipf

MOST_ASKED = 8
"""Wordings of one question that the context is asked for at once, in one forward pass."""

COST_OF_RANK = 0.03
"""Gain in cosine that each step down in likelihood has to make up for."""

FAR_NEARER = 0.1
"""Gain in cosine from which a true word is held to be mistyped for another of the documents.

In 1,348 clean questions no true word gained as much by exchange; of slips put right, most gained more.
"""

NEAR = 0.45
"""Cosine to the nearest passage that a question must have then; others are about something else."""


Nearness = Callable[[Sequence[str]], Sequence[float]]


class Corrector:
    """Corrects questions for one index.

    Args:
        vocabulary: Every word of the documents, in lower case, with how often it occurs.
        nearness: Cosine of each of some questions to the nearest passage; without it, true words are left
            alone unless the question is plainly misspelt elsewhere.
    """

    def __init__(self, vocabulary: Mapping[str, int], nearness: Nearness | None = None) -> None:
        self._vocabulary = vocabulary
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

    def language(self, question: str) -> str:
        """ISO code of the language that a question is in; "en" also for one of the documents' own."""
        language = language_of(question, self._vocabulary)
        return ENGLISH if language == ENGLISH or is_written_in(language, self._vocabulary) else language

    def _correct_anew(self, question: str) -> Correction:
        if language_of(question, self._vocabulary) != ENGLISH:
            return Correction(question, ())
        tokens = typed_words(question)
        meant: dict[int, str] = {}
        open_words: dict[int, list[str]] = {}
        for at, token in enumerate(tokens):
            if at in meant:
                continue
            if whole := self._joined(tokens, at):
                meant[at], meant[at + 1] = whole, ""
            elif known := self._beside(tokens, at) or self._by_ear(token):
                meant[at] = known
            elif likely := self._guesses.unknown(token):
                meant[at] = likely[0]
                open_words[at] = likely
        context = _Context(question, tokens, self._nearness)
        meant |= context.best(meant, open_words)
        return put_in(question, tokens, meant | self._true_words(tokens, meant, context))

    def _true_words(
        self, tokens: Sequence[TypedWord], meant: Mapping[int, str], context: _Context
    ) -> dict[int, str]:
        """What was meant by words that may stand, once the others are put right."""
        sloppy = any(tokens[at].plain not in BY_EAR for at in meant) or len(meant) > 1
        sure: dict[int, str] = {}
        doubted: dict[int, list[str]] = {}
        for at, token in enumerate(tokens):
            if at in meant:
                continue
            if sloppy and token.plain in ALSO_TRUE and token.plain not in self._lexicon:
                sure[at] = BY_EAR[token.plain]
            elif likely := self._guesses.true(token):
                doubted[at] = likely
        found = context.demanded({**meant, **sure}, doubted)
        if sloppy:
            for at, token in enumerate(tokens):
                alike = self._guesses.of_same_consonants(token)
                if alike and at not in {**meant, **sure, **found}:
                    found[at] = alike[0]
        return sure | found

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
    """The question around doubtful words: how near it is to the documents with one word or another."""

    def __init__(self, question: str, tokens: Sequence[TypedWord], nearness: Nearness | None) -> None:
        self._question = question
        self._tokens = tokens
        self._nearness = nearness

    def best(self, meant: Mapping[int, str], likely: Mapping[int, Sequence[str]]) -> dict[int, str]:
        """Of some words for each place, likeliest first, the one that brings the question nearest.

        Args:
            meant: The likeliest word for each place.
            likely: What else it may be.
        """
        asked = {
            at: list(words)
            for at, words in likely.items()
            if len(words) > 1 and zipf(words[0]) < FUNCTION_WORD
        }
        near = self._near(meant, asked)
        return {at: word for at in asked if (word := _nearest(near, at)) is not None}

    def demanded(self, meant: Mapping[int, str], doubted: Mapping[int, Sequence[str]]) -> dict[int, str]:
        """The words in whose place the question comes far nearer with another one, and that other one."""
        if not doubted or self._nearness is None:
            return {}
        [stands] = self._nearness([put_in(self._question, self._tokens, dict(meant)).text])
        near = self._near(meant, doubted)
        found = {}
        for at, words in doubted.items():
            word = _nearest(near, at)
            if word is None:
                continue
            bare = near[at, word] + COST_OF_RANK * list(words).index(word)
            if bare >= NEAR and bare - stands >= FAR_NEARER:
                found[at] = word
        return found

    def _near(
        self, meant: Mapping[int, str], likely: Mapping[int, Sequence[str]]
    ) -> dict[tuple[int, str], float]:
        """Cosine to the nearest passage with each of some words in each place, less the cost of its rank."""
        wordings = [(at, rank, word) for at, words in likely.items() for rank, word in enumerate(words)]
        # The likeliest of every place before the second likeliest of any.
        wordings = sorted(wordings, key=lambda wording: wording[1])[:MOST_ASKED]
        if not wordings or self._nearness is None:
            return {}
        texts = [put_in(self._question, self._tokens, {**meant, at: word}).text for at, _, word in wordings]
        return {
            (at, word): near - COST_OF_RANK * rank
            for (at, rank, word), near in zip(wordings, self._nearness(texts), strict=True)
        }


def _nearest(near: Mapping[tuple[int, str], float], place: int) -> str | None:
    """The word of a place that is nearest of those that were asked for; of equal ones the likeliest."""
    of_place = {word: value for (at, word), value in near.items() if at == place}
    return max(of_place, key=lambda word: of_place[word], default=None)
