"""Simultaneous stability: others move at the same moment, each knowing only the present state.

There are two rules, and they differ; both are kept, each under its own name.

``SIM`` (per decision maker): s is stable for i when for each improvement q of i there is a choice for each
other decision maker j, to stay or to make one of its improvements from s, such that all changes of options
together give a feasible state that i does not prefer to s.

``SEQ+SIM`` (the use of Fraser and Hipel, 1984): s is stable for i when it is SEQ, or when two or more
decision makers, i among them, are not SEQ at s, and for each improvement of i that SEQ leaves unsanctioned
there is a choice of one such improvement for each of the others who are not SEQ at s, with the same result
as above. Nobody of them stays.

Changes of options add up only where there are options: graph form has no simultaneous moves.
"""

from __future__ import annotations

from itertools import product

import numpy as np
from numpy.typing import NDArray

from jirga.errors import TooLargeError, UsageError
from jirga.stability.fast import sequential_values
from jirga.stability.game import Game, IntArray
from jirga.stability.jit import kernel
from jirga.stability.memory import require
from jirga.stability.plain import legal_reach, view_of
from jirga.stability.types import BoolArray

__all__ = ["joint_target", "simultaneous", "simultaneous_plain", "temptations"]

MOST_STEPS = 2 * 10**11  # joint moves; about ten minutes of compiled work

Rows = tuple[IntArray, IntArray]


def _codes(game: Game) -> NDArray[np.uint64]:
    if game.arcs is not None or game.codes is None:
        raise UsageError("SIM joins changes of options, and this model lists its moves; leave SIM out.")
    return game.codes


def joint_target(game: Game, state: int, moves: tuple[int, ...]) -> int | None:
    """Return the state that several moves made at once lead to; None when it is not feasible."""
    codes = _codes(game)
    here = int(codes[state])
    there = here
    for target in moves:
        there ^= here ^ int(codes[target])
    place = int(np.searchsorted(codes, np.uint64(there)))
    return place if place < game.m and int(codes[place]) == there else None


def simultaneous_plain(game: Game, joint: bool) -> BoolArray:
    """Return the verdicts by the definitions, over Python sets: ``SIM``, or ``SEQ+SIM`` when ``joint``.

    Returns
    -------
    ndarray of bool, shape (n, m)
    """
    _codes(game)
    view, n, m = view_of(game), game.n, game.m
    found = np.ones((n, m), dtype=np.bool_)
    tempting = [list(row) for row in view.improvements]
    if joint:
        for i in range(n):
            others = [j for j in range(n) if j != i]
            reach = [legal_reach(q, others, view.credible) for q in range(m)]
            for s in range(m):
                tempting[i][s] = frozenset(q for q in tempting[i][s] if not reach[q] & view.deterring[i][s])
    for s in range(m):
        leaving = [j for j in range(n) if tempting[j][s]]
        for i in leaving:
            others = [j for j in (leaving if joint else range(n)) if j != i]
            choices = [tempting[j][s] if joint else tempting[j][s] | {s} for j in others]
            found[i, s] = (bool(others) or not joint) and all(
                any(
                    joint_target(game, s, (q, *choice)) in view.deterring[i][s]
                    for choice in product(*choices)
                )
                for q in tempting[i][s]
            )
    return found


def temptations(game: Game, joint: bool) -> list[Rows]:
    """Return for each decision maker its improvements, or those that SEQ does not sanction, row by row."""
    moves = sum(game.count_moves(i) for i in range(game.n))
    require(16 * moves, f"Listing the moves of {game.m} states", "Leave SIM and SEQ+SIM out.")
    values = sequential_values(game) if joint else None
    rows = []
    for i, rank in enumerate(game.ranks):
        indptr, indices = game.edges(i)
        source = np.repeat(np.arange(game.m, dtype=np.int32), np.diff(indptr))
        kept = rank[indices] > rank[source]
        if values is not None:
            kept &= values[i][indices] > rank[source]
        start = np.zeros(game.m + 1, dtype=np.int32)
        np.cumsum(np.bincount(source[kept], minlength=game.m), out=start[1:])
        rows.append((start, indices[kept]))
    return rows


def simultaneous(game: Game, joint: bool) -> BoolArray:
    """Return the verdicts of ``SIM``, or of ``SEQ+SIM`` when ``joint``.

    Returns
    -------
    ndarray of bool, shape (n, m)

    Raises
    ------
    UsageError
        The game is in graph form.
    TooLargeError
        There are too many joint moves to look at.
    """
    codes = _codes(game)
    rows = temptations(game, joint)
    counts = np.stack([np.diff(start) for start, _ in rows]).astype(np.float64)
    steps = float(np.prod(counts + 1, axis=0).sum()) * game.n
    if steps > MOST_STEPS:
        raise TooLargeError(
            f"SIM would have to look at about {steps:.0e} joint moves in this model. "
            "Leave SIM and SEQ+SIM out, or add rules that make states infeasible."
        )
    offset = np.zeros(game.n + 1, dtype=np.int64)
    np.cumsum([indices.size for _, indices in rows], out=offset[1:])
    start = np.stack([row + base for (row, _), base in zip(rows, offset[:-1], strict=True)])
    targets = np.concatenate([indices for _, indices in rows])
    found = np.ones((game.n, game.m), dtype=np.bool_)
    run = kernel(_regretted, int(min(steps, 10**12)))
    run(codes, np.stack(game.ranks), start, targets, joint, np.zeros(game.n, dtype=np.int64), found)
    return found


def _regretted(
    codes: NDArray[np.uint64], ranks: IntArray, start: NDArray[np.int64], targets: IntArray, joint: bool,
    choice: NDArray[np.int64], found: BoolArray,
) -> None:  # fmt: skip
    """Mark what is not stable; an odometer counts through the choices of the others (a kernel)."""
    n, m = ranks.shape
    for s in range(m):
        for i in range(n):
            others = 0
            for j in range(n):
                if j != i and start[j, s] < start[j, s + 1]:
                    others += 1
            if joint and others == 0 and start[i, s] < start[i, s + 1]:
                found[i, s] = False
                continue
            for a in range(start[i, s], start[i, s + 1]):
                for j in range(n):
                    choice[j] = start[j, s] if joint else start[j, s] - 1
                sanctioned = False
                more = True
                while more and not sanctioned:
                    there = codes[targets[a]]
                    for j in range(n):
                        if j != i and start[j, s] <= choice[j] < start[j, s + 1]:
                            there = there ^ codes[s] ^ codes[targets[choice[j]]]
                    low = 0
                    high = m
                    while low < high:
                        middle = (low + high) // 2
                        if codes[middle] < there:
                            low = middle + 1
                        else:
                            high = middle
                    sanctioned = low < m and codes[low] == there and ranks[i, low] <= ranks[i, s]
                    more = False
                    for j in range(n):
                        if j != i and not more:
                            if choice[j] + 1 < start[j, s + 1]:
                                choice[j] += 1
                                more = True
                            else:
                                choice[j] = start[j, s] if joint else start[j, s] - 1
                if not sanctioned:
                    found[i, s] = False
                    break
