"""Measures the chat: rankings, answers, refusals, conversation, safety and speed.

from index.search import PassageIndex
from qa.evaluate import evaluate, load_questions, write_report

index = PassageIndex.open("my-index")
questions = load_questions("my-questions.jsonl")
evaluation = evaluate(index, questions, ["retrieval", "answers", "refusal"])
for figure in evaluation.figures:
    print(f"{figure.value:6.3f}  {figure.name}  {dict(figure.baselines)}")
write_report(evaluation, "my-report.html")
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from qa.evaluate.beir import beir_json, evaluate_beir
    from qa.evaluate.figures import Figure, Part
    from qa.evaluate.gate import Failure, accept, failures, load_accepted
    from qa.evaluate.questions import Question, load_questions
    from qa.evaluate.report import write_report
    from qa.evaluate.retrieval import write_run
    from qa.evaluate.run import PARTS, Evaluation, evaluate, write_json
    from qa.evaluate.table import figures_table

__all__ = [
    "PARTS",
    "Evaluation",
    "Failure",
    "Figure",
    "Part",
    "Question",
    "accept",
    "beir_json",
    "evaluate",
    "evaluate_beir",
    "failures",
    "figures_table",
    "load_accepted",
    "load_questions",
    "write_json",
    "write_report",
    "write_run",
]

_MODULE_OF = {
    "PARTS": "run",
    "Evaluation": "run",
    "Failure": "gate",
    "Figure": "figures",
    "Part": "figures",
    "Question": "questions",
    "accept": "gate",
    "beir_json": "beir",
    "evaluate": "run",
    "evaluate_beir": "beir",
    "failures": "gate",
    "figures_table": "table",
    "load_accepted": "gate",
    "load_questions": "questions",
    "write_json": "run",
    "write_report": "report",
    "write_run": "retrieval",
}


def __getattr__(name: str) -> Any:
    """Import a name when it is first asked for (PEP 562).

    The processes that `speed` measures import from this package too, and must pay only for what they use.
    """
    if name not in _MODULE_OF:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_MODULE_OF[name]}"), name)
