"""lightqa over documents of another field, with no pack: a workshop's handbook and what people ask of it.

The handbook is indexed as most people's own documents are, with nothing asked in advance.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from index.build import build
from index.load import load_paths
from index.search import PassageIndex, Ranking
from qa.ask import Assistant
from qa.evaluate.answers import evaluate_answers
from qa.evaluate.asked import ask_all
from qa.evaluate.figures import Part
from qa.evaluate.progress import Progress, silent
from qa.evaluate.questions import load_questions
from qa.evaluate.refusal import evaluate_refusal
from qa.evaluate.rows import SEEDS
from qa.pack import NONE

HANDBOOK, QUESTIONS = SEEDS / "handbook", SEEDS / "handbook_questions.jsonl"


@contextmanager
def without_sidecars(documents: Path, like: PassageIndex, pack: str = NONE.name) -> Iterator[PassageIndex]:
    """An index of a folder as people have it, with nothing asked in advance.

    Args:
        documents: The folder; its sidecars stay behind.
        like: Lends its encoder and its reader.
        pack: What the documents are about.
    """
    with tempfile.TemporaryDirectory(prefix="lightqa-") as temporary:
        folder = Path(temporary)
        shutil.copytree(documents, folder / documents.name, ignore=shutil.ignore_patterns("*.jsonl"))
        loaded, errors = load_paths([str(folder / documents.name)])
        assert not errors, errors
        build(loaded, folder / "index", pack=pack, like=like)
        index = PassageIndex.open(folder / "index")
        try:
            yield index
        finally:
            index.close()


def evaluate_handbook(
    index: PassageIndex,
    split: str | None,
    threshold: float | None = None,
    ranking: Ranking = "hybrid",
    progress: Progress = silent,
) -> Part:
    """Measure answers and refusals over the handbook.

    Args:
        index: Lends its encoder and its reader.
        split: Of its questions; None for all.
        threshold, ranking: As for `run.evaluate`.
    """
    with without_sidecars(HANDBOOK, index) as handbook:
        assistant = Assistant(handbook, threshold=threshold, ranking=ranking)
        never_declines = Assistant(handbook, threshold=0.0, ranking=ranking)
        asked = ask_all(assistant, never_declines, load_questions(QUESTIONS, split), progress)
        answers = evaluate_answers(handbook, asked)
        refusal = evaluate_refusal(handbook, asked, assistant.weights.threshold)
    return Part(
        name="handbook",
        figures=tuple(
            replace(figure, name=f"handbook: {figure.short}")
            for figure in (*answers.figures, *refusal.figures)
        ),
        rows=refusal.rows,
        remarks=(*answers.remarks, *refusal.remarks),
    )
