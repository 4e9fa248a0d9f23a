"""Readers that a user names: converted, calibrated, carried in the index, and left out on request."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from index.build import build
from index.catalog import in_context
from index.errors import ReaderError
from index.export import model_folder
from index.export_reader import platt
from index.load import load_paths
from index.search import PassageIndex
from qa.evidence.reader import Reader
from qa.evidence.readers import NamedReader, judged_sentences, reader_of


def make_cross_encoder(folder: Path, labels: int = 1) -> Path:
    """A cross-encoder of one layer with random weights and MiniLM's words."""
    import torch
    from transformers import AutoTokenizer, BertConfig, BertForSequenceClassification

    torch.manual_seed(3)
    config = BertConfig(
        vocab_size=30522,
        hidden_size=32,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=64,
        max_position_embeddings=128,
        num_labels=labels,
        initializer_range=0.5,
    )
    BertForSequenceClassification(config).save_pretrained(folder)
    tokenizer = AutoTokenizer.from_pretrained(model_folder(None))
    tokenizer.model_max_length = 128
    tokenizer.save_pretrained(folder)
    return folder


@pytest.fixture(scope="module")
def named(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_cross_encoder(tmp_path_factory.mktemp("reader") / "small")


@pytest.fixture
def document(tmp_path: Path) -> Path:
    file = tmp_path / "light.md"
    file.write_text(
        "# Light\n\nA session lasts ten minutes. It costs 20 euros. Nobody was hurt by it.\n",
        encoding="utf-8",
    )
    return file


def test_a_named_reader_scores_as_sentence_transformers_does_and_is_calibrated(
    index_folder: Path, document: Path, named: Path
) -> None:
    import torch
    from sentence_transformers import CrossEncoder

    documents, _ = load_paths([str(document)])
    build(documents, index_folder, reader=str(named), judged=judged_sentences)
    index = PassageIndex.open(index_folder)
    reader = reader_of(index)
    assert isinstance(reader, NamedReader) and index.reader_name == str(named)
    assert index.cross_encoder is not None

    trained = CrossEncoder(str(named), device="cpu", activation_fn=torch.nn.Identity())
    (passage,) = index.passages(index.paths()[0])
    texts = [in_context(passage, sentence.text) for sentence in passage.sentences]
    raw = trained.predict([("how long is it", text) for text in texts])
    np.testing.assert_allclose(
        index.cross_encoder.raw_scores([("how long is it", text) for text in texts]), raw, atol=0.02
    )
    judged = judged_sentences()
    scale, offset = platt(
        index.cross_encoder.raw_scores([(question, text) for question, text, _ in judged]),
        np.array([answers for _, _, answers in judged]),
    )
    (reading,) = reader.scores("how long is it", [passage])
    np.testing.assert_allclose(reading.sentences, scale * raw + offset, atol=0.02)
    assert reading.passage == reading.sentences.max()


def test_a_reader_is_carried_from_build_to_build_until_another_is_named(
    index_folder: Path, document: Path, named: Path, tmp_path: Path
) -> None:
    documents, _ = load_paths([str(document)])
    gone = shutil.copytree(named, tmp_path / "gone")
    build(documents, index_folder, reader=str(gone), judged=judged_sentences)
    first = PassageIndex.open(index_folder).cross_encoder
    assert first is not None
    shutil.rmtree(gone)
    build(documents, index_folder)
    carried = PassageIndex.open(index_folder).cross_encoder
    assert carried is not None and carried.fingerprint == first.fingerprint
    question = "how long is it"
    assert carried.scores(question, ["Ten minutes."]) == first.scores(question, ["Ten minutes."])
    build(documents, index_folder, reader="none")
    assert reader_of(PassageIndex.open(index_folder)) is None
    build(documents, index_folder)
    assert reader_of(PassageIndex.open(index_folder)) is None
    build(documents, index_folder, reader="shipped")
    assert isinstance(reader_of(PassageIndex.open(index_folder)), Reader)


@pytest.mark.parametrize(
    ("labels", "said"), [(3, "gives 3 scores for a text"), (None, "config.json is missing")]
)
def test_what_is_no_reader_is_refused_and_the_index_left_as_it_was(
    index_folder: Path, document: Path, tmp_path: Path, labels: int | None, said: str
) -> None:
    folder = tmp_path / "other"
    folder.mkdir()
    if labels is not None:
        make_cross_encoder(folder, labels)
    before = PassageIndex.open(index_folder).fingerprint
    documents, _ = load_paths([str(document)])
    with pytest.raises(ReaderError, match=said):
        build(documents, index_folder, reader=str(folder), judged=judged_sentences)
    assert PassageIndex.open(index_folder).fingerprint == before


def test_a_reader_that_cannot_be_calibrated_is_refused(
    index_folder: Path, document: Path, tmp_path: Path
) -> None:
    make_cross_encoder(tmp_path / "reader", 1)
    documents, _ = load_paths([str(document)])
    with pytest.raises(ReaderError, match="cannot be calibrated without questions"):
        build(documents, index_folder, reader=str(tmp_path / "reader"))


def test_a_name_that_is_not_on_this_machine_is_refused_without_looking_elsewhere(
    index_folder: Path, document: Path
) -> None:
    documents, _ = load_paths([str(document)])
    with pytest.raises(ReaderError, match="neither a folder nor in the local model cache"):
        build(documents, index_folder, reader="somebody/a-reader", judged=judged_sentences)


def test_calibration_by_hand_arithmetic() -> None:
    """Scores 1, 1, 1, -1 for texts that answer and the mirror image for others.

    Targets are (4+1)/(4+2) = 5/6 and 1/(4+2) = 1/6. At the optimum the mean of each score's targets is its
    chance: at 1 three of 5/6 and one of 1/6, (3 * 5/6 + 1/6) / 4 = 2/3, a logit of ln 2. By symmetry the
    offset is 0 and the scale ln 2.
    """
    scores = np.array([1, 1, 1, -1, -1, -1, -1, 1], np.float32)
    scale, offset = platt(scores, np.array([True] * 4 + [False] * 4))
    assert scale == pytest.approx(np.log(2), abs=1e-5)
    assert offset == pytest.approx(0, abs=1e-9)


def test_it_is_calibrated_on_questions_each_with_a_text_that_answers() -> None:
    judged = judged_sentences()
    assert sum(answers for _, _, answers in judged) == len({question for question, _, _ in judged})
    quotes = {}
    for line in Path("seeds/questions.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        quotes[row.get("question")] = row.get("gold", [])
    assert all((text in quotes[question]) == answers for question, text, answers in judged)
