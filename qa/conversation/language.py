"""In which language a question is asked, by how frequent its words are in each (wordfreq's own lists).

Most questions are seen to be English by their commonest words alone. Only for the others are the lists of the
other languages read, once. Words are compared without accents, as people type them.
"""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Collection, Sequence

from qa.conversation.slips import known_slips
from qa.frequencies import UNSEEN, frequencies, without_accents, word_list, zipf
from qa.said import TITLES_NAMED, Said, say
from qa.tables import table
from qa.words import ENGLISH

COMMON, MOSTLY = 4.5, 0.6
"""A question is English where so many of its words are so frequent in English (Zipf). Of 738 English ones,
misspelt and short ones among them, 88 in 100 are seen by that; of 280 in seven other languages, none."""

SURELY = 1.5
"""How much likelier another language must make a whole question (log10). Of the 738, one is likelier in
another language at all, by 0.6; of the 280, all are, and all but two by more than this."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def language_of(text: str, vocabulary: Collection[str] = ()) -> str:
    """ISO code of the language of a text, one of `languages()` or "en"; "en" where nothing tells.

    Words of the documents, the vocabulary, are nobody's mistake.
    """
    words = [match[0].lower().replace("’", "'") for match in _WORD.finditer(text)]
    english = [COMMON if word in known_slips() else zipf(word) for word in words]
    if len(words) < 2 or sum(zipf >= COMMON for zipf in english) >= MOSTLY * len(words):
        return ENGLISH
    known = [COMMON if word in vocabulary else UNSEEN for word in words]
    likely = sum(map(max, english, known))
    plain = [without_accents(word) for word in words]
    found = {code: sum(frequencies(code).get(word, UNSEEN) for word in plain) for code in languages()}
    best = max(found, key=lambda code: found[code])
    return best if found[best] - likely >= SURELY else ENGLISH


def is_written_in(language: str, vocabulary: Collection[str]) -> bool:
    """Whether documents are written in a language: they have most of its commonest words, as long ones do
    beside another language too, or all their words together are likeliest in it."""
    common = _commonest(language)
    has_most = sum(word in vocabulary for word in common) > len(common) / 2
    return has_most or language_of(" ".join(vocabulary)) == language


def languages() -> tuple[str, ...]:
    """The languages that are told from English."""
    return tuple(table("qa.conversation", "languages.toml"))


def declined_in(language: str, titles: Sequence[str]) -> Said:
    """Why a question in a language is not answered, said in that language, and what the documents are."""
    named = ", ".join(f"“{title}”" for title in titles[:TITLES_NAMED])
    return say(table("qa.conversation", "languages.toml")[language]["says"].strip(), documents=named)


@functools.cache
def _commonest(language: str) -> tuple[str, ...]:
    """Its forty commonest words of three letters and more that are no common English ones."""
    words = (word for step in word_list(f"small_{language}") for word in step)
    telling = (word for word in words if len(word) > 2 and word.isalpha() and zipf(word) < COMMON)
    return tuple(itertools.islice(telling, 40))
