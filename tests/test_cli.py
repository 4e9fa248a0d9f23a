"""The command line as people and programs use it; in processes of its own where those are what is tested."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from commanding import run, run_apart

from ui.rows import printed

ROOT = Path(__file__).parent.parent


def write_notes(folder: Path) -> None:
    """Two documents, and one that cannot be read."""
    folder.mkdir()
    (folder / "zebras.txt").write_bytes(
        "Zebras\r\n\r\nZebras graze at dawn. They rest at noon 🙂.\r\n".encode()
    )
    (folder / "owls.md").write_text(
        "---\ntitle: Owls\nkind: field note\n---\n\nOwls hunt at night.\n", "utf-8"
    )
    (folder / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")


@pytest.fixture(scope="module")
def indexed(
    shipped_index_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, subprocess.CompletedProcess[str]]:
    """A folder of notes and an index over them, and what the command said that made it.

    The index carries the encoder already, so that nothing is converted.
    """
    folder = tmp_path_factory.mktemp("cli")
    write_notes(folder / "notes")
    shutil.copytree(shipped_index_folder, folder / "index")
    return folder, run_apart("index", "notes", "--index", "index", cwd=folder)


@pytest.fixture
def index(indexed: tuple[Path, object], tmp_path: Path) -> Path:
    """A copy of the index to change."""
    return shutil.copytree(indexed[0] / "index", tmp_path / "index")


@pytest.fixture
def notes(index: Path, tmp_path: Path) -> Path:
    """The notes beside the index, to change too."""
    write_notes(tmp_path / "notes")
    return tmp_path / "notes"


def test_a_broken_file_is_named_and_the_rest_goes_on(
    indexed: tuple[Path, subprocess.CompletedProcess[str]],
) -> None:
    _, ended = indexed
    assert ended.returncode == 1
    assert f"skipped {os.path.join('notes', 'broken.pdf')}" in ended.stderr
    assert ended.stdout.startswith("2 documents (2 added, 11 removed)")


def test_documents_are_added_and_removed(notes: Path, index: Path) -> None:
    (notes / "bats.txt").write_text("Bats sleep in caves all day long.\n", "utf-8")
    ended = run(
        "index", "--add", "notes/bats.txt", "--remove", "notes/owls.md", "--index", index, cwd=notes.parent
    )
    # The file that could not be read before is still in the account.
    assert ended.returncode == 1 and "broken.pdf" in ended.stdout
    assert ended.stdout.startswith("2 documents (1 added, 1 removed)")
    assert "bats.txt" in ended.stdout and "zebras.txt" not in ended.stdout  # as it was before
    refused = run("index", "notes", "--remove", "notes/bats.txt", "--index", index, cwd=notes.parent)
    assert refused.returncode == 2 and "lightqa index --add FILES" in refused.stderr


def test_when_nothing_can_be_read_the_old_index_stays(notes: Path, index: Path) -> None:
    ended = run("index", "notes/broken.pdf", "--index", index, cwd=notes.parent)
    assert ended.returncode == 2
    assert "No document could be read from notes/broken.pdf" in ended.stderr
    assert run("ask", "When do owls hunt?", "--json", "--index", index).returncode == 0


def test_a_reply_in_json_points_into_the_file_as_it_was_named(notes: Path, index: Path) -> None:
    ended = run_apart("ask", "When do zebras graze?", "--json", "--index", index)
    reply = json.loads(ended.stdout)
    assert list(reply) == [
        *("id", "question", "understood_as", "kind", "sentences", "citations", "notes", "glosses"),
        *("suggestions", "confidence", "how_often", "disclaimer", "seconds"),
    ]
    (citation, *_) = reply["citations"]
    assert citation["document"] == os.path.join("notes", "zebras.txt")
    text = (notes.parent / citation["document"]).read_bytes().decode("utf-8")
    assert text[citation["start"] : citation["end"]] == citation["quote"] == "Zebras graze at dawn."
    assert reply["sentences"] == [
        {"text": "Zebras graze at dawn.", "citation": 1, "place": "in short", "under": ""}
    ]


def test_a_file_of_questions_is_answered_row_by_row_and_verified(index: Path, tmp_path: Path) -> None:
    rows = [
        {"id": "z", "question": "When do zebras graze?"},
        {"id": 7, "turns": ["When do zebras graze?", "When do owls hunt?"]},
        "not an object",
        {"id": "empty", "question": "  "},
        {"id": "o", "question": "Where do owls hunt, in Belgium?"},
    ]
    questions = tmp_path / "questions.jsonl"
    questions.write_text("\n".join(map(json.dumps, rows)) + "\nnot json\n", "utf-8")
    ended = run("ask", "--from", questions, "--json", "--index", index)
    assert ended.returncode == 1
    replies = [json.loads(line) for line in ended.stdout.splitlines()]
    assert [reply["id"] for reply in replies] == ["z", 7, "o"]
    assert [line for line in (3, 4, 6) if f"{questions}, line {line} " not in ended.stderr] == []

    answered = tmp_path / "replies.jsonl"
    answered.write_text(ended.stdout, "utf-8")
    verified = run("verify", answered, "--index", index)
    assert verified.returncode == 0
    assert verified.stdout.startswith("3 replies, ")

    answered.write_text(ended.stdout.replace("graze at dawn", "graze at dusk"), "utf-8")
    failed = run("verify", answered, "--index", index)
    assert failed.returncode == 1
    assert f"{answered}, line 1: citation 1: 'Zebras graze at dusk.' does not stand at" in failed.stderr


def test_no_odd_row_ends_the_rows_after_it(index: Path) -> None:
    """Half a character, and a nesting and a number beyond what Python reads; out of a pipe, as of a shell."""
    odd = ['{"question": "ok \\ud800 bad"}', "[" * 20_000, "1" * 5001]
    end, beginning = os.pipe()
    with open(beginning, "w", encoding="utf-8") as pipe:
        pipe.write("\n".join([*odd, '{"question": "When do owls \\u001b[31mhunt?"}']))
    source = f"/dev/fd/{end}"
    ended = run("ask", "--from", source, "--index", index)
    os.close(end)
    assert ended.returncode == 1
    assert [line for line in (1, 2, 3) if f"{source}, line {line} " not in ended.stderr] == []
    # A terminal is told nothing by a question, either.
    assert ended.stdout.startswith("> When do owls \ufffd[31mhunt?\n\n")
    refused = run("ask", "--from", index, "--index", index)
    assert refused.returncode == 2 and f"{index} is not a file" in refused.stderr


def test_an_output_without_a_character_goes_on_and_json_keeps_it(
    index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "latin-1")
    ended = run_apart("ask", "When do owls hunt?", "--index", index)
    assert (ended.returncode, ended.stderr) == (0, "")
    assert ended.stdout.startswith("?Owls hunt at night.? [1]\n")
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO(), "latin-1"))
    assert printed({"quote": "“é 🙂”"}) == r'{"quote": "\u201c\u00e9 \ud83d\ude42\u201d"}'


def test_the_index_itself_is_verified_to_the_last_byte(index: Path) -> None:
    verified = run("verify", "--index", index)
    assert verified.returncode == 0
    assert verified.stdout.endswith(f"files in {index}, every one as it was written.\n")
    words = next(index.rglob("word-vectors.bin"))
    words.write_bytes(words.read_bytes()[:-1] + b"?")
    refused = run("verify", "--index", index)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "word-vectors.bin is not what was written" in refused.stderr


def test_a_damaged_index_is_refused_in_one_sentence_with_what_to_type(index: Path) -> None:
    catalog = next(index.rglob("catalog.sqlite"))
    whole = catalog.read_bytes()
    catalog.write_bytes(whole[:-1] + bytes([whole[-1] ^ 1]))
    ended = run_apart("ask", "When do owls hunt?", "--index", index)
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert "catalog.sqlite is not what was written" in ended.stderr
    assert "lightqa index" in ended.stderr
    assert ended.stderr.count("\n") == 1


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["ask"], "Ask one question or name a file"),
        (["ask", "Why?", "--from", "x.jsonl"], "Ask one question or name a file"),
        (["ask", "bad \udcff byte"], "The question holds bytes that are no UTF-8"),
        (["evaluate", "writer", "--gate", "--run", "x"], "writer knows no --gate, --run."),
        (
            ["evaluate", "--beir", "x", "--accept", "better", "--report", "x"],
            "--beir knows no --accept, --report.",
        ),
        (["ask", "Why?"], "There is no index in .lightqa/index. Type: lightqa index"),
        (["verify", "nowhere.jsonl"], "There is no index in .lightqa/index. Type: lightqa index"),
        (["index", "nowhere"], "nowhere"),
        (["chat", "--port", "70000"], "70000 is not in the range"),
    ],
)
def test_a_mistake_is_told_in_one_sentence_and_status_2(
    arguments: list[str], message: str, tmp_path: Path
) -> None:
    ended = run(*arguments, cwd=tmp_path)
    assert ended.returncode == 2
    assert message in ended.stderr
    assert "Traceback" not in ended.stderr


def test_the_report_lists_what_is_indexed(index: Path) -> None:
    ended = run("index", "--report", "--index", index)
    assert ended.returncode == 0
    assert "Owls" in ended.stdout and "field note" in ended.stdout


def test_a_terminal_is_told_nothing_by_titles_and_names_of_files(notes: Path, index: Path) -> None:
    (notes / "\x1b[31m.md").write_text(
        '---\ntitle: "A \\e[31mred owl"\nkind: "\\e[1mnote"\n---\n\nRed owls hunt at noon.\n', "utf-8"
    )
    (notes / "\x1b[31m.pdf").write_bytes(b"%PDF-1.4 nothing")
    (notes / "\x1b[31m.asked.jsonl").write_text("{", "utf-8")
    ended = run("index", "--add", "notes", "--report", "--index", index, cwd=notes.parent)
    checked = run("asked", "check", "notes", cwd=notes.parent)
    assert "A \ufffd[31mred owl" in ended.stdout and "\ufffd[31m.pdf" in ended.stderr
    assert "\ufffd[31m.md" in checked.stdout and "\ufffd[31m.asked.jsonl:1" in checked.stderr
    assert "\x1b" not in ended.stdout + ended.stderr + checked.stdout + checked.stderr


def test_help_loads_no_model() -> None:
    """All in one process: what one help loaded would still be there after the last."""
    code = (
        "import sys\nfrom ui.cli import app\n"
        "for command in ([], ['ask'], ['index'], ['evaluate']):\n"
        "    try: app([*command, '--help'])\n"
        "    except SystemExit as ended: print('status', ended.code)\n"
        "heavy = 'numpy openvino torch faiss gradio sentence_transformers'\n"
        "print([name for name in heavy.split() if name in sys.modules])"
    )
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert ended.stdout.splitlines()[-1] == "[]"
    assert ended.stdout.count("status 0\n") == ended.stdout.count("Usage: ") == 4


def test_the_shipped_documents_take_the_place_of_no_others_unasked(index: Path) -> None:
    before = run("index", "--report", "--index", index).stdout
    refused = run("index", "--index", index)
    assert refused.returncode == 2
    assert (
        f"{index} holds documents that were not shipped with lightqa (2, the first is notes" in refused.stderr
    )
    assert run("index", "--report", "--index", index).stdout == before


def test_the_shipped_documents_are_indexed_when_none_are_named(index_folder: Path) -> None:
    ended = run("index", "--index", index_folder)
    assert ended.returncode == 0
    assert ended.stdout.startswith("11 documents (no change), ")
    assert " 0 texts embedded" in ended.stdout
