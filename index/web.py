"""Web pages: the main text, as the reader sees it, with headings, lists and tables as Markdown."""

from __future__ import annotations

import codecs
import itertools
import logging
import re
from copy import deepcopy
from typing import Any

from index.encodings import BYTE_ORDER_MARK, decode
from index.errors import DocumentError
from index.hidden_elements import without_hidden
from index.markup import Stretch, stretches
from index.plain_markup import words_on_buttons
from index.said import say
from index.types import Document

_DECLARED = re.compile(rb"""(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_-]{3,20})""", re.IGNORECASE)
_MARKS = (codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# The Encoding Standard of the web: a page that says Latin-1 is read as Windows-1252 by every browser.
_WEB_NAMES = dict.fromkeys(("iso-8859-1", "latin1", "us-ascii", "ascii", "iso8859-1"), "cp1252")
_WORD = re.compile(r"\w+")
_ASIDE = frozenset(("nav", "aside", "footer", "header", "form"))
_CLOSED = re.compile(r"[.!?][\"'”’»)\]]*$")
_STEPS = re.compile(r"1\. .+\n2\. ")
_MOST_LINKED = 0.3
_FEWEST_TOLD, _MEAGRE = 7, 120
"""Words above which a stretch may be a sentence, and words of main text that are much."""
_NO_MAIN_TEXT = say("has no main text that could be told from its navigation")
_FEWEST_WORDS = 4
"""Words above which a stretch is known by its words alone; "Read more" may stand anywhere."""


def read_web_page(path: str, data: bytes) -> Document:
    """A .html file; hidden elements, scripts and comments are gone before the main text is looked for.

    Raises:
        DocumentError: The file is not HTML, or no main text is found in it.
    """
    return read_page_source(path, decode_page(path, data))


def read_page_source(path: str, source: str) -> Document:
    """A page whose source is text already, as one that was saved with its pictures.

    Raises:
        DocumentError: As `read_web_page`.
    """
    import trafilatura
    from trafilatura.utils import load_html

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    try:
        tree = load_html(source)
        if tree is None:
            raise DocumentError(path, say("is not HTML"))
        without_hidden(tree)
        words_on_buttons(tree)
        found: Any = trafilatura.bare_extraction(
            deepcopy(tree), favor_precision=True, include_comments=False, with_metadata=True
        )
        told = " ".join(tree.xpath("string(.//head/title)").split())
        seen = stretches(tree)
        if not _is_plain(seen):
            if found is None or found.body is None:
                raise DocumentError(path, _NO_MAIN_TEXT)
            seen = _main_stretches(seen, found)
        text = "\n\n".join(stretch.text for stretch in seen)
    except DocumentError:
        raise
    except Exception as error:  # the parsers raise whatever broken markup leads them to
        reason = say("is not readable HTML ({fault})", fault=type(error).__name__)
        raise DocumentError(path, reason) from error
    if not text.strip():
        raise DocumentError(path, _NO_MAIN_TEXT)
    metadata = {"date": found.date} if found and found.date else {}
    title = " ".join((found.title or "").split()) if found else told
    return Document(path=path, title=title, text=text, metadata=metadata)


def decode_page(path: str, data: bytes) -> str:
    """The source of a page, in the encoding that it declares if its bytes are in that one, else by its words.

    Raises:
        DocumentError: It is binary.
    """
    declared = _DECLARED.search(data[:2048])
    if declared and not data.startswith(_MARKS):
        try:
            return data.decode(web_encoding(declared[1].decode("ascii", "replace")))
        except (LookupError, UnicodeDecodeError):
            pass
    return decode(path, data).removeprefix(BYTE_ORDER_MARK)


def web_encoding(declared: str) -> str:
    """The encoding that is meant by a name, as browsers and mail programs understand it."""
    return _WEB_NAMES.get(declared.lower(), declared)


def _is_plain(found: list[Stretch]) -> bool:
    """Whether a page is its text and nothing else, as people write or export them."""
    return not any(map(_is_beside, found))


def _is_beside(stretch: Stretch) -> bool:
    """Whether a stretch is of links, or of what stands beside a text."""
    return stretch.linked >= _MOST_LINKED or not stretch.within.isdisjoint(_ASIDE)


def _plain(words: str) -> str:
    return " ".join(_WORD.findall(words.casefold()))


def _main_stretches(found: list[Stretch], extracted: Any) -> list[Stretch]:
    """The stretches of the main text.

    Which they are, trafilatura tells; but it knows paragraphs best. A list that the main text goes on with
    ("Do not use it if you:"), a table in it and a question above it are kept too, where they are no links.
    """
    everything = _plain(" ".join(extracted.body.itertext()))
    headings = {_plain(" ".join(element.itertext())) for element in extracted.body.iter("head")}
    others = {
        _plain(" ".join(element.itertext())) for element in extracted.body.iter() if element.tag != "head"
    }
    # The title and headings are said again in menus and under pictures.
    again = {_plain(stretch.words) for stretch in found if stretch.kind == "heading"}
    title = _plain(extracted.title or "")
    is_main = []
    for stretch in found:
        own = _plain(stretch.paragraph or stretch.words)
        is_part = own in others or (own.count(" ") >= _FEWEST_WORDS and own in everything)
        is_again = own in again or own in title
        is_main.append(own in headings if stretch.kind == "heading" else is_part and not is_again)
    sure = [(stretch.paragraph or stretch.words).count(" ") >= _FEWEST_WORDS for stretch in found]
    for at in range(len(found)):
        # A few words alone among others that are no main text ("Kyle Busch" under a picture) are none either.
        around = [n for n in (at - 1, at + 1) if 0 <= n < len(found)]
        is_main[at] &= sure[at] or not around or any(is_main[n] for n in around)
    for at, stretch in enumerate(found):
        if _is_beside(stretch):
            continue
        if stretch.kind in ("list", "table") and "\n" in stretch.text and at and is_main[at - 1]:
            open_above = not _CLOSED.search(found[at - 1].words)
            is_main[at] |= stretch.kind == "table" or open_above or bool(_STEPS.match(stretch.text))
        if stretch.kind == "heading" and at + 1 < len(found) and is_main[at + 1]:
            opens = any(is_main[:at]) or all(each.kind == "heading" for each in found[:at])
            is_main[at] |= stretch.words.endswith("?") and opens
    _spare_prose(found, is_main)
    return [stretch for stretch, main_text in zip(found, is_main, strict=True) if main_text]


def _spare_prose(found: list[Stretch], is_main: list[bool]) -> None:
    """Of a page with little main text, whole sentences that were left out, with the headings above them.

    trafilatura knows articles best: of a note of two paragraphs it may leave out the one with links in it.
    Where most of the page is left out all its sentences are kept, else those that come before the last of the
    main text, as what comes after is mostly on other pages.
    """
    prose = [
        stretch.kind == "text"
        and stretch.words.count(" ") >= _FEWEST_TOLD
        and not _is_beside(stretch)
        and _CLOSED.search(stretch.words) is not None
        for stretch in found
    ]
    words = [stretch.words.count(" ") + 1 for stretch in found]
    of_main = sum(itertools.compress(words, is_main))
    last = max((at for at, main_text in enumerate(is_main) if main_text), default=-1)
    if 2 * of_main < sum(itertools.compress(words, prose)):
        last = len(found) - 1
    elif of_main >= _MEAGRE:
        return
    for at in range(last, -1, -1):
        heads = found[at].kind == "heading" and at < last and is_main[at + 1]
        is_main[at] |= prose[at] or heads
