"""Lets a server that nobody asks sleep: what would look for work a thousand times a second waits for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Generator
from typing import Any


class Awaited:
    """A loop that polls, kept from running on while there is nothing to do.

    Args:
        polling: The loop; between two looks it awaits something short.
        is_idle: Whether it would find nothing.
        arrived: Set when there may be something again.
    """

    def __init__(
        self, polling: Coroutine[Any, Any, None], is_idle: Callable[[], bool], arrived: asyncio.Event
    ) -> None:
        self._polling = polling
        self._is_idle = is_idle
        self._arrived = arrived

    def __await__(self) -> Generator[Any, Any, None]:
        try:
            while True:
                while self._is_idle():
                    yield from self._arrived.wait().__await__()
                    self._arrived.clear()
                try:
                    step = self._polling.send(None)
                except StopIteration:
                    return
                yield step
        finally:
            self._polling.close()


def wait_for_questions(queue: Any) -> None:
    """Let Gradio's queue wait until somebody asks.

    Its loops look every millisecond whether a question has come, and ten times a second whether there is
    something to tell of one (gradio/queueing.py, `sleep_when_free`), which took 7 % of a core. To be called
    before the queue is started.
    """
    push = queue.push
    arrivals: list[asyncio.Event] = []

    async def pushing(*arguments: Any, **named: Any) -> Any:
        try:
            return await push(*arguments, **named)
        finally:
            for arrived in arrivals:
                arrived.set()

    def is_idle() -> bool:
        return len(queue) == 0 and not any(queue.active_jobs)

    def waiting(polling: Callable[[], Coroutine[Any, Any, None]]) -> Callable[[], Coroutine[Any, Any, None]]:
        arrivals.append(asyncio.Event())

        async def loop(arrived: asyncio.Event = arrivals[-1]) -> None:
            await Awaited(polling(), is_idle, arrived)

        return loop

    queue.push = pushing
    for name in ("start_processing", "start_progress_updates", "notify_clients"):
        setattr(queue, name, waiting(getattr(queue, name)))
