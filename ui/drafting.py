"""`lightqa asked draft` for people: a bar while a model drafts questions, and what came of it."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

from index.search import PassageIndex
from qa.writer.client import WriterError, writer_of
from ui.progress import progress_bars


def draft_questions(folder: Path, index_folder: Path, url: str | None, model: str | None) -> None:
    """Draft questions into the sidecars of a folder.

    Raises:
        WriterError: No writer was named. WriterAway: It does not answer. DraftError: Nothing to draft for.
    """
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
