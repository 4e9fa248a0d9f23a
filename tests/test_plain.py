"""Text and Markdown: characters as they are, front matter, titles."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.load import load_document, load_paths
from index.types import UNSTATED_KIND
from tests.making import reason, write

RAW_SEEDS = Path(__file__).parent.parent.parent / "shared" / "seeds"


@pytest.mark.parametrize(
    "text",
    [
        "One.\r\nTwo.\r\n",
        "Old Mac.\rNext.",
        "e\u0301 and \U0001f926\U0001f3fd\u200d\u2642\ufe0f.\n",
        "\u5149\u6cbb\u7597\u3002\n",
    ],
)
def test_text_is_the_file_character_by_character(tmp_path: Path, text: str) -> None:
    document = load_document(write(tmp_path, "a.txt", text))
    assert document.text == text
    assert (document.body, document.pages, document.kind) == (0, (), UNSTATED_KIND)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet=st.characters(codec="utf-8", exclude_categories=["Cc"]), min_size=1))
def test_any_text_survives_loading(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    text = "Light. " + text
    path = write(tmp_path_factory.mktemp("text"), "a.txt", text)
    assert load_document(path).text == text


def test_byte_order_mark_counts_and_is_kept_out_of_the_body(tmp_path: Path) -> None:
    path = write(tmp_path, "a.md", "\ufeff---\r\ntitle: Cold laser\r\n---\r\n\r\nIt is light.")
    document = load_document(path)
    assert document.text == Path(path).read_bytes().decode("utf-8")
    assert document.text[document.body :] == "It is light."
    assert document.title == "Cold laser"
    plain = load_document(write(tmp_path, "b.txt", "\ufeffLight."))
    assert (plain.text, plain.body) == ("\ufeffLight.", 1)


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])
def test_other_unicode_encodings_are_told_by_their_mark(tmp_path: Path, encoding: str) -> None:
    text = "\ufeffLicht hilft – vielleicht. 光"
    assert load_document(write(tmp_path, "a.txt", text.encode(encoding))).text == text


def test_western_text_without_a_mark_is_decoded(tmp_path: Path) -> None:
    text = "Die Behandlung dauert zehn Minuten; Wärme und Rötung können für Stunden zu spüren sein. " * 4
    assert load_document(write(tmp_path, "a.txt", text.encode("cp1252"))).text == text


def test_a_broken_byte_does_not_change_the_encoding(tmp_path: Path) -> None:
    data = "Wärme, Kälte und Rötung über Stunden – äöü.".encode() + b"\xff ende"
    assert load_document(write(tmp_path, "a.txt", data)).text.endswith("äöü.\ufffd ende")


def test_front_matter_gives_title_kind_and_metadata_as_written(tmp_path: Path) -> None:
    source = (
        "---\ntitle: 'Neuropathy: what is known'\nkind: evidence note\nreviewed: 2026-11-21\n"
        "written_from: [a.txt, b.txt]\n---\n\n# Heading\n\nText.\n"
    )
    document = load_document(write(tmp_path, "a.md", source))
    assert document.title == "Neuropathy: what is known"
    assert document.kind == "evidence note"
    assert dict(document.metadata) == {"reviewed": "2026-11-21", "written_from": "a.txt, b.txt"}
    assert document.text == source
    assert document.body == source.index("# Heading")


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("---\ntitle: a\nkind: [b\n---\nText.", "line 4: broken front matter"),
        ("---\ntitle: a\nText without end.", "line 1: front matter is opened by --- and never closed"),
        ("---\nNote: this: that\n---\nText.", "line 2: broken front matter"),
        ("---\ntitle:\n  a: b\n---\nText.", "front matter: 'title' must be a text or a list of texts"),
        ("---\ntitle: a\n---\n \n", "holds no text; nothing can be quoted from it"),
    ],
)
def test_broken_front_matter_is_named_with_its_line(tmp_path: Path, source: str, expected: str) -> None:
    assert reason(write(tmp_path, "a.md", source)).startswith(expected)


def test_what_web_sites_keep_in_front_matter_is_passed_over(tmp_path: Path) -> None:
    source = "---\ntitle: Bread\ncover:\n  image: a.jpg\nlinks:\n- name: b\n---\nBake it.\n"
    document = load_document(write(tmp_path, "a.md", source))
    assert (document.title, document.metadata, document.text[document.body :]) == ("Bread", {}, "Bake it.\n")


def test_the_title_block_of_pandoc(tmp_path: Path) -> None:
    document = load_document(write(tmp_path, "a.md", "% Kombucha\n% R. Tallis\n% 2024-11-02\n\nBrew it.\n"))
    assert (document.title, document.text[document.body :]) == ("Kombucha", "Brew it.\n")
    assert document.metadata == {"author": "R. Tallis", "date": "2024-11-02"}


@pytest.mark.parametrize(
    "between",
    [
        "Only a text.\n",
        "\nText after a rule.\n",
        "**Important:** read this.\n\n",
        "- a\n- b\n",
        "# Opening hours\n\nMonday: 9 to 5\n",
        "Note: read this: it matters.\n\n",
    ],
)
def test_rules_around_a_text_are_no_front_matter(tmp_path: Path, between: str) -> None:
    document = load_document(write(tmp_path, "a.md", f"---\n{between}---\nMore.\n"))
    assert (document.body, document.metadata) == (0, {})
    assert load_document(write(tmp_path, "b.md", "---\n\nText after a rule.")).body == 0


@pytest.mark.parametrize(
    ("name", "text", "title"),
    [
        ("a.md", "Intro.\n\n## Cold laser ##\n\nText.", "Cold laser"),
        ("a.md", "Cold laser\n==========\n\nText.", "Cold laser"),
        ("a.txt", "Pain And Light\nLight is used for pain.", "Pain And Light"),
        ("a.txt", "LIGHT FOR PAIN\n\nLight for Pain\n\nText.", "Light for Pain"),
        ("cold-laser_therapy.txt", "Light is used for pain.", "Cold laser therapy"),
        ("back-pain.md", "Light is used for pain.", "Back pain"),
    ],
)
def test_title_is_a_heading_a_line_or_the_name(tmp_path: Path, name: str, text: str, title: str) -> None:
    assert load_document(write(tmp_path, name, text)).title == title


def test_titles_of_the_raw_articles() -> None:
    if not RAW_SEEDS.is_dir():
        pytest.skip("needs the raw articles in ../shared/seeds, which are not part of the project")
    documents, errors = load_paths([str(RAW_SEEDS)])
    assert errors == []
    assert [document.title for document in documents] == [
        "Many Patients Suffering From Neuropathy Experience Pain",
        "Exactly How Cold Laser Therapy Works For Persistent Neck And Back Pain: A Basic Breakdown",
    ]
