"""Pareto-optimal states, and equilibria that everybody would give up for another."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jirga.stability.game import Game
from jirga.stability.how import How, game_hash

__all__ = ["Dominated", "pareto_optimal", "undominated"]

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Dominated:
    """Which of some states are dominated by others of them.

    A state dominates another when nobody likes it less and somebody likes it more.

    Attributes
    ----------
    undominated : tuple of int
        From 0.
    by : tuple of (int, tuple of int)
        For each dominated state those of the given states that dominate it.
    how : How
    """

    undominated: tuple[int, ...]
    by: tuple[tuple[int, tuple[int, ...]], ...]
    how: How

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values, states numbered from 1."""
        return {
            "undominated": [state + 1 for state in self.undominated],
            "dominated": [{"state": state + 1, "by": [other + 1 for other in by]} for state, by in self.by],
            "how": self.how.to_json(),
        }


def pareto_optimal(game: Game) -> BoolArray:
    """Return which states no other state dominates, shape (m,).

    States are taken by falling sum of ranks, so that a state can only be dominated by an earlier one, and
    each is compared with the optimal ones found so far: the front is usually short.
    """
    table = np.stack(game.ranks, axis=1).astype(np.int64)
    rows, where = np.unique(table, axis=0, return_inverse=True)
    order = np.argsort(-rows.sum(axis=1), kind="stable")
    front = np.empty_like(rows)
    optimal = np.zeros(rows.shape[0], dtype=np.bool_)
    size = 0
    for at in order.tolist():
        if (
            not (front[:size] >= rows[at]).all(axis=1).any()
        ):  # rows are distinct: "as good for all" is "better"
            front[size] = rows[at]
            size += 1
            optimal[at] = True
    return np.asarray(optimal[where.reshape(-1)], dtype=np.bool_)


def undominated(game: Game, states: tuple[int, ...]) -> Dominated:
    """Return which of the given states (say, the equilibria of a concept) are dominated by which others of them."""
    table = np.stack([rank[list(states)] for rank in game.ranks], axis=1) if states else np.zeros((0, game.n))
    kept, by = [], []
    for at, state in enumerate(states):
        better = (table >= table[at]).all(axis=1) & (table > table[at]).any(axis=1)
        if better.any():
            by.append((state, tuple(states[k] for k in np.flatnonzero(better).tolist())))
        else:
            kept.append(state)
    return Dominated(tuple(kept), tuple(by), How("pareto", game_hash(game)))
