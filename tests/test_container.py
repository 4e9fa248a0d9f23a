"""The container and compose files, as far as they can be checked without Docker."""

from __future__ import annotations

import re
from pathlib import Path

import yaml

ROOT = Path(__file__).parent.parent
LINES = (ROOT / "Containerfile").read_text(encoding="utf-8").splitlines()


def test_the_container_file_copies_what_there_is_and_runs_without_rights() -> None:
    copied = [name for line in LINES if line.startswith("COPY ") for name in line.split()[1:-1]]
    assert copied and [name for name in copied if not (ROOT / name).exists()] == []
    assert {"index", "qa", "ui", "seeds"} <= set(copied)
    users = [line.split()[1] for line in LINES if line.startswith("USER ")]
    assert users == ["10001"] and LINES.index("USER 10001") > max(
        at for at, line in enumerate(LINES) if line.startswith(("COPY ", "RUN "))
    )


def test_the_container_takes_the_torch_that_is_pinned() -> None:
    pins = (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
    [torch] = [pin for pin in pins if pin.startswith("torch==")]
    assert any(line.endswith(torch) for line in LINES)


def test_the_options_of_the_container_exist() -> None:
    command = re.search(r'CMD \["chat", (.*)\]', "\n".join(LINES))
    assert command
    help_text = (ROOT / "ui" / "cli.py").read_text(encoding="utf-8")
    options = [word.strip('"') for word in command[1].split(", ") if word.startswith('"--')]
    assert options and all(option == "--host" or f'"{option}"' in help_text for option in options)


def test_compose_opens_the_chat_to_this_machine_alone_and_milvus_to_nobody() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))["services"]
    assert all(port.startswith("127.0.0.1:") for port in services["lightqa"]["ports"])
    assert "ports" not in services["milvus"]
    assert services["lightqa"]["read_only"] and services["lightqa"]["cap_drop"] == ["ALL"]
