"""Rows of numbers in a file that is too large to be checked whole whenever an index is opened.

Each row carries a checksum of its own, so that a question checks what it reads and nothing else. A checksum
is the sum of the row's bytes, eight at a time, each times an odd weight: of any eight that are not what they
were, it tells.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import DTypeLike, NDArray

from index.errors import damaged

_STEP = np.uint64(0x9E3779B97F4A7C15)
"""Odd, as all its odd multiples are, so that none of them times a difference is nothing."""

_HEADER = "is not what was written: its header differs"


class CheckedRows:
    """Rows in half precision, read from disk when they are asked for.

    Args:
        rows: (n, width)
        sums: (n,) of `row_sums`; None where the rows need no check.
        file: Named where a row is not what was written.
    """

    def __init__(
        self, rows: NDArray[np.float16], sums: NDArray[np.uint64] | None = None, file: Path | None = None
    ) -> None:
        self._rows, self._sums, self._file = rows, sums, file

    @classmethod
    def load(cls, file: Path, whole: bool = True) -> CheckedRows:
        """Read what `save` wrote; with `whole` the file was checked already, and its rows need not be."""
        rows = mapped_array(file, np.float16)
        return cls(rows, None if whole else mapped_array(sums_of(file), np.uint64), file)

    def save(self, file: Path) -> None:
        """Write the rows and, beside them, their checksums."""
        np.save(file, self._rows)
        np.save(sums_of(file), row_sums(self._rows))

    def __len__(self) -> int:
        return len(self._rows)

    def at(self, places: NDArray[np.int64] | slice) -> NDArray[np.float32]:
        """Some rows, (len(places), width).

        Raises:
            IndexDamaged: One of them is not what was written.
        """
        rows = self._rows[places]
        checked = self._sums is None or np.array_equal(row_sums(rows), self._sums[places])
        if self._file is not None and not checked:
            raise damaged(self._file, "is not what was written: the checksum of a row differs")
        return np.asarray(rows, dtype=np.float32)


def mapped_array(file: Path, dtype: DTypeLike) -> NDArray[Any]:
    """An array as `np.save` wrote it, read from disk when it is looked at.

    Its header has no checksum of its own: it has to tell numbers of this kind, row by row, that fill the
    file.

    Raises:
        IndexDamaged: It tells something else, or nothing.
    """
    try:
        array: NDArray[Any] = np.load(file, mmap_mode="r")
    except OSError:
        raise
    except Exception as error:  # NumPy raises whatever a damaged header leads it to
        raise damaged(file, _HEADER) from error
    fills = isinstance(array, np.memmap) and array.offset + array.nbytes == file.stat().st_size
    if not fills or array.dtype != np.dtype(dtype) or not array.flags.c_contiguous:
        raise damaged(file, _HEADER)
    return array


def sums_of(file: Path) -> Path:
    """The file of checksums that lies beside a file of rows."""
    return file.with_name(f"{file.stem}-sums.npy")


def row_sums(rows: NDArray[Any]) -> NDArray[np.uint64]:
    """A checksum of each row of a matrix, (n,)."""
    data = np.ascontiguousarray(rows).view(np.uint8)
    if lacking := -data.shape[1] % 8:
        data = np.pad(data, ((0, 0), (0, lacking)))
    words = data.view(np.uint64)
    return np.asarray(words @ ((2 * np.arange(words.shape[1], dtype=np.uint64) + 1) * _STEP))


def checksum(*parts: NDArray[Any]) -> int:
    """A checksum of arrays that are read together."""
    data = b"".join(np.ascontiguousarray(part).tobytes() for part in parts)
    return int(row_sums(np.frombuffer(data, np.uint8)[np.newaxis])[0])
