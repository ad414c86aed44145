"""From a conflict to the numbers that the engines work on."""

from __future__ import annotations

import numpy as np

from jirga.conflict.ranking import ranks
from jirga.conflict.states import StateSpace, feasible
from jirga.conflict.types import Conflict, Direction
from jirga.errors import ConflictError, Problem
from jirga.stability.game import Game, IntArray

__all__ = ["to_game"]


def to_game(conflict: Conflict, space: StateSpace | None = None) -> Game:
    """Build the game of a conflict.

    Parameters
    ----------
    conflict : Conflict
    space : StateSpace or None
        Its feasible states, when they are there already.

    Returns
    -------
    Game

    Raises
    ------
    TooLargeError
        When the states do not fit in memory; told before they are allocated.
    ConflictError
        When no state is feasible or there is no decision maker.
    """
    space = space or feasible(conflict)
    if not space.m or not conflict.decision_makers:
        raise ConflictError(
            conflict.name, (Problem("There is nothing to analyse: no feasible state or no decision maker."),)
        )
    rank = tuple(ranks(conflict, dm, space) for dm in conflict.decision_makers)
    names = tuple(dm.id for dm in conflict.decision_makers)
    if conflict.states:
        return Game(names, rank, arcs=tuple(_rows(conflict, name, space) for name in names))
    masks, to_yes, to_no = [0] * len(names), 0, 0
    place = {name: at for at, name in enumerate(names)}
    for bit, option in enumerate(conflict.options):
        masks[place[option.dm]] |= 1 << bit
        to_yes |= (option.direction is Direction.TO_YES) << bit
        to_no |= (option.direction is Direction.TO_NO) << bit
    return Game(names, rank, space.codes, tuple(masks), to_yes, to_no, space.n_options)


def _rows(conflict: Conflict, dm: str, space: StateSpace) -> tuple[IntArray, IntArray]:
    """Write the moves of one decision maker as compressed rows, sorted, without repeats and loops."""
    number = {name: at for at, name in enumerate(space.names)}
    moves = conflict.moves.get(dm, {})
    rows = [sorted({number[to] for to in moves.get(name, ())} - {at}) for at, name in enumerate(space.names)]
    indptr = np.zeros(space.m + 1, dtype=np.int32)
    indptr[1:] = np.cumsum([len(row) for row in rows])
    return indptr, np.array([to for row in rows for to in row], dtype=np.int32)
