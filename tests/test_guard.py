"""Who gets through the guard, and what every response carries."""

from __future__ import annotations

import asyncio
import base64
import re
from collections.abc import Mapping
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse
from starlette.routing import Route

from ui.guard import LONGEST_BODY, Guard, rewritten

Headers = Mapping[str, str | bytes]


async def anything(request: Request) -> PlainTextResponse:
    return PlainTextResponse(f"{len(await request.body())} bytes")


async def page(request: Request) -> HTMLResponse:
    return HTMLResponse(
        '<html><head><meta property="og:image" content="https://out.example/"/></head></html>'
    )


APP = Starlette(routes=[Route("/", page), Route("/{path:path}", anything, methods=["GET", "POST", "DELETE"])])


def ask(
    method: str,
    path: str,
    *,
    headers: Headers | None = None,
    content: Any = None,
    **options: Any,
) -> httpx.Response:
    options = {
        "own": ["/source", "/documents", "/mcp"],
        "local_only": True,
        "user_and_password": None,
    } | options
    guard = Guard(APP, longest_upload=5_000_000, **options)

    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app=guard, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:7860") as client:
            return await client.request(method, path, headers=headers, content=content)

    return asyncio.run(run())


@pytest.mark.parametrize(
    "path",
    [
        "/", "/config", "/theme.css", "/assets/index.js", "/static/img/logo.svg", "/web/page.js", "/source",
        "/mcp", "/mcp/", "/gradio_api/info", "/gradio_api/heartbeat/abc1", "/gradio_api/call/ask",
        "/gradio_api/call/v2/ask", "/gradio_api/call/ask/0f3a", "/gradio_api/run/ask",
    ],
)  # fmt: skip
def test_what_the_page_and_programs_need_gets_through(path: str) -> None:
    assert ask("GET", path).status_code == 200


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload", "/gradio_api/file=/etc/passwd", "/gradio_api/proxy=http://out.example/",
        "/gradio_api/component_server", "/monitoring", "/monitoring/summary", "/gradio_api/vibe-edit",
        "/gradio_api/runs", "/gradio_api/call/other", "/docs", "/login", "/feedback", "/gradio_api/mcp/",
    ],
)  # fmt: skip
def test_whatever_else_gradio_serves_does_not(path: str) -> None:
    assert ask("POST", path).status_code == 404


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("127.0.0.1:7860", 200),
        ("localhost", 200),
        ("[::1]:7860", 200),
        ("rebound.example:7860", 421),
        ("", 421),
    ],
)
def test_a_local_server_answers_to_local_names_only(host: str, status: int) -> None:
    assert ask("GET", "/source", headers={"host": host}).status_code == status


def test_a_server_for_others_answers_to_any_name() -> None:
    assert ask("GET", "/source", headers={"host": "desk.example"}, local_only=False).status_code == 200


@pytest.mark.parametrize(
    ("method", "origin", "status"),
    [
        ("POST", "http://127.0.0.1:7860", 200),
        ("POST", "http://evil.example", 403),
        ("DELETE", "http://127.0.0.1:1", 403),
        ("POST", "null", 403),
        ("POST", None, 200),
        ("GET", "http://evil.example", 200),
    ],
)
def test_another_web_page_can_change_nothing(method: str, origin: str | None, status: int) -> None:
    headers = {"origin": origin} if origin else {}
    assert ask(method, "/source", headers=headers).status_code == status


def basic(user_and_password: str) -> dict[str, str]:
    return {"authorization": f"Basic {base64.b64encode(user_and_password.encode()).decode()}"}


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ({}, 401),
        (basic("anna:größer"), 200),
        (basic("anna:größe"), 401),
        (basic("anna"), 401),
        ({"authorization": "Basic !!!"}, 401),
        ({"authorization": b"Basic \xe9"}, 401),
        ({"authorization": "Bearer YW5uYTpncsO2w59lcg=="}, 401),
    ],
)
def test_with_a_password_everything_asks_for_it(headers: Headers, status: int) -> None:
    for path in ("/", "/source", "/mcp", "/gradio_api/call/ask", "/web/page.js"):
        response = ask("GET", path, headers=headers, user_and_password="anna:größer")
        assert response.status_code == status
        assert ("www-authenticate" in response.headers) == (status == 401)


def test_a_health_check_and_what_browsers_fetch_without_a_password_need_none() -> None:
    for path in ("/health", "/manifest.json", "/web/icon-192.png"):
        assert ask("GET", path, own=["/health", "/manifest.json"], user_and_password="a:b").status_code == 200


def test_a_body_has_a_largest_size_announced_or_not() -> None:
    assert ask("POST", "/source", content=b"x" * LONGEST_BODY).text == f"{LONGEST_BODY} bytes"
    assert ask("POST", "/source", content=b"x" * (LONGEST_BODY + 1)).status_code == 413
    assert ask("POST", "/documents", content=b"x" * (LONGEST_BODY + 1)).status_code == 200
    assert ask("POST", "/source", headers={"content-length": "-1"}).status_code == 413

    async def unannounced() -> Any:
        for _ in range(3):
            yield b"x" * LONGEST_BODY

    assert ask("POST", "/source", content=unannounced()).status_code >= 400


@pytest.mark.parametrize(
    "headers",
    [
        {"host": "["},
        {"host": "[::1"},
        {"origin": "http://["},
        {"content-length": "lots"},
        {"content-length": b"\xb2"},
        {"content-length": "9" * 5000},
    ],
)
def test_a_request_that_cannot_be_read_is_refused(headers: Headers) -> None:
    assert ask("POST", "/source", headers=headers).status_code == 400


def test_every_response_shuts_the_outside_out() -> None:
    headers = ask("GET", "/").headers
    policy = headers["content-security-policy"]
    assert policy.startswith("default-src 'self'; ")
    assert "'unsafe-inline'" not in re.search(r"script-src [^;]*", policy)[0]  # type: ignore[index]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-dns-prefetch-control"] == "off"


def test_the_page_gets_its_head_and_each_script_the_nonce_of_its_policy() -> None:
    response = ask("GET", "/")
    nonce = re.search(r"'nonce-([\w-]+)'", response.headers["content-security-policy"])
    assert nonce and int(response.headers["content-length"]) == len(response.content)
    assert "out.example" not in response.text and 'href="web/page.css"' in response.text
    assert ask("GET", "/").headers["content-security-policy"] != response.headers["content-security-policy"]
    assert rewritten("<script>a</script><script src=b></script></head>", "N").startswith(
        '<script nonce="N">a</script><script nonce="N" src=b></script><meta name="description"'
    )
