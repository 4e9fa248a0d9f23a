"""What a server counts, in the format of Prometheus, and a line of JSON for each reply; never a question."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Seconds; most questions take some 0.1."""

FAILED = "error"
"""Kind of what is no reply: the index or the server that keeps it is not there."""


class Metrics:
    """Replies by kind, and how long they took. Threads may share it; processes count for themselves.

    Args:
        log: Whether each reply is told on stderr as well.
    """

    def __init__(self, *, log: bool = False) -> None:
        self._log = log
        self._registry = CollectorRegistry()
        self._replies = Counter(
            "lightqa_replies", "Questions by the kind of their reply.", ["kind"], registry=self._registry
        )
        self._seconds = Histogram(
            "lightqa_reply_seconds",
            "From a question to its reply, waiting for others included.",
            registry=self._registry,
            buckets=BUCKETS,
        )
        self._index = Gauge(
            "lightqa_index",
            "The index in force, by its fingerprint.",
            ["fingerprint"],
            registry=self._registry,
        )
        self._documents = Gauge("lightqa_documents", "Documents in the index.", registry=self._registry)
        self._passages = Gauge("lightqa_passages", "Passages in the index.", registry=self._registry)

    def replied(self, kind: str, seconds: float, fingerprint: str) -> None:
        """Count a reply.

        Args:
            kind: "answer", "refusal", "emergency" or `FAILED`.
            seconds: From the question on.
            fingerprint: Of the index that was asked.
        """
        self._replies.labels(kind).inc()
        self._seconds.observe(seconds)
        if self._log:
            told = {
                "time": datetime.now(UTC).isoformat(timespec="milliseconds"),
                "event": "reply",
                "kind": kind,
                "seconds": round(seconds, 4),
                "index": fingerprint[:16],
            }
            print(json.dumps(told), file=sys.stderr, flush=True)

    def text(self, fingerprint: str, documents: int, passages: int) -> bytes:
        """Everything that was counted, and what is said of the index in force."""
        self._index.clear()
        self._index.labels(fingerprint).set(1)
        self._documents.set(documents)
        self._passages.set(passages)
        return generate_latest(self._registry)
