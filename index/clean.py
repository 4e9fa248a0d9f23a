"""A document into blocks: headings, prose, and what is never quoted (noise, quarantined text)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from index.hidden import hidden_markup
from index.noise import inline_noise, is_menu, is_noise
from index.orders import is_question
from index.quarantine import Suspicion, suspicious
from index.sentences import Span, sentence_spans, strip_span
from index.types import Block, Document

_LINE = re.compile(r"[^\r\n\x0b\x0c\x85\u2028\u2029]+|\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_ATX = re.compile(r"(?P<marks>#{1,6})[ \t]+(?P<words>.*?)[ \t]*#*$")
_SETEXT = re.compile(r"=+|-{2,}")
_BULLET = re.compile(
    r"(?:[-*+•‣⁃◦▪●○·–—]|\(?(?P<number>\d{1,3})[.)]|\(?[a-z]\))[ \t]+(?:\[[ xX]\][ \t]+)?(?=\S)"
)
_QUOTE = re.compile(r"(?:>[ \t]?)+")
_FENCE = re.compile(r"(`{3,}|~{3,})")
_BOLD_LINE = re.compile(r"(\*\*|__)(?P<words>[^*_]+)\1:?")
_SENTENCE_END = re.compile(r"[.!?。！？؟।…;][\"'”’»)\]*_]*$")
_OPEN_END = re.compile(r"[,、，،:：(–—-]$")
_AUXILIARY = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|can|could|may|might|must|shall|should|will|would|does|do|did|not|helps?"
    r"|it|they|we|you|this|these)\b"
)
_QUESTION = re.compile(
    r"(?:what|how|why|when|who|where|which|is|are|can|does|do|should|will)\b.*\?$", re.IGNORECASE
)
_LONG_LINE = 120
_LONGEST_HEADING = 100
_MOST_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class _Piece:
    """Lines that belong together, before it is known what they are.

    Attributes:
        lines: Spans of the lines, without their marks.
        kind: "text", "item", "row", "heading" or "noise".
        level: Of a heading.
    """

    lines: tuple[Span, ...]
    kind: str = "text"
    level: int = 0

    @property
    def start(self) -> int:
        return self.lines[0][0]

    @property
    def end(self) -> int:
        return self.lines[-1][1]


def blocks(document: Document) -> list[Block]:
    """The body as headings, paragraphs of prose, noise and quarantined text, in reading order.

    Blocks do not overlap and cover every character of the body that is not white space, except the
    marks of headings, list items and quotations. A bare link splits the prose that it stands in.
    """
    return examine(document)[0]


def examine(document: Document) -> tuple[list[Block], list[Suspicion]]:
    """The blocks of a document, and its quarantined spans with the reason for each, in order."""
    text = document.text
    hidden = [Suspicion(*span, reason) for span, reason in hidden_markup(text, document.body)]
    seen = _blanked(text, hidden)
    pieces = [part for piece in _structure(seen, document.body) for part in _parts(seen, piece)]
    pieces = _without_repeated_titles(seen, document.title, pieces)
    pieces = _with_headings(seen, pieces)
    orders = suspicious(seen, [(piece.start, piece.end) for piece in pieces])
    suspicions = sorted(hidden + orders, key=lambda suspicion: suspicion.start)
    quarantined = _united(suspicions)
    found = [Block(start, end, "quarantined") for start, end in quarantined]
    for piece in pieces:
        for start, end in _between(seen, piece.start, piece.end, quarantined):
            if piece.kind in ("heading", "noise"):
                found.append(Block(start, end, piece.kind, piece.level))
            else:
                found += _prose(seen, start, end)
    return sorted(found, key=lambda block: block.start), suspicions


def _united(suspicions: Iterable[Suspicion]) -> list[Span]:
    """Their spans, those that overlap made one."""
    spans: list[Span] = []
    for each in suspicions:
        if spans and each.start < spans[-1][1]:
            spans[-1] = spans[-1][0], max(spans[-1][1], each.end)
        else:
            spans.append((each.start, each.end))
    return spans


def _blanked(text: str, hidden: Sequence[Suspicion]) -> str:
    """The text, as long as before, with spaces for what its reader does not see."""
    pieces, at = [], 0
    for each in hidden:
        pieces += [text[at : each.start], " " * (each.end - each.start)]
        at = each.end
    return "".join([*pieces, text[at:]])


def _structure(text: str, body: int) -> Iterator[_Piece]:
    """Pieces as blank lines and Markdown's marks divide them."""
    lines = [match.span() for match in _LINE.finditer(text, body)]
    pending: list[Span] = []
    kind = "text"
    ends = 0
    fence = ""
    closing_fences = [text[start:end].strip() for start, end in lines]
    for number, (start, end) in enumerate(lines):
        span = strip_span(text, start, end)
        if span is None:
            # Each line end is a match of its own: the second in a row is a blank line.
            ends = ends + 1 if text[start] in "\r\n\x0b\x0c\x85\u2028\u2029" else ends
            if pending and (ends > 1 or text[start] not in "\r\n"):
                yield _Piece(tuple(pending), kind)
                pending, kind = [], "text"
            continue
        ends = 0
        line = text[span[0] : span[1]]
        opened = _FENCE.match(line)
        if fence or (opened and opened[1] in closing_fences[number + 1 :]):
            if pending:
                yield _Piece(tuple(pending), kind)
                pending, kind = [], "text"
            yield _Piece((span,), "noise")
            fence = "" if fence and line == fence else fence or (opened[1] if opened else "")
            continue
        if _SETEXT.fullmatch(line) and len(pending) == 1 and kind == "text":
            yield _Piece(tuple(pending), "heading", 1 if line[0] == "=" else 2)
            yield _Piece((span,), "noise")
            pending = []
            continue
        quote = _QUOTE.match(line)
        if quote and quote.end() < len(line):
            span = span[0] + quote.end(), span[1]
            line = text[span[0] : span[1]]
        mark = _mark(text, line, pending, kind)
        if mark and pending:
            yield _Piece(tuple(pending), kind)
            pending, kind = [], "text"
        if mark == "heading":
            heading = _ATX.match(line)
            assert heading is not None
            words = span[0] + heading.start("words"), span[0] + heading.end("words")
            if words[0] < words[1]:
                yield _Piece((words,), "heading", len(heading["marks"]))
        elif mark in ("noise", "row"):
            yield _Piece((span,), mark)
        else:
            if mark == "item":
                bullet = _BULLET.match(line)
                assert bullet is not None
                span, kind = (span[0] + bullet.end(), span[1]), "item"
            pending.append(span)
    if pending:
        yield _Piece(tuple(pending), kind)


def _mark(text: str, line: str, pending: list[Span], kind: str) -> str:
    """The kind of piece that a line opens by its mark; empty for a line of running text."""
    if (heading := _ATX.match(line)) and heading["marks"]:
        return "heading"
    if not any(character.isalnum() for character in line) and not _has_letters(line):
        return "noise"
    if line.startswith("|") and line.count("|") > 1:
        return "row"
    if bullet := _BULLET.match(line):
        above = text[pending[-1][0] : pending[-1][1]] if pending else ""
        # In running text, a line may by chance begin with a dash or a number.
        if not above or kind == "item" or above[-1] in ".:;!?," or bullet["number"] == "1":
            return "item"
    return ""


def _has_letters(line: str) -> bool:
    return any(character.isalpha() for character in line)


def _parts(text: str, piece: _Piece) -> Iterator[_Piece]:
    """Splits lines that only stand under one another: a paragraph to the line, a title, a by-line, a menu."""
    if piece.kind != "text" or len(piece.lines) == 1:
        yield piece
        return
    lines = [text[start:end] for start, end in piece.lines]
    if is_menu(lines):
        yield from (_Piece((line,), "noise") for line in piece.lines)
        return
    width = max(len(line) for line in lines)
    begin = 0
    for number in range(1, len(lines)):
        if _breaks(lines[number - 1], lines[number], width):
            yield replace(piece, lines=piece.lines[begin:number])
            begin = number
    yield replace(piece, lines=piece.lines[begin:])


def _breaks(above: str, below: str, width: int) -> bool:
    """Whether the line break was meant: the line had room for the next word, or is a paragraph by itself."""
    had_room = len(above) + 1 + len(below.split()[0]) <= width
    if not (had_room or max(len(above), len(below)) > _LONG_LINE):
        return False
    if _SENTENCE_END.search(above):
        return True
    if below[0].islower() or _OPEN_END.search(above):
        return False
    return is_noise(above) or is_noise(below) or (len(below) > _LONG_LINE and _reads_like_heading(above))


def _without_repeated_titles(text: str, title: str, pieces: list[_Piece]) -> list[_Piece]:
    """Keeps the title once, in its own spelling where it has it; above the first sentence, any line once."""
    key = _words(title)
    titles = [
        piece for piece in pieces if _is_line(text, piece) and _words(text[piece.start : piece.end]) == key
    ]
    exact = [piece for piece in titles if " ".join(text[piece.start : piece.end].split()) == title]
    kept = (exact or titles or [None])[0]
    seen: set[tuple[str, ...]] = set()
    result = []
    above_text = True
    for piece in pieces:
        words = _words(text[piece.start : piece.end]) if _is_line(text, piece) else ()
        if piece is kept:
            piece = replace(piece, kind="heading", level=piece.level or 1)
        elif words and (words == key or (above_text and len(words) >= 3 and words in seen)):
            piece = replace(piece, kind="noise", level=0)
        above_text = above_text and (bool(words) or piece.kind not in ("text", "item"))
        seen.add(words)
        result.append(piece)
    return result


def _is_line(text: str, piece: _Piece) -> bool:
    """Whether a piece is one short line that ends no sentence, as titles are."""
    if piece.kind not in ("text", "heading") or piece.end - piece.start > 2 * _LONGEST_HEADING:
        return False
    return piece.kind == "heading" or text[piece.end - 1] not in ".;,"


def _words(line: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", line.casefold()))


def _with_headings(text: str, pieces: Sequence[_Piece]) -> list[_Piece]:
    """Tells noise from prose, and finds headings without a mark: short lines alone above some prose."""
    result: list[_Piece] = []
    below = ""
    for piece in reversed(pieces):
        words = text[piece.start : piece.end]
        if piece.kind in ("text", "heading", "item") and is_noise(words):
            piece = replace(piece, kind="noise", level=0)
        elif piece.kind == "text" and len(piece.lines) == 1:
            bold = _BOLD_LINE.fullmatch(words)
            inner = bold["words"] if bold else words
            longer = below in ("heading", "item", "row") or len(below) > 2 * len(words)
            if below and (bold or longer) and _reads_like_heading(inner):
                start = piece.start + (bold.start("words") if bold else 0)
                piece = _Piece(((start, start + len(inner)),), "heading", 3 if bold else 2)
        if piece.kind != "noise":
            below = piece.kind if piece.kind != "text" else words
        result.append(piece)
    return result[::-1]


def _reads_like_heading(line: str) -> bool:
    """A short line that begins like a title and ends no sentence: "Mechanism of action", "How does it work?"."""
    words = line.split()
    if len(line) > _LONGEST_HEADING or len(words) > _MOST_HEADING_WORDS or not words[0][0].isalnum():
        return False
    if _QUESTION.fullmatch(line):
        return True
    if _SENTENCE_END.search(line) or line[-1] in ",，،、" or line[0].islower() or "://" in line:
        return False
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha()]
    capitalised = sum(not word[0].islower() for word in long_words)
    if long_words and capitalised >= 0.6 * len(long_words) and (len(words) > 1 or line[0].isupper()):
        return True
    return len(words) <= 8 and not _AUXILIARY.search(line)


def _between(text: str, start: int, end: int, cuts: Iterable[Span]) -> Iterator[Span]:
    """What is left of a span when the cuts, in order, are taken out of it; without white space at the ends."""
    begin = start
    for cut_start, cut_end in [*((s, e) for s, e in cuts if s < end and e > start), (end, end)]:
        if span := strip_span(text, begin, max(begin, min(cut_start, end))):
            yield span
        begin = max(begin, cut_end)


def _prose(text: str, start: int, end: int) -> Iterator[Block]:
    """Prose with links, markup and questions cut out; what is left without a letter is noise too."""
    # A question states nothing, so it answers nothing, whoever put it there.
    questions = [span for span in sentence_spans(text, start, end) if is_question(text[span[0] : span[1]])]
    links = [
        span
        for span in inline_noise(text, start, end)
        if not any(s < span[1] and span[0] < e for s, e in questions)
    ]
    noise = sorted(questions + links)
    yield from (Block(*span, "noise") for span in noise)
    for span in _between(text, start, end, noise):
        yield Block(*span, "prose" if _has_letters(text[span[0] : span[1]]) else "noise")
