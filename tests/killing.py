"""Changes to an index, each killed at another of the moments at which it touches a file."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parent.parent

TOUCHING = {"open", "os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "sqlite3.connect"}
"""What Python announces before it does it; a flush to the disk opens its file first, and so is among them."""


@contextlib.contextmanager
def killed(change: str, folder: Path, scratch: Path, moments: int) -> Iterator[Iterator[Path]]:
    """Copies of an index to which a change was made: first wholly, then killed at each of many moments.

    Args:
        change: Python that imports what it needs and defines `change(folder)`.
        folder: The index; its files are linked into the copies, since an index never writes one twice.
        scratch: Where the copies lie, each until the next one is asked for.
        moments: How many are killed; half of them within the last fifth, where the new takes the place of
            the old.
    """
    command = [sys.executable, str(Path(__file__)), change, str(folder), str(scratch), str(moments)]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])}
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
    ) as process:
        assert process.stdin and process.stdout
        yield _copies(process)
        process.stdin.close()
        assert process.wait() == 0


def _copies(process: subprocess.Popen[str]) -> Iterator[Path]:
    assert process.stdin and process.stdout
    for line in process.stdout:
        yield Path(line.rstrip("\n"))
        process.stdin.write("next\n")
        process.stdin.flush()


def _main(source: str, folder: str, scratch: str, moments: int) -> None:
    """What is slow to import is imported once; each change is a fork, which dies alone."""
    known: dict[str, object] = {}
    exec(source, known)
    change = known["change"]
    assert callable(change)

    def changed(die_before: int) -> int:
        """How often a change touched a file before it ended, or died: before the touch of that number."""
        copy = Path(scratch) / "killed"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(folder, copy, copy_function=os.link)
        reading, writing = os.pipe()
        child = os.fork()
        if child == 0:
            touched = 0

            def touch(event: str, _: object) -> None:
                nonlocal touched
                if event in TOUCHING:
                    if touched == die_before:
                        os.kill(os.getpid(), signal.SIGKILL)
                    touched += 1

            sys.addaudithook(touch)
            change(copy)
            os.write(writing, str(touched).encode())
            os._exit(0)
        os.close(writing)
        with open(reading) as told:
            counted = told.read()
        _, status = os.waitpid(child, 0)
        assert bool(counted) == (status == 0), "the change failed"
        print(copy, flush=True)
        sys.stdin.readline()
        return int(counted or die_before)

    whole = changed(-1)
    late = whole - whole // 5
    half = moments // 2
    for number in range(half):
        changed(late * number // half)
    for number in range(moments - half):
        changed(late + (whole - late) * number // (moments - half))


if __name__ == "__main__":
    _main(*sys.argv[1:4], int(sys.argv[4]))
