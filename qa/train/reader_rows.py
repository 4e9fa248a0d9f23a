"""What the reader is taught with and judged by: every question once with its answer and once without.

So the wording of a question alone tells nothing; a reader shown answered questions and near misses as they
were written learnt their style and nothing else (DECISIONS.md, "The reader"). The questions are ours and
kept beside this file; the passages that they are about are public, and read from the folder of public data.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

from index.sentences import sentence_spans

HELD_OUT_OF, HELD_OUT = 12, 5
"""Passages whose number leaves HELD_OUT when divided by HELD_OUT_OF: never trained or tuned on."""
LEAST = 3
"""Sentences that have to be left when the answer is taken out."""
SENTENCES = 8
"""Of longer public texts, so many sentences around the answer are taken."""
MEDQUAD_PAIRS = 3000
"""Of MedQuAD's questions, so that its 20 templates do not outnumber what people wrote."""

QUESTIONS, TWINS = "reader_questions.jsonl.gz", "reader_twins.jsonl.gz"


@dataclass(frozen=True, slots=True)
class Pair:
    """A question with a text that answers it and one that does not, under one title or under two.

    Attributes:
        question, title: As they are read.
        answering: Sentences, of which those of `gold` answer; no `gold` where only the text is known to.
        lacking: The same without them, or another section on the same subject.
        passage: Number of the passage of ours that it is about, as "p0123"; "" for others.
        source: The set that it is from.
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
    passage: str
    source: str
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
    packed = files("qa.train").joinpath(QUESTIONS).read_bytes()
    return [json.loads(line) for line in gzip.decompress(packed).decode("utf-8").splitlines()]


def asked_passages(data: Path) -> dict[str, dict[str, Any]]:
    """The passages by number, each with `source`, `title`, `section`, `sentences`."""
    with open(data / "asked" / "passages.jsonl", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}


def twin_passages() -> dict[str, dict[str, Any]]:
    """Made-up passages by number, each with `title`, `section`, `sentences`, whether they are on
    `health`, and `questions` in twins.

    A twin is a question that is answered (`question`, `answers`) and a near miss of the same style behind it
    (`question`, `insert`, as in `asked_questions`), often the first with one thing changed.
    """
    packed = files("qa.train").joinpath(TWINS).read_bytes()
    rows = map(json.loads, gzip.decompress(packed).decode("utf-8").splitlines())
    return {f"t{number:04d}": row for number, row in enumerate(rows)}


def is_held_out(passage: str) -> bool:
    """Whether nothing may be trained or tuned on this passage's questions."""
    return int(passage[1:]) % HELD_OUT_OF == HELD_OUT


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
            lacking = _without(sentences, gold)
        elif "insert" in row:
            at = zlib.crc32(row["question"].lower().encode()) % (len(sentences) + 1)
            lacking, gold = sentences, (at,)
            sentences = (*sentences[:at], row["insert"], *sentences[at:])
        else:
            continue
        if len(lacking) >= LEAST:
            title = title_of(passage)
            pairs.append(Pair(row["question"], title, sentences, gold, lacking, row["passage"], "asked"))
    return pairs


def twin_pairs() -> list[Pair]:
    """The questions of `twin_passages` in pairs; of each it is known which sentence tempts."""
    pairs = []
    for number, passage in twin_passages().items():
        sentences, title = tuple(passage["sentences"]), title_of(passage)
        for answered, missed in zip(passage["questions"][::2], passage["questions"][1::2], strict=True):
            gold = tuple(answered["answers"])
            at = zlib.crc32(missed["question"].encode()) % (len(sentences) + 1)
            filled = (*sentences[:at], missed["insert"], *sentences[at:])
            tempting = gold[0] + (gold[0] >= at)
            pairs.append(
                Pair(answered["question"], title, sentences, gold, _without(sentences, gold), number, "twins")
            )
            pairs.append(
                Pair(missed["question"], title, filled, (at,), sentences, number, "twins", tempting=tempting)
            )
    return pairs


def public_pairs(data: Path) -> dict[str, list[Pair]]:
    """Pairs for training, from sets whose licences let weights be shared; by name of the set.

    Texts of held-out passages are left out, and so are the parts that `held_out_public` judges by.
    """
    held = [passage for number, passage in asked_passages(data).items() if is_held_out(number)]
    titles = {title_of(passage) for passage in held}
    subjects = {passage["title"].lower() for passage in held}
    return {
        "selqa": [pair for pair in _selqa(data, "test") if pair.title not in titles],
        "covidqa": list(_covidqa(data)),
        "qed": list(_qed(data)),
        "pubmedqa": list(_pubmedqa(data)),
        "medquad": [
            pair
            for pair in _medquad(data)
            if not is_held_out_subject(pair.title) and pair.title.lower() not in subjects
        ][:MEDQUAD_PAIRS],
    }


def renamed_pairs(pairs: Sequence[Pair], subjects: Sequence[str]) -> list[Pair]:
    """The pairs whose question names its subject, once more with another subject's name in one text.

    Taking an answer out teaches to see that nothing is said; this teaches to see that it is said of something
    else. A name sits oddly in another's text, so that half of the texts that answer bear the wrong one, and
    so does their question: neither the question alone nor the text alone tells which of the two answers.

    Args:
        pairs: As `asked_pairs` and `public_pairs` give them.
        subjects: Names to choose from: one that ends with the same word ("disease", "syndrome") before any.
    """
    by_ending: dict[str, list[str]] = defaultdict(list)
    for subject in sorted(set(subjects)):
        by_ending[subject.split()[-1].lower()].append(subject)
    everything = sorted(set(subjects))
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
        renamed.append(
            replace(
                pair,
                question=question,
                title=title,
                answering=answering,
                lacking=lacking,
                of_another=of_another,
            )
        )
    return renamed


def subjects_of(data: Path) -> list[str]:
    """What MedQuAD's articles are about, by name."""
    return sorted({pair.title for pair in _medquad(data)} - {""})


def _subject(title: str, question: str) -> str:
    """The name that the title begins with and the question holds; "" where there is none."""
    name = title.split(". ")[0].split(" (")[0].strip()
    return name if re.search(rf"\b{re.escape(name)}\b", question, re.IGNORECASE) and len(name) > 3 else ""


def _named(text: str, own: str, other: str) -> str:
    return re.sub(rf"\b{re.escape(own)}\b", lambda _: other, text, flags=re.IGNORECASE)


def _overlap(own: str, other: str) -> bool:
    return own.lower() in other.lower() or other.lower() in own.lower()


def held_out_public(data: Path) -> dict[str, list[Pair]]:
    """Pairs to judge by, from sets or parts of sets that nothing is trained on; by name."""
    seen = {title_of(p) for number, p in asked_passages(data).items() if not is_held_out(number)}
    return {
        "squad2": list(_squad2(data)),
        "selqa": [pair for pair in _selqa(data, "dev") if pair.title not in seen],
        "medquad": [pair for pair in _medquad(data) if is_held_out_subject(pair.title)],
    }


def unanswerable_squad2(data: Path) -> list[tuple[str, str, tuple[str, ...], bool]]:
    """SQuAD 2.0 as it is: (question, title, sentences, whether the text answers)."""
    return [
        (question["question"], title, sentences, not question["is_impossible"])
        for title, sentences, _, questions in _squad2_texts(data)
        for question in questions
    ]


def _without(sentences: Sequence[str], gold: Iterable[int]) -> tuple[str, ...]:
    out = set(gold)
    return tuple(sentence for at, sentence in enumerate(sentences) if at not in out)


def _taken_out(
    question: str, title: str, sentences: Sequence[str], gold: Sequence[int], source: str
) -> Iterator[Pair]:
    """A pair by taking the answer out, of at most SENTENCES around the first sentence that answers."""
    if not gold:
        return
    # Where the answer stands in the window must not tell it.
    before = zlib.crc32(question.encode()) % (SENTENCES - 1)
    begin = max(0, min(gold[0] - before, len(sentences) - SENTENCES))
    window = sentences[begin : begin + SENTENCES]
    inside = tuple(sorted({at - begin for at in gold if begin <= at < begin + SENTENCES}))
    lacking = _without(window, inside)
    if len(lacking) >= LEAST and len(lacking) + len(inside) == len(window):
        yield Pair(question, title, tuple(window), inside, lacking, "", source)


def _selqa(data: Path, part: str) -> Iterator[Pair]:
    for row in _rows(data / "selqa" / f"{part}.jsonl.gz"):
        title = f"{row['article']}. {row['section']}"
        # Some candidates are empty.
        kept = [at for at, sentence in enumerate(row["candidates"]) if sentence.strip()]
        gold = [new for new, at in enumerate(kept) if at in row["answers"]]
        sentences = [row["candidates"][at] for at in kept]
        yield from _taken_out(row["question"], title, sentences, gold, "selqa")


def _covidqa(data: Path) -> Iterator[Pair]:
    with gzip.open(data / "covidqa" / "200421_covidQA.json.gz", "rt", encoding="utf-8") as file:
        articles = json.load(file)["data"]
    for article in articles:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            spans = list(sentence_spans(text))
            sentences = [text[start:end] for start, end in spans]
            title = text.strip().split("\n")[0][:150]
            for question in paragraph["qas"]:
                gold = _sentences_with(spans, question["answers"])
                yield from _taken_out(question["question"], title, sentences, gold, "covidqa")


def _qed(data: Path) -> Iterator[Pair]:
    for row in _rows(data / "qed" / "qed-dev.jsonlines.gz"):
        selected = row["annotation"].get("selected_sentence")
        if selected is None:
            continue
        text, starts = row["paragraph_text"], row["sentence_starts"]
        sentences = [text[a:b].strip() for a, b in zip(starts, [*starts[1:], len(text)], strict=True)]
        gold = [at for at, start in enumerate(starts) if start == selected["start"]]
        yield from _taken_out(row["question_text"], row["title_text"], sentences, gold, "qed")


def _pubmedqa(data: Path) -> Iterator[Pair]:
    """The conclusion answers; of the abstract only what comes before the results is sure not to."""
    with gzip.open(data / "pubmedqa" / "ori_pqal.json.gz", "rt", encoding="utf-8") as file:
        articles = json.load(file)
    for article in articles.values():
        before = [
            text[start:end]
            for text, label in zip(article["CONTEXTS"], article["LABELS"], strict=True)
            if not any(word in label.upper() for word in ("RESULT", "CONCLUSION", "FINDING", "DISCUSSION"))
            for start, end in sentence_spans(text)
        ]
        answer = article["LONG_ANSWER"]
        conclusion = [answer[start:end] for start, end in sentence_spans(answer)]
        # Only the first sentences of a conclusion are sure to speak of the question.
        at = zlib.crc32(answer.encode()) % (len(before) + 1)
        sentences = [*before[:at], *conclusion[:1], *before[at:]]
        yield from _taken_out(article["QUESTION"], "", sentences, [at] if conclusion else [], "pubmedqa")


def _medquad(data: Path) -> Iterator[Pair]:
    """Each question against another section on the same subject, in an order that is always the same."""
    by_subject: dict[tuple[str, str], list[tuple[str, str, str, tuple[str, ...]]]] = defaultdict(list)
    for row in _rows(data / "medquad" / "qa.jsonl.gz"):
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
                pairs.append(Pair(question, focus, sentences, (), other[3], "", "medquad"))
    yield from sorted(pairs, key=lambda pair: zlib.crc32((pair.question + pair.answering[0]).encode()))


def _squad2(data: Path) -> Iterator[Pair]:
    for title, sentences, spans, questions in _squad2_texts(data):
        for question in questions:
            gold = _sentences_with(spans, question["answers"])
            yield from _taken_out(question["question"], title, sentences, gold, "squad2")


def _squad2_texts(
    data: Path,
) -> Iterator[tuple[str, tuple[str, ...], list[tuple[int, int]], list[dict[str, Any]]]]:
    with gzip.open(data / "squad2" / "half-dev-a.json.gz", "rt", encoding="utf-8") as file:
        articles = json.load(file)["data"]
    for article in articles:
        for paragraph in article["paragraphs"]:
            text = paragraph["context"]
            spans = list(sentence_spans(text))
            sentences = tuple(text[start:end] for start, end in spans)
            yield article["title"].replace("_", " "), sentences, spans, paragraph["qas"]


def _sentences_with(spans: Sequence[tuple[int, int]], answers: Iterable[dict[str, Any]]) -> list[int]:
    """Which sentences the answers begin in."""
    starts = {answer["answer_start"] for answer in answers}
    return [at for at, (start, end) in enumerate(spans) if any(start <= s < end for s in starts)]


def is_held_out_subject(subject: str) -> bool:
    """Whether MedQuAD's questions on this subject are kept to judge by."""
    return zlib.crc32(subject.lower().encode()) % HELD_OUT_OF == HELD_OUT


def _rows(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        yield from map(json.loads, lines)
