"""`lightqa index` for people: progress, then a table of what was read of each file and what was not."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from index.errors import DocumentError, IndexFolderError, LightqaError
from ui.plain import printable
from ui.progress import progress_bars
from ui.rows import UsageError

if TYPE_CHECKING:
    from index.account import FileAccount
    from index.new_generation import BuildReport
    from index.on_ray import RayWorkers
    from index.said import Said
    from index.search import PassageIndex
    from index.split import SplitDocument
    from index.types import Document

LONGEST_SHOWN = 120
"""Characters of a quarantined passage that the report shows."""

MOST_ROWS = 200
"""Files that were read to the full and are listed one by one; those that were not always are."""


def index_paths(
    paths: Sequence[str],
    folder: Path,
    model: str | None,
    reader: str | None,
    pack: str | None = None,
    store: str | None = None,
    workers: str | None = None,
) -> bool:
    """Build an index of some files and folders, showing progress on stderr and the account on stdout.

    Returns:
        Whether everything that was named was read.

    Raises:
        LightqaError: There is no such pack, no document could be read, or the index cannot be built.
    """
    from index.build import build
    from index.load import each_document, each_file
    from index.on_ray import ray_workers
    from qa.evidence.readers import judged_sentences
    from qa.packs import pack_named

    if pack is not None:
        pack_named(pack)
    faults: list[DocumentError] = []
    not_read: list[tuple[str, Said]] = []
    at_work: AbstractContextManager[RayWorkers | None] = ray_workers(workers) if workers else nullcontext()
    with at_work as others:
        documents: Iterator[Document | SplitDocument] = (
            others.documents(each_file(paths), faults) if others else each_document(paths, faults)
        )
        first = next(documents, None)
        if first is None:
            _told(faults)
            raise _nothing_read(paths)

        def read() -> Iterator[Document | SplitDocument]:
            yield first
            yield from documents
            not_read.extend(_told(faults))

        with progress_bars() as show:
            report = build(
                read(),
                folder,
                model=model,
                reader=reader,
                pack=pack,
                judged=judged_sentences,
                store=store,
                workers=others,
                not_read=not_read,
                progress=show,
            )
    return _tell(report, folder, everything=True)


def refuse_to_replace(folder: Path, shipped: Sequence[str]) -> None:
    """Refuses to put the shipped documents in the place of others, which nobody asks for by naming none.

    Args:
        folder: The index.
        shipped: The folders of the shipped documents. Whatever was named from elsewhere ends as they do.

    Raises:
        UsageError: The index holds other documents.
    """
    from index.search import PassageIndex

    try:
        held = PassageIndex.open(folder).paths()
    except LightqaError:
        return  # there is none, or none that can be read
    of_shipped = {Path(path).parts[-2:] for path in shipped}
    if others := [path for path in held if Path(path).parent.parts[-2:] not in of_shipped]:
        raise UsageError(
            f"{folder} holds documents that were not shipped with lightqa ({len(others)}, the first is "
            f"{printable(others[0])}); the shipped ones would take their place. Name your files again, "
            "or index the shipped ones elsewhere: lightqa index --index FOLDER"
        )


def change_index(paths: Sequence[str], removed: Sequence[str], folder: Path) -> bool:
    """Add files and folders to an index and take documents out of it; as `index_paths` in what it tells.

    Raises:
        LightqaError: No document could be read, or the index cannot be changed as asked.
    """
    from index.load import load_paths
    from index.update import update

    documents, faults = load_paths(paths)
    told = _told(faults)
    if paths and not documents:
        raise _nothing_read(paths)
    with progress_bars() as show:
        report = update(folder, add=documents, remove=removed, not_read=told, progress=show)
    return _tell(report, folder, everything=False)


def _told(faults: Sequence[DocumentError]) -> list[tuple[str, Said]]:
    """Names on stderr what was skipped, and gives it for the account of the index."""
    _tell_skipped(faults)
    return [(fault.path, fault.reason) for fault in faults]


def _nothing_read(paths: Sequence[str]) -> IndexFolderError:
    from index.load import KINDS

    return IndexFolderError(
        f"No document could be read from {', '.join(paths)}. "
        f"Name files of these kinds, or folders of them: {', '.join(KINDS)}."
    )


def _tell(report: BuildReport, folder: Path, *, everything: bool) -> bool:
    """Says what a build did, and gives whether all that it tells of was read.

    Args:
        report: What it did.
        folder: The index.
        everything: Whether to tell of all that is indexed, or of what was added or changed alone: what was
            read of a million documents takes a minute to tell. What could not be read is told of in any case.
    """
    from index.search import PassageIndex

    _tell_skipped(report.asked_errors)
    if report.quarantined:
        print(
            f"lightqa: set aside {report.quarantined} spans that give orders to a program or hide from the "
            f"reader; they are never quoted. To see them: lightqa index --report --index {folder}",
            file=sys.stderr,
        )
    kinds = {"added": report.added, "changed": report.changed, "removed": report.removed}
    changes = [f"{len(changed)} {kind}" for kind, changed in kinds.items() if changed]
    print(
        f"{report.documents} documents ({', '.join(changes) or 'no change'}), {report.passages} passages, "
        f"{report.sentences} sentences, {report.asked} questions asked in advance in {folder}; "
        f"{report.encoded} texts embedded with {report.encoder}, {report.reused} taken over; "
        f"{report.seconds:.1f} s."
    )
    index = PassageIndex.open(folder)
    told = _accounts(index, index.paths() if everything else [*report.added, *report.changed])
    _console().print(account_table(told))
    return not report.asked_errors and not any(account.unread for account in told)


def _accounts(index: PassageIndex, paths: Iterable[str]) -> list[FileAccount]:
    """Accounts of the documents of some paths, as far as they are indexed, and of all that was not read."""
    from index.account import account_of, unread_account

    told = [account_of(index, index.document(path)) for path in paths if index.holds(path)]
    return [*told, *(unread_account(path, reason) for path, reason in index.not_read)]


def account_table(told: Sequence[FileAccount]) -> Table:
    """What was read of each file, and what was not; very many that were read to the full are only counted."""
    table = Table("file", "read", "not read, and why", title="What was read")
    whole = [account for account in told if not account.unread]
    for account in told:
        if account.unread or len(whole) <= MOST_ROWS:
            table.add_row(
                _cell(account.path),
                account.read or "nothing",
                _cell("; ".join(map(str, account.unread))),
            )
    if len(whole) > MOST_ROWS:
        passages = sum(account.passages for account in whole)
        table.add_row(f"{len(whole):,} further files", f"{passages:,} passages", "")
    return table


def _cell(words: str) -> str:
    """Words of a document, or the name of a file, in a table in which nothing of them is in force."""
    return escape(printable(words))


def _console() -> Console:
    # Written to a file or a pipe, a path must not be broken into lines of 80 characters.
    return Console(width=None if sys.stdout.isatty() else 500)


def print_report(folder: Path) -> None:
    """Print the documents of an index, what was not read of them, and what was set aside in them and why."""
    from index.clean import examine
    from index.search import PassageIndex

    index = PassageIndex.open(folder)
    table = Table("document", "title", "kind", title=f"Index {folder}, built {index.manifest['built']}")
    aside = Table("document", "from", "to", "why", "what", title="Set aside, never quoted")
    for path in index.paths():
        document = index.document(path)
        table.add_row(_cell(path), _cell(document.title), _cell(document.kind))
        for suspicion in examine(document)[1]:
            words = " ".join(document.text[suspicion.start : suspicion.end].split())
            shown = words if len(words) <= LONGEST_SHOWN else words[: LONGEST_SHOWN - 1] + "…"
            place = (str(suspicion.start), str(suspicion.end))
            aside.add_row(_cell(path), *place, suspicion.reason, escape(ascii(shown)))
    console = _console()
    console.print(table)
    console.print(account_table(_accounts(index, index.paths())))
    if aside.row_count:
        console.print(aside)
    tell_unusable(index)


def tell_unusable(index: PassageIndex) -> None:
    """Names on stderr what was kept with an answer and cannot be used any more."""
    _tell_skipped(index.kept.errors())


def _tell_skipped(errors: Iterable[LightqaError]) -> None:
    for error in errors:
        print(f"lightqa: skipped {printable(str(error))}", file=sys.stderr)
