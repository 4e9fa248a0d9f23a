"""Small files as people have them, from the file to the reply."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from qa.ask import Assistant
from qa.types import Answer, Reply

FILES = {
    "faq.html": """<html><head><title>The felt hat</title></head><body><h1>Questions about the felt hat</h1>
<h3>Can I steam the hat over a kettle?</h3><p>Yes, for a minute at most, with the brim down.</p>
<h3>How long do I have to let it dry?</h3><p>Two days in the shade.</p></body></html>""",
    "loom.md": """# The table loom

The warp is put on a loom every winter with strong cord.

1. Tie the ends to the back beam.
2. Wind on with paper between the turns.
3. Thread the heddles from the right.
""",
    "wool.md": """# Wool in stock

| Wool | Price (€) | Weight (kg) |
|---|---|---|
| Merino | 48 | 2 |
| Shetland · 30 · 3 |
""",
    "asked.txt": """Q: Do I need a licence for a market stall?
A: Only where food is sold.

Q: May I sleep in the barn?
A: No. There are beds above the smithy.
""",
}


@pytest.fixture(scope="module")
def workshop(tmp_path_factory: pytest.TempPathFactory, shipped_index: PassageIndex) -> Iterator[Assistant]:
    folder = tmp_path_factory.mktemp("everyday")
    for name, text in FILES.items():
        (folder / name).write_text(text, encoding="utf-8")
    documents, errors = load_paths([str(folder)])
    assert not errors
    build(documents, folder / "index", pack="none", like=shipped_index)
    index = PassageIndex.open(folder / "index")
    yield Assistant(index)
    index.close()


def quotes(reply: Reply) -> str:
    return " ".join(" ".join(s.text for s in reply.sentences).split()) if isinstance(reply, Answer) else ""


@pytest.mark.parametrize(
    ("question", "words"),
    [
        # A question of a list of questions is found by, and is no strange request.
        ("Can I steam the felt hat over a kettle?", "for a minute at most"),
        ("Do I need a licence for a market stall?", "Only where food is sold."),
        # Steps come whole, first, under what is said of them.
        ("How do I put the warp on the loom?", "1. Tie the ends to the back beam. 2. Wind on"),
        # A row is read with its header, its figures in the units of that.
        ("How many kilograms of Shetland are in stock?", "Shetland · 30 · 3"),
    ],
)
def test_answered(workshop: Assistant, question: str, words: str) -> None:
    assert words in quotes(workshop.ask(question))


def test_what_a_table_does_not_name_is_not_looked_up_there(workshop: Assistant) -> None:
    reply = workshop.ask("What is the price of cashmere goats?")
    assert quotes(reply) == ""
