"""Sentences of a document that are never quoted because they give orders to a program or hide something."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Iterator, Sequence
from dataclasses import dataclass

from index.hidden import without_joiners
from index.orders import is_question, order, strangeness
from index.sentences import Span, sentence_spans

_STRANGE = "asks for something else than the document"
_CONTENT_WORD = re.compile(r"[^\W\d_]{4,}")
_FUNCTION_WORDS = frozenset(
    """
    about above after also another because been before being between both describe difference does doing
    done down during each even ever explain from give have having here into just know like many might
    more most much must only other over please same shall should show some such tell than that their
    them then there these they this those through under until very were what when where which while will
    with would your yours could
    """.split()
)
# Where something else may begin inside a sentence: a cell, a link, brackets, a quotation; or one more clause.
_APART = re.compile(r"\s*[\[\](){}“”\"«»]\s*|[;:]\s+|\s+[–—-]\s+")
_JOINED = re.compile(r",\s+(?:and\s+|but\s+|then\s+|so\s+)?|\s+(?:and|but)\s+")
_HAS_SUBJECT = re.compile(r"(?:do not|don['’]t|never|cannot|say that)\b", re.IGNORECASE)
_SHORTEST_CLAUSE = 4
_FOREIGN = 1 / 3
_FEWEST_WORDS = 15
_LONGEST_PIECE = 2000
_OVERLAP = 200
_LONGEST_QUOTATION = 4


@dataclass(frozen=True, slots=True)
class Suspicion:
    """A stretch of a document that is never quoted.

    Attributes:
        start, end: Span in the document's text.
        reason: Why, in a few words that may be shown ("orders what to answer").
    """

    start: int
    end: int
    reason: str


def suspicious(text: str, paragraphs: Sequence[Span], own: Container[Span] = ()) -> list[Suspicion]:
    """The sentences that speak to a program, ask for something else, or hide something from the reader.

    Args:
        text: The text of a document.
        paragraphs: Spans of its paragraphs and headings, in order.
        own: Those of them that may ask for what nothing else names: the steps of a procedure ("Label two
            tubes"), the questions above their answers.

    Returns:
        Whole sentences, in order. Where half or more of a paragraph of several sentences are orders,
        the whole paragraph, with the reason of its first one.
    """
    document_words = _content_words(" ".join(text[start:end] for start, end in paragraphs))
    found: list[Suspicion] = []
    for start, end in paragraphs:
        sentences = list(_sentences(text, start, end))
        here = []
        for span in sentences:
            reason = _reason(text[span[0] : span[1]], document_words)
            if reason and not (reason == _STRANGE and (start, end) in own):
                here.append(Suspicion(*span, reason))
        orders = [each for each in here if not is_question(text[each.start : each.end])]
        if len(here) > 1 and sum(each.end - each.start for each in orders) >= (end - start) / 2:
            here = [Suspicion(start, end, here[0].reason)]
        found += here
    return found


def _reason(sentence: str, document_words: Counter[str]) -> str:
    # A sentence without end is looked at piece by piece, so that no pattern runs over megabytes.
    for start in range(0, len(sentence), _LONGEST_PIECE):
        piece = sentence[start : start + _LONGEST_PIECE + _OVERLAP]
        if reason := order(piece):
            return reason
    for part in _parts(sentence[:_LONGEST_PIECE]):
        # The whole of a sentence was looked at above.
        if part is not sentence and (reason := order(part)):
            return reason
        # What begins in small letters goes on with what was said, and is no request.
        if (part is sentence or part[:1].isupper()) and _is_strange(part, document_words):
            return _STRANGE
        for clause in _JOINED.split(part)[1:]:
            if reason := _order_after_others(clause, document_words):
                return reason
    return ""


def _order_after_others(clause: str, document_words: Counter[str]) -> str:
    """Why a clause that others go before is an order; its subject may stand there ("who do not respond")."""
    if len(clause.split()) < _SHORTEST_CLAUSE or _HAS_SUBJECT.match(clause):
        return ""
    reason = order(clause)
    # "Researchers work to find genes and explain their role" is no request.
    belongs = reason == "asks for an explanation" and _kinship(clause, document_words) > _FOREIGN
    return "" if belongs else reason


def _parts(sentence: str) -> Iterator[str]:
    """A sentence, then its cells, then what stands apart in those, as far as it is long enough to order."""
    yield sentence
    cells = sentence.split("|")
    parts = [part for cell in cells for part in _APART.split(cell)]
    for part in dict.fromkeys([*cells, *parts]):
        if part != sentence and len(part.split()) >= _SHORTEST_CLAUSE:
            yield part.strip()


def suspicious_title(title: str, text: str) -> bool:
    """Whether a title, which is shown beside every quote, orders or asks for something else than its text."""
    return bool(_reason(title, _content_words(text)))


def _is_strange(sentence: str, document_words: Counter[str]) -> bool:
    """Whether a question or request has too little in common with its document to belong to it."""
    largest = strangeness(sentence)
    return largest is not None and _kinship(sentence, document_words) <= largest


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """Sentences; one that opens a quotation together with the next few, up to the one that ends it."""
    spans = sentence_spans(text, start, end)
    at = 0
    while at < len(spans):
        near = range(at, min(at + _LONGEST_QUOTATION, len(spans)))
        stop = next((last for last in near if not _is_open(text[spans[at][0] : spans[last][1]])), at)
        yield spans[at][0], spans[stop][1]
        at = stop + 1


def _is_open(sentence: str) -> bool:
    return sentence.count('"') % 2 == 1 or sentence.count("“") > sentence.count("”")


def _content_words(text: str) -> Counter[str]:
    """Stems, crudely cut to six letters, of the words that carry meaning."""
    words = (match[0].lower() for match in _CONTENT_WORD.finditer(without_joiners(text)))
    return Counter(word[:6] for word in words if word not in _FUNCTION_WORDS)


def _kinship(sentence: str, document_words: Counter[str]) -> float:
    """Share of the sentence's words of meaning that stand elsewhere in the document; 1 if untold."""
    own = _content_words(sentence)
    if not own or sum(document_words.values()) <= _FEWEST_WORDS:
        return 1.0
    return sum(document_words[word] > count for word, count in own.items()) / len(own)
