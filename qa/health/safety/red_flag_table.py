"""The table red_flags.toml, read and checked: the kinds of red flags, and what is told of each."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.health.safety.help_lines import LINES
from qa.health.safety.phrase_lists import TableError

TABLE = Path(__file__).with_name("red_flags.toml")
CRISIS = "crisis line"
URGENCIES = ("emergency now", CRISIS, "same day")


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of red flag.

    Attributes:
        name, title, looks_like, urgency, advice, source: As the table says them.
        lines: Kinds of help line to name (`qa.health.safety.help_lines.LINES`), the most fitting first.
    """

    name: str
    title: str
    looks_like: str
    urgency: str
    advice: str
    source: str
    lines: tuple[str, ...]


def load_categories(path: Path = TABLE) -> tuple[Category, ...]:
    """The kinds of red flags, as in the file.

    Raises:
        TableError: It is no TOML, or a category lacks a field or has a value that is not allowed.
    """
    try:
        return tuple(map(_category, tomllib.loads(path.read_text(encoding="utf-8"))["category"]))
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{path} is not valid TOML: {error}. Correct the table.") from error
    except KeyError as error:
        raise TableError(f"{path} lacks {error}. Correct the table.") from error
    except TableError as error:
        raise TableError(f"{path}: {error} Correct the table.") from error


def _category(row: Mapping[str, Any]) -> Category:
    if row["urgency"] not in URGENCIES:
        raise TableError(f"{row['name']} has the urgency {row['urgency']!r}, expected one of {URGENCIES}.")
    lines = tuple(row.get("lines", ("emergency",)))
    if not set(lines) <= set(LINES):
        raise TableError(f"{row['name']} names the help lines {lines}, expected some of {LINES}.")
    return Category(
        name=row["name"],
        title=row["title"],
        looks_like=row["looks_like"],
        urgency=row["urgency"],
        advice=row["advice"],
        source=row["source"],
        lines=lines,
    )
