"""The packs by name. Which one an index is answered from with, its manifest says."""

from __future__ import annotations

from index.errors import LightqaError
from qa.health.pack import HEALTH
from qa.pack import NONE, Pack

PACKS = {pack.name: pack for pack in (HEALTH, NONE)}


class PackError(LightqaError):
    """There is no pack of a name."""


def pack_named(name: str) -> Pack:
    """A pack by its name. Raises PackError where there is none of it."""
    if name not in PACKS:
        raise PackError(f"There is no pack {name!r}; choose from {', '.join(PACKS)}.")
    return PACKS[name]
