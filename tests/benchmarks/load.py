"""Many people at once: a real server, questions as people type them, and the pauses that people make.

    python tests/benchmarks/load.py [--index DIR] [--people 50] [--minutes 10] [--processes 2]

Each person opens the page, then again and again asks a question through the queue, has the reply
shown, opens its first source where there is one, and reads for 5 to 15 seconds. What is timed is
what the person waits for: from sending the question until the reply is ready to be shown. A reply that
is none counts as an error. Of several server processes over the one index each person keeps to one; at the
end all are asked the same questions, and replies that differ count as errors, too.
"""

from __future__ import annotations

import argparse
import asyncio
import contextlib
import json
import random
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import httpx
from measured import typed_alone
from processes import ROOT, megabytes

PAUSE = (5.0, 15.0)
"""Seconds that a person reads."""

ALIKE = 30
"""Questions whose replies are compared."""

INTERVALS = 10
"""Times that the waits and the memory are printed."""


def main() -> None:
    parser = argparse.ArgumentParser(description="Many people at once.")
    parser.add_argument("--index", default=".lightqa/index")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--minutes", type=float, default=10)
    parser.add_argument("--processes", type=int, default=1)
    options = parser.parse_args()
    questions = typed_alone()
    with contextlib.ExitStack() as running:
        servers = [running.enter_context(served(options.index)) for _ in range(options.processes)]
        addresses, processes = [address for address, _ in servers], [process for _, process in servers]
        asyncio.run(crowd(addresses, questions, options, processes))


@contextlib.contextmanager
def served(index: str) -> Iterator[tuple[str, int]]:
    """Address and number of a server process, ready to be asked."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve = f"from ui.server import serve; serve({index!r}, port={port})"
    command = [sys.executable, "-c", serve]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as server:
        try:
            assert server.stdout
            server.stdout.readline()
            yield f"http://127.0.0.1:{port}/", server.pid
        finally:
            server.terminate()


async def crowd(
    addresses: list[str], questions: list[str], options: argparse.Namespace, processes: list[int]
) -> None:
    waits: list[float] = []
    errors: list[str] = []
    until = time.monotonic() + 60 * options.minutes
    people = [
        asyncio.create_task(
            person(number, addresses[number % len(addresses)], questions, until, waits, errors)
        )
        for number in range(options.people)
    ]
    print(
        f"{options.people} people, {options.minutes:g} minutes, {len(questions)} questions, "
        f"{len(processes)} processes."
    )
    print(f"  at the start: {held(processes):5.0f} MB of memory", flush=True)
    began, seen = time.monotonic(), 0
    while not all(task.done() for task in people):
        await asyncio.wait(people, timeout=60 * options.minutes / INTERVALS)
        told(f"after {(time.monotonic() - began) / 60:4.1f} min", waits[seen:], errors, processes)
        seen = len(waits)
    for task in people:
        task.result()
    errors += await differing(addresses, random.Random(0).sample(questions, ALIKE))
    told("in all", waits, errors, processes)
    for error in sorted(set(errors))[:10]:
        print(f"  {error}")


def told(when: str, waits: list[float], errors: list[str], processes: list[int]) -> None:
    """Print how long people waited, and what the server holds now."""
    waited = ""
    if len(waits) > 1:
        cuts = statistics.quantiles(waits, n=100, method="inclusive")
        waited = (
            f"wait p50 {cuts[49]:.2f} s, p95 {cuts[94]:.2f} s, p99 {cuts[98]:.2f} s, "
            f"longest {max(waits):.2f} s, "
        )
    print(
        f"  {when:14s} {len(waits):5d} replies, {len(errors)} errors so far, {waited}"
        f"{held(processes):5.0f} MB of memory",
        flush=True,
    )


async def differing(addresses: list[str], questions: list[str]) -> list[str]:
    """Questions whose replies differ from one address to the next."""
    found = []
    for question in questions:
        replies = []
        for address in addresses:
            async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as client:
                replies.append({**await replied(client, question, []), "seconds": 0})
        if any(reply != replies[0] for reply in replies):
            found.append(f"replies differ: {question}")
    return found


async def replied(client: httpx.AsyncClient, question: str, earlier: list[str]) -> dict[str, Any]:
    """The reply to a question, through the queue as the page asks it."""
    joined = await client.post("gradio_api/call/ask", json={"data": [question, earlier[-3:]]})
    event = joined.raise_for_status().json()["event_id"]
    answered = (await client.get(f"gradio_api/call/ask/{event}")).raise_for_status().text
    before, complete, data = answered.partition("event: complete\ndata: ")
    if not complete:
        raise ValueError(f"no reply came: {before[:200]!r}")
    [reply] = json.loads(data)
    return dict(reply)


async def person(
    number: int, address: str, questions: list[str], until: float, waits: list[float], errors: list[str]
) -> None:
    chance = random.Random(number)
    await asyncio.sleep(chance.uniform(0, PAUSE[1]))
    async with httpx.AsyncClient(base_url=address, timeout=60, trust_env=False) as client:
        for path in ("", "web/page.css", "web/page.js", "welcome"):
            (await client.get(path)).raise_for_status()
        earlier: list[str] = []
        while time.monotonic() < until:
            question = chance.choice(questions)
            began = time.perf_counter()
            try:
                reply = await replied(client, question, earlier)
                (await client.post("render", json={"replies": [reply]})).raise_for_status()
                waits.append(time.perf_counter() - began)
                if reply["citations"]:
                    opened = {"reply": reply, "number": reply["citations"][0]["number"]}
                    (await client.post("source", json=opened)).raise_for_status()
                earlier.append(question)
            except (httpx.HTTPError, ValueError, KeyError) as error:
                errors.append(f"{type(error).__name__}: {error}")
            await asyncio.sleep(min(chance.uniform(*PAUSE), max(0.0, until - time.monotonic())))


def held(processes: list[int]) -> float:
    """Megabytes of memory that some processes hold now."""
    return sum(megabytes("VmRSS", process) for process in processes)


if __name__ == "__main__":
    main()
