"""The figures of an evaluation as a table in a terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Group
from rich.table import Table
from rich.text import Text

from qa.evaluate.figures import Figure, Part


def figures_table(parts: Sequence[Part]) -> Group:
    """A table for every part, and below it what its figures do not say; to be printed by rich."""
    shown: list[Table | Text] = []
    for part in parts:
        table = Table(
            title=part.name, title_justify="left", title_style="bold", show_edge=False, pad_edge=False
        )
        table.add_column("figure", ratio=3)
        table.add_column("value", justify="right", style="bold", no_wrap=True)
        table.add_column("95 % interval", justify="right", no_wrap=True)
        table.add_column("beside it", ratio=3)
        for figure in part.figures:
            table.add_row(
                Text(figure.short + ("" if figure.higher_is_better else " ↓")),
                number(figure.value),
                between(figure),
                Text("\n".join(f"{name} {number(value)}" for name, value in figure.baselines.items())),
            )
        shown += [Text(), table, *(Text(remark, style="dim") for remark in part.remarks)]
    return Group(*shown, Text("↓ lower is better", style="dim"))


def between(figure: Figure) -> str:
    """The interval of a figure; empty where it is the value itself."""
    return f"{number(figure.low)} to {number(figure.high)}" if figure.low != figure.high else ""


def number(value: float) -> str:
    """Three decimals; – where there is no number."""
    return "–" if value != value else f"{value:.3f}"
