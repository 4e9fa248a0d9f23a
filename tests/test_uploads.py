"""Documents added in the browser: names stay in place, limits hold, answers come without a restart."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from index.errors import DocumentError, LightqaError
from qa.types import Answer
from ui import reading
from ui.documents import html
from ui.library import Library
from ui.uploads import LARGEST_FILE, MOST_FILES, UploadError, Uploads, safe_name

ZINC = b"# Zinc lozenges\n\nA zinc lozenge taken every two hours shortened colds by a day in a small trial.\n"
QUESTION = "How often was a zinc lozenge taken in the small trial?"


async def chunks(contents: bytes) -> AsyncIterator[bytes]:
    for start in range(0, len(contents), 65_536):
        yield contents[start : start + 65_536]


def take(uploads: Uploads, name: str, contents: bytes) -> str:
    return asyncio.run(uploads.take(name, chunks(contents))).path


@pytest.fixture
def uploads(index_folder: Path) -> Uploads:
    return Uploads(Library(str(index_folder)))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("notes.md", "notes.md"),
        ("../../etc/passwd.txt", "passwd.txt"),
        ("..\\..\\windows\\system.txt", "system.txt"),
        ("/absolute/path.md", "path.md"),
        ("C:\\Users\\me\\My notes.PDF", "My notes.pdf"),
        (".hidden.md", "hidden.md"),
        ("a\x00b\n\u202ec.md", "abc.md"),
        ("<img src=x onerror=1>.html", "img src=x onerror=1.html"),
        ("נייר.docx", "נייר.docx"),
        ("Au\u0301n.txt", "Aún.txt"),
        ("x" * 300 + ".txt", "x" * 196 + ".txt"),
        ("é" * 300 + ".txt", "é" * 98 + ".txt"),
        ("two.dots.md", "two.dots.md"),
    ],
)
def test_a_name_stays_the_name_of_one_file(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize(
    "given",
    [
        "", "..", "notes", "run.exe", "a.md/", "page.svg", "...md", ".md",
        "a.asked.jsonl", "a.Asked.JSONL", "a.asked .jsonl", "x" * 188 + ".asked" + "x" * 9 + ".jsonl",
    ],
)  # fmt: skip
def test_a_name_that_is_none_or_of_another_kind_is_refused(given: str) -> None:
    with pytest.raises(UploadError):
        safe_name(given)


def test_a_document_is_answered_from_without_a_restart_and_is_gone_when_removed(uploads: Uploads) -> None:
    library = uploads.library
    before = library.edition
    assert not isinstance(library.ask(QUESTION), Answer)
    path = take(uploads, "../zinc.md", ZINC)
    assert path == str(uploads.folder / "zinc.md") and Path(path).read_bytes() == ZINC
    assert library.edition is before  # taken in, not indexed yet

    steps: list[str] = []
    edition = uploads.index(lambda doing, done, total: steps.append(doing))
    assert edition.documents == before.documents + 1
    assert "Embedding" in steps
    assert uploads.added() == [path]
    assert uploads.index(lambda doing, done, total: None) is edition  # nothing new, so no new generation
    reply = library.ask(QUESTION)
    assert isinstance(reply, Answer)
    assert reply.citations[0].document == path
    assert reply.sentences[0].text == ZINC.decode().split("\n\n")[1].strip()

    uploads.remove(path)
    assert not Path(path).exists()
    assert uploads.added() == [] and library.edition.documents == before.documents
    assert not isinstance(library.ask(QUESTION), Answer)


def test_a_document_that_is_not_indexed_yet_is_listed_and_removed(uploads: Uploads) -> None:
    library = uploads.library
    path = take(uploads, "zinc.md", ZINC)
    assert uploads.added() == [path] and not library.edition.index.holds(path)
    assert f'data-remove="{path}"' in html(library.edition.index, uploads.added())
    uploads.remove(path)
    assert uploads.added() == [] and not Path(path).exists()
    before = library.edition
    assert uploads.index(lambda doing, done, total: None) is before


def test_a_document_that_is_added_again_and_removed_does_not_come_back(uploads: Uploads) -> None:
    path = take(uploads, "zinc.md", ZINC)
    uploads.index(lambda doing, done, total: None)
    assert take(uploads, "zinc.md", ZINC) == path
    uploads.remove(path)
    assert not uploads.index(lambda doing, done, total: None).index.holds(path)


def test_another_file_of_the_same_name_takes_a_free_one_and_the_same_one_its_own(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = ZINC + b"\nIt was a small one.\n"
    folder = uploads.folder
    assert take(uploads, "zinc.md", ZINC) == str(folder / "zinc.md")
    second = take(uploads, "zinc.md", other)
    assert second == str(folder / "zinc (2).md")
    assert take(uploads, "zinc.md", ZINC) == str(folder / "zinc.md")
    assert take(uploads, "zinc.md", other) == second
    edition = uploads.index(lambda doing, done, total: None)
    assert sorted(uploads.added()) == [second, str(folder / "zinc.md")]
    assert edition.index.document(second).text == (folder / "zinc (2).md").read_text() == other.decode()
    monkeypatch.setattr("ui.uploads.MOST_FILES", 2)
    with pytest.raises(UploadError, match=r"^zinc \(3\)\.md: is one too many"):
        take(uploads, "zinc.md", other + b"\nIt was done in spring.\n")
    assert len(uploads.added()) == 2


def test_what_was_never_indexed_is_listed_when_the_server_starts_again(uploads: Uploads) -> None:
    kept = take(uploads, "zinc.md", ZINC)
    uploads.index(lambda doing, done, total: None)
    (uploads.folder / "zinc.asked.jsonl").write_text("", encoding="utf-8")  # by the operator
    waiting = take(uploads, "copper.md", b"# Copper\n\nCopper is lost with zinc.\n")
    again = Uploads(uploads.library)
    assert again.added() == [kept, waiting]
    again.remove(waiting)
    assert again.added() == [kept] and not Path(waiting).exists()


def test_what_was_indexed_from_elsewhere_is_no_file_that_waits(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    take(uploads, "zinc.md", ZINC)
    uploads.index(lambda doing, done, total: None)
    folder = Path(uploads.library.folder)
    monkeypatch.chdir(folder.parent)
    assert Uploads(Library(folder.name)).added() == []


def test_documents_of_the_operator_cannot_be_removed(uploads: Uploads) -> None:
    path = uploads.library.edition.index.paths()[0]
    with pytest.raises(UploadError, match="was not added here"):
        uploads.remove(path)
    assert path in uploads.library.edition.index.paths()


def test_a_file_that_is_too_large_leaves_nothing_behind(uploads: Uploads) -> None:
    with pytest.raises(UploadError, match=r"notes\.txt: is larger than 20 MB"):
        take(uploads, "notes.txt", b"a" * (LARGEST_FILE + 1))
    assert sorted(path for path in uploads.folder.rglob("*") if path.is_file()) == []


def test_a_file_that_is_no_document_is_named_with_the_reason(uploads: Uploads) -> None:
    with pytest.raises(DocumentError, match=r"^broken\.pdf: "):
        take(uploads, "broken.pdf", b"%PDF-1.7 this is no such thing")
    with pytest.raises(DocumentError, match=r"^empty\.md: "):
        take(uploads, "empty.md", b"\n")
    assert sorted(path for path in uploads.folder.rglob("*") if path.is_file()) == []


def test_there_is_a_limit_to_the_number_of_files(uploads: Uploads) -> None:
    document = uploads.library.edition.index.document(uploads.library.edition.index.paths()[0])
    uploads._read = {f"{number}.md": document for number in range(MOST_FILES)}
    with pytest.raises(UploadError, match=f"{MOST_FILES} documents are added already"):
        take(uploads, "one-more.md", ZINC)


def test_of_many_that_come_at_once_no_more_are_taken(
    uploads: Uploads, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ui.uploads.MOST_FILES", 1)

    async def both() -> list[object]:
        coming = (uploads.take(name, chunks(ZINC)) for name in ("zinc.md", "copper.md"))
        return await asyncio.gather(*coming, return_exceptions=True)

    first, second = asyncio.run(both())
    assert isinstance(second, UploadError) and not isinstance(first, UploadError)
    assert uploads.added() == [str(uploads.folder / "zinc.md")]


def test_a_bomb_of_a_document_is_refused_and_the_server_lives(uploads: Uploads, tmp_path: Path) -> None:
    # 4 GB of spaces in a Word file of 4 MB: more than the process that reads it may hold.
    bomb = tmp_path / "bomb.docx"
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        with archive.open("word/document.xml", "w", force_zip64=True) as part:
            block = b" " * 2**24
            for _ in range(64):
                part.write(block)
    with pytest.raises(DocumentError, match=r"^bomb\.docx: "):
        take(uploads, "bomb.docx", bomb.read_bytes())
    assert uploads.library.ask("How long does a cold laser session last?")


def test_reading_is_limited_in_memory_and_can_write_no_file(tmp_path: Path) -> None:
    tried = (
        "import ui.reading as r; r._limit();"
        "print('memory', end=' ')\ntry: bytearray(r.MEMORY)\nexcept MemoryError: print('refused', end=' ')\n"
        f"try:\n f = open({str(tmp_path / 'written')!r}, 'wb', buffering=0); f.write(b'x')\n"
        "except OSError: print('no file')"
    )
    ended = subprocess.run([sys.executable, "-c", tried], capture_output=True, text=True, check=False)
    assert ended.stdout == "memory refused no file\n"
    assert os.path.getsize(tmp_path / "written") == 0


def test_reading_that_never_ends_is_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pipe = tmp_path / "endless.md"
    os.mkfifo(pipe)
    monkeypatch.setattr(reading, "SECONDS", 1)
    with pytest.raises(LightqaError, match=r"endless\.md"):
        reading.read(str(pipe))


def test_a_fault_of_the_reader_is_no_limit_and_is_logged_in_full(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """In the place of the reader stands one that fails: by a bug, and for want of memory."""
    (tmp_path / "ui").mkdir()
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(reading, "_ROOT", tmp_path)
    reader = tmp_path / "ui" / "reading.py"
    reader.write_text("raise AttributeError('no \\x1b[31mpages')", encoding="utf-8")
    with pytest.raises(DocumentError, match=r"^a\.pdf: cannot be read \(AttributeError\)\.$"):
        reading.read("a.pdf")
    assert caplog.messages[0].startswith("a.pdf could not be read:\nTraceback")
    assert caplog.messages[0].endswith("AttributeError: no \ufffd[31mpages")
    caplog.clear()
    for fault in ("raise MemoryError", "import os; os.abort()"):
        reader.write_text(fault, encoding="utf-8")
        with pytest.raises(DocumentError, match="needs more time or memory"):
            reading.read("a.pdf")
    assert caplog.messages == []
