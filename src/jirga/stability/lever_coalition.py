"""Coalitions as levers: members who act as one player, and leave a state only where every member gains.

The form of GMCR+ (`jirga.stability.partition` for all states): a coalition's own members are no longer
tested alone, so a wanted state can come to hold because those who would have left it are bound to one
another. Here only the wanted states are looked at, all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

import numpy as np

from jirga.stability.game import Game, IntArray
from jirga.stability.lever_bench import LOOSER, BoolArray
from jirga.stability.lever_search import Found, Search
from jirga.stability.lever_types import Change
from jirga.stability.values import Field

__all__ = ["Cells", "by_coalition"]


class Cells:
    """A game whose decision makers are parted into cells, each one player; states are looked at one by one."""

    def __init__(self, game: Game, field: Field, cells: Sequence[Sequence[int]]) -> None:
        self.game, self.field, self.cells = game, field, tuple(tuple(cell) for cell in cells)
        self._reach: dict[tuple[int, int], IntArray] = {}
        states = np.arange(game.m, dtype=np.int32)
        self._rows = [np.repeat(states, np.diff(indptr)) for indptr, _ in field.arcs]

    def moves(self, cell: int, state: int) -> IntArray:
        """Return where a cell can go: by legal sequences of its members."""
        members = self.cells[cell]
        if len(members) == 1:
            return self.field.moves(members[0], state)
        if (cell, state) not in self._reach:
            self._reach[cell, state] = self._legal(members, state)
        return self._reach[cell, state]

    def _legal(self, members: Sequence[int], start: int) -> IntArray:
        """Mark, per last mover, what is reached, until nothing is added."""
        last = {dm: np.zeros(self.game.m, dtype=np.bool_) for dm in members}
        for dm in members:
            last[dm][self.field.moves(dm, start)] = True
        grown = True
        while grown:
            grown = False
            for dm in members:
                before = np.logical_or.reduce([last[k] for k in members if k != dm])
                ends = self.field.arcs[dm][1][before[self._rows[dm]]]
                grown |= not last[dm][ends].all()
                last[dm][ends] = True
        reached = np.logical_or.reduce(list(last.values()))
        reached[start] = False
        return np.flatnonzero(reached).astype(np.int32)

    def better(self, cell: int, state: int) -> BoolArray:
        """Return which states every member of a cell prefers to a state."""
        found = np.ones(self.game.m, dtype=np.bool_)
        for dm in self.cells[cell]:
            found &= self.game.ranks[dm] > self.game.ranks[dm][state]
        return found

    def stable(self, cell: int, state: int, concept: str) -> bool:
        """Return whether a state is stable for a cell under Nash, GMR, SMR, SEQ or SSEQ."""
        better, moves = self.better(cell, state), self.moves(cell, state)
        gains = moves[better[moves]]
        if concept == "Nash":
            return not gains.size
        return all(self._sanctioned(cell, int(q), better, concept) for q in gains)

    def _sanctioned(self, cell: int, start: int, better: BoolArray, concept: str) -> bool:
        todo, seen = [(start, cell)], {(start, cell)}
        while todo:
            state, last = todo.pop()
            for other in range(len(self.cells)):
                if other in (last, cell):
                    continue
                ends = self.moves(other, state)
                if concept in ("SEQ", "SSEQ"):
                    ends = ends[self.better(other, state)[ends]]
                for end in ends.tolist():
                    if (end, other) in seen:
                        continue
                    if not better[end] and self._unanswered(cell, end, better, concept):
                        return True
                    seen.add((end, other))
                    todo.append((end, other))
        return False

    def _unanswered(self, cell: int, end: int, better: BoolArray, concept: str) -> bool:
        return concept in ("GMR", "SEQ") or not better[self.moves(cell, end)].any()


def by_coalition(search: Search) -> Iterator[Found]:
    """Try every coalition that could make a wanted state hold, the smallest first.

    Under Nash, GMR and SMR only those that take in everybody who would leave the state: what deters
    somebody outside is what all the others could do, together or not. Under SEQ and SSEQ a coalition may
    do what none of its members would do alone, so all are tried.
    """
    if search.avoid or "coalition" not in search.kinds:
        return
    bench, game = search.bench, search.game
    made: dict[tuple[int, ...], Cells] = {}
    for concept in search.concepts:
        leaves, scan = ~bench.stable(concept), search.scan(concept, "coalition")
        wanted = np.flatnonzero(bench.wanted)
        order = wanted[np.argsort(leaves[:, wanted].sum(axis=0), kind="stable")].tolist()
        found = 0
        for members in (
            group for size in range(2, game.n + 1) for group in combinations(range(game.n), size)
        ):
            if found and len(members) > (scan.least or 0):
                break
            scan.at_least = len(members) if not found else scan.at_least
            inside = set(members)
            for state in order:
                outside = set(np.flatnonzero(leaves[:, state]).tolist()) - inside
                if outside and concept not in LOOSER:
                    continue
                if search.deadline.over:
                    scan.finished = False
                    return
                scan.tried += 1
                if members not in made:
                    made[members] = _parted(game, bench.field, members)
                cells = made[members]
                if all(cells.stable(cell, state, concept) for cell in range(len(cells.cells))):
                    names = tuple(game.dms[i] for i in members)
                    change = Change("coalition", members=names, size=len(members) - 1)
                    yield Found(concept, (change,), np.arange(game.m) == state)
                    scan.least = len(members)
                    found += 1
                    break
        scan.at_least = scan.least if scan.least is not None else game.n + 1


def _parted(game: Game, field: Field, members: tuple[int, ...]) -> Cells:
    return Cells(game, field, (members, *((i,) for i in range(game.n) if i not in members)))
