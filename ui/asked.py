"""`lightqa asked` for people: checking questions asked in advance, and drafting them."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ui.plain import printable
from ui.progress import progress_bars


def check(paths: Sequence[str]) -> int:
    """Hold the sidecars of some files and folders against their documents; faults go to stderr.

    Returns:
        How many faults there are: rows that cannot be used, sidecars without a document, and wordings
        that are asked twice with different first words to say.
    """
    from index.asked import Places, asked_by_headings, place
    from index.clean import examine
    from index.errors import AskedError
    from index.load import load_paths
    from index.sidecar import SUFFIX, read_sidecar, sidecar_of
    from index.split import split
    from index.types import Passage

    documents, _ = load_paths(paths)
    passages: list[Passage] = []
    for document in documents:
        passages += split(document, examine(document)[0], len(passages))
    places = Places(documents, passages)
    faults: list[AskedError] = []
    table = Table("questions asked in advance of", "answered", "not answered", "faults")
    first_place: dict[str, tuple[str, object]] = {}
    sidecars = {sidecar_of(document.path): document for document in documents}
    for document in sidecars.values():
        entries, unreadable = read_sidecar(document.path)
        placed, misplaced = place(entries, places)
        own = [*unreadable, *misplaced]
        for entry in entries:
            said = entry.quotes[0] if entry.quotes else None
            before, other = first_place.setdefault(entry.question.casefold(), (entry.place, said))
            if other != said:
                own.append(AskedError(entry.place, f"asks as {before} does, and has other words said first"))
        if entries or own:
            count = Counter(each.answered for each in placed)
            table.add_row(
                escape(printable(document.path)), str(count[True]), str(count[False]), str(len(own))
            )
        faults += own
    for sidecar in _sidecars(paths):
        if sidecar not in sidecars:
            stem = sidecar.removesuffix(SUFFIX)
            faults.append(AskedError(sidecar, f"stands beside no document; expected {stem}.md or the like"))
    headings = sum(1 for _ in asked_by_headings(passages))
    for fault in faults:
        print(f"lightqa: {printable(str(fault))}", file=sys.stderr)
    Console().print(table)
    print(f"{headings} headings of the documents ask by themselves. {len(faults) or 'No'} faults.")
    return len(faults)


def _sidecars(paths: Sequence[str]) -> list[str]:
    """The sidecars in some folders."""
    from index.sidecar import SUFFIX

    return [
        os.path.join(parent, name)
        for path in paths
        for parent, _, names in os.walk(path)
        for name in sorted(names)
        if name.endswith(SUFFIX)
    ]


def draft_questions(folder: Path, index_folder: Path, url: str | None, model: str | None) -> None:
    """Draft questions into the sidecars of a folder.

    Raises:
        WriterError: No writer was named. WriterAway: It does not answer. DraftError: Nothing to draft for.
    """
    from index.search import PassageIndex
    from qa.writer.client import WriterError, writer_of
    from qa.writer.drafting import draft

    writer = writer_of(url, model)
    if writer is None:
        raise WriterError("Who is to draft? Name a model: --writer URL --writer-model NAME.")
    if writer.warning:
        print(f"lightqa: {writer.warning} So is every sentence of these documents.", file=sys.stderr)
    index = PassageIndex.open(index_folder)
    count: Counter[str] = Counter()
    try:
        with progress_bars() as show:
            for drafted in draft(
                folder, index, writer, lambda done, total: show("Drafting questions", done, total)
            ):
                count["sentences"] += 1
                count["kept"] += len(drafted.kept)
                count["missed"] += len(drafted.missed)
    finally:
        print(
            f"{count['sentences']} sentences, {count['kept']} questions kept, {count['missed']} not: they "
            "find another sentence first, or are asked already."
        )
    if count["kept"]:
        print(f"Read them in the .asked.jsonl files, then index again: lightqa index {folder}")
