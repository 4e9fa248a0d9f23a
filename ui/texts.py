"""What lightqa says itself, in the language of the page: web/texts/*.json, one file a language.

The English words are the keys. What a document says is never among them. The language is asked for wherever
something is worded, so that it is in force for the time of a request and not handed from one to the next;
outside of that, as in a terminal, it is English.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import date
from html import escape
from pathlib import Path

from index.errors import DocumentError, LightqaError
from qa.said import Said, fill
from qa.types import Note

TEXTS = Path(__file__).parent / "web" / "texts"

LANGUAGES = tuple(sorted(path.stem for path in TEXTS.glob("*.json")))

_THOUSANDS = {"de": ".", "es": ".", "fr": "\u202f"}
_MONTHS = "January February March April May June July August September October November December".split()


class SaidError(LightqaError):
    """What a person did on the page cannot be done, in words that the page has in its language."""

    def __init__(self, said: Said) -> None:
        super().__init__(str(said))
        self.said = said


_in_force: ContextVar[str] = ContextVar("language", default="en")


@contextmanager
def in_language(language: object) -> Iterator[None]:
    """Word everything in a language until the end of the block; in English for one that has no file."""
    before = _in_force.set(language if isinstance(language, str) and language in LANGUAGES else "en")
    try:
        yield
    finally:
        _in_force.reset(before)


def language() -> str:
    """The language in force."""
    return _in_force.get()


def t(english: str, **values: str) -> str:
    """English words in the language in force, or as they are; {names} in them stand for values."""
    return fill(_texts(language()).get(english, english), values)


def counted(count: int, noun: str) -> str:
    """A number with what is counted: "2 questions"."""
    return t(f"{{count}} {noun}" if count == 1 else f"{{count}} {noun}s", count=number(count))


def number(count: int) -> str:
    """A whole number as it is written."""
    return f"{count:,}".replace(",", _THOUSANDS.get(language(), ","))


def day(when: date) -> str:
    """A day as it is written: "28 November 2026"."""
    return t("{day} {month} {year}", day=str(when.day), month=t(_MONTHS[when.month - 1]), year=str(when.year))


def day_of(written: str) -> str:
    """A day in ISO form as it is read; anything else as it was written."""
    try:
        return day(date.fromisoformat(written))
    except ValueError:
        return written


def parts_of(notice: str) -> tuple[str, str]:
    """The first sentence of a notice, and the rest; the page shows and says them apart."""
    lead, stop, rest = notice.partition(". ")
    return lead + stop.strip(), rest.strip()


def spoken(said: Said) -> str:
    """Something that is said, as text."""
    return t(
        said.form,
        **{name: value if isinstance(value, str) else spoken(value) for name, value in said.values},
    )


def note_text(note: Note) -> str:
    """A note as text; one that was kept by an older version, or is said in English alone, in English."""
    return " ".join(map(spoken, note.said)) if note.said else note.text


def said_html(said: Said, mark: Callable[[str], str] = str) -> str:
    """Something that is said as a fragment of HTML, the documents' words apart from the page's own.

    Args:
        said: What is said.
        mark: Makes a fragment of words that may hold numbers of citations, escaped already.
    """

    def own(value: str) -> str:
        words = mark(escape(value))
        # A number is in no language.
        return f'<span dir="auto">{words}</span>' if any(map(str.isalpha, value)) else words

    held = {
        name: own(value) if isinstance(value, str) else said_html(value, mark) for name, value in said.values
    }
    return fill(escape(t(said.form), quote=False), held)


def note_html(note: Note, mark: Callable[[str], str]) -> str:
    """A note as a fragment of HTML; `mark` as in `said_html`."""
    if not note.said:
        return f'<span dir="auto">{mark(escape(note.text))}</span>'
    return f"<span>{' '.join(said_html(said, mark) for said in note.said)}</span>"


def error_text(error: Exception) -> str:
    """What went wrong, as text: in the language in force where it is made of forms, else in English."""
    if isinstance(error, DocumentError):
        return f"{error.path}: {spoken(error.reason)}."
    if isinstance(error, SaidError):
        return spoken(error.said)
    if isinstance(error, LightqaError):
        return str(error)
    return t("The page sent something that cannot be read.")


@functools.cache
def _texts(code: str) -> Mapping[str, str]:
    texts: dict[str, str] = json.loads((TEXTS / f"{code}.json").read_text(encoding="utf-8"))
    return texts
