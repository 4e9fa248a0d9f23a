"""Fits how much checks and reader count: `python -m qa.train.weigh_claims ../shared/data`.

To the claims whose groups are held out of the training of the reader, and to the planted sets that the checks
were made with. A sentence has to weigh so much that of the false ones no more than THROUGH get through.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

import numpy as np

from index.search import PassageIndex
from qa.evaluate.rows import SEEDS, json_rows
from qa.train.claims import Claim, claims, of_row
from qa.writer.checks.checking import CHECKS, Checker, checker_of
from qa.writer.checks.weighing import Weighing
from qa.writer.claim_reader import shipped_claim_reader

THROUGH = 0.08
"""Share of the false claims that may get through: as many as by the checks alone, which leave fewer that are
true standing."""
PLANTED = (SEEDS / "planted.jsonl", *sorted((SEEDS.parent / "tests" / "data").glob("written_*.jsonl")))
TARGET = Path(__file__).parent.parent / "writer" / "checks" / "weighing.json"


def measured(held_out: Sequence[Claim], checker: Checker) -> list[tuple[float, list[str]]]:
    """For each claim the reader's logit, and the checks that find fault."""
    says = shipped_claim_reader().says
    found = []
    for claim in held_out:
        read = checker.read(claim.text, claim.citations, claim.quotes, claim.question)
        found.append((says(claim.text, claim.cited), [name for name, check in CHECKS.items() if check(read)]))
    return found


def fit(held_out: Sequence[Claim], found: Sequence[tuple[float, list[str]]]) -> Weighing:
    """The weights that tell the claims apart best, and the sum that lets few enough false ones through."""
    from sklearn.linear_model import LogisticRegression

    table = np.array(
        [[says, *(float(name in faults) for name in CHECKS), float(bool(faults))] for says, faults in found]
    )
    true = np.array([claim.said for claim in held_out])
    counted = np.ones(table.shape[1], bool)
    while True:
        model = LogisticRegression(C=1.0).fit(table * counted, true)
        # A fault never counts for a sentence.
        against = np.append(True, model.coef_[0][1:] <= 0)
        if against[counted].all():
            break
        counted &= against
    reader, *of_checks, of_any = (round(float(weight), 3) for weight in model.coef_[0] * counted)
    least = float(np.quantile(model.decision_function(table * counted)[~true], 1 - THROUGH))
    offset = round(float(model.intercept_[0]), 3)
    return Weighing(offset, reader, dict(zip(CHECKS, of_checks, strict=True)), of_any, round(least, 3))


def main() -> None:
    """Write the weights, and print what they let through of what they were fitted to."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("data", type=Path, help="folder of the public data")
    parser.add_argument("--index", type=Path, default=Path(".lightqa/index"))
    arguments = parser.parse_args()
    held_out = [claim for claim in claims(arguments.data) if claim.held_out]
    for file in PLANTED:
        held_out += [claim for _, row in json_rows(file) for claim in of_row(row, row["quotes"])]
    found = measured(held_out, checker_of(PassageIndex.open(arguments.index)))
    weighing = fit(held_out, found)
    TARGET.write_text(json.dumps(asdict(weighing), indent=1) + "\n", encoding="utf-8")
    for said, name in ((True, "faithful that stand"), (False, "false that get through")):
        of = [
            weighing.stands(*each) for claim, each in zip(held_out, found, strict=True) if claim.said == said
        ]
        print(f"{name}: {sum(of)} of {len(of)}")


if __name__ == "__main__":
    main()
