"""A server that speaks as OpenAI-compatible ones do, and writes what a test tells it to."""

from __future__ import annotations

import contextlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Script = Callable[[list[dict[str, str]]], str]
"""What is written to some messages."""


@dataclass
class WritingServer:
    """What it writes, how, and what it was asked.

    Attributes:
        script: What it writes.
        statuses: Answers with these first, one a request, and writes after them.
        pause: Seconds before every piece.
        garbage: Sends no stream of chunks at all.
        going: Where it is cleared, nothing more is sent until it is set.
        asked: The requests, as (path, headers in lower case, body).
    """

    script: Script = lambda messages: ""
    statuses: list[int] = field(default_factory=list)
    pause: float = 0.0
    garbage: bool = False
    going: threading.Event = field(default_factory=threading.Event)
    asked: list[tuple[str, dict[str, str], dict[str, Any]]] = field(default_factory=list)
    url: str = ""

    @property
    def prompt(self) -> str:
        """The last thing it was told."""
        return str(self.asked[-1][2]["messages"][-1]["content"])


def pieces(text: str) -> list[str]:
    """A text as a model writes it: some letters at a time."""
    return [text[at : at + 7] for at in range(0, len(text), 7)]


@contextlib.contextmanager
def writing(script: Script | str = "", **how: Any) -> Iterator[WritingServer]:
    """A server on this machine until the block ends."""
    told = script if callable(script) else lambda messages: str(script)
    server = WritingServer(script=told, **how)
    server.going.set()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            headers = {name.lower(): value for name, value in self.headers.items()}
            server.asked.append((self.path, headers, body))
            if server.statuses:
                self.send_response(server.statuses.pop(0))
                self.send_header("location", "http://203.0.113.7/elsewhere")
                self.end_headers()
                return
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.end_headers()
            with contextlib.suppress(OSError):  # whoever stops the writing has hung up
                for piece in self._events(server.script(body["messages"])):
                    time.sleep(server.pause)
                    server.going.wait()
                    self.wfile.write(piece)
                    self.wfile.flush()

        def _events(self, text: str) -> Iterator[bytes]:
            if server.garbage:
                yield b"data: {this is no JSON\n\n<html>\x00\xff"
                return
            for piece in pieces(text):
                delta = {"choices": [{"index": 0, "delta": {"content": piece}, "finish_reason": None}]}
                chunk = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "m", **delta}
                yield f"data: {json.dumps(chunk)}\n\n".encode()
            yield b"data: [DONE]\n\n"

        def log_message(self, *arguments: Any) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        http.daemon_threads = True
        server.url = f"http://127.0.0.1:{http.server_port}/v1"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.going.set()
            http.shutdown()
            thread.join()
