"""Terms and patterns of the red-flag table, and where a question contains them.

A term is a few words ("pass urine"), a group of terms in capitals (URINATE), words with a range of
numbers ("[10..] tablets"), or several of these with strokes between ("foot / TOE / [2..] legs").
A word stands for all its inflections, "=word" for itself alone, and small words ("my", "really")
may stand between the words of a term.

A pattern joins terms. The terms of a part stand close together in one sentence, and all parts hold:

    NUMB + SADDLE                  both, in any order, at most 6 words between (+8: at most 8)
    CANNOT > URINATE               in this order, at most 4 words between (>2: at most 2)
    BACK WITH FEVER                both, anywhere in the question
    TOE + BLACK GIVEN DIABETES     the second is background, which may lie in the past
    LEAK WITH BACK UNLESS SNEEZE   not where the question has the last
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.errors import LightqaError
from qa.wording import Reading, Word, plain, stem

_FILLERS = frozenset(
    "really even actually quite just properly fully completely totally the my his her our your a an any all so very "
    "been also still now suddenly this that too bit little of more much own both is has have had be being".split()
)
_UNITS = frozenset(
    "mg mgs mcg g gram milligram ml l minut min hour hr day week month year yr session time am pm percent nm joul j "
    "w mw second sec metr mile pound dollar euro kilo kg stone peopl patient cm inch point item appoint visit trial "
    "studi mice".split()
)
_RANGE = re.compile(r"\[(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)?\]")
_GROUP = re.compile(r"[A-Z][A-Z_]+")
_JOIN = re.compile(r"\s+([+>])(\d*)\s+")
_WINDOW = {"+": 6, ">": 4}


class TableError(LightqaError):
    """A table of red flags or help lines that cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words from `first` up to and with `last`, by their number in the question."""

    first: int
    last: int


Term = tuple[str, ...]
"""The groups and phrases that a term of a pattern stands for."""


@dataclass(frozen=True, slots=True)
class Part:
    """Terms that stand close together, with the kind and width of each joint between them."""

    terms: tuple[Term, ...]
    joints: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Pattern:
    """Parts that must hold, background that must be there, and terms that must not.

    Attributes:
        text: As the table writes it.
        parts, given, unless: What it says.
        needed: All terms of the parts and of the background.
    """

    text: str
    parts: tuple[Part, ...]
    given: tuple[Part, ...]
    unless: tuple[Term, ...]
    needed: tuple[Term, ...]


class Found:
    """Where the groups and phrases of a table stand in one question, in reading order."""

    def __init__(self, spans: Mapping[str, list[Span]]) -> None:
        self._spans = spans
        self._terms: dict[Term, list[Span]] = {}

    def spans(self, term: Term) -> list[Span]:
        """Every place of a term, in reading order."""
        if term not in self._terms:
            self._terms[term] = sorted({span for name in term for span in self._spans.get(name, ())})
        return self._terms[term]

    def has_all(self, terms: Iterable[Term]) -> bool:
        """Whether every term stands somewhere."""
        return all(any(name in self._spans for name in term) for term in terms)

    def all_spans(self, apart_from: Collection[str] = ()) -> list[Span]:
        """The places of all groups and phrases, apart from some groups."""
        return [span for name, spans in self._spans.items() if name not in apart_from for span in spans]


class Terms:
    """Groups and phrases, compiled so that one walk over a question finds every one of them.

    Args:
        groups: For each group in capitals its terms, with commas between; a group may name groups.

    Raises:
        TableError: A term names a group that the table does not have.
    """

    def __init__(self, groups: Mapping[str, str]) -> None:
        self._groups = {name: [term.strip() for term in terms.split(",")] for name, terms in groups.items()}
        self._names: dict[tuple[str, ...], list[str]] = {}
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        self._numbers: dict[str, tuple[float, float]] = {}
        self.words: set[str] = set()
        for name in self._groups:
            for phrase in self._members(name):
                self._add(phrase, name)

    def _members(self, group: str) -> Iterator[str]:
        if group not in self._groups:
            raise TableError(
                f"The table of red flags names the group {group}, which is not under its [words]."
            )
        for member in self._groups[group]:
            if _GROUP.fullmatch(member):
                yield from self._members(member)
            else:
                yield member

    def term(self, text: str) -> Term:
        """A term of a pattern: its phrases are compiled, its groups must exist."""
        names = tuple(name.strip() for name in text.split(" / "))
        for name in names:
            if not _GROUP.fullmatch(name):
                self._add(name, name)
            elif name not in self._groups:
                raise TableError(
                    f"The table of red flags names the group {name}, which is not under its [words]."
                )
        return names

    def _add(self, phrase: str, name: str) -> None:
        text = phrase if phrase.isascii() else plain(phrase)
        atoms = tuple(self._atom(word) for word in text.replace("-", " ").split())
        names = self._names.get(atoms)
        if names is None:
            self._names[atoms] = [name]
            self._by_first.setdefault(atoms[0], []).append(atoms)
        elif name not in names:
            names.append(name)

    def _atom(self, word: str) -> str:
        """A word of a term: its stem, "=" and its spelling, or a range of numbers."""
        if word[0] == "=":
            return word
        if found := _RANGE.fullmatch(word):
            self._numbers[word] = (float(found[1]), float(found[2] or "inf"))
            return word
        self.words.add(word)
        return stem(word)

    def find(self, words: Sequence[Word], masked: frozenset[int] = frozenset()) -> Found:
        """Where every group and phrase stands; one that touches a masked word is not found."""
        found: dict[str, list[Span]] = {}
        for first, word in enumerate(words):
            starts = [*word.stems, "=" + word.text]
            if word.number is not None:
                starts += [atom for atom in self._numbers if self._matches(atom, word)]
            for atoms in (atoms for start in starts for atoms in self._by_first.get(start, ())):
                last = self._last(atoms, words, first)
                if last is not None and (not masked or masked.isdisjoint(range(first, last + 1))):
                    for name in self._names[atoms]:
                        found.setdefault(name, []).append(Span(first, last))
        return Found(found)

    def _matches(self, atom: str, word: Word) -> bool:
        if atom in self._numbers:
            least, most = self._numbers[atom]
            return word.number is not None and least <= word.number <= most
        return atom in word.stems or (atom[0] == "=" and atom[1:] == word.text)

    def _last(self, atoms: tuple[str, ...], words: Sequence[Word], first: int) -> int | None:
        """Number of the last word of a phrase that starts at `first`, or None where it does not."""
        at = first
        for atom in atoms[1:]:
            at += 1
            skipped = 0
            while (
                at < len(words)
                and skipped < 2
                and words[at].text in _FILLERS
                and not self._matches(atom, words[at])
            ):
                at, skipped = at + 1, skipped + 1
            if (
                at >= len(words)
                or words[at].sentence != words[first].sentence
                or not self._matches(atom, words[at])
            ):
                return None
        if atoms[-1] in self._numbers and at + 1 < len(words) and words[at + 1].stems & _UNITS:
            return None  # "20 mg" and "20 minutes" count no tablets
        return at


def parse_pattern(text: str, terms: Terms) -> Pattern:
    """A pattern of the table, its terms compiled.

    Raises:
        TableError: It names a group that the table does not have.
    """
    first, *rest = re.split(r" (WITH|GIVEN|UNLESS) ", text)
    pieces = [("WITH", first), *zip(rest[::2], rest[1::2], strict=True)]
    parts = tuple(_parse_part(piece, terms) for word, piece in pieces if word == "WITH")
    given = tuple(_parse_part(piece, terms) for word, piece in pieces if word == "GIVEN")
    unless = tuple(terms.term(piece) for word, piece in pieces if word == "UNLESS")
    return Pattern(text, parts, given, unless, tuple(term for part in (*parts, *given) for term in part.terms))


def _parse_part(text: str, terms: Terms) -> Part:
    pieces = _JOIN.split(text.strip())
    joints = [
        (kind, int(width or _WINDOW[kind])) for kind, width in zip(pieces[1::3], pieces[2::3], strict=True)
    ]
    return Part(tuple(terms.term(piece) for piece in pieces[0::3]), tuple(joints))


def occurrences(part: Part, found: Found, words: Sequence[Word]) -> Iterator[tuple[Span, ...]]:
    """Every way in which the terms of a part stand close together in one sentence, earliest first."""
    if all(found.spans(term) for term in part.terms):
        for span in found.spans(part.terms[0]):
            yield from _extend((span,), part, found, words)


def _extend(
    spans: tuple[Span, ...], part: Part, found: Found, words: Sequence[Word]
) -> Iterator[tuple[Span, ...]]:
    if len(spans) == len(part.terms):
        yield spans
        return
    kind, width = part.joints[len(spans) - 1]
    before = spans[-1]
    for after in found.spans(part.terms[len(spans)]):
        if (
            _joined(before, after, kind, width)
            and words[after.first].sentence == words[before.first].sentence
        ):
            yield from _extend((*spans, after), part, found, words)


def _joined(before: Span, after: Span, kind: str, width: int) -> bool:
    if after.first > before.last:
        return after.first - before.last - 1 <= width
    return kind == "+" and before.first > after.last and before.first - after.last - 1 <= width


def typed(spans: Iterable[Span], reading: Reading) -> tuple[str, ...]:
    """The words of spans as the person typed them; spans that touch are one."""
    texts: list[tuple[int, int]] = []
    for span in sorted(spans):
        start, end = reading.words[span.first].start, reading.words[span.last].end
        if texts and start <= texts[-1][1] + 1:
            texts[-1] = (texts[-1][0], max(end, texts[-1][1]))
        else:
            texts.append((start, end))
    return tuple(reading.text[start:end] for start, end in texts)
