"""Characters of a PDF that stand together on one line, as one reads the page upright."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Run:
    """Characters that stand together on one line.

    Attributes:
        words: Without white space at the ends.
        left, right: Its ends, in points from the left edge of the page as it is read.
        height: Of its base line, in points from the lower edge; it falls as one reads on.
        size: Of its type, in points.
        bold: Whether all of it is bold.
        hidden: Whether it is drawn for no eye: white on white, in the invisible mode, off the page.
        turned: Whether it is written in another direction than most of the page.
        ruled: Number of the ruled table that it stands for, without words of its own; 0 for all others.
    """

    words: str
    left: float
    right: float
    height: float
    size: float
    bold: bool = False
    hidden: bool = False
    turned: bool = False
    ruled: int = 0
