"""What a writer wrote above the quotes of an answer, sentence by sentence, with what became of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from qa.said import Value, said_from_json


def with_lists(fields: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    """The fields of a value for `asdict`, in which JSON has lists for tuples."""
    return {name: list(value) if isinstance(value, tuple) else value for name, value in fields}


@dataclass(frozen=True, slots=True)
class WrittenSentence:
    """A sentence as it was written and checked.

    Attributes:
        text: Without its citations.
        citations: Numbers of the reply's citations that it names.
        check: Name of the check that it failed; empty where it stands.
        why: Why it was dropped, to be said in any language; empty where it stands.
    """

    text: str
    citations: tuple[int, ...]
    check: str = ""
    why: Value = ""


@dataclass(frozen=True, slots=True)
class Written:
    """All that a writer wrote for one answer.

    Attributes:
        model, where: Which model wrote, and at which address.
        sentences: In the order in which they were written, those that were dropped among them.
        problem: Why there is no more, in a sentence for people: the model is away, or was stopped.
    """

    model: str
    where: str
    sentences: tuple[WrittenSentence, ...] = ()
    problem: str = ""

    @property
    def standing(self) -> tuple[WrittenSentence, ...]:
        return tuple(sentence for sentence in self.sentences if not sentence.check)

    @property
    def dropped(self) -> tuple[WrittenSentence, ...]:
        return tuple(sentence for sentence in self.sentences if sentence.check)

    @property
    def shown(self) -> bool:
        """Whether the text is shown: something stands, and no less than half of what was written."""
        return bool(self.standing) and len(self.standing) >= len(self.dropped)

    def as_json(self) -> dict[str, Any]:
        return {
            "model": self.model,
            "where": self.where,
            "shown": self.shown,
            "sentences": [
                asdict(each, dict_factory=with_lists)
                | {"why": str(each.why)}
                | ({} if isinstance(each.why, str) else {"said": each.why.as_json()})
                for each in self.sentences
            ],
            "problem": self.problem,
        }


def written_from_json(saved: Any) -> Written | None:
    """The inverse of `as_json`; None of None.

    Raises:
        KeyError, TypeError: It is not the JSON of a written text.
    """
    if saved is None:
        return None
    return Written(
        _text(saved["model"]),
        _text(saved["where"]),
        tuple(
            WrittenSentence(
                _text(each["text"]),
                tuple(int(number) for number in each["citations"]),
                _text(each["check"]),
                said_from_json(each["said"]) if "said" in each else _text(each["why"]),
            )
            for each in saved["sentences"]
        ),
        _text(saved["problem"]),
    )


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError(value)
    return value
