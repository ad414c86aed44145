"""Drawing preferences that might as well be: orders of statements, places not known, swaps of a ranking, weights.

A draw gives ranks for every decision maker and, beside them, *factors*: in which of a few bins each
statement fell (its place in the order, or the size of its weight), or each state (lower, as given, higher),
from which `jirga.stability.sweep` sees what decides.

A list of few statements has few orders. All of them are ranked once, and to draw is then to pick a row.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import permutations
from math import perm
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from jirga.stability.edits import ROOM, Place, ranks_of_places
from jirga.stability.game import IntArray

__all__ = ["AS_GIVEN", "Draw", "Factor", "Vary", "draw"]

Vary = Literal["orders", "unknown", "swaps", "weights"]
EXACT = 1 << 53  # whole numbers below this are exact in 64-bit floating point
BINS = 4  # weights are told apart by quarters of their own distribution
TABLED = 5040  # orders of one list up to which all are ranked beforehand: seven statements
MOVES = 3  # bins of a state that swaps move: lower, as given, higher
AS_GIVEN = 1
OPTION_SPREAD = 0.5  # standard deviation of the logarithm by which given weights are multiplied


@dataclass(frozen=True, slots=True)
class Factor:
    """Something that a draw varies.

    Attributes
    ----------
    dm : int
    statements : tuple of str
        The place of the order that it is about; empty when it is about a state.
    bins : int
        In how many bins it may fall: places from the most important; quarters of weight from the lightest; for
        a state lower, as given, higher.
    state : int or None
        The state that it is about.
    """

    dm: int
    statements: tuple[str, ...]
    bins: int
    state: int | None = None


@dataclass(frozen=True, eq=False)
class Table:
    """Every order of one list that a draw may give, all alike likely.

    Attributes
    ----------
    ranks : ndarray of int32, shape (orders, m)
    where : ndarray of int32, shape (orders, places)
        At which position each place stands.
    """

    ranks: IntArray
    where: IntArray


@dataclass(frozen=True, eq=False)
class Draw:
    """What is varied, fixed before the first draw.

    Attributes
    ----------
    vary : str
        ``orders``: every order of a decision maker's statements alike. ``unknown``: only statements whose
        place is not known move, to any place alike. ``swaps``: a number of random adjacent swaps of each
        ranking. ``weights``: statements count by weights drawn anew, the more important ones more; option
        weights are multiplied by random numbers around 1.
    places : tuple of tuple of Place
        Per decision maker.
    loose : tuple of tuple of bool
        Per decision maker and place whether it moves (for ``unknown``).
    swaps : int
    followed : tuple of int
        States for which it is looked at where swaps move them.
    tables : tuple of Table or None
        Per decision maker all orders, where they are few; made from the rest.
    """

    vary: Vary
    places: tuple[tuple[Place, ...], ...]
    loose: tuple[tuple[bool, ...], ...]
    swaps: int = 3
    followed: tuple[int, ...] = ()
    tables: tuple[Table | None, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        listed = self.vary in ("orders", "unknown")
        tables = [
            _table(row, loose if self.vary == "unknown" else (True,) * len(row)) if listed else None
            for row, loose in zip(self.places, self.loose, strict=True)
        ]
        object.__setattr__(self, "tables", tuple(tables))

    @property
    def factors(self) -> tuple[Factor, ...]:
        """What the bins of a draw are about."""
        if self.vary == "swaps":
            return tuple(
                Factor(dm, (), MOVES, state) for dm in range(len(self.places)) for state in self.followed
            )
        return tuple(
            Factor(dm, place.statements, BINS if self.vary == "weights" else len(places))
            for dm, places in enumerate(self.places)
            for place in places
            if place.statements and len(places) > 1
        )


def draw(what: Draw, size: int, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Draw preferences.

    Returns
    -------
    ranks : ndarray of int32, shape (size, n, m)
        From 0 (worst), below m; equal is indifferent.
    bins : ndarray of int32, shape (size, number of factors)
    """
    ranks, bins = [], []
    for places, loose, table in zip(what.places, what.loose, what.tables, strict=True):
        statements = bool(places) and all(place.statements for place in places)
        drawn: IntArray
        fell: IntArray | None
        if what.vary == "swaps":
            drawn, fell = _swapped(places, size, what, rng)
        elif not statements:
            drawn, fell = _repeated(places, size), None
        elif what.vary == "weights":
            drawn, fell = _weighted(places, size, rng)
        elif table is not None:
            picked = rng.integers(0, len(table.ranks), size)
            drawn, fell = table.ranks[picked], table.where[picked]
        else:
            drawn, fell = _ordered(places, _orders(len(places), loose, what.vary, size, rng))
        ranks.append(drawn)
        if fell is not None and (len(places) > 1 or what.vary == "swaps"):
            bins.append(fell)
    table_ = np.concatenate(bins, axis=1) if bins else np.zeros((size, 0), dtype=np.int32)
    return np.stack(ranks, axis=1), table_


def _table(places: tuple[Place, ...], loose: Sequence[bool]) -> Table | None:
    """Return all orders in which the loose places stand anywhere and the others as they are; None when many."""
    k, free = len(places), [place for place in range(len(places)) if loose[place]]
    if not places or not all(place.statements for place in places) or perm(k, len(free)) > TABLED:
        return None
    fixed = [place for place in range(k) if not loose[place]]
    orders = np.empty((perm(k, len(free)), k), dtype=np.int64)
    for row, taken in zip(orders, permutations(range(k), len(free)), strict=True):
        row[list(taken)] = free
        row[[at for at in range(k) if at not in taken]] = fixed
    return Table(*_ordered(places, orders))


def _repeated(places: tuple[Place, ...], size: int) -> IntArray:
    rank = _dense(np.zeros((1, _m(places))) if not places else places[0].marks[None, :])
    return np.repeat(rank, size, axis=0)


def _m(places: tuple[Place, ...]) -> int:
    return int(places[0].marks.shape[0])


def _orders(
    k: int, loose: tuple[bool, ...], vary: Vary, size: int, rng: np.random.Generator
) -> NDArray[np.int64]:
    """Return ``[sample, position] = place`` for each sample: a permutation of the places."""
    if vary == "orders":
        return np.argsort(rng.random((size, k)), axis=1)
    free = [place for place in range(k) if loose[place]]
    fixed = [place for place in range(k) if not loose[place]]
    # All positions alike for the loose ones; what is left is filled by the others in their own order.
    positions = np.argsort(rng.random((size, k)), axis=1)
    order = np.empty((size, k), dtype=np.int64)
    taken = positions[:, : len(free)]
    np.put_along_axis(order, taken, np.array(free, dtype=np.int64)[None, :].repeat(size, 0), axis=1)
    rest = np.sort(positions[:, len(free) :], axis=1)
    np.put_along_axis(order, rest, np.array(fixed, dtype=np.int64)[None, :].repeat(size, 0), axis=1)
    return order


def _ordered(places: tuple[Place, ...], order: NDArray[np.int64]) -> tuple[IntArray, IntArray]:
    """Return the ranks that orders of places give, and at which position each place stands."""
    radix = np.array([place.top + 1 for place in places], dtype=object)
    marks = np.stack([place.marks for place in places]).astype(np.int64)
    where = np.argsort(order, axis=1).astype(np.int32)
    if int(np.prod(radix)) >= ROOM:
        return np.stack([_long(marks, radix, one) for one in order]), where
    radices = radix.astype(np.int64)[order]
    later = np.cumprod(radices[:, ::-1], axis=1)[:, ::-1]
    weight = np.ones_like(order)
    weight[:, :-1] = later[:, 1:]
    by_place = np.empty_like(weight)
    np.put_along_axis(by_place, order, weight, axis=1)
    if int(np.prod(radix)) < EXACT:  # then floating point is exact, and its product is many times faster
        return _dense(by_place.astype(np.float64) @ marks.astype(np.float64)), where
    return _dense(by_place @ marks), where


def _long(marks: NDArray[np.int64], radix: NDArray[np.object_], order: NDArray[np.int64]) -> IntArray:
    """Return the ranks of one order whose scores do not fit in 64 bits."""
    score = np.zeros(marks.shape[1], dtype=object)
    for place in order.tolist():
        score = score * radix[place] + marks[place]
    return np.unique(score, return_inverse=True)[1].astype(np.int32)


def _weighted(places: tuple[Place, ...], size: int, rng: np.random.Generator) -> tuple[IntArray, IntArray]:
    """Weigh statements: random parts of one, the largest to the most important."""
    marks = np.stack([place.marks / max(place.top, 1) for place in places])
    weights = -np.sort(-rng.dirichlet(np.ones(len(places)), size), axis=1)
    # Twelve digits: sums that differ only by rounding are ties.
    quarters = np.argsort(np.argsort(weights, axis=0), axis=0) * BINS // size
    return _dense(np.round(weights @ marks, 12)), quarters.astype(np.int32)


def _swapped(
    places: tuple[Place, ...], size: int, what: Draw, rng: np.random.Generator
) -> tuple[IntArray, IntArray]:
    """Swap neighbours in a strict order that agrees with the ranking, ties broken at random first."""
    rank = ranks_of_places(places, _m(places))
    m = rank.shape[0]
    order = np.argsort(rank + rng.random((size, m)), axis=1)
    tied = np.take_along_axis(np.broadcast_to(rank, (size, m)), order, axis=1)
    at = rng.integers(0, max(m - 1, 1), (size, what.swaps))
    rows = np.arange(size)
    for k in range(what.swaps if m > 1 else 0):
        left, right = at[:, k], at[:, k] + 1
        order[rows, left], order[rows, right] = order[rows, right], order[rows, left].copy()
    # Ties stay where no swap went between their states: a swap puts the level of the place it goes to.
    ranks = np.empty((size, m), dtype=np.int32)
    np.put_along_axis(ranks, order, tied.astype(np.int32), axis=1)
    followed = list(what.followed)
    moved = np.sign(ranks[:, followed] - rank[followed]) + 1
    return ranks, moved.astype(np.int32)  # the levels are those given, so the ranks are dense as they are


def _dense(values: NDArray[np.generic]) -> IntArray:
    """Return dense ranks per row: 0 for the smallest, equal for equal."""
    order = np.argsort(values, axis=1, kind="stable")
    ordered = np.take_along_axis(values, order, axis=1)
    step = np.zeros(values.shape, dtype=np.int32)
    step[:, 1:] = ordered[:, 1:] != ordered[:, :-1]
    ranks = np.empty(values.shape, dtype=np.int32)
    np.put_along_axis(ranks, order, np.cumsum(step, axis=1, dtype=np.int32), axis=1)
    return ranks
