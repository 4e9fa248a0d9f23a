"""What a kind of source is worth, and that each standing gets its share of what is read."""

from __future__ import annotations

import pytest

from index.search import PassageIndex
from index.types import UNSTATED_KIND
from qa.evidence.gather import OWN_SHARE, gather
from qa.sources import EVIDENCE, INFORMED, PROMOTIONAL, UNKNOWN, sells, standing


@pytest.mark.parametrize(
    ("kind", "worth"),
    [
        ("promotional article", PROMOTIONAL),
        ("manufacturer's leaflet", PROMOTIONAL),
        ("evidence note", EVIDENCE),
        ("Systematic review", EVIDENCE),
        ("clinical guideline", EVIDENCE),
        ("patient information leaflet", INFORMED),
        ("handbook", INFORMED),
        (UNSTATED_KIND, UNKNOWN),
        ("blog post", UNKNOWN),
    ],
)
def test_kinds_have_a_standing(kind: str, worth: int) -> None:
    assert standing(kind) == worth
    assert sells(kind) == (worth == PROMOTIONAL)


@pytest.mark.parametrize(
    "question",
    ["What does the article claim about Schwann cells and myelin?", "Does infrared help with neuropathy?"],
)
def test_both_kinds_of_source_are_read_for_every_question(shipped_index: PassageIndex, question: str) -> None:
    read = [standing(hit.passage.kind) for hit in gather(question, shipped_index).hits]
    assert read.count(PROMOTIONAL) >= OWN_SHARE
    assert read.count(EVIDENCE) >= OWN_SHARE


def test_passages_that_nearest_questions_point_to_are_read_however_they_rank(
    shipped_index: PassageIndex,
) -> None:
    gathered = gather("is it dear", shipped_index)
    read = {hit.passage.id for hit in gathered.hits}
    for hit in gathered.answered[:8]:
        assert {passage for place in hit.asked.places for passage, _ in place} <= read
