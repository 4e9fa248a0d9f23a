"""The reader: the same arithmetic as where it was trained, and what it must and must not look at."""

from __future__ import annotations

import json
import random
from dataclasses import replace
from itertools import islice
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.numpy import load_file

import qa
from index.export import model_folder
from index.minilm_lower import lower_layers, own_lower
from index.search import PassageIndex
from index.tensors import Weights
from qa.evidence.reader import LONGEST, QUESTION, SENTENCE, TITLE, Reader, Reading, Text, shipped_reader
from qa.train.measure_reader import as_many, judge_pairs, question_only
from qa.train.public_pairs import public_pairs
from qa.train.reader_network import LOWER, KeptStates, UpperLayers, assemble, minilm_weights
from qa.train.reader_pairs import (
    Pair,
    asked_pairs,
    asked_passages,
    asked_questions,
    is_held_out,
    renamed_pairs,
    title_of,
    twin_pairs,
)
from qa.train.reader_steps import PAIRS_A_STEP, READ_OF_PASSAGE, shown, steps
from qa.train.stepper import read_weights, write_weights
from qa.train.train_reader import OF_WHAT_WAS_LEARNT, Run, mixed

WEIGHTS = Path(qa.__path__[0]) / "reader" / "reader.safetensors"
KINDS = {"basic", "ask", "yesno", "number", "why", "howto", "keyword", "case", "near"}

QUESTION_ASKED = "how many appointments will I need"
SENTENCES = (
    "The device sends light of one colour into the skin.",
    "Most people come back for eight to twelve sessions over six weeks.",
    "It was first approved in 2002.",
    "Some feel a mild warmth.",
)
TEXTS: list[Text] = [
    (QUESTION_ASKED, "Light therapy. Treatment", SENTENCES),
    (QUESTION_ASKED, "Light therapy. Treatment", (SENTENCES[0], *SENTENCES[2:])),
    ("is it warm", "", SENTENCES[2:]),
]
PAIR = Pair(QUESTION_ASKED, "Light therapy", SENTENCES, (1,), (SENTENCES[0], *SENTENCES[2:]))


class NoNeighbours:
    def of(self, pair: Pair) -> list[tuple[str, tuple[str, ...]]]:
        return []


@pytest.fixture(scope="module")
def exact() -> Reader:
    """The shipped reader in full precision."""
    return Reader(Weights.of(WEIGHTS), lower_layers(model_folder(None), "f32"), "f32")


def in_torch(texts: list[Text]) -> list[Reading]:
    """The same readings by the network that is trained, over the published model, in full precision."""
    from transformers import AutoModel, AutoTokenizer

    model, tokenizer = (kind.from_pretrained(model_folder(None)) for kind in (AutoModel, AutoTokenizer))
    upper = UpperLayers(minilm_weights())
    upper.load_state_dict(read_weights(WEIGHTS))
    upper.eval()

    def states(text: str, role: int) -> torch.Tensor:
        found = model(**tokenizer(text, return_tensors="pt"), output_hidden_states=True).hidden_states[LOWER]
        assert found.shape[1] <= LONGEST[role]
        return found[0, 1:] if role == SENTENCE else found[0]

    with torch.no_grad():
        rows = [
            [states(question, QUESTION), states(title, TITLE), *(states(each, SENTENCE) for each in told)]
            for question, title, told in texts
        ]
        scores, passages = upper(assemble(rows))
    return [
        Reading(scores[row, : len(sentences)].numpy(), float(passages[row]))
        for row, (_, _, sentences) in enumerate(texts)
    ]


def test_openvino_reads_as_torch_does(exact: Reader) -> None:
    """What is kept of lower layers is rounded to 16 bits; logits differ by less than a hundredth."""
    for ours, theirs in zip(exact.read(TEXTS), in_torch(TEXTS), strict=True):
        np.testing.assert_allclose(ours.sentences, theirs.sentences, atol=0.01)
        assert ours.passage == pytest.approx(theirs.passage, abs=0.01)


def test_the_sentence_that_answers_is_first_and_its_text_before_the_rest_of_it(exact: Reader) -> None:
    with_answer, without, _ = exact.read(TEXTS)
    assert with_answer.sentences.argmax() == 1
    assert with_answer.passage > without.passage
    assert with_answer.sentences.max() > without.sentences.max()


def test_a_reading_is_the_same_alone_in_company_and_again(exact: Reader) -> None:
    together = exact.read(TEXTS)
    for text, reading in zip(TEXTS, together, strict=True):
        (alone,) = exact.read([text])
        np.testing.assert_allclose(alone.sentences, reading.sentences, atol=1e-4)
        assert alone.passage == pytest.approx(reading.passage, abs=1e-4)


def test_it_reads_the_passages_of_an_index(shipped_index: PassageIndex) -> None:
    passages = [hit.passage for hit in shipped_index.search("How long does a session last?", 3)]
    readings = shipped_reader().scores("How long does a session last?", passages)
    assert [len(r.sentences) for r in readings] == [len(p.sentences) for p in passages]
    title = f"{passages[0].title}. {passages[0].section}"
    (alone,) = shipped_reader().read(
        [("How long does a session last?", title, [s.text for s in passages[0].sentences])]
    )
    np.testing.assert_allclose(alone.sentences, readings[0].sentences, atol=0.05)


def test_a_question_that_is_shown_with_its_answer_is_shown_as_long_without() -> None:
    longer = replace(
        PAIR, answering=(*SENTENCES, "a.", "b.", "c."), lacking=(*PAIR.lacking, "a.", "b.", "c.")
    )
    for seed in range(20):
        yes, no = shown(longer, NoNeighbours(), random.Random(seed))
        assert len(yes.sentences) == len(no.sentences) == READ_OF_PASSAGE
        assert [yes.sentences[at] for at in yes.gold] == [SENTENCES[1]]
        assert SENTENCES[1] not in no.sentences and (yes.answers, no.answers) == (True, False)


def test_a_pair_with_another_name_tells_by_the_name_alone() -> None:
    """Of a hundred questions some bear the wrong name, as some texts that answer do: neither alone tells."""
    pairs = [
        Pair(
            f"What eases gout on day {day}?",
            "Gout. Treatment",
            ("Rest helps.", "Ice eases gout."),
            (1,),
            ("Rest helps.",),
            "p0001",
        )
        for day in range(100)
    ]
    nameless = replace(pairs[0], question="What eases it?")
    renamed = renamed_pairs([*pairs, nameless], ["Gout", "Measles", "Mumps"])
    assert len(renamed) == 100
    for pair in renamed:
        name = pair.title.split(".")[0]
        assert f"eases {name.lower()}" in pair.question.lower()
        assert pair.answering[1].lower() == f"ice eases {name.lower()}." and pair.gold == (1,)
        assert name.lower() not in " ".join((*pair.lacking, pair.lacking_title)).lower()
        assert len(pair.lacking) == len(pair.answering)
    assert 20 < sum(pair.title.startswith("Gout") for pair in renamed) < 80


def test_every_pair_comes_once_in_a_round_and_another_seed_orders_them_otherwise() -> None:
    pairs = [replace(PAIR, question=f"question {number}") for number in range(3 * PAIRS_A_STEP)]
    first, again, other = (
        [pair.question for some in islice(steps(pairs, seed), 3) for pair in some] for seed in (1, 1, 2)
    )
    assert first == again != other
    assert sorted(first) == sorted(other) == sorted(pair.question for pair in pairs)


def test_a_run_that_was_stopped_goes_on_as_if_it_had_not_been(tmp_path: Path) -> None:
    weights, kept = minilm_weights(), KeptStates(own_lower())
    rows = shown(PAIR, NoNeighbours(), random.Random(1))
    batch = kept.batch([(row.pair.question, row.title, row.sentences) for row in rows])
    whole, first = (Run(tmp_path / name, 7, weights, "cpu") for name in ("whole", "stopped"))
    losses = [whole.take(batch, rows, 1.0) for _ in range(3)]
    first.take(batch, rows, 1.0)
    first.save()
    resumed = Run(tmp_path / "stopped", 8, weights, "cpu")
    assert resumed.step == 1
    resumed.seed = 7
    # Threads add up in any order, and Adam makes a step of every sign: alike, not the same bit for bit.
    assert [resumed.take(batch, rows, 1.0) for _ in range(2)] == pytest.approx(losses[1:], rel=1e-4)
    assert losses[2] < losses[0]
    for name, value in whole.average.items():
        assert (value - resumed.average[name]).abs().mean() < 1e-5, name
    write_weights(whole.average, tmp_path / "written.safetensors")
    assert set(load_file(tmp_path / "written.safetensors")) == set(load_file(WEIGHTS))


def test_a_run_goes_on_from_weights_that_were_written(tmp_path: Path) -> None:
    run = Run(tmp_path, 7, minilm_weights(), "cpu", WEIGHTS)
    for name, value in read_weights(WEIGHTS).items():
        assert torch.equal(run.upper.state_dict()[name], value), name
        assert torch.equal(run.average[name], value), name


def test_twins_are_whole_and_the_sentence_that_tempts_answers_the_other_one() -> None:
    pairs = twin_pairs()
    assert len(pairs) == len({(pair.passage, pair.question) for pair in pairs})
    for answered, missed in zip(pairs[::2], pairs[1::2], strict=True):
        assert answered.passage == missed.passage and answered.tempting is None
        assert set(answered.gold) < set(range(len(answered.answering)))
        assert len(missed.answering) == len(missed.lacking) + 1 == len(answered.answering) + 1
        assert missed.tempting is not None and missed.tempting not in missed.gold
        assert missed.answering[missed.tempting] == answered.answering[answered.gold[0]]


def test_pairs_are_judged_by_hand_arithmetic() -> None:
    """Two pairs; texts score 3 and 1 with their answer, 2 and 0 without.

    AUROC: of the four comparisons 3>2, 3>0, 1>0 are right: 0.75. Both pairs are won. Gold is sentence 1: the
    first pair's scores (0, 3, …) have it first, the second's (1, 0, …) do not: 0.5. Sentences: 4 against 3
    in both pairs: 1.0, and with as many in both 0.5.
    """
    table = {("a", 4): [0, 3, 0, 0], ("a", 3): [2, 0, 0], ("b", 4): [1, 0, 0, 0], ("b", 3): [0, 0, 0]}

    def scorer(texts: list[Text]) -> list[tuple[np.ndarray, float]]:
        rows = [np.array(table[question, len(sentences)], np.float32) for question, _, sentences in texts]
        return [(row, float(row.max())) for row in rows]

    pairs = [replace(PAIR, question="a"), replace(PAIR, question="b")]
    figures = judge_pairs(pairs, scorer)
    assert figures == {
        "pairs": 2,
        "AUROC by the text's score": 0.75,
        "AUROC by the best sentence": 0.75,
        "pairs won": 1,
        "AUROC by the number of sentences": 1,
        "gold first in its passage": 0.5,
        "gold first by always taking the first": 0,
    }
    for pair in pairs:
        matched = as_many(pair)
        assert len(matched.answering) == len(matched.lacking) == 3
        assert [matched.answering[at] for at in matched.gold] == [SENTENCES[1]]


def test_the_questions_are_well_formed_and_every_one_stands_once(shared_data: Path) -> None:
    passages = asked_passages(shared_data)
    seen = set()
    for row in asked_questions():
        assert row["kind"] in KINDS, row
        assert (row["kind"] == "near") == (not row["answers"]), row
        assert all(0 <= at < len(passages[row["passage"]]["sentences"]) for at in row["answers"]), row
        assert row["answers"] or row.get("insert", "some words.") not in passages[row["passage"]]["sentences"]
        key = (row["passage"], row["question"].lower())
        assert key not in seen, row
        seen.add(key)


def test_nothing_held_out_is_trained_on(shared_data: Path) -> None:
    passages = asked_passages(shared_data)
    held = {title_of(passage) for number, passage in passages.items() if is_held_out(number)}
    subjects = {passages[number]["title"].lower() for number in passages if is_held_out(number)}
    public = public_pairs(shared_data)
    assert not [pair for pair in public["selqa"] if pair.title in held]
    assert not [pair for pair in public["medquad"] if pair.title.lower() in subjects]


def test_a_question_alone_tells_nothing_of_pairs(shared_data: Path) -> None:
    """The same question stands with an answer and without, so that a bag of its words is at chance."""
    pairs = asked_pairs(shared_data)
    held = [pair for pair in pairs if is_held_out(pair.passage)]
    assert question_only([pair for pair in pairs if not is_held_out(pair.passage)], held) == 0.5


def test_the_model_card_tells_what_ships() -> None:
    card = (WEIGHTS.parent / "MODEL_CARD.md").read_text(encoding="utf-8")
    figures = json.loads((WEIGHTS.parent / "figures.json").read_text(encoding="utf-8"))
    ours = figures["reader"]["asked, held out"]
    for name in ("AUROC by the text's score", "gold first in its passage"):
        assert f"{ours[name]:.3f}" in card
    assert WEIGHTS.stat().st_size < 25e6


def test_what_was_gone_on_from_is_kept_in_part() -> None:
    before, learnt = {"a": torch.tensor([0.0, 2.0])}, {"a": torch.tensor([1.0, 2.0])}
    assert mixed(before, learnt)["a"].tolist() == [OF_WHAT_WAS_LEARNT, 2.0]
