"""All statements on their shelves and all pairs that are alike, found part by part with few statements held at once."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection

from jirga.record import relations
from jirga.record.features import Sight
from jirga.record.project.chunks import write
from jirga.record.project.seen import Seen
from jirga.record.project.spill import Spill
from jirga.record.project.working import likeness, shelf
from jirga.record.relations import Relation
from jirga.record.words import Weights

__all__ = ["AllShelves"]

SHIFT = 55  # bits of a key below those that name its part: 256 parts
TOGETHER = 2048  # statements that are compared with their neighbours at once
HELD = 8192  # statements that are held while others are looked up
STEP = 4096  # pairs whose statements are looked up at once
HIGH = 32  # bits by which the first of a pair is moved up, so that a pair is one number
MASK = (1 << HIGH) - 1

_Numbers = NDArray[np.int64]


class AllShelves:
    """Where all statements are filed, and who their neighbours are.

    Parameters
    ----------
    connection : Connection
        Inside a transaction; the tables ``shelf`` and ``likeness`` have no rows of these relations.
    weights : Weights
    sides : collection of str
        Party ids of the sides of the conflict.
    """

    def __init__(self, connection: Connection, weights: Weights, sides: Collection[str]) -> None:
        self.connection, self.weights, self.sides = connection, weights, sides
        self.relations: tuple[Relation[Any], ...] = relations.RELATIONS
        self._filed = {relation.number: Spill(3) for relation in self.relations}
        self._taking: dict[int, list[_Numbers]] = {relation.number: [] for relation in self.relations}
        self._pairs = {relation.number: Spill(1) for relation in self.relations}

    def close(self) -> None:
        """Let go of what was put away."""
        for spill in (*self._filed.values(), *self._pairs.values()):
            spill.close()

    def file(self, first: int, sights: Sequence[Sight]) -> None:
        """File statements, numbered from ``first`` on."""
        for relation in self.relations:
            rows = [
                (key, place, number)
                for number, sight in enumerate(sights, start=first)
                if (look := relation.look(sight, self.sides)) is not None
                for key, place in relation.filed(look, self.weights).places
            ]
            filed = np.array(rows, np.int64).reshape(len(rows), 3)
            self._filed[relation.number].add(filed, filed[:, 0] >> SHIFT)
            self._taking[relation.number].append(np.unique(filed[:, 2]))

    def taking_part(self, relation: int) -> _Numbers:
        """Return the numbers of the statements that are filed in a relation; shape (n,)."""
        return np.concatenate([np.zeros(0, np.int64), *self._taking[relation]])

    def compare(self, seen: Seen) -> None:
        """Write the shelves and all pairs that are alike; statements are looked up in ``seen``."""
        parts = {part for filed in self._filed.values() for part in filed.parts()}
        for part in sorted(parts):  # in the order of the table, so that it grows at its end
            self._shelve(part)
        for part in sorted({part for pairs in self._pairs.values() for part in pairs.parts()}):
            for relation in self.relations:
                write(self.connection, likeness, self._alike(relation, part, seen))

    def _shelve(self, part: int) -> None:
        """Write a part of the shelves, and put away who are neighbours there."""
        written: list[_Numbers] = []
        for relation in self.relations:
            rows = self._filed[relation.number].part(part)
            rows = rows[np.lexsort((rows[:, 2], rows[:, 1], rows[:, 0]))]
            keys, numbers = rows[:, 0], rows[:, 2]
            for apart in range(1, relation.reach + 1):
                (here,) = np.nonzero(keys[apart:] == keys[:-apart])
                one, other = numbers[here], numbers[here + apart]
                low = np.minimum(one, other)
                pairs = low << HIGH | np.maximum(one, other)
                self._pairs[relation.number].add(pairs[:, None], low // TOGETHER)
            written.append(rows)
        every = np.concatenate(written)
        order = np.lexsort((every[:, 2], every[:, 1], every[:, 0]))
        write(self.connection, shelf, map(tuple, every[order].tolist()))

    def _alike(
        self, relation: Relation[Any], part: int, seen: Seen
    ) -> Iterator[tuple[int, int, int, float, int]]:
        """Compare a part of the neighbours; yield rows of those that are alike."""
        pairs, counts = np.unique(self._pairs[relation.number].part(part), return_counts=True)
        for begin in range(0, len(pairs), STEP):
            ones, others = pairs[begin : begin + STEP] >> HIGH, pairs[begin : begin + STEP] & MASK
            seen.trim(HELD)
            sights = seen.load(np.union1d(ones, others).tolist())
            looks = {number: relation.look(sight, self.sides) for number, sight in sights.items()}
            found = zip(ones.tolist(), others.tolist(), counts[begin : begin + STEP].tolist(), strict=True)
            for one, other, count in found:
                weight = relation.edge(looks[one], looks[other], self.weights)
                if weight is not None:
                    yield relation.number, one, other, weight, count
