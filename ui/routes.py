"""What the page fetches beside `ask`: replies and sources as HTML, and the files themselves."""

from __future__ import annotations

import mimetypes
from pathlib import Path
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, JSONResponse, PlainTextResponse, Response

from index.errors import LightqaError
from ui import render, sources
from ui.library import Library
from ui.page import WEB
from ui.saved import reply_from_json

_TEXT = "text/plain; charset=utf-8"
_SHOWN_AS = {".txt": _TEXT, ".md": _TEXT, ".pdf": "application/pdf"}
"""What a browser may show of an original file; anything else is handed over as a download."""


def routes(library: Library) -> APIRouter:
    """The routes that every page needs."""
    router = APIRouter()

    @router.get("/health")
    def health() -> dict[str, Any]:
        edition = library.edition
        return {"status": "ok", "documents": edition.documents, "passages": edition.passages}

    @router.get("/welcome")
    def welcome() -> dict[str, Any]:
        edition = library.edition
        return {
            "documents": edition.documents,
            "passages": edition.passages,
            "examples": list(edition.examples),
        }

    @router.post("/render")
    def rendered(body: dict[str, Any]) -> dict[str, Any]:
        edition = library.edition
        return {
            "html": [
                render.html(reply_from_json(reply), documents=edition.documents, passages=edition.passages)
                for reply in body["replies"]
            ]
        }

    @router.post("/source")
    def source(body: dict[str, Any]) -> dict[str, str]:
        index = library.edition.index
        citations = reply_from_json(body["reply"]).citations
        current = next(citation for citation in citations if citation.number == body["number"])
        document = index.document(current.document)
        original = f"original?document={quote(document.path)}" if Path(document.path).is_file() else None
        return {"html": sources.html(document, citations, current.number, original)}

    @router.get("/original")
    def original(document: str) -> Response:
        if document not in library.edition.index.paths() or not Path(document).is_file():
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

    @router.get("/manifest.json")
    def manifest() -> JSONResponse:
        return JSONResponse(
            {
                "name": "lightqa",
                "short_name": "lightqa",
                "description": "Questions answered in quotes from documents on this machine.",
                "start_url": "./",
                "display": "standalone",
                "background_color": "#f6f4ef",
                "theme_color": "#f6f4ef",
                "icons": [
                    {"src": "web/icon-192.png", "sizes": "192x192", "type": "image/png"},
                    {"src": "web/icon-512.png", "sizes": "512x512", "type": "image/png"},
                    {"src": "web/icon.svg", "sizes": "any", "type": "image/svg+xml"},
                ],
            },
            media_type="application/manifest+json",
        )

    @router.get("/web/{name}")
    def web(name: str) -> Response:
        # The folder is flat, so a name with anything but a file of it in it is no name.
        files = {path.name: path for path in WEB.iterdir()}
        if name not in files:
            return PlainTextResponse("There is nothing here.\n", 404)
        kind = "text/javascript" if name.endswith(".js") else mimetypes.guess_type(name)[0]
        return FileResponse(files[name], media_type=kind, headers={"cache-control": "no-cache"})

    return router


def refused(request: Request, error: Exception) -> JSONResponse:
    """A request that cannot be done: what was wrong, in a sentence that the page shows."""
    told = str(error) if isinstance(error, LightqaError) else "The page sent something that cannot be read."
    return JSONResponse({"error": told}, 422)
