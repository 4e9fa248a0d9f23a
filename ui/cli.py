"""The command line: `lightqa index`, `ask`, `asked`, `verify`, `evaluate`, `chat`.

Every module that is slow to load is imported by the command that needs it, so that help costs nothing.
"""

from __future__ import annotations

import gc
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from index.errors import LightqaError
from ui.rows import UsageError, rows, turns_of

if TYPE_CHECKING:
    from qa.types import Reply

DEFAULT_INDEX = ".lightqa/index"

app = typer.Typer(
    name="lightqa",
    help="Cited question answering over health documents, on your own machine.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)

asked = typer.Typer(help="Questions asked in advance, in files beside the documents.", no_args_is_help=True)
app.add_typer(asked, name="asked")

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

    Ends with a table of what was read of each file, and what was not. Exit status 0 when all that was named
    was read, 1 when some of it was not (a file, a page, an attachment), 2 when there is no new index.
    """
    from ui.indexing import change_index, index_paths, print_report

    all_read = True
    if add or remove:
        if model or reader or pack or store or (paths and not add) or (add and not paths):
            raise UsageError(
                "An index is changed by what is added to it and what is removed: "
                "lightqa index --add FILES… --remove PATH"
            )
        all_read = change_index(paths or [], remove or [], index)
    elif paths or not report:
        all_read = index_paths(paths or _shipped_paths(), index, model, reader, pack, store)
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
    if source is None:
        # Nearly all that is made at the start stays; looking for garbage among it took 6 % of the time.
        gc.disable()
    from index.search import PassageIndex
    from qa.ask import Assistant
    from ui import render

    assistant = Assistant(PassageIndex.open(index))
    put_into_words: Callable[[Reply], Reply] = lambda reply: reply  # noqa: E731
    if writer or writer_model:
        from ui.written import put_into_words_by

        put_into_words = put_into_words_by(writer, writer_model, assistant.index)
    if question is not None:
        reply = put_into_words(assistant.ask(question))
        if as_json:
            print(json.dumps(reply.as_json(), ensure_ascii=False))
        else:
            print(render.text(reply, with_dropped=dropped))
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
            print(json.dumps(reply.as_json(id=row.get("id")), ensure_ascii=False), flush=True)
        else:
            print(f"> {turns[-1]}\n\n{render.text(reply, with_dropped=dropped)}\n", flush=True)
    if bad:
        raise typer.Exit(1)


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

    if check(paths or _shipped_paths()):
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
    from ui.drafting import draft_questions

    draft_questions(folder, index, writer, writer_model)


@app.command()
def verify(
    replies: Annotated[
        str | None,
        typer.Argument(
            metavar="[REPLIES.jsonl]", help="What `lightqa ask --json` printed; none for the index."
        ),
    ] = None,
    index: IndexFolder = Path(DEFAULT_INDEX),
) -> None:
    """Check every quote of every reply against the index, or every byte of the index itself.

    It fails on the first quote that is not there, or on the first file that is not as it was written.
    """
    from index.generation import verify_generation
    from index.search import PassageIndex
    from qa.verify import verify_reply

    if replies is None:
        print(f"{verify_generation(index)} files in {index}, every one as it was written.")
        return
    opened = PassageIndex.open(index)
    checked = quotes = 0
    for place, row in rows(replies):
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


@app.command("evaluate")
def evaluate_command(
    part: Annotated[
        str | None,
        typer.Argument(
            help="retrieval, answers, refusal, conversation, safety, handbook; none for all. Or writer."
        ),
    ] = None,
    index: IndexFolder = Path(DEFAULT_INDEX),
    questions: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Questions instead of the shipped ones.")
    ] = None,
    split: Annotated[
        str, typer.Option(help="Which rows; rows that name no split always count. `all` takes every row.")
    ] = "test",
    beir: Annotated[
        Path | None, typer.Option(metavar="FOLDER", help="Measure rankings on a collection in BEIR's layout.")
    ] = None,
    run: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write the ranking in TREC's format.")
    ] = None,
    json_file: Annotated[
        Path | None, typer.Option("--json", metavar="FILE", help="Write everything as JSON.")
    ] = None,
    report: Annotated[
        Path | None, typer.Option(metavar="FILE", help="Write one self-contained HTML page.")
    ] = None,
    gate: Annotated[
        bool, typer.Option("--gate", help="Exit with 1 if a figure fell below the accepted ones.")
    ] = False,
    accept: Annotated[
        str | None, typer.Option(metavar="WHY", help="Accept these figures, and say what changed.")
    ] = None,
    planted: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Planted sentences for `writer` instead of the shipped."),
    ] = None,
    writer: WriterAddress = None,
    writer_model: WriterModel = None,
) -> None:
    """Measure the chat on questions whose answers are known, each figure beside its baseline."""
    from qa.evaluate import OF_ANY_DOCUMENTS, PARTS
    from ui import evaluating

    if beir is not None:
        if part not in (None, "retrieval"):
            raise UsageError(
                f"--beir measures retrieval, not {part}. Type: lightqa evaluate retrieval --beir {beir}"
            )
        # The index of the shipped documents is not a collection's: only a folder that was named is used.
        named = None if index == Path(DEFAULT_INDEX) else index
        evaluating.evaluate_collection(beir, split, named, run, json_file)
        return
    seeds = _seeds()
    if part == "writer":
        evaluating.evaluate_writer(
            index,
            planted or seeds / "planted.jsonl",
            questions or seeds / "questions.jsonl",
            None if split == "all" else split,
            (writer, writer_model),
            json_file,
        )
        return
    evaluation = evaluating.evaluate_questions(
        index,
        questions or seeds / "questions.jsonl",
        None if split == "all" else split,
        [part] if part else OF_ANY_DOCUMENTS if questions else PARTS,
        run,
    )
    accepted = seeds / "accepted.json"
    evaluating.write_results(evaluation, json_file, report, accepted)
    if accept is not None:
        evaluating.accept_figures(evaluation, accepted, accept, seeds.parent / "DECISIONS.md")
    if gate and not evaluating.pass_gate(evaluation, accepted):
        raise typer.Exit(1)


@app.command()
def chat(
    index: IndexFolder = Path(DEFAULT_INDEX),
    host: Annotated[
        str, typer.Option(help="Address to listen on; 0.0.0.0 lets other machines in.")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port to listen on.")] = 7860,
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
    from ui.server import serve

    named_writer = None
    if writer or writer_model:
        from qa.writer.client import writer_of

        named_writer = writer_of(writer, writer_model)
    serve(
        str(index),
        host,
        port,
        mcp=mcp,
        allow_uploads=allow_uploads,
        feedback=feedback,
        log=log,
        open_browser=open_browser,
        writer=named_writer,
    )


def _seeds() -> Path:
    """The folder of the shipped documents and questions."""
    import seeds

    return Path(seeds.__path__[0])


def _shipped_paths() -> list[str]:
    """The shipped documents, relative to the working folder where they lie below it."""
    folder = _seeds()
    if folder.is_relative_to(Path.cwd()):
        folder = folder.relative_to(Path.cwd())
    return [str(folder / part) for part in ("articles", "evidence")]
