"""The questions that went worst, with what was answered and why, for the report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from qa.evaluate.figures import Part

SHOWN = 10

MOST_GOLDS = 3


class Worst(NamedTuple):
    """One way to go wrong, with its worst cases: each the question, and what else is known by its name."""

    title: str
    what: str
    cases: list[tuple[str, dict[str, Any]]]


def worst_questions(parts: Sequence[Part]) -> list[Worst]:
    """Every way to go wrong that occurred, with at most `SHOWN` cases each."""
    rows = {part.name: part.rows for part in parts}
    refusal = rows.get("refusal", ())
    groups = [
        _worst(
            "Answered although the documents do not tell",
            "Near misses and other unanswerable questions, the most confident first.",
            [row for row in refusal if not row["answerable"] and not row["declined"]],
            "kind quotes confidence",
            surest_first=True,
        ),
        _worst(
            "Declined although the documents answer",
            "Answerable questions, the least confident first, with what would have been quoted.",
            [row for row in refusal if row["answerable"] and row["declined"]],
            "reply confidence why quotes_if_answered gold",
        ),
        _worst(
            "Answered with other words than those that answer",
            "Nothing that was quoted was marked as answering; the most confident first.",
            [row for row in rows.get("answers", ()) if row["gold"] and row["quotes"] and not row["found"]],
            "quotes gold confidence",
            surest_first=True,
        ),
        _worst(
            "Answered otherwise than when written out well",
            "Follow-ups and misspelt questions.",
            [row for row in rows.get("conversation", ()) if not row["agrees"]],
            "meant reply quotes reply_if_meant quotes_if_meant",
        ),
        _worst(
            "Search did not bring the passage that answers",
            "The best passage that answers was not among the first three; the furthest down come first.",
            sorted(
                (row for row in rows.get("retrieval", ()) if (row["first_rank"] or 101) > 3),
                key=lambda row: -(row["first_rank"] or 101),
            ),
            "first_rank",
        ),
    ]
    return [group for group in groups if group.cases]


def _worst(
    title: str, what: str, rows: Sequence[Mapping[str, Any]], fields: str, surest_first: bool = False
) -> Worst:
    ordered = sorted(rows, key=lambda row: row.get("confidence", 0), reverse=surest_first)
    more = f" {SHOWN} of {len(rows)} are shown." if len(rows) > SHOWN else ""
    named = ("earlier", "understood_as", *fields.split())
    cases = [
        (row["question"], {name.replace("_", " "): _told(name, row[name]) for name in named if name in row})
        for row in ordered[:SHOWN]
    ]
    return Worst(f"{title} ({len(rows)})", what + more, cases)


def _told(field: str, value: Any) -> Any:
    if field == "gold":
        golds = [gold if isinstance(gold, str) else f"{gold[0]}, {gold[1]} to {gold[2]}" for gold in value]
        more = [f"… and {len(golds) - MOST_GOLDS} more"] if len(golds) > MOST_GOLDS else []
        return golds[:MOST_GOLDS] + more
    if field == "first_rank":
        return value or "beyond 100"
    return f"{value:.3f}" if isinstance(value, float) else value
