"""Many rankings over one set of moves: the equilibria under each, for sweeps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jirga.errors import UsageError
from jirga.stability.game import Game, IntArray
from jirga.stability.types import BASIC, BoolArray

__all__ = ["Structure", "batch_equilibria", "batch_words", "structure_of"]

Words = NDArray[np.uint64]

WORD = 64
BATCHABLE = (*BASIC, "SSEQ")


@dataclass(frozen=True, eq=False)
class Structure:
    """The moves of a game as words: bit s stands for state s.

    Attributes
    ----------
    m : int
        Number of states, at most 64.
    succ, pred : ndarray of uint64, shape (n, m)
        Where each decision maker can move from a state, and from where it can move there.
    coreach : ndarray of uint64, shape (n, m)
        For decision maker i and state t: t itself and the states from which the others reach t.
    transitive : bool
        Whether two moves of one decision maker in a row are always one move (or lead back).
    """

    m: int
    succ: Words
    pred: Words
    coreach: Words
    transitive: bool


def structure_of(game: Game) -> Structure:
    """Return what the batch kernel needs to know of the moves; the preferences of the game play no part.

    Raises
    ------
    UsageError
        More than 64 states.
    """
    m, n = game.m, game.n
    if m > WORD:
        raise UsageError(
            f"The batch kernel holds 64 states and the model has {m}; solve its samples one by one."
        )
    succ = [[sum(1 << int(q) for q in game.moves(i, s)) for s in range(m)] for i in range(n)]
    pred = [[sum(1 << s for s in range(m) if row[s] >> t & 1) for t in range(m)] for row in succ]
    coreach = [[_coreach(pred, i, t) for t in range(m)] for i in range(n)]
    transitive = all(_closed(row, s) for row in succ for s in range(m))
    return Structure(m, _words(succ), _words(pred), _words(coreach), transitive)


def _words(table: list[list[int]]) -> Words:
    return np.array(table, dtype=np.uint64)


def _closed(row: list[int], s: int) -> bool:
    twice = 0
    for q in _bits(row[s]):
        twice |= row[q]
    return not twice & ~(row[s] | 1 << s)


def _bits(word: int) -> list[int]:
    return [bit for bit in range(word.bit_length()) if word >> bit & 1]


def _coreach(pred: list[list[int]], i: int, t: int) -> int:
    """Return t and the states from which N - i reaches it, searching backwards over (state, next mover)."""
    todo = [(t, -1)]
    seen = {(t, -1)}
    while todo:
        state, follower = todo.pop()
        for j in range(len(pred)):
            if j not in (i, follower):
                fresh = {(s, j) for s in _bits(pred[j][state])} - seen
                seen |= fresh
                todo += fresh
    return sum(1 << s for s in {s for s, _ in seen})


def batch_equilibria(game: Game | Structure, ranks: IntArray, concepts: Sequence[str] = BASIC) -> BoolArray:
    """Return which states are equilibria, for each of many preference profiles over the same moves.

    Parameters
    ----------
    game : Game or Structure
        At most 64 states. Give ``structure_of(game)`` when you call repeatedly.
    ranks : ndarray of int32, shape (batch, n, m)
        For each profile and decision maker the rank of each state, 0 (worst) to m - 1; equal is indifferent.
    concepts : sequence of str
        Among Nash, GMR, SMR, SEQ, SSEQ.

    Returns
    -------
    ndarray of bool, shape (batch, len(concepts), m)
        ``.sum(0)`` counts how often each state is an equilibrium under each concept.
    """
    structure = game if isinstance(game, Structure) else structure_of(game)
    words = batch_words(structure, ranks, concepts)
    octets = words.astype("<u8").view(np.uint8).reshape(*words.shape, 8)
    return np.unpackbits(octets, axis=2, bitorder="little")[:, :, : structure.m].astype(np.bool_)


def batch_words(structure: Structure, ranks: IntArray, concepts: Sequence[str] = BASIC) -> Words:
    """Return the same as words: bit s of entry (profile, concept) tells whether state s is an equilibrium.

    Returns
    -------
    ndarray of uint64, shape (batch, len(concepts))

    Raises
    ------
    UsageError
        A wrong shape, ranks outside 0..m-1, or another concept.
    """
    n, m = structure.succ.shape
    strange = [name for name in concepts if name not in BATCHABLE]
    if strange:
        raise UsageError(f"“{strange[0]}” is not a concept of the batch kernel; use {', '.join(BATCHABLE)}.")
    if ranks.ndim != 3 or ranks.shape[1:] != (n, m):
        raise UsageError(f"Ranks have shape {ranks.shape}; the model wants (profiles, {n}, {m}).")
    if ranks.size and (int(ranks.min()) < 0 or int(ranks.max()) >= m):
        raise UsageError(f"Ranks must be numbers from 0 to {m - 1}.")
    found = np.zeros((ranks.shape[0], len(BATCHABLE)), dtype=np.uint64)
    from jirga.stability.batch_kernel import equilibria  # compiled on import, so only when wanted

    moves = (structure.succ, structure.pred, structure.coreach)
    equilibria(*moves, structure.transitive, np.ascontiguousarray(ranks, dtype=np.int32), found)
    return np.ascontiguousarray(found[:, [BATCHABLE.index(name) for name in concepts]])
