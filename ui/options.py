"""What several commands take: the index folder, a writer, the shipped documents."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

DEFAULT_INDEX = ".lightqa/index"

IndexFolder = Annotated[
    Path, typer.Option("--index", metavar="DIR", envvar="LIGHTQA_INDEX", help="Folder of the index.")
]

WriterAddress = Annotated[
    str | None,
    typer.Option(
        "--writer",
        metavar="URL",
        envvar="LIGHTQA_WRITER",
        help="An OpenAI-compatible address whose model puts the quotes into words, each sentence checked.",
    ),
]
WriterModel = Annotated[
    str | None,
    typer.Option("--writer-model", metavar="NAME", envvar="LIGHTQA_WRITER_MODEL", help="Which model there."),
]


def seeds_folder() -> Path:
    """The folder of the shipped documents and questions."""
    import seeds

    return Path(seeds.__path__[0])


def shipped_paths() -> list[str]:
    """The shipped documents, relative to the working folder where they lie below it."""
    folder = seeds_folder()
    if folder.is_relative_to(Path.cwd()):
        folder = folder.relative_to(Path.cwd())
    return [str(folder / part) for part in ("articles", "evidence")]
