"""The tables that lie beside modules: TOML that people write, JSON that was fitted."""

from __future__ import annotations

import functools
import json
import tomllib
from importlib.resources import files
from typing import Any


@functools.cache
def table(package: str, name: str) -> dict[str, Any]:
    """A table, as its file in the folder of a package has it; read once, and nobody's to change."""
    text = files(package).joinpath(name).read_text(encoding="utf-8")
    told: dict[str, Any] = json.loads(text) if name.endswith(".json") else tomllib.loads(text)
    return told


def patterns_in(text: str) -> dict[str, Any]:
    """A table of patterns: a backslash joins lines in all of TOML's strings but those that leave a pattern's
    backslashes alone, and here in those too."""
    return tomllib.loads(text.replace("\\\n", ""))


def table_of_patterns(package: str, name: str) -> dict[str, Any]:
    """The same, of a file."""
    return patterns_in(files(package).joinpath(name).read_text(encoding="utf-8"))
