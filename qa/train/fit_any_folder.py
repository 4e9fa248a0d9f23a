"""Fits the weights of `qa.evidence.weights` for documents of no field of which nobody asked in advance.

    python -m qa.train.fit_any_folder

Fitted on made-up passages in twins that are kept apart for it, each as a document of a folder, and on no
folder that anything is judged by. A twin is asked of its own document alone: it seldom says of which it is,
and another may answer it as well. One of each is asked of another document too, as people ask what has
nothing to do with somebody's folder.
"""

from __future__ import annotations

import itertools
import re
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from index.readable import in_full
from index.search import PassageIndex
from qa.evaluate.handbook import without_sidecars
from qa.evaluate.questions import Question
from qa.evidence.gather import gather
from qa.evidence.signals import SENTENCE_SIGNALS, measure
from qa.evidence.weights import NO_FIELD, QUESTION_SIGNALS, shipped_weights
from qa.pack import in_force
from qa.packs import pack_named
from qa.question_text import with_question_mark
from qa.train.fit_evidence import fit, read_by_shipped, write_weights
from qa.train.measured_questions import Example
from qa.train.reader_pairs import is_to_fit, twin_passages

FALSE_REFUSALS = 0.3
"""Of the answerable twins, how many may be declined. They are made harder than what people ask: of two sets
of questions on folders, written by others, 16 of 100 that are answered are declined then."""
LEAST_PRECISION = 0.45
"""The right sentence is first for little more than half of the twins, and among three for four fifths: so
more is shown, though of each twin one sentence is gold and what is said beside it counts as wrong."""
QUESTIONS_OF_EACH = 6
_CELL, _NUMBER = "; ", re.compile(r"\d+\. ")


def as_markdown(passage: dict[str, Any]) -> str:
    """A passage in twins as a document: rows under their header, items under their intro."""
    parts = [f"# {passage['title']}", f"## {passage['section']}"]
    for (form, name), run in itertools.groupby(passage["sentences"], _form):
        lines = list(run)
        if len(lines) < 2 or form == "prose":
            parts += lines
        elif form == "row":
            names = name.split("|")
            rows = [[cell.split(": ", 1)[1] for cell in line.split(_CELL)] for line in lines]
            parts.append("\n".join(f"| {' | '.join(row)} |" for row in [names, ["---"] * len(names), *rows]))
        else:
            items = [line[len(name) + 2 :] for line in lines]
            marked = [item if _NUMBER.match(item) else f"- {item}" for item in items]
            parts.append(f"{name}:\n\n" + "\n".join(marked))
    return "\n\n".join(parts) + "\n"


def _form(sentence: str) -> tuple[str, str]:
    """What a sentence of a passage is, and the header or intro that it shares with its neighbours."""
    cells = [cell.split(": ", 1) for cell in sentence.split(_CELL)]
    if len(cells) > 1 and all(len(cell) == 2 for cell in cells):
        return "row", "|".join(name for name, _ in cells)
    intro, colon, _ = sentence.partition(": ")
    return ("item", intro) if colon else ("prose", "")


def of_twins(folder: Path, like: PassageIndex) -> Iterator[Example]:
    """The questions of the twins that are kept for fitting, measured over documents written to a folder."""
    kept = {number: passage for number, passage in twin_passages().items() if is_to_fit(number)}
    for number, passage in kept.items():
        (folder / f"{number}.md").write_text(as_markdown(passage), encoding="utf-8")
    numbers = list(kept)
    with without_sidecars(folder, like, NO_FIELD) as index, in_force(pack_named(NO_FIELD)):
        path_of = {Path(path).stem: path for path in index.paths()}
        for place, (number, passage) in enumerate(kept.items()):
            for at, row in enumerate(passage["questions"][:QUESTIONS_OF_EACH]):
                golds = {_plain(passage["sentences"][answer]) for answer in row.get("answers", ())}
                example = _example(index, path_of[number], f"{number}-{at}", row["question"], golds)
                if example.gold.any() or not golds:  # else it was read in other parts than it was written in
                    yield example
            other = numbers[(place + 1) % len(numbers)]
            yield _example(index, path_of[other], f"{number}-of-{other}", row["question"], set())


def _example(index: PassageIndex, path: str, name: str, asked: str, golds: set[str]) -> Example:
    """A question asked of one document; `golds` are the plain words of what answers."""
    marked = with_question_mark(asked)
    signals = measure(gather(marked, index, within=path), index)
    told = [_plain(in_full(each.sentence)) for each in signals.candidates]
    gold = np.array([any(_same(text, other) for other in golds) for text in told], dtype=bool)
    question = Question(id=name, kind="twin", turns=(asked,), answerable=bool(golds), place=name)
    return Example(question, marked, signals, gold, gold, 1.0, of="twins")


def with_votes(fitted: dict[str, Any]) -> dict[str, Any]:
    """The same, where questions that a document asks itself count as they do where people's were collected.

    No twin is in a list of questions and answers, so that nothing was fitted of those. How many of what was
    asked is answered tells nothing: no document asks itself what it does not answer.
    """
    others = shipped_weights(reads=True)
    fitted["sentence"]["votes"] = round(float(others.sentence[SENTENCE_SIGNALS.index("votes")]), 4)
    at = QUESTION_SIGNALS.index("votes")
    fitted["question"]["votes"] = round(float(others.question[at] / others.scales[at]), 4)
    return fitted


def _plain(text: str) -> str:
    return re.sub(r"\W+", " ", text).casefold().strip()


def _same(told: str, gold: str) -> bool:
    """Whether a sentence is one of the passage, whatever of its header or intro was told with it."""
    return told == gold or gold.endswith(f" {told}") or told.endswith(f" {gold}")


def main() -> None:
    """Fit, and write the part of `weights.json` that is for any folder."""
    like = PassageIndex.open(".lightqa/index")
    with tempfile.TemporaryDirectory(prefix="lightqa-") as folder:
        twins = list(of_twins(Path(folder), like))
    to_read = shipped_weights(reads=True).to_read
    assert to_read is not None
    found = [read_by_shipped(each, to_read) for each in twins if each.signals.candidates]
    fitted = fit(found, FALSE_REFUSALS, LEAST_PRECISION, with_off_topic=True)
    write_weights({"any folder": with_votes(fitted)})


if __name__ == "__main__":
    main()
