"""Groups of words that mean the same, as a pack brings them, and the forms in which words are compared.

Two words have the same form when they differ only by inflection, accents, capitals, or British and
American spelling ("haemophilia", "Hemophilias"). A phrase is the forms of its words with a space between.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from index.lexical import stem
from qa.frequencies import without_accents

NOTHING = "nothing"
"""Kind of the phrases that are passed over."""

ABBREVIATIONS = frozenset("ADA AF AIDS EMS EU LED ME MS NICE PAD POTS UK US VA WHO".split())
"""What means something else, or nothing, in small letters: "US" is a country, "us" none."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*|\d+(?:[.,]\d+)*[a-zA-Z]?\b|\d+")
_DOTTED_COUNTRY = re.compile(r"\bU\.\s?([SK])\.(?:\s?A\.)?")
# British spellings that the stemmer would leave apart from the American ones; each is named after what is
# written in its place.
_BRITISH = re.compile(
    r"(?P<e>ae(?=m|mi|s(?:th|ar)|d(?!$)|c(?:ol|om))|(?<=rrh)oe|^oe(?=[dst])|(?<=f)oe(?=t))"
    r"|(?P<or>(?<=col)our|(?<=tum)our|(?<=od)our|(?<=lab)our|(?<=vap)our|(?<=behavi)our)"
    r"|(?P<z>(?<=[a-z]{3}[iy])s(?=(?:e[ds]?|ing|ations?)$))"
    r"|(?P<er>(?<=cent)re|(?<=met)re(?=s?$)|(?<=lit)re(?=s?$)|(?<=fib)re)"
    r"|(?P<f>(?<=^sul)ph)"
)

_IRREGULAR = {"has": "have", "had": "have", "als": "als", "tens": "tens"}
"""Forms that the stemmer leaves apart, of the verb with which an illness is told of ("has fits"); and names
that it takes for plurals of "ten" and of what "et al." ends in."""


@dataclass(frozen=True, slots=True)
class Form:
    """A word as it is compared, and where it stands."""

    text: str
    start: int
    end: int


def forms(text: str) -> list[Form]:
    """The words of a text in the form in which they are compared."""
    # Of equal length, so that offsets stay.
    plain = _DOTTED_COUNTRY.sub(lambda match: f"U{match[1]}".ljust(len(match[0])), text)
    return [Form(_form(match[0]), match.start(), match.end()) for match in _WORD.finditer(plain)]


@functools.lru_cache(maxsize=4096)
def spelt(text: str) -> str:
    """A text as its forms, with a space before and after each: a phrase is in it when " phrase " is."""
    return f" {' '.join(form.text for form in forms(text))} "


def phrase(text: str) -> str:
    """A few words as they are compared."""
    return spelt(text).strip()


def find_phrases(
    words: Sequence[Form], phrases: Collection[str], longest: Mapping[str, int]
) -> Iterator[tuple[int, int, str]]:
    """The phrases in a row of words, from left to right, the longest first: first word, end, phrase.

    Args:
        words: To be looked through.
        phrases: As `phrase` writes them.
        longest: By first word, how many words the longest phrase has that begins with it.
    """
    at = 0
    while at < len(words):
        for length in range(min(longest.get(words[at].text, 0), len(words) - at), 0, -1):
            name = " ".join(word.text for word in words[at : at + length])
            if name in phrases:
                yield at, at + length, name
                at += length - 1
                break
        at += 1


@functools.lru_cache(maxsize=65536)
def _form(word: str) -> str:
    if word in ABBREVIATIONS:
        return word
    lower = word.lower()
    if not lower.isascii():
        lower = without_accents(lower.replace("’", "'"))
    # The test is ten times as fast as the pattern, and few words pass it.
    if "ae" in lower or "oe" in lower or "s" in lower or "our" in lower or "re" in lower:
        lower = _BRITISH.sub(lambda match: str(match.lastgroup), lower)
    return _IRREGULAR.get(lower) or stem(lower)


class Vocabulary:
    """The groups of the table.

    Built of strings and numbers alone until something is looked up: thousands of small lists would
    set the garbage collector to work, which takes longer than all the rest.

    Args:
        table: Lines of groups by kind, as in conditions.toml.
    """

    def __init__(self, table: Mapping[str, Mapping[str, str]]) -> None:
        self._lines: list[str] = []
        self._kinds: list[str] = []
        self._first: dict[str, int] = {}  # phrase: the first group in which it stands
        self._others: dict[str, list[int]] = defaultdict(list)
        self._above: dict[str, list[int]] = defaultdict(list)  # member: kinds that answer for it
        self._longest: dict[str, int] = {}  # first word: most words of a phrase that begins with it
        for kind, section in table.items():
            for line in section["groups"].splitlines():
                self._add(kind, line)
        self._written = tuple(zip(self._kinds, self._lines, strict=True))
        for at, line in enumerate(tuple(self._lines)):
            _, both_ways, members = _parts(line)
            for member in self._phrases(members):
                if member not in self._first:
                    self._add(self._kinds[at], member)
                if both_ways:
                    self._above[member].append(at)

    def _add(self, kind: str, line: str) -> None:
        number = len(self._lines)
        self._lines.append(line)
        self._kinds.append(kind)
        for name in self._phrases(_parts(line)[0]):
            if self._first.setdefault(name, number) != number:
                self._others[name].append(number)
            first, spaces = name.split(" ", 1)[0], name.count(" ")
            if self._longest.get(first, 0) <= spaces:
                self._longest[first] = spaces + 1

    def _phrases(self, names: str) -> Iterator[str]:
        for name in names.split(","):
            if words := " ".join(map(_form, _WORD.findall(name))):
                yield words

    def _groups(self, name: str) -> list[int]:
        return [self._first[name], *self._others.get(name, ())]

    def written(self, kinds: Collection[str]) -> str:
        """The lines of some kinds, as the table writes them."""
        return "\n".join(line for kind, line in self._written if kind in kinds)

    def __contains__(self, name: str) -> bool:
        """Whether a phrase stands in the table."""
        return name in self._first

    def kind(self, name: str) -> str:
        """Kind of a phrase; of several, the one that stands first in the table."""
        return self._kinds[self._first[name]]

    def find(self, words: Sequence[Form]) -> Iterator[tuple[int, int, str]]:
        """The phrases in a row of words, as `find_phrases` finds them."""
        return find_phrases(words, self._first, self._longest)

    @functools.cache  # noqa: B019  there are a few vocabularies, and they live as long as the process
    def met_by(self, name: str) -> frozenset[str]:
        """Every phrase that meets a question for this one: of its groups, all below them, and its kinds.

        One that stands in no group is met by itself.
        """
        if name not in self:
            return frozenset({name})
        waiting = self._groups(name)
        own = [phrase for group in waiting for phrase in self._phrases(_parts(self._lines[group])[0])]
        above = {kind for phrase in own for kind in self._above.get(phrase, ())}
        reached: set[int] = set()
        while waiting:
            group = waiting.pop()
            if group not in reached:
                reached.add(group)
                for member in self._phrases(_parts(self._lines[group])[2]):
                    waiting.extend(self._groups(member))
        return frozenset(
            phrase for group in reached | above for phrase in self._phrases(_parts(self._lines[group])[0])
        )


def _parts(line: str) -> tuple[str, bool, str]:
    """The names of a line, whether its members answer for each other's kind, and its members."""
    names, both_ways, members = line.partition(" <> ")
    if both_ways:
        return names, True, members
    names, _, members = line.partition(" > ")
    return names, False, members
