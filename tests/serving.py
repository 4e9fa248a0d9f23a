"""A real server in the process of the tests."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ui.library import Library


@contextlib.contextmanager
def served(library: Library, **options: Any) -> Iterator[str]:
    """The address of a server over a library, run until the block ends; `options` go to `application`."""
    import uvicorn

    from ui.server import application, listen

    with listen("127.0.0.1", 0) as listener:
        port = listener.getsockname()[1]
        app = application(library, port=port, **options)
        server = uvicorn.Server(uvicorn.Config(app, log_level="warning", timeout_graceful_shutdown=1))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listener]})
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.02)
            yield f"http://127.0.0.1:{port}/"
        finally:
            server.should_exit = True
            thread.join()
