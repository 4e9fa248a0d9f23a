"""Reads one file in a process of its own, within limits, so that no document takes the server down.

`python -m ui.reading PATH` prints the document as JSON, or the reason why there is none. The limits
are set by this process on itself before it opens the file; the parent adds one of wall-clock time.
"""

from __future__ import annotations

import json
import logging
import re
import resource
import subprocess
import sys
from dataclasses import asdict, replace
from pathlib import Path

from index.errors import DocumentError
from index.recognition import can_recognise
from index.said import Said, said_from_json, say
from index.types import Document

SECONDS = 60
"""Processor time for one file; a text of 2,000,000 characters takes about 5, a scanned page up to 3."""

MEMORY = (4 if can_recognise() else 2) * 1024**3
"""Bytes of address space; what recognises pictures maps more than it fills."""

CHARACTERS = 2_000_000
"""Longest text: about 1,000 printed pages."""

_OUT_OF_MEMORY = re.compile(r"memory|bad_alloc|failed to map segment|can't start new thread", re.IGNORECASE)
"""What ends a process that may have no more memory, as Python, C++ and the loader of libraries put it."""

_ROOT = Path(__file__).parent.parent


def read(path: str) -> Document:
    """The document in a file that nobody has vouched for.

    Raises:
        DocumentError: It is no document, is too long, or reading it went beyond the limits.
    """
    try:
        ended = subprocess.run(
            [sys.executable, "-m", "ui.reading", path],
            capture_output=True,
            timeout=2 * SECONDS,
            check=False,
            env={"PATH": "", "PYTHONPATH": str(_ROOT), "PYTHONIOENCODING": "utf-8"},
        )
    except subprocess.TimeoutExpired:
        reason = say("took longer than {seconds} seconds to read", seconds=str(2 * SECONDS))
        raise DocumentError(path, reason) from None
    try:
        told = json.loads(ended.stdout)
    except ValueError:
        raise DocumentError(path, _why_ended(ended, path)) from None
    if "reason" in told:
        raise DocumentError(path, said_from_json(told["reason"]))
    told["unread"] = map(said_from_json, told["unread"])
    lists = ("pages", "labels", "unread", "recognised")
    return Document(**{**told, **{name: tuple(told[name]) for name in lists}})


def _why_ended(ended: subprocess.CompletedProcess[bytes], path: str) -> Said:
    """Why a reading ended without a word: by its limits, or by a fault of ours, which is logged."""
    from ui.plain import printable

    trace = [printable(line) for line in ended.stderr.decode("utf-8", "replace").splitlines()]
    fault = trace[-1] if trace else ""
    if ended.returncode < 0 or _OUT_OF_MEMORY.search(fault):
        return say("needs more time or memory to read than a document may take")
    logging.getLogger(__name__).error("%s could not be read:\n%s", printable(path), "\n".join(trace))
    return say("cannot be read ({fault})", fault=fault.partition(":")[0])


def _limit() -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _main(path: str) -> None:
    from index.clean import blocks
    from index.load import load_document
    from index.split import NO_PROSE, split

    _limit()
    try:
        document = load_document(path)
        if len(document.text) > CHARACTERS:
            held = {"count": f"{len(document.text):,}", "most": f"{CHARACTERS:,}"}
            reason = say("has {count} characters; at most {most} can be added here", **held)
            raise DocumentError(path, reason)
        # Splitting is tried here too, so that the server only ever does what was done in time.
        if not split(document, blocks(document)):
            raise DocumentError(path, NO_PROSE)
        told = asdict(replace(document, metadata=dict(document.metadata)))
        told["unread"] = [reason.as_json() for reason in document.unread]
    except DocumentError as error:
        told = {"reason": error.reason.as_json()}
    sys.stdout.write(json.dumps(told))


if __name__ == "__main__":
    _main(sys.argv[1])
