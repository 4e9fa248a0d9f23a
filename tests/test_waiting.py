"""A loop that polls sleeps while there is nothing to do, and goes on at once when there is."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from ui.waiting import Awaited, wait_for_questions


class Polled:
    """Gradio's queue as far as it is asked: three loops that look every millisecond."""

    def __init__(self) -> None:
        self.waiting: list[str] = []
        self.active_jobs: list[Any] = [None]
        self.done: list[str] = []
        self.looks = 0

    def __len__(self) -> int:
        return len(self.waiting)

    async def push(self, question: str) -> None:
        self.waiting.append(question)

    async def _look(self) -> None:
        while True:
            self.looks += 1
            if self.waiting:
                self.done.append(self.waiting.pop(0))
            await asyncio.sleep(0.001)

    start_processing = start_progress_updates = notify_clients = _look


def test_nobody_looks_while_nobody_asks_and_every_question_is_answered() -> None:
    async def asked() -> tuple[int, int, list[str]]:
        queue = Polled()
        wait_for_questions(queue)
        loops = (queue.start_processing, queue.start_progress_updates, queue.notify_clients)
        tasks = [asyncio.create_task(loop()) for loop in loops]
        await asyncio.sleep(0.2)
        at_rest = queue.looks
        await queue.push("one")
        await queue.push("two")
        await asyncio.sleep(0.2)
        after = queue.looks
        await asyncio.sleep(0.2)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        assert queue.looks == after, "it rests again"
        return at_rest, after, queue.done

    at_rest, after, done = asyncio.run(asked())
    assert at_rest == 0
    assert done == ["one", "two"]
    assert 2 <= after <= 6, "a look or two of each of the three loops"


def test_an_error_of_the_loop_comes_out_and_the_loop_is_closed() -> None:
    closed = []

    async def failing() -> None:
        try:
            await asyncio.sleep(0)
            raise ValueError("of the loop")
        finally:
            closed.append(True)

    async def run() -> None:
        await Awaited(failing(), lambda: False, asyncio.Event())

    with pytest.raises(ValueError, match="of the loop"):
        asyncio.run(run())
    assert closed == [True]
