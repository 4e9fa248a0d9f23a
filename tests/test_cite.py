"""A quote is cited with what it cannot be read without, doubles once, and every page is that of its quote."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from qa.ask import Assistant
from qa.types import Answer, Reply
from qa.verify import verify_reply
from tests.making import pdf, pdf_page
from ui import plain, render
from ui.quotes import shown

Ask = Callable[[str], Reply]

PACKS = """# Mud packs

Never put a mud pack on if you:

- have a fresh wound
- are asleep

To make a mud pack:

1. Warm the mud.
2. Spread it on a cloth.
3. Fold the cloth.

The weights by size:

| Size of the pack | Weight of the pack |
|---|---|
| Small | 300 grams |
| Large | 900 grams |

Prices in euros, by bath:

| Bath | Price |
|---|---|
| Foot | 7 |
| Whole | 19 |

A mud pack c​osts [six euros](https://x.example/shop)[^1] each.

[^1]: In the shop of the bath.
"""


@pytest.fixture(scope="module")
def index(shipped_index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> PassageIndex:
    folder = tmp_path_factory.mktemp("packs")
    (folder / "packs.md").write_text(PACKS, encoding="utf-8")
    for name in ("one.txt", "two.txt"):
        (folder / name).write_text("Peat baths\n\nA peat bath is taken for ten minutes.\n")
    pages = [
        pdf_page((72, 720, words))
        for words in ("This book is on ferns.", "A fern bed is slept in for a week.")
    ]
    (folder / "ferns.pdf").write_bytes(pdf(pages))
    documents, errors = load_paths([str(folder)])
    assert not errors
    # The encoder is there already, which saves converting it.
    shutil.copytree(shipped_index_folder, folder / "index")
    build(documents, folder / "index")
    return PassageIndex.open(folder / "index")


@pytest.fixture
def ask(index: PassageIndex) -> Ask:
    assistant = Assistant(index)

    def asked(question: str) -> Reply:
        reply = assistant.ask(question)
        assert verify_reply(json.loads(json.dumps(reply.as_json())), index) is None
        return reply

    return asked


def test_an_item_is_cited_after_its_intro(ask: Ask) -> None:
    reply = ask("Can I put a mud pack on while I am asleep?")
    assert isinstance(reply, Answer)
    quotes = {citation.number: citation.quote for citation in reply.citations}
    item = next(citation for citation in reply.citations if "asleep" in citation.quote)
    told = [*(quotes[number] for number in item.read_with), item.quote]
    assert "Never put a mud pack on if you:" in " ".join(told)


def test_of_several_items_the_list_is_quoted_whole(ask: Ask) -> None:
    reply = ask("Who should never put a mud pack on, with a wound or asleep?")
    assert isinstance(reply, Answer)
    whole = next(citation for citation in reply.citations if citation.role == "list")
    assert whole.quote.startswith("Never put") and whole.quote.endswith("are asleep")


def test_steps_are_one_quote_in_their_order(ask: Ask) -> None:
    reply = ask("How do I make a mud pack?")
    steps = next(citation for citation in reply.citations if citation.role == "list")
    assert (
        steps.quote == PACKS[PACKS.index("To make") : PACKS.index("Fold the cloth.") + len("Fold the cloth.")]
    )
    [quotes] = [quotes for quotes in shown(reply) if steps in quotes.citations]
    assert quotes.lines == (
        "To make a mud pack:",
        ["1. Warm the mud.", "2. Spread it on a cloth.", "3. Fold the cloth."],
    )


def test_one_step_is_quoted_alone_where_it_alone_is_asked_for(ask: Ask) -> None:
    reply = ask("What is the mud spread on?")
    assert isinstance(reply, Answer)
    assert reply.citations[1].quote == "Spread it on a cloth."
    assert [citation.role for citation in reply.citations[:2]] == ["intro", "item"]


def test_a_row_is_cited_after_its_header_and_shown_as_a_table(ask: Ask, index: PassageIndex) -> None:
    reply = ask("What is the weight of the large pack?")
    row = next(citation for citation in reply.citations if citation.role == "row")
    header = next(citation for citation in reply.citations if citation.number in row.read_with)
    assert (header.quote, row.quote) == ("Size of the pack | Weight of the pack", "Large | 900 grams")
    assert '<th scope="col">Weight of the pack</th>' in render.html(reply, documents=1, passages=1)
    assert "<td>900 grams</td>" in render.html(reply, documents=1, passages=1)
    assert "“Size of the pack: Large; Weight of the pack: 900 grams”" in plain.text(reply)


def test_what_stands_above_a_table_and_tells_its_unit_is_quoted_with_it(ask: Ask) -> None:
    reply = ask("What is the price of a foot bath?")
    assert isinstance(reply, Answer)
    table = next(quotes for quotes in shown(reply) if quotes.kind == "table")
    assert table.caption == "Prices in euros, by bath:"
    assert table.rows[:2] == [["Bath", "Price"], ["Foot", "7"]]
    assert "<caption>Prices in euros, by bath:</caption>" in render.html(reply, documents=1, passages=1)
    assert "Prices in euros, by bath:" in plain.markdown(reply)


def test_marks_are_in_the_quote_and_not_where_people_read(ask: Ask) -> None:
    reply = ask("What does a mud pack cost?")
    [citation] = [citation for citation in reply.citations if "six euros" in citation.quote]
    assert citation.quote == "A mud pack c\u200bosts [six euros](https://x.example/shop)[^1] each."
    assert "“A mud pack costs six euros each.”" in plain.text(reply)
    [sentence] = [sentence for sentence in reply.sentences if sentence.citation == citation.number]
    assert sentence.text == "A mud pack costs six euros each."


def test_the_same_words_in_two_documents_are_one_quote_with_two_sources(ask: Ask) -> None:
    reply = ask("How long is a peat bath taken?")
    assert [sentence.text for sentence in reply.sentences] == ["A peat bath is taken for ten minutes."]
    [citation] = reply.citations
    places = [citation.document, *(source.document for source in citation.also)]
    assert sorted(Path(place).name for place in places) == ["one.txt", "two.txt"]


def test_the_page_is_that_of_the_quote(ask: Ask) -> None:
    reply = ask("How long is a fern bed slept in?")
    assert [(citation.quote, citation.page) for citation in reply.citations] == [
        ("A fern bed is slept in for a week.", 2)
    ]
