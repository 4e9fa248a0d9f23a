"""Elements of a parsed page: which stand apart, which are no text, and what words they hold."""

from __future__ import annotations

from typing import Any

from index.hidden import NEVER_SHOWN

APART = frozenset(
    """
    address article aside blockquote body center dd details div dl dt fieldset figcaption figure footer form
    h1 h2 h3 h4 h5 h6 header hgroup hr html li main nav ol p pre section table tbody td tfoot th thead tr ul
    """.split()
)
NOT_TEXT = NEVER_SHOWN | frozenset(
    "head title meta link button select textarea input option audio video".split()
)

HIGHEST = 50
"""Number that is believed: of rows or columns that a cell stands in, of the item that a list begins with."""


def words_of(element: Any) -> str:
    """The words of an element on one line; those of blocks in it do not run together."""
    parts: list[str] = []

    def collect(one: Any) -> None:
        apart = " " if one.tag in APART or one.tag == "br" else ""
        parts.append(apart)
        if isinstance(one.tag, str) and one.tag not in NOT_TEXT:
            parts.append(one.text or "")
            for child in one:
                collect(child)
                parts.append(child.tail or "")
        parts.append(apart)

    collect(element)
    return " ".join("".join(parts).split())


def nearest(element: Any, *tags: str) -> Any:
    """The nearest element of these names that an element stands in; None where there is none."""
    return next(element.iterancestors(*tags), None)


def number_of(written: str | None) -> int:
    """A number as an attribute has it, 1 where there is none."""
    return min(int(written), HIGHEST) if written and written.isdigit() and int(written) > 0 else 1
