"""Attitudes: a decision maker may wish another well, or ill, or not care.

Inohara, Hipel and Walker (2007), *Conflict analysis approaches for investigating attitudes and
misperceptions in the War of 1812*, Journal of Systems Science and Systems Engineering 16(2). A state is
relationally preferred when it is so for every attitude at once: +1 asks that the other likes it at least
as well, -1 that the other likes it no better. The deterrent set is "not relationally preferred", together
with the start state.
"""

from __future__ import annotations

import numpy as np

from jirga.errors import UsageError
from jirga.stability.game import Game
from jirga.stability.how import How, game_hash
from jirga.stability.relations import (
    BoolMatrix,
    RelationalStability,
    Relations,
    move_matrix,
    require_pairs,
    settle,
)

__all__ = ["attitude_stability", "total_relational_preference"]


def total_relational_preference(game: Game, attitudes: tuple[tuple[int, ...], ...], dm: int) -> BoolMatrix:
    """Return ``[s, q]``: q is totally relationally preferred to s (true on the diagonal)."""
    found = np.ones((game.m, game.m), dtype=np.bool_)
    for ranks, attitude in zip(game.ranks, attitudes[dm], strict=True):
        if attitude > 0:
            found &= ranks[None, :] >= ranks[:, None]
        elif attitude < 0:
            found &= ranks[None, :] <= ranks[:, None]
    return found


def attitude_stability(game: Game, attitudes: tuple[tuple[int, ...], ...]) -> RelationalStability:
    """Return the relationally stable states (RNash, RGMR, RSMR, RSEQ, RSSEQ) under their plain names.

    Parameters
    ----------
    game : Game
    attitudes : tuple of tuple of int, shape (n, n)
        ``[i][j]``: +1, 0 or -1, the attitude of i towards j; ``[i][i]`` towards itself (+1 is the ordinary
        case).
    """
    require_pairs(game)
    n = game.n
    if len(attitudes) != n or any(len(row) != n or set(row) - {-1, 0, 1} for row in attitudes):
        raise UsageError(f"Attitudes: give {n} rows of {n} entries, each +1, 0 or -1.")
    prefers = tuple(total_relational_preference(game, attitudes, i) for i in range(n))
    own_state = np.eye(game.m, dtype=np.bool_)
    relations = Relations(
        tuple(move_matrix(game, i) for i in range(n)),
        prefers,
        tuple(~part | own_state for part in prefers),
        prefers,
    )
    return settle(game.dms, relations, How("relations", game_hash(game)))
