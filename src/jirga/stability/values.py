"""How good a state has to be to hold: the one number behind stability, its inverse and its levers.

For decision maker i, state s and a concept, let the *sanction value* of a state q be the worst that the
opponents can make of it for i (an infinite value when they cannot move):

- GMR: the lowest rank that legal sequences of their moves reach from q;
- SMR: the same over max(rank, best reply of i), because i may answer;
- SEQ, SSEQ: the same as GMR and SMR over their improvements only.

Then s is stable exactly when its rank is at least ::

    needed_i(s) = max over q in R_i(s) of min(rank_i(q), sanction value of q)

because a move q counts against s only when q is preferred to s and so is everything it can be turned into.
Under Nash there are no sanctions. A consequence is used throughout: whether s is stable for i depends, of
i's preferences, only on which states are preferred to s.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jirga.errors import TooLargeError
from jirga.stability.game import Game, IntArray

__all__ = ["NONE", "ArcLists", "Field", "improving", "needed", "option_arcs"]

ArcLists: TypeAlias = tuple[IntArray, IntArray]  # compressed rows: indptr of shape (m + 1,), indices
Ranks: TypeAlias = tuple[IntArray, ...]
NONE = np.iinfo(np.int32).max  # the sanction value where nobody can answer
ARCS_LIMIT = 200_000_000  # moves of all decision makers together: about 2.4 GiB with the arrays of one pass


@dataclass(frozen=True, eq=False)
class Field:
    """The moves of a game as lists, made once and used for many preferences.

    Attributes
    ----------
    arcs : tuple of (indptr, indices)
        Per decision maker.
    """

    arcs: tuple[ArcLists, ...]

    @classmethod
    def of(cls, game: Game) -> Field:
        """Return the moves of a game.

        Raises
        ------
        TooLargeError
            When the lists would be too long; told before they are made.
        """
        if game.arcs is not None:
            return cls(game.arcs)
        return cls(tuple(option_arcs(game, i) for i in range(game.n)))

    @property
    def m(self) -> int:
        """Number of states."""
        return int(self.arcs[0][0].shape[0]) - 1

    def moves(self, dm: int, state: int) -> IntArray:
        """Return the states that a decision maker can move to from one state."""
        indptr, indices = self.arcs[dm]
        return indices[indptr[state] : indptr[state + 1]]


def option_arcs(game: Game, dm: int) -> ArcLists:
    """Return the moves of one decision maker of an option-form game, sorted in each row.

    States that agree in everybody else's options stand together after a stable sort; each of them sees the
    whole of its group, less itself and what irreversible options forbid.
    """
    assert game.codes is not None
    codes, m = game.codes, game.m
    rest = codes & np.uint64(~game.masks[dm] & ((1 << 64) - 1))
    order = np.argsort(rest, kind="stable").astype(np.int32)
    fresh = np.flatnonzero(np.r_[True, rest[order][1:] != rest[order][:-1]])
    sizes = np.diff(np.r_[fresh, m])
    if int((sizes.astype(np.int64) ** 2).sum()) * game.n > ARCS_LIMIT:
        raise TooLargeError(
            f"{m:,} states have too many moves to list here. Make states infeasible, or fix options."
        )
    group = np.empty(m, dtype=np.int64)
    group[order] = np.repeat(np.arange(fresh.size), sizes)
    width = sizes[group]
    rows = np.repeat(np.arange(m, dtype=np.int32), width)
    within = np.arange(rows.size) - np.repeat(np.cumsum(width) - width, width)
    targets = order[np.repeat(fresh[group], width) + within]
    here, there = codes[rows], codes[targets]
    keep = (rows != targets) & ((here & ~there & np.uint64(game.to_yes)) == 0)
    keep &= (~here & there & np.uint64(game.to_no)) == 0
    indptr = np.zeros(m + 1, dtype=np.int32)
    indptr[1:] = np.cumsum(np.bincount(rows[keep], minlength=m))
    return indptr, targets[keep]


def improving(arcs: ArcLists, ranks: IntArray) -> ArcLists:
    """Return the moves that lead to a state of higher rank."""
    indptr, indices = arcs
    m = indptr.shape[0] - 1
    rows = np.repeat(np.arange(m, dtype=np.int32), np.diff(indptr))
    keep = ranks[indices] > ranks[rows]
    fresh = np.zeros(m + 1, dtype=np.int32)
    fresh[1:] = np.cumsum(np.bincount(rows[keep], minlength=m))
    return fresh, indices[keep]


def needed(field: Field, ranks: Ranks, dm: int, concept: str) -> IntArray:
    """Return the rank that each state has to have for a decision maker in order to be stable.

    Parameters
    ----------
    field : Field
    ranks : tuple of ndarray of int32, shape (m,)
    dm : int
    concept : str
        ``Nash``, ``GMR``, ``SMR``, ``SEQ`` or ``SSEQ``.

    Returns
    -------
    ndarray of int32, shape (m,)
        -1 where nothing is needed. A state is stable exactly when its rank is at least this.
    """
    own = ranks[dm]
    worth = own
    if concept != "Nash":
        worth = np.minimum(own, sanction_values(field, ranks, dm, concept))
    return _row_max(field.arcs[dm], worth)


def sanction_values(field: Field, ranks: Ranks, dm: int, concept: str) -> IntArray:
    """Return, per state, the worst for `dm` that its opponents can make of it (`NONE`: they cannot move).

    Kept per first mover, so that nobody moves twice in a row; repeated until nothing gets lower.
    """
    own = ranks[dm]
    after = own if concept in ("GMR", "SEQ") else np.maximum(own, _row_max(field.arcs[dm], own))
    others = [j for j in range(len(ranks)) if j != dm]
    arcs = [field.arcs[j] for j in others]
    if concept in ("SEQ", "SSEQ"):
        arcs = [improving(rows, ranks[j]) for rows, j in zip(arcs, others, strict=True)]
    values = [_row_min(rows, after) for rows in arcs]
    while len(arcs) > 1:
        changed = False
        for k, rows in enumerate(arcs):
            onward = np.minimum.reduce([after, *(values[j] for j in range(len(arcs)) if j != k)])
            lower = _row_min(rows, onward)
            changed |= bool((lower < values[k]).any())
            values[k] = lower
        if not changed:
            break
    return np.minimum.reduce(values) if values else np.full_like(own, NONE)


def _row_max(arcs: ArcLists, values: IntArray) -> IntArray:
    return _rows(np.maximum, arcs, values, -1)


def _row_min(arcs: ArcLists, values: IntArray) -> IntArray:
    return _rows(np.minimum, arcs, values, NONE)


def _rows(fold: np.ufunc, arcs: ArcLists, values: IntArray, empty: int) -> NDArray[np.int32]:
    indptr, indices = arcs
    found = np.full(indptr.shape[0] - 1, empty, dtype=np.int32)
    filled = indptr[1:] > indptr[:-1]
    if indices.size:
        found[filled] = fold.reduceat(values[indices], indptr[:-1][filled])
    return found
