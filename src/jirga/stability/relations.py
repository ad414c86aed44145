"""The four stabilities over any relations of preference, as Boolean matrices.

Uncertain preference, strength of preference, attitudes, fuzzy and probabilistic preference all keep the
logic of Nash, GMR, SMR, SEQ and SSEQ and change three relations only: what tempts a decision maker away
from a state, what deters it, and by what its opponents are ready to answer. Here the logic is written
once, in the matrix form of Xu, Hipel and Kilgour (2009, IEEE Transactions on SMC-A), with the deterrent set
that contains the start state (the logical definition); each structure of preference only fills in the
relations.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jirga.errors import TooLargeError
from jirga.stability.game import Game
from jirga.stability.how import How

__all__ = [
    "CONCEPTS",
    "BoolMatrix",
    "RelationalStability",
    "Relations",
    "better",
    "move_matrix",
    "reach",
    "require_pairs",
    "settle",
]

BoolMatrix = NDArray[np.bool_]
CONCEPTS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
BYTES_LIMIT = 4 << 30  # matrices over pairs of states: about 9,000 states of four decision makers


@dataclass(frozen=True, eq=False)
class Relations:
    """What the logic of stability needs to know, per decision maker.

    Attributes
    ----------
    moves : tuple of ndarray of bool, shape (m, m)
        ``[s, q]``: the decision maker can move from s to q.
    tempts : tuple of ndarray of bool, shape (m, m)
        ``[s, q]``: q tempts it away from s (whether or not it can move there).
    deters : tuple of ndarray of bool, shape (m, m)
        ``[s, t]``: to end in t deters it from leaving s. True on the diagonal.
    joins : tuple of ndarray of bool, shape (m, m)
        ``[q, t]``: as somebody's opponent it is ready to go from q to t (SEQ and SSEQ only).
    """

    moves: tuple[BoolMatrix, ...]
    tempts: tuple[BoolMatrix, ...]
    deters: tuple[BoolMatrix, ...]
    joins: tuple[BoolMatrix, ...]


@dataclass(frozen=True, eq=False)
class RelationalStability:
    """Which states are stable for whom.

    Attributes
    ----------
    dms : tuple of str
    stable : mapping of str to ndarray of bool, shape (n, m)
        Per concept.
    how : How
    """

    dms: tuple[str, ...]
    stable: Mapping[str, BoolMatrix]
    how: How

    def equilibria(self, concept: str) -> tuple[int, ...]:
        """Return the states (from 0) that are stable for every decision maker."""
        return tuple(int(s) for s in np.flatnonzero(self.stable[concept].all(axis=0)))

    def to_json(self) -> dict[str, Any]:
        """Return stable states per decision maker and equilibria, numbered from 1."""
        return {
            "stability": {
                dm: {
                    name: [int(s) + 1 for s in np.flatnonzero(rows[i])] for name, rows in self.stable.items()
                }
                for i, dm in enumerate(self.dms)
            },
            "equilibria": {name: [s + 1 for s in self.equilibria(name)] for name in self.stable},
            "how": self.how.to_json(),
        }


def move_matrix(game: Game, dm: int) -> BoolMatrix:
    """Return the moves of one decision maker as a matrix ``[from, to]``.

    Raises
    ------
    TooLargeError
        When matrices over pairs of states would not fit; told before they are made.
    """
    m = game.m
    require_pairs(game)
    found = np.zeros((m, m), dtype=np.bool_)
    if game.arcs is not None:
        indptr, indices = game.arcs[dm]
        found[np.repeat(np.arange(m), np.diff(indptr)), indices] = True
        return found
    assert game.codes is not None
    codes = game.codes
    rest = codes & np.uint64(~game.masks[dm] & ((1 << 64) - 1))
    found = np.equal(rest[:, None], rest[None, :])
    up, down = np.uint64(game.to_yes), np.uint64(game.to_no)
    found &= ((codes[:, None] & ~codes[None, :]) & up) == 0  # an option that only goes to yes is not dropped
    found &= ((~codes[:, None] & codes[None, :]) & down) == 0
    np.fill_diagonal(found, val=False)
    return np.asarray(found, dtype=np.bool_)


def better(ranks: NDArray[Any]) -> BoolMatrix:
    """Return ``[s, q]``: q is strictly preferred to s."""
    found: BoolMatrix = np.greater(ranks[None, :], ranks[:, None])
    return found


def settle(
    dms: tuple[str, ...], relations: Relations, how: How, concepts: tuple[str, ...] = CONCEPTS
) -> RelationalStability:
    """Return the stable states of every decision maker under the given relations.

    1. Per decision maker, join what its opponents can reach in legal sequences (nobody moves twice in a row):
       by any move for GMR and SMR, by the moves they are ready for in SEQ and SSEQ.
    2. A temptation is sanctioned when a state that deters is among them (in SMR and SSEQ one from which the
       decision maker itself gets only to states that deter).
    3. A state is stable when each temptation is sanctioned.
    """
    n, m = len(relations.moves), relations.moves[0].shape[0]
    stable = {name: np.zeros((n, m), dtype=np.bool_) for name in concepts}
    for i in range(n):
        tempts = relations.moves[i] & relations.tempts[i]
        deters = relations.deters[i]
        firmly = deters & ~_meets(~deters, relations.moves[i])
        others = tuple(j for j in range(n) if j != i)
        any_reach = (
            reach(tuple(relations.moves[j] for j in others)) if {"GMR", "SMR"} & set(concepts) else None
        )
        ready = tuple(relations.moves[j] & relations.joins[j] for j in others)
        ready_reach = reach(ready) if {"SEQ", "SSEQ"} & set(concepts) else None
        for name in concepts:
            if name == "Nash":
                stable[name][i] = ~tempts.any(axis=1)
                continue
            reached = any_reach if name in ("GMR", "SMR") else ready_reach
            assert reached is not None
            sanctioned = _meets(deters if name in ("GMR", "SEQ") else firmly, reached)
            stable[name][i] = ~(tempts & ~sanctioned).any(axis=1)
    return RelationalStability(dms, stable, how)


def reach(moves: tuple[BoolMatrix, ...]) -> BoolMatrix:
    """Return ``[q, t]``: legal sequences of these movers lead from q to t (one move or more).

    Kept per last mover, since nobody may move twice in a row: the inductive definition of the reachable list.
    """
    last = [matrix.copy() for matrix in moves]
    if len(moves) == 1:
        return last[0]
    while True:
        grown = False
        for j, matrix in enumerate(moves):
            before = np.logical_or.reduce([last[k] for k in range(len(moves)) if k != j])
            more = last[j] | _product(before, matrix)
            grown |= bool((more & ~last[j]).any())
            last[j] = more
        if not grown:
            joined: BoolMatrix = np.logical_or.reduce(last)
            return joined


def _meets(left: BoolMatrix, right: BoolMatrix) -> BoolMatrix:
    """Return ``[s, q]``: row s of `left` and row q of `right` have a state in common."""
    return _product(left, right.T)


def _product(left: BoolMatrix, right: BoolMatrix) -> BoolMatrix:
    found: BoolMatrix = (left.astype(np.float32) @ right.astype(np.float32)) > 0.5
    return found


def require_pairs(game: Game) -> None:
    """Say before anything is made that relations between pairs of states would not fit.

    Raises
    ------
    TooLargeError
    """
    m = game.m
    need = m * m * (4 * game.n + 12)
    if need > BYTES_LIMIT:
        raise TooLargeError(
            f"{m:,} states need {need / 2**30:.1f} GiB for relations between pairs of states. "
            "Richer preferences work up to about nine thousand states: "
            "make states infeasible or merge options."
        )
