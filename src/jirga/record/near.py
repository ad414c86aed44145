"""Who may be alike: things that share a key and lie near each other in time, without comparing all pairs.

Under each key the things filed there stand in the order of their day, those of one day in an order of their own, and
each is compared with its neighbours alone (the sorted neighbourhood of Hernández and Stolfo 1995, *The merge/purge problem
for large databases*). So a key that half of all reports share costs no more than its length, and which pairs are compared
depends on what is there, not on the order in which it came.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b

__all__ = ["Filed", "Shelves", "candidates", "key_of", "place_of"]

_MASK = (1 << 32) - 1
_DAY = 1 << 32


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
    keys : tuple of int
    day : date or None
    spread : int
    """

    keys: tuple[int, ...]
    day: date | None
    spread: int


class Shelves:
    """Things by key, each shelf in order.

    Parameters
    ----------
    filed : sequence of Filed
        A thing is named by its number in the sequence.
    """

    def __init__(self, filed: Sequence[Filed]) -> None:
        shelves: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for number, thing in enumerate(filed):
            for key in thing.keys:
                shelves[key].append((place_of(key, thing.day, thing.spread), number))
        for shelf in shelves.values():
            shelf.sort()
        self.shelves = shelves

    def around(self, key: int, place: int, reach: int) -> list[int]:
        """Return the things at most ``reach`` places before and behind a place."""
        shelf = self.shelves.get(key)
        if not shelf:
            return []
        if len(shelf) <= reach:
            return [number for _, number in shelf]
        at = bisect_left(shelf, (place, -1))
        return [number for _, number in shelf[max(0, at - reach) : at + reach]]


def candidates(filed: Sequence[Filed], reach: int) -> Iterator[tuple[int, list[int]]]:
    """Yield each thing with those of higher number that it is to be compared with, in order.

    Parameters
    ----------
    filed : sequence of Filed
    reach : int
        How many neighbours a thing has on each side under each key.
    """
    meets: list[set[int]] = [set() for _ in filed]
    for shelf in Shelves(filed).shelves.values():
        for at, (_, one) in enumerate(shelf):
            for _, other in shelf[at + 1 : at + 1 + reach]:
                if one < other:
                    meets[one].add(other)
                elif other < one:
                    meets[other].add(one)
    for number, others in enumerate(meets):
        if others:
            yield number, sorted(others)
            others.clear()
