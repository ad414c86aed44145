"""Preferences by degree: a move tempts when it is certain enough to be better.

Bashar, Kilgour and Hipel (2012), *Fuzzy preferences in the graph model for conflict resolution*, IEEE
Transactions on Fuzzy Systems 20(4). The relative certainty of q over s is ``r(q, s) - r(s, q)``; a
decision maker is satisfied from its threshold gamma upward; what stays below deters.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from jirga.errors import UsageError
from jirga.stability.game import Game
from jirga.stability.how import How, game_hash
from jirga.stability.relations import (
    RelationalStability,
    Relations,
    better,
    move_matrix,
    require_pairs,
    settle,
)

__all__ = ["crisp", "degree_matrix", "fuzzy_stability"]

TOLERANCE = 1e-9  # degrees typed with a few decimals and their complements add up to 1 within this


def degree_matrix(values: ArrayLike, m: int, dm: str, *, ties: bool = False) -> NDArray[np.float64]:
    """Return a checked matrix of degrees: finite, between 0 and 1, ``[a, b] + [b, a] = 1``.

    Parameters
    ----------
    values : array_like of float, shape (m, m)
    m : int
    dm : str
        Named in errors.
    ties : bool
        Whether the two may add up to less than 1 (the rest is the chance of a tie); the diagonal is 0 then.

    Raises
    ------
    UsageError
        Says which entry is wrong and why; the diagonal is not looked at.
    """
    matrix = np.array(values, dtype=np.float64)
    if matrix.shape != (m, m):
        raise UsageError(
            f"{dm}: the matrix has shape {matrix.shape}; it needs one row and column for each of {m} states."
        )
    np.fill_diagonal(matrix, 0.0 if ties else 0.5)
    both = matrix + matrix.T
    for wrong, why in (
        (~np.isfinite(matrix), "is not a number"),
        ((matrix < 0) | (matrix > 1), "is not between 0 and 1"),
        (both > 1 + TOLERANCE, "and the opposite entry add up to more than 1"),
        ((both < 1 - TOLERANCE) & (not ties), "and the opposite entry add up to less than 1"),
    ):
        if wrong.any():
            a, b = (int(k) for k in np.argwhere(wrong)[0])
            raise UsageError(
                f"{dm}: the degree of state {a + 1} over state {b + 1} ({matrix[a, b]:g}) {why}."
            )
    return matrix


def crisp(game: Game, dm: int) -> NDArray[np.float64]:
    """Return the degrees that a plain ranking amounts to: 1, 0, and one half for ties."""
    up = better(game.ranks[dm])
    degrees: NDArray[np.float64] = 0.5 + 0.5 * up.T - 0.5 * up
    return degrees


def fuzzy_stability(
    game: Game, degrees: tuple[ArrayLike | None, ...], gammas: tuple[float, ...]
) -> RelationalStability:
    """Return the fuzzy stable states (FR, FGMR, FSMR, FSEQ and the symmetric FSSEQ) under their plain names.

    Parameters
    ----------
    game : Game
    degrees : tuple of array_like of float, shape (m, m), or None
        ``[a, b]``: the degree to which a is preferred to b. None: the ranking of the game.
    gammas : tuple of float
        Satisficing thresholds, above 0 and up to 1.
    """
    require_pairs(game)
    if len(degrees) != game.n or len(gammas) != game.n:
        raise UsageError("Give degrees and a threshold for each decision maker.")
    tempts = []
    for i, dm in enumerate(game.dms):
        if not 0 < gammas[i] <= 1:
            raise UsageError(f"{dm}: gamma is {gammas[i]:g}; it has to be above 0 and at most 1.")
        given = degrees[i]
        matrix = crisp(game, i) if given is None else degree_matrix(given, game.m, dm)
        tempts.append(matrix.T - matrix >= gammas[i] - TOLERANCE)
    moves = tuple(move_matrix(game, i) for i in range(game.n))
    relations = Relations(moves, tuple(tempts), tuple(~part for part in tempts), tuple(tempts))
    return settle(game.dms, relations, How("relations", game_hash(game)))
