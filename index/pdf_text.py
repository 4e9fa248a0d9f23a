"""The lines of a PDF's pages as one text: paragraphs joined, headings told by their type, tables."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import accumulate, groupby, pairwise
from statistics import mode

from index.headers import names_columns
from index.pdf_rows import Line, grouped, usual_size
from index.readable import LEADERS
from index.structure import FIELD
from index.tables import table_lines

_BULLET = re.compile(r"[•‣▪◦●○·–-]\s+|\(?\d{1,2}[.)]\s")
_SENTENCE_END = re.compile(r"[.!?。！？؟।…][\"'”’)\]]*$")
# These keep their hyphen at the end of a line, as within it ("non-invasive").
_HYPHENATED_PREFIXES = frozenset(
    """non self low high well long short double half all cross ex post pre re co
    twenty thirty forty fifty sixty seventy eighty ninety""".split()
)
_HYPHENATED = re.compile(r"([^\W\d_]+)-$")
_AND_OR = re.compile(r"(?:and|und|oder|bzw)\b|(?:or|et|ou|y|o|e)\s+[^\W\d_]+-[^\W\d_]")
"""Between parts that share a word, in languages that write so: "short- and long-term". What ends words, too
("don-or"), only before another hyphen: "short- or long-term"."""
_LETTERS = re.compile(r"[^\W\d_]+")
_SPELLED = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_WORD = re.compile(r"[^\W\d_]{2}")
LARGER_THAN_BODY = 1.12
"""Times the size of the body from which type is larger than that, and its line a title."""
_LONGEST_HEADING = 120
_WIDER_GAP = 1.35
_USUAL_LEADING, _WIDEST_LEADING = 1.25, 2.2
"""Distance of two lines of a paragraph, in type sizes."""
_CLOSED = re.compile(r"\.[\"'”’»)\]]*$")
_FEWEST_RUNNING = 3
"""Spaces in a line from which it may be one of running text."""
_PAGE = re.compile(r"\d{1,4}|[ivxlc]{1,6}", re.IGNORECASE)
_LEAST_SAID = 8
"""Words of larger type from which a closed sentence is a text by itself, and no title."""


@dataclass(frozen=True, slots=True)
class _Setting:
    """How the body of a document is set, against which headings and paragraphs are told.

    Attributes:
        body: Type size of the body.
        sizes: Type sizes larger than the body's, largest first.
        gap: Usual distance between two lines of a paragraph, in points.
        width: Length of a full line, in characters.
        bold: Whether most of the body is bold, so that bold type marks no heading.
    """

    body: float
    sizes: tuple[float, ...]
    gap: float
    width: int
    bold: bool

    @classmethod
    def of(cls, pages: list[list[Line]]) -> _Setting:
        lines = [line for page in pages for line in page]
        body = usual_size(lines)
        larger = {line.size for line in lines if line.size > body * LARGER_THAN_BODY}
        gaps = [
            round(above.height - below.height)
            for page in pages
            for above, below in pairwise(page)
            if 0 < above.height - below.height < body * _WIDEST_LEADING
        ]
        return cls(
            body=body,
            sizes=tuple(sorted(larger, reverse=True)),
            gap=mode(gaps or [body * _USUAL_LEADING]),
            width=sorted(len(line.words) for line in lines)[int(len(lines) * 0.9)],
            bold=2 * sum(line.bold for line in lines) > len(lines),
        )

    def level(self, line: Line) -> int:
        """1 to 5 for a line set as a heading, 0 for one of the body."""
        if line.cells or len(line.words) > _LONGEST_HEADING or not _WORD.search(line.words):
            return 0
        if line.size in self.sizes:
            return min(self.sizes.index(line.size) + 1, 4)
        short = len(line.words) < 0.8 * self.width and not _SENTENCE_END.search(line.words)
        return min(len(self.sizes) + 1, 5) if line.bold and short and not self.bold else 0

    def goes_on(self, above: Line, line: Line) -> bool:
        """Whether two lines set as headings are one."""
        close = 0 <= above.height - line.height < _WIDEST_LEADING * line.size
        return close and self.level(above) == self.level(line)

    def separator(self, above: Line, line: Line, new_page: bool) -> str:
        """What stands between two lines of text: a blank line, or a space, or nothing after a hyphen."""
        if above.cells or line.cells or _is_led(above) or _is_led(line):
            return "\n\n"
        if self.level(above) or self.level(line):
            goes_on = not new_page and self.goes_on(above, line) and not line.words[0].isdigit()
            return " " if goes_on else "\n\n"
        if _BULLET.match(line.words) or (FIELD.match(line.words) and _may_stand_above_field(above.words)):
            return "\n\n"
        if _HYPHENATED.search(above.words):
            return ""
        if new_page or line.height > above.height:  # the next column
            return "\n\n" if _SENTENCE_END.search(above.words) or not line.words[0].islower() else " "
        if self.gap and above.height - line.height > self.gap * _WIDER_GAP:
            return "\n\n"
        had_room = len(above.words) + 1 + len(line.words.split()[0]) < 0.85 * self.width
        return "\n\n" if had_room and _SENTENCE_END.search(above.words) else " "


def join_pages(pages: list[list[Line]]) -> tuple[str, tuple[int, ...]]:
    """Text of the whole file, and the offset in it at which each page starts."""
    setting = _Setting.of(pages)
    parts: list[str] = []
    starts: list[int] = []
    above: Line | None = None
    spelled = _spelled(pages)
    for page_number, page in enumerate(_with_led_rows(_without_leads(page, setting)) for page in pages):
        for number, (line, words) in enumerate(_paragraphs(page)):
            separator = "" if above is None else setting.separator(above, line, number == 0)
            hyphenated = _HYPHENATED.search(parts[-1]) if parts and not separator else None
            if hyphenated and line.words[0].islower():
                if _is_broken(hyphenated[1], line.words, spelled):
                    parts[-1] = parts[-1][:-1]
                elif _joins_parts(line.words):
                    separator = " "
            if number == 0:
                starts.append(len(parts) + 1)
            marks = "#" * setting.level(line) + " " if setting.level(line) and separator != " " else ""
            parts += [separator, marks + words]
            above = line
        if len(starts) == page_number:  # nothing is on it, or only a table of contents
            starts.append(len(parts))
    places = [0, *accumulate(map(len, parts))]
    return "".join(parts), tuple(places[part] for part in starts)


def _spelled(pages: list[list[Line]]) -> frozenset[str]:
    """The words of a document as it writes them within its lines, with hyphens and without."""
    return frozenset(word.lower() for page in pages for line in page for word in _SPELLED.findall(line.words))


def _is_broken(begun: str, below: str, spelled: frozenset[str]) -> bool:
    """Whether a hyphen before the line below only breaks the word that was begun, and is none of its own."""
    found = _LETTERS.match(below)
    ended = found[0].lower() if found else ""
    if begun.lower() + ended in spelled:
        return True
    own = begun.lower() in _HYPHENATED_PREFIXES or f"{begun.lower()}-{ended}" in spelled
    return not own and not _joins_parts(below)


def _joins_parts(below: str) -> bool:
    """Whether a line goes on with "and" or "or", so that the hyphen above stands for what comes behind."""
    return _AND_OR.match(below) is not None


def _may_stand_above_field(words: str) -> bool:
    """Whether the line below, which begins like a field of a form, begins anew."""
    return bool(FIELD.match(words) or _SENTENCE_END.search(words)) or words.count(" ") < _FEWEST_RUNNING


def _with_led_rows(page: list[Line]) -> list[Line]:
    """With entries that dots lead to their price as rows of a table; those of a table of contents stay."""
    told: list[Line] = []
    for led, group in groupby(page, key=_is_led):
        lines = list(group)
        if led:
            rows = [
                replace(line, cells=tuple(LEADERS.split(line.words, maxsplit=1)), begins=line is lines[0])
                for line in lines
            ]
            lines = lines if _leads_to_pages(rows) else rows
        told += lines
    return told


def _is_led(line: Line) -> bool:
    parts = LEADERS.split(line.words)
    return not line.cells and len(parts) == 2 and all(any(map(str.isalnum, part)) for part in parts)


def _leads_to_pages(rows: Sequence[Line]) -> bool:
    """Whether there is the number of a page at the end of each row, and none comes before that above it."""
    last = [row.cells[-1] for row in rows]
    numbers = [int(cell) for cell in last if cell.isdigit()]
    return all(map(_PAGE.fullmatch, last)) and numbers == sorted(numbers)


def _without_leads(page: list[Line], setting: _Setting) -> list[Line]:
    """What is set larger than the body and yet said as the body is, is of the body: a lead, a notice."""
    told: list[Line] = []
    for lines in grouped(page, setting.goes_on):
        words = " ".join(line.words for line in lines)
        if lines[0].size in setting.sizes and _CLOSED.search(words) and len(words.split()) >= _LEAST_SAID:
            lines = [replace(line, size=setting.body, bold=False) for line in lines]
        told += lines
    return told


def _paragraphs(page: list[Line]) -> Iterator[tuple[Line, str]]:
    """The lines of a page with their words; the rows of a table are one, as a table."""
    for number, rows in enumerate(grouped(page, lambda above, row: bool(row.cells) and not row.begins)):
        if not rows[0].cells:
            yield rows[0], rows[0].words
        elif not _is_contents(rows):
            cells = [row.cells for row in rows]
            bold = rows[0].bold and not all(row.bold for row in rows)
            # What stands at the head of a page may go on from the one before.
            yield rows[0], table_lines(cells, header=bold or (number > 0 and names_columns(cells)) or None)


def _is_contents(rows: list[Line]) -> bool:
    """Whether the rows are a table of contents."""
    figures = all(row.cells[-1].isdigit() for row in rows)
    return len(rows) > 2 and len(rows[0].cells) == 2 and figures and _leads_to_pages(rows)
