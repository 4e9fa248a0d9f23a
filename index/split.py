"""A document into passages of whole sentences, every one an exact span."""

from __future__ import annotations

from bisect import bisect_right
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from index.abbreviations import SHORT_FORM, abbreviations
from index.clean import examine
from index.readable import is_to_fill_in, readable
from index.said import say
from index.sentences import Span, names_the_next, sentence_spans, strip_span
from index.types import QUOTABLE, Block, Companion, Document, Part, Passage, Sentence

PASSAGE_CHARACTERS = 1500
"""Longest passage. Chosen on SciFact's train queries; the curve is in DECISIONS.md."""

NO_PROSE = say("holds no sentence that can be quoted")
"""Why a document without a passage is in no index."""

_SENTENCE_END = "\x1e"
_PARAGRAPH_END = "\x1d"


@dataclass(frozen=True, slots=True)
class _Section:
    heading: str
    paragraphs: list[list[Span]]


class SplitDocument(NamedTuple):
    """A document and what it holds.

    Attributes:
        passages: Numbered from 0; none where there is nothing to quote.
        set_aside: How many of its spans are never quoted, because they give orders or hide from the reader.
    """

    document: Document
    passages: list[Passage]
    set_aside: int


def split_document(document: Document, size: int = PASSAGE_CHARACTERS) -> SplitDocument:
    """Examine a document and split it into passages of at most `size` characters."""
    structure, suspicions = examine(document)
    return SplitDocument(document, split(document, structure, 0, size), len(suspicions))


def split(
    document: Document, blocks: Sequence[Block], first_id: int = 0, size: int = PASSAGE_CHARACTERS
) -> list[Passage]:
    """The passages of a document, in reading order.

    A passage never crosses a heading, and crosses a paragraph or a sentence only where it must: a
    sentence longer than `size` is cut between words, and each piece then counts as a sentence.
    Noise may lie inside a passage's span but never inside a sentence's; quarantined text in neither.

    Args:
        document: The document.
        blocks: Its blocks, from `index.clean.blocks`.
        first_id: Number of the first passage.
        size: Longest passage, in characters.
    """
    passages: list[Passage] = []
    starts = [block.start for block in blocks]
    explained = {
        short: span
        for short, span in abbreviations(document.text).items()
        if _may_be_quoted(blocks, starts, span)
    }
    for section in _sections(document, blocks):
        for spans in _chunks(document.text, section.paragraphs, size):
            start, end = spans[0][0], spans[-1][1]
            sentences = tuple(
                _sentence(document, blocks[bisect_right(starts, span[0]) - 1], *span, explained)
                for span in spans
            )
            passages.append(
                Passage(
                    id=first_id + len(passages),
                    document=document.path,
                    title=document.title,
                    kind=document.kind,
                    section=section.heading,
                    page=sentences[0].page,
                    start=start,
                    end=end,
                    text=document.text[start:end],
                    sentences=sentences,
                )
            )
    return passages


def _may_be_quoted(blocks: Sequence[Block], starts: Sequence[int], span: Span) -> bool:
    """Whether a span lies in one block, and in none that was set aside."""
    at = bisect_right(starts, span[0]) - 1
    return at >= 0 and blocks[at].role in (*QUOTABLE, "heading") and span[1] <= blocks[at].end


def _sentence(
    document: Document, block: Block, start: int, end: int, explained: Mapping[str, Span]
) -> Sentence:
    """A span as a sentence that knows its page and what it is read with."""
    text = document.text
    # What it abbreviates without saying it.
    named = SHORT_FORM.findall(text[start:end]) if explained else ()
    own = text[start:end].lower()
    long_forms = dict.fromkeys(explained[short] for short in named if short in explained)
    unsaid = [at for at in long_forms if text[slice(*at)].lower() not in own]
    read_with = [*block.companions, *(Companion(*at, "long form") for at in unsaid)]
    page = bisect_right(document.pages, start) if document.pages else None
    return Sentence(
        start,
        end,
        text[start:end],
        role=block.role if block.role in QUOTABLE else "prose",
        page=page,
        label=document.labels[page - 1] if page and document.labels else "",
        recognised=page in document.recognised,
        companions=tuple(Part(c.role, c.start, c.end, text[c.start : c.end]) for c in read_with),
        whole=Part("list", *block.whole, text[slice(*block.whole)]) if block.whole else None,
    )


def _sections(document: Document, blocks: Sequence[Block]) -> list[_Section]:
    sections = [_Section("", [])]
    times = Counter(_heading(document, block).casefold() for block in blocks if block.role == "heading")
    above: list[tuple[int, str]] = []
    for block in blocks:
        if block.role == "heading":
            heading = _heading(document, block)
            while above and above[-1][0] >= block.level:
                above.pop()
            # "Ingredients" of which recipe, the heading above it tells.
            said_again = times[heading.casefold()] > 1 and above and above[-1][1]
            sections.append(_Section(f"{above[-1][1]}: {heading}" if said_again else heading, []))
            above.append((block.level, heading))
            if block.whole:  # it opens a list, and stands for it
                sections[-1].paragraphs.append([(block.start, block.end)])
        elif block.role == "quarantined":
            # A passage's text is shown and searched: it must not span what was set aside.
            sections.append(_Section(sections[-1].heading, []))
        elif block.role == "row":
            sections[-1].paragraphs.append([(block.start, block.end)])
        elif block.role in QUOTABLE:
            spans = _with_title(document.text, sentence_spans(document.text, block.start, block.end))
            if said := [span for span in spans if not is_to_fill_in(document.text[slice(*span)])]:
                sections[-1].paragraphs.append(said)
    return [section for section in sections if section.paragraphs]


def _with_title(text: str, spans: list[Span]) -> list[Span]:
    """The sentences of a paragraph, of which the first is quoted with the title that stands before it."""
    if len(spans) < 2 or not names_the_next(text[slice(*spans[0])]):
        return spans
    return [(spans[0][0], spans[1][1]), *spans[2:]]


def _heading(document: Document, block: Block) -> str:
    """The words of a heading; "" for the title, which stands in front of every passage anyway."""
    heading = readable(" ".join(document.text[block.start : block.end].split()))
    return "" if heading.casefold() == document.title.casefold() else heading


def _chunks(text: str, paragraphs: list[list[Span]], size: int) -> list[list[Span]]:
    """Sentence spans, passage by passage.

    The splitter works on a copy of the section, as long as the original, in which everything but
    the sentences is blank and the last character of each sentence is a separator. Its pieces join
    up to the copy again, so their lengths alone give the offsets, also in repetitive text.
    """
    start, end = paragraphs[0][0][0], paragraphs[-1][-1][1]
    sentences = [span for paragraph in paragraphs for span in paragraph]
    if end - start < size:
        return [list(filter(None, (strip_span(text, *span) for span in sentences)))]
    copy = [" "] * (end - start)
    for paragraph in paragraphs:
        for sentence_start, sentence_end in paragraph:
            words = text[sentence_start : sentence_end - 1]
            for mark in (_SENTENCE_END, _PARAGRAPH_END):
                words = words.replace(mark, " ")
            copy[sentence_start - start : sentence_end - start] = words + _SENTENCE_END
        copy[paragraph[-1][1] - 1 - start] = _PARAGRAPH_END
    # Most sections are shorter, and it is slow to import.
    from langchain_text_splitters import RecursiveCharacterTextSplitter

    splitter = RecursiveCharacterTextSplitter(
        separators=[_PARAGRAPH_END, _SENTENCE_END, " ", ""],
        chunk_size=size,
        chunk_overlap=0,
        keep_separator="end",
        strip_whitespace=False,
    )
    chunks: list[list[Span]] = []
    at, number = start, 0
    for piece in splitter.split_text("".join(copy)):
        inside: list[Span] = []
        begin, at = at, at + len(piece)
        while number < len(sentences) and sentences[number][0] < at:
            first, end = sentences[number]
            # Whole, unless a sentence is longer than a passage.
            if span := strip_span(text, max(first, begin), min(end, at)):
                inside.append(span)
            if end > at:
                break
            number += 1
        if inside:
            chunks.append(inside)
    return chunks
