"""Questions asked in advance: read from sidecars and headings, held against the documents, found again."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

import pytest
from making import asked_of

from index.build import build
from index.clean import examine
from index.load import FilesOfOtherKinds, load_paths
from index.search import PassageIndex
from index.sidecar import Entry, Quote, read_sidecar, sidecar_of, sidecar_row
from index.split import split
from index.types import Asked, Document, Passage

ROOT = Path(__file__).parent.parent

BIKES = """# Bicycles in the shed

Each bicycle has a number on its frame.
A flat tyre is mended
with the blue kit.

## Who may borrow one?

Every member may borrow a bicycle. Guests may not. Children need a helmet. Dogs stay outside.
"""


def written(folder: Path, rows: list[object], name: str = "bikes") -> Path:
    (folder / f"{name}.md").write_text(BIKES, encoding="utf-8")
    sidecar = folder / f"{name}.asked.jsonl"
    lines = [row if isinstance(row, str) else json.dumps(row, ensure_ascii=False) for row in rows]
    sidecar.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    return sidecar


def loaded(*folders: Path) -> tuple[list[Document], list[Passage]]:
    documents, errors = load_paths([str(folder) for folder in folders])
    assert [error for error in errors if not isinstance(error, FilesOfOtherKinds)] == []
    passages: list[Passage] = []
    for document in documents:
        passages += split(document, examine(document)[0], len(passages))
    return documents, passages


def said(asked: Asked, passages: list[Passage]) -> list[list[str]]:
    return [[passages[passage].sentences[at].text for passage, at in place] for place in asked.places]


def test_a_sidecar_stands_beside_its_document() -> None:
    assert sidecar_of("notes/cold laser.v2.md") == "notes/cold laser.v2.asked.jsonl"


def test_a_quote_points_to_its_sentences_whatever_its_line_breaks(tmp_path: Path) -> None:
    """One quote over a line break, one of two sentences, and one of part of a sentence."""
    written(
        tmp_path,
        [
            {"question": "puncture?", "quotes": ["A flat tyre is mended with the blue kit."]},
            {
                "question": "who",
                "quotes": ["Every member may borrow a bicycle. Guests may not.", "need a helmet"],
            },
        ],
    )
    documents, passages = loaded(tmp_path)
    asked, errors = asked_of(documents, passages)
    assert errors == []
    assert [each.question for each in asked] == ["puncture?", "who", "Who may borrow one?"]
    assert said(asked[0], passages) == [["A flat tyre is mended\nwith the blue kit."]]
    assert said(asked[1], passages) == [
        ["Every member may borrow a bicycle.", "Guests may not."],
        ["Children need a helmet."],
    ]


def test_a_heading_that_asks_is_answered_by_what_stands_below_it(tmp_path: Path) -> None:
    """The first three of the four sentences, each a place of its own."""
    written(tmp_path, [])
    documents, passages = loaded(tmp_path)
    (heading,), errors = asked_of(documents, passages)
    assert errors == []
    assert heading.answered
    assert said(heading, passages) == [
        ["Every member may borrow a bicycle."],
        ["Guests may not."],
        ["Children need a helmet."],
    ]


def test_what_the_documents_do_not_answer_points_to_what_is_nearest(tmp_path: Path) -> None:
    written(
        tmp_path,
        [
            {"question": "what does it cost", "quotes": [], "nearest": "Every member may borrow a bicycle."},
            {"question": "what colour are they", "quotes": []},
        ],
    )
    documents, passages = loaded(tmp_path)
    cost, colour, _ = asked_of(documents, passages)[0]
    assert not cost.answered
    assert said(cost, passages) == [["Every member may borrow a bicycle."]]
    assert (colour.answered, colour.places) == (False, ())


def test_a_quote_of_another_document_is_named_from_where_the_sidecar_lies(tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    written(tmp_path / "more", [], name="other")
    written(
        tmp_path,
        [{"question": "dogs", "quotes": [{"document": "more/other.md", "quote": "Dogs stay outside."}]}],
    )
    documents, passages = loaded(tmp_path)
    asked = next(each for each in asked_of(documents, passages)[0] if each.question == "dogs")
    ((place,),) = asked.places
    assert passages[place[0]].document == str(tmp_path / "more" / "other.md")


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("not json", "is not JSON"),
        ('["a list"]', 'has no "question"'),
        ({"question": " ", "quotes": []}, 'has no "question"'),
        ({"question": "who"}, 'has no list of "quotes"'),
        ({"question": "who", "quotes": "Guests may not."}, 'has no list of "quotes"'),
        ({"question": "who", "quotes": [7]}, "has a quote that is neither"),
        ({"question": "who", "quotes": [{"document": "bikes.md"}]}, "has a quote that is neither"),
        ({"question": "who" * 400, "quotes": []}, "more than 1000 characters"),
    ],
)
def test_a_row_that_cannot_be_used_is_named_and_the_rest_goes_on(
    tmp_path: Path, row: object, fault: str
) -> None:
    good = {"question": "guests", "quotes": ["Guests may not."]}
    sidecar = written(tmp_path, [row, "", good])
    entries, (error,) = read_sidecar(str(tmp_path / "bikes.md"))
    assert str(error).startswith(f"{sidecar}:1: ")
    assert fault in str(error)
    assert [(entry.place, entry.question) for entry in entries] == [(f"{sidecar}:3", "guests")]


@pytest.mark.parametrize(
    ("quote", "fault"),
    [
        ("Guests may borrow one.", "“Guests may borrow one.” does not stand in what can be quoted of"),
        # A heading is never quoted.
        ("Bicycles in the shed", "does not stand in what can be quoted of"),
        ({"document": "gone.md", "quote": "Guests may not."}, "gone.md is not among the indexed documents"),
    ],
)
def test_a_quote_that_stands_no_more_is_named_and_its_question_left_out(
    tmp_path: Path, quote: object, fault: str
) -> None:
    sidecar = written(tmp_path, [{"question": "guests", "quotes": ["Guests may not.", quote]}])
    documents, passages = loaded(tmp_path)
    asked, (error,) = asked_of(documents, passages)
    assert [each.question for each in asked] == ["Who may borrow one?"]
    assert str(error).startswith(f"{sidecar}:1: ")
    assert fault in str(error)
    assert str(error).endswith("; the question is left out.")


def test_an_entry_is_written_as_it_is_read(tmp_path: Path) -> None:
    document = str(tmp_path / "bikes.md")
    entry = Entry(
        "",
        "dogs?",
        (
            Quote(document, "Dogs stay outside."),
            Quote(str(tmp_path / "more" / "other.md"), "Guests may not."),
        ),
        Quote(document, "Children need a helmet."),
    )
    written(tmp_path, [sidecar_row(entry, document)])
    (read,), errors = read_sidecar(document)
    assert errors == []
    assert (read.question, read.quotes, read.nearest) == (entry.question, entry.quotes, entry.nearest)


def test_an_index_finds_the_nearest_of_them_and_embeds_each_once(index_folder: Path, tmp_path: Path) -> None:
    """The sidecar asks twice, the heading once; a second build takes all vectors over."""
    folder = tmp_path / "shed"
    folder.mkdir()
    written(
        folder,
        [
            {"question": "how do I fix a puncture", "quotes": ["A flat tyre is mended with the blue kit."]},
            {"question": "what does it cost", "quotes": []},
            {"question": "lost", "quotes": ["Nobody wrote this."]},
        ],
    )
    report = build(load_paths([str(folder)])[0], index_folder)
    assert (report.asked, [error.place for error in report.asked_errors]) == (
        3,
        [f"{folder / 'bikes.asked.jsonl'}:3"],
    )
    index = PassageIndex.open(index_folder)
    hits = index.asked_in_advance("my tyre is flat, what now?", 5)
    assert hits[0].asked.question == "how do I fix a puncture"
    assert len(hits) == 3
    assert [hit.similarity for hit in hits] == sorted((hit.similarity for hit in hits), reverse=True)
    ((passage, at),) = hits[0].asked.places[0]
    assert (
        index.passages_by_id([passage])[0].sentences[at].text == "A flat tyre is mended\nwith the blue kit."
    )
    [same, *others] = index.asked_in_advance("How do I FIX a puncture?!", 5)
    assert (same.asked.question, same.similarity) == ("how do I fix a puncture", 1.0)
    assert all(hit.similarity < 1 for hit in others)
    assert index.asked_in_advance(" ", 5) == []
    assert build(load_paths([str(folder)])[0], index_folder).encoded == 0


def test_the_shipped_ones_stand(shipped_index: PassageIndex) -> None:
    """Every quote of every shipped sidecar stands, and an asked question finds itself."""
    with contextlib.chdir(ROOT):
        documents, passages = loaded(Path("seeds/articles"), Path("seeds/evidence"))
        assert asked_of(documents, passages)[1] == []
    hits = shipped_index.asked_in_advance("does cold laser actually work for a bad back", 1)
    assert hits[0].similarity == pytest.approx(1, abs=1e-3)
    first = hits[0].asked.places[0][0]
    passage = shipped_index.passages_by_id([first[0]])[0]
    assert passage.document == "seeds/evidence/back-pain.md"
