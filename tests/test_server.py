"""The server as programs see it: over Gradio's client, over MCP, over plain HTTP, and many at once."""

from __future__ import annotations

import asyncio
import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import httpx
import pytest
from serving import served

from index.types import Document
from index.update import update
from qa.types import DISCLAIMER
from ui import page
from ui.library import Library
from ui.server import ServerError, application, listen

ROOT = Path(__file__).parent.parent
QUESTION = "How long does a cold laser session last?"
WORDS = "10 to 20 minutes"


@pytest.fixture(scope="module")
def library(shipped_index_folder: Path) -> Library:
    return Library(str(shipped_index_folder))


@pytest.fixture(scope="module")
def address(library: Library) -> Iterator[str]:
    with contextlib.chdir(ROOT), served(library, mcp=True) as address:
        yield address


def asked(address: str, question: str) -> Any:
    """The reply to a question over plain HTTP."""
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        joined = client.post("gradio_api/call/ask", json={"data": [question, []]}).json()
        told = client.get(f"gradio_api/call/ask/{joined['event_id']}").text
    [reply] = json.loads(told.partition("event: complete\ndata: ")[2])
    return reply


def test_gradios_client_gets_the_json_of_the_reply(address: str, library: Library) -> None:
    from gradio_client import Client

    reply = Client(address, verbose=False).predict(QUESTION, api_name="/ask")
    expected = library.ask(QUESTION).as_json()
    assert {**reply, "seconds": 0} == {**json.loads(json.dumps(expected)), "seconds": 0}
    assert any(WORDS in citation["quote"] for citation in reply["citations"])
    assert reply["disclaimer"] == DISCLAIMER


def test_earlier_questions_are_taken_along(address: str, library: Library) -> None:
    from gradio_client import Client

    client = Client(address, verbose=False)
    earlier = ["How long does a cold laser session last?"]
    reply = client.predict("And what does it do?", earlier, api_name="/ask")
    expected = library.ask("And what does it do?", earlier).as_json()
    assert {**reply, "seconds": 0} == {**json.loads(json.dumps(expected)), "seconds": 0}


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("  ", "The question is empty"),
        ("x" * 2001, "The question has 2,001 characters; at most 2,000 can be asked"),
    ],
)
def test_a_question_that_cannot_be_asked_is_explained(address: str, question: str, told: str) -> None:
    from gradio_client import Client
    from gradio_client.exceptions import AppError

    with pytest.raises(AppError, match=told):
        Client(address, verbose=False).predict(question, api_name="/ask")


def test_plain_http_in_two_steps(address: str) -> None:
    joined = httpx.post(f"{address}gradio_api/call/v2/ask", json={"question": QUESTION}).json()
    told = httpx.get(f"{address}gradio_api/call/ask/{joined['event_id']}").text
    assert told.startswith("event: complete\ndata: ")
    [reply] = json.loads(told.partition("data: ")[2])
    assert WORDS in reply["citations"][0]["quote"]


@pytest.mark.parametrize("path", ["mcp", "gradio_api/mcp/"])
def test_the_official_mcp_client_asks_and_gets_citations(address: str, path: str) -> None:
    from mcp import ClientSession
    from mcp.client.streamable_http import streamable_http_client

    async def exchange() -> tuple[Any, Any, Any, Any]:
        async with (
            streamable_http_client(address + path) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            tools = await session.list_tools()
            reply = await session.call_tool("ask", {"question": QUESTION})
            empty = await session.call_tool("ask", {"question": ""})
            unknown = await session.call_tool("ask", {"question": QUESTION, "document": "nowhere.md"})
            return tools.tools, reply, empty, unknown

    [tool], reply, empty, unknown = asyncio.run(exchange())
    assert tool.name == "ask" and "not medical advice" in tool.description
    assert tool.inputSchema["required"] == ["question"]
    told = json.loads(reply.content[0].text)
    assert WORDS in told["citations"][0]["quote"] and told["disclaimer"] == DISCLAIMER
    assert reply.structuredContent == told
    assert empty.isError and "The question is empty" in empty.content[0].text
    assert set(tool.inputSchema["properties"]) == {"question", "earlier", "document"}
    assert unknown.isError and "This document is not among those" in unknown.content[0].text


def test_without_mcp_there_is_no_mcp(library: Library) -> None:
    with served(library) as address:
        assert httpx.post(f"{address}mcp", json={}).status_code == 404
        assert httpx.post(f"{address}documents?name=a.md", content=b"# A").status_code == 404
        assert httpx.post(f"{address}feedback", json={}).status_code == 404


def test_health_tells_how_much_is_indexed(address: str, library: Library) -> None:
    assert httpx.get(f"{address}health").json() == {
        "status": "ok",
        "documents": library.edition.documents,
        "passages": library.edition.passages,
    }


def test_what_the_command_line_indexes_is_answered_from_without_a_restart(
    index_folder: Path, tmp_path: Path
) -> None:
    words = "A zinc lozenge taken every two hours shortened colds by a day in a small trial."
    zinc = tmp_path / "zinc.md"
    zinc.write_text(f"# Zinc lozenges\n\n{words}\n", encoding="utf-8")
    command = [sys.executable, "-c", "from ui.cli import main; main()", "index", str(zinc)]
    with served(Library(str(index_folder))) as address:
        assert WORDS in asked(address, QUESTION)["citations"][0]["quote"]
        subprocess.run([*command, "--index", str(index_folder)], cwd=ROOT, check=True, capture_output=True)
        reply = asked(address, "How often was a zinc lozenge taken in the small trial?")
        assert [sentence["text"] for sentence in reply["sentences"]] == [words]
        assert asked(address, QUESTION)["kind"] == "refusal"  # its document is no longer indexed
        health = {"status": "ok", "documents": 1, "passages": 1}
        assert httpx.get(f"{address}health").json() == health
        shutil.rmtree(index_folder)
        gone = httpx.get(f"{address}health")
        assert gone.status_code == 503 and "no index" in gone.json()["error"]


def test_a_password_is_asked_for_by_all_but_health(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    from gradio_client import Client

    monkeypatch.setenv("LIGHTQA_AUTH", "anna:secret")
    with served(library) as address:
        assert httpx.get(address).status_code == 401
        assert httpx.get(address, auth=("anna", "wrong")).status_code == 401
        assert httpx.get(address, auth=("anna", "secret")).status_code == 200
        assert httpx.get(f"{address}health").status_code == 200
        header = httpx.BasicAuth("anna", "secret")._auth_header
        client = Client(address, verbose=False, headers={"Authorization": header})
        assert WORDS in client.predict(QUESTION, api_name="/ask")["citations"][0]["quote"]


@pytest.mark.parametrize("given", ["anna", "anna:", ":secret"])
def test_half_a_password_is_refused(library: Library, monkeypatch: pytest.MonkeyPatch, given: str) -> None:
    monkeypatch.setenv("LIGHTQA_AUTH", given)
    with pytest.raises(ServerError, match=r'LIGHTQA_AUTH must be .* without a ":" or with an empty part'):
        application(library)


def test_only_indexed_files_are_handed_out_and_only_as_what_they_are(address: str) -> None:
    article = "seeds/articles/cold-laser-therapy-for-back-pain.md"
    got = httpx.get(f"{address}original", params={"document": article})
    assert got.text == (ROOT / article).read_text(encoding="utf-8")
    assert got.headers["content-type"] == "text/plain; charset=utf-8"
    assert got.headers["content-security-policy"] == "sandbox; default-src 'none'"
    for outside in ("pyproject.toml", "/etc/passwd", "seeds/articles/../../pyproject.toml"):
        assert httpx.get(f"{address}original", params={"document": outside}).status_code == 404
    for path in ("web/..%2Fserver.py", "web/nothing.js"):
        assert httpx.get(address + path).status_code == 404


def test_a_script_of_the_page_is_sent_again_only_where_it_has_changed(address: str) -> None:
    first = httpx.get(f"{address}web/page.js")
    assert first.headers["content-type"] == "text/javascript; charset=utf-8"
    again = httpx.get(f"{address}web/page.js", headers={"if-none-match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")
    # Whoever has it asks all the same, so that nobody keeps the scripts of an older version.
    assert first.headers["cache-control"] == again.headers["cache-control"] == "no-cache"


def test_what_cannot_be_read_is_told_in_a_sentence(address: str, library: Library) -> None:
    unreadable = "The page sent something that cannot be read."
    reply = library.ask(QUESTION).as_json()
    for path, body, told in (
        ("source", {"reply": reply, "number": 99}, "A saved answer lacks a citation"),
        ("source", {"document": {}}, "{} is not in the index"),
        ("source", {"document": "\ud800"}, unreadable),
        ("source", {"document": "nowhere.md"}, "nowhere.md is not in the index"),
        ("source", {}, unreadable),
        ("nearest", {"reply": 1}, "A saved answer cannot be read; ask the question again."),
        ("nearest", {"reply": {**reply, "question": "\ud800"}}, "A saved answer cannot be read"),
        ("render", [], unreadable),
    ):
        sent = json.dumps(body)  # httpx sends no half of a surrogate pair by itself
        response = httpx.post(address + path, content=sent, headers={"content-type": "application/json"})
        assert response.status_code == 422
        assert response.json()["error"].startswith(told)


def test_a_reply_that_cannot_be_read_leaves_the_others_of_its_conversation(
    address: str, library: Library
) -> None:
    reply = library.ask(QUESTION).as_json()
    sent = json.dumps({"replies": [1, reply, {**reply, "question": "\ud800"}]})
    response = httpx.post(f"{address}render", content=sent, headers={"content-type": "application/json"})
    first, shown, last = response.json()["html"]
    unreadable = "A saved answer cannot be read; ask the question again."
    assert first == last == f'<p class="note failed" role="alert">{unreadable}</p>'
    assert shown.startswith('<div class="reply answer">') and WORDS in shown


def test_half_a_character_cannot_be_asked() -> None:
    with pytest.raises(ValueError, match="The question holds half a character"):
        page.checked("Does it help \ud800?")


def test_many_people_ask_at_once_and_each_gets_the_own_answer(address: str, library: Library) -> None:
    questions = [
        QUESTION,
        "Does cold laser therapy hurt?",
        "What is collagen for?",
        "Is infrared therapy cheap?",
    ] * 6
    expected = {question: library.ask(question).as_json()["citations"] for question in set(questions)}

    def ask(question: str) -> bool:
        return bool(asked(address, question)["citations"] == expected[question])

    with ThreadPoolExecutor(12) as people:
        assert all(people.map(ask, questions))


def test_nothing_is_kept_of_an_answered_call(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    made = []
    build = page.build
    monkeypatch.setattr(
        "ui.page.build", lambda *given, **options: made.append(build(*given, **options)) or made[0]
    )
    with served(library) as address:
        for _ in range(3):
            asked(address, QUESTION)
        httpx.get(f"{address}health")
        queue = made[0]._queue
        assert len(queue.pending_event_ids_session) == len(queue.pending_messages_per_session) == 0
        assert len(queue.event_ids_to_events) == 0


def test_what_is_counted_tells_kinds_and_seconds_and_no_question(
    shipped_index_folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    logged = Library(str(shipped_index_folder), log=True)
    with served(logged) as address:
        asked(address, QUESTION)
        asked(address, "Is quixotry dangerous?")
        asked(address, "Is quixotry dangerous?")
        told = httpx.get(f"{address}metrics", trust_env=False)
    assert told.headers["content-type"].startswith("text/plain")
    lines = told.text.splitlines()
    assert 'lightqa_replies_total{kind="answer"} 1.0' in lines
    assert 'lightqa_replies_total{kind="refusal"} 2.0' in lines
    assert "lightqa_reply_seconds_count 3.0" in lines
    assert f'lightqa_index{{fingerprint="{logged.edition.index.fingerprint}"}} 1.0' in lines
    assert f"lightqa_passages {float(logged.edition.passages)}" in lines
    rows = [json.loads(line) for line in capsys.readouterr().err.splitlines() if line.startswith("{")]
    assert [row["kind"] for row in rows] == ["answer", "refusal", "refusal"]
    assert all(row.keys() == {"time", "event", "kind", "seconds", "index"} for row in rows)
    assert "quixotry" not in told.text + json.dumps(rows)


def test_when_too_many_wait_the_next_is_told_so(library: Library, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("ui.page.WAITING", 1)
    with served(library) as address:
        library._asking.acquire()  # somebody's question takes long
        try:
            body = {"data": [QUESTION, []]}
            codes = [httpx.post(f"{address}gradio_api/call/ask", json=body).status_code]
            while codes[-1] == 200 and len(codes) < 10:
                time.sleep(0.1)
                codes.append(httpx.post(f"{address}gradio_api/call/ask", json=body).status_code)
        finally:
            library._asking.release()
    assert codes == [200, 200, 503]  # one is answered, one waits


def test_a_taken_port_is_told_before_anything_is_loaded() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServerError, match=f"Cannot listen on 127.0.0.1 port {port}"):
            listen("127.0.0.1", port)


def test_a_server_of_its_own_says_where_it_is_replies_alike_sees_what_is_added_and_stops_when_told(
    index_folder: Path,
) -> None:
    """Beside one in this process, over the same index."""

    def told(address: str, question: str) -> Any:
        return {**asked(address, question), "seconds": 0}

    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = f"http://127.0.0.1:{port}/"
    ready = f"The chat is ready: http://127.0.0.1:{port}\n"
    command = f"from ui.server import serve; serve({str(index_folder)!r}, port={port})"
    # A proxy that is set for the outside must not stand between this machine and itself.
    environment = {**os.environ, "HTTP_PROXY": "http://192.0.2.1:9", "http_proxy": "http://192.0.2.1:9"}
    with (
        served(Library(str(index_folder))) as here,
        subprocess.Popen(
            [sys.executable, "-c", command],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            cwd=ROOT,
            env=environment,
        ) as running,
    ):
        try:
            assert running.stdout
            assert running.stdout.readline() == ready
            shown = httpx.get(own, trust_env=False)
            assert shown.status_code == 200 and "lightqa-page" in shown.text
            questions = [QUESTION, "Is quixotry dangerous?", "Who should not have laser therapy?"]
            with ThreadPoolExecutor(4) as people:
                ours = people.map(told, [here] * len(questions), questions)
                theirs = people.map(told, [own] * len(questions), questions)
                assert list(ours) == list(theirs)
            before = httpx.get(f"{own}health", trust_env=False).json()["documents"]
            update(index_folder, add=[Document("zebra.txt", "Zebras", "Zebras graze on the plain at dawn.")])
            for address in (here, own):
                health = httpx.get(f"{address}health", trust_env=False).json()
                assert health["documents"] == before + 1
            running.send_signal(signal.SIGINT)
            assert running.wait(timeout=60) == 0
            assert running.stdout.read() == "Stop it with Ctrl-C.\n"  # nothing that was asked is logged
        finally:
            running.kill()
