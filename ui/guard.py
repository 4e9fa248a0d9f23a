"""What every request passes first: who may ask, from where, for what, and how much at once.

The page is Gradio's, and Gradio serves much that this page never uses (file uploads, monitoring,
proxies, code editing). Only what the page and the `ask` endpoint need gets through.
"""

from __future__ import annotations

import base64
import re
import secrets
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_ICONS = ("/web/icon.svg", "/web/icon-192.png", "/web/icon-512.png")
OPEN_TO_ALL = frozenset({"/health", "/manifest.json", *_ICONS})
"""Needs no password: a health check has none, and browsers fetch a manifest without it."""

LONGEST_BODY = 2_000_000
"""Bytes of a request other than an upload: a long conversation to be restored or exported."""

LOCAL_NAMES = frozenset({"127.0.0.1", "localhost", "::1"})

_GRADIO = re.compile(
    r"/(config|theme\.css|favicon\.ico|robots\.txt|(assets|static)/.+)?/?"
    r"|/gradio_api/(info|openapi\.json|startup-events|heartbeat/[\w-]+|queue/(join|data)|cancel|reset"
    r"|(call|run|api)/(v2/)?ask(_within)?(/[\w-]+)?)/?"
)


class Guard:
    """ASGI middleware.

    Args:
        app: What is guarded.
        own: Paths of our own routes, beside Gradio's.
        local_only: Whether only this machine is served: requests for any other host name are refused,
            so that no web page can reach the documents by pointing its name at 127.0.0.1.
        user_and_password: "user:password" that is asked for (HTTP Basic), or None.
        longest_upload: Bytes that a POST to /documents may have.
    """

    def __init__(
        self,
        app: ASGIApp,
        *,
        own: Iterable[str],
        local_only: bool,
        user_and_password: str | None,
        longest_upload: int,
    ) -> None:
        self.app = app
        self.own = frozenset(own)
        self.local_only = local_only
        self.user_and_password = user_and_password
        self.longest_upload = longest_upload

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        longest = self.longest_upload if scope["path"] == "/documents" else LONGEST_BODY
        refusal = self._refusal(scope, headers, longest)
        if refusal is not None:
            await refusal(scope, receive, send)
            return
        nonce = secrets.token_urlsafe(16)
        if scope["path"] == "/":
            send = _with_nonce(send, nonce)
        await self.app(scope, _at_most(receive, longest), _with_headers(send, nonce))

    def _refusal(self, scope: Scope, headers: Headers, longest: int) -> PlainTextResponse | None:
        path, host = scope["path"], headers.get("host", "")
        try:
            name, of_page = urlsplit(f"//{host}").hostname, urlsplit(headers.get("origin", "")).netloc
            announced = int(headers.get("content-length", "0"))
        except ValueError:
            return PlainTextResponse("This request cannot be read.\n", 400)
        if self.local_only and name not in LOCAL_NAMES:
            return PlainTextResponse(
                "This lightqa serves its own machine only. To serve others, start it with --host.\n", 421
            )
        ours = path.rstrip("/") in self.own or path.startswith("/web/")
        if not (ours or _GRADIO.fullmatch(path)):
            return PlainTextResponse("There is nothing here.\n", 404)
        if self.user_and_password and path not in OPEN_TO_ALL and not self._known(headers):
            return PlainTextResponse(
                "Please give the user name and the password.\n",
                401,
                {"WWW-Authenticate": 'Basic realm="lightqa", charset="UTF-8"'},
            )
        if not 0 <= announced <= longest:
            return PlainTextResponse("This is more than can be sent at once.\n", 413)
        if scope["method"] not in ("GET", "HEAD") and headers.get("origin") and of_page != host:
            return PlainTextResponse("Another web page may not do this.\n", 403)
        return None

    def _known(self, headers: Headers) -> bool:
        scheme, _, given = headers.get("authorization", "").partition(" ")
        try:
            decoded = base64.b64decode(given, validate=True)
        except ValueError:  # no base64, or no ASCII
            return False
        expected = (self.user_and_password or "").encode()
        return scheme.lower() == "basic" and secrets.compare_digest(decoded, expected)


def _at_most(receive: Receive, longest: int) -> Receive:
    """Ends a request whose body is longer than it may be, as if the sender had gone."""
    seen = 0

    async def limited() -> Message:
        nonlocal seen
        message = await receive()
        seen += len(message.get("body", b""))
        return {"type": "http.disconnect"} if seen > longest else message

    return limited


def _with_headers(send: Send, nonce: str) -> Send:
    policy = (
        "default-src 'self'; img-src 'self' data: blob:; style-src 'self' 'unsafe-inline'; "
        # Gradio's HTML component compiles its template, which needs 'unsafe-eval'; what the nonce
        # and the missing 'unsafe-inline' shut out is any script that a document could bring along.
        f"script-src 'self' 'nonce-{nonce}' 'unsafe-eval'; object-src 'none'; base-uri 'self'; "
        "form-action 'self'; frame-ancestors 'self'"
    )

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.setdefault("content-security-policy", policy)
            headers["x-content-type-options"] = "nosniff"
            headers["referrer-policy"] = "same-origin"
            headers["x-dns-prefetch-control"] = "off"
        await send(message)

    return sending


def _with_nonce(send: Send, nonce: str) -> Send:
    """Lets the scripts of Gradio's own page run, and puts our style sheet and script into its head."""
    start: dict[str, Any] = {}
    body = bytearray()

    async def sending(message: Message) -> None:
        if message["type"] == "http.response.start":
            start.update(message)
            return
        body.extend(message.get("body", b""))
        if message.get("more_body"):
            return
        page = rewritten(body.decode(), nonce).encode()
        headers = MutableHeaders(scope=start)
        if start["status"] == 200 and "content-length" in headers:
            headers["content-length"] = str(len(page))
        await send(start)
        await send({"type": "http.response.body", "body": page})

    return sending


def rewritten(page: str, nonce: str) -> str:
    """Gradio's page without its advertising addresses, with our own head, each script with the nonce."""
    page = re.sub(r"<meta\s+(?:property|name)=\"(?:og|twitter):[^>]*>\s*", "", page)
    # On a phone the keyboard takes room from the conversation, not from the question being typed.
    page = page.replace("shrink-to-fit=no", "interactive-widget=resizes-content")
    # Before any of Gradio's own scripts.
    page = page.replace("<head>", '<head><script src="web/rest.js"></script>', 1)
    page = page.replace("<script", f'<script nonce="{nonce}"')
    head = (
        '<meta name="description" content="Questions answered in quotes from documents on this machine.">'
        '<meta name="theme-color" content="#f6f4ef" media="(prefers-color-scheme: light)">'
        '<meta name="theme-color" content="#131a1a" media="(prefers-color-scheme: dark)">'
        '<link rel="icon" type="image/svg+xml" href="web/icon.svg">'
        '<link rel="apple-touch-icon" href="web/icon-192.png">'
        '<link rel="stylesheet" href="web/page.css">'
        '<link rel="stylesheet" href="web/frame.css">'
        '<link rel="stylesheet" href="web/reply.css">'
        '<script type="module" src="web/page.js"></script>'
        '<script type="module" src="web/reply.js"></script>'
    )
    page = page.replace("</head>", head + "</head>", 1)
    return page.replace("</body>", "<noscript>lightqa needs JavaScript.</noscript></body>", 1)
