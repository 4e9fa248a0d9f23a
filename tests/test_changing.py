"""What people change through the routes: the right quote is kept, and one build at a time holds nobody up."""

from __future__ import annotations

import asyncio
import json
import shutil
import threading
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import APIRouter, FastAPI

from index.build import build
from index.errors import LightqaError
from index.types import Document
from qa.types import Answer, Reply
from ui.changing import document_routes, keeping_routes
from ui.library import Library
from ui.saved import SavedReplyError
from ui.uploads import Uploads

BATHS = """# Baths

Prices in euros, by bath:

| Bath | Price |
|---|---|
| Foot | 7 |
| Whole | 19 |
"""

WAITING = 50
"""More requests than a server has threads, which are 40."""


@pytest.fixture(scope="module")
def library(shipped_index_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = shutil.copytree(shipped_index_folder, tmp_path_factory.mktemp("baths") / "index")
    build([Document("baths.md", "Baths", BATHS)], folder)
    return Library(str(folder))


def client(router: APIRouter) -> httpx.AsyncClient:
    app = FastAPI()
    app.include_router(router)
    return httpx.AsyncClient(transport=httpx.ASGITransport(app=app), base_url="http://here")


def keep(library: Library, reply: Reply) -> Any:
    async def run() -> Any:
        async with client(keeping_routes(library)) as page:
            return (await page.post("/kept", json={"reply": reply.as_json()})).json()

    return asyncio.run(run())


def test_of_a_table_the_row_that_answered_is_kept(library: Library) -> None:
    reply = library.ask("What is the price of a foot bath?")
    assert isinstance(reply, Answer)
    assert [citation.role for citation in reply.citations][:3] == ["caption", "header", "row"]
    told = keep(library, reply)
    [kept] = library.edition.index.kept.all()
    assert (kept.id, kept.quote.words) == (told["kept"], "Foot | 7")


def test_of_a_reply_without_quotes_nothing_is_kept(library: Library) -> None:
    reply = replace(library.ask("What is the price of a foot bath?"), sentences=(), citations=())
    with pytest.raises(SavedReplyError, match="Nothing is quoted here"):
        keep(library, reply)


class Building:
    """Uploads whose builds wait until they may go on, and then end as they are told to."""

    def __init__(
        self, library: Library, monkeypatch: pytest.MonkeyPatch, error: Exception | None = None
    ) -> None:
        self.uploads = Uploads(library)
        self.go_on = threading.Event()
        self.begun = 0
        self.error = error
        monkeypatch.setattr(self.uploads, "index", self._index)

    def _index(self, progress: Any) -> Any:
        self.begun += 1
        assert self.go_on.wait(60)
        progress("Embedding", 1, 2)
        if self.error:
            raise self.error
        return self.uploads.library.edition


def lines(response: httpx.Response) -> list[Any]:
    return [json.loads(line) for line in response.text.splitlines()]


def test_while_many_wait_for_a_build_everything_else_is_answered(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    building = Building(library, monkeypatch)

    async def run() -> list[httpx.Response]:
        async with client(document_routes(library, building.uploads, keeps=False)) as page:
            try:
                waiting = [asyncio.create_task(page.post("/documents/index")) for _ in range(WAITING)]
                while not building.begun:
                    await asyncio.sleep(0.01)
                await asyncio.sleep(0.2)
                listed = await asyncio.wait_for(page.get("/documents"), 20)
                assert listed.status_code == 200 and building.begun == 1
            finally:
                building.go_on.set()
            return await asyncio.gather(*waiting)

    ended = asyncio.run(run())
    assert building.begun == WAITING
    step, last = lines(ended[-1])
    assert step == {"doing": "Embedding", "done": 1, "total": 2}
    assert last == {"documents": 1, "passages": library.edition.passages}


@pytest.mark.parametrize(
    ("error", "told"),
    [
        (LightqaError("Another process builds."), "Another process builds."),
        (OSError("No space left"), "No space left"),
        (ZeroDivisionError(), "Hier ist etwas schiefgegangen. Bitte versuchen Sie es noch einmal."),
    ],
)
def test_a_build_that_fails_says_so_in_its_last_line(
    library: Library,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
    error: Exception,
    told: str,
) -> None:
    building = Building(library, monkeypatch, error)
    building.go_on.set()

    async def run() -> httpx.Response:
        async with client(document_routes(library, building.uploads, keeps=False)) as page:
            return await page.post("/documents/index?language=de")

    *_, last = lines(asyncio.run(run()))
    assert last == {"error": told}
    assert not building.uploads.changing.locked()
    logged = [record.exc_info[1] for record in caplog.records if record.exc_info]
    assert logged == ([error] if isinstance(error, ZeroDivisionError) else [])
