"""What was asked in advance is thinned so that a smaller share is part of a larger one."""

from __future__ import annotations

from index.search import PassageIndex
from qa.train.ablation import Thinned


def test_a_smaller_share_is_part_of_a_larger_one_and_nearest_comes_first(shipped_index: PassageIndex) -> None:
    question = "does cold laser help a bad back?"
    whole = [hit.asked.question for hit in shipped_index.asked_in_advance(question, 64)]
    half = [hit.asked.question for hit in Thinned(shipped_index, 1 / 2).asked_in_advance(question, 64)]
    eighth = [hit.asked.question for hit in Thinned(shipped_index, 1 / 8).asked_in_advance(question, 64)]
    assert [one for one in whole if one in half] == half[: len([one for one in whole if one in half])]
    assert set(whole) & set(eighth) <= set(half)
    assert 8 < len([one for one in whole if one in half]) < 56
    assert Thinned(shipped_index, 0.0).asked_in_advance(question, 64) == []
    assert [hit.asked.question for hit in Thinned(shipped_index, 1.0).asked_in_advance(question, 64)] == whole
