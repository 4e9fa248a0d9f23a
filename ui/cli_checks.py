"""The commands that hold lightqa to its word: `lightqa verify` and `lightqa evaluate`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from ui.options import DEFAULT_INDEX, IndexFolder, WriterAddress, WriterModel, seeds_folder
from ui.rows import UsageError, rows


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
        _refuse_with("--beir", gate=gate, accept=accept, report=report)
        # The index of the shipped documents is not a collection's: only a folder that was named is used.
        named = None if index == Path(DEFAULT_INDEX) else index
        evaluating.evaluate_collection(beir, split, named, run, json_file)
        return
    seeds = seeds_folder()
    asked, only = questions or seeds / "questions.jsonl", None if split == "all" else split
    if part == "writer":
        _refuse_with("writer", gate=gate, accept=accept, report=report, run=run)
        evaluating.evaluate_writer(
            index,
            planted or seeds / "planted.jsonl",
            asked,
            only,
            (writer, writer_model),
            json_file,
        )
        return
    evaluation = evaluating.evaluate_questions(
        index,
        asked,
        only,
        [part] if part else OF_ANY_DOCUMENTS if questions else PARTS,
        run,
    )
    accepted = seeds / "accepted.json"
    evaluating.write_results(evaluation, json_file, report, accepted)
    if accept is not None:
        evaluating.accept_figures(evaluation, accepted, accept, seeds.parent / "DECISIONS.md")
    if gate and not evaluating.pass_gate(evaluation, accepted):
        raise typer.Exit(1)


def _refuse_with(measured: str, **options: object) -> None:
    """Refuses options that are not known there: left alone, a gate would let everything through."""
    if given := [f"--{name}" for name, value in options.items() if value not in (None, False)]:
        raise UsageError(
            f"{measured} knows no {', '.join(given)}. Leave it out, or evaluate without {measured}"
        )
