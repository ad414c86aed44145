"""From what a decision maker wants to the rank of every state.

Option prioritisation (Fang, Hipel and Kilgour 1993; Peng, Hipel and Kilgour 1997): a state is ranked by the
most important statement first, then by the next, and so on. Statements of equal weight share one place; a
state's mark at that place is how many of them are true. The score is the exact integer

    score(s) = sum over places j of w_j * (number of true statements of place j),
    w_j = product over later places l of (1 + number of statements of place l),

so that a place always outweighs all later ones together; with one statement in each place w_j is 2^(k-j).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jirga.conflict.formula import evaluate
from jirga.conflict.statements import Vocabulary, parse
from jirga.conflict.states import StateSpace
from jirga.conflict.types import Conflict, DecisionMaker, Preference

__all__ = ["dense", "place_scores", "ranks", "ranks_of_order", "refine", "scores", "tiers"]

SMALL_TABLE = 1 << 16  # entries that are cheaper than any sort


def dense(values: NDArray[np.generic]) -> NDArray[np.int32]:
    """Turn comparable values into dense ranks: 0 for the smallest, equal for equal."""
    inverse: NDArray[np.int64] = np.unique(values, return_inverse=True)[1]
    return inverse.reshape(values.shape).astype(np.int32)


def place_scores(
    preferences: Sequence[Preference], space: StateSpace, vocabulary: Vocabulary
) -> list[tuple[NDArray[np.int32], int]]:
    """Return for each place how many of its statements are true at each state, and how many there are."""
    out = []
    for place in preferences:
        mark = np.zeros(space.m, dtype=np.int32)
        for statement in place.statements:
            mark += evaluate(parse(statement, vocabulary), space.codes)
        out.append((mark, len(place.statements)))
    return out


def refine(preferences: Sequence[Preference], space: StateSpace, vocabulary: Vocabulary) -> NDArray[np.int32]:
    """Rank states by places of statements; compressing now and then keeps every number below 2^62."""
    rank = np.zeros(space.m, dtype=np.int64)
    top = 1
    for place in preferences:
        size = len(place.statements) + 1
        if top * size >= 1 << 62:
            rank = dense(rank).astype(np.int64)
            top = int(rank.max(initial=0)) + 1
        rank *= size
        top *= size
        for statement in place.statements:
            rank += evaluate(parse(statement, vocabulary), space.codes)
    return _dense_below(rank, top) if top <= max(SMALL_TABLE, 4 * space.m) else dense(rank)


def _dense_below(values: NDArray[np.int64], top: int) -> NDArray[np.int32]:
    """Turn whole numbers from 0 to ``top - 1`` into dense ranks by a table, without a sort."""
    there = np.zeros(top, dtype=np.int32)
    there[values] = 1
    place = np.cumsum(there, dtype=np.int32) - np.int32(1)
    out: NDArray[np.int32] = place[values]
    return out


def ranks_of_order(order: Sequence[Sequence[int]], m: int) -> NDArray[np.int32]:
    """Return the ranks of an order of 0-based states, best first, ties together."""
    out = np.zeros(m, dtype=np.int32)
    for place, tied in enumerate(order):
        out[list(tied)] = len(order) - 1 - place
    return out


def ranks(conflict: Conflict, dm: DecisionMaker, space: StateSpace) -> NDArray[np.int32]:
    """Return the dense rank of every state for one decision maker; larger is better, 0 is worst.

    A decision maker without preferences, ranking or weights is indifferent: all ranks are 0.

    Parameters
    ----------
    conflict : Conflict
    dm : DecisionMaker
    space : StateSpace
        The feasible states of the conflict.

    Returns
    -------
    ndarray of int32, shape (m,)

    Raises
    ------
    StatementError, UsageError
        When a statement does not parse or a ranked state does not exist.
    """
    if dm.ranking:
        return ranks_of_order([[space.index(state) for state in tied] for tied in dm.ranking], space.m)
    if dm.weights:
        return dense(_weighted(conflict, dm, space))
    return refine(dm.preferences, space, Vocabulary.of(conflict))


def scores(conflict: Conflict, dm: DecisionMaker, space: StateSpace) -> list[int]:
    """Return exact integer scores: of statements or weights as defined above, or the ranks of a ranking.

    Weights are scaled by their common denominator so that they are whole numbers.
    """
    if dm.ranking:
        return [int(rank) for rank in ranks(conflict, dm, space)]
    if dm.weights:
        return [int(value) for value in _weighted(conflict, dm, space)]
    total = [0] * space.m
    for mark, size in place_scores(dm.preferences, space, Vocabulary.of(conflict)):
        total = [score * (size + 1) + int(add) for score, add in zip(total, mark, strict=True)]
    return total


def _weighted(conflict: Conflict, dm: DecisionMaker, space: StateSpace) -> NDArray[Any]:
    """Sum the weights of the options (or ``not option``) that are true, exactly as they were written."""
    vocabulary = Vocabulary.of(conflict)
    exact = {term: Fraction(str(weight)) for term, weight in dm.weights.items()}
    scale = math.lcm(*(weight.denominator for weight in exact.values()))
    whole = {term: int(weight * scale) for term, weight in exact.items()}
    small = sum(abs(weight) for weight in whole.values()) < 1 << 62
    total: NDArray[Any] = np.zeros(space.m, dtype=np.int64 if small else object)
    for term, weight in whole.items():
        total[evaluate(parse(term, vocabulary), space.codes)] += weight
    return total


def tiers(rank: NDArray[np.int32]) -> list[list[int]]:
    """Return the states (0-based) best first, ties together: the inverse of :func:`ranks_of_order`."""
    order: list[list[int]] = [[] for _ in range(int(rank.max(initial=-1)) + 1)]
    for state, place in enumerate(rank.tolist()):
        order[len(order) - 1 - place].append(state)
    return order
