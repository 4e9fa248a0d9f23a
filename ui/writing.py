"""The route by which the page has an answer put into words, a line for every sentence that was checked."""

from __future__ import annotations

import json
import threading
from collections.abc import AsyncIterator, Iterator
from html import escape
from typing import Any

from fastapi import APIRouter
from fastapi.responses import StreamingResponse
from starlette.concurrency import iterate_in_threadpool

from qa.types import Answer
from qa.verify import verify_reply
from qa.writer.checks.checking import checker_of
from qa.writer.client import Writer
from qa.writer.write import write
from qa.written import Written
from ui import written as shown
from ui.library import Library
from ui.render import citation_button
from ui.saved import SavedReplyError, reply_from_json
from ui.texts import in_language

MOST_AT_ONCE = 4
"""Texts that are written at a time; a model on one machine writes no faster for more."""

BUSY = "The writer is busy with other questions. The quotes stand alone."


def attributes(writer: Writer | None) -> str:
    """What the page is told of its writer, as attributes of its element; empty without one."""
    if writer is None:
        return ""
    told = {"writer": writer.model, "writer-at": writer.url, "writer-warning": writer.warning}
    return " ".join(f'data-{name}="{escape(value)}"' for name, value in told.items())


def writing_route(library: Library, writer: Writer) -> APIRouter:
    """The route that writes; it is there only where a writer was named."""
    router = APIRouter()
    places = threading.BoundedSemaphore(MOST_AT_ONCE)

    @router.post("/write")
    def begin(body: dict[str, Any]) -> StreamingResponse:
        """JSON lines: all that was `written` so far, and its `html`; the last one is `done`."""
        index = library.edition.index
        reply = reply_from_json(body["reply"])
        # What a page sends back may be anything, and only the documents' words may be written of.
        fault = verify_reply(reply.as_json(), index)
        if fault or not isinstance(reply, Answer):
            raise SavedReplyError(
                "This is no answer from the documents as they are now; ask the question again."
            )
        answer: Answer = reply
        stop, checker = threading.Event(), checker_of(index)
        with in_language(body.get("language")):
            buttons = {citation.number: citation_button(citation) for citation in answer.citations}

        def line(written: Written, done: bool) -> str:
            with in_language(body.get("language")):
                html = shown.as_html(written, buttons, still=not done)
            return json.dumps({"written": written.as_json(), "html": html, "done": done}) + "\n"

        def texts() -> Iterator[str]:
            if not places.acquire(blocking=False):
                yield line(Written(writer.model, writer.url, problem=BUSY), True)
                return
            try:
                last = Written(writer.model, writer.url)
                for last in write(answer, writer, checker, stop):
                    yield line(last, False)
                yield line(last, True)
            finally:
                places.release()

        async def until_nobody_reads() -> AsyncIterator[str]:
            try:
                async for each in iterate_in_threadpool(texts()):
                    yield each
            finally:
                stop.set()

        return StreamingResponse(until_nobody_reads(), media_type="application/x-ndjson")

    return router
