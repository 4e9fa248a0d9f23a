"""The questions that went worst, with what was answered and why, for the report."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from qa.evaluate.figures import Part

SHOWN = 10
Case = list[tuple[str, Any]]
Group = tuple[str, str, list[Case]]
Row = Mapping[str, Any]


def worst_questions(parts: Sequence[Part]) -> list[Group]:
    """(title, what it means, cases) for every way to go wrong that occurred; at most `SHOWN` cases each.

    A case is a list of (field, text or list of quotes); its first field is the question.
    """
    rows = {part.name: part.rows for part in parts}
    groups = [
        _group(
            "Answered although the documents do not tell",
            "Near misses and other unanswerable questions, the most confident first.",
            [row for row in rows.get("refusal", ()) if not row["answerable"] and not row["declined"]],
            lambda row: -row["confidence"],
            _answered,
        ),
        _group(
            "Declined although the documents answer",
            "Answerable questions, the least confident first, with what would have been quoted.",
            [row for row in rows.get("refusal", ()) if row["answerable"] and row["declined"]],
            lambda row: row["confidence"],
            _declined,
        ),
        _group(
            "Answered with other words than those that answer",
            "Nothing that was quoted was marked as answering; the most confident first.",
            [row for row in rows.get("answers", ()) if row["gold"] and row["quotes"] and not row["found"]],
            lambda row: -row["confidence"],
            _beside_gold,
        ),
        _group(
            "Answered otherwise than when written out well",
            "Follow-ups and misspelt questions.",
            [row for row in rows.get("conversation", ()) if not row["agrees"]],
            lambda row: row["confidence"],
            _otherwise,
        ),
        _group(
            "Search did not bring the passage that answers",
            "The best passage that answers stood furthest down, or was not among the first hundred.",
            [row for row in rows.get("retrieval", ()) if (row["first_rank"] or 101) > 3],
            lambda row: -(row["first_rank"] or 101),
            lambda row: [("question", row["question"]), ("found at rank", row["first_rank"] or "beyond 100")],
        ),
    ]
    return [group for group in groups if group[2]]


def _group(
    title: str, what: str, rows: Sequence[Row], key: Callable[[Row], float], case: Callable[[Row], Case]
) -> Group:
    shown = sorted(rows, key=key)[:SHOWN]
    more = f" {len(shown)} of {len(rows)} are shown." if len(rows) > len(shown) else ""
    return f"{title} ({len(rows)})", what + more, [case(row) for row in shown]


def _asked(row: Row) -> Case:
    before = [("asked before", list(row["earlier"]))] if row["earlier"] else []
    understood = [("understood as", row["understood_as"])] if row["understood_as"] else []
    return [("question", row["question"]), *before, *understood]


def _answered(row: Row) -> Case:
    return [
        *_asked(row),
        ("kind", row["kind"].replace("_", " ")),
        ("quoted", list(row["quotes"])),
        ("confidence", f"{row['confidence']:.3f}"),
    ]


def _declined(row: Row) -> Case:
    return [
        *_asked(row),
        ("reply", f"{row['reply']}, confidence {row['confidence']:.3f}"),
        ("reason given", row["why"]),
        ("would have quoted", list(row["quotes_if_answered"])),
        ("answers it", _gold(row)),
    ]


def _beside_gold(row: Row) -> Case:
    return [
        *_asked(row),
        ("quoted", list(row["quotes"])),
        ("answers it", _gold(row)),
        ("confidence", f"{row['confidence']:.3f}"),
    ]


def _otherwise(row: Row) -> Case:
    return [
        *_asked(row),
        ("meant", row["meant"]),
        ("reply", row["reply"]),
        ("quoted", list(row["quotes"])),
        ("reply if meant", row["reply_if_meant"]),
        ("quoted if meant", list(row["quotes_if_meant"])),
    ]


def _gold(row: Row) -> list[str]:
    golds = [gold if isinstance(gold, str) else f"{gold[0]}, {gold[1]} to {gold[2]}" for gold in row["gold"]]
    return golds[:3] + ([f"… and {len(golds) - 3} more"] if len(golds) > 3 else [])
