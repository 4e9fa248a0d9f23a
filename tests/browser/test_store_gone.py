"""A Milvus server that dies during a chat: page, command line and API say so, and go on when it is back."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import httpx
from driving import OpenPage, ask
from milvus_server import MilvusServer
from playwright.sync_api import expect
from serving import served

from index.build import build
from index.types import Document
from ui.library import Library

ROOT = Path(__file__).parent.parent.parent
QUESTION = "How long does a cold laser session last?"
TEXT = "A cold laser session lasts 10 to 20 minutes."


def from_the_command_line(folder: Path) -> subprocess.CompletedProcess[str]:
    command = [str(Path(sys.executable).parent / "lightqa"), "ask", QUESTION, "--index", str(folder)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def over_http(address: str) -> str:
    with httpx.Client(base_url=address, timeout=60, trust_env=False) as client:
        event = client.post("gradio_api/call/ask", json={"data": [QUESTION, []]}).json()["event_id"]
        return client.get(f"gradio_api/call/ask/{event}").text


def test_a_store_that_dies_is_told_everywhere_and_comes_back(
    open_page: OpenPage, index_folder: Path, tmp_path: Path
) -> None:
    server = MilvusServer(tmp_path / "milvus")
    server.start()
    try:
        build([Document("session.txt", "Cold laser", TEXT)], index_folder, store=server.address)
        with served(Library(str(index_folder))) as address:
            page = open_page(address, refusals=True)
            ask(page, QUESTION)
            expect(page.locator(".turn .quote").first).to_contain_text("10 to 20 minutes")
            server.kill()
            gone = f"The Milvus server at http://127.0.0.1:{server.port} did not do what was asked"
            ask(page, QUESTION)
            expect(page.locator(".turn .failed")).to_contain_text(gone)
            told = over_http(address)
            assert told.startswith("event: error") and gone in told
            done = from_the_command_line(index_folder)
            assert done.returncode == 2 and done.stderr.startswith(f"lightqa: {gone}") and done.stdout == ""
            server.start()
            page.get_by_role("button", name="Try again").click()
            expect(page.locator(".turn .failed")).to_have_count(0)
            expect(page.locator(".turn .quote").last).to_contain_text("10 to 20 minutes")
            [reply] = json.loads(over_http(address).partition("event: complete\ndata: ")[2])
            assert TEXT in reply["citations"][0]["quote"]
    finally:
        server.kill()
