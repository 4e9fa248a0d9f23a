"""Answers against gold: whether the words that answer were quoted, and nothing else.

ALCE (Gao et al., EMNLP 2023) scores each sentence of an answer by its citations: *recall* is 1 when its
citations together support it, and a citation is *precise* when it contributes to that support. Its judge
is a language model for entailment. Here a sentence is the very words of its citation, so support of the
sentence is settled by comparing characters (`quotes verbatim`), and what is left to judge is whether the
citation supports an answer to the question, for which people marked the gold:

    supports(c, g)      the cited span c and the gold span g of one document share at least half of the
                        characters of the shorter one
    citation precision  citations of the answer that support a gold / citations of the answer
    citation recall     golds that a citation supports / min(golds, 4)

both per answer, then averaged over the answers given to answerable questions. Golds are alternatives as
often as parts, and an answer has at most four sentences, hence the minimum. A gold that stands at
several places is supported at any of them.
"""

from __future__ import annotations

import functools
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from index.search import PassageIndex
from qa.evaluate.asked import Asked, cited, reply_row, spans
from qa.evaluate.baselines import BASELINES
from qa.evaluate.figures import Figure, Part, mean, share
from qa.evaluate.progress import Progress, silent, tracked
from qa.evaluate.questions import Golds, Places, Span, gold_spans, texts_of
from qa.evidence.order import MOST_SENTENCES
from qa.types import Answer, Citation, Reply
from qa.verify import verify_reply

VOICES = {"": "", "typed": ", as people type"}
"""How questions are written, and what the names of their figures end in."""

QUOTED_WHEN_DECLINED = 3
"""Sentences that a baseline quotes where lightqa declined and so sets no number."""

_FIGURE = re.compile(r"(\d+(?:[.,:/]\d+)*)\s*(%|°\s?[CF]|[^\W\d_]+)?")
_NEGATION = re.compile(
    r"\b(?:no|not|nor|never|none|neither|nobody|nothing|nowhere|without|cannot|hardly|barely)\b|n['’]t\b",
    re.I,
)


def supports(citation: Span, gold: Span) -> bool:
    """Whether two spans share at least half of the characters of the shorter one.

    A sentence at 100 to 180 supports a gold phrase at 150 to 200: they share 30 characters, of 50
    that is 0.6. One at 100 to 170 does not: 20 of 50 is 0.4.
    """
    if citation.document != gold.document:
        return False
    shared = min(citation.end, gold.end) - max(citation.start, gold.start)
    return shared * 2 >= min(citation.end - citation.start, gold.end - gold.start)


def supports_any(citation: Span, gold: Places) -> bool:
    """Whether a citation supports one of the golds at one of its places."""
    return any(supports(citation, place) for places in gold for place in places)


def citation_precision(citations: Sequence[Span], gold: Places) -> float:
    """Share of the citations that support a gold: 2 of 3 is 0.667."""
    return mean([supports_any(citation, gold) for citation in citations])


def citation_recall(citations: Sequence[Span], gold: Places) -> float:
    """Golds that are supported, of the four that fit in an answer: 2 of 3 golds is 0.667, 2 of 9 is 0.5."""
    found = sum(any(supports(c, place) for c in citations for place in places) for places in gold)
    return min(1.0, found / min(len(gold), MOST_SENTENCES))


def figures_and_negations(text: str) -> Counter[str]:
    """Every number of a text with the word or sign after it, and every negation, with how often.

    "Not 10 mm, but 20 %." holds {"10 mm": 1, "20 %": 1, "not": 1}.
    """
    numbers = (f"{number} {unit}".strip() for number, unit in _FIGURE.findall(text))
    return Counter([*numbers, *(word.lower().replace("’", "'") for word in _NEGATION.findall(text))])


def keeps_meaning(citation: Citation, sentence: str, index: PassageIndex) -> bool:
    """Whether an answer's sentence has the figures, units and negations of the whole sentences it is from.

    A quote that stops before "but not in people", or a number that lost its unit, does not.
    """
    whole = [
        source.text
        for passage in index.passages(citation.document)
        for source in passage.sentences
        if source.start < citation.end and source.end > citation.start
    ]
    return figures_and_negations(sentence) == figures_and_negations(" ".join(whole))


def evaluate_answers(index: PassageIndex, asked: Sequence[Asked], progress: Progress = silent) -> Part:
    """Measure the answers to answerable questions with gold, follow-ups apart.

    A question that was declined has no citation: it counts as not found, and not in precision and recall.

    Raises:
        QuestionFileError: A gold is not in the index.
    """
    documents = texts_of(index)
    rows = [_row(index, one, documents) for one in tracked(asked, "Checking quotes", progress)]
    alone = [row for row in rows if row["gold"] and not row["earlier"]]
    given = [row for row in alone if row["quotes"]]
    remark = f"{len(alone)} answerable questions, of which {len(given)} were answered."
    return Part(name="answers", figures=tuple(_figures(alone, rows)), rows=tuple(rows), remarks=(remark,))


def _row(index: PassageIndex, one: Asked, documents: Mapping[str, str]) -> dict[str, Any]:
    question, reply = one.question, one.reply
    stand = functools.partial(gold_spans, question, documents)

    def each_has(groups: Sequence[Golds], by: Sequence[Span]) -> bool:
        return all(any(supports_any(citation, stand(group)) for citation in by) for group in groups)

    gold, citations = stand(), spans(cited(reply))
    best = stand(question.best or question.gold)
    row = reply_row(one) | _against(citations, gold, best)
    if not (gold and citations):
        del row["precision"], row["recall"]
    if isinstance(reply, Answer):
        row["verbatim"] = verify_reply(reply.as_json(), index) is None
        row["kept"] = all(
            keeps_meaning(citation, sentence.text, index)
            for citation, sentence in zip(cited(reply), reply.sentences, strict=True)
        )
    if gold and question.earlier:
        row["found_later"] = row["found"]
    noted = any(note.kind == "disagreement" for note in reply.notes)
    if question.parts:
        row["every_part"] = _is_whole(question.parts, reply) and each_has(
            [part for part in question.parts if part], citations
        )
    if question.sides:
        # A note may quote the other side, so every citation of the reply counts.
        row["both_sides"] = each_has(question.sides, spans(reply.citations))
        row["disagreement_noted"] = noted
    if question.kind == "no_disagreement":
        row["disagreement_invented"] = noted
    if gold and not question.earlier:
        quoted = len(citations) or QUOTED_WHEN_DECLINED
        row["baselines"] = {
            name: _against(ranked(question.text, index).spans[:quoted], gold, best)
            for name, ranked in BASELINES.items()
        }
    return row


def _is_whole(parts: Sequence[Golds], reply: Reply) -> bool:
    """Whether a reply names what of a question is not answered, and denies nothing that is.

    A note that points to a quote leaves it open whether that answers the part.
    """
    lacking = sum(not part for part in parts)
    named = [note for note in reply.notes if note.kind == "unanswered"]
    denied = sum(not note.citations for note in named)
    return isinstance(reply, Answer) and denied <= lacking <= len(named)


def _against(quoted: Sequence[Span], gold: Places, best: Places) -> dict[str, float]:
    """What `_AGAINST_GOLD` counts, of the spans that were quoted."""
    return {
        "found": float(any(supports_any(span, gold) for span in quoted)),
        "found_first": float(bool(quoted) and supports_any(quoted[0], best)),
        "precision": citation_precision(quoted, gold) if quoted else 0.0,
        "recall": citation_recall(quoted, gold) if gold else 0.0,
    }


_AGAINST_GOLD = {
    "gold cited": "found",
    "gold cited first": "found_first",
    "citation precision": "precision",
    "citation recall": "recall",
}
_OF_ALL_REPLIES = {
    "quotes verbatim": "verbatim",
    "figures, units and negations kept": "kept",
    "every part answered": "every_part",
    "both sides quoted": "both_sides",
    "disagreement noted": "disagreement_noted",
    "disagreement noted where there is none": "disagreement_invented",
    "gold cited in follow-ups": "found_later",
}
"""Figure -> the field that it is the mean of; rows without the field do not count."""


def _figures(alone: Sequence[Mapping[str, Any]], rows: Sequence[Mapping[str, Any]]) -> Iterator[Figure]:
    for voice, words in VOICES.items():
        for name, field in _AGAINST_GOLD.items():
            if measured := [row for row in alone if row["voice"] == voice and field in row]:
                beside = {other: [row["baselines"][other][field] for row in measured] for other in BASELINES}
                yield share(f"answers: {name}{words}", [row[field] for row in measured], beside)
    for name, field in _OF_ALL_REPLIES.items():
        if values := [row[field] for row in rows if field in row]:
            yield share(f"answers: {name}", values)
