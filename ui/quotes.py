"""The quotes of an answer as they are shown: a list as a list, rows of a table as a small table."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from index.readable import cells, list_lines, readable, row_in_words
from qa.types import COMPANIONS, Citation, Gloss, Reply
from ui.running import running

_STEP = re.compile(r"\(?\d{1,3}[.)]|step \d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Shown:
    """Citations that are read as one.

    Attributes:
        kind: "sentence", "list" or "table".
        citations: What is cited, in order; a list's intro and a table's header first.
        place, under: Those of the first quoted sentence; see qa.types.
    """

    kind: str
    citations: tuple[Citation, ...]
    place: str = "in short"
    under: str = ""

    @property
    def main(self) -> Citation:
        """The first that is no companion of another."""
        own = (citation for citation in self.citations if citation.role not in COMPANIONS)
        return next(own, self.citations[0])

    @property
    def lines(self) -> tuple[str, list[str]]:
        """The intro of a list, empty where steps have none, and its items."""
        lines = [line for citation in self.citations for line in list_lines(citation.quote)]
        return (lines[0], lines[1:]) if lines and not _STEP.match(lines[0]) else ("", lines)

    @property
    def rows(self) -> list[list[str]]:
        """The rows of a table, its header first where there is one."""
        return [cells(citation.quote) for citation in self.citations if citation.role != "caption"]

    @property
    def has_header(self) -> bool:
        return any(citation.role == "header" for citation in self.citations)

    @property
    def caption(self) -> str:
        """What stands above a table and tells what its figures are in; "" where the table tells it itself."""
        above = (readable(citation.quote) for citation in self.citations if citation.role == "caption")
        return next(above, "")


def shown(reply: Reply) -> list[Shown]:
    """The quotes of a reply, each with what it is read with."""
    places = {citation.number: citation for citation in reply.citations}
    said = {sentence.citation: sentence for sentence in reply.sentences}
    quoted = [places[sentence.citation] for sentence in reply.sentences]
    groups: list[list[Citation]] = []
    for citation in quoted:
        with_last = groups and set(citation.read_with) & {each.number for each in groups[-1]}
        rows_alone = groups and citation.role == "row" == groups[-1][-1].role and not citation.read_with
        rows_alone = rows_alone and said[citation.number].place == said[groups[-1][0].number].place
        if with_last or (rows_alone and citation.document == groups[-1][-1].document):
            groups[-1].append(citation)
        else:
            groups.append([citation])
    return [
        Shown(_kind(group), tuple(group), said[group[0].number].place, said[group[0].number].under)
        for group in groups
    ]


def _kind(group: Sequence[Citation]) -> str:
    roles = {citation.role for citation in group}
    if roles & {"row", "header"}:
        return "table"
    return "list" if len(group) > 1 or roles & {"list"} else "sentence"


def as_text(quotes: Shown) -> Iterator[str]:
    """The lines of a quote in a terminal or in Markdown, not yet escaped."""
    numbers = " ".join(f"[{citation.number}]" for citation in quotes.citations)
    if quotes.kind == "table":
        if quotes.caption:
            yield f"“{quotes.caption}”"
        header = next((each.quote for each in quotes.citations if each.role == "header"), "")
        for citation in quotes.citations:
            if citation.role not in ("caption", "header"):
                yield f"“{row_in_words(header, citation.quote)}”"
        yield numbers
    elif quotes.kind == "list":
        intro, items = quotes.lines
        yield f"“{intro}"
        yield from (f"  {item}" if _STEP.match(item) else f"  - {item}" for item in items)
        yield f"” {numbers}"
    else:
        yield f"“{one_line(quotes.main.quote)}” {numbers}"


def one_line(quote: str) -> str:
    """A quote on one line as people read it."""
    return " ".join(readable(quote).split())


def as_html(quotes: Shown, button: dict[int, str], glosses: Sequence[Gloss] = ()) -> str:
    """A quote as a fragment of a page.

    Args:
        quotes: What is shown.
        button: The button of each citation, by its number.
        glosses: Terms of the reply in plain words.
    """
    buttons = " ".join(button[citation.number] for citation in quotes.citations)
    if quotes.kind == "table":
        rows = []
        for number, row in enumerate(quotes.rows):
            tag = "th" if number == 0 and quotes.has_header else "td"
            scope = ' scope="col"' if tag == "th" else ""
            rows.append(
                "<tr>" + "".join(f"<{tag}{scope}>{running(cell, glosses)}</{tag}>" for cell in row) + "</tr>"
            )
        caption = f"<caption>{running(quotes.caption, glosses)}</caption>" if quotes.caption else ""
        return f'<table class="quoted">{caption}{"".join(rows)}</table><p>{buttons}</p>'
    if quotes.kind == "list":
        intro, items = quotes.lines
        head = f"<p>{running(intro, glosses)}</p>" if intro else ""
        kind = "quoted steps" if items and _STEP.match(items[0]) else "quoted"
        told = "".join(f"<li>{running(item, glosses)}</li>" for item in items)
        return f'{head}<ul class="{kind}">{told}</ul><p>{buttons}</p>'
    words = running(one_line(quotes.main.quote), glosses)
    return f'<p><span class="quote">{words}</span> {buttons}</p>'
