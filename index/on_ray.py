"""Builds on workers that Ray runs: they load, split and embed, and the index is the same to the last bit.

Work runs through pipelines of Ray Data and comes back in its order. Ray makes no more of it than it has room
for, starts a process that died anew, and gives out again what that had not done. One pipeline is at its end
before the next begins: Ray would give each of two an even part of the cores, also one that waits.
"""

from __future__ import annotations

import functools
import os
import pickle
import socket
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from typing import Any

from index.compiled import PRECISION, THREADS
from index.embed import Here, Read
from index.encoder import Encoder
from index.errors import DocumentError, EncoderError, WorkersError
from index.load import load_document
from index.ray_itself import connected
from index.split import SplitDocument, split_document

FILES, BYTES = 512, 8_000_000
"""A pipeline reads so many files, or as many as hold so much: what comes of them is held at once."""

TOGETHER = 4
"""Files that a worker is given at once."""

BATCHES = 16
"""Forward passes in a block of texts: some half a second of work."""

BLOCK_BYTES = 1_000_000
"""Of results: a block that has grown so large is handed on before its work is at its end."""

AGAIN = 3
"""Times that a block is given out again whose worker died; what kills every worker must come to an end."""


@contextmanager
def ray_workers(address: str, cores: int | None = None) -> Iterator[RayWorkers]:
    """Workers for one build, one on each core that is free; as `index.ray_itself.connected`."""
    with connected(address, cores) as ray:
        yield RayWorkers(ray)


class RayWorkers:
    """Workers that are there for one build.

    Args:
        ray: The module, connected.
    """

    def __init__(self, ray: Any) -> None:
        self._ray = ray
        actor = ray.remote(_Pipelines).options(num_cpus=0, max_restarts=-1, max_task_retries=AGAIN)
        self._pipelines = actor.remote()
        self._numbers = count()

    def documents(
        self, files: Iterable[str | DocumentError], errors: list[DocumentError]
    ) -> Iterator[SplitDocument]:
        """As `index.load.each_document`, and each document is split.

        Args:
            files: From `index.load.each_file`; every worker must find them under the same paths.
            errors: Gets an error for every file that is left out, when it is come to.
        """
        load = functools.partial(_load, os.getcwd())
        for block in _blocks(files):
            for found in list(self.in_order(load, block, TOGETHER)):  # to its end, before texts are embedded
                if isinstance(found, DocumentError):
                    errors.append(found)
                else:
                    yield found

    def in_order(self, do: Callable[[Any], Any], works: Iterable[Any], together: int = 1) -> Iterator[Any]:
        """What workers make of each work, in order; so many works are given out together.

        Raises:
            WorkersError: Workers died over and over. What `do` raises.
        """
        plan = self._ray.put((do, [{"work": pickle.dumps(work)} for work in works], together))
        number, done = next(self._numbers), 0
        while found := self._get(self._pipelines.after.remote(number, done, [plan])):
            done += len(found)
            for result, error in map(pickle.loads, found):
                if error is not None:
                    raise error
                yield result

    def _get(self, awaited: Any) -> list[bytes]:
        errors = self._ray.exceptions
        try:
            return list(self._ray.get(awaited))
        except (errors.RayError, ConnectionError) as error:
            what = str(getattr(error, "cause", error)).strip().split("\n")[0]
            raise WorkersError(
                f"The workers could not do their part, {1 + AGAIN} times over where one died ({what}). "
                "The index is as it was. See that they have enough memory, and build again."
            ) from error


class OnRay:
    """Embeds on workers, which must find the encoder's folder under the same path."""

    def __init__(self, workers: RayWorkers, folder: Path, encoder: Encoder) -> None:
        self.dimension = encoder.dimension
        self._workers, self._folder, self._encoder = workers, folder.resolve(), encoder

    def read(self, texts: Sequence[str], with_words: bool) -> Iterator[Read]:
        portions = self._encoder.portions(texts, BATCHES)
        works = ((numbers, [texts[number] for number in numbers]) for numbers in portions)
        do = functools.partial(_read, self._folder, self._encoder.precision, with_words)
        for found in self._workers.in_order(do, works):
            yield from found


class _Pipelines:
    """Beside the workers and in a process of its own: Ray Data does not run over Ray's client.

    It holds one pipeline, which it can begin anew wherever it was: started anew, or asked for the same again.
    """

    def __init__(self) -> None:
        from ray.data import DataContext

        context = DataContext.get_current()
        context.execution_options.preserve_order = True
        context.target_max_block_size = BLOCK_BYTES
        context.enable_progress_bars = False
        self._next = (-1, 0)
        self._results: Iterator[list[bytes]] = iter(())

    def after(self, number: int, done: int, plan: list[Any]) -> list[bytes]:
        """The next results of a pipeline of which some are done; none at its end.

        Args:
            number: Which pipeline.
            plan: A reference to what it is to do, in a list so that Ray does not fetch it with each call.
        """
        if (number, done) != self._next:
            self._results = self._begin(done, plan)
        found = next(self._results, [])
        self._next = number, done + len(found)
        return found

    def _begin(self, done: int, plan: list[Any]) -> Iterator[list[bytes]]:
        import ray
        from ray.data import from_items

        do, works, together = ray.get(plan[0])
        if left := works[done:]:
            data: Any = from_items(left, override_num_blocks=-(-len(left) // together))
            results = data.map(_do, fn_args=(do,), max_retries=AGAIN)
            for block in results.iter_batches(batch_size=None, batch_format="pyarrow"):
                yield block["done"].to_pylist()


def _do(row: dict[str, bytes], do: Callable[[Any], Any]) -> dict[str, bytes]:
    """What is raised is sent as it is: Ray would put its own words into it."""
    try:
        return {"done": pickle.dumps((do(pickle.loads(row["work"])), None))}
    except Exception as error:
        return {"done": pickle.dumps((None, error))}


def _load(folder: str, file: str | DocumentError) -> SplitDocument | DocumentError:
    """A document, split, whose file is named from a folder; what kept it from being read."""
    os.chdir(folder)
    try:
        return file if isinstance(file, DocumentError) else split_document(load_document(file))
    except DocumentError as error:
        return error


def _read(folder: Path, precision: str, with_words: bool, work: tuple[list[int], list[str]]) -> list[Read]:
    """As `OnRay.read`, of some texts with their numbers."""
    numbers, texts = work
    readings = _embedder(folder, precision).read(texts, with_words)
    return [(numbers[row], vector, words) for row, vector, words in readings]


@functools.cache
def _embedder(folder: Path, precision: str) -> Here:
    """Of this process, which embeds one block after another."""
    # One core each: many small forward passes side by side are faster than one on many cores.
    os.environ.update({PRECISION: precision, THREADS: "1"})
    encoder = Encoder(folder)
    if encoder.precision != precision:
        raise EncoderError(
            f"{socket.gethostname()} cannot compute in {precision}, as the machine does that builds. "
            f"Build with {PRECISION}=f32."
        )
    return Here(encoder)


def _blocks(files: Iterable[str | DocumentError]) -> Iterator[list[str | DocumentError]]:
    block: list[str | DocumentError] = []
    size = 0
    for file in files:
        block.append(file)
        if isinstance(file, str) and os.path.isfile(file):
            size += os.path.getsize(file)
        if len(block) == FILES or size >= BYTES:
            yield block
            block, size = [], 0
    if block:
        yield block
