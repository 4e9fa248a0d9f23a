"""Which lines of a document are headings: titles of sections, its own title, short lines above some prose."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from index.noise import is_entry, is_links, is_noise, is_signature, may_be_title, page_led_to, says_nothing
from index.structure import FIELD, Piece, reads_like_heading

_BOLD_LINE = re.compile(r"(\*\*|__)(?P<words>[^*_]+)\1:?")
_LONGEST_TITLE = 200
_FEWEST_SECTIONS, _LONGEST_SECTION = 2, 4
"""Numbered titles, and words of one, from and up to which they are no steps."""
_FALLS = 4
"""Of so many entries with dots and a number the next may be lower once, as where a list of figures begins."""
_APART = re.compile(r"[ \t]*(?:\n\n|\r\n\r\n)|\s*\Z")
_FIELD_BELOW = re.compile(rf"\s*\n[ \t]*\n\s*{FIELD.pattern}[ \t]*\S")
_FIELD_HERE = re.compile(rf"[ \t]*{FIELD.pattern}[ \t]*\S")


def with_sections(text: str, parts: list[Piece]) -> list[Piece]:
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


def without_repeated_titles(text: str, title: str, parts: list[Piece]) -> list[Piece]:
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


def with_headings(text: str, parts: Sequence[Piece]) -> list[Piece]:
    """Tells noise from prose, and finds headings without a mark: short lines alone above some prose."""
    result: list[Piece] = []
    below, links_below = "", False
    stated = _stated_items(text, parts) | _stated_prices(text, parts)
    for at in reversed(range(len(parts))):
        piece, above = parts[at], parts[at - 1] if at else None
        words = text[piece.start : piece.end]
        noise = piece.kind in ("text", "heading", "item") and at not in stated and is_noise(words)
        if noise and piece.kind == "heading" and below not in ("", "heading") and not links_below:
            noise = not may_be_title(words) or _signs_title(text, parts, at)
        if noise:
            piece = replace(piece, kind="noise", level=0)
            links_below = links_below or (is_links(words) and "![" not in words)
        elif piece.kind == "text" and len(piece.lines) == 1:
            bold = _BOLD_LINE.fullmatch(words)
            inner = bold["words"] if bold else words
            above_prose = below in ("heading", "item", "row") or len(below) > 2 * len(words)
            above_prose = above_prose or _names_figure(words, below)
            # "Side effects:" above a list is the beginning of it, and is quoted with it.
            opens = below in ("item", "row") and inner.endswith(":")
            # The last field of a form stands above the next title like a title of its own.
            opens = opens or (below == "heading" and bool(FIELD.match(inner)) and not inner.endswith(":"))
            # What stands alone below one heading and above the next is told of the first: "Ascent", "310 m".
            opens = opens or (below == "heading" and above is not None and _may_be_told(text, above, words))
            opens = opens or (above is not None and _is_next_field(text, above, piece))
            # A field that nobody filled in, above another one, is no title over that.
            opens = opens or (inner.endswith(":") and _is_among_fields(text, piece))
            if below and (bold or above_prose) and not opens and reads_like_heading(inner):
                start = piece.start + (bold.start("words") if bold else 0)
                piece = Piece(((start, start + len(inner)),), "heading", 3 if bold else 2)
        if piece.kind != "noise":
            below, links_below = piece.kind if piece.kind != "text" else words, False
        result.append(piece)
    return result[::-1]


def _stated_items(text: str, parts: Sequence[Piece]) -> set[int]:
    """Numbers of the items that state something, though they would be noise alone: steps, dates, ways.

    Items are judged together: numbered ones, those under an open line ("The hall is closed on:"), and those
    of a list most of which says something. The others are of a menu ("Home", "Contact").
    """
    stated: set[int] = set()
    for is_list, run in groupby(range(len(parts)), key=lambda at: parts[at].kind == "item"):
        if not is_list:
            continue
        words = {at: text[parts[at].start : parts[at].end] for at in run}
        above = parts[min(words) - 1] if min(words) else None
        intro = text[above.start : above.end] if above else ""
        opened = intro.endswith(":") and not is_noise(intro)
        # "Quick links:", "Follow us on:" open the entries of a page.
        opened = opened and 2 * sum(map(is_entry, words.values())) < len(words)
        opened = opened or 2 * sum(map(is_noise, words.values())) < len(words)
        stated |= {
            at
            for at, line in words.items()
            if (opened or parts[at].number is not None)
            and not says_nothing(line)
            and page_led_to(line) is None
        }
    return stated


def _stated_prices(text: str, parts: Sequence[Piece]) -> set[int]:
    """Numbers of the lines whose dots lead to a number, unless these rise as those of pages do."""
    led = [
        (number, page)
        for number, piece in enumerate(parts)
        if piece.kind in ("text", "item") and (page := page_led_to(text[piece.start : piece.end]))
    ]
    figures = [int(page) for _, page in led if page.isdigit()]
    falls = sum(above > below for above, below in pairwise(figures))
    return {number for number, page in led if page.isdigit()} if _FALLS * falls > len(figures) else set()


def _signs_title(text: str, parts: Sequence[Piece], at: int) -> bool:
    """Whether a date or by-line that is marked as a heading is that of the title right above it.

    It is where it divides nothing: no other heading of its level stands under that title.
    """
    piece, above = parts[at], parts[at - 1] if at else None
    if not is_signature(text[piece.start : piece.end]) or above is None:
        return False
    levels = (each.level for each in parts[at + 1 :] if each.kind == "heading" and each.level <= piece.level)
    return above.kind == "heading" and above.level < piece.level and next(levels, 0) < piece.level


def _may_be_told(text: str, above: Piece, words: str) -> bool:
    """Whether what stands below a line may be told of it."""
    one_line = above.kind == "text" and len(above.lines) == 1
    return above.level > 1 or (one_line and _names_figure(text[above.start : above.end], words))


def _names_figure(words: str, below: str) -> bool:
    """Whether a line names what the figure in the one below it is: "Charging time" above "3 hours"."""
    figure, own = (any(map(str.isdigit, line)) for line in (below, words))
    return (
        figure and not own and not FIELD.match(words) and not FIELD.match(below) and reads_like_heading(words)
    )


def _is_next_field(text: str, above: Piece, piece: Piece) -> bool:
    """Whether a line is a field right below another one: "Doors open: 18:30"."""
    fields = all(FIELD.match(text, each.start, each.end) for each in (above, piece))
    return fields and above.kind == "text" and text.count("\n", above.end, piece.start) == 1


def _is_among_fields(text: str, piece: Piece) -> bool:
    """Whether a line that ends in a colon stands among fields of a form, with one below it or right above."""
    end = text.rfind("\n", 0, piece.start)
    above = text[text.rfind("\n", 0, end) + 1 : end] if end > 0 else ""
    return bool(_FIELD_BELOW.match(text, piece.end) or _FIELD_HERE.match(above))
