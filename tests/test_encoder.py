"""The index's encoder gives sentence-transformers' own vectors, without sentence-transformers."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.encoder import _LOADED, Encoder
from index.errors import EncoderError
from index.export import SHIPPED_PACKAGE, model_folder
from index.search import PassageIndex

TEXTS = [
    "light",
    "How long does a session of cold laser therapy last?",
    "Pain fell by 19.9 mm of 100 (95% CI 10.0 to 29.7) over placebo.",
    "Infrarottherapie bei Neuropathie 🙂 神经病变",
    "neuropathy " * 400,  # longer than the model reads
    *(f"Sentence number {n} about nerves, light and pain." * (n + 1) for n in range(20)),
]


def test_vectors_are_those_of_sentence_transformers(encoder: Encoder) -> None:
    from sentence_transformers import SentenceTransformer

    model = SentenceTransformer(str(model_folder(None)), device="cpu", local_files_only=True)
    original = model.encode(TEXTS, normalize_embeddings=True)
    ours = encoder.encode(TEXTS)
    assert ours.shape == (len(TEXTS), 384) and ours.dtype == np.float32
    assert (ours * original).sum(axis=1).min() >= 0.999


def test_rows_are_unit_vectors_in_the_order_of_the_texts(encoder: Encoder) -> None:
    """Texts are batched by length. Alone, each gets the vector that it got among the others, as far as
    sums of numbers that are rounded to 8 bits (bf16, the coarsest there is) come out alike in another order:
    a cosine of 0.999. No other text is as near, so that a row in the wrong place is seen.
    """
    ours = encoder.encode(TEXTS)
    assert np.linalg.norm(ours, axis=1) == pytest.approx(1, abs=1e-3)
    alone = np.vstack([encoder.encode([text]) for text in TEXTS])
    cosines = alone @ ours.T
    assert np.diagonal(cosines).min() > 0.999
    assert (cosines.argmax(axis=1) == np.arange(len(TEXTS))).all()
    assert encoder.encode([]).shape == (0, 384)


def test_a_reading_has_the_vector_and_the_tokens_that_are_had_apart(encoder: Encoder) -> None:
    vectors = encoder.encode(TEXTS)
    for number, reading in encoder.read(TEXTS):
        [(spans, states)] = encoder.encode_tokens([TEXTS[number]])
        assert reading.spans == spans
        assert float(reading.vector @ vectors[number]) > 0.999
        assert (reading.states * states).sum(axis=1).min() > 0.99


def test_progress_adds_up(encoder: Encoder) -> None:
    steps: list[int] = []
    encoder.encode(TEXTS, steps.append)
    assert sum(steps) == len(TEXTS)


def test_token_vectors_belong_to_the_words_they_cover(encoder: Encoder) -> None:
    text = "Cold laser and haemophilia"
    ((spans, vectors),) = encoder.encode_tokens([text])
    assert [text[start:end] for start, end in spans[:3]] == ["Cold", "laser", "and"]
    assert "".join(text[start:end] for start, end in spans) == text.replace(" ", "")
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1, abs=1e-4)


def test_weights_that_are_not_the_published_ones_are_refused(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    package = tmp_path / SHIPPED_PACKAGE
    (package / "model").mkdir(parents=True)
    (package / "__init__.py").touch()
    (package / "model" / "model.safetensors").write_bytes(b"not the weights")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(EncoderError, match=r"is not the published all-MiniLM-L6-v2: its SHA-256"):
        model_folder(None)


def test_a_model_that_is_not_here_is_not_fetched() -> None:
    with pytest.raises(EncoderError, match="downloads nothing"):
        model_folder("someone/some-model")


def test_a_folder_without_a_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match=r"modules\.json is missing"):
        model_folder(str(tmp_path))


def test_another_model_is_converted_carried_along_and_used(index_folder: Path, tmp_path: Path) -> None:
    """A model of two layers, with a prompt for questions, saved as any user's would be."""
    import torch
    from sentence_transformers import SentenceTransformer

    from index.build import build
    from index.types import Document

    model = SentenceTransformer(str(model_folder(None)), device="cpu", local_files_only=True)
    transformer = model[0].auto_model
    transformer.encoder.layer = torch.nn.ModuleList(list(transformer.encoder.layer)[:2])
    transformer.config.num_hidden_layers = 2
    model.prompts = {"query": "question: ", "document": ""}
    model.save(str(tmp_path / "small"))
    documents = [Document("a.txt", "A", "Zebras graze at dawn. Owls hunt at night.")]

    report = build(documents, index_folder, model=str(tmp_path / "small"))
    assert report.reused == 0, "vectors of another model are never taken over"
    index = PassageIndex.open(index_folder)
    expected = model.encode(["question: When do owls hunt?"], normalize_embeddings=True)[0]
    assert float(index.encoder.encode_question("When do owls hunt?") @ expected) >= 0.999

    again = build(documents, index_folder)
    assert (again.encoder, again.encoded) == (str(tmp_path / "small"), 0), "the index carries its encoder"


def test_an_encoder_that_could_not_be_compiled_is_not_kept(
    shipped_index: PassageIndex, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its files were damaged, or gone by then; the next index of the same encoder has its own."""

    class Broken:
        failed = True

    fingerprint = shipped_index.encoder.fingerprint
    tokenizer, whole = _LOADED[fingerprint]
    monkeypatch.setitem(_LOADED, fingerprint, (tokenizer, Broken()))  # type: ignore[arg-type]
    monkeypatch.setattr(Encoder, "_loaded", lambda self, folder: (tokenizer, whole))
    assert Encoder(shipped_index.folder / "encoder").encode_question("light").shape == (384,)
    assert _LOADED[fingerprint] == (tokenizer, whole)
