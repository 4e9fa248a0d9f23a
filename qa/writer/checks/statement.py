"""A text as the checks read it: its words, its clauses, and what is denied in it."""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass, replace

from index.lexical import STOP_WORDS
from qa.evidence.references import without_references
from qa.vocabulary import Form, forms, phrase
from qa.words import rarity
from qa.writer.checks.table import Phrases, phrases, undone

REACH = 3
"""Content words on one side of a denial that it is surely said of."""

_CLAUSE_ENDS = re.compile(r"[;:—–]|,(?!\d)|[.?!](?=\s|$)|[()]")
_PART_ENDS = re.compile(r"[;:—–]|[.?!](?=\s|$)")
_TURNS = frozenset("but while wherea whereas although though howev however yet".split())
_SPLITS = _TURNS | frozenset("becaus so unless except which and".split())
_CONTRACTED = re.compile(
    r"\b(ca|could|wo|would|should|do|does|did|is|are|was|were|has|have|had|must|need)n['’]t\b", re.I
)
_FREE_OF = re.compile(r"\b([a-z]{3,})-free\b", re.I)
_NO_MORE = re.compile(
    r"\b(?:no|not) (more|longer|later|less|fewer) than (?=\d|(?:two|three|four|five|six|ten)\b)"
)
_OF_IT = re.compile(r"(?<=\w)['’]s\b")
_UNDONE = re.compile(r"un(?=.{3,}(?:ed|able|ible|al|ful|ing)$)|non-?(?=[a-z]{5})")
_DO = frozenset("do doe did".split())
_FUNCTION = frozenset(
    """
    the a an of to in on at by for with from into onto over under and or nor but if then than that this
    these those it its they them their he she his her we our you your i me my is are was were be been
    being am do doe did done have has had having will would shall as so such there here also too very
    which who whom whose what when where how not no cannot never none without neither both either each
    other one ones own same more most less least about while wherea although though becaus per via upon
    within between among against dure through out up down off it's itself themselv himself herself
    oneself after befor can could may might must should say said accord articl sourc claim tell told
    call state mention note describ report found find show however therefor thus yet still even
    just onli document author text second-hand reportedli
    """.split()
)
_NUMBERS = frozenset(
    """
    two three four five six seven eight nine ten eleven twelv fifteen twenti thirti hundr thousand million
    half
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
        part: Number of the stretch up to the next turn ("but") or stop.
        denied: Whether a denial is surely said of it.
        denies: Whether it denies.
        content: Whether it carries meaning; figures do not count.
        rarity: As `qa.words.rarity`.
    """

    text: str
    form: str
    start: int
    end: int
    clause: int
    part: int
    denied: bool
    denies: bool
    content: bool
    rarity: float


@dataclass(frozen=True, slots=True)
class Denial:
    """What denies.

    Attributes:
        at: Number of its first word.
        short: Whether it reaches the next few words alone ("without", "unsafe").
        words: Numbers of the words that it is surely said of.
    """

    at: int
    short: bool
    words: frozenset[int]


@dataclass(frozen=True)
class Statement:
    """A sentence, or a quote, read once.

    Attributes:
        text: Without references to literature.
        whole: With them, for what is said of the source itself.
        words: Its words.
        forms: The same, as phrases are looked up.
        denials: What denies, in order.
    """

    text: str
    whole: str
    words: tuple[Word, ...]
    forms: tuple[Form, ...]
    denials: tuple[Denial, ...]

    def denies(self, word: Word, long: bool) -> bool:
        """Whether a denial is said of a word, stands ahead of it in its stretch, or closes its clause.

        Args:
            word: One of the words.
            long: Only by a denial that is not short.
        """
        for denial in self.denials:
            own = self.words[denial.at]
            if denial.short:
                if not long and any(self.words[at] is word for at in denial.words):
                    return True
            elif word.clause == own.clause or (word.part == own.part and own.start < word.start):
                return True
        return False

    @functools.cached_property
    def long_denying_parts(self) -> frozenset[int]:
        """The same without denials that reach the next few words alone ("without", "unsafe")."""
        short = phrases("negation.short").on(self.forms)
        return frozenset(word.part for at, word in enumerate(self.words) if word.denies and at not in short)

    @functools.cached_property
    def only_parts(self) -> frozenset[int]:
        """Stretches in which something is said of one thing alone, and so denied of the rest."""
        return frozenset(self.words[first].part for first, _ in self.found(phrases("negation.only")))

    def surely_denied_at(self, start: int) -> bool:
        """Whether a denial is surely said of what stands at a character."""
        return any(word.denied for word in self.words if word.start <= start < word.end)

    def denied_at(self, start: int) -> bool:
        """Whether anything is denied in the stretch of a character."""
        return any(
            word.part in self.long_denying_parts for word in self.words if word.start <= start < word.end
        )

    def found(self, phrases: Phrases) -> list[tuple[int, int]]:
        """Where phrases stand, by numbers of words."""
        return phrases.find(self.forms)

    def has(self, phrases: Phrases) -> bool:
        return bool(self.found(phrases))

    def written(self, place: tuple[int, int]) -> str:
        return self.text[self.words[place[0]].start : self.words[place[1] - 1].end]


def _made_of(form: str, lower: str) -> str | None:
    """The form of what a word with "un-" or "non-" denies, where that is a word of its own."""
    if form in undone():
        return undone()[form]
    match = _UNDONE.match(lower)
    rest = lower[match.end() :] if match else ""
    return phrase(rest) if rest and rarity(rest) < 5 else None


def _plainly(text: str) -> str:
    """A text with "didn't" as two words, "risk-free" as "without risk", and "FDA's" as "FDA"."""
    text = _CONTRACTED.sub(lambda m: {"ca": "can", "wo": "will"}.get(m[1].lower(), m[1]) + " not", text)
    text = _NO_MORE.sub(lambda m: "at most " if m[1] in ("more", "longer", "later") else "at least ", text)
    return _OF_IT.sub("", _FREE_OF.sub(r"without \1", text))


@functools.lru_cache(maxsize=512)
def statement_of(text: str) -> Statement:
    """Read a text."""
    whole = " ".join(text.split())
    plain = _plainly(" ".join(without_references(whole).split()))
    found = forms(plain)
    innocent = phrases("negation.not_denied").on(found)
    places = [range(*place) for place in phrases("negation.words").find(found)]
    places = [place for place in places if innocent.isdisjoint(place)]
    denying = {at for place in places for at in place}
    words: list[Word] = []
    clause = part = last = 0
    for at, form in enumerate(found):
        between = plain[last : form.start]
        clause += bool(_CLAUSE_ENDS.search(between)) or (
            form.text in _SPLITS and at > 0 and not plain[form.end + 1 : form.end + 2].isupper()
        )
        part += bool(_PART_ENDS.search(between)) or (form.text in _TURNS and at > 0)
        last = form.end
        written = plain[form.start : form.end]
        base = _made_of(form.text, written.lower())
        content = (
            form.text not in _FUNCTION | _NUMBERS
            and written.lower() not in STOP_WORDS
            and at not in denying
            and len(form.text) > 1
            and not written[0].isdigit()
        )
        words.append(
            Word(written, base or form.text, form.start, form.end, clause, part, base is not None,
                 at in denying, content, rarity(written.lower()))
        )  # fmt: skip
    short = {first for first, _ in phrases("negation.short").find(found)}
    denials = [Denial(place[0], place[0] in short, frozenset(_said_of(words, place))) for place in places]
    denied = frozenset[int]().union(*(denial.words for denial in denials))
    denials += [Denial(at, True, frozenset([at])) for at, word in enumerate(words) if word.denied]
    words = [replace(word, denied=word.denied or at in denied) for at, word in enumerate(words)]
    return Statement(plain, whole, tuple(words), tuple(found), tuple(denials))


def _said_of(words: list[Word], place: range) -> list[int]:
    """The words that a denial is surely said of: those that follow in its clause, else those before."""
    clause = words[place[-1]].clause
    after = [at for at in range(place[-1] + 1, len(words)) if words[at].clause == clause]
    before = [at for at in range(place[0] - 1, -1, -1) if words[at].clause == clause]
    elliptic = place[0] > 0 and words[place[0] - 1].form in _DO
    for row in (after, [] if elliptic else before):
        telling = [
            number
            for number, at in enumerate(row)
            if (words[at].content and words[at].text.islower()) or words[at].form in _NUMBERS
        ]
        if telling:
            return row[: telling[:REACH][-1] + 1]
    return []
