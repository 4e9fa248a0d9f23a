"""The command line: `lightqa index`, `ask`, `asked`, `verify`, `evaluate`, `chat`.

Every module that is slow to load is imported by the command that needs it, so that help costs nothing.
"""

from __future__ import annotations

import ctypes
import gc
import io
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import LightqaError
from ui.cli_asked import asked
from ui.cli_checks import evaluate_command, verify
from ui.options import DEFAULT_INDEX, IndexFolder, WriterAddress, WriterModel, shipped_paths
from ui.rows import UsageError, is_whole, printed, rows, turns_of

if TYPE_CHECKING:
    from qa.types import Reply

app = typer.Typer(
    name="lightqa",
    help="Cited question answering over health documents, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


_M_ARENA_MAX = -8
"""Of glibc's malloc.h."""


def main() -> None:
    """Run a command; an error that is written for people goes to stderr in one sentence, with status 2."""
    if isinstance(sys.stdout, io.TextIOWrapper):
        # A terminal or a pipe without “ in its encoding shows ? there, and goes on.
        sys.stdout.reconfigure(errors="replace")
    try:
        app()
    except LightqaError as error:
        print(f"lightqa: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        # The reader of our output has left (`| head`); Python must not complain about it at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _share_one_arena() -> None:
    """Has all threads take memory from one arena, where the C library is glibc.

    Each arena keeps what is freed in it: models that are compiled on a thread of their own left 7 to 10 MB.
    """
    if sys.platform == "linux" and (mallopt := getattr(ctypes.CDLL(None), "mallopt", None)):
        mallopt(_M_ARENA_MAX, 1)


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
    reader: Annotated[
        str | None,
        typer.Option(
            metavar="FOLDER", help="A CrossEncoder that reads the evidence; `none` for no reader, `shipped`."
        ),
    ] = None,
    pack: Annotated[
        str | None,
        typer.Option(
            metavar="NAME", help="What the documents are about: `health`, or `none` for any other field."
        ),
    ] = None,
    store: Annotated[
        str | None,
        typer.Option(
            metavar="ADDRESS",
            help="Keep the passages in Milvus: milvus+http://HOST:PORT/NAME. Later builds remember it.",
        ),
    ] = None,
    workers: Annotated[
        str | None,
        typer.Option(
            metavar="WORKERS",
            help="Read and embed on Ray: `ray` starts one here, ray://HOST:PORT is a cluster's. Same index.",
        ),
    ] = None,
    add: Annotated[
        bool, typer.Option("--add", help="Add these files to what is indexed, or renew them there.")
    ] = False,
    remove: Annotated[
        list[str] | None, typer.Option(metavar="PATH", help="Take this document out of the index.")
    ] = None,
    report: Annotated[
        bool,
        typer.Option(
            "--report",
            help="List what is indexed, what was not read and why, and what was set aside and why.",
        ),
    ] = False,
) -> None:
    """Index documents: the index then holds exactly these files, or with --add and --remove these changes.

    Ends with a table of what was read of each file that was named, and what was not. Exit status 0 when
    all of it was read, 1 when some was not (a file, a page, an attachment), 2 when there is no new index.
    """
    from ui.indexing import change_index, index_paths, print_report, refuse_to_replace

    all_read = True
    if add or remove:
        if model or reader or pack or store or workers or (paths and not add) or (add and not paths):
            raise UsageError(
                "An index is changed by what is added to it and what is removed: "
                "lightqa index --add FILES… --remove PATH"
            )
        all_read = change_index(paths or [], remove or [], index)
    elif paths or not report:
        if not paths:
            refuse_to_replace(index, shipped_paths())
        all_read = index_paths(paths or shipped_paths(), index, model, reader, pack, store, workers)
    if report:
        print_report(index)
    if not all_read:
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
    writer: WriterAddress = None,
    writer_model: WriterModel = None,
    dropped: Annotated[
        bool, typer.Option("--dropped", help="Show what the writer wrote and the checks left out, and why.")
    ] = False,
) -> None:
    """Ask the indexed documents one question, or a file of them.

    Rows of a file hold `question`, or `turns` (a conversation whose last turn is answered), and may
    hold an `id`, which the reply carries. A bad row is named and skipped; the exit status is then 1.
    """
    if (question is None) == (source is None):
        raise UsageError('Ask one question or name a file: lightqa ask "How long does a session last?"')
    if question is not None and not is_whole(question):
        raise UsageError("The question holds bytes that are no UTF-8, so it cannot be read. Type it again")
    if source is None:
        # Nearly all that is made at the start stays; looking for garbage among it took 6 % of the time.
        gc.disable()
        # OpenVINO imports its converter of models where it can, which takes half of the time of importing it.
        sys.modules["openvino.tools.ovc"] = None  # type: ignore[assignment]
        _share_one_arena()
    from index.search import PassageIndex

    opened = PassageIndex.open(index)  # Its encoder is compiled while the rest is imported.
    from qa.ask import Assistant
    from ui import plain

    assistant = Assistant(opened)
    put_into_words: Callable[[Reply], Reply] = lambda reply: reply  # noqa: E731
    if writer or writer_model:
        from ui.written import put_into_words_by

        put_into_words = put_into_words_by(writer, writer_model, assistant.index)
    if question is not None:
        reply = put_into_words(assistant.ask(question))
        if as_json:
            print(printed(reply.as_json()))
        else:
            print(plain.text(reply, with_dropped=dropped))
        return
    assert source is not None
    bad = 0
    for place, row in rows(source):
        try:
            turns = turns_of(place, row)
        except UsageError as error:
            print(f"lightqa: {error}", file=sys.stderr)
            bad += 1
            continue
        reply = put_into_words(assistant.ask(turns[-1], turns[:-1]))
        if as_json:
            print(printed(reply.as_json(id=row.get("id"))), flush=True)
        else:
            asked_for = plain.printable(turns[-1])
            print(f"> {asked_for}\n\n{plain.text(reply, with_dropped=dropped)}\n", flush=True)
    if bad:
        raise typer.Exit(1)


app.add_typer(asked, name="asked")
app.command()(verify)
app.command("evaluate")(evaluate_command)


@app.command()
def chat(
    index: IndexFolder = Path(DEFAULT_INDEX),
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 lets other machines in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65_535, help="Port to listen on.")] = 7860,
    mcp: Annotated[bool, typer.Option("--mcp", help="Offer `ask` as an MCP tool too.")] = False,
    allow_uploads: Annotated[
        bool, typer.Option("--allow-uploads", help="Let visitors add and remove documents.")
    ] = False,
    feedback: Annotated[
        str | None, typer.Option(metavar="FILE", help="Store thumbs up and down in this file.")
    ] = None,
    log: Annotated[
        bool, typer.Option("--log", help="Tell each reply on stderr as a line of JSON, without its question.")
    ] = False,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the page in a browser.")] = False,
    writer: WriterAddress = None,
    writer_model: WriterModel = None,
) -> None:
    """Serve the chat as a web page on this machine."""
    from qa.writer.client import writer_of
    from ui.server import serve

    serve(
        str(index),
        host,
        port,
        mcp=mcp,
        allow_uploads=allow_uploads,
        feedback=feedback,
        log=log,
        open_browser=open_browser,
        writer=writer_of(writer, writer_model),
    )
