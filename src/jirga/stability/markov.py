"""A random improving mover: where the conflict would end, with what probability and after how many moves.

In each state one of the decision makers who can improve is drawn, and then one of its improvements (or its
best). States where nobody can improve absorb; so do cycles of states that improvements never leave. The
probabilities solve the linear system of an absorbing Markov chain: with Q the moves among passing states
and R those into what absorbs, ``(I - Q) B = R``; the expected number of moves solves ``(I - Q) t = 1``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array, identity
from scipy.sparse.csgraph import connected_components
from scipy.sparse.linalg import splu

from jirga.errors import TooLargeError, UsageError
from jirga.stability.game import Game
from jirga.stability.how import How, game_hash

__all__ = ["Absorption", "absorption"]

STATES_LIMIT = 100_000  # the sparse factors of more states may not fit
Choice = Literal["any", "best"]


@dataclass(frozen=True, eq=False)
class Absorption:
    """Where a random improving mover ends.

    Attributes
    ----------
    start : int
        From 0.
    classes : tuple of tuple of int
        What absorbs and can be reached: single states that nobody leaves by improving, or cycles of states.
    probability : tuple of float
        Of ending in each class.
    moves : float
        Expected number of moves before it.
    choice : str
        ``any`` or ``best``: which improvement a mover takes.
    how : How
        Exact up to floating point.
    """

    start: int
    classes: tuple[tuple[int, ...], ...]
    probability: tuple[float, ...]
    moves: float
    choice: str
    how: How

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values, states numbered from 1."""
        return {
            "from": self.start + 1,
            "ends": [
                {"states": [state + 1 for state in group], "probability": share}
                for group, share in zip(self.classes, self.probability, strict=True)
            ],
            "expected_moves": self.moves,
            "choice": self.choice,
            "how": self.how.to_json(),
        }


def absorption(
    game: Game, start: int, *, choice: Choice = "any", weights: Mapping[str, float] | None = None
) -> Absorption:
    """Return the absorbing probabilities from a state.

    Parameters
    ----------
    game : Game
    start : int
        From 0.
    choice : {"any", "best"}
        Whether the mover takes any of its improvements with equal probability, or one of the best.
    weights : mapping of str to float or None
        How likely each decision maker is to be drawn, relative to the others who can improve; 1 unless told.

    Raises
    ------
    UsageError
        For a state that does not exist, or weights that are not positive.
    TooLargeError
        When too many states can be reached.
    """
    if not 0 <= start < game.m:
        raise UsageError(f"There is no state {start + 1}; the states are numbered 1 to {game.m}.")
    likely = [float((weights or {}).get(dm, 1.0)) for dm in game.dms]
    if any(not 0 < weight < np.inf for weight in likely) or set(weights or {}) - set(game.dms):
        raise UsageError("Weights of movers are positive numbers, by decision maker.")
    states, chain = _chain(game, start, choice, likely)
    count, label = connected_components(chain, directed=True, connection="strong")
    leaves = np.zeros(count, dtype=np.bool_)
    row, column = chain.nonzero()
    leaves[label[row[label[row] != label[column]]]] = True
    closed = np.flatnonzero(~leaves)
    probability, moves = _solve(chain, label, closed, leaves)
    groups = [tuple(sorted(states[k] for k in np.flatnonzero(label == c).tolist())) for c in closed]
    order = sorted(range(len(groups)), key=lambda k: groups[k])
    found = tuple(float(probability[k]) for k in order)
    how = How("markov", game_hash(game))
    return Absorption(start, tuple(groups[k] for k in order), found, moves, choice, how)


def _chain(game: Game, start: int, choice: Choice, likely: list[float]) -> tuple[list[int], csr_array]:
    """Return the states reached by improvements, the start first, and the probabilities of single moves."""
    states, number = [start], {start: 0}
    rows, columns, values = [], [], []
    for state in states:  # grows while it is walked
        movers = [(dm, _targets(game, dm, state, choice)) for dm in range(game.n)]
        movers = [(dm, ends) for dm, ends in movers if ends]
        whole = sum(likely[dm] for dm, _ in movers)
        for dm, ends in movers:
            for end in ends:
                if end not in number:
                    number[end] = len(states)
                    states.append(end)
                rows.append(number[state])
                columns.append(number[end])
                values.append(likely[dm] / whole / len(ends))
        if len(states) > STATES_LIMIT:
            raise TooLargeError(
                f"Improvements lead to more than {STATES_LIMIT:,} states: make states infeasible."
            )
    size = len(states)
    return states, csr_array((values, (rows, columns)), shape=(size, size))


def _targets(game: Game, dm: int, state: int, choice: Choice) -> list[int]:
    ends = game.improvements(dm, state)
    if choice == "best" and ends.size:
        rank = game.ranks[dm][ends]
        ends = ends[rank == rank.max()]
    return [int(end) for end in ends]


def _solve(
    chain: csr_array, label: NDArray[np.int32], closed: NDArray[np.int64], leaves: NDArray[np.bool_]
) -> tuple[list[float], float]:
    """Return the probability of ending in each closed class from the first state, and the expected moves."""
    passing = np.flatnonzero(leaves[label])
    if not passing.size or passing[0] != 0:
        return [float(c == label[0]) for c in closed], 0.0
    system = (identity(passing.size, format="csc") - chain[passing][:, passing]).tocsc()
    # One row of the inverse is enough for one start: solve the transposed system with a unit vector.
    unit = np.zeros(passing.size)
    unit[0] = 1.0
    visits = splu(system).solve(unit, trans="T")
    into = visits @ chain[passing]
    return [float(into[label == c].sum()) for c in closed], float(visits.sum())
