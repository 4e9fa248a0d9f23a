"""Terms of the red-flag table, and where a question contains them.

A term is a few words ("pass urine"), a group of terms in capitals (URINATE), words with a range of
numbers ("[10..] tablets"), or several of these with strokes between ("foot / TOE / [2..] legs").
A word stands for all its inflections, "=word" for itself alone, and small words ("my", "really")
may stand between the words of a term.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.errors import LightqaError
from qa.health.safety.wording import Reading, Word, plain, stem

_FILLERS = frozenset(
    "really even actually quite just properly fully completely totally the my his her our your a an any all "
    "so very been also still now suddenly this that too bit little of more much own both is has have had be "
    "being".split()
)
_UNITS = frozenset(
    "mg mgs mcg g gram milligram ml l minut min hour hr day week month year yr session time am pm percent nm "
    "joul j w mw second sec metr mile pound dollar euro kilo kg stone peopl patient cm inch point item "
    "appoint visit trial studi mice".split()
)
_RANGE = re.compile(r"\[(\d+(?:\.\d+)?)\.\.(\d+(?:\.\d+)?)?\]")
_GROUP = re.compile(r"[A-Z][A-Z_]+")


class TableError(LightqaError):
    """A table of red flags that cannot be used; the message says where and why."""


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Words from `first` up to and with `last`, by their number in the question."""

    first: int
    last: int


Term = tuple[str, ...]
"""The groups and phrases that a term of a pattern stands for."""


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

    def all_spans(self) -> list[Span]:
        """The places of all groups and phrases."""
        return [span for spans in self._spans.values() for span in spans]


class Terms:
    """Groups and phrases, compiled so that one walk over a question finds every one of them.

    Args:
        groups: For each group in capitals its terms, with commas between; a term may name one group
            or hold it ("DOCTOR says"), which stands for that term with each member of the group.

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
            for phrase in self._expanded(name):
                self._add(phrase, name)

    def _expanded(self, phrase: str) -> Iterator[str]:
        """A phrase with each group that it holds replaced by each of that group's phrases."""
        group = _GROUP.search(phrase)
        if group is None:
            yield phrase
        elif group[0] in self._groups:
            for member in self._groups[group[0]]:
                yield from self._expanded(phrase[: group.start()] + member + phrase[group.end() :])
        else:
            raise TableError(f"A term names the group {group[0]}, which is not under [words].")

    def term(self, text: str) -> Term:
        """A term of a pattern: its phrases are compiled, its groups must exist."""
        names = tuple(name.strip() for name in text.split(" / "))
        for name in names:
            if name not in self._groups:
                for phrase in self._expanded(name):
                    self._add(phrase, name)
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


def as_typed(spans: Iterable[Span], reading: Reading) -> tuple[str, ...]:
    """The words of spans as the person typed them; spans that touch are one."""
    texts: list[tuple[int, int]] = []
    for span in sorted(spans):
        start, end = reading.words[span.first].start, reading.words[span.last].end
        if texts and start <= texts[-1][1] + 1:
            texts[-1] = (texts[-1][0], max(end, texts[-1][1]))
        else:
            texts.append((start, end))
    return tuple(reading.text[start:end] for start, end in texts)
