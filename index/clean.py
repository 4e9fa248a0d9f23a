"""A document into blocks: headings, prose, and what is never quoted (noise, quarantined text)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.headings import with_headings, with_sections, without_repeated_titles
from index.hidden import blanked, hidden_markup
from index.noise import inline_noise
from index.orders import is_question
from index.quarantine import Suspicion, suspicious
from index.readable import cells
from index.sentences import Span, sentence_spans, strip_span
from index.shape import shaped
from index.structure import Piece, pieces
from index.types import Block, Document

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
    text = blanked(document.text, ((each.start, each.end) for each in hidden))
    parts = with_sections(text, list(pieces(text, document.body)))
    parts = without_repeated_titles(text, document.title, parts)
    asking = _answered(text, parts, "heading", "text", "item", "row")
    asked = _answered(text, parts, "text", "text", "item")
    parts = [replace(part, kind="question") if (part.start, part.end) in asked else part for part in parts]
    parts = with_headings(text, parts)
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
            block = replace(each, start=start, end=end, companions=companions, whole=whole)
            found += _without_noise(text, block) if block.role in ("prose", "item") else [block]
    return sorted(found, key=lambda block: block.start), suspicions


def _names_columns(text: str, header: Block) -> bool:
    """Whether a row of a table says no more than what its columns hold, as "Name" and "List price" do."""
    return all(len(cell.split()) <= _LONGEST_COLUMN_NAME for cell in cells(text[header.start : header.end]))


def _touches(cuts: Sequence[Span], start: int, end: int) -> bool:
    at = bisect_right(cuts, (start, end))
    return any(cut[0] < end and cut[1] > start for cut in cuts[max(0, at - 1) : at + 1])


def _answered(text: str, parts: Sequence[Piece], kind: str, *answers: str) -> set[Span]:
    """Spans of the pieces of a kind that ask what is answered right below, where there are several.

    So do lists of frequent questions, of headings or of paragraphs that are a question and nothing else.
    """
    found = {
        (above.start, above.end)
        for above, below in pairwise(parts)
        if above.kind == kind and below.kind in answers and _asks(text, above)
        if below.kind != kind or not _asks(text, below)
    }
    return found if len(found) >= _FEWEST_QUESTIONS else set()


def _asks(text: str, piece: Piece) -> bool:
    asks = is_question(text[piece.start : piece.end])
    return asks and (piece.kind == "heading" or len(sentence_spans(text, piece.start, piece.end)) == 1)


def _without_noise(text: str, block: Block) -> Iterator[Block]:
    """Prose with links, markup and questions cut out; what is left without a letter is noise too."""
    # A question states nothing, so it answers nothing, whoever put it there.
    sentences = sentence_spans(text, block.start, block.end)
    questions = [span for span in sentences if is_question(text[slice(*span)])]
    noise = _united(sorted([*questions, *inline_noise(text, block.start, block.end)]))
    yield from (Block(*span, "noise") for span in noise)
    for start, end in _between(text, block.start, block.end, noise):
        states = any(map(str.isalpha, text[start:end]))
        yield replace(block, start=start, end=end) if states else Block(start, end, "noise")


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
