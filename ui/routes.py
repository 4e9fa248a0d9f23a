"""What the page fetches beside `ask`: replies, sources and documents as HTML, and the files themselves."""

from __future__ import annotations

import json
import mimetypes
import re
from datetime import datetime
from html import escape
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Form, Request
from fastapi.responses import (
    FileResponse,
    HTMLResponse,
    JSONResponse,
    PlainTextResponse,
    Response,
)
from fastapi.staticfiles import StaticFiles
from prometheus_client import CONTENT_TYPE_LATEST

from index.errors import LightqaError
from qa.types import Citation, Emergency
from ui import emergency, export, nearest, offered, render, sources
from ui.library import Library
from ui.page import WEB
from ui.saved import SavedReplyError, reply_from_json
from ui.texts import error_text, in_language

_TEXT = "text/plain; charset=utf-8"
_SHOWN_AS = {".txt": _TEXT, ".md": _TEXT, ".pdf": "application/pdf"}
"""What a browser may show of an original file; anything else is handed over as a download."""

_PRINTED = "default-src 'none'; style-src 'self'; script-src 'self'; frame-ancestors 'none'"


class OwnFiles(StaticFiles):
    """The page's scripts, styles and texts: asked for with every page, and sent where they have changed."""

    def __init__(self) -> None:
        # What Windows says of it depends on what is installed there.
        mimetypes.add_type("text/javascript", ".js")
        super().__init__(directory=WEB)

    def file_response(self, *args: Any, **options: Any) -> Response:
        response = super().file_response(*args, **options)
        response.headers["cache-control"] = "no-cache"
        return response


def routes(library: Library) -> APIRouter:
    """The routes that every page needs."""
    router = APIRouter()

    @router.get("/health")
    def health() -> JSONResponse:
        try:
            edition = library.edition
        except LightqaError as error:
            return JSONResponse({"status": "failed", "error": str(error)}, 503)
        return JSONResponse({"status": "ok", "documents": edition.documents, "passages": edition.passages})

    @router.get("/metrics")
    def metrics() -> Response:
        edition = library.edition
        told = library.metrics.text(edition.index.fingerprint, edition.documents, edition.passages)
        return Response(told, media_type=CONTENT_TYPE_LATEST)

    @router.get("/welcome")
    def welcome() -> dict[str, Any]:
        edition = library.edition
        return {
            "documents": edition.documents,
            "passages": edition.passages,
            "examples": library.examples(),
        }

    @router.get("/countries")
    def of_help_lines() -> dict[str, Any]:
        # By itself: nobody who needs a number may have to wait for the examples to be tried.
        assistant = library.edition.assistant
        return {"country": assistant.country, "countries": list(assistant.pack.countries)}

    @router.get("/offered")
    def every_offered() -> dict[str, Any]:
        return {"questions": offered.offered(library.edition.index)}

    @router.post("/next")
    def next_questions(body: dict[str, Any]) -> dict[str, Any]:
        return {"questions": offered.next_questions(library.edition.index, reply_from_json(body["reply"]))}

    @router.post("/render")
    def rendered(body: dict[str, Any]) -> dict[str, Any]:
        edition = library.edition
        country = edition.assistant.country or str(body.get("country", ""))
        language = body.get("language")

        def shown(saved: Any) -> str:
            try:
                reply = reply_from_json(saved)
            except SavedReplyError as error:
                # In its place alone: the conversation around it can be read.
                return f'<p class="note failed" role="alert">{escape(error_text(error))}</p>'
            if isinstance(reply, Emergency):
                return emergency.html(reply, edition.assistant.pack.card(reply, country, str(language)))
            return render.html(
                reply,
                documents=edition.documents,
                passages=edition.passages,
                holds=edition.index.holds,
            )

        with in_language(language):
            return {"html": [shown(saved) for saved in body["replies"]]}

    @router.post("/nearest")
    def nearest_passages(body: dict[str, Any]) -> dict[str, str]:
        with in_language(body.get("language")):
            return {"html": nearest.html(reply_from_json(body["reply"]), library.edition.index)}

    @router.post("/source")
    def source(body: dict[str, Any]) -> dict[str, str]:
        index = library.edition.index
        citations: tuple[Citation, ...] = ()
        number, path = 0, body.get("document")
        if path is None:
            citations = reply_from_json(body["reply"]).citations
            number = body["number"]
            path = next((each.document for each in citations if each.number == number), None)
            if path is None:
                raise SavedReplyError("A saved answer lacks a citation; ask the question again.")
        with in_language(body.get("language")):
            if citations and not index.holds(path):
                return {"html": sources.gone(citations, number)}
            document = index.document(str(path))
            original = f"original?document={quote(document.path)}" if Path(document.path).is_file() else None
            return {"html": sources.html(document, citations, number, original)}

    @router.get("/original")
    def original(document: str) -> Response:
        if not library.edition.index.holds(document) or not Path(document).is_file():
            return PlainTextResponse("The file of this document is gone, or was never indexed.\n", 404)
        path = Path(document)
        shown = _SHOWN_AS.get(path.suffix.casefold())
        return FileResponse(
            path,
            media_type=shown or "application/octet-stream",
            filename=path.name,
            content_disposition_type="inline" if shown else "attachment",
            headers={"content-security-policy": "sandbox; default-src 'none'"},
        )

    @router.post("/export")
    def exported(
        conversation: Annotated[str, Form()],
        form: Annotated[str, Form()],
        language: Annotated[str, Form()] = "en",
    ) -> Response:
        try:
            saved = json.loads(conversation)
        except (ValueError, RecursionError):
            saved = None
        told = export.conversation_from_json(saved, library.edition.index, datetime.now().astimezone())
        with in_language(language):
            made = export.page(told) if form == "page" else export.markdown(told)
        if form == "page":
            return HTMLResponse(made, headers={"content-security-policy": _PRINTED})
        words = "-".join(re.findall(r"[a-z0-9]+", told.title.lower()))[:60].strip("-")
        named = f'attachment; filename="lightqa-{words or "conversation"}.md"'
        return Response(made, media_type="text/markdown", headers={"content-disposition": named})

    @router.get("/manifest.json")
    def manifest() -> FileResponse:
        return FileResponse(WEB / "manifest.json", media_type="application/manifest+json")

    return router


def refused(request: Request, error: Exception) -> JSONResponse:
    """A request that cannot be done: what was wrong, in a sentence that the page shows."""
    with in_language(request.query_params.get("language")):
        return JSONResponse({"error": error_text(error)}, 422)
