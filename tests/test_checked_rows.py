"""A row is checked when it is read: a byte that is not what it was is refused there, and nowhere else."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from index.checked_rows import CheckedRows, checksum, row_sums, sums_of
from index.errors import IndexDamaged


@pytest.mark.parametrize("width", [3, 8])
def test_a_flipped_bit_is_refused_where_it_is_read(tmp_path: Path, width: int) -> None:
    file = tmp_path / "rows.npy"
    rows = np.random.default_rng(1).normal(size=(5, width)).astype(np.float16)
    CheckedRows(rows).save(file)
    everything = np.arange(5)
    assert np.array_equal(CheckedRows.load(file, whole=False).at(everything), rows.astype(np.float32))
    for path, row_bytes in ((file, 2 * width), (sums_of(file), 8)):
        whole = path.read_bytes()
        for at in range(len(whole) - 5 * row_bytes, len(whole)):
            path.write_bytes(whole[:at] + bytes([whole[at] ^ 16]) + whole[at + 1 :])
            stored = CheckedRows.load(file, whole=False)
            spoilt = (at - len(whole) + 5 * row_bytes) // row_bytes
            with pytest.raises(IndexDamaged, match=r"rows\.npy is not what was written"):
                stored.at(slice(spoilt, spoilt + 1))
            assert len(stored.at(everything[everything != spoilt])) == 4
        path.write_bytes(whole)


def test_rows_that_changed_places_differ_in_their_sums() -> None:
    numbers = np.arange(64, dtype=np.uint8).reshape(2, 32)
    swapped = numbers.reshape(2, 4, 8)[:, ::-1].reshape(2, 32)
    assert (row_sums(numbers) != row_sums(swapped)).all()
    assert checksum(numbers[0], numbers[1]) == checksum(numbers) != checksum(swapped)
    assert len(row_sums(np.zeros((0, 8), np.float16))) == 0
    assert checksum() == checksum(np.zeros(0, np.int32)) == 0
