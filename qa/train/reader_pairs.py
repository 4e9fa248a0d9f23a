"""What the reader is taught with and judged by: every question once with its answer and once without.

So the wording of a question alone tells nothing; a reader shown answered questions and near misses as they
were written learnt their style and nothing else (DECISIONS.md, "The reader"). The questions are ours and
kept beside this file; most passages that they are about are public, and read from the folder of public data.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from qa.evaluate.rows import json_rows

HELD_OUT_OF, HELD_OUT = 12, 5
"""Passages whose number leaves HELD_OUT when divided by HELD_OUT_OF: never trained or tuned on."""
FIRST_TWINS, FITTED = 888, (6, 7)
"""Twins from this number on, whose number leaves one of these, are not trained on: with what the reader makes
of them the weights are fitted where nobody asked in advance (`qa.train.fit_any_folder`). The shipped reader's
first steps knew t1608 and later by other numbers, and read half of those (DECISIONS.md)."""
LEAST = 3
"""Sentences that have to be left when the answer is taken out."""

QUESTIONS, TWINS = (Path(__file__).with_name(f"reader_{name}.jsonl.gz") for name in ("questions", "twins"))


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a text that answers it and one that does not, under one title or under two.

    Attributes:
        question, title: As they are read.
        answering: Sentences, of which those of `gold` answer; no `gold` where only the text is known to.
        lacking: The same without them, or another section on the same subject.
        passage: Number of the passage of ours that it is about, as "p0123"; "" for others.
        tempting: Number, in `answering`, of the sentence that answers a question of the same style about
            something else; None where there is no such twin.
        of_another: Title of the text that does not answer, where `lacking` is the same text with another
            subject's name in place of its own: sentence stands for sentence, those of `gold` too.
    """

    question: str
    title: str
    answering: tuple[str, ...]
    gold: tuple[int, ...]
    lacking: tuple[str, ...]
    passage: str = ""
    of_another: str = ""
    tempting: int | None = None

    @property
    def lacking_title(self) -> str:
        """What stands over the text that does not answer."""
        return self.of_another or self.title


def asked_questions() -> list[dict[str, Any]]:
    """The questions that were written for passages.

    Returns:
        Rows with `passage`, `kind`, `question`, `answers` (indices of sentences; none for a near miss), and
        for most near misses `insert`, a made-up sentence that would answer.
    """
    return [row for _, row in json_rows(QUESTIONS)]


def asked_passages(data: Path) -> dict[str, dict[str, Any]]:
    """The passages by number, each with `source`, `title`, `section`, `sentences`."""
    return {row["id"]: row for _, row in json_rows(data / "asked" / "passages.jsonl")}


def twin_passages() -> dict[str, dict[str, Any]]:
    """Made-up passages by number, each with `title`, `section`, `sentences`, whether they are on
    `health`, and `questions` in twins.

    A twin is a question that is answered (`question`, `answers`) and a near miss of the same style behind it
    (`question`, `insert`, as in `asked_questions`), often the first with one thing changed.
    """
    return {f"t{number:04d}": row for number, (_, row) in enumerate(json_rows(TWINS))}


def is_taught(passage: str) -> bool:
    """Whether the reader may be trained on this passage's questions."""
    return not (is_held_out(passage) or is_to_fit(passage))


def is_held_out(passage: str) -> bool:
    """Whether nothing may be trained or tuned on this passage's questions."""
    return int(passage[1:]) % HELD_OUT_OF == HELD_OUT


def is_to_fit(twin: str) -> bool:
    """Whether a passage in twins is kept for fitting weights with what the reader makes of it."""
    number = int(twin[1:])
    return twin[0] == "t" and number >= FIRST_TWINS and number % HELD_OUT_OF in FITTED


def title_of(passage: dict[str, Any]) -> str:
    """What stands over a passage, as over the passages of an index: "title. section"."""
    return f"{passage['title']}. {passage['section']}"


def asked_pairs(data: Path) -> list[Pair]:
    """All questions of ours in pairs; near misses without a sentence that would answer are left out."""
    passages = asked_passages(data)
    pairs = []
    for row in asked_questions():
        passage = passages[row["passage"]]
        sentences, gold = tuple(passage["sentences"]), tuple(row["answers"])
        if gold:
            lacking = without(sentences, gold)
        elif "insert" in row:
            lacking = sentences
            sentences, gold = filled(sentences, row["insert"], row["question"].lower())
        else:
            continue
        if len(lacking) >= LEAST:
            pairs.append(Pair(row["question"], title_of(passage), sentences, gold, lacking, row["passage"]))
    return pairs


def twin_pairs() -> list[Pair]:
    """The questions of `twin_passages` in pairs; of each it is known which sentence tempts."""
    pairs = []
    for number, passage in twin_passages().items():
        sentences, title = tuple(passage["sentences"]), title_of(passage)
        for answered, missed in zip(passage["questions"][::2], passage["questions"][1::2], strict=True):
            gold = tuple(answered["answers"])
            lacking = without(sentences, gold)
            pairs.append(Pair(answered["question"], title, sentences, gold, lacking, number))
            told, (at,) = filled(sentences, missed["insert"], missed["question"])
            tempting = gold[0] + (gold[0] >= at)
            pairs.append(Pair(missed["question"], title, told, (at,), sentences, number, tempting=tempting))
    return pairs


def renamed_pairs(pairs: Sequence[Pair], subjects: Sequence[str]) -> list[Pair]:
    """The pairs whose question names its subject, once more with another subject's name in one text.

    Taking an answer out teaches to see that nothing is said; this teaches to see that it is said of something
    else. A name sits oddly in another's text, so that half of the texts that answer bear the wrong one, and
    so does their question: neither the question alone nor the text alone tells which of the two answers.

    Args:
        pairs: As `asked_pairs` and `public_pairs` give them.
        subjects: Names to choose from: one that ends with the same word ("disease", "syndrome") before any.
    """
    everything = sorted(set(subjects))
    by_ending: dict[str, list[str]] = defaultdict(list)
    for subject in everything:
        by_ending[subject.split()[-1].lower()].append(subject)
    renamed = []
    for pair in pairs:
        own = _subject(pair.title, pair.question)
        if not own:
            continue
        number = zlib.crc32(pair.question.encode())
        alike = [other for other in by_ending[own.split()[-1].lower()] if not _overlap(own, other)]
        others = alike or [other for other in everything if not _overlap(own, other)]
        other = others[number % len(others)]
        texts = [(pair.title, pair.answering)]
        texts.append((_named(pair.title, own, other), tuple(_named(s, own, other) for s in pair.answering)))
        question = pair.question
        if number // 7 % 2:
            question = _named(question, own, other)
            texts.reverse()
        (title, answering), (of_another, lacking) = texts
        pair = replace(pair, question=question, title=title, answering=answering)
        renamed.append(replace(pair, lacking=lacking, of_another=of_another))
    return renamed


def _subject(title: str, question: str) -> str:
    """The name that the title begins with and the question holds; "" where there is none."""
    name = title.split(". ")[0].split(" (")[0].strip()
    return name if re.search(rf"\b{re.escape(name)}\b", question, re.IGNORECASE) and len(name) > 3 else ""


def _named(text: str, own: str, other: str) -> str:
    return re.sub(rf"\b{re.escape(own)}\b", lambda _: other, text, flags=re.IGNORECASE)


def _overlap(own: str, other: str) -> bool:
    return own.lower() in other.lower() or other.lower() in own.lower()


def without(sentences: Sequence[str], gold: Sequence[int]) -> tuple[str, ...]:
    return tuple(sentence for at, sentence in enumerate(sentences) if at not in gold)


def filled(sentences: Sequence[str], answer: str, chosen_by: str) -> tuple[tuple[str, ...], tuple[int]]:
    """Sentences with one that answers among them, at a place that follows from a text; and that place."""
    at = zlib.crc32(chosen_by.encode()) % (len(sentences) + 1)
    return (*sentences[:at], answer, *sentences[at:]), (at,)
