"""Mail as Outlook saves it (.msg), written byte by byte: no library in Python writes compound files.

The layout is that of Microsoft's open specifications MS-CFB (sectors of 512 bytes, small streams in sectors
of 64) and MS-OXMSG (a stream for every property, and a table of them).
"""

from __future__ import annotations

import struct
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Union

Tree = Mapping[str, Union[bytes, "Tree"]]
"""Streams by name, and storages, which hold further ones."""

_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4096
_FREE, _END, _TABLE, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF
_ROOT, _STORAGE, _STREAM = 5, 1, 2
_TEXT, _BINARY, _TIME = 0x001F, 0x0102, 0x0040
_SUBJECT, _BODY, _HTML, _SENT, _FILE_NAME = 0x0037, 0x1000, 0x1013, 0x0039, 0x3707
_SINCE_1601 = 116_444_736_000_000_000
"""From 1601 to 1970, in the 100 nanoseconds that Windows counts in."""


def outlook_mail(subject: str, body: str = "", html: str = "", attachments: tuple[str, ...] = ()) -> bytes:
    """A message that was sent on 2026-03-03 at 10 o'clock."""
    sent = int(datetime(2026, 3, 3, 10, tzinfo=UTC).timestamp() * 10_000_000) + _SINCE_1601
    held = {(_SUBJECT, _TEXT): subject.encode("utf-16-le"), (_BODY, _TEXT): body.encode("utf-16-le")}
    held[_HTML, _BINARY] = html.encode("utf-8")
    head = struct.pack("<8xIIII8x", 0, len(attachments), 0, len(attachments))
    tree: dict[str, bytes | Tree] = _properties(head, held, {_SENT: sent})
    for number, name in enumerate(attachments):
        one = _properties(bytes(8), {(_FILE_NAME, _TEXT): name.encode("utf-16-le")}, {})
        tree[f"__attach_version1.0_#{number:08X}"] = one
    return compound_file(tree)


def _properties(
    head: bytes, held: Mapping[tuple[int, int], bytes], times: Mapping[int, int]
) -> dict[str, bytes | Tree]:
    """A stream for each property that is held, and the table that names all of them."""
    held = {property: value for property, value in held.items() if value}
    table = [
        struct.pack("<HHIII", kind, number, 6, len(value) + 2 * (kind == _TEXT), 0)
        for (number, kind), value in held.items()
    ]
    table += [struct.pack("<HHIQ", _TIME, number, 6, value) for number, value in times.items()]
    streams: dict[str, bytes | Tree] = {"__properties_version1.0": head + b"".join(table)}
    return streams | {f"__substg1.0_{number:04X}{kind:04X}": value for (number, kind), value in held.items()}


def compound_file(tree: Tree) -> bytes:
    """A compound file of some streams and storages; no more than fit into one sector of the table."""
    entries: list[list[object]] = []
    sectors: list[bytes] = []
    table: list[int] = []
    small, small_table = b"", []

    def chained(data: bytes) -> int:
        """Puts data into sectors of their own, and gives the first."""
        first, count = len(sectors), -(-len(data) // _SECTOR)
        sectors.extend(data[at * _SECTOR : (at + 1) * _SECTOR].ljust(_SECTOR, b"\0") for at in range(count))
        table.extend([*range(first + 1, first + count), _END][:count])
        return first if count else _END

    def stored(data: bytes) -> int:
        nonlocal small
        if len(data) >= _SMALL:
            return chained(data)
        first, count = len(small_table), -(-len(data) // _SMALL_SECTOR)
        small += data.ljust(count * _SMALL_SECTOR, b"\0")
        small_table.extend([*range(first + 1, first + count), _END][:count])
        return first if count else _END

    def entered(name: str, kind: int, start: int, size: int) -> int:
        entries.append([name, kind, _NONE, _NONE, start, size])
        return len(entries) - 1

    def walked(parent: int, inside: Tree) -> None:
        before = None
        # In order each to the right of the one before: a lopsided tree, and a valid one.
        for name in sorted(inside, key=lambda name: (len(name), name.upper())):
            value = inside[name]
            if isinstance(value, bytes):
                own = entered(name, _STREAM, stored(value), len(value))
            else:
                own = entered(name, _STORAGE, 0, 0)
                walked(own, value)
            entries[parent if before is None else before][3 if before is None else 2] = own
            before = own

    root = entered("Root Entry", _ROOT, _END, 0)
    walked(root, tree)
    entries[root][4:] = [chained(small), len(small)]
    small_places = b"".join(struct.pack("<I", at) for at in small_table)
    first_small = chained(small_places.ljust(-(-len(small_places) // _SECTOR) * _SECTOR, b"\xff"))
    first_entry = chained(b"".join(_entry(*entry) for entry in entries))  # type: ignore[arg-type]
    own = len(sectors)
    places = [*table, _TABLE]
    assert len(places) <= _SECTOR // 4, "one sector of the table is all that is written here"
    sectors.append(struct.pack(f"<{_SECTOR // 4}I", *places, *[_FREE] * (_SECTOR // 4 - len(places))))
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH6xII", 0x3E, 3, 0xFFFE, 9, 6, 0, 1)
    head += struct.pack(
        "<IIIIIII", first_entry, 0, _SMALL, first_small, -(-len(small_places) // _SECTOR), _END, 0
    )
    return head + struct.pack("<109I", own, *[_FREE] * 108) + b"".join(sectors)


def _entry(name: str, kind: int, right: int, child: int, start: int, size: int) -> bytes:
    written = name.encode("utf-16-le")
    shown = struct.pack("<64sHBBIII", written, len(written) + 2, kind, 1, _NONE, right, child)
    return shown + bytes(36) + struct.pack("<IQ", start, size)
