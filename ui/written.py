"""What a writer wrote, as it is shown above the quotes: as text, as Markdown, as HTML."""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping
from html import escape

from index.search import PassageIndex
from qa.types import Reply
from qa.written import Written, WrittenSentence
from ui.texts import counted, said_html, t


def _checked() -> str:
    return t(
        "Each sentence was checked against the quotes below, by rules that can be wrong: the quotes count."
    )


def by(written: Written) -> str:
    """Who wrote, and where."""
    return t("Written by {model} at {where}, not quoted.", model=written.model, where=written.where)


def remarks(written: Written) -> list[str]:
    """What is to be said of the text as a whole: why there is none, or no more, and what was dropped."""
    told = [t(written.problem)] if written.problem else []
    if not written.shown:
        if written.sentences:
            count = counted(len(written.sentences), "sentence")
            told.append(t("{model} wrote {sentences}.", model=written.model, sentences=count))
            told[-1] += " " + t(
                "Fewer than half of its sentences are borne out by the quotes, so the quotes alone are shown."
            )
        elif written.problem:
            told.append(t("The quotes stand alone."))
    elif written.dropped:
        count = counted(len(written.dropped), "sentence")
        told.append(t("{sentences} more not borne out by the quotes, and left out.", sentences=count))
    return told


def as_text(written: Written, *, with_dropped: bool = False) -> list[str]:
    """Lines for a terminal."""
    lines = []
    if written.shown:
        lines += [" ".join(_numbered(sentence) for sentence in written.standing), ""]
        lines += [f"{by(written)} {_checked()}"]
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
    parts = [f'<section class="written" aria-label="{t("Written from the quotes")}">']
    standing = written.standing if still or written.shown else ()
    if standing:
        words = " ".join(
            f"<span>{escape(each.text)} {' '.join(buttons[n] for n in each.citations if n in buttons)}</span>"
            for each in standing
        )
        parts.append(f'<p class="words" dir="auto">{words}</p>')
        parts.append(f'<p class="by small">{escape(by(written))} {_checked()}</p>')
    if not still:
        parts += [f'<p class="note written">{escape(remark)}</p>' for remark in remarks(written)]
        if written.dropped:
            items = "".join(
                f'<li><s dir="auto">{escape(_numbered(each))}</s> <span>{_why(each)}</span></li>'
                for each in written.dropped
            )
            parts.append(
                f'<details class="dropped"><summary>{t("What was left out, and why")}</summary>'
                f"<ul>{items}</ul></details>"
            )
    parts.append("</section>")
    return "".join(parts)


def _why(sentence: WrittenSentence) -> str:
    """Why a sentence was dropped, the words of the sentence and of the quotes apart from the page's own."""
    # What an older version kept in a browser is in English.
    if isinstance(sentence.why, str):
        return f'<span lang="en">{escape(sentence.why)}</span>'
    return said_html(sentence.why)


def _numbered(sentence: WrittenSentence) -> str:
    return " ".join([sentence.text, *(f"[{number}]" for number in sentence.citations)])


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
