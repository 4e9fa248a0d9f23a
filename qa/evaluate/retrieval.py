"""Ranked passages against what was judged relevant: nDCG, recall and reciprocal rank by ir-measures."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

from index.search import PassageIndex, Ranking
from index.types import Passage
from qa.evaluate.figures import Figure, Part, share
from qa.evaluate.progress import Progress, silent, tracked
from qa.evaluate.questions import Question, Span, gold_spans, texts_of
from qa.evaluate.rows import QuestionFileError

BASELINES: dict[Ranking, str] = {
    "bm25": "BM25 alone",
    "dense": "dense alone",
    "rrf": "reciprocal rank fusion",
}
RANKINGS: tuple[Ranking, ...] = ("hybrid", *BASELINES)
"""What is measured: the ranking in use, then its baselines."""

MEASURES = {"nDCG@10": "nDCG@10", "Recall@10": "R@10", "Recall@100": "R@100", "MRR@10": "RR@10"}
"""Our names of the measures, and what ir-measures calls them."""

DEPTH = 100
Run = Mapping[str, Sequence[tuple[str, float]]]
"""Question id -> (document id, score), best first."""
Measured = Mapping[str, Mapping[str, float]]
"""Measure -> question id -> value."""


def measure_run(qrels: Mapping[str, Mapping[str, int]], run: Run) -> Measured:
    """Each measure for each judged question, with every question of `qrels`.

    The order of a run is what counts: scores are replaced by ranks, so that ties, which the providers
    behind ir-measures break differently, cannot change a figure. A judged question that the run lacks,
    or for which it holds nothing, counts zero.
    """
    import ir_measures

    ranked = {
        question: {document: float(len(found) - rank) for rank, (document, _) in enumerate(found)}
        for question, found in run.items()
    }
    names = {ir_measures.parse_measure(theirs): ours for ours, theirs in MEASURES.items()}
    values = {ours: dict.fromkeys(qrels, 0.0) for ours in MEASURES}
    for metric in ir_measures.iter_calc(list(names), qrels, ranked):
        values[names[metric.measure]][metric.query_id] = metric.value
    return values


def write_run(path: str | Path, run: Run) -> None:
    """Write a run in TREC's six columns: question, Q0, document, rank from 1, score, "lightqa".

    TREC tools order by score and ignore the rank. What counts here is the order, so the score that is written
    is the number of documents that stand below, and no two tie.
    """
    lines = [
        f"{question} Q0 {document} {rank} {len(found) - rank} lightqa\n"
        for question, found in run.items()
        for rank, (document, _) in enumerate(found, start=1)
    ]
    Path(path).write_text("".join(lines), encoding="utf-8")


def relevant_passages(passages: Sequence[Passage], places: Sequence[Span]) -> set[int]:
    """The passages that hold at least half of the characters of a gold span, else the one with most of it."""
    relevant: set[int] = set()
    for place in places:
        overlaps = {
            passage.id: min(place.end, passage.end) - max(place.start, passage.start)
            for passage in passages
            if passage.document == place.document
        }
        most = max(overlaps.values(), default=0)
        enough = min((place.end - place.start) / 2, most)
        relevant |= {passage for passage, overlap in overlaps.items() if overlap >= enough and most > 0}
    return relevant


def passage_qrels(index: PassageIndex, questions: Sequence[Question]) -> dict[str, dict[str, int]]:
    """Which passages, by number, answer each question; questions without gold are left out.

    Raises:
        QuestionFileError: A gold is not in the index, or only in words that are no passage.
    """
    documents = texts_of(index)
    qrels: dict[str, dict[str, int]] = {}
    for question in questions:
        spans = [span for places in gold_spans(question, documents) for span in places]
        nearby = [passage for path in {span.document for span in spans} for passage in index.passages(path)]
        relevant = relevant_passages(nearby, spans)
        if relevant:
            qrels[question.id] = {str(passage): 1 for passage in sorted(relevant)}
        elif question.gold:
            raise QuestionFileError(
                f"{question.place}: the gold of {question.id!r} stands in a heading or in front matter, "
                "which are never quoted; choose a sentence of the text."
            )
    return qrels


def stands_alone(question: Question) -> bool:
    """Whether search can be measured by the bare words: no earlier turns, no typing errors."""
    return not question.earlier and not question.clean


def evaluate_retrieval(
    index: PassageIndex,
    questions: Sequence[Question],
    ranking: Ranking = "hybrid",
    progress: Progress = silent,
) -> tuple[Part, Run]:
    """Search for every answerable question that stands alone, in the given ranking and each baseline.

    Args:
        ranking: The one that is measured; another than the shipped one shows what it would cost.

    Returns:
        The part, and the run of `ranking` over passage numbers.
    """
    asked = [question for question in questions if question.gold and stands_alone(question)]
    if not asked:
        return Part(name="retrieval", figures=(), remarks=("No question has gold and stands alone.",)), {}
    qrels = passage_qrels(index, asked)
    runs: dict[Ranking, dict[str, list[tuple[str, float]]]] = {name: {} for name in (ranking, *RANKINGS)}
    for question in tracked(asked, "Searching", progress):
        for name, run in runs.items():
            hits = index.search(question.text, DEPTH, ranking=name)
            run[question.id] = [(str(hit.passage.id), hit.score) for hit in hits]
    measured = {name: measure_run(qrels, run) for name, run in runs.items()}
    rows = []
    for question in asked:
        relevant, found = qrels[question.id], [passage for passage, _ in runs[ranking][question.id]]
        row = {
            "id": question.id,
            "question": question.text,
            "relevant": [int(passage) for passage in relevant],
            "first_rank": next((rank for rank, passage in enumerate(found, 1) if passage in relevant), None),
        }
        rows.append(row | {measure: values[question.id] for measure, values in measured[ranking].items()})
    remark = f"{len(asked)} questions over {index.manifest['counts']['passages']} passages."
    figures = retrieval_figures(measured, ranking)
    return Part(name="retrieval", figures=figures, rows=tuple(rows), remarks=(remark,)), runs[ranking]


def retrieval_figures(
    measured: Mapping[Ranking, Measured], ranking: Ranking = "hybrid"
) -> tuple[Figure, ...]:
    """Every measure with its interval and baselines, then the gain over each baseline.

    Args:
        measured: Of every ranking, over the same questions.
    """
    ours = measured[ranking]
    beside = {name: measured[other] for other, name in BASELINES.items() if other in measured}
    figures = [
        share(
            f"retrieval: {measure}",
            list(values.values()),
            {name: list(theirs[measure].values()) for name, theirs in beside.items()},
        )
        for measure, values in ours.items()
    ]
    for name, theirs in beside.items():
        gains = [value - theirs["nDCG@10"][id] for id, value in ours["nDCG@10"].items()]
        figures.append(share(f"retrieval: nDCG@10 gain over {name}", gains))
    return tuple(figures)
