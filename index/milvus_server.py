"""A Milvus server by its address, and every call that is made of it."""

from __future__ import annotations

import logging
import re
from typing import Any, NamedTuple

from index.errors import StoreError

SECONDS = 20.0
"""After which a server that says nothing to a question counts as gone."""

BUILDING_SECONDS = 1800.0
"""The same for a build: to put many rows on the disk, and to load them, takes a server minutes."""

_GRPC = {"grpc.keepalive_time_ms": 300_000}
"""The client's own 10 seconds are more often than a server puts up with while it works: it hangs up."""

_ADDRESS = re.compile(r"milvus\+(https?://[^/\s]+)/([A-Za-z_]\w{0,200})")
_NOT_LOADED = 101


class Store(NamedTuple):
    """Where a server is, and what its collections begin with."""

    uri: str
    name: str


def store_of(address: str) -> Store:
    """The parts of "milvus+http://127.0.0.1:19530/health".

    Raises:
        StoreError: It is no such address.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise StoreError(
            f"{address} names no store; expected milvus+http://HOST:PORT/NAME, NAME of letters, digits and _."
        )
    return Store(match[1], match[2])


class Server:
    """A Milvus server; what goes wrong there is told in a sentence.

    Args:
        address: As `store_of` reads it.
        seconds: After which it counts as gone; `SECONDS` by default.
    """

    def __init__(self, address: str, seconds: float | None = None) -> None:
        self.address, self._seconds = address, seconds or SECONDS
        self.store = store_of(address)
        try:
            import pymilvus
        except ImportError as error:
            raise StoreError(
                f"{address} needs the client of Milvus. Type: pip install 'lightqa[milvus]'"
            ) from error
        # It logs every refused call with its traceback, and we tell it in one sentence.
        logging.getLogger("pymilvus").setLevel(logging.CRITICAL)
        self._pymilvus = pymilvus
        self._client: Any = None

    def __call__(self, method: str, collection: str, *values: Any, **named: Any) -> Any:
        """Call a method of `pymilvus.MilvusClient` on a collection, or on none ("").

        Raises:
            StoreError: The server does not answer, or refuses.
        """
        errors = self._pymilvus.exceptions.MilvusException
        try:
            if self._client is None:
                self._client = self._pymilvus.MilvusClient(
                    self.store.uri, timeout=SECONDS, grpc_options=_GRPC
                )
            named.setdefault("timeout", self._seconds)
            if not collection:
                return getattr(self._client, method)(**named)
            try:
                return getattr(self._client, method)(collection, *values, **named)
            except errors as error:
                if error.code != _NOT_LOADED:
                    raise
                # A server that was started anew holds no collection in memory.
                self._client.load_collection(collection, timeout=self._seconds)
                return getattr(self._client, method)(collection, *values, **named)
        except errors as error:
            # Its connection waits before it tries again, and a server that is back would be held to be gone.
            self._client = None
            raise StoreError(
                f"The Milvus server at {self.store.uri} did not do what was asked ({error.message}). "
                "See that it runs; the next question tries again."
            ) from error
