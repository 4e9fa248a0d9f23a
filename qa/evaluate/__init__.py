"""Measures the chat: rankings, answers, refusals, conversation and safety.

from index.search import PassageIndex
from qa.evaluate import evaluate, load_questions, write_report

index = PassageIndex.open("my-index")
questions = load_questions("my-questions.jsonl")
evaluation = evaluate(index, questions, ["retrieval", "answers", "refusal"])
for figure in evaluation.figures:
    print(f"{figure.value:6.3f}  {figure.name}  {dict(figure.baselines)}")
write_report(evaluation, "my-report.html")
"""

from qa.evaluate.figures import Figure, Part
from qa.evaluate.gate import accept, failures, load_accepted
from qa.evaluate.questions import Question, load_questions
from qa.evaluate.report import write_report
from qa.evaluate.run import OF_ANY_DOCUMENTS, PARTS, Evaluation, evaluate, write_json

__all__ = [
    "OF_ANY_DOCUMENTS",
    "PARTS",
    "Evaluation",
    "Figure",
    "Part",
    "Question",
    "accept",
    "evaluate",
    "failures",
    "load_accepted",
    "load_questions",
    "write_json",
    "write_report",
]
