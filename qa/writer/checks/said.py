"""A text as the checks read it: its words, its clauses, and what is denied in it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from index.lexical import STOP_WORDS
from qa.evidence.references import without_references
from qa.vocabulary import Form, forms, phrase
from qa.words import rarity
from qa.writer.checks.table import Phrases, table

_CLAUSE_ENDS = re.compile(r"[;:—–]|,(?!\d)|[.?!](?=\s|$)|[()]")
_SPLITS = frozenset(
    "but while wherea whereas although though however becaus so unless except yet which and".split()
)
_CONTRACTED = re.compile(
    r"\b(ca|could|wo|would|should|do|does|did|is|are|was|were|has|have|had|must|need)n['’]t\b", re.I
)
_FUNCTION = frozenset(
    """
    the a an of to in on at by for with from into onto over under and or nor but if then than that this
    these those it its they them their he she his her we our you your i me my is are was were be been
    being am do doe did done have has had having will would shall as so such there here also too very
    which who whom whose what when where how not no cannot never none without neither both either each
    other one ones own same more most less least about while wherea although though becaus per via upon
    within between among against dure through out up down off it's itself themselv himself herself
    oneself after befor can could may might must should say said accord articl sourc claim tell told
    call state mention note describ report found find show two three four five six seven eight nine ten
    eleven twelv fifteen twenti thirti hundr thousand million half however therefor thus yet still even
    just onli
    """.split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text.

    Attributes:
        text: As written.
        form: As it is compared.
        start, end: Span in the text.
        clause: Number of its clause.
        denied: Whether a denial reaches it.
        denies: Whether it denies.
        content: Whether it carries meaning; figures do not count.
        rarity: As `qa.words.rarity`.
    """

    text: str
    form: str
    start: int
    end: int
    clause: int
    denied: bool
    denies: bool
    content: bool
    rarity: float


@dataclass(frozen=True)
class Said:
    """A sentence, or a quote, read once.

    Attributes:
        text: Without references to literature.
        words: Its words.
        forms: The same, as phrases are looked up.
    """

    text: str
    words: tuple[Word, ...]
    forms: tuple[Form, ...]

    @property
    def content(self) -> list[Word]:
        return [word for word in self.words if word.content]

    @functools.cached_property
    def clauses(self) -> list[list[Word]]:
        rows: dict[int, list[Word]] = {}
        for word in self.words:
            rows.setdefault(word.clause, []).append(word)
        return list(rows.values())

    def found(self, phrases: Phrases) -> list[tuple[int, int]]:
        """Where phrases stand, by numbers of words."""
        return phrases.find(self.forms)

    def has(self, phrases: Phrases) -> bool:
        return bool(self.found(phrases))

    def written(self, place: tuple[int, int]) -> str:
        return self.text[self.words[place[0]].start : self.words[place[1] - 1].end]


_UNDONE = re.compile(r"un(?=.{3,}(?:ed|able|ible|al|ful|ing)$)|non-?(?=[a-z]{5})")
REACH, SHORT_REACH = 9, 3
"""Words that a denial reaches at most: "does not …", and "a lack of …"."""
_SHORT = frozenset("lack absenc avoid free without failur instead neither".split())
IN_A_ROW = 4
"""Words up to the next comma of a member of a row."""


def _row_goes_on(text: str, start: int) -> bool:
    stop = _CLAUSE_ENDS.search(text, start)
    if re.match(r"(?:and|but|so|yet) ", text[start:]):
        return False
    return len(text[start : stop.start() if stop else len(text)].split()) <= IN_A_ROW


def _undone(word: str) -> str | None:
    """The form of what a word with "un-" or "non-" denies, where that is a word of its own."""
    match = _UNDONE.match(word)
    rest = word[match.end() :] if match else ""
    return phrase(rest) if rest and rarity(rest) < 5 else None


@functools.lru_cache(maxsize=512)
def said(text: str) -> Said:
    """Read a text."""
    plain = " ".join(without_references(text).split())
    # "didn't" as two words, so that phrases and denials are found in it.
    plain = _CONTRACTED.sub(lambda m: {"ca": "can", "wo": "will"}.get(m[1].lower(), m[1]) + " not", plain)
    words = forms(plain)
    known = table()
    denying: set[int] = set()
    innocent = {at for first, end in known.not_denied.find(words) for at in range(first, end)}
    for first, end in known.negation.find(words):
        if not innocent & set(range(first, end)):
            denying.update(range(first, end))
    found: list[Word] = []
    clause, denied, last, reach = 0, False, 0, 0
    for at, word in enumerate(words):
        if _CLAUSE_ENDS.search(plain, last, word.start):
            clause += 1
            # In a row ("no better in sleep, mood or appetite") what is denied goes on.
            denied = denied and plain[last : word.start].strip() == "," and _row_goes_on(plain, word.start)
        elif word.text in _SPLITS and at:
            clause += 1
        if word.text in known.ends or word.text in _SPLITS - {"and"}:
            denied = False
        last = word.end
        if at in denying:
            denied = True
            reach = at + (SHORT_REACH if word.text in _SHORT else REACH)
        elif at > reach:
            denied = False
        written = plain[word.start : word.end]
        lower = written.lower()
        base = known.negative.get(word.text) or _undone(lower)
        content = (
            word.text not in _FUNCTION
            and lower not in STOP_WORDS
            and at not in denying
            and len(word.text) > 1
            and not written[0].isdigit()
        )
        found.append(
            Word(
                written,
                base or word.text,
                word.start,
                word.end,
                clause,
                denied or base is not None,
                at in denying,
                content,
                rarity(lower),
            )
        )
    return Said(plain, tuple(found), tuple(words))
