"""Citations of chosen sentences: each with the spans without which it would say something else.

An item of a list is cited after its intro, a row of a table after its header, steps whole and in order. What
stands word by word in several documents is cited once, with all its places.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from index.readable import readable
from index.types import Part, Sentence
from qa.evidence.row_units import header_of, unit_above
from qa.evidence.support import Candidate
from qa.types import Citation, Source

_QUOTED_WITH = frozenset(("intro", "item", "header", "label"))
"""Roles of companions that are quoted too; a question or most captions are only read with their sentence."""

_ITEMS_OF_A_LIST, _LONGEST_LIST = 2, 600
"""Items of one list from which on it is quoted whole, and characters of the longest that is."""

_Place = tuple[str, int, int]


@dataclass(frozen=True, slots=True)
class Cited:
    """The citations of a reply.

    Attributes:
        citations: Numbered from 1, in the order in which they are read.
        numbers: Of the citation of each candidate, by the place of its sentence.
    """

    citations: tuple[Citation, ...]
    numbers: dict[_Place, int]

    def number(self, candidate: Candidate) -> int:
        return self.numbers[_place(candidate)]

    def find(self, candidate: Candidate) -> int | None:
        """The number of a candidate's citation; None where there was no room for it."""
        return self.numbers.get(_place(candidate))


def cite(
    sentences: Sequence[Candidate],
    most: int | None,
    others: Iterable[Candidate] = (),
    *,
    whole_steps: bool = True,
) -> Cited:
    """Citations, numbered from 1, in the order given, but for those that share what they are read with.

    Args:
        sentences: What is quoted, in the order to be read; one at least.
        most: How many citations there may be, which only the companions of the best sentence may exceed; None
            for all.
        others: Sentences that were read, among which the same words are sought in other documents.
        whole_steps: Whether a step is quoted with all others, or one that is asked for alone.
    """
    if not whole_steps:
        sentences, others = [_alone(each) for each in sentences], map(_alone, others)
    first, *further = sentences
    groups: list[list[Candidate]] = [[first]]
    for candidate in further:
        # What shares its intro or header with another sentence is read together with it.
        same = _companions(candidate)
        shared = next((group for group in groups if same and _companions(group[0]) == same), None)
        if shared is None:
            groups.append([candidate])
        else:
            shared.append(candidate)
    read = [first, *further, *others]
    groups = [_with_intro(group, read) for group in groups]
    made: dict[_Place, Citation] = {}
    numbers: dict[_Place, int] = {}
    said: dict[tuple[str, ...], int] = {}
    for candidate in [candidate for group in groups for candidate in group]:
        parts = [*_companions(candidate), _own(candidate)]
        document = candidate.passage.document
        words = tuple(as_read(part.text) for part in parts)
        known = said.get(words) or _within(made, document, parts[-1])
        if known is None:
            new = [part for part in parts if (document, part.start, part.end) not in made]
            if most is not None and made and len(made) + len(new) > most and candidate in further:
                continue
            for part in new:
                made[document, part.start, part.end] = _citation(candidate, part, len(made) + 1)
            # A header is read with what stands above its table, a row with both.
            numbered = [made[document, part.start, part.end].number for part in parts]
            for at, part in enumerate(parts):
                if part in new:
                    own = made[document, part.start, part.end]
                    made[document, part.start, part.end] = replace(own, read_with=tuple(numbered[:at]))
            known = numbered[-1]
        said[words] = numbers[_place(candidate)] = known
    return Cited(tuple(_with_doubles(made, read)), numbers)


def _with_intro(group: list[Candidate], read: Sequence[Candidate]) -> list[Candidate]:
    """Items of one list after its intro, which stands for all of it: who reads several misses the others."""
    if len(group) < _ITEMS_OF_A_LIST or any(each.sentence.role != "item" for each in group):
        return group
    intro = next((part for part in group[0].sentence.companions if part.role == "intro"), None)
    wholes = [
        each
        for each in read
        if intro is not None
        and (each.passage.document, each.sentence.start) == (group[0].passage.document, intro.start)
        and each.sentence.whole is not None
        and len(each.sentence.whole.text) <= _LONGEST_LIST
    ]
    return [*wholes[:1], *group]


def _alone(candidate: Candidate) -> Candidate:
    """A step without the others; any other candidate as it is."""
    return (
        replace(candidate, sentence=replace(candidate.sentence, whole=None))
        if candidate.sentence.is_step
        else candidate
    )


def _companions(candidate: Candidate) -> tuple[Part, ...]:
    sentence = candidate.sentence
    # A list that is quoted whole mostly begins with its intro; an item with a list inside it has one above.
    begin = sentence.whole.start if sentence.whole is not None else sentence.start
    # What the figures of a table are in may stand above it alone ("All prices in pounds"), and above rows
    # without a header what they are of ("Large machine (12 kg)").
    captioned = unit_above(sentence) or _is_title_of_rows(sentence)
    quoted = _QUOTED_WITH | {"caption"} if captioned else _QUOTED_WITH
    return tuple(part for part in sentence.companions if part.role in quoted and part.start < begin)


def _is_title_of_rows(row: Sentence) -> bool:
    """Whether a row has no header, and a title above its table."""
    caption = next((part.text for part in row.companions if part.role == "caption"), "")
    return row.role == "row" and not header_of(row) and bool(caption) and caption[-1] not in ".!?"


def _own(candidate: Candidate) -> Part:
    sentence = candidate.sentence
    return sentence.whole or Part(sentence.role, sentence.start, sentence.end, sentence.text)


def _place(candidate: Candidate) -> _Place:
    return candidate.passage.document, candidate.sentence.start, candidate.sentence.end


def as_read(text: str) -> str:
    """A text without what people do not see of it, in lower case: two that read alike are the same."""
    return " ".join(readable(text).casefold().split())


def _within(made: dict[_Place, Citation], document: str, part: Part) -> int | None:
    """The number of a citation that quotes these words already, as those of a list that is quoted whole."""
    for (path, start, end), citation in made.items():
        if path == document and start <= part.start and part.end <= end:
            return citation.number
    return None


def _citation(candidate: Candidate, part: Part, number: int) -> Citation:
    passage, sentence = candidate.passage, candidate.sentence
    return Citation(
        number=number,
        document=passage.document,
        title=passage.title,
        section=passage.section,
        page=sentence.page,
        source_kind=passage.kind,
        start=part.start,
        end=part.end,
        quote=part.text,
        role=part.role,
        page_label="" if sentence.label == str(sentence.page) else sentence.label,
        recognised=sentence.recognised,
    )


def _with_doubles(made: dict[_Place, Citation], read: Sequence[Candidate]) -> Iterable[Citation]:
    """The citations, each with the other documents in which its words were read too."""
    quotes = {as_read(citation.quote): citation.number for citation in made.values()}
    also: dict[int, dict[str, Source]] = {}
    for candidate in read:
        part = _own(candidate)
        number = quotes.get(as_read(part.text))
        if number is None or candidate.passage.document == _of(made, number).document:
            continue
        passage, page = candidate.passage, candidate.sentence.page
        source = Source(
            passage.document, passage.title, passage.section, page, passage.kind, part.start, part.end
        )
        also.setdefault(number, {}).setdefault(passage.document, source)
    for citation in made.values():
        yield replace(citation, also=tuple(also.get(citation.number, {}).values()))


def _of(made: dict[_Place, Citation], number: int) -> Citation:
    return next(citation for citation in made.values() if citation.number == number)
