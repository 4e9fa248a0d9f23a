"""What was not read and why, in a form and its values wherever it is handed on."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from index.errors import DocumentError
from index.load import load_document
from index.said import Said, said_from_json, say

ROOT = Path(__file__).parent.parent


def test_what_is_said_comes_back_from_its_json() -> None:
    inner = say("page {number} has no text", number="3")
    said = say("{reason}; type {command}", reason=inner, command="x {y}")
    assert str(said) == "page 3 has no text; type x {y}"
    assert said_from_json(said.as_json()) == said


def test_a_reason_keeps_what_was_found_apart_from_its_form(tmp_path: Path) -> None:
    (tmp_path / "a.xyz").write_text("Warm baths ease the back.")
    with pytest.raises(DocumentError) as caught:
        load_document(str(tmp_path / "a.xyz"))
    assert caught.value.reason.form == "is of no known kind; lightqa reads {kinds}"
    assert [name for name, _ in caught.value.reason.values] == ["kinds"]


def test_no_form_holds_what_was_found() -> None:
    """A form that a program put together stands in no list of translations."""
    made = [
        f"{path.name}:{call.lineno}"
        for path in sorted((ROOT / "index").glob("*.py"))
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name) and call.func.id == "say"
        if not (isinstance(call.args[0], ast.Constant) and isinstance(call.args[0].value, str))
    ]
    assert made == []


def test_a_hole_without_a_value_stays() -> None:
    assert str(Said("{a} and {b}", (("a", "1"),))) == "1 and {b}"
