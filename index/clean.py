"""A document into blocks: headings, prose, and what is never quoted (noise, quarantined text)."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise

from index.hidden import hidden_markup
from index.noise import inline_noise, is_noise
from index.orders import is_question
from index.quarantine import Suspicion, suspicious
from index.readable import cells
from index.sentences import Span, sentence_spans, strip_span
from index.shape import Shaped, shaped
from index.structure import FIELD, Piece, pieces, reads_like_heading
from index.types import Block, Companion, Document

_BOLD_LINE = re.compile(r"(\*\*|__)(?P<words>[^*_]+)\1:?")
_LONGEST_TITLE = 200
_FEWEST_QUESTIONS = 2
_FEWEST_SECTIONS, _LONGEST_SECTION = 2, 4
"""Numbered titles, and words of one, from and up to which they are no steps."""
_APART = re.compile(r"[ \t]*(?:\n\n|\r\n\r\n)|\s*\Z")
_LONGEST_COLUMN_NAME = 3
"""Words; an order takes more."""
_FIELD_BELOW = re.compile(rf"\s*\n[ \t]*\n\s*{FIELD.pattern}[ \t]*\S")
_FIELD_HERE = re.compile(rf"[ \t]*{FIELD.pattern}[ \t]*\S")


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
    parts = _with_sections(text, list(pieces(text, document.body)))
    parts = _without_repeated_titles(text, document.title, parts)
    asking = _asking_headings(text, parts)
    parts = _with_headings(text, _with_questions(text, parts))
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


def _with_sections(text: str, parts: list[Piece]) -> list[Piece]:
    """With the numbered titles of sections ("1. Rent", below it what is said of it) as headings."""
    titled = [_is_titled(text, piece) for piece in parts]
    if sum(titled) < _FEWEST_SECTIONS:
        return parts
    found = []
    for piece, is_titled in zip(parts, titled, strict=True):
        if is_titled:
            found += [Piece(piece.lines[:1], "heading", 2), Piece(piece.lines[1:], "text")]
        else:
            found.append(piece)
    return found


def _is_titled(text: str, piece: Piece) -> bool:
    """Whether a numbered item begins with a short title in a line of its own, and stands apart."""
    if piece.kind != "item" or piece.number is None or len(piece.lines) < 2:
        return False
    (start, end), (below, _) = piece.lines[:2]
    title = text[start:end]
    apart = _APART.match(text, piece.end) is not None
    # "Step 1" heads no section.
    short = len(title.split()) <= _LONGEST_SECTION and title[-1].isalpha()
    return apart and short and text[below].isupper() and text[piece.end - 1] in ".!?"


def _without_repeated_titles(text: str, title: str, parts: list[Piece]) -> list[Piece]:
    """Keeps the title once, in its own spelling where it has it; above the first sentence, any line once."""
    key = _words(title)
    lines = [(piece, text[piece.start : piece.end]) for piece in parts if _is_line(text, piece)]
    titles = [piece for piece, line in lines if _words(line) == key]
    exact = [piece for piece, line in lines if " ".join(line.split()) == title]
    kept = next(iter(exact or titles), None)
    seen: set[tuple[str, ...]] = set()
    result = []
    above_text = True
    for piece in parts:
        words = _words(text[piece.start : piece.end]) if _is_line(text, piece) else ()
        if piece is kept:
            piece = replace(piece, kind="heading", level=piece.level or 1)
        elif words and (words == key or (above_text and len(words) >= 3 and words in seen)):
            piece = replace(piece, kind="noise", level=0)
        above_text = above_text and (bool(words) or piece.kind not in ("text", "item"))
        seen.add(words)
        result.append(piece)
    return result


def _is_line(text: str, piece: Piece) -> bool:
    """Whether a piece is one short line that ends no sentence, as titles are."""
    if piece.kind not in ("text", "heading") or piece.end - piece.start > _LONGEST_TITLE:
        return False
    return piece.kind == "heading" or text[piece.end - 1] not in ".;,"


def _words(line: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", line.casefold()))


def _with_headings(text: str, parts: Sequence[Piece]) -> list[Piece]:
    """Tells noise from prose, and finds headings without a mark: short lines alone above some prose."""
    result: list[Piece] = []
    below = ""
    for piece in reversed(parts):
        words = text[piece.start : piece.end]
        if piece.kind in ("text", "heading", "item") and is_noise(words):
            piece = replace(piece, kind="noise", level=0)
        elif piece.kind == "text" and len(piece.lines) == 1:
            bold = _BOLD_LINE.fullmatch(words)
            inner = bold["words"] if bold else words
            above_prose = below in ("heading", "item", "row") or len(below) > 2 * len(words)
            # "Side effects:" above a list is the beginning of it, and is quoted with it.
            opens = below in ("item", "row") and inner.endswith(":")
            # The last field of a form stands above the next title like a title of its own.
            opens = opens or (below == "heading" and bool(FIELD.match(inner)) and not inner.endswith(":"))
            # A field that nobody filled in, above another one, is no title over that.
            opens = opens or (inner.endswith(":") and _is_among_fields(text, piece))
            if below and (bold or above_prose) and not opens and reads_like_heading(inner):
                start = piece.start + (bold.start("words") if bold else 0)
                piece = Piece(((start, start + len(inner)),), "heading", 3 if bold else 2)
        if piece.kind != "noise":
            below = piece.kind if piece.kind != "text" else words
        result.append(piece)
    return result[::-1]


def _with_questions(text: str, parts: Sequence[Piece]) -> list[Piece]:
    """With questions that stand alone above their answers, where there are several, told as such."""
    asked = [
        above
        for above, below in pairwise(parts)
        if _asks(text, above) and below.kind in ("text", "item") and not _asks(text, below)
    ]
    if len(asked) < _FEWEST_QUESTIONS:
        return list(parts)
    return [replace(piece, kind="question") if piece in asked else piece for piece in parts]


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


def _is_among_fields(text: str, piece: Piece) -> bool:
    """Whether a line that ends in a colon stands among fields of a form, with one below it or right above."""
    above = text[: piece.start].split("\n")[-2:-1]
    return bool(_FIELD_BELOW.match(text, piece.end) or (above and _FIELD_HERE.match(above[0])))


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
