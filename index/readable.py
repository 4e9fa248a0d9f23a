"""The words of a document as people read them: what is only there for a program or a printer is left out.

A quote stays an exact span of its document; this is how it is shown, searched and compared with a question.
"""

from __future__ import annotations

import functools
import html
import re

from index.hidden import without_joiners
from index.types import Sentence

_MARKED = re.compile(r"[\[*_`<{|\\&=~^]")
_FOOTNOTE = re.compile(r"[ \t]?\[\^[^\]\s]{1,40}\]:?")
_ATTRIBUTES = re.compile(r"[ \t]*\{:?[ \t]*[#.][\w.#:= -]*\}")
_LINK = re.compile(
    r"(?<!!)\[(?P<words>[^\[\]]*)\]"
    r"(?:\([^()\s]*(?:\([^()\s]*\)[^()\s]*)?(?:\s+\"[^\"]*\")?\)|\[[^\[\]]{0,40}\])"
)
_PICTURE = re.compile(r"[ \t]*!\[(?:\[[^\[\]]*\]|[^\[\]]*)\](?:\([^()\n]*\))?")
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]*\|)?(?P<words>[^\[\]|\n]+)\]\]")
_HIGHLIGHT = re.compile(r"(?<![\w=])==(?=[^\s=])(?P<words>[^=\n]{1,300}?)(?<=[^\s=])==(?![\w=])")
_STRUCK_OUT = re.compile(r"~~(?=\S)[^~\n]{1,300}?(?<=\S)~~[ \t]*")
_BLOCK_NAME = re.compile(r"(?m)[ \t]+\^[a-zA-Z0-9-]{3,40}[ \t]*$")
_STRONG = re.compile(
    r"(?<![\w*_\\])(\*{1,3}|_{1,3}|`{1,2})(?=\S)(?P<words>[^*_`\n]{1,300}?)(?<=\S)\1(?![\w*_])"
)
_TAG = re.compile(r"</?(?:b|i|em|strong|u|s|sub|sup|small|mark|q|cite|abbr|code|kbd)>", re.IGNORECASE)
_ENTITY = re.compile(r"&(?:[a-zA-Z]{2,8}\d{0,2}|#\d{2,5}|#[xX][0-9a-fA-F]{2,5});")
_ESCAPED = re.compile(r"\\([\\`*_{}\[\]()#+.!|~-]|(?=\r?\n|$))")
"""Signs that Markdown is kept from reading, and the end of a line that it is kept from joining."""
_DEFINED = re.compile(r"\r?\n[ \t]{0,3}:[ \t]+(?=\S)")
"""What stands between a term and its definition, one below the other."""
BULLETS = r"\-*+•‣⁃◦▪■□●○·❖◆➢➤►▶–—\uf0b7\uf0a7\uf0d8\uf0fc\uf076"
"""The signs that items of a list are marked with and that say nothing, for a class of characters.

The last ones are how the bullets of Word's fonts of signs (Symbol, Wingdings) are written.
"""
TICKS = "✓✔✗✘☐☑☒"
"""Signs that mark items and say something of each, so that they stay with its words."""
_LIST_MARK = re.compile(
    rf"^[ \t>]*(?:(?:[{BULLETS}{TICKS}]|\(?\d{{1,3}}[.)]|\(?[a-z]\))[ \t]+)?", re.MULTILINE
)
BARS = ("|", "│", "┃", "║")
"""What stands between the cells of a row: the sign of Markdown, and those that boxes are drawn with."""
_CELL_BORDER = re.compile(r"(?<!\\)\||[│┃║]")
GAP = re.compile(r"[ \t]*\t[ \t]*| {2,}")
"""What divides the cells of a row that has no bars."""
LEADERS = re.compile(r"[ \t]*(?:(?:\.[ \t]?){5,}|…(?:[ \t]?[.…]){2,}|(?:·[ \t]?){4,})[ \t]*")
"""The dots that lead from an entry to its price or page."""
TO_FILL_IN, _ROOM = " \t_.…·", 3
"""What a form has where something is to be written, and how much of it is no full stop."""
_OPEN_END = (".", "!", "?", ":", ";", ",")


def readable(text: str) -> str:
    """The words of a span, and signs for their names, without invisible joiners, footnote marks, pictures,
    addresses of links, marks of emphasis, and what is struck out."""
    text = without_joiners(text)
    if ".." in text or "……" in text or "··" in text or ". ." in text:
        text = LEADERS.sub(" … ", text)
    if "\n:" in text or "\n " in text:
        text = _DEFINED.sub(": ", text)
    if not _MARKED.search(text):
        return text
    text = _ATTRIBUTES.sub("", _BLOCK_NAME.sub("", _PICTURE.sub("", _FOOTNOTE.sub("", text))))
    for marked in (_WIKI_LINK, _LINK, _HIGHLIGHT):
        text = marked.sub(lambda found: found["words"], text)
    text = _STRONG.sub(lambda strong: strong["words"], _TAG.sub("", _STRUCK_OUT.sub("", text)))
    text = _ENTITY.sub(lambda entity: html.unescape(entity[0]), text)
    return _ESCAPED.sub(r"\1", text)


def cells(row: str) -> list[str]:
    """The cells of a row of a table, as people read them; one with only room to write in is empty."""
    inner = row.strip()
    inner = inner[1:] if inner.startswith(BARS) else inner
    inner = inner[:-1] if inner.endswith(BARS) and not inner.endswith("\\|") else inner
    border = _CELL_BORDER if _CELL_BORDER.search(row) else GAP
    words = (" ".join(readable(cell).split()) for cell in border.split(inner))
    return [cell if cell.strip(TO_FILL_IN) else "" for cell in words]


def as_shown(text: str, role: str) -> str:
    """A quote as people read it; the cells of a row of a table, or of its header, with points between them.

    Args:
        text: Of the quote.
        role: Of `Citation`.
    """
    return " · ".join(cells(text)) if role in ("row", "header") else readable(text)


def is_to_fill_in(text: str) -> bool:
    """Whether a text is a label with room to write behind it, and nothing written: "First-aiders: ______"."""
    name = readable(text).rstrip(TO_FILL_IN)
    return name.endswith(":") and len(text.rstrip()) - len(text.rstrip(TO_FILL_IN)) >= _ROOM


def list_lines(text: str) -> list[str]:
    """The lines of a list with its intro, without their marks; a wrapped line goes on with the one above.

    Numbers of steps and ticks stay, as people say them.
    """
    lines: list[str] = []
    for line in text.splitlines():
        words = _LIST_MARK.sub("", line, count=1)
        mark = line[: len(line) - len(words)].strip(" \t>")
        said = " ".join(readable(words).split())
        if not words.strip():
            continue
        if mark or not lines or lines[-1].endswith(_OPEN_END):
            is_said = mark.startswith(("(", *TICKS)) or mark[:1].isalnum()
            lines.append(f"{mark} {said}" if is_said else said)
        else:
            lines[-1] += f" {said}"
    return lines


def row_in_words(header: str, row: str) -> str:
    """A row with what its header calls each cell: "Age: Adults; Dose: 4 ml"."""
    names = cells(header) if header else []
    told = []
    for number, cell in enumerate(cells(row)):
        name = names[number].rstrip(":") if number < len(names) else ""
        if cell:
            told.append(f"{name}: {cell}" if name else cell)
    return "; ".join(told)


@functools.lru_cache(maxsize=8192)
def in_full(sentence: Sentence) -> str:
    """A sentence as a question is held against it: an item after its intro, a row with its header.

    What opens a list is held against it as the whole list, and a step as itself: one may be asked for alone.
    """
    before = [part for part in sentence.companions if part.role != "header"]
    if sentence.whole is not None and not sentence.is_step:
        before = [part for part in before if part.start < sentence.whole.start]
        words = "; ".join(list_lines(sentence.whole.text)).replace(":;", ":").replace(".;", ".")
    elif sentence.role == "row":
        header = next((part.text for part in sentence.companions if part.role == "header"), "")
        words = row_in_words(header, sentence.text)
    else:
        words = readable(sentence.text)
    return " ".join([*(" ".join(readable(part.text).split()) for part in before), words])
