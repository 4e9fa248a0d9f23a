"""Forbids this process every connection but to its own machine, and writes down each attempt.

An audit hook sees what every Python socket does, whichever class or library made it, and cannot be
taken out again. The record is a file, because code under test may swallow the error, and because
commands that the tests start are watched too (`sitecustomize.py` beside this file).
"""

from __future__ import annotations

import ipaddress
import os
import sys
from typing import Any

RECORD = "LIGHTQA_TEST_ATTEMPTS"
"""Environment variable that names the file of attempts; without it nothing is forbidden."""

_CONNECTS = {"socket.connect", "socket.sendto", "socket.sendmsg"}
_LOOKS_UP = {"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


class OutsideConnection(RuntimeError):
    """Something tried to reach another machine."""


def forbid() -> None:
    """From now on, and until the process ends, refuse connections and look-ups beyond this machine."""
    sys.addaudithook(_refuse)


def _refuse(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _CONNECTS:
        address = arguments[1]
        # A Unix socket's address is a path; a socket that is connected already sends to None.
        outside = isinstance(address, tuple) and not is_this_machine(address[0])
        host = address[0] if outside else None
    elif event in _LOOKS_UP:
        host = arguments[0]
        outside = not (is_this_machine(host) or _is_address(host))
    else:
        return
    if outside:
        message = f"{event}: {host!r} is not this machine, and lightqa may reach no other."
        with open(os.environ[RECORD], "a", encoding="utf-8") as record:
            record.write(message + "\n")
        raise OutsideConnection(message)


def is_this_machine(host: str | bytes | None) -> bool:
    """Whether a host is the loopback, or names any interface of this machine to listen on."""
    name = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if name is None or name in {"", "localhost"}:
        return True
    if not _is_address(name):
        return False
    address = ipaddress.ip_address(name)
    return address.is_loopback or address.is_unspecified


def _is_address(host: str | bytes) -> bool:
    """Whether a host is written in figures, so that looking it up asks nobody."""
    try:
        ipaddress.ip_address(host.decode("ascii", "replace") if isinstance(host, bytes) else host)
    except ValueError:
        return False
    return True
