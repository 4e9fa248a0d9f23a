"""What the pieces of a text are to each other: intro and list, header and rows, question and answer.

Found once while a document is read, and kept as exact spans: an item of a list means nothing, or the
opposite, without the words that the list goes on from ("Do not use it if you:").
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from index.headers import names_columns
from index.readable import LEADERS, TO_FILL_IN, cells, is_to_fill_in, readable
from index.sentences import Span, sentence_spans, strip_span
from index.structure import FIELD, Piece, says_something
from index.text_tables import TABLE_RULE, indent
from index.types import Block, Companion

LONGEST_WHOLE = 2500
"""Characters of the longest list that is quoted whole; of a longer one its items are, each with its intro."""

_ENDS_SENTENCE = re.compile(r"[.!?。！？؟।][\"'”’»)\]*_]*$")
_LONGEST_LABEL, _LONGEST_CAPTION = 60, 200
_LINE_OF_RULE = re.compile(r"[^\s|:]{2}")
_IN_MONEY = re.compile(r"\bin\s+(?:[$£€¥]|[A-Z]{3}\b)")
"""What a title has that tells what the figures of the table below it are in."""


def shaped(text: str, parts: Sequence[Piece]) -> list[Block]:
    """The pieces of a document with what each is read with, in order; prose with its links and questions."""
    result: list[Block] = []
    question: tuple[Companion, ...] = ()
    at = 0
    while at < len(parts):
        piece = parts[at]
        stop = _run(text, parts, at)
        below = parts[stop] if stop < len(parts) else None
        if piece.kind == "item":
            found = _list(text, parts[at:stop], result)
        elif piece.kind == "row":
            found = _table(text, parts[at:stop], result)
        elif piece.kind == "text" and _is_bare_label(text, piece):
            found = [_label(text, piece, below)]
        else:
            label: tuple[Companion, ...] = ()
            above = result[-1] if result and piece.kind == "text" else None
            if above and (above.role == "label" or _is_value(text, piece, above, below)):
                label = (Companion(above.start, above.end, "label"),)
            role = "prose" if piece.kind == "text" else piece.kind
            found = [Block(piece.start, piece.end, role, piece.level, label)]
        if piece.kind in ("heading", "question"):
            question = (Companion(piece.start, piece.end, "question"),) if piece.kind == "question" else ()
        elif piece.kind != "noise":
            found = [replace(each, companions=(*question, *each.companions)) for each in found]
        result += found
        at = stop
    return result


def _run(text: str, parts: Sequence[Piece], at: int) -> int:
    """Where the items or rows that begin here end; one piece where it is neither."""
    kind, stop = parts[at].kind, at + 1
    if kind not in ("item", "row"):
        return stop
    while stop < len(parts):
        if parts[stop].kind == kind:
            if kind == "item" and _is_another(parts[at], parts[stop]):
                break
        elif not (_is_rule(text, parts[stop]) if kind == "row" else _goes_on(text, parts, at, stop)):
            break
        stop += 1
    return stop


def _is_rule(text: str, piece: Piece) -> bool:
    return TABLE_RULE.fullmatch(text, piece.start, piece.end) is not None


def _goes_on(text: str, parts: Sequence[Piece], at: int, stop: int) -> bool:
    """Whether a list goes on below a paragraph that belongs to its last item, set in as far as that."""
    first, last, paragraph = parts[at], parts[stop - 1], parts[stop]
    if paragraph.kind != "text" or indent(text, paragraph.start) <= first.depth:
        return False
    while stop < len(parts) and parts[stop].kind == "text":
        stop += 1
    if stop == len(parts) or parts[stop].kind != "item":
        return False
    below = parts[stop]
    return below.number == last.number + 1 if last.number is not None else not _is_another(first, below)


def _is_another(first: Piece, item: Piece) -> bool:
    """Whether an item begins another list: its numbers begin anew, or it has none where the others do."""
    if item.depth > first.depth:
        return False
    return item.number == 1 or (item.number is None) != (first.number is None)


def _is_bare_label(text: str, piece: Piece) -> bool:
    words = readable(text[piece.start : piece.end]).rstrip(TO_FILL_IN)
    field = FIELD.match(words)
    return len(words) <= _LONGEST_LABEL and field is not None and field.end() == len(words)


def _label(text: str, piece: Piece, below: Piece | None) -> Block:
    """A label with what it opens below it; without anything there it is noise: "Allergy:" tells nothing."""
    if below is not None and below.kind in ("item", "row"):
        return Block(piece.start, piece.end, "prose")
    has_value = (
        text[piece.end - 1] not in TO_FILL_IN
        and below is not None
        and below.kind == "text"
        and not FIELD.match(readable(text[below.start : below.end]))
    )
    return Block(piece.start, piece.end, "label" if has_value else "noise")


def _is_value(text: str, piece: Piece, above: Block, below: Piece | None) -> bool:
    """Whether a short line alone below a heading only tells something of it: "Length", "9.5 km"."""
    if above.role != "heading" or not _is_entry(text, piece) or FIELD.match(text, piece.start, piece.end):
        return False
    return below is None or not _is_entry(text, below)


def _is_entry(text: str, piece: Piece) -> bool:
    """Whether a piece is one short line of text that ends no sentence."""
    words = text[piece.start : piece.end]
    one_line = piece.kind == "text" and len(piece.lines) == 1 and len(words) <= _LONGEST_LABEL
    return one_line and not _ENDS_SENTENCE.search(words) and not LEADERS.search(words)


def _list(text: str, items: Sequence[Piece], above: list[Block]) -> list[Block]:
    """A list with its intro, which stands for the whole list; it is taken out of the paragraph above."""
    items = [item if item.kind == "item" else replace(item, depth=indent(text, item.start)) for item in items]
    companions: tuple[Companion, ...] = ()
    begin = items[0].mark if items[0].mark is not None else items[0].start
    intro = _intro(text, items, above)
    if intro is not None:
        companions = (Companion(*intro, "intro"),)
        if above[-1].role == "prose":
            begin = intro[0]
            before = above.pop()
            if apart := strip_span(text, before.start, intro[0]):
                above.append(replace(before, end=apart[1]))
            above.append(replace(before, start=intro[0], end=intro[1]))
        above[-1] = replace(above[-1], whole=_whole(intro[0], items))
    numbers = [item.number for item in items if item.depth == items[0].depth]
    first = numbers[0]
    in_order = first is not None and numbers == list(range(first, first + len(numbers)))
    are_steps = in_order and len(numbers) > 1 and items[-1].end - begin <= LONGEST_WHOLE
    steps = (begin, items[-1].end) if are_steps else None
    shaped_items = []
    parents: list[Piece] = []
    for at, item in enumerate(items):
        while parents and parents[-1].depth >= item.depth:
            parents.pop()
        around = tuple(Companion(parent.start, parent.end, "item") for parent in parents)
        read_with = (*companions, *around)
        if item.kind != "item":
            shaped_items.append(Block(item.start, item.end, "prose", companions=read_with))
            continue
        whole = steps or _with_those_below(items, at)
        shaped_items.append(Block(item.start, item.end, "item", companions=read_with, whole=whole))
        parents.append(item)
    return shaped_items


def _with_those_below(items: Sequence[Piece], at: int) -> Span | None:
    """An item with the list inside it, which may take back what it says ("unless ..."); None without one."""
    stop = at + 1
    while stop < len(items) and items[stop].depth > items[at].depth:
        stop += 1
    end = items[stop - 1].end
    return (items[at].start, end) if at + 1 < stop and end - items[at].start <= LONGEST_WHOLE else None


def _intro(text: str, items: Sequence[Piece], above: Sequence[Block]) -> Span | None:
    """The words that a list goes on from: the last sentence above it that is not closed, or the heading."""
    if not above:
        return None
    last = above[-1]
    words = readable(text[last.start : last.end]).rstrip(" *_")
    if last.role == "prose":
        if _ENDS_SENTENCE.search(words):
            return None
        return sentence_spans(text, last.start, last.end)[-1]
    if last.role == "heading":
        closed = sum(bool(_ENDS_SENTENCE.search(text[item.start : item.end])) for item in items)
        # Under a title ("Side effects") whole sentences stand by themselves; under "Do not:" they do not.
        if words.endswith(":") or says_something(words) or 2 * closed < len(items):
            return last.start, last.end
    return None


def _whole(begin: int, items: Sequence[Piece]) -> Span | None:
    """The list from its intro on, as far as it may be quoted whole."""
    ends = [item.end for item in items if item.end - begin <= LONGEST_WHOLE]
    return (begin, ends[-1]) if ends else None


def _table(text: str, pieces: Sequence[Piece], above: Sequence[Block]) -> list[Block]:
    """The rows of a table, each with its header; the header alone is never quoted."""
    caption: tuple[Companion, ...] = ()
    title: tuple[Companion, ...] = ()
    if above and above[-1].role == "prose":
        # What is said right above a table is said of it: its rows are read with that, and quoted without.
        start, end = sentence_spans(text, above[-1].start, above[-1].end)[-1]
        caption = (Companion(start, end, "caption"),) if end - start <= _LONGEST_CAPTION else ()
    elif above and above[-1].role == "heading":
        named = (Companion(above[-1].start, above[-1].end, "caption"),)
        in_money = _IN_MONEY.search(text, above[-1].start, above[-1].end)
        # Else it tells of rows without a header what they are of: "Large machine (12 kg)".
        caption, title = (named, ()) if in_money else ((), named)
    lines = [text[piece.start : piece.end] for piece in pieces]
    # Below the header only, single dashes are a rule: further down they are cells that hold nothing.
    rules = {
        number
        for number, piece in enumerate(pieces)
        if _is_rule(text, piece) and (number == 1 or _LINE_OF_RULE.search(lines[number]))
    }
    last = max((number for number in range(len(lines)) if number not in rules), default=0)
    told = [cells(line) for line in lines]
    header: tuple[Companion, ...] = ()
    names: list[str] | None = None
    result = []
    for number, (piece, line) in enumerate(zip(pieces, lines, strict=True)):
        role = "row"
        # A line is drawn above the sum of a table, too.
        ruled = number + 1 in rules and (not header or "|" in line)
        if number in rules:
            role = "noise"
        elif number != last and (ruled or (not rules and number == 0 and names_columns(told))):
            role, names = "header", told[number]
            header = (Companion(piece.start, piece.end, "header"),)
        elif told[number] == names:
            role = "header"  # said again on the next page
        elif not any(told[number]) or is_to_fill_in(line):
            role = "noise"
        read_with = (*caption, *(header or title)) if role == "row" else ()
        result.append(Block(piece.start, piece.end, role, companions=read_with))
    return result
