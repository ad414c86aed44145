"""Who may be alike: things that share a key and lie near each other in time, without comparing all pairs.

Under each key the things filed there stand in the order of their day, those of one day in an order of their own, and
each is compared with its neighbours alone (the sorted neighbourhood of Hernández and Stolfo 1995, *The merge/purge problem
for large databases*). So a key that half of all reports share costs no more than its length, and which pairs are compared
depends on what is there, not on the order in which it came.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from zlib import crc32

import numpy as np

__all__ = ["Edge", "Filed", "file_under", "key_of", "neighbours", "place_of"]

PART = 8192  # things whose neighbours are listed at once; bounds memory
_MASK = (1 << 32) - 1
_DAY = 1 << 32
_Numbers = np.ndarray[tuple[int], np.dtype[np.int64]]


def key_of(*parts: object) -> int:
    """Return a number of 63 bits that stands for a key, the same in every process."""
    text = "\x1f".join(map(str, parts))
    return int.from_bytes(blake2b(text.encode("utf-8", "replace"), digest_size=8).digest(), "big") >> 1


def place_of(key: int, day: date | None, spread: int) -> int:
    """Return where a thing stands under a key: by its day, then by a number that is another one under each key.

    Parameters
    ----------
    key : int
    day : date or None
    spread : int
        A hash of the thing's id. Multiplied with the key, it gives a thing other neighbours under other keys, so that
        many accounts of one day stay connected though each meets a few.
    """
    return (day.toordinal() if day else 0) * _DAY + ((spread | 1) * (key | 1) & _MASK)


@dataclass(frozen=True, slots=True)
class Filed:
    """What a thing is filed under.

    Attributes
    ----------
    places : tuple of (int, int)
        Each key with the place under it.
    """

    places: tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two things that are alike.

    Attributes
    ----------
    one, other : int
        Numbers of the things, the lower first.
    weight : float
    shelves : int
        Under how many keys they are neighbours.
    """

    one: int
    other: int
    weight: float
    shelves: int


def file_under(keys: Iterable[int], day: date | None, ident: str) -> Filed:
    """File a thing under keys, by its day and its id."""
    spread = crc32(ident.encode())
    return Filed(tuple((key, place_of(key, day, spread)) for key in dict.fromkeys(keys)))


def neighbours(filed: Sequence[Filed], reach: int) -> Iterator[tuple[int, int, int]]:
    """Yield each pair that is to be compared, with the number of keys under which the two are neighbours.

    Parameters
    ----------
    filed : sequence of Filed
        A thing is named by its number in the sequence.
    reach : int
        How many neighbours a thing has on each side under each key.

    Yields
    ------
    tuple of (int, int, int)
        Lower number, higher number, keys; in order.
    """
    size = sum(len(thing.places) for thing in filed)
    keys = np.fromiter((key for thing in filed for key, _ in thing.places), np.int64, size)
    places = np.fromiter((place for thing in filed for _, place in thing.places), np.int64, size)
    numbers = np.repeat(np.arange(len(filed), dtype=np.int64), [len(thing.places) for thing in filed])
    order = np.lexsort((numbers, places, keys))
    keys, numbers = keys[order], numbers[order]
    for first in range(0, len(filed), PART):
        yield from _pairs(keys, numbers, reach, first, len(filed))


def _pairs(
    keys: _Numbers, numbers: _Numbers, reach: int, first: int, count: int
) -> Iterator[tuple[int, int, int]]:
    """Yield the pairs whose lower number is one of `PART` from ``first`` on."""
    found: list[_Numbers] = []
    for apart in range(1, reach + 1):
        one, other = numbers[:-apart], numbers[apart:]
        low = np.minimum(one, other)
        chosen = (keys[:-apart] == keys[apart:]) & (low >= first) & (low < first + PART)
        found.append(low[chosen] * count + np.maximum(one, other)[chosen])
    pairs, shelves = np.unique(np.concatenate(found), return_counts=True)
    for pair, several in zip(pairs.tolist(), shelves.tolist(), strict=True):
        yield pair // count, pair % count, several
