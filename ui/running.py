"""A quote as running text on the page: its references behind a mark that opens them, its terms explained.

All words of the quote stay in the page, in their order: what is copied, or read from its elements, is the
quote letter by letter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import escape

from qa.evidence.references import named_sources
from qa.types import Gloss
from ui.texts import t


def running(words: str, glosses: Sequence[Gloss] = ()) -> str:
    """Words of a quote as a fragment of HTML.

    Args:
        words: On one line.
        glosses: Of the reply; each is marked where the quote uses its term first, outside references.
    """
    parts: list[str] = []
    at = 0
    left = list(glosses)
    for start, end in named_sources(words):
        # The space before a reference goes with it, so that no gap is left before a full stop.
        begin = start - 1 if start and words[start - 1] == " " else start
        parts += _explained(words[at:begin], left)
        mark = '<button type="button" class="elided" aria-expanded="false" '
        mark += f'aria-label="{t("Show the reference")}">'
        told = f'{mark}</button><span class="reference" hidden>{escape(words[begin:end])}</span>'
        # A full stop or comma never begins a line.
        at = end + len(words[end:]) - len(words[end:].lstrip(".,;:"))
        parts.append(f'<span class="together">{told}{escape(words[end:at])}</span>')
    return "".join([*parts, *_explained(words[at:], left)])


def _explained(words: str, left: list[Gloss]) -> Iterator[str]:
    """Words with the terms marked that were not marked before; those found are taken out of `left`."""
    found = []
    for gloss in left:
        if match := re.search(rf"(?<!\w){re.escape(gloss.term)}(?!\w)", words):
            found.append((match.start(), match.end(), gloss))
    at = 0
    for start, end, gloss in sorted(found, key=lambda each: each[:2]):
        if start < at:
            continue
        left.remove(gloss)
        button = (
            f'<button type="button" class="term" aria-expanded="false" data-means="{escape(gloss.text)}">'
            f"{escape(words[start:end])}</button>"
        )
        # A bracket that opens before it never ends a line.
        if words[at:start].endswith("("):
            start, button = start - 1, f'<span class="together">({button}</span>'
        yield escape(words[at:start])
        yield button
        at = end
    yield escape(words[at:])
