"""RTF files: their text, rows of tables as rows."""

from __future__ import annotations

import re
from itertools import groupby

from index.errors import DocumentError
from index.said import say
from index.tables import table_lines
from index.types import Document

_ROW = re.compile(r"[^|\n]*(?:\|[^|\n]*){2,}")
_LIST_MARK = re.compile(r"\{(?:\\\*)?\\(?:pntext|listtext)\b(?P<mark>[^{}]*)\}")
"""The mark of an item, which programs write for readers that know nothing of lists."""
_TOKEN = re.compile(
    r"\\(?P<word>[a-z]+)(?P<number>-?\d+)? ?|\\'[0-9a-f]{2}|\\.|[{}]|[^\\{}]+", re.IGNORECASE | re.DOTALL
)
_FORM = frozenset("par cell nestcell row nestrow f uc".split())
"""Words that stay where text is hidden: what follows has to be read as it would be without it."""
_NUMBER = re.compile(r"(?<![\w\\'-])(\d{1,3})[.)]")
_TITLE = re.compile(rb"\{\\title ([^{}]{1,200})\}")


def read_rich_text(path: str, data: bytes) -> Document:
    """A .rtf file.

    Raises:
        DocumentError: It is no RTF.
    """
    from striprtf.striprtf import rtf_to_text

    if not data.lstrip().startswith(b"{\\rtf"):
        raise DocumentError(path, say("is damaged or no {kind} file at all", kind=".rtf"))
    # RTF is ASCII; every other letter is written out as a code, with the code page that it is of.
    source = _without_hidden(_LIST_MARK.sub(_mark, data.decode("latin-1")))
    plain: str = rtf_to_text(source, errors="replace")  # type: ignore[no-untyped-call]
    blocks: list[str] = []
    for is_table, lines in groupby(plain.splitlines(), key=lambda line: bool(_ROW.fullmatch(line))):
        if is_table:
            rows = (line.rstrip().removesuffix("|").split("|") for line in lines)
            blocks.append(table_lines([[cell.strip() for cell in row] for row in rows]))
        else:
            blocks += [" ".join(line.split()) for line in lines]
    text = "\n\n".join(filter(None, blocks))
    told = _TITLE.search(data)
    titled = f"{{\\rtf1 {told[1].decode('latin-1')}}}" if told else ""
    title = str(rtf_to_text(titled)).strip()  # type: ignore[no-untyped-call]
    return Document(path=path, title=title, text=text)


def _without_hidden(source: str) -> str:
    """The source without text that is set as hidden or deleted, which ends with its group at the latest."""
    kept: list[str] = []
    outer: list[bool] = []
    hidden = False
    for token in _TOKEN.finditer(source):
        if token[0] == "{":
            outer.append(hidden)
        elif token[0] == "}":
            hidden = bool(outer) and outer.pop()
        elif token["word"] in ("v", "deleted", "plain"):
            hidden = token["word"] != "plain" and token["number"] != "0"
        elif hidden and token["word"] not in _FORM:
            continue
        kept.append(token[0])
    return "".join(kept)


def _mark(written: re.Match[str]) -> str:
    """The mark as text, which the converter would leave out with everything that it takes for machinery."""
    number = _NUMBER.search(written["mark"])
    return f" {number[1]}. " if number else " - "
