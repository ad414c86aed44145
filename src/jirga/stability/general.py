"""The general engine: listed moves, which need not be transitive.

Here a decision maker who could go on from where it just arrived may not, so the search runs over pairs
(state, last mover). f(u, j) is the lowest value that the others of i can bring about from u when j moved
last (or nobody yet), by legal sequences of any length, none included. A state that is first reached
backwards through a move of k is settled for every last mover but k, and for k too as soon as a second one's
move leads on; so each pair is settled once and each listed move is looked at a few times for each i.

Thresholds are as in ``linear.py``, over listed moves instead of classes.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jirga.stability.game import Game, IntArray
from jirga.stability.jit import kernel
from jirga.stability.linear import order_by
from jirga.stability.types import BoolArray

__all__ = ["bytes_needed", "sanction_values", "solve_general", "turned_round"]


def bytes_needed(game: Game, concepts: Sequence[str]) -> int:
    """Return about how much memory ``solve_general`` takes beyond the game itself."""
    arcs = sum(game.count_moves(dm) for dm in range(game.n))
    return game.m * (game.n * (len(concepts) + 14) + 40) + 12 * arcs


def solve_general(game: Game, concepts: Sequence[str]) -> dict[str, BoolArray]:
    """Return the verdicts for any game.

    Returns
    -------
    dict of str to ndarray of bool, shape (n, m)
    """
    ranks = np.stack(game.ranks)
    edges = [game.edges(dm) for dm in range(game.n)]
    backward = turned_round(edges, game.m)
    tables: dict[str, BoolArray] = {name: np.empty((game.n, game.m), dtype=np.bool_) for name in concepts}
    for i, rank in enumerate(game.ranks):
        answer = _highest_ahead(edges[i], rank)
        for name, table in tables.items():
            if name == "Nash":
                np.greater_equal(rank, answer, out=table[i])
            else:
                value = answer if name in ("SMR", "SSEQ") else rank
                worst = sanction_values(backward, i, value, ranks, name in ("SEQ", "SSEQ"))
                np.minimum(worst, rank, out=worst)
                np.greater_equal(rank, _highest_ahead(edges[i], worst), out=table[i])
    return tables


def turned_round(edges: Sequence[tuple[IntArray, IntArray]], m: int) -> tuple[NDArray[np.int64], IntArray]:
    """Return all moves turned round: row j * m + t has the states from which j moves to t."""
    counts, sources = [], []
    for indptr, indices in edges:
        source = np.repeat(np.arange(m, dtype=np.int32), np.diff(indptr))
        order = np.argsort(indices, kind="stable")
        counts.append(np.bincount(indices, minlength=m))
        sources.append(source[order])
    start = np.zeros(m * len(edges) + 1, dtype=np.int64)
    np.cumsum(np.concatenate(counts), out=start[1:])
    return start, np.concatenate(sources).astype(np.int32)


def _highest_ahead(edges: tuple[IntArray, IntArray], value: IntArray) -> IntArray:
    """Return for each state the highest value among itself and the states one move ahead; shape (m,)."""
    indptr, indices = edges
    highest = value.copy()
    np.maximum.at(highest, np.repeat(np.arange(value.size), np.diff(indptr)), value[indices])
    return highest


def sanction_values(
    backward: tuple[NDArray[np.int64], IntArray], i: int, value: IntArray, ranks: IntArray, improving: bool
) -> IntArray:
    """Return v: the lowest value that the others can bring about from each state, staying included."""
    m = ranks.shape[1]
    found = np.full(m, -1, dtype=np.int32)
    through = np.full(m, -1, dtype=np.int32)
    stack = np.empty((2 * m, 3), dtype=np.int32)
    run = kernel(_flood, 4 * ranks.size + 2 * backward[1].size)
    run(i, order_by(value), value, ranks, improving, backward[0], backward[1], stack, through, found)
    return found


def _flood(
    i: int, order: IntArray, value: IntArray, ranks: IntArray, improving: bool, start: NDArray[np.int64],
    sources: IntArray, stack: IntArray, through: IntArray, found: IntArray,
) -> None:  # fmt: skip
    """Settle pairs (state, last mover) by rising value, backwards along the moves of all but i (a kernel).

    ``found[u]`` is the value when nobody has moved yet. ``through[u]`` tells which last mover is still
    open: k >= 0 when only moves of k lead on, -1 when none is settled, -2 when all are. The stack holds
    (state, from, to): the last movers from..to-1 that have just been settled for the state.
    """
    n, m = ranks.shape
    for source in order:
        if through[source] == -2:
            continue
        worth = value[source]
        if found[source] < 0:
            found[source] = worth
        # At the source itself nothing has to follow, so every last mover is settled that was not.
        open_before = through[source]
        through[source] = -2
        stack[0, 0] = source
        stack[0, 1] = -1 if open_before < 0 else open_before
        stack[0, 2] = 1
        top = 1
        while top > 0:
            top -= 1
            t = stack[top, 0]
            only = stack[top, 1]  # one last mover, or -1: all of them
            but = stack[top, 2]  # with "only" -1: all except but - 2 (1: no exception)
            for k in range(n):
                if k == i or (only >= 0 and k != only) or (only < 0 and k == but - 2):
                    continue
                bound = ranks[k, t]
                for a in range(start[k * m + t], start[k * m + t + 1]):
                    u = sources[a]
                    if through[u] == -2 or through[u] == k or (improving and ranks[k, u] >= bound):
                        continue
                    if through[u] == -1:  # first reached: settled for all last movers but k
                        through[u] = k
                        if found[u] < 0:
                            found[u] = worth
                        stack[top, 0] = u
                        stack[top, 1] = -1
                        stack[top, 2] = k + 2
                    else:  # reached through a second mover: settled for the first one too
                        stack[top, 0] = u
                        stack[top, 1] = through[u]
                        stack[top, 2] = 1
                        through[u] = -2
                    top += 1
