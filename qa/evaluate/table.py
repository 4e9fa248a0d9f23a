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
                Text(figure.name.split(": ", 1)[1] + ("" if figure.higher_is_better else " ↓")),
                number(figure.value, figure.unit),
                f"{figure.low:.3f} to {figure.high:.3f}" if figure.low != figure.high else "",
                Text("\n".join(baselines(figure))),
            )
        shown += [Text(), table, *(Text(remark, style="dim") for remark in part.remarks)]
    return Group(*shown, Text("↓ lower is better", style="dim"))


def baselines(figure: Figure) -> list[str]:
    """Each baseline of a figure with its value."""
    return [f"{name} {number(value, figure.unit)}" for name, value in figure.baselines.items()]


def number(value: float, unit: str = "") -> str:
    """A number as people read it: three decimals for shares, fewer the larger; – where there is none."""
    if value != value:
        return "–"
    if not unit:
        return f"{value:.3f}"
    digits = 0 if abs(value) >= 100 else 1 if abs(value) >= 10 else 2
    return f"{value:.{digits}f} {unit}"
