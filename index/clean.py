"""A document into blocks: headings, prose, and what is never quoted (noise, quarantined text)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.headings import with_headings, with_sections, without_repeated_titles
from index.hidden import hidden_markup
from index.noise import inline_noise
from index.orders import is_question
from index.quarantine import Suspicion, suspicious
from index.readable import cells
from index.sentences import Span, sentence_spans, strip_span
from index.shape import Shaped, shaped
from index.structure import Piece, pieces
from index.types import Block, Companion, Document

_FEWEST_QUESTIONS = 2
_LONGEST_COLUMN_NAME = 3
"""Words; an order takes more."""


def blocks(document: Document) -> list[Block]:
    """The body as headings, paragraphs, items, rows, noise and quarantined text, in reading order.

    Blocks do not overlap and cover every character of the body that is not white space, except the marks
    of headings, items and quotations and the outer bars of rows. Links and questions split the prose that
    they stand in.
    """
    return examine(document)[0]


def examine(document: Document) -> tuple[list[Block], list[Suspicion]]:
    """The blocks of a document, and its quarantined spans with the reason for each, in order."""
    hidden = [Suspicion(*span, reason) for span, reason in hidden_markup(document.text, document.body)]
    text = _blanked(document.text, hidden)
    parts = with_sections(text, list(pieces(text, document.body)))
    parts = without_repeated_titles(text, document.title, parts)
    asking = _asking_headings(text, parts)
    parts = with_headings(text, _with_questions(text, parts))
    shapes = shaped(text, parts)
    own = asking | {(p.start, p.end) for p in parts if p.number is not None or p.kind == "question"}
    own |= {(each.start, each.end) for each in shapes if each.role == "header" and _names_columns(text, each)}
    orders = suspicious(text, [(p.start, p.end) for p in parts if p.kind != "noise"], own)
    suspicions = sorted(hidden + orders, key=lambda suspicion: suspicion.start)
    quarantined = _united((each.start, each.end) for each in suspicions)
    found = [Block(start, end, "quarantined") for start, end in quarantined]
    for each in shapes:
        companions = tuple(c for c in each.companions if not _touches(quarantined, c.start, c.end))
        whole = each.whole if each.whole and not _touches(quarantined, *each.whole) else None
        for start, end in _between(text, each.start, each.end, quarantined):
            if each.role in ("prose", "item"):
                found += _prose(text, start, end, each, companions, whole)
            else:
                found.append(Block(start, end, each.role, each.level, companions, whole))
    return sorted(found, key=lambda block: block.start), suspicions


def _names_columns(text: str, header: Shaped) -> bool:
    """Whether a row of a table says no more than what its columns hold, as "Name" and "List price" do."""
    return all(len(cell.split()) <= _LONGEST_COLUMN_NAME for cell in cells(text[header.start : header.end]))


def _touches(cuts: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_right(cuts, (start, end))
    return any(cut[0] < end and cut[1] > start for cut in cuts[max(0, at - 1) : at + 1])


def _blanked(text: str, hidden: Sequence[Suspicion]) -> str:
    """The text, as long as before, with spaces for what its reader does not see."""
    kept, at = [], 0
    for each in hidden:
        kept += [text[at : each.start], " " * (each.end - each.start)]
        at = each.end
    return "".join([*kept, text[at:]])


def _with_questions(text: str, parts: Sequence[Piece]) -> list[Piece]:
    """With questions that stand alone above their answers, where there are several, told as such."""
    asked = {
        (above.start, above.end)
        for above, below in pairwise(parts)
        if _asks(text, above) and below.kind in ("text", "item") and not _asks(text, below)
    }
    if len(asked) < _FEWEST_QUESTIONS:
        return list(parts)
    return [replace(part, kind="question") if (part.start, part.end) in asked else part for part in parts]


def _asking_headings(text: str, parts: Sequence[Piece]) -> set[Span]:
    """Spans of the headings that ask what is answered right below, as in a list of frequent questions.

    Only of those that the file marks as headings, and where there are several.
    """
    found = {
        (above.start, above.end)
        for above, below in pairwise(parts)
        if above.kind == "heading"
        and below.kind in ("text", "item", "row")
        and is_question(text[above.start : above.end])
    }
    return found if len(found) >= _FEWEST_QUESTIONS else set()


def _asks(text: str, piece: Piece) -> bool:
    """Whether a piece without a mark is one question and nothing else."""
    if piece.kind != "text" or not is_question(text[piece.start : piece.end]):
        return False
    return len(sentence_spans(text, piece.start, piece.end)) == 1


def _prose(
    text: str, start: int, end: int, each: Shaped, companions: tuple[Companion, ...], whole: Span | None
) -> Iterator[Block]:
    """Prose with links, markup and questions cut out; what is left without a letter is noise too."""
    # A question states nothing, so it answers nothing, whoever put it there.
    questions = [span for span in sentence_spans(text, start, end) if is_question(text[span[0] : span[1]])]
    noise = _united(sorted([*questions, *inline_noise(text, start, end)]))
    yield from (Block(*span, "noise") for span in noise)
    for span in _between(text, start, end, noise):
        if any(character.isalpha() for character in text[span[0] : span[1]]):
            yield Block(*span, each.role, 0, companions, whole)
        else:
            yield Block(*span, "noise")


def _united(spans: Iterable[Span]) -> list[Span]:
    """Spans in order, those that overlap made one."""
    united: list[Span] = []
    for start, end in spans:
        if united and start < united[-1][1]:
            united[-1] = united[-1][0], max(united[-1][1], end)
        else:
            united.append((start, end))
    return united


def _between(text: str, start: int, end: int, cuts: Sequence[Span]) -> Iterator[Span]:
    """What the cuts, in order, leave of a span; without white space at the ends."""
    begin = start
    for cut_start, cut_end in cuts[max(0, bisect_right(cuts, (start, start)) - 1) :]:
        if cut_start >= end:
            break
        if span := strip_span(text, begin, min(cut_start, end)):
            yield span
        begin = max(begin, cut_end)
    if span := strip_span(text, begin, end):
        yield span
