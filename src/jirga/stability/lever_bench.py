"""The workbench of the levers: what holds as things are, and what would hold after a change.

Two facts keep it fast. Under Nash, GMR and SMR a decision maker's stability does not depend on the others'
preferences, so a change of one leaves the rest as computed. And every SEQ equilibrium is a GMR one (an
SSEQ one an SMR one), so most changes are refused before SEQ is computed at all.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jirga.stability.game import Game, IntArray
from jirga.stability.values import Field, needed

__all__ = ["LOOSER", "Bench", "BoolArray", "Deadline", "arrives"]

BoolArray = NDArray[np.bool_]
LOOSER = {
    "SEQ": "GMR",
    "SSEQ": "SMR",
}  # concept -> the one that contains it and ignores the others' preferences


class Deadline:
    """A limit in seconds of work, started when it is made; what else the machine does is not counted."""

    def __init__(self, seconds: float) -> None:
        self.end = time.process_time() + seconds

    @property
    def over(self) -> bool:
        """Whether the time has run out."""
        return time.process_time() > self.end

    @property
    def left(self) -> float:
        """Seconds that are left; not below zero."""
        return max(0.0, self.end - time.process_time())


@dataclass(frozen=True, eq=False)
class Bench:
    """A game, what is wanted of it, and the stability of every state as things are.

    Attributes
    ----------
    game : Game
    field : Field
    wanted : ndarray of bool, shape (m,)
    base : dict of str to ndarray of int32, shape (n, m)
        Per concept the rank that each state needs.
    """

    game: Game
    field: Field
    wanted: BoolArray
    base: dict[str, IntArray]

    @classmethod
    def of(cls, game: Game, wanted: BoolArray, concepts: Sequence[str]) -> Bench:
        """Compute what holds as things are."""
        field = Field.of(game)
        names = dict.fromkeys([*concepts, *(LOOSER[name] for name in concepts if name in LOOSER)])
        base = {
            name: np.array([needed(field, game.ranks, i, name) for i in range(game.n)], dtype=np.int32)
            for name in names
        }
        return cls(game, field, wanted, base)

    def stable(self, concept: str) -> BoolArray:
        """Return ``[dm, state]`` as things are."""
        return np.array(
            [rank >= need for rank, need in zip(self.game.ranks, self.base[concept], strict=True)]
        )

    def holding(self, concept: str) -> BoolArray:
        """Return the wanted states that are equilibria as things are."""
        return np.asarray(self.wanted & self.stable(concept).all(axis=0), dtype=np.bool_)

    def after(self, concept: str, ranks: tuple[IntArray, ...], changed: Sequence[int]) -> BoolArray:
        """Return the wanted states that are equilibria once some decision makers rank the states anew.

        Parameters
        ----------
        concept : str
        ranks : tuple of ndarray of int32
            Of all decision makers.
        changed : sequence of int
            Those whose ranks are not the game's.
        """
        alive = self.wanted.copy()
        loose = LOOSER.get(concept, concept)
        for j in range(self.game.n):
            if j not in changed:
                alive &= self.game.ranks[j] >= self.base[loose][j]
        touched = range(self.game.n) if concept in LOOSER else changed
        for i in sorted(touched, key=lambda i: i not in changed):
            if not alive.any():
                break
            alive &= ranks[i] >= needed(self.field, ranks, i, concept)
        return alive

    def own(self, concept: str, dm: int, rank: IntArray) -> BoolArray:
        """Return the states stable for one decision maker who ranks them anew, the others unchanged."""
        ranks = (*self.game.ranks[:dm], rank, *self.game.ranks[dm + 1 :])
        return np.asarray(rank >= needed(self.field, ranks, dm, concept), dtype=np.bool_)


def arrives(field: Field, ranks: tuple[IntArray, ...], start: int, goals: BoolArray) -> bool:
    """Return whether legal sequences of improvements lead from `start` to one of the goals, or it is one."""
    if goals[start]:
        return True
    todo = [(start, -1)]
    seen = set(todo)
    while todo:
        state, last = todo.pop()
        for dm, rank in enumerate(ranks):
            if dm == last:
                continue
            moves = field.moves(dm, state)
            for target in moves[rank[moves] > rank[state]].tolist():
                if goals[target]:
                    return True
                if (target, dm) not in seen:
                    seen.add((target, dm))
                    todo.append((target, dm))
    return False
