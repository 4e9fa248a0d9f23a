"""What a writer wrote, as it is shown above the quotes: as text, as Markdown, as HTML."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from html import escape

from index.search import PassageIndex
from qa.types import Reply
from qa.written import Written, WrittenSentence

FEWER = "Fewer than half of its sentences are borne out by the quotes, so the quotes alone are shown."
CHECKED = "Each sentence was checked against the quotes below, by rules that can be wrong: the quotes count."


def by(written: Written) -> str:
    """Who wrote, and where."""
    return f"Written by {written.model} at {written.where}, not quoted."


def remarks(written: Written) -> list[str]:
    """What is to be said of the text as a whole: why there is none, or no more, and what was dropped."""
    told = [written.problem] if written.problem else []
    if not written.shown:
        if written.sentences:
            told.append(f"{written.model} wrote {_count(len(written.sentences))}. {FEWER}")
        elif written.problem:
            told.append("The quotes stand alone.")
    elif written.dropped:
        told.append(f"{_count(len(written.dropped))} more not borne out by the quotes, and left out.")
    return told


def as_text(written: Written, *, with_dropped: bool = False) -> list[str]:
    """Lines for a terminal."""
    lines = []
    if written.shown:
        lines += [" ".join(_numbered(sentence) for sentence in written.standing), ""]
        lines += [f"{by(written)} {CHECKED}"]
    lines += remarks(written)
    if with_dropped:
        lines += [f"  - dropped: {_numbered(each)} ({each.why})" for each in written.dropped]
    return [*lines, ""]


def as_html(written: Written, buttons: Mapping[int, str], *, still: bool = False) -> str:
    """A fragment of the page, to stand above the quotes.

    Args:
        written: What there is.
        buttons: The button of each citation, by its number.
        still: Whether more is being written, so that nothing can be said of the whole yet.
    """
    parts = ['<section class="written" aria-label="Written from the quotes">']
    standing = written.standing if still or written.shown else ()
    if standing:
        words = " ".join(
            f"<span>{escape(each.text)} {' '.join(buttons[n] for n in each.citations if n in buttons)}</span>"
            for each in standing
        )
        parts.append(f'<p class="words" dir="auto">{words}</p>')
        parts.append(f'<p class="by small">{escape(by(written))} {CHECKED}</p>')
    if not still:
        parts += [f'<p class="note written">{escape(remark)}</p>' for remark in remarks(written)]
        if written.dropped:
            items = "".join(
                f'<li dir="auto"><s>{escape(_numbered(each))}</s> <span>{escape(each.why)}</span></li>'
                for each in written.dropped
            )
            parts.append(
                '<details class="dropped"><summary>What was left out, and why</summary>'
                f"<ul>{items}</ul></details>"
            )
    parts.append("</section>")
    return "".join(parts)


def _numbered(sentence: WrittenSentence) -> str:
    return " ".join([sentence.text, *(f"[{number}]" for number in sentence.citations)])


def _count(number: int) -> str:
    return f"{number} sentence{'' if number == 1 else 's'}"


def put_into_words_by(url: str | None, model: str | None, index: PassageIndex) -> Callable[[Reply], Reply]:
    """What adds a writer's text to replies from an index; warns on stderr of an address elsewhere.

    Raises:
        WriterError: The writer cannot be used as it was named.
    """
    from qa.writer.checks.checking import checker_of
    from qa.writer.client import writer_of
    from qa.writer.write import with_text

    writer = writer_of(url, model)
    assert writer is not None
    if writer.warning:
        print(f"lightqa: {writer.warning}", file=sys.stderr)
    checker = checker_of(index)
    return lambda reply: with_text(reply, writer, checker)
