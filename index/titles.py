"""What a document is called: its own title, its first heading or line, or the name of its file."""

from __future__ import annotations

import os
import re

from index.hidden import blanked, hidden_markup
from index.noise import is_noise
from index.quarantine import suspicious_title
from index.readable import readable
from index.structure import HEADING, fenced
from index.types import Document

_UNTITLED = re.compile(
    r"(?i)untitled.*|\(?(?:anonymous|unspecified|unknown)\)?|document\d*|microsoft (?:word|powerpoint) - .*"
    r"|.*\.(?:docx?|pdf|html?|tex|indd)"
)
_LONGEST_TITLE = 150


def title_of(document: Document) -> str:
    """The first that says what the document is: its own title, its first heading or line, its file's name."""
    for title in (document.title, _first_title(document)):
        title = readable(title)
        if title and not _UNTITLED.fullmatch(title) and not suspicious_title(title, document.text):
            return title
    return _readable_stem(document.path)


def _first_title(document: Document) -> str:
    """The first heading; for plain text the first short line, in its normally cased form if it repeats.

    Neither is looked for in what readers do not see, nor in code.
    """
    hidden = (span for span, _ in hidden_markup(document.text, document.body))
    text = blanked(document.text, hidden)[document.body :]
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    code = fenced(lines)
    lines = [line for number, line in enumerate(lines) if number not in code]
    for line, below in zip(lines, [*lines[1:], ""], strict=True):
        if (heading := HEADING.match(line)) and not is_noise(heading["words"]):
            return heading["words"]
        if re.fullmatch(r"=+", below):
            return line
    if document.path.lower().endswith(".txt") and lines and _reads_like_a_title(lines[0]):
        again = [line for line in lines[:6] if line.casefold() == lines[0].casefold() and not line.isupper()]
        return again[0] if again else lines[0]
    return ""


def _reads_like_a_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and line[-1] not in ".,;:" and "://" not in line and line[0].isalnum()


def _readable_stem(path: str) -> str:
    """The file's name as words: "cold-laser_therapy.pdf" is "Cold laser therapy"."""
    words = re.sub(r"[-_\s]+", " ", os.path.splitext(os.path.basename(path))[0]).strip()
    return words[:1].upper() + words[1:] or path
