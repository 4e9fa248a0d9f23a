"""The evaluation as a whole: its JSON, its table and its report."""

from __future__ import annotations

import dataclasses
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
from rich.console import Console

from index.search import PassageIndex
from qa.evaluate import (
    OF_ANY_DOCUMENTS,
    Evaluation,
    Part,
    Question,
    evaluate,
    load_questions,
    write_json,
    write_report,
)
from qa.evaluate.report import report_html
from qa.evaluate.run import PHRASINGS, EvaluationError
from qa.evaluate.table import figures_table, number
from qa.evaluate.worst import worst_questions

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def questions() -> list[Question]:
    """One question in ten of the dev split, of every kind that the parts tell apart, one of them hostile."""
    rows = load_questions(ROOT / "seeds" / "questions.jsonl", "dev")[::10]
    hostile = Question(
        id="hostile",
        kind="near_miss",
        turns=("<script>alert('$date')</script> & is cold laser better than tea?",),
        answerable=False,
    )
    return [*rows, hostile]


@pytest.fixture(scope="module")
def evaluation(
    shipped_index: PassageIndex, questions: list[Question], tmp_path_factory: pytest.TempPathFactory
) -> Evaluation:
    """One phrasing in ten, too: the gate evaluates all of them."""
    some = tmp_path_factory.mktemp("phrasings") / "red_flags.jsonl"
    some.write_text("\n".join(PHRASINGS.read_text(encoding="utf-8").splitlines()[::10]), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("qa.evaluate.run.PHRASINGS", some)
        return evaluate(shipped_index, questions)


def part_of(evaluation: Evaluation, name: str) -> Part:
    return next(part for part in evaluation.parts if part.name == name)


class Page(HTMLParser):
    """What a browser would see: tags that are left open, names in use, addresses that would be fetched."""

    VOID = frozenset(("meta", "br", "hr", "img", "input", "link"))

    def __init__(self, html: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []
        self.links: list[str] = []
        self.tags: set[str] = set()
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag not in self.VOID:
            self.open.append(tag)
        for name, value in attrs:
            if name == "id":
                self.ids.append(value or "")
            if name in {"href", "src", "xlink:href", "srcset", "action", "poster", "data"}:
                self.links.append(value or "")

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in self.VOID:
            self.open.pop()

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_the_report_is_whole_and_loads_nothing(evaluation: Evaluation) -> None:
    html = report_html(evaluation)
    page = Page(html)
    assert page.open == []
    assert len(page.ids) == len(set(page.ids))
    assert page.tags & {"script", "link", "iframe", "img", "object", "embed"} == set()
    assert [link for link in page.links if not link.startswith("#")] == []
    assert {link[1:] for link in page.links} <= set(page.ids)
    styles = "".join(re.findall(r"<style.*?</style>", html, re.DOTALL))
    assert "@import" not in styles and not re.search(r"url\((?!#)", html)


def test_the_report_shows_every_figure_with_its_baselines(evaluation: Evaluation) -> None:
    html = report_html(evaluation)
    for figure in evaluation.figures:
        assert f"<b>{number(figure.value)}</b>" in html
        for name, value in figure.baselines.items():
            assert f"{name} {number(value)}" in html
    assert html.count("<svg") > len(evaluation.figures) / 2
    for title in ("Risk and coverage", "Calibration"):
        assert f'aria-label="{title}"' in html


def test_what_people_typed_is_shown_and_never_run(evaluation: Evaluation) -> None:
    row = next(row for row in part_of(evaluation, "refusal").rows if row["id"] == "hostile")
    part = dataclasses.replace(part_of(evaluation, "refusal"), rows=(row | {"declined": False},))
    shown = dataclasses.replace(evaluation, parts=(part,))
    html = report_html(shown)
    assert "<script" not in html
    assert "&lt;script&gt;alert(&#39;$date&#39;)&lt;/script&gt; &amp; is cold laser" in html


def test_the_report_compares_with_what_was_accepted(evaluation: Evaluation, tmp_path: Path) -> None:
    figures = {
        "answers: quotes verbatim": {"value": 1.0, "low": 1.0, "high": 1.0, "better": "higher"},
        "retrieval: nDCG@10": {"value": 1.2, "low": 1.1, "high": 1.3, "better": "higher"},
    }
    accepted = {
        "accepted": "2026-11-20",
        "questions": evaluation.about["questions"]["fingerprint"],
        "figures": figures,
    }
    write_report(evaluation, tmp_path / "report.html", accepted)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "1 figure fell since 2026-11-20." in html
    assert re.search(r'last accepted\s+1\.200 <span class="change fell">fell</span>', html)
    other = report_html(evaluation, accepted | {"questions": "others"})
    assert "figures are of other questions" in other and "1.200" not in other
    assert "No accepted figures to compare with." in report_html(evaluation)


def test_the_worst_questions_come_first() -> None:
    """Two near misses answered, the surer one first; one answerable question declined."""
    common = {"earlier": [], "understood_as": None, "gold": ["G"], "why": "W", "reply": "answer"}
    common |= {"quotes": ["Q"], "quotes_if_answered": ["R"], "kind": "near_miss"}
    rows = [
        common | {"question": "mild", "answerable": False, "declined": False, "confidence": 0.5},
        common | {"question": "sure", "answerable": False, "declined": False, "confidence": 0.9},
        common | {"question": "held", "answerable": False, "declined": True, "confidence": 0.1},
        common | {"question": "lost", "answerable": True, "declined": True, "confidence": 0.2},
    ]
    wrong, lost = worst_questions([Part(name="refusal", figures=(), rows=tuple(rows))])
    assert wrong.title == "Answered although the documents do not tell (2)"
    assert [question for question, _ in wrong.cases] == ["sure", "mild"]
    assert wrong.cases[0][1] == {
        "earlier": [],
        "understood as": None,
        "kind": "near_miss",
        "quotes": ["Q"],
        "confidence": "0.900",
    }
    [(question, told)] = lost.cases
    assert question == "lost"
    assert (told["why"], told["quotes if answered"], told["gold"]) == ("W", ["R"], ["G"])


def test_the_json_holds_what_was_run_and_found(evaluation: Evaluation, tmp_path: Path) -> None:
    write_json(evaluation.as_json(), tmp_path / "e.json")
    written = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))
    assert list(written["parts"]) == list(OF_ANY_DOCUMENTS)
    assert written["about"]["index"]["fingerprint"] == evaluation.about["index"]["fingerprint"]
    assert written["about"]["questions"]["count"] == len(part_of(evaluation, "refusal").rows) + sum(
        row["kind"] == "emergency" for row in part_of(evaluation, "answers").rows
    )
    assert {"Python", "openvino", "faiss-cpu"} <= set(written["about"]["versions"])
    figure = written["parts"]["retrieval"]["figures"]["retrieval: nDCG@10"]
    assert set(figure["baselines"]) == {"BM25 alone", "dense alone", "reciprocal rank fusion"}
    assert figure["low"] <= figure["value"] <= figure["high"]
    assert len(written["parts"]["retrieval"]["rows"]) == len(evaluation.run)


def test_numbers_that_do_not_exist_are_null_in_json(evaluation: Evaluation, tmp_path: Path) -> None:
    [figure, *_] = evaluation.figures
    nothing = dataclasses.replace(figure, value=float("nan"))
    part = Part(name="retrieval", figures=(nothing,))
    write_json(dataclasses.replace(evaluation, parts=(part,)).as_json(), tmp_path / "e.json")
    written = json.loads((tmp_path / "e.json").read_text(encoding="utf-8"))
    assert written["parts"]["retrieval"]["figures"][figure.name]["value"] is None


def test_the_table_holds_every_figure(evaluation: Evaluation) -> None:
    console = Console(width=160, record=True, file=open("/dev/null", "w"))  # noqa: SIM115
    console.print(figures_table(evaluation.parts))
    printed = console.export_text()
    for figure in evaluation.figures:
        assert figure.name.split(": ")[1] in printed
        assert number(figure.value) in printed


def test_an_unknown_part_is_named(shipped_index: PassageIndex) -> None:
    with pytest.raises(EvaluationError, match="There is no part 'sped'; choose from retrieval"):
        evaluate(shipped_index, [], ["sped"])


def test_numbers_are_written_for_people() -> None:
    assert [number(0.12345), number(float("nan"))] == ["0.123", "–"]
