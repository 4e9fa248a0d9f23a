"""Builds on workers that Ray runs: they load, split and embed, and the index is the same to the last bit.

Work goes out in blocks and comes back in their order, a few blocks a worker at once, so that what is held
does not grow with the files. Ray starts a worker that died anew, and gives it again what it had not done.
"""

from __future__ import annotations

import os
import socket
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.compiled import PRECISION, THREADS
from index.encoder import Encoder, Vectors
from index.errors import DocumentError, EncoderError, WorkersError
from index.load import load_document
from index.ray_itself import connected
from index.said import Said
from index.split import SplitDocument, split_document
from index.token_vectors import words_of

AHEAD = 3
"""Blocks that a worker has before it at once: it never waits for the next, and little is held."""

FILES, BYTES = 16, 1_000_000
"""A block of files is so many, or as many as hold so much."""

BATCHES = 16
"""Forward passes in a block of texts: some half a second of work."""

AGAIN = 3
"""Times that a block is given out again whose worker died; what kills every worker must come to an end."""


@contextmanager
def ray_workers(address: str, count: int | None = None) -> Iterator[RayWorkers]:
    """Workers for one build.

    Args:
        address: As `index.ray_itself.connected` has it.
        count: How many workers; None for one on each core that is free.

    Raises:
        WorkersError: It is no such address, Ray is not installed, or none answers there.
    """
    with connected(address, count) as ray:
        free = int(ray.available_resources().get("CPU", 0))
        yield RayWorkers(ray, max(1, count or free))


class RayWorkers:
    """Workers that are there for one build.

    Args:
        ray: The module, connected.
        count: How many workers.

    Attributes:
        actors: Ray's handle of each.
    """

    def __init__(self, ray: Any, count: int) -> None:
        self._ray = ray
        # One core each: many small forward passes side by side are faster than one on many cores.
        actor = ray.remote(_Worker).options(num_cpus=1, max_restarts=-1, max_task_retries=AGAIN)
        self.actors = [actor.remote(os.getcwd()) for _ in range(count)]
        self._turns = cycle(self.actors)

    def documents(
        self, files: Iterable[str | DocumentError], errors: list[DocumentError]
    ) -> Iterator[SplitDocument]:
        """As `index.load.each_document`, and each document is split.

        Args:
            files: From `index.load.each_file`; every worker must find them under the same paths.
            errors: Gets an error for every file that is left out, when it is come to.
        """
        blocks: deque[list[str | DocumentError]] = deque()

        def calls() -> Iterator[tuple[list[str]]]:
            for block in _blocks(files):
                blocks.append(block)
                yield ([file for file in block if isinstance(file, str)],)

        for found in self._in_order("load", calls()):
            loaded = iter(found)
            for file in blocks.popleft():
                one = file if isinstance(file, DocumentError) else next(loaded)
                if isinstance(one, SplitDocument):
                    yield one
                else:
                    errors.append(one if isinstance(one, DocumentError) else DocumentError(*one))

    def embedder(self, folder: Path, encoder: Encoder) -> OnRay:
        """What embeds with the encoder in a folder, which workers must find under the same path."""
        return OnRay(self._in_order, str(folder.resolve()), encoder)

    def _in_order(self, method: str, calls: Iterable[tuple[Any, ...]]) -> Iterator[Any]:
        """The results of calls of a method of `_Worker`, in the order of the calls."""
        waiting: deque[Any] = deque()
        for call in calls:
            if len(waiting) == AHEAD * len(self.actors):
                yield self._result(waiting.popleft())
            waiting.append(getattr(next(self._turns), method).remote(*call))
        while waiting:
            yield self._result(waiting.popleft())

    def _result(self, awaited: Any) -> Any:
        errors = self._ray.exceptions
        try:
            return self._ray.get(awaited)
        except errors.RayTaskError as error:  # what the worker raised, without the account of its process
            raise error.cause from error
        except (errors.RayError, ConnectionError) as error:
            what = str(error).strip().split("\n")[0]
            raise WorkersError(
                f"The workers could not do their part, {1 + AGAIN} times over where one died ({what}). "
                "The index is as it was. See that they have enough memory, and build again."
            ) from error


class OnRay:
    """Embeds on workers; see `index.embed.Embedder`."""

    def __init__(
        self,
        in_order: Callable[[str, Iterable[tuple[Any, ...]]], Iterator[Any]],
        folder: str,
        encoder: Encoder,
    ) -> None:
        self.dimension = encoder.dimension
        self._in_order, self._folder, self._encoder = in_order, folder, encoder

    def read(
        self, texts: Sequence[str], with_words: bool
    ) -> Iterator[tuple[int, Vectors, NDArray[np.void] | None]]:
        portions: deque[list[int]] = deque()

        def calls() -> Iterator[tuple[Any, ...]]:
            for portion in self._encoder.portions(texts, BATCHES):
                portions.append(portion)
                own = [texts[number] for number in portion]
                yield own, with_words, self._folder, self._encoder.precision

        for order, vectors, words, ends in self._in_order("read", calls()):
            numbers = portions.popleft()
            of_texts = np.split(words, ends[:-1]) if with_words else [None] * len(order)
            for row, vector, own in zip(order, vectors, of_texts, strict=True):
                yield numbers[row], vector, own

    def encode(self, texts: Sequence[str], advance: Callable[[int], None]) -> Vectors:
        vectors = np.zeros((len(texts), self.dimension), np.float32)
        for number, vector, _ in self.read(texts, with_words=False):
            vectors[number] = vector
            advance(1)
        return vectors


class _Worker:
    """In a process of its own, perhaps on another machine.

    Args:
        folder: From which the files are named.
    """

    def __init__(self, folder: str) -> None:
        os.chdir(folder)
        self._encoder: Encoder | None = None

    def load(self, paths: list[str]) -> list[SplitDocument | tuple[str, Said]]:
        """Each document, split; the path and the reason of a file that cannot be read."""
        found: list[SplitDocument | tuple[str, Said]] = []
        for path in paths:
            try:
                found.append(split_document(load_document(path)))
            except DocumentError as error:
                found.append((error.path, error.reason))
        return found

    def read(
        self, texts: list[str], with_words: bool, folder: str, precision: str
    ) -> tuple[list[int], Vectors, NDArray[np.void] | None, list[int]]:
        """Numbers of the texts as they are done, their vectors and words, and where each text's words end."""
        if self._encoder is None:
            os.environ.update({PRECISION: precision, THREADS: "1"})
            self._encoder = Encoder(Path(folder))
            if self._encoder.precision != precision:
                raise EncoderError(
                    f"{socket.gethostname()} cannot compute in {precision}, as the machine does that builds. "
                    f"Build with {PRECISION}=f32."
                )
        readings = list(self._encoder.read(texts))
        order = [number for number, _ in readings]
        vectors = np.array([reading.vector for _, reading in readings])
        if not with_words:
            return order, vectors, None, []
        words = [words_of(reading, texts[number]) for number, reading in readings]
        return order, vectors, np.concatenate(words), np.cumsum([len(own) for own in words]).tolist()


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
