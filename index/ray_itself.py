"""Ray itself: started on this machine for one build, or reached where it runs."""

from __future__ import annotations

import functools
import os
import re
import secrets
import shutil
import socket
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from index.errors import WorkersError

STORE_BYTES = 200_000_000
"""Of a Ray that is started here: what lies between the processes; Ray puts more than that on disk."""

_ADDRESS = re.compile(r"ray(?:://(\[[0-9A-Fa-f:]+\]|[\w.-]+):(\d{1,5}))?")


@contextmanager
def connected(address: str, cores: int | None = None) -> Iterator[Any]:
    """The module `ray`, connected for as long as it lasts.

    Args:
        address: "ray" starts one on this machine that nobody else can reach, and ends it afterwards;
            "ray://HOST:PORT" is the client's port of a cluster.
        cores: On how many a Ray that is started here runs workers; None for all.

    Raises:
        WorkersError: It is no such address, Ray is not installed, or none answers there.
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        raise WorkersError(f"{address} names no workers; expected ray, or ray://HOST:PORT.")
    with _there(address, match[1].strip("[]"), int(match[2])) if match[1] else _here(cores) as ray:
        try:
            yield ray
        finally:
            ray.shutdown()


@contextmanager
def _here(cores: int | None) -> Iterator[Any]:
    """A Ray of this machine alone: it listens on the loopback, reports to nobody, leaves nothing."""
    if sys.modules.get("ray") is not None and not _token.cache_info().currsize:
        raise WorkersError("This process imported Ray before lightqa could tell it to stay on this machine.")
    folder = Path(tempfile.mkdtemp(prefix="lightqa-ray-"))
    # Even with its statistics off Ray asks addresses of clouds where it runs, unless this file tells it.
    (folder / "ray_bootstrap_config.yaml").write_text("provider: {type: local}\n", encoding="utf-8")
    environment = {
        "RAY_USAGE_STATS_ENABLED": "0",
        # As Ray does by itself on other systems than Linux: every port is opened on the loopback only.
        "RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0",
        # Other people of this machine reach the loopback too.
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": _token(),
        "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    }
    try:
        with _environment(environment):
            ray = _ray("ray")
            with _environment({"HOME": str(folder)}):
                ray.init(
                    num_cpus=cores,
                    num_gpus=0,
                    include_dashboard=False,
                    object_store_memory=STORE_BYTES,
                    log_to_driver=False,
                    logging_level="ERROR",
                    _node_ip_address="127.0.0.1",
                    # Ray opens its folder to everybody; the one around it is this person's alone.
                    _temp_dir=str(folder / "ray"),
                )
            yield ray
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _there(address: str, host: str, port: int) -> Iterator[Any]:
    """The Ray that runs at an address."""
    ray = _ray(address)
    try:
        socket.create_connection((host, port), timeout=5).close()  # Ray itself would try for half a minute
        ray.init(address, log_to_driver=False, logging_level="ERROR")
    except Exception as error:  # Ray raises many kinds
        what = str(error).strip().split("\n")[0]
        raise WorkersError(
            f"No Ray answers at {address} ({what}). See that it runs there and was started with its client's "
            "port, or take this machine: --workers ray"
        ) from error
    yield ray


@functools.cache
def _token() -> str:
    """What a Ray that is started here is to be asked with; Ray reads it once in a process."""
    return secrets.token_hex(32)


def _ray(address: str) -> Any:
    try:
        import ray
    except ImportError as error:
        raise WorkersError(f"--workers {address} needs Ray. Type: pip install 'lightqa[ray]'") from error
    return ray


@contextmanager
def _environment(settings: dict[str, str]) -> Iterator[None]:
    """Sets environment variables for as long as it lasts."""
    before = {name: os.environ.get(name) for name in settings}
    os.environ.update(settings)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
