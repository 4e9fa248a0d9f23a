"""The routes by which people see the documents, and change what lightqa knows where they may."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import threading
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import StreamingResponse
from starlette.concurrency import run_in_threadpool

from index.errors import LightqaError
from index.sidecar import Quote
from ui import documents, feedback
from ui.library import Library
from ui.quotes import shown
from ui.saved import SavedReplyError, reply_from_json
from ui.texts import in_language, spoken, t
from ui.uploads import Uploads


def document_routes(library: Library, uploads: Uploads | None, *, keeps: bool) -> APIRouter:
    """The view of the documents; with uploads, also adding and removing them.

    Args:
        library: What is shown.
        uploads: Where people may add documents.
        keeps: Whether questions may be kept with their answers, and are listed here.
    """
    router = APIRouter()

    @router.get("/documents")
    def listed(language: str = "en") -> dict[str, str]:
        added = uploads.added() if uploads else []
        with in_language(language):
            return {"html": documents.html(library.edition.index, added, with_kept=keeps)}

    if uploads is None:
        return router

    @router.post("/documents")
    async def take(request: Request, name: str, language: str = "en") -> dict[str, Any]:
        document = await uploads.take(name, request.stream())
        with in_language(language):
            unread = "; ".join(map(spoken, document.unread))
        return {
            "path": document.path,
            "title": document.title,
            "characters": len(document.text),
            "unread": unread,
        }

    @router.delete("/documents")
    async def remove(document: str) -> dict[str, str]:
        async with uploads.changing:
            await run_in_threadpool(uploads.remove, document)
        return {"removed": document}

    @router.post("/documents/index")
    async def index(language: str = "en") -> StreamingResponse:
        """A line of JSON for every step of the build, and a last one with `documents` or `error`."""
        lines: asyncio.Queue[dict[str, Any] | None] = asyncio.Queue()
        loop = asyncio.get_running_loop()

        def here(call: Callable[..., object], *given: object) -> None:
            with contextlib.suppress(RuntimeError):  # the server was stopped; what was begun is finished
                loop.call_soon_threadsafe(call, *given)

        def build() -> None:
            last: dict[str, Any]
            try:
                edition = uploads.index(
                    lambda doing, done, total: here(
                        lines.put_nowait, {"doing": doing, "done": done, "total": total}
                    )
                )
                last = {"documents": edition.documents, "passages": edition.passages}
            except (LightqaError, OSError) as error:  # a full disk, too, is to be told
                last = {"error": str(error)}
            except Exception:  # of our own making: for us in full, for the person in one line
                logging.getLogger(__name__).exception("The documents could not be indexed.")
                with in_language(language):
                    last = {"error": t("Something went wrong here. Please try again.")}
            finally:
                here(uploads.changing.release)
                for line in (last, None):
                    here(lines.put_nowait, line)

        async def told() -> AsyncIterator[str]:
            while (line := await lines.get()) is not None:
                yield json.dumps(line) + "\n"

        await uploads.changing.acquire()
        threading.Thread(target=build).start()
        return StreamingResponse(told(), media_type="application/x-ndjson")

    return router


def keeping_routes(library: Library) -> APIRouter:
    """The routes by which a question is kept with the quote that answered it, and taken back."""
    router = APIRouter()

    @router.post("/kept")
    def keep(body: dict[str, Any]) -> dict[str, str]:
        reply = reply_from_json(body["reply"])
        # What stands first may be what it is read with, as the header of a table is.
        first = next((quotes.main for quotes in shown(reply)), None)
        if first is None:
            raise SavedReplyError("Nothing is quoted here that could be kept.")
        kept = library.edition.index.keep(
            reply.understood_as or reply.question, Quote(first.document, first.quote)
        )
        return {"kept": kept.id}

    @router.delete("/kept")
    def forget(id: str) -> dict[str, str]:
        library.edition.index.kept.remove(id)
        return {"forgotten": id}

    return router


def feedback_route(library: Library, file: str) -> APIRouter:
    """The route that keeps a judgement of a reply."""
    router = APIRouter()

    @router.post("/feedback")
    def keep_judgement(body: dict[str, Any]) -> dict[str, str]:
        row = feedback.row(
            reply_from_json(body["reply"]),
            [str(question) for question in body["earlier"]],
            str(body["reason"]),
            str(body["remark"]),
            str(body["better"]),
            library.edition.index,
        )
        feedback.append(file, row)
        return {"kept": row["id"]}

    return router
