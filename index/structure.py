"""A text into pieces: the lines that belong together, as blank lines, marks and the breaks of lines tell.

What the pieces are to each other (an intro to its list, a header to its rows) is told by `index.shape`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from index import text_tables
from index.noise import is_menu, is_noise
from index.readable import BARS, LEADERS, TICKS
from index.sentences import Span, strip_span
from index.typed_lists import ITEM, QUOTED, listed

HEADING = re.compile(
    # Its words end at no blank and within no run of "#", so that what follows is looked at but once.
    r"(?P<marks>#{1,6})[ \t]++(?P<words>|\S.*?(?<![ \t])(?!(?<=#)#))"
    r"[ \t]*+(?:\{:?[ \t]*[#.][^{}]*\}[ \t]*+)?+#*+$"
)
_UNDERLINE = re.compile(r"=+|-{2,}")
_STEP = re.compile(r"step[ \t]+(?P<number>\d{1,2})[ \t]*(?:[.:)–—-]|$)", re.IGNORECASE)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]+\]:[ \t]+(?=\S)")
_SPEAKER = re.compile(
    r"(?:\*\*|__)?(?P<who>Q|Question|A|Answer)[ \t]*\d{0,3}[ \t]*[:.)](?:\*\*|__)?[ \t]+(?=\S)", re.IGNORECASE
)
_MESSAGE = re.compile(
    # "[03/03/2026, 10:02:11] Ann: " and "03.03.26, 10:02 - Ann: ", as chats are exported.
    # A chat in one direction of writing may have a mark of that before a message.
    r"\u200e?\[?\d{1,4}[./-]\d{1,2}[./-]\d{2,4},?\s\d{1,2}:\d{2}(?::\d{2})?(?:\s?[AaPp]\.?[Mm]\.?)?\]?(?:\s[–-])?"
    r"\s[^:\n]{1,40}:\s+(?=\S)"
)
FIELD = re.compile(r"(?=[^\W\d_a-z])[^:.!?|]{1,48}:(?=\s|$)")
"""How a field of a form begins: "Allergy: none"."""
_FENCE = re.compile(r"`{3,}|~{3,}")
_DIVISION = re.compile(r":{3,}+[ \t]*+(?:\{[^{}]*\}|[\w-]++(?:[ \t]*\[[^\[\]]*\])?)?[ \t]*+:*")
"""What opens and closes a division of a page: "::: {.warning}", ":::note"."""
_CAPTION = re.compile(r"(?:Table)?:[ \t]+(?=\S)")
"""How the caption of a table begins in Pandoc's Markdown."""
_SENTENCE_END = re.compile(r"[.!?。！？؟।…;][\"'”’»)\]*_]*$")
_OPEN_END = re.compile(r"[,、，،:：(–—-]$")
_GOES_ON = re.compile(r"\b(?:when|if|unless|that|because|while|until|and|or|who|you)$", re.IGNORECASE)
"""How a line ends that a list goes on from, though no colon says so: "Let her off the lead only when"."""
_FINITE = re.compile(
    r"\b(?:is|are|was|were|be|has|have|had|can|could|may|might|must|shall|should|will|would|does|do|did|not|helps?"
    r"|it|they|we|you|this|these)\b"
)
_QUESTION = re.compile(
    r"(?:what|how|why|when|who|where|which|is|are|can|does|do|should|will)\b.*\?$", re.IGNORECASE
)
_ENTRY = re.compile(
    # What an entry of a price list ends with, or the dots that lead there.
    r"\d\s?[€£$¥]$|[€£$¥]\s?\d[\d.,]*$|\d\s[A-Z]{3}$|\b[A-Z]{3}\s\d[\d.,]*$|\.{5}"
)
_LONG_LINE = 120
_LONGEST_HEADING = 100
_MOST_HEADING_WORDS = 14


@dataclass(frozen=True, slots=True)
class Piece:
    """Lines that belong together.

    Attributes:
        lines: Spans of the lines, without their marks and without white space at the ends.
        kind: "text", "item" (of a list), "row" (of a table), "question" (of questions and answers),
            "heading" or "noise".
        level: 1 to 6 for a heading, 0 otherwise.
        mark: Where its first line begins, mark included; None where it has none.
        depth: How far an item is set in, in characters.
        number: Of a numbered item or step.
    """

    lines: tuple[Span, ...]
    kind: str = "text"
    level: int = 0
    mark: int | None = None
    depth: int = 0
    number: int | None = None

    @property
    def start(self) -> int:
        return self.lines[0][0]

    @property
    def end(self) -> int:
        return self.lines[-1][1]


def pieces(text: str, body: int) -> Iterator[Piece]:
    """The pieces of `text[body:]`, in order; they cover all of it but white space and marks."""
    for piece in _marked_pieces(text, body):
        yield from _parts(text, piece)


def reads_like_heading(line: str) -> bool:
    """A short line that begins like a title and ends no sentence: "Mode of action", "How is it used?"."""
    words = line.split()
    if len(line) > _LONGEST_HEADING or len(words) > _MOST_HEADING_WORDS or not line[0].isalnum():
        return False
    if _QUESTION.fullmatch(line):
        return True
    goes_on = line[-1] in ",，،、" or _GOES_ON.search(line)
    is_entry = "://" in line or LEADERS.search(line)  # of a list of prices
    if goes_on or is_entry or _SENTENCE_END.search(line) or line[0].islower():
        return False
    long_words = [word for word in words if len(word) > 3 and word[0].isalpha()]
    capitalised = sum(not word[0].islower() for word in long_words)
    if long_words and capitalised >= 0.6 * len(long_words) and (len(words) > 1 or line[0].isupper()):
        return True
    return len(words) <= 8 and not _FINITE.search(line)


def says_something(line: str) -> bool:
    """Whether a line has a verb or speaks to somebody ("You may use it"), as titles seldom do."""
    return bool(_FINITE.search(line.lower()))


def fenced(lines: Sequence[str]) -> set[int]:
    """Numbers of the lines of code: what stands between two fences, and these."""
    last_seen = {line: number for number, line in enumerate(lines)}
    found: set[int] = set()
    fence = ""
    for number, line in enumerate(lines):
        opened = _FENCE.match(line)
        if fence or (opened and last_seen.get(opened[0], 0) > number):
            found.add(number)
            fence = "" if line == fence else fence or (opened[0] if opened else "")
    return found


def _lines(text: str, body: int) -> list[Span | None]:
    """Spans of the lines without white space at the ends; None for a blank line."""
    lines, at = [], body
    for line in text[body:].splitlines(keepends=True):
        lines.append(strip_span(text, at, at + len(line)))
        at += len(line)
    return lines


def _marked_pieces(text: str, body: int) -> Iterator[Piece]:
    """Pieces as blank lines and the marks of Markdown divide them."""
    lines = _lines(text, body)
    rows = text_tables.rows(text, lines)
    speakers = _speakers(text, lines)
    in_list = listed(text, lines)
    told = [text[slice(*line)] if line else "" for line in lines]
    code = fenced(told)
    pending: list[Span] = []
    first = Piece(())
    for number, (line, words) in enumerate(zip([*lines, None], [*told, ""], strict=True)):
        if number in code:
            mark = "noise" if words else "blank"
        else:
            if line and (quoted := QUOTED.match(words)):
                line = line[0] + quoted.end(), line[1]
                words = words[quoted.end() :]
            mark = _mark(words, text[slice(*pending[-1])] if pending else "", first.kind, len(pending))
            mark = "item" if number in in_list and not mark else mark
            mark = "row" if number in rows else "speaker" if number in speakers else mark
        if mark and pending:
            level = (1 if words[0] == "=" else 2) if mark == "underline" else 0
            yield replace(first, lines=tuple(pending), kind="heading" if level else first.kind, level=level)
            pending, first = [], Piece(())
        if line is None or mark == "blank":
            continue
        if mark == "heading" and (heading := HEADING.match(words)):
            if heading["words"]:
                start = line[0] + heading.start("words")
                yield Piece(((start, start + len(heading["words"])),), "heading", len(heading["marks"]))
        elif mark == "row":
            if inside := strip_span(text, *text_tables.within_bars(words, *line)):
                yield Piece((inside,), "row", mark=line[0])
        elif mark in ("noise", "underline"):
            yield Piece((line,), "noise")
        else:
            if mark:
                first, line = _opened(text, mark, words, line)
            pending.append(line)


def _opened(text: str, mark: str, words: str, line: Span) -> tuple[Piece, Span]:
    """What a marked line opens, without lines yet, and the line behind its mark."""
    depth = text_tables.indent(text, line[0])
    if mark == "speaker" and (speaker := _SPEAKER.match(words)):
        kind = "question" if speaker["who"][0] in "qQ" else "text"
        return Piece((), kind, mark=line[0]), (line[0] + speaker.end(), line[1])
    if mark == "paragraph" and (
        opening := _FOOTNOTE.match(words) or _MESSAGE.match(words) or _CAPTION.match(words)
    ):
        return Piece((), mark=line[0]), (line[0] + opening.end(), line[1])
    begin, number = line[0], None
    # The number of a step and a tick or cross are part of what is said, so that the words of the mark stay.
    if step := _STEP.match(words):
        number = step["number"]
    elif words[0] not in TICKS:
        bullet = ITEM.match(words)
        assert bullet is not None, "only a line with a mark opens an item"
        begin, number = begin + bullet.end(), bullet["number"]
    item = Piece((), "item", mark=line[0], depth=depth, number=int(number) if number else None)
    return item, (begin, line[1])


def _speakers(text: str, lines: list[Span | None]) -> set[int]:
    """Numbers of the lines that open a question or an answer; none where only one of the two is marked."""
    found = {
        number: mark["who"][0].lower()
        for number, line in enumerate(lines)
        if line and (mark := _SPEAKER.match(text, *line))
    }
    return set(found) if set(found.values()) == {"q", "a"} else set()


def _mark(words: str, above: str, kind: str, count: int) -> str:
    """What a line is by its mark; empty where it goes on with, or begins, running text.

    `above` is the line above it, the last of `count` lines of text or of an item, as `kind` says.
    """
    if not words:
        return "blank"
    if HEADING.match(words):
        return "heading"
    if count == 1 and kind == "text" and _UNDERLINE.fullmatch(words):
        return "underline"
    if not any(character.isalnum() for character in words) or _DIVISION.fullmatch(words):
        return "noise"
    if words.startswith(BARS) and words.count(words[0]) > 1:
        return "row"
    if _FOOTNOTE.match(words) or _MESSAGE.match(words) or (not above and _CAPTION.match(words)):
        return "paragraph"
    if _STEP.match(words):
        return "item"
    bullet = ITEM.match(words)
    # In running text, a line may by chance begin with a dash or a number.
    if bullet and (not above or kind == "item" or above[-1] in ".:;!?," or bullet["number"] == "1"):
        return "item"
    return ""


def _parts(text: str, piece: Piece) -> Iterator[Piece]:
    """Takes apart lines that only stand under one another: paragraphs to the line, a title, menu or form."""
    if piece.kind != "text" or len(piece.lines) == 1:
        yield piece
        return
    lines = [text[start:end] for start, end in piece.lines]
    if is_menu(lines):
        yield from (Piece((line,), "noise") for line in piece.lines)
        return
    width = max(len(line) for line in lines)
    fields = [bool(FIELD.match(line)) for line in lines]
    is_form = fields[0] and sum(fields) > 1
    begin = 0
    for number in range(1, len(lines)):
        above, below = lines[number - 1], lines[number]
        # A field ends with its line, unless that is full.
        of_form = is_form and (fields[number] or (fields[number - 1] and 2 * len(above) < width))
        if (of_form and not below[0].islower()) or _breaks(above, below, width):
            yield replace(piece, lines=piece.lines[begin:number])
            begin = number
    yield replace(piece, lines=piece.lines[begin:])


def _breaks(above: str, below: str, width: int) -> bool:
    """Whether a line break was meant: the line had room for the next word, or is a paragraph by itself."""
    if LEADERS.search(above) or (_ENTRY.search(above) and _ENTRY.search(below)):
        return True
    had_room = len(above) + 1 + len(below.split()[0]) <= width
    if not (had_room or max(len(above), len(below)) > _LONG_LINE):
        return False
    if _SENTENCE_END.search(above):
        return True
    if below[0].islower() or _OPEN_END.search(above):
        return False
    return is_noise(above) or is_noise(below) or (len(below) > _LONG_LINE and reads_like_heading(above))
