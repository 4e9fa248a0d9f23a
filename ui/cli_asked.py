"""The commands `lightqa asked check` and `lightqa asked draft`: questions asked in advance."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from ui.options import DEFAULT_INDEX, IndexFolder, WriterAddress, WriterModel, shipped_paths

asked = typer.Typer(help="Questions asked in advance, in files beside the documents.", no_args_is_help=True)


@asked.command("check")
def check_asked(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATHS]...", help="Files and folders; none for the shipped ones."),
    ] = None,
) -> None:
    """Check that every quote of every .asked.jsonl file stands in its document.

    Exit status 0 when all of them do, 1 when something was named that does not.
    """
    from ui.asked import check

    if check(paths or shipped_paths()):
        raise typer.Exit(1)


@asked.command("draft")
def draft_asked(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Folder of indexed documents.")],
    index: IndexFolder = Path(DEFAULT_INDEX),
    writer: WriterAddress = None,
    writer_model: WriterModel = None,
) -> None:
    """Have a model of your own draft questions for each sentence, and keep those that find it.

    They go to the .asked.jsonl files, marked with the model's name. Stopped, it goes on where it was.
    """
    from ui.asked import draft_questions

    draft_questions(folder, index, writer, writer_model)
