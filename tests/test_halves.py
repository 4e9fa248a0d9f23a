"""The shipped encoder in two halves: what both give together, and what the reader reads with one of them."""

from __future__ import annotations

import numpy as np

from index.compiled import compiled_from
from index.export import SHIPPED_FINGERPRINT, model_fingerprint, model_folder
from index.halves import batches, padded_inputs
from index.minilm_lower import own_lower
from index.search import PassageIndex

TEXTS = ("how many appointments will I need", "Mild warmth.", "The light of the lamp is red, and warms " * 6)


def test_the_shipped_model_is_known_by_its_fingerprint() -> None:
    assert model_fingerprint(model_folder(None)) == SHIPPED_FINGERPRINT


def test_both_halves_give_what_the_whole_gives(shipped_index: PassageIndex) -> None:
    """The same arithmetic; a processor may add up in another order where it multiplies, hence a tolerance."""
    encoder = shipped_index.encoder
    assert encoder.lower is not None
    ids = [encoding.ids for encoding in encoder.lower.tokenizer.encode_batch(list(TEXTS))]
    inputs = padded_inputs(ids, max(map(len, ids)))
    [graph] = (shipped_index.folder / "encoder").glob("*.xml")
    vectors, states = compiled_from(graph, inputs).run(inputs)
    of_halves, states_of_halves = encoder._model.run(inputs)
    np.testing.assert_allclose(of_halves, vectors, atol=0.005)
    for row, own in enumerate(ids):
        np.testing.assert_allclose(states_of_halves[row, : len(own)], states[row, : len(own)], atol=0.05)


def test_the_lower_half_is_the_first_layers_of_the_published_model(shipped_index: PassageIndex) -> None:
    """Weights are rounded to 16 bits in the index, and computed with in 16 bits where that is faster."""
    lower = shipped_index.encoder.lower
    assert lower is not None
    texts = [encoding.ids for encoding in lower.tokenizer.encode_batch(list(TEXTS))]
    assert texts == [encoding.ids for encoding in own_lower().tokenizer.encode_batch(list(TEXTS))]
    for ids, ours, theirs in zip(texts, lower.states(texts), own_lower().states(texts), strict=True):
        assert ours.shape == theirs.shape == (len(ids), 384)
        cosines = (ours * theirs).sum(axis=1) / np.linalg.norm(ours, axis=1) / np.linalg.norm(theirs, axis=1)
        assert cosines.min() > 0.999


def test_rows_run_together_where_padding_costs_no_more_than_running_apart() -> None:
    assert batches([40, 45, 44], 96) == [[0, 2, 1]]
    assert batches([100, 20, 300], 96) == [[1], [0], [2]]
    assert batches([], 32) == []
