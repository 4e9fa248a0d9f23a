"""The reader of claims, what it was taught with, and how it is weighed beside the checks."""

from __future__ import annotations

from pathlib import Path

import pytest
import torch

from index.export import model_folder
from index.minilm_lower import lower_layers
from index.tensors import Weights
from qa.train.claims import Claim, claims
from qa.train.reader_network import KeptStates, UpperLayers, minilm_weights
from qa.train.stepper import write_weights
from qa.train.train_claims import ClaimNetwork
from qa.train.weigh_claims import fit
from qa.writer.checks.checking import CHECKS
from qa.writer.checks.weighing import Weighing, shipped_weighing
from qa.writer.claim_reader import ClaimReader, shipped_claim_reader

NOWHERE = Path("no-such-folder")
QUOTES = (
    "In a trial of 148 people with back pain, laser was no better than placebo after 4 weeks.",
    "Two small trials suggested fewer relapses after laser.",
)


def test_what_quotes_say_weighs_more_than_what_they_do_not() -> None:
    """Of claims on the shipped documents whose groups it was not taught, one said beside one unsaid."""
    says = shipped_claim_reader().says
    held_out = [claim for claim in claims(NOWHERE) if claim.held_out]
    said, unsaid = (
        [says(each.text, each.cited) for each in held_out if each.said == so] for so in (True, False)
    )
    apart = [a > b for a in said for b in unsaid]
    assert len(apart) > 1000 and sum(apart) / len(apart) > 0.75


def test_what_was_trained_is_what_is_read(tmp_path: Path) -> None:
    """With torch and without, the same logits: to a few hundredths, as the weights are stored in halves."""
    torch.manual_seed(0)
    network = ClaimNetwork(UpperLayers(minilm_weights())).eval()
    write_weights(network.shipped(), tmp_path / "claims.safetensors")
    lower = lower_layers(model_folder(None), "f32")
    reader, kept = ClaimReader(Weights.of(tmp_path / "claims.safetensors"), lower, "f32"), KeptStates(lower)
    told = "Laser did no better."
    with torch.no_grad():
        [logit] = network(kept.batch([(told, "", QUOTES)])).tolist()
    assert reader.says(told, QUOTES) == pytest.approx(logit, abs=0.05)


def test_claims_cite_quotes_that_there_are_and_come_in_both_kinds() -> None:
    """Without the folder of public data, those on the shipped documents."""
    found = claims(NOWHERE)
    assert len(found) > 900
    assert 0.4 < sum(claim.said for claim in found) / len(found) < 0.6
    assert all(claim.cited and claim.text for claim in found)
    assert {claim.held_out for claim in found} == {True, False}


def test_a_fault_outweighs_what_the_reader_is_less_sure_of() -> None:
    weighing = Weighing(offset=0.0, reader=1.0, found={"figure": -3.0}, any=-1.0, least=0.0)
    assert weighing.stands(0.5, [])
    assert not weighing.stands(-0.5, [])
    assert weighing.stands(1.5, ["name"])
    assert not weighing.stands(1.5, ["figure"])
    assert weighing.stands(4.5, ["figure"])


def test_no_fault_counts_for_a_sentence() -> None:
    assert set(shipped_weighing().found) == set(CHECKS)
    assert max(shipped_weighing().found.values()) <= 0
    some = [Claim("it", (1,), {1: "it"}, kind) for kind in ("", "", "", "made up") * 20]
    # A fault that is found in true ones alone counts nothing.
    found = [(2.0, ["name"]) if claim.said else (-2.0, []) for claim in some]
    weighing = fit(some, found)
    assert weighing.found["name"] == 0 and weighing.any == 0
    assert weighing.stands(2.0, ["name"]) and not weighing.stands(-2.01, [])
