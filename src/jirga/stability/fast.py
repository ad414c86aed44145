"""Choose among the fast engines: the grid, the linear algorithm, the general one."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from jirga.stability import general, grid, linear
from jirga.stability.game import Game, IntArray
from jirga.stability.memory import require
from jirga.stability.types import BoolArray

__all__ = ["engine_for", "sequential_values", "solve_fast"]

GRID_FROM = 4096  # states; below, the linear engine runs without compiling anything
ADVICE = "Ask for fewer concepts, add rules that make states infeasible, or use the symbolic engine."

ENGINES = {
    "grid": (grid.bytes_needed, grid.solve_grid),
    "linear": (linear.bytes_needed, linear.solve_linear),
    "general": (general.bytes_needed, general.solve_general),
}


def engine_for(game: Game) -> str:
    """Return which engine does the game: ``grid``, ``linear`` or ``general``."""
    if game.m >= GRID_FROM and grid.fits(game):
        return "grid"
    return "linear" if linear.fits(game) else "general"


def solve_fast(game: Game, concepts: Sequence[str]) -> tuple[dict[str, BoolArray], str]:
    """Return the verdicts of Nash, GMR, SMR, SEQ and SSEQ, and which engine found them.

    Raises
    ------
    TooLargeError
        Too little memory; nothing has been allocated.
    """
    engine = engine_for(game)
    need, run = ENGINES[engine]
    require(need(game, concepts), f"A model of {game.m} states and {game.n} decision makers", ADVICE)
    return run(game, concepts), engine


def sequential_values(game: Game) -> IntArray:
    """Return the lowest rank that the others can bring about by improvements, staying included.

    Returns
    -------
    ndarray of int32, shape (n, m)
        A move of i from s to q is sanctioned under SEQ when entry (i, q) is at most i's rank of s.
    """
    ranks = np.stack(game.ranks)
    if linear.fits(game):
        classes = linear.classes_of(game, ranks)
        rows = [linear.sanction_values(classes, i, ranks[i], ranks, True) for i in range(game.n)]
    else:
        backward = general.turned_round([game.edges(dm) for dm in range(game.n)], game.m)
        rows = [general.sanction_values(backward, i, ranks[i], ranks, True) for i in range(game.n)]
    return np.stack(rows)
