"""The address of a model that writes, and what comes from it as it is written.

The official client is held to the address that was named: it follows no redirect, takes no proxy and no
setting from the environment, and sends nothing about this machine along.
"""

from __future__ import annotations

import contextlib
import importlib.util
import ipaddress
import os
import queue
import socket
import threading
import time
from collections.abc import Generator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from index.errors import LightqaError

KEY = "LIGHTQA_WRITER_KEY"
"""Environment variable with the key, where the address asks for one; a command line is seen by others."""

INSTALL = "pip install 'lightqa[writer]'"

CONNECT, SILENT, LONGEST = 5.0, 60.0, 180.0
"""Seconds to be connected, without a word, and for a whole reply."""

RETRIES = 2
"""After a refused connection, a timeout, or an answer that says "too many" or "an error here"."""

MOST_WORDS = 600
"""Tokens of a reply that are asked for."""

_SENT = frozenset(
    "host content-type content-length accept authorization user-agent connection accept-encoding".split()
)
"""Headers that go out; the client would also tell the machine, its Python and the number of tries."""

Message = dict[str, str]


class WriterError(LightqaError):
    """A writer that cannot be used as it was named."""


class WriterAway(LightqaError):
    """The model does not answer; the quotes stand alone."""


@dataclass(frozen=True)
class Writer:
    """A model at an OpenAI-compatible address.

    Args:
        url: Up to and with the version ("http://127.0.0.1:11434/v1").
        model: Its name there.
        key: Shown to nobody; None for none.
        longest: Seconds for a whole reply.

    Raises:
        WriterError: The address or the name cannot be used, or the `openai` package is not installed.
    """

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    longest: float = LONGEST

    def __post_init__(self) -> None:
        try:
            parts = urlsplit(self.url)
            usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
        except ValueError:
            usable = False
        if not usable:
            raise WriterError(
                f"The writer's address {self.url!r} cannot be used; expected one like http://127.0.0.1:11434/v1."
            )
        if parts.username or parts.password or parts.query or parts.fragment:
            raise WriterError(
                f"The writer's address may hold no password and no question mark; give its key in {KEY}."
            )
        if not self.model.strip():
            raise WriterError("The writer's model has no name; give one with --writer-model NAME.")
        if importlib.util.find_spec("openai") is None:
            raise WriterError(f"A writer needs the `openai` package, which is not installed. Type: {INSTALL}")

    @property
    def is_here(self) -> bool:
        """Whether the address is this machine's own."""
        host = urlsplit(self.url).hostname or ""
        with contextlib.suppress(ValueError):
            return ipaddress.ip_address(host).is_loopback
        return host == "localhost" or host.endswith(".localhost")

    @property
    def warning(self) -> str:
        """What to know of an address that is another machine's; empty for this one."""
        if self.is_here:
            return ""
        host = urlsplit(self.url).hostname
        open_to_all = ", unencrypted" if self.url.startswith("http:") else ""
        return f"Your question and the quotes are sent to {host}{open_to_all}, which is not this machine."

    def stream(
        self, messages: Sequence[Message], stop: threading.Event | None = None
    ) -> Generator[str, None, None]:
        """What the model writes, piece by piece as it comes.

        Args:
            messages: As the address takes them: each with a "role" and "content".
            stop: Ends the stream at once when it is set.

        Raises:
            WriterAway: The model cannot be reached, fails, or takes too long.
        """
        stop = stop or threading.Event()
        ended = threading.Event()
        pieces: queue.SimpleQueue[str | Exception | None] = queue.SimpleQueue()
        opened: list[Any] = []

        def read() -> None:
            try:
                with self._client() as client:
                    chunks = client.chat.completions.create(
                        model=self.model,
                        messages=list(messages),
                        temperature=0,
                        max_tokens=MOST_WORDS,
                        stream=True,
                    )
                    opened.append(chunks.response)
                    for chunk in chunks:
                        if ended.is_set():
                            break
                        for choice in chunk.choices[:1]:
                            if choice.delta is not None and choice.delta.content:
                                pieces.put(choice.delta.content)
                pieces.put(None)
            except Exception as error:  # whatever an address sends, the quotes must still be shown
                pieces.put(self._away(_reason(error)))

        # In a thread of its own, because a model that says nothing cannot be waited for.
        threading.Thread(target=read, daemon=True).start()
        deadline = time.monotonic() + self.longest
        try:
            while not stop.is_set():
                try:
                    piece = pieces.get(timeout=0.05)
                except queue.Empty:
                    if time.monotonic() > deadline:
                        raise self._away(f"it took longer than {self.longest:.0f} seconds") from None
                    continue
                if piece is None:
                    return
                if isinstance(piece, Exception):
                    raise piece
                yield piece
        finally:
            ended.set()
            for response in opened:
                _hang_up(response)

    def _client(self) -> Any:
        import openai

        def only_what_is_needed(request: Any) -> None:
            for name in [name for name in request.headers if name.lower() not in _SENT]:
                del request.headers[name]
            request.headers["user-agent"] = "lightqa"
            if self.key is None:
                request.headers.pop("authorization", None)
            else:
                request.headers["authorization"] = f"Bearer {self.key}"

        return openai.OpenAI(
            base_url=self.url,
            api_key=self.key or "none",
            max_retries=RETRIES,
            timeout=openai.Timeout(SILENT, connect=CONNECT),
            http_client=openai.DefaultHttpxClient(
                trust_env=False,
                follow_redirects=False,
                event_hooks={"request": [only_what_is_needed]},
            ),
        )

    def _away(self, reason: str) -> WriterAway:
        return WriterAway(f"The writer {self.model} at {self.url} does not answer ({reason}).")


def writer_of(url: str | None, model: str | None) -> Writer | None:
    """The writer that was named, with the key of the environment; None where none was.

    Raises:
        WriterError: Only one of both was named, or it cannot be used.
    """
    if not url and not model:
        return None
    if not url:
        raise WriterError("A writer's model was named without its address; give it with --writer URL.")
    if not model:
        raise WriterError(f"Which model is to write at {url}? Name it with --writer-model NAME.")
    return Writer(url.rstrip("/"), model, os.environ.get(KEY) or None)


def _reason(error: Exception) -> str:
    """What went wrong, in a few words that hold nothing that an address sent."""
    import openai

    if isinstance(error, openai.APITimeoutError):
        return "it took too long"
    if isinstance(error, openai.AuthenticationError | openai.PermissionDeniedError):
        return f"it wants another key; {KEY} holds it"
    if isinstance(error, openai.NotFoundError):
        return "there is no such model or address there"
    if isinstance(error, openai.APIStatusError):
        return f"it answered with status {error.status_code}"
    if isinstance(error, openai.APIConnectionError):
        return "it cannot be reached"
    return "what it sent cannot be read"


def _hang_up(response: Any) -> None:
    """Close a connection that another thread may be waiting on."""
    with contextlib.suppress(Exception):
        stream = response.extensions["network_stream"]
        stream.get_extra_info("socket").shutdown(socket.SHUT_RDWR)
