"""What a document is called is what its readers see of it."""

from __future__ import annotations

import pytest

from index.titles import title_of
from index.types import Document


@pytest.mark.parametrize(
    "above",
    [
        "<!--\n# Draft for the board\n-->\n\n",
        "<div hidden>\n\n# Draft for the board\n\n</div>\n\n",
        "```sh\n# fetch the sources\nmake\n```\n\n",
        "~~~\nDraft\n=====\n~~~\n\n",
    ],
)
def test_a_title_is_neither_hidden_nor_a_comment_in_code(above: str) -> None:
    assert title_of(Document("a.md", "", f"{above}# Rowing boats\n\nThey leak.\n")) == "Rowing boats"
    assert title_of(Document("rowing-boats.md", "", f"{above}They leak.\n")) == "Rowing boats"


def test_the_first_line_of_a_plain_text_is_one_that_is_seen() -> None:
    text = "<!-- not for guests -->\nRowing boats\n\nThey leak.\n"
    assert title_of(Document("a.txt", "", text)) == "Rowing boats"


def test_a_fence_that_is_never_closed_hides_no_title() -> None:
    assert title_of(Document("a.md", "", "```\n# Rowing boats\n\nThey leak.\n")) == "Rowing boats"
