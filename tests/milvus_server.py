"""Milvus Lite as a server of its own process, for tests and benchmarks."""

from __future__ import annotations

import contextlib
import socket
import subprocess
import sys
import time
from pathlib import Path

from index.errors import StoreError
from index.milvus_server import Server


class MilvusServer:
    """Milvus Lite as a server of its own process, bound to this machine alone."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port: int = free.getsockname()[1]
        self.process: subprocess.Popen[bytes] | None = None

    @property
    def address(self) -> str:
        return f"milvus+http://127.0.0.1:{self.port}/health"

    def start(self) -> None:
        command = [str(Path(sys.executable).parent / "milvus-lite"), "server", "--host", "127.0.0.1"]
        command += ["--port", str(self.port), "--data-dir", str(self.folder)]
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 120
        while True:
            assert self.process.poll() is None, "the server ended"
            with contextlib.suppress(StoreError):
                Server(self.address)("list_collections", "")
                return
            assert time.monotonic() < end, "the server did not start"
            time.sleep(0.2)

    def kill(self) -> None:
        if self.process is not None:
            self.process.kill()
            self.process.wait()
            self.process = None

    def collections(self) -> list[str]:
        return sorted(Server(self.address)("list_collections", ""))
