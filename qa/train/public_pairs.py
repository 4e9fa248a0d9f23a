"""Public sets of questions in pairs, by taking the answer out, to teach the reader and to judge it."""

from __future__ import annotations

import gzip
import json
import zlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from index.sentences import sentence_spans
from qa.evaluate.rows import json_rows
from qa.train.reader_pairs import (
    HELD_OUT,
    HELD_OUT_OF,
    LEAST,
    Pair,
    asked_passages,
    filled,
    is_held_out,
    title_of,
    without,
)

COVIDQA, SQUAD2 = Path("covidqa/200421_covidQA.json.gz"), Path("squad2/half-dev-a.json.gz")
SENTENCES = 8
"""Of longer public texts, so many sentences around the answer are taken."""
MEDQUAD_PAIRS = 3000
"""Of MedQuAD's questions, so that its 20 templates do not outnumber what people wrote."""


def public_pairs(data: Path) -> dict[str, list[Pair]]:
    """Pairs for training, from sets whose licences let weights be shared; by name of the set.

    Texts of held-out passages are left out, and so are the parts that `held_out_public` judges by.
    """
    held = [passage for number, passage in asked_passages(data).items() if is_held_out(number)]
    titles = {title_of(passage) for passage in held}
    subjects = {passage["title"].lower() for passage in held}
    return {
        "selqa": [pair for pair in _selqa(data, "test") if pair.title not in titles],
        "covidqa": list(_squad(data / COVIDQA)),
        "qed": list(_qed(data)),
        "pubmedqa": list(_pubmedqa(data)),
        "medquad": [
            pair
            for pair in _medquad(data)
            if not is_held_out_subject(pair.title) and pair.title.lower() not in subjects
        ][:MEDQUAD_PAIRS],
    }


def subjects_of(data: Path) -> list[str]:
    """What MedQuAD's articles are about, by name."""
    return sorted({pair.title for pair in _medquad(data)} - {""})


def held_out_public(data: Path) -> dict[str, list[Pair]]:
    """Pairs to judge by, from sets or parts of sets that nothing is trained on; by name."""
    seen = {title_of(p) for number, p in asked_passages(data).items() if not is_held_out(number)}
    return {
        "squad2": list(_squad(data / SQUAD2)),
        "selqa": [pair for pair in _selqa(data, "dev") if pair.title not in seen],
        "medquad": [pair for pair in _medquad(data) if is_held_out_subject(pair.title)],
    }


def unanswerable_squad2(data: Path) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """SQuAD 2.0 as it is: (question, title, sentences, whether the text answers)."""
    return [
        (question["question"], title, sentences, not question["is_impossible"])
        for title, sentences, _, questions in _squad_texts(data / SQUAD2)
        for question in questions
    ]


def _taken_out(question: str, title: str, sentences: Sequence[str], gold: Sequence[int]) -> Iterator[Pair]:
    """A pair by taking the answer out, of at most SENTENCES around the first sentence that answers."""
    if not gold:
        return
    # Where the answer stands in the window must not tell it.
    before = zlib.crc32(question.encode()) % (SENTENCES - 1)
    begin = max(0, min(gold[0] - before, len(sentences) - SENTENCES))
    window = tuple(sentences[begin : begin + SENTENCES])
    inside = tuple(sorted({at - begin for at in gold if begin <= at < begin + SENTENCES}))
    lacking = without(window, inside)
    if len(lacking) >= LEAST and len(lacking) + len(inside) == len(window):
        yield Pair(question, title, window, inside, lacking)


def _selqa(data: Path, part: str) -> Iterator[Pair]:
    for _, row in json_rows(data / "selqa" / f"{part}.jsonl.gz"):
        title = f"{row['article']}. {row['section']}"
        # Some candidates are empty.
        kept = [at for at, sentence in enumerate(row["candidates"]) if sentence.strip()]
        gold = [new for new, at in enumerate(kept) if at in row["answers"]]
        sentences = [row["candidates"][at] for at in kept]
        yield from _taken_out(row["question"], title, sentences, gold)


def _qed(data: Path) -> Iterator[Pair]:
    for _, row in json_rows(data / "qed" / "qed-dev.jsonlines.gz"):
        selected = row["annotation"].get("selected_sentence")
        if selected is None:
            continue
        text, starts = row["paragraph_text"], row["sentence_starts"]
        sentences = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
        gold = [at for at, start in enumerate(starts) if start == selected["start"]]
        yield from _taken_out(row["question_text"], row["title_text"], sentences, gold)


def _pubmedqa(data: Path) -> Iterator[Pair]:
    """The conclusion answers; of the abstract only what comes before the results is sure not to."""
    for article in _json(data / "pubmedqa" / "ori_pqal.json.gz").values():
        before = [
            text[start:end]
            for text, label in zip(article["CONTEXTS"], article["LABELS"], strict=True)
            if not any(word in label.upper() for word in ("RESULT", "CONCLUSION", "FINDING", "DISCUSSION"))
            for start, end in sentence_spans(text)
        ]
        answer = article["LONG_ANSWER"]
        conclusion = [answer[start:end] for start, end in sentence_spans(answer)]
        # Only the first sentences of a conclusion are sure to speak of the question.
        if conclusion:
            yield from _taken_out(article["QUESTION"], "", *filled(before, conclusion[0], answer))


def _medquad(data: Path) -> Iterator[Pair]:
    """Each question against another section on the same subject, in an order that is always the same."""
    by_subject: dict[tuple[str, str], list[tuple[str, str, str, tuple[str, ...]]]] = defaultdict(list)
    for _, row in json_rows(data / "medquad" / "qa.jsonl.gz"):
        text = row["answer"][:4000]
        spans = list(sentence_spans(text))[:SENTENCES]
        # Many answers begin with their question, which must not be what is learnt.
        sentences = tuple(text[start:end] for start, end in spans if text[end - 1] != "?")
        if len(sentences) >= 2:
            subject = by_subject[row["src"], row["doc"]]
            subject.append((row["qtype"], row["question"], row["focus"], sentences))
    pairs = []
    for sections in by_subject.values():
        for kind, question, focus, sentences in sections:
            others = [other for other in sections if other[0] != kind and other[3] != sentences]
            if others:
                other = others[zlib.crc32(question.encode()) % len(others)]
                pairs.append(Pair(question, focus, sentences, (), other[3]))
    yield from sorted(pairs, key=lambda pair: zlib.crc32((pair.question + pair.answering[0]).encode()))


def _squad(path: Path) -> Iterator[Pair]:
    """The questions of a file in SQuAD's layout; the sentences that answers begin in answer."""
    for title, sentences, spans, questions in _squad_texts(path):
        for question in questions:
            begins = {answer["answer_start"] for answer in question["answers"]}
            gold = [at for at, (start, end) in enumerate(spans) if any(start <= b < end for b in begins)]
            yield from _taken_out(question["question"], title, sentences, gold)


def _squad_texts(
    path: Path,
) -> Iterator[tuple[str, tuple[str, ...], list[tuple[int, int]], list[dict[str, Any]]]]:
    for article in _json(path)["data"]:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            spans = list(sentence_spans(text))
            sentences = tuple(text[start:end] for start, end in spans)
            # An article of COVID-QA has no title but its first line.
            title = article.get("title", "").replace("_", " ") or text.strip().split("\n")[0][:150]
            yield title, sentences, spans, paragraph["qas"]


def is_held_out_subject(subject: str) -> bool:
    """Whether MedQuAD's questions on this subject are kept to judge by."""
    return zlib.crc32(subject.lower().encode()) % HELD_OUT_OF == HELD_OUT


def _json(path: Path) -> Any:
    with gzip.open(path, "rt", encoding="utf-8") as file:
        return json.load(file)
