"""`lightqa index` for people: progress, what was skipped and why, what the index holds."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from rich.console import Console
from rich.table import Table

from ui.progress import progress_bars


def index_paths(paths: Sequence[str], folder: Path, model: str | None) -> int:
    """Build an index of some files and folders, showing progress on stderr.

    Returns:
        How many files were named on stderr and skipped.

    Raises:
        LightqaError: No document could be read, or the index cannot be built.
    """
    from index.build import build
    from index.errors import IndexFolderError
    from index.load import load_paths

    documents, faults = load_paths(paths)
    for fault in faults:
        print(f"lightqa: skipped {fault}", file=sys.stderr)
    if not documents:
        raise IndexFolderError(
            f"No document could be read from {', '.join(paths)}. "
            "Name .txt, .md, .html, .pdf or .docx files, or folders of them."
        )
    with progress_bars() as show:
        report = build(documents, folder, model=model, progress=show)
    for path in report.without_prose:
        print(f"lightqa: skipped {path}: holds no sentence that can be quoted.", file=sys.stderr)
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
        f"{report.sentences} sentences in {folder}; {report.encoded} texts embedded with {report.encoder}, "
        f"{report.reused} taken over; {report.seconds:.1f} s."
    )
    return len(faults) + len(report.without_prose)


def print_report(folder: Path) -> None:
    """Print the documents of an index."""
    from index.search import PassageIndex

    index = PassageIndex.open(folder)
    table = Table(
        "document", "title", "kind", "passages", title=f"Index {folder}, built {index.manifest['built']}"
    )
    for path in index.paths():
        document = index.document(path)
        table.add_row(path, document.title, document.kind, str(len(index.passages(path))))
    Console().print(table)
