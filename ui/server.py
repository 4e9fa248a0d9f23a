"""How the page is served: one process, bound to this machine unless told otherwise."""

from __future__ import annotations

import contextlib
import os
import socket
import threading
import webbrowser
from typing import Any

from starlette.types import Receive, Scope, Send

from index.errors import LightqaError
from qa.writer.client import Writer
from ui.library import Library

AUTH = "LIGHTQA_AUTH"
"""Environment variable with "user:password"; where it is set, every page and endpoint asks for it."""

_GRADIO = {
    # Nothing may call out, whatever the environment says.
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_OFFLINE": "1",
    # Gradio keeps a record of every call and makes a table of 10,000 of them anew after each one,
    # for a monitoring page that is not served here.
    "GRADIO_ANALYTICS_MAX_EVENTS": "1",
    "GRADIO_ANALYTICS_CACHE_FREQUENCY": str(10**12),
}
"""Environment that Gradio reads when it is imported and when its queue is made."""


class ServerError(LightqaError):
    """The page cannot be served as asked."""


def serve(
    index_folder: str,
    host: str = "127.0.0.1",
    port: int = 7860,
    *,
    mcp: bool = False,
    allow_uploads: bool = False,
    feedback: str | None = None,
    log: bool = False,
    open_browser: bool = False,
    writer: Writer | None = None,
) -> None:
    """Serves the chat until it is stopped with Ctrl-C.

    Args:
        index_folder: The index that is asked.
        host, port: Where to listen. Another host than this machine's own makes the chat reachable
            for everybody on the network.
        mcp: Also serve `ask` as a tool of the Model Context Protocol.
        allow_uploads: Let people add documents to the index, and remove those they added.
        feedback: File that judgements of answers are appended to, or None to collect none.
        log: Tell every reply on stderr as a line of JSON, without its question.
        open_browser: Open the page when it is ready.
        writer: Puts the quotes of answers into words on the page, or None.

    Raises:
        IndexMissing, IndexDamaged: There is no index in the folder that can be trusted.
        ServerError: The port is taken, or LIGHTQA_AUTH is not "user:password".
    """
    listener = listen(host, port)
    import uvicorn

    from ui.guard import LOCAL_NAMES
    from ui.indexing import tell_unusable

    library = Library(index_folder, log=log)
    tell_unusable(library.edition.index)
    app = application(
        library,
        host=host,
        port=port,
        mcp=mcp,
        allow_uploads=allow_uploads,
        feedback=feedback,
        writer=writer,
    )
    # The page's heartbeat never ends by itself, so a stop must not wait for it.
    config = uvicorn.Config(app, log_level="warning", access_log=False, timeout_graceful_shutdown=1)
    server = uvicorn.Server(config)
    shown = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)
    address = f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"
    threading.Thread(target=_announce, args=(server, address, open_browser), daemon=True).start()
    if writer is not None:
        print(f"{writer.model} at {writer.url} writes from the quotes. {writer.warning}".rstrip())
    if host not in LOCAL_NAMES and not os.environ.get(AUTH):
        print(f"Everybody who reaches {host} can read these documents; {AUTH}=user:password asks who it is.")
    # Tried before the first page asks for them; the first question also finds everything warm. No daemon:
    # an interpreter that ends while the encoder runs in another thread is aborted.
    threading.Thread(target=library.examples).start()
    with contextlib.suppress(KeyboardInterrupt):
        server.run(sockets=[listener])


def application(
    library: Library,
    *,
    host: str = "127.0.0.1",
    port: int = 7860,
    mcp: bool = False,
    allow_uploads: bool = False,
    feedback: str | None = None,
    writer: Writer | None = None,
) -> Any:
    """The ASGI application: the Gradio page, its routes, and the guard in front of both."""
    os.environ.update(_GRADIO)
    from fastapi import FastAPI
    from fastapi.exceptions import RequestValidationError
    from gradio import mount_gradio_app

    from ui import changing, page, routes, writing
    from ui.guard import LOCAL_NAMES, Guard
    from ui.mcp_tool import PATHS, mcp_server, mount_mcp
    from ui.theme import theme
    from ui.uploads import LARGEST_FILE, Uploads

    # What is kept changes everybody's answers, so others than those at this machine need to be allowed in.
    keeps = allow_uploads or host in LOCAL_NAMES
    app = FastAPI(title="lightqa", docs_url=None, redoc_url=None, openapi_url=None)
    own = [
        routes.routes(library),
        changing.document_routes(library, Uploads(library) if allow_uploads else None, keeps=keeps),
    ]
    if keeps:
        own.append(changing.keeping_routes(library))
    if feedback is not None:
        own.append(changing.feedback_route(library, feedback))
    if writer is not None:
        own.append(writing.writing_route(library, writer))
    for router in own:
        app.include_router(router)
    app.mount("/web", routes.OwnFiles())
    for error in (LightqaError, RequestValidationError, LookupError, TypeError, UnicodeError):
        app.add_exception_handler(error, routes.refused)
    ask = page.endpoint(library)
    mcp_paths = PATHS if mcp else ()
    notice = library.edition.assistant.pack.notice
    if mcp:
        mount_mcp(app, mcp_server(ask, notice))
    view = page.shell(
        notice, allow_uploads=allow_uploads, feedback=feedback is not None, keeps=keeps, writer=writer
    )
    blocks = page.build(ask, view)
    mount_gradio_app(
        app,
        blocks,
        path="/",
        server_name=host,
        server_port=port,
        footer_links=[],
        run_history=False,
        ssr_mode=False,
        mcp_server=False,
        enable_monitoring=False,
        theme=theme(),
    )

    async def forgetting(scope: Scope, receive: Receive, send: Send) -> None:
        try:
            await app(scope, receive, send)
        finally:
            page.forget_answered(blocks)

    return Guard(
        forgetting,
        own=[*(getattr(route, "path", "") for router in own for route in router.routes), *mcp_paths],
        local_only=host in LOCAL_NAMES,
        user_and_password=_user_and_password(),
        longest_upload=LARGEST_FILE + 1_000_000,
    )


def _user_and_password() -> str | None:
    given = os.environ.get(AUTH)
    if not given:
        return None
    user, _, password = given.partition(":")
    if not user or not password:
        raise ServerError(
            f'{AUTH} must be "user:password"; it is set to something without a ":" or with an empty part.'
        )
    return given


def listen(host: str, port: int) -> socket.socket:
    """A bound socket, made before anything slow is loaded, so that a taken port is told at once.

    Raises:
        ServerError: The host is not this machine's, or the port is taken.
    """
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        # With the protocol named, asyncio sends small replies at once; without, each waits for 40 ms.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listener.bind((host, port))
    except OSError as error:
        raise ServerError(
            f"Cannot listen on {host} port {port} ({error.strerror or error}); "
            f"is lightqa running there already? Try another port: lightqa chat --port {port + 1}"
        ) from error
    return listener


def _announce(server: Any, address: str, open_browser: bool) -> None:
    while not server.started:
        if server.should_exit:
            return
        threading.Event().wait(0.05)
    print(f"The chat is ready: {address}\nStop it with Ctrl-C.", flush=True)
    if open_browser:
        webbrowser.open(address)
