"""Who is near whom, kept in a project: statements on shelves, and the pairs that are alike.

A statement that comes or goes changes who is compared only on its own shelves, and there only across its place: as many
pairs fall out of reach, or come into it, as the reach is long. Each pair that is alike keeps the number of shelves on which
the two are neighbours; at none it is forgotten.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, delete, or_, select, text

from jirga.record.features import Sight
from jirga.record.near import Edge
from jirga.record.project.chunks import chunks, write
from jirga.record.project.seen import Seen
from jirga.record.project.working import likeness, shelf
from jirga.record.relations import RELATIONS, Relation
from jirga.record.words import Weights

__all__ = ["Shelves"]

Pair = tuple[int, int]
_BEFORE, _AFTER = (
    text(
        f"SELECT number FROM shelf WHERE key = :key AND (place, number) {than} (:place, :number) "  # noqa: S608
        f"ORDER BY place {way}, number {way} LIMIT :reach"
    )
    for than, way in (("<", "DESC"), (">", "ASC"))
)

_HERE = "relation = :a AND one = :b AND other = :c"
_KEEP = text(f"UPDATE likeness SET shelves = :d WHERE {_HERE}")  # noqa: S608
_FORGET = text(f"DELETE FROM likeness WHERE {_HERE}")  # noqa: S608


class Shelves:
    """The shelves and pairs of a project.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    seen : Seen
    weights : Weights
    """

    def __init__(self, connection: Connection, seen: Seen, weights: Weights) -> None:
        self.connection, self.seen, self.weights = connection, seen, weights
        self.touched: dict[int, set[int]] = defaultdict(set)
        self._change: dict[int, Counter[Pair]] = {relation.number: Counter() for relation in RELATIONS}

    def take_out(self, gone: Mapping[int, Sight], sides: Collection[str]) -> None:
        """Take statements off their shelves, with all pairs that they are in.

        Parameters
        ----------
        gone : mapping of int to Sight
        sides : collection of str
            The sides of the conflict when they were filed.
        """
        for relation in RELATIONS:
            for number, sight in gone.items():
                for key, place in self._filed(relation, sight, sides):
                    before, after = self._around(key, place, number, relation.reach)
                    self._move(relation, before, after, 1)
                    here = (shelf.c.key == key, shelf.c.place == place, shelf.c.number == number)
                    self.connection.execute(delete(shelf).where(*here))
        for part in chunks(sorted(gone)):
            inside = or_(likeness.c.one.in_(part), likeness.c.other.in_(part))
            for row in self.connection.execute(select(likeness).where(inside)):
                self.touched[row.relation].update((row.one, row.other))
            self.connection.execute(delete(likeness).where(inside))
        for relation in RELATIONS:
            change = self._change[relation.number]
            for pair in [pair for pair in change if pair[0] in gone or pair[1] in gone]:
                del change[pair]
        for numbers in self.touched.values():
            numbers.difference_update(gone)

    def put_in(self, new: Mapping[int, Sight], sides: Collection[str]) -> None:
        """Put statements on their shelves."""
        for relation in RELATIONS:
            change = self._change[relation.number]
            for number, sight in new.items():
                rows = []
                for key, place in self._filed(relation, sight, sides):
                    before, after = self._around(key, place, number, relation.reach)
                    self._move(relation, before, after, -1)
                    change.update(_pair(number, other) for other in (*before, *after))
                    rows.append((key, place, number))
                write(self.connection, shelf, rows)

    def settle(self, sides: Collection[str]) -> None:
        """Write the pairs that became alike, or are no longer compared."""
        for relation in RELATIONS:
            change = {pair: by for pair, by in self._change[relation.number].items() if by}
            known = dict(self._known(relation.number, {one for one, _ in change}))
            fresh = [pair for pair, by in change.items() if by > 0 and pair not in known]
            edges = list(self._compared(relation, fresh, change, sides))
            write(
                self.connection,
                likeness,
                ((relation.number, e.one, e.other, e.weight, e.shelves) for e in edges),
            )
            touched = self.touched[relation.number]
            touched.update(end for edge in edges for end in (edge.one, edge.other))
            count = {pair: known[pair] + change[pair] for pair in change.keys() & known.keys()}
            touched.update(end for pair, shelves in count.items() if shelves <= 0 for end in pair)
            self._set(relation.number, count)
            self._change[relation.number].clear()

    def edges(self, relations: Collection[int], numbers: Iterable[int]) -> dict[int, list[Edge]]:
        """Return the pairs that statements are in, by relation, each pair once."""
        found: dict[tuple[int, int, int], Edge] = {}
        for part in chunks(sorted(set(numbers))):
            for end in (likeness.c.one, likeness.c.other):
                query = select(likeness).where(likeness.c.relation.in_(relations), end.in_(part))
                for row in self.connection.execute(query):
                    found[row.relation, row.one, row.other] = Edge(
                        row.one, row.other, row.weight, row.shelves
                    )
        by_relation: dict[int, list[Edge]] = {number: [] for number in relations}
        for (number, _, _), edge in sorted(found.items()):
            by_relation[number].append(edge)
        return by_relation

    def connected(
        self, relations: Collection[int], seeds: Iterable[int]
    ) -> tuple[set[int], dict[int, list[Edge]]]:
        """Return all statements that chains of pairs connect with some, and the pairs."""
        reached = set(seeds)
        found: dict[int, dict[Pair, Edge]] = {number: {} for number in relations}
        edge = set(reached)
        while edge:
            ends: set[int] = set()
            for number, several in self.edges(relations, edge).items():
                found[number].update(((each.one, each.other), each) for each in several)
                ends.update(end for each in several for end in (each.one, each.other))
            edge = ends - reached
            reached |= edge
        return reached, {number: list(pairs.values()) for number, pairs in found.items()}

    def _filed(self, relation: Relation[Any], sight: Sight, sides: Collection[str]) -> tuple[Pair, ...]:
        look = relation.look(sight, sides)
        return () if look is None else relation.filed(look, self.weights).places

    def _around(self, key: int, place: int, number: int, reach: int) -> tuple[list[int], list[int]]:
        """Return the neighbours before and behind a place, the nearest first."""
        here = {"key": key, "place": place, "number": number, "reach": reach}
        before, after = (list(self.connection.execute(query, here).scalars()) for query in (_BEFORE, _AFTER))
        return before, after

    def _move(self, relation: Relation[Any], before: list[int], after: list[int], by: int) -> None:
        """Count the pairs that come into reach across a place that is given up, or fall out of it."""
        change = self._change[relation.number]
        for far, other in enumerate(before):
            opposite = relation.reach - 1 - far
            if opposite < len(after):
                change[_pair(other, after[opposite])] += by

    def _known(self, relation: int, lower: Collection[int]) -> Iterator[tuple[Pair, int]]:
        for part in chunks(sorted(lower)):
            query = select(likeness).where(likeness.c.relation == relation, likeness.c.one.in_(part))
            for row in self.connection.execute(query):
                yield (row.one, row.other), row.shelves

    def _compared(
        self,
        relation: Relation[Any],
        pairs: Iterable[Pair],
        change: Mapping[Pair, int],
        sides: Collection[str],
    ) -> Iterator[Edge]:
        pairs = sorted(pairs)
        sights = self.seen.load({number for pair in pairs for number in pair})
        looks = {number: relation.look(sight, sides) for number, sight in sights.items()}
        for one, other in pairs:
            first, second = sorted((one, other), key=lambda n: sights[n].order)
            weight = relation.edge(looks[first], looks[second], self.weights)
            if weight is not None:
                yield Edge(one, other, weight, change[one, other])

    def _set(self, relation: int, count: Mapping[Pair, int]) -> None:
        """Write on how many shelves pairs are neighbours; those of none are forgotten."""
        rows = [
            {"a": relation, "b": one, "c": other, "d": shelves}
            for (one, other), shelves in sorted(count.items())
        ]
        kept, lost = [row for row in rows if row["d"] > 0], [row for row in rows if row["d"] <= 0]
        if kept:
            self.connection.execute(_KEEP, kept)
        if lost:
            self.connection.execute(_FORGET, lost)


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)
