"""RTF files, without what their reader does not see."""

from __future__ import annotations

from pathlib import Path

from index.load import load_document

SOURCE = rb"""{\rtf1\ansi{\stylesheet{\s1\v Unseen;}}Take two.{\v  Never say th\'e9 dose.} Drink it.\par
\v All of this\par is hidden, {\b too}. \v0 Keep it cool.\par It costs {\deleted 9}12 EUR.{\v\par}\par
\trowd Age\cell Dose\cell\row\trowd {\v No\cell}{\v\plain 2 ml}\cell\row\pard}"""


def test_what_is_hidden_or_deleted_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a.rtf").write_bytes(SOURCE)
    assert load_document(str(tmp_path / "a.rtf")).text.split("\n\n") == [
        "Take two. Drink it.",
        "Keep it cool.",
        "It costs 12 EUR.",
        "| Age | Dose |\n|  | 2 ml |",
    ]
