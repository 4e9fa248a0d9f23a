"""Files of JSON objects, one a line, each checked to be what it should be."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Annotated, Any, TypeVar

from pydantic import AfterValidator, TypeAdapter, ValidationError

from index.errors import LightqaError

SEEDS = Path(__file__).parent.parent.parent / "seeds"
"""What ships with lightqa to be indexed, evaluated with and fitted to."""

T = TypeVar("T")


def _not_blank(text: str) -> str:
    if not text.strip():
        raise ValueError("must not be empty")
    return text


Text = Annotated[str, AfterValidator(_not_blank)]


class QuestionFileError(LightqaError):
    """A file of an evaluation that cannot be read, or whose gold is not in the documents."""


def json_rows(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each JSON object of a .jsonl or .jsonl.gz file with its place, "file:line".

    Raises:
        QuestionFileError: The file cannot be read, or a line is none; the message names it.
    """
    opened: Callable[..., Any] = gzip.open if path.suffix == ".gz" else open
    try:
        # A JSON string may hold characters that end a line elsewhere.
        with opened(path, "rt", encoding="utf-8", newline="\n") as lines:
            for number, line in enumerate(lines, start=1):
                if line.strip():
                    yield f"{path}:{number}", _object(line, f"{path}:{number}")
    except FileNotFoundError:
        raise QuestionFileError(f"{path}: there is no such file; give a .jsonl file.") from None
    except (OSError, UnicodeDecodeError) as error:
        raise QuestionFileError(f"{path}: cannot be read as UTF-8 text ({error}).") from error


def _object(line: str, place: str) -> dict[str, Any]:
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise QuestionFileError(f"{place}: is not JSON ({error.msg} at column {error.colno}).") from None
    if not isinstance(row, dict):
        raise QuestionFileError(f"{place}: expected a JSON object, found {type(row).__name__}.")
    return row


def parsed(kind: TypeAdapter[T], row: Mapping[str, Any], place: str) -> T:
    """A row as a dataclass, by the types of its fields; other keys are passed over.

    Raises:
        QuestionFileError: A field is missing or of another type; the message names it and the place.
    """
    try:
        # As JSON once more: from there lists become tuples, and nothing else is converted.
        return kind.validate_json(json.dumps(row), strict=True)
    except ValidationError as error:
        fault = error.errors()[0]
        field, what = str(fault["loc"][0]), fault["msg"].removeprefix("Value error, ")
        raise QuestionFileError(
            f'{place}: "{field}": {what}; found {row.get(field)!r}. Correct the line.'
        ) from None
