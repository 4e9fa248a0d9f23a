"""`ask` as a tool of the Model Context Protocol, for other programs' assistants.

Gradio can serve its endpoints over MCP too, but hands a reply over as the `repr` of a Python dict.
Here a client gets JSON, as text and as structured content, at the same address.
"""

from __future__ import annotations

import contextlib
import inspect
from collections.abc import AsyncIterator, Callable
from typing import Any

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

PATHS = ("/mcp", "/gradio_api/mcp")
"""Where the tool is served (streamable HTTP): a short address, and the one at which Gradio apps have it."""


def mcp_server(ask: Callable[..., dict[str, Any]], notice: str) -> Any:
    """The MCP server with the one tool; mount it with `mount_mcp`.

    Args:
        ask: The endpoint.
        notice: The standing notice.
    """
    from mcp.server.fastmcp import FastMCP
    from mcp.server.transport_security import TransportSecuritySettings

    server = FastMCP(
        "lightqa",
        instructions=f"Quotes from the documents on this machine, with citations. {notice}",
        log_level="ERROR",
        stateless_http=True,
        json_response=True,
        # The guard in front of the whole application checks hosts and origins already.
        transport_security=TransportSecuritySettings(enable_dns_rebinding_protection=False),
    )

    async def answered(
        question: str, earlier: list[str] | None = None, document: str | None = None
    ) -> dict[str, Any]:
        return await run_in_threadpool(ask, question, earlier, document)

    server.add_tool(answered, name="ask", description=f"{inspect.getdoc(ask)}\n\n{notice}")
    return server


def mount_mcp(app: FastAPI, server: Any) -> None:
    """Serves an MCP server at `PATHS`, as long as the application runs."""
    outer_lifespan = app.router.lifespan_context

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[Any]:
        async with outer_lifespan(app) as state, server.session_manager.run():
            yield state

    app.router.lifespan_context = lifespan
    forward = _Forward(server.streamable_http_app(), server.settings.streamable_http_path)
    for path in PATHS:
        # With and without a slash at the end: a client follows no redirect of a POST.
        app.router.routes += [Route(path, forward), Route(path + "/", forward)]


class _Forward:
    """An ASGI application that hands every request to another one, under one path."""

    def __init__(self, inner: ASGIApp, path: str) -> None:
        self.inner = inner
        self.path = path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self.inner({**scope, "path": self.path, "root_path": ""}, receive, send)
