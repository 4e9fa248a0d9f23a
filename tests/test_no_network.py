"""The guard that the other tests rely on holds, and asking loads none of the heavy libraries."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import threading
from pathlib import Path

import no_network
import pytest

ROOT = Path(__file__).parent.parent
OUTSIDE = "203.0.113.7"
"""An address that is set aside for documentation (RFC 5737): nobody is there."""


def forget(attempts: Path) -> str:
    """What the guard wrote down, which the test expected and so takes back."""
    written = attempts.read_text(encoding="utf-8")
    attempts.write_text("", encoding="utf-8")
    return written


@pytest.mark.parametrize("connect", [socket.socket.connect, socket.socket.connect_ex])
def test_connecting_outside_is_refused(connect, outside_attempts: Path) -> None:
    with socket.socket() as outward, pytest.raises(no_network.OutsideConnection, match=r"203\.0\.113\.7"):
        connect(outward, (OUTSIDE, 443))
    assert forget(outside_attempts) == (
        "socket.connect: '203.0.113.7' is not this machine, and lightqa may reach no other.\n"
    )


def test_sending_a_datagram_outside_is_refused(outside_attempts: Path) -> None:
    with (
        socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as outward,
        pytest.raises(no_network.OutsideConnection),
    ):
        outward.sendto(b"hello", (OUTSIDE, 53))
    assert forget(outside_attempts).startswith("socket.sendto: ")


@pytest.mark.parametrize("look_up", [lambda name: socket.getaddrinfo(name, 443), socket.gethostbyname])
def test_looking_up_an_outside_name_is_refused(look_up, outside_attempts: Path) -> None:
    with pytest.raises(no_network.OutsideConnection, match=r"outside\.example"):
        look_up("outside.example")
    assert "outside.example" in forget(outside_attempts)


def test_an_attempt_is_written_down_though_a_thread_swallows_it(outside_attempts: Path) -> None:
    def phone_home() -> None:
        try:
            socket.create_connection((OUTSIDE, 443))
        except Exception:
            return

    thread = threading.Thread(target=phone_home)
    thread.start()
    thread.join()
    assert OUTSIDE in forget(outside_attempts)


def test_a_command_that_a_test_starts_is_watched_too(outside_attempts: Path) -> None:
    command = f"import socket; socket.create_connection(({OUTSIDE!r}, 443))"
    ended = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=False)
    assert ended.returncode == 1
    assert "OutsideConnection" in ended.stderr
    assert OUTSIDE in forget(outside_attempts)


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "127.9.9.9", "::1", "localhost", b"localhost", "0.0.0.0", "", None],
)
def test_this_machine_is_this_machine(host: str | bytes | None) -> None:
    assert no_network.is_this_machine(host)


@pytest.mark.parametrize(
    "host", ["192.168.1.4", "10.0.0.1", OUTSIDE, "localhost.example", b"outside.example"]
)
def test_another_machine_is_another_machine(host: str | bytes) -> None:
    assert not no_network.is_this_machine(host)


def test_talking_to_a_server_on_this_machine_works(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        heard(server, socket.create_connection(("localhost", server.getsockname()[1])))
    with socket.socket(socket.AF_UNIX) as server, socket.socket(socket.AF_UNIX) as outward:
        server.bind(str(tmp_path / "socket"))
        server.listen()
        outward.connect(str(tmp_path / "socket"))
        heard(server, outward)


def heard(server: socket.socket, outward: socket.socket) -> None:
    inward, _ = server.accept()
    with outward, inward:
        outward.sendall(b"hello")
        assert inward.recv(5) == b"hello"


def loaded_by(*arguments: str) -> set[str]:
    """Top-level modules that a whole `lightqa` command imports, as Python itself reports them."""
    command = [sys.executable, "-c", "from ui.cli import main; main()", *arguments]
    environment = {**os.environ, "PYTHONPROFILEIMPORTTIME": "1"}
    ended = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    imports, said = [], []
    for line in ended.stderr.splitlines():
        (imports if line.startswith("import time:") else said).append(line)
    assert ended.returncode == 0, "\n".join(said)
    return {line.rpartition("|")[2].strip().split(".")[0] for line in imports}


def test_asking_loads_nothing_that_it_does_not_need(shipped_index_folder: Path) -> None:
    """Neither torch nor sentence-transformers, nor the page, nor the client of a writer that is not named."""
    loaded = loaded_by("ask", "How long does a session last?", "--index", str(shipped_index_folder))
    assert "openvino" in loaded
    assert loaded & {"torch", "sentence_transformers", "transformers", "gradio"} == set()
    assert loaded & {"openai", "httpx", "httpx2", "fastapi"} == set()
