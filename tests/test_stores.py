"""One contract, two stores: an index in its folder, and one whose passages lie in a real Milvus server."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from milvus_server import MilvusServer

from index.build import build
from index.errors import LightqaError, StoreError
from index.load import load_paths
from index.milvus import MilvusIndex
from index.milvus_rows import ENCODER_PROPERTY
from index.milvus_server import Server, store_of
from index.search import PassageIndex
from index.types import Document
from index.update import update
from qa.ask import Assistant
from qa.evaluate import load_questions
from qa.types import Answer

ROOT = Path(__file__).parent.parent
QUESTION = "How long does a cold laser session last?"
QUESTIONS = 60


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[MilvusServer]:
    server = MilvusServer(tmp_path_factory.mktemp("milvus"))
    server.start()
    yield server
    server.kill()


@pytest.fixture(scope="module")
def milvus_folder(
    server: MilvusServer, shipped_index_folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = shutil.copytree(shipped_index_folder, tmp_path_factory.mktemp("stored") / "index")
    with contextlib.chdir(ROOT):
        documents, _ = load_paths(["seeds/articles", "seeds/evidence"])
    build(iter(documents), folder, store=server.address)
    return folder


@pytest.fixture(params=["embedded", "milvus"])
def index(request: pytest.FixtureRequest, shipped_index_folder: Path) -> PassageIndex:
    if request.param == "embedded":
        return PassageIndex.open(shipped_index_folder)
    return PassageIndex.open(request.getfixturevalue("milvus_folder"))


def test_texts_and_spans_are_exact(index: PassageIndex, shipped_index: PassageIndex) -> None:
    assert index.paths() == shipped_index.paths()
    assert index.digests() == shipped_index.digests()
    assert index.kinds() == shipped_index.kinds()
    assert index.titles() == {path: shipped_index.document(path).title for path in shipped_index.paths()}
    for path in index.paths():
        document = index.document(path)
        assert document == shipped_index.document(path)
        passages = index.passages(path)
        assert passages == shipped_index.passages(path)
        assert index.passages_by_id([passage.id for passage in passages[::-1]]) == passages[::-1]
        for passage in passages:
            assert document.text[passage.start : passage.end] == passage.text
    assert index.holds(index.paths()[0]) and not index.holds("gone.md")
    with pytest.raises(LightqaError, match=r"gone\.md is not in the index"):
        index.document("gone.md")


def test_vectors_and_words_are_those_of_the_encoder(index: PassageIndex, shipped_index: PassageIndex) -> None:
    passage = shipped_index.passages(shipped_index.paths()[1])[2]
    expected = shipped_index.sentence_vectors(passage)
    assert index.sentence_vectors(passage) == pytest.approx(expected, abs=2e-2)
    asked = [(passage, sentence) for sentence in passage.sentences]
    for found, known in zip(index.sentence_tokens(asked), shipped_index.sentence_tokens(asked), strict=True):
        assert found[0] == known[0]
        assert (found[1] * known[1]).sum(axis=1).min() > 0.99
    assert dict(index.vocabulary) == dict(shipped_index.vocabulary)


def test_rankings_agree(index: PassageIndex, shipped_index: PassageIndex) -> None:
    rows = load_questions(ROOT / "seeds" / "questions.jsonl")
    asked = list(dict.fromkeys(row.text for row in rows if not row.earlier and row.split == "dev"))
    overlap, same = [], []
    for question in asked[:: len(asked) // QUESTIONS]:
        found = [hit.passage.id for hit in index.search(question, 10)]
        known = [hit.passage.id for hit in shipped_index.search(question, 10)]
        overlap.append(len(set(found) & set(known)) / 10)
        same.append(found[0] == known[0])
    assert np.mean(overlap) >= 0.99
    assert np.mean(same) >= 0.97
    by_words = {hit.passage.id: hit.bm25 for hit in shipped_index.search(QUESTION, 20, ranking="bm25")}
    found_by_words = {hit.passage.id: hit.bm25 for hit in index.search(QUESTION, 20, ranking="bm25")}
    assert found_by_words == pytest.approx(by_words, abs=1e-3)
    assert index.search("zzyzx qwghlm", 3, ranking="bm25") == []
    assert [hit.passage.id for hit in index.search(QUESTION, 1, including=[40])][1:] == [40]
    hit = index.asked_in_advance(QUESTION, 1)[0]
    assert hit.asked == shipped_index.asked_in_advance(QUESTION, 1)[0].asked


def test_the_assistant_answers_the_same(index: PassageIndex, assistant: Assistant) -> None:
    reply, expected = Assistant(index).ask(QUESTION), assistant.ask(QUESTION)
    assert isinstance(reply, Answer) and isinstance(expected, Answer)
    assert [citation.quote for citation in reply.citations] == [each.quote for each in expected.citations]


def small(tmp_path: Path, shipped_index_folder: Path, server: MilvusServer, *texts: str) -> Path:
    folder = tmp_path / "small"
    if not folder.exists():
        shutil.copytree(shipped_index_folder, folder)
    build(
        [Document(f"{number}.txt", f"Note {number}", text) for number, text in enumerate(texts)],
        folder,
        store=f"milvus+http://127.0.0.1:{server.port}/small",
    )
    return folder


def test_what_is_removed_is_gone_from_the_server(
    tmp_path: Path, shipped_index_folder: Path, server: MilvusServer
) -> None:
    others = set(server.collections())
    folder = small(tmp_path, shipped_index_folder, server, "Zebras graze.", "The password is wisteria.")
    before = set(server.collections()) - others
    assert len(before) == 3
    # The store is remembered, so that a later build need not name it.
    build([Document("0.txt", "Note 0", "Zebras graze.")], folder)
    after = set(server.collections()) - others
    assert len(after) == 3 and not after & before
    index = PassageIndex.open(folder)
    assert isinstance(index, MilvusIndex) and index.paths() == ["0.txt"]
    assert others <= set(server.collections())
    assert Server(server.address)("describe_alias", "small")["collection_name"] in after
    with pytest.raises(StoreError, match="is built whole"):
        update(folder, remove=["0.txt"])


def test_an_encoder_of_another_make_is_refused(
    tmp_path: Path, shipped_index_folder: Path, server: MilvusServer
) -> None:
    folder = small(tmp_path, shipped_index_folder, server, "Zebras graze.")
    collection = PassageIndex.open(folder).manifest["collection"]
    Server(server.address)("alter_collection_properties", collection, {ENCODER_PROPERTY: "another"})
    with pytest.raises(StoreError, match=r"made by another encoder \(another\)"):
        PassageIndex.open(folder)


def test_a_server_that_dies_is_told_and_the_index_answers_when_it_is_back(
    tmp_path: Path, shipped_index_folder: Path
) -> None:
    server = MilvusServer(tmp_path / "own")
    server.start()
    try:
        folder = small(tmp_path, shipped_index_folder, server, "Zebras graze at dawn.")
        index = PassageIndex.open(folder)
        found = index.search("When do zebras graze?", 1)
        server.kill()
        with pytest.raises(StoreError, match=f"Milvus server at http://127.0.0.1:{server.port} did not"):
            index.search("When do zebras graze?", 1)

        def dying() -> Iterator[Document]:
            yield Document("1.txt", "Note 1", "Owls hunt at night.")

        with pytest.raises(StoreError):
            build(dying(), folder)
        server.start()
        assert index.search("When do zebras graze?", 1) == found
        assert PassageIndex.open(folder).search("When do zebras graze?", 1) == found

        def killed() -> Iterator[Document]:
            yield Document("1.txt", "Note 1", "Owls hunt at night.")
            server.kill()

        with pytest.raises(StoreError):
            build(killed(), folder)
        server.start()
        assert PassageIndex.open(folder).search("When do zebras graze?", 1) == found
        build([Document("1.txt", "Note 1", "Owls hunt at night.")], folder)
        assert PassageIndex.open(folder).paths() == ["1.txt"]
        assert len(server.collections()) == 3
    finally:
        server.kill()


@pytest.mark.parametrize(
    "address", ["milvus://127.0.0.1:19530/health", "milvus+http://127.0.0.1:19530", "milvus+http://h:1/a-b"]
)
def test_an_address_that_is_none_is_refused(address: str) -> None:
    with pytest.raises(StoreError, match=r"expected milvus\+http://HOST:PORT/NAME"):
        store_of(address)


def test_without_the_client_the_message_says_what_to_type(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pymilvus", None)
    with pytest.raises(StoreError, match=r"pip install 'lightqa\[milvus\]'"):
        Server("milvus+http://127.0.0.1:19530/health")
