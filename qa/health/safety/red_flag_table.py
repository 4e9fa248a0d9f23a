"""The red-flag table red_flags.toml, read and checked."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from qa.health.safety.help_lines import LINES
from qa.health.safety.patterns import Pattern, parse_pattern
from qa.health.safety.scope import EXCUSES
from qa.health.safety.terms import TableError, Terms

TABLE = Path(__file__).with_name("red_flags.toml")
URGENCIES = ("emergency now", "crisis line", "same day")
"""The most urgent first."""


@dataclass(frozen=True, slots=True)
class Category:
    """One kind of red flag.

    Attributes:
        name, title, looks_like, urgency, advice, source: As the table says them.
        lines: Kinds of help line to name (`qa.health.safety.help_lines.LINES`), the most fitting first.
        ignores: Excuses that do not take its alarms back.
        patterns: What raises it, unless excused.
        always: What raises it even when it is asked in general ("how many tablets are fatal").
    """

    name: str
    title: str
    looks_like: str
    urgency: str
    advice: str
    source: str
    lines: tuple[str, ...]
    ignores: frozenset[str]
    patterns: tuple[Pattern, ...]
    always: tuple[Pattern, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The whole table.

    Attributes:
        categories: In the order in which they are looked for: by urgency, and then as in the file.
        terms: Every group and phrase of the patterns, compiled.
        unsaid: Groups that a pattern needs but that say nothing by themselves ("I", "today").
    """

    categories: tuple[Category, ...]
    terms: Terms
    unsaid: frozenset[str]


def load_table(path: Path = TABLE) -> Table:
    """Read and compile the table.

    Raises:
        TableError: It is no TOML, a category lacks a field or has a value that is not allowed, or a
            pattern names a group that does not exist.
    """
    text = path.read_text(encoding="utf-8")
    try:
        raw = tomllib.loads(text)
        terms = Terms(raw["words"])
        return Table(
            categories=tuple(
                sorted(
                    (_category(row, terms) for row in raw["category"]),
                    key=lambda category: URGENCIES.index(category.urgency),
                )
            ),
            terms=terms,
            unsaid=frozenset(raw["unsaid"]),
        )
    except tomllib.TOMLDecodeError as error:
        raise TableError(f"{path} is not valid TOML: {error}. Correct the table.") from error
    except KeyError as error:
        raise TableError(f"{path} lacks {error}. Correct the table.") from error
    except TableError as error:
        raise TableError(f"{path}: {error} Correct the table.") from error


def _category(row: Mapping[str, Any], terms: Terms) -> Category:
    ignores = frozenset(row.get("ignores", ()))
    if row["urgency"] not in URGENCIES:
        raise TableError(f"{row['name']} has the urgency {row['urgency']!r}, expected one of {URGENCIES}.")
    if not ignores <= set(EXCUSES):
        raise TableError(
            f"{row['name']} ignores {sorted(ignores - set(EXCUSES))}, expected some of {EXCUSES}."
        )
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
        ignores=ignores,
        patterns=tuple(parse_pattern(text, terms) for text in row["patterns"]),
        always=tuple(parse_pattern(text, terms) for text in row.get("always", ())),
    )
