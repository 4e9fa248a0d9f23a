"""The quotes of an answer in the text of their document: where they stand now, and how they are marked there.

Joined up, the text inside the marks of one quote is the quote, character by character.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import pairwise

from index.types import Document
from qa.types import Citation

Marks = list[tuple[int, int, int]]
"""Start, end and number of each quote, in reading order."""

_REFERENCE = re.compile(
    r"(?P<url>https?://[^\s<>\"'`)\]]+)"
    r"|(?P<doi>10\.\d{4,9}/(?:\([^\s()]*\)|[^\s,;<>\"'`()\]])+)"
    r"|PMID:?\s?(?P<pmid>\d{6,9})"
    r"|(?P<trial>NCT\d{8})"
    r"|(?P<book>NBK\d{3,8})"
    r"|(?P<article>PMC\d{5,9})"
)
_ADDRESSES = {
    "url": "{}",
    "doi": "https://doi.org/{}",
    "pmid": "https://pubmed.ncbi.nlm.nih.gov/{}/",
    "trial": "https://clinicaltrials.gov/study/{}",
    "book": "https://www.ncbi.nlm.nih.gov/books/{}/",
    "article": "https://pmc.ncbi.nlm.nih.gov/articles/{}/",
}


def locate(document: Document, citations: Sequence[Citation]) -> tuple[Marks, list[int]]:
    """Where the quotes stand now, and the numbers of those that stand nowhere.

    A quote that has moved, because the document was edited, is found at the place nearest to its old one.
    """
    marks: Marks = []
    lost: list[int] = []
    for citation in citations:
        start = citation.start
        if document.text[start : citation.end] != citation.quote:
            places = [match.start() for match in re.finditer(re.escape(citation.quote), document.text)]
            if not citation.quote or not places:
                lost.append(citation.number)
                continue
            start = min(places, key=lambda place: abs(place - citation.start))
        marks.append((start, start + len(citation.quote), citation.number))
    return sorted(marks), lost


def marked_text(
    text: str, start: int, end: int, marks: Marks, current: int, linked: bool, words: Callable[[str], str]
) -> str:
    """The escaped text of a block, with the quotes that lie in it inside `<mark>`; `words` escapes."""
    inside = [mark for mark in marks if mark[0] < end and mark[1] > start]
    cuts = sorted({start, end, *(max(start, a) for a, _, _ in inside), *(min(end, b) for _, b, _ in inside)})
    references = list(_references(text, start, end)) if linked else []
    parts = []
    for left, right in pairwise(cuts):
        shown_words = _with_links(text, left, right, references, words)
        numbers = [number for a, b, number in inside if a <= left and right <= b]
        if not numbers:
            parts.append(shown_words)
            continue
        begins = " ".join(str(number) for a, _, number in inside if a == left)
        shown = f' data-begins="{begins}"' if begins else ""
        now = " current" if current in numbers else ""
        hue = (min(numbers) - 1) % 4 + 1
        label = " ".join(map(str, numbers))
        parts.append(f'<mark class="hue-{hue}{now}" data-quote="{label}"{shown}>{shown_words}</mark>')
    return "".join(parts)


def _references(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    for match in _REFERENCE.finditer(text, start, end):
        name = str(match.lastgroup)
        identifier = match[name].rstrip(".")
        end_of_it = match.end() - (len(match[name]) - len(identifier))
        yield match.start(), end_of_it, _ADDRESSES[name].format(identifier)


def _with_links(
    text: str, start: int, end: int, references: list[tuple[int, int, str]], words: Callable[[str], str]
) -> str:
    parts = []
    at = start
    for left, right, address in references[bisect_left(references, start, key=lambda r: r[1] - 1) :]:
        left, right = max(left, start), min(right, end)
        if left >= right:
            break
        link = f'<a href="{escape(address)}" target="_blank" rel="noopener noreferrer">'
        parts += [words(text[at:left]), link, escape(text[left:right]), "</a>"]
        at = right
    return "".join([*parts, words(text[at:end])])
