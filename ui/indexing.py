"""`lightqa index` for people: progress, what was skipped and why, what the index holds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ui.progress import progress_bars

LONGEST_SHOWN = 120
"""Characters of a quarantined passage that the report shows."""


def index_paths(paths: Sequence[str], folder: Path, model: str | None) -> int:
    """Build an index of some files and folders, showing progress on stderr.

    Returns:
        How many files were named on stderr and skipped.

    Raises:
        LightqaError: No document could be read, or the index cannot be built.
    """
    from index.build import build
    from index.errors import IndexFolderError
    from index.load import FilesLeftOut, load_paths

    documents, faults = load_paths(paths)
    for fault in faults:
        print(f"lightqa: skipped {fault}", file=sys.stderr)
    # That a folder also holds pictures or programs is no fault of a document.
    faults = [fault for fault in faults if not isinstance(fault, FilesLeftOut)]
    if not documents:
        raise IndexFolderError(
            f"No document could be read from {', '.join(paths)}. "
            "Name .txt, .md, .html, .pdf or .docx files, or folders of them."
        )
    with progress_bars() as show:
        report = build(documents, folder, model=model, progress=show)
    for error in report.asked_errors:
        print(f"lightqa: skipped {error}", file=sys.stderr)
    for path in report.without_prose:
        print(f"lightqa: skipped {path}: holds no sentence that can be quoted.", file=sys.stderr)
    if report.quarantined:
        print(
            f"lightqa: set aside {report.quarantined} spans that give orders to a program or hide from the "
            f"reader; they are never quoted. To see them: lightqa index --report --index {folder}",
            file=sys.stderr,
        )
    changes = [
        f"{len(changed)} {name}"
        for name, changed in (
            ("added", report.added),
            ("changed", report.changed),
            ("removed", report.removed),
        )
        if changed
    ]
    print(
        f"{report.documents} documents ({', '.join(changes) or 'no change'}), {report.passages} passages, "
        f"{report.sentences} sentences, {report.asked} questions asked in advance in {folder}; "
        f"{report.encoded} texts embedded with {report.encoder}, {report.reused} taken over; "
        f"{report.seconds:.1f} s."
    )
    return len(faults) + len(report.without_prose) + len(report.asked_errors)


def print_report(folder: Path) -> None:
    """Print the documents of an index, and what was set aside in them and why."""
    from index.clean import examine
    from index.search import PassageIndex

    index = PassageIndex.open(folder)
    table = Table(
        "document", "title", "kind", "passages", title=f"Index {folder}, built {index.manifest['built']}"
    )
    aside = Table("document", "from", "to", "why", "what", title="Set aside, never quoted")
    for path in index.paths():
        document = index.document(path)
        table.add_row(path, escape(document.title), document.kind, str(len(index.passages(path))))
        for suspicion in examine(document)[1]:
            words = " ".join(document.text[suspicion.start : suspicion.end].split())
            shown = words if len(words) <= LONGEST_SHOWN else words[: LONGEST_SHOWN - 1] + "…"
            place = (str(suspicion.start), str(suspicion.end))
            aside.add_row(path, *place, suspicion.reason, escape(ascii(shown)))
    console = Console()
    console.print(table)
    if aside.row_count:
        console.print(aside)
