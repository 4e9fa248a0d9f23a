"""Files of questions and of replies: a JSON object on each line, a bad line named."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from index.errors import LightqaError


class UsageError(LightqaError):
    """A command was given something that it cannot work with."""


def rows(source: str) -> Iterator[tuple[str, Any]]:
    """("FILE, line n", parsed row) for every line that is not empty; a line that is no JSON gives None."""
    named = source != "-"
    # Anything that can be opened and is no folder: a shell hands over what a command writes as a pipe.
    if named and (Path(source).is_dir() or not Path(source).exists()):
        raise UsageError(f"{source} is not a file. Name a file with a JSON row on each line")
    with open(source if named else 0, encoding="utf-8-sig", errors="replace", closefd=named) as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            place = f"{source}, line {number}"
            try:
                yield place, json.loads(line)
            except (ValueError, RecursionError):  # also a number, or a nesting, beyond what Python reads
                yield place, None


def turns_of(place: str, row: Any) -> list[str]:
    """What the person said, in order: the last is the question to answer."""
    if not isinstance(row, dict):
        raise UsageError(f"{place} is not a JSON object with `question` or `turns`; it is skipped.")
    turns = row.get("turns") if row.get("turns") is not None else [row.get("question")]
    if (
        not isinstance(turns, list)
        or not turns
        or not all(isinstance(turn, str) and turn.strip() for turn in turns)
    ):
        raise UsageError(f"{place} has neither a `question` nor a list of `turns` with text; it is skipped.")
    if not all(map(is_whole, turns)):
        raise UsageError(f"{place} holds half a character, which JSON may and no text can; it is skipped.")
    return turns


def printed(row: dict[str, Any]) -> str:
    """A row as its line: in ASCII where the output lacks characters, for quotes are held to the word."""
    return json.dumps(row, ensure_ascii=(sys.stdout.encoding or "utf-8").lower() != "utf-8")


def is_whole(text: str) -> bool:
    """Whether a text is one: JSON may hold half a character, and a command line a byte that is none."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True
