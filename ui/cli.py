"""The command line: `lightqa index`, `ask`, `verify`, `evaluate`, `chat`.

Every module that is slow to load is imported by the command that needs it, so that help costs nothing.
"""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Any

import typer

from index.errors import LightqaError

DEFAULT_INDEX = ".lightqa/index"

app = typer.Typer(
    name="lightqa",
    help="Cited question answering over health documents, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

IndexFolder = Annotated[
    Path, typer.Option("--index", metavar="DIR", envvar="LIGHTQA_INDEX", help="Folder of the index.")
]


class UsageError(LightqaError):
    """A command was given something that it cannot work with."""


def main() -> None:
    """Run a command; an error that is written for people goes to stderr in one sentence, with status 2."""
    try:
        app()
    except LightqaError as error:
        print(f"lightqa: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has left (`| head`); Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


@app.command("index")
def index_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(metavar="[PATHS]...", help="Files and folders; none for the shipped ones."),
    ] = None,
    index: IndexFolder = Path(DEFAULT_INDEX),
    model: Annotated[
        str | None,
        typer.Option(metavar="FOLDER", help="A sentence-transformers model instead of the shipped one."),
    ] = None,
    report: Annotated[
        bool, typer.Option("--report", help="List what is indexed, and what was set aside and why.")
    ] = False,
) -> None:
    """Index documents: the index then holds exactly these files.

    Exit status 0 when every file was indexed, 1 when some were skipped, 2 when there is no new index.
    """
    from ui.indexing import index_paths, print_report

    skipped = 0
    if paths or not report:
        skipped = index_paths(paths or _shipped_paths(), index, model)
    if report:
        print_report(index)
    if skipped:
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question.")] = None,
    index: IndexFolder = Path(DEFAULT_INDEX),
    as_json: Annotated[bool, typer.Option("--json", help="Print the reply as one line of JSON.")] = False,
    source: Annotated[
        str | None,
        typer.Option(
            "--from", metavar="FILE.jsonl", help="Questions, a JSON row each; - for standard input."
        ),
    ] = None,
) -> None:
    """Ask the indexed documents one question, or a file of them.

    Rows of a file hold `question`, or `turns` (a conversation whose last turn is answered), and may
    hold an `id`, which the reply carries. A bad row is named and skipped; the exit status is then 1.
    """
    if (question is None) == (source is None):
        raise UsageError('Ask one question or name a file: lightqa ask "How long does a session last?"')
    from index.search import PassageIndex
    from qa.ask import Assistant
    from ui import render

    assistant = Assistant(PassageIndex.open(index))
    if question is not None:
        reply = assistant.ask(question)
        print(json.dumps(reply.as_json(), ensure_ascii=False) if as_json else render.text(reply))
        return
    assert source is not None
    bad = 0
    for place, row in _rows(source):
        try:
            turns = _turns(place, row)
        except UsageError as error:
            print(f"lightqa: {error}", file=sys.stderr)
            bad += 1
            continue
        reply = assistant.ask(turns[-1], turns[:-1])
        if as_json:
            print(json.dumps(reply.as_json(id=row.get("id")), ensure_ascii=False), flush=True)
        else:
            print(f"> {turns[-1]}\n\n{render.text(reply)}\n", flush=True)
    if bad:
        raise typer.Exit(1)


@app.command()
def verify(
    replies: Annotated[
        str, typer.Argument(metavar="REPLIES.jsonl", help="What `lightqa ask --json` printed.")
    ],
    index: IndexFolder = Path(DEFAULT_INDEX),
) -> None:
    """Check every quote of every reply against the index; fail on the first that is not there."""
    from index.search import PassageIndex
    from qa.verify import verify_reply

    opened = PassageIndex.open(index)
    checked = quotes = 0
    for place, row in _rows(replies):
        fault = verify_reply(row, opened) if isinstance(row, dict) else "is not a reply"
        if fault:
            print(f"lightqa: {place}: {fault}.", file=sys.stderr)
            raise typer.Exit(1)
        checked += 1
        quotes += len(row["citations"])
    if not checked:
        raise UsageError(
            f"{replies} holds no reply. Write some: lightqa ask --from FILE.jsonl --json > {replies}"
        )
    print(f"{checked} replies, {quotes} quotes, every one verbatim at its place.")


def _shipped_paths() -> list[str]:
    """The shipped documents, relative to the working folder where they lie below it."""
    import seeds

    folder = Path(seeds.__file__).parent
    if folder.is_relative_to(Path.cwd()):
        folder = folder.relative_to(Path.cwd())
    return [str(folder / part) for part in ("articles", "evidence")]


def _rows(source: str) -> Iterator[tuple[str, Any]]:
    """("FILE, line n", parsed row) for every line that is not empty; a line that is no JSON gives None."""
    if source != "-" and not Path(source).is_file():
        raise UsageError(f"{source} is not a file. Name a file with a JSON row on each line")
    with sys.stdin if source == "-" else open(source, encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, start=1):
            if not line.strip():
                continue
            place = f"{source}, line {number}"
            try:
                yield place, json.loads(line)
            except json.JSONDecodeError:
                yield place, None


def _turns(place: str, row: Any) -> list[str]:
    """What the person said, in order: the last is the question to answer."""
    if not isinstance(row, dict):
        raise UsageError(f"{place} is not a JSON object with `question` or `turns`; it is skipped.")
    turns = row.get("turns") if row.get("turns") is not None else [row.get("question")]
    if (
        not isinstance(turns, list)
        or not turns
        or not all(isinstance(turn, str) and turn.strip() for turn in turns)
    ):
        raise UsageError(f"{place} has neither a `question` nor a list of `turns` with text; it is skipped.")
    return turns
