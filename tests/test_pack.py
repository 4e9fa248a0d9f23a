"""Packs: what health documents bring along, and that documents of another field bring none of it."""

from __future__ import annotations

import json
import shutil
import threading
from pathlib import Path

import pytest

from index.build import build
from index.load import load_paths
from index.search import PassageIndex
from qa.ask import Assistant
from qa.evaluate.handbook import without_sidecars
from qa.evidence.conditions import find_conditions
from qa.evidence.confidence import how_often
from qa.evidence.weights import shipped_weights
from qa.health.pack import HEALTH
from qa.pack import NONE, in_force, pack_in_force
from qa.packs import PACKS, PackError, pack_named
from qa.types import DISCLAIMER, NOTICE, Answer, Emergency, Refusal
from qa.verify import verify_reply
from ui.indexing import index_paths

HANDBOOK = Path(__file__).parent.parent / "seeds" / "handbook"
ALARMING = "my back hurts and I cannot pee since this morning"


@pytest.fixture(scope="module")
def handbook_folder(shipped_index: PassageIndex, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A workshop's handbook, indexed without a pack; the encoder is taken over from the shipped index."""
    folder = tmp_path_factory.mktemp("handbook") / "index"
    documents, errors = load_paths([str(HANDBOOK / f"{name}.md") for name in ("laser-cutter", "safety")])
    assert errors == []
    build(documents, folder, pack="none", like=shipped_index)
    assert PassageIndex.open(folder).encoder.fingerprint == shipped_index.encoder.fingerprint
    return folder


@pytest.fixture(scope="module")
def handbook(handbook_folder: Path) -> Assistant:
    return Assistant(PassageIndex.open(handbook_folder))


def test_a_handbook_is_answered_from_with_a_notice_that_says_nothing_of_medicine(handbook: Assistant) -> None:
    reply = handbook.ask("How thick can plywood be for the laser cutter?")
    assert isinstance(reply, Answer)
    assert "plywood up to 6 mm" in reply.sentences[0].text
    assert reply.disclaimer == NOTICE and "medical" not in json.dumps(reply.as_json())
    assert verify_reply(reply.as_json(), handbook.index) is None


def test_where_nothing_was_asked_a_reply_needs_more_and_says_how_often_such_are_right(
    handbook: Assistant, shipped_index: PassageIndex
) -> None:
    """With its sidecars the handbook is one of which much was asked."""
    question = "How thick can plywood be for the laser cutter?"
    with without_sidecars(HANDBOOK, shipped_index) as index:
        bare = Assistant(index)
        replies = ((bare.ask(question), False), (handbook.ask(question), True))
    assert bare.weights == shipped_weights(reads=True, any_folder=True)
    assert handbook.weights == shipped_weights(reads=True)
    for reply, asked in replies:
        assert reply.how_often == how_often(reply.confidence, answered=True, asked=asked)
    assert how_often(0.9, answered=True, asked=False) < how_often(0.9, answered=True, asked=True)


def test_over_a_handbook_nobody_is_sent_to_a_doctor(handbook: Assistant, assistant: Assistant) -> None:
    here, there = handbook.ask(ALARMING), assistant.ask(ALARMING)
    assert isinstance(here, Refusal) and isinstance(there, Emergency)
    assert there.disclaimer == DISCLAIMER

    personal = "Can I have laser while I am pregnant?"
    kinds = [{note.kind for note in each.ask(personal).notes} for each in (handbook, assistant)]
    assert "personal" not in kinds[0] and "personal" in kinds[1]

    weary = [each.ask("I am fed up with this pain").notes[0].text for each in (handbook, assistant)]
    assert "doctor" not in weary[0] and "take what you find to your doctor" in weary[1]
    asked = [each.ask("are you a doctor?").notes[0].text for each in (handbook, assistant)]
    assert "I am no person" in asked[0] and "I am no doctor and no person" in asked[1]


@pytest.mark.parametrize(
    "question",
    (
        "I am 70 years old, can I use the laser cutter?",
        "is a 12 year old allowed at the laser",
        "my baby is 6 months old",
    ),
)
def test_an_age_in_a_question_is_read_over_documents_of_any_field(handbook: Assistant, question: str) -> None:
    assert isinstance(handbook.ask(question), Answer | Refusal)
    with in_force(NONE):
        assert "person" in {condition.kind for condition in find_conditions(question)}


def test_only_health_knows_medicines_and_claims() -> None:
    question = "Is it risk-free with warfarin and after appendicoplasty?"
    kinds = [(condition.kind, condition.text) for condition in find_conditions(question)]
    assert ("medicine", "warfarin") in kinds and ("word", "appendicoplasty") in kinds
    assert pack_in_force().claims.absolute_claim("It is risk-free with warfarin.") == "risk-free"
    with in_force(NONE):
        assert {condition.kind for condition in find_conditions(question)} == {"word"}
        assert pack_in_force().claims.absolute_claim(question) == ""


def test_a_pack_is_in_force_until_the_block_ends_and_in_its_thread_alone() -> None:
    assert pack_in_force() is HEALTH  # put in force for every test by conftest.py
    elsewhere = []
    with pytest.raises(KeyError), in_force(NONE):
        assert pack_in_force() is NONE
        raise KeyError
    assert pack_in_force() is HEALTH
    thread = threading.Thread(target=lambda: elsewhere.append(pack_in_force()))
    thread.start()
    thread.join()
    assert elsewhere == [NONE]


def test_an_index_keeps_its_pack_until_another_one_is_named(handbook_folder: Path, tmp_path: Path) -> None:
    folder = shutil.copytree(handbook_folder, tmp_path / "index")
    documents, _ = load_paths([str(HANDBOOK / "safety.md")])
    for named, kept in ((None, "none"), ("health", "health"), (None, "health")):
        build(documents, folder, pack=named)
        assert PassageIndex.open(folder).pack_name == kept
    assert Assistant(PassageIndex.open(folder)).pack is HEALTH


def test_packs_are_found_by_name_and_another_name_is_told_with_those_there_are() -> None:
    assert {name: pack_named(name).name for name in PACKS} == {"health": "health", "none": "none"}
    with pytest.raises(PackError, match=r"^There is no pack 'law'; choose from health, none\.$"):
        pack_named("law")


def test_a_pack_that_is_not_there_is_refused_before_anything_is_built(tmp_path: Path) -> None:
    with pytest.raises(PackError):
        index_paths([str(HANDBOOK / "safety.md")], tmp_path / "index", None, None, "law")
    assert not (tmp_path / "index").exists()
