"""What lightqa says itself: a form in English with holes, and what fills them.

Programs read the English; the page looks up what the form is in its own language and fills the same holes, so
that the documents' words in them stay as they are.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any, Union

Value = Union[str, "Said"]
"""What fills a hole: words that stay as they are, or something else that is said."""

_HOLE = re.compile(r"\{(\w+)\}")


@dataclass(frozen=True, slots=True)
class Said:
    """A sentence, or a part of one.

    Attributes:
        form: In English, with a {name} for each hole.
        values: What fills each hole, by its name.
    """

    form: str
    values: tuple[tuple[str, Value], ...] = ()

    def __str__(self) -> str:
        return fill(self.form, {name: str(value) for name, value in self.values})

    def as_json(self) -> dict[str, Any]:
        told = {name: value if isinstance(value, str) else value.as_json() for name, value in self.values}
        return {"form": self.form, "values": told}


def say(form: str, **values: Value) -> Said:
    """`Said` as it is written where something is said; every hole of the form is filled."""
    return Said(form, tuple(values.items()))


def fill(form: str, values: dict[str, str]) -> str:
    """A form with its holes filled; a hole without a value stays, and nothing else in braces is in force."""
    return _HOLE.sub(lambda hole: values.get(hole[1], hole[0]), form)


def said_from_json(saved: Any) -> Said:
    """The inverse of `as_json`.

    Raises:
        KeyError, TypeError: It is not the JSON of something said.
    """
    if not isinstance(saved["form"], str):
        raise TypeError(saved)
    values = (
        (str(name), value if isinstance(value, str) else said_from_json(value))
        for name, value in saved["values"].items()
    )
    return Said(saved["form"], tuple(values))
