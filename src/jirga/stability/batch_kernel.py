"""The compiled part of ``batch.py``: sets of states are words, bit s stands for state s.

For one decision maker i the states are taken by rising rank. S holds the states whose sanction value
(``linear.py`` tells what that is) is at most the present rank. A state s of this rank is stable exactly when
R_i(s) lies in S, because moves that are no improvements are in S anyway.

This module imports numba; import it only when there is something to compute.
"""

from __future__ import annotations

from typing import Final

import numpy as np
from numpy.typing import NDArray

from jirga.stability.jit import jitted

__all__ = ["equilibria"]

Words = NDArray[np.uint64]

_DE_BRUIJN: Final = np.uint64(0x03F79D71B4CB0A89)  # every run of six bits in it differs: finds the lowest bit
_TOP: Final = np.uint64(58)
_ZERO: Final = np.uint64(0)
_ONE: Final = np.uint64(1)
_PLACE: Final = np.zeros(64, dtype=np.int64)
for _bit in range(64):
    _PLACE[((0x03F79D71B4CB0A89 << _bit) & (2**64 - 1)) >> 58] = _bit


@jitted
def _lowest(word: np.uint64) -> int:
    """Place of the lowest bit."""
    return _PLACE[((word & (~word + _ONE)) * _DE_BRUIJN) >> _TOP]  # type: ignore[no-any-return]


@jitted
def _levels(pred: Words, ranks: NDArray[np.int32], level: Words, gaining: Words) -> None:
    """Sort states into levels by rank, and keep the arcs that gain.

    Parameters
    ----------
    pred, level, gaining : ndarray of uint64, shape (n, m)
        ``gaining[j, t]`` becomes the states from which j moves to t and gains.
    ranks : ndarray of int32, shape (n, m)
    """
    n, m = level.shape
    level[:] = _ZERO
    for j in range(n):
        for s in range(m):
            level[j, ranks[j, s]] |= _ONE << np.uint64(s)
        lower = _ZERO
        for r in range(m):
            left = level[j, r]
            while left != _ZERO:
                t = _lowest(left)
                left &= left - _ONE
                gaining[j, t] = pred[j, t] & lower
            lower |= level[j, r]


@jitted
def _flood(source: np.uint64, settled: np.uint64, union: Words) -> np.uint64:
    """Add the source and all states that lead to it to the settled ones; for transitive moves."""
    fresh = source & ~settled
    while fresh != _ZERO:
        settled |= fresh
        t = _lowest(fresh)
        fresh &= fresh - _ONE
        fresh |= union[t] & ~settled
    return settled


@jitted
def _flood_legal(source: np.uint64, i: int, settled: Words, fresh: Words, gaining: Words) -> np.uint64:
    """Do the same over pairs (state, last mover): ``settled[k]`` for mover k, ``settled[n]`` for nobody."""
    n = gaining.shape[0]
    for k in range(n + 1):
        fresh[k] = source & ~settled[k]
        settled[k] |= source
    busy = True
    while busy:
        busy = False
        for k in range(n):
            while k != i and fresh[k] != _ZERO:
                busy = True
                t = _lowest(fresh[k])
                fresh[k] &= fresh[k] - _ONE
                for other in range(n + 1):
                    if other != k:
                        new = gaining[k, t] & ~settled[other]
                        settled[other] |= new
                        fresh[other] |= new
    return np.uint64(settled[n])


@jitted
def _sweep_one(
    i: int, moves: tuple[Words, Words, Words], transitive: bool, level: Words, gaining: Words, out: Words
) -> None:
    """Strike from ``out`` (five words: Nash, GMR, SMR, SEQ, SSEQ) the states that are not stable for i."""
    succ, pred, coreach = moves
    n, m = succ.shape
    union = np.zeros(m, dtype=np.uint64)
    pairs = np.zeros((2, n + 1), dtype=np.uint64)
    fresh = np.zeros(n + 1, dtype=np.uint64)
    for j in range(n):
        if j != i:
            union |= gaining[j]
    below = _ZERO  # states of rank up to now
    held = _ZERO  # those that i cannot leave for a state of higher rank than now
    general, symmetric, sequential, strict = _ZERO, _ZERO, _ZERO, _ZERO
    for r in range(m):
        new = level[i, r]
        if new == _ZERO:
            continue
        below |= new
        touched = new
        left = new
        while left != _ZERO:
            t = _lowest(left)
            left &= left - _ONE
            general |= coreach[i, t]
            touched |= pred[i, t]
        holding = _ZERO
        left = touched & below & ~held
        while left != _ZERO:
            t = _lowest(left)
            if succ[i, t] & ~below == _ZERO:
                holding |= left & (~left + _ONE)
                symmetric |= coreach[i, t]
            left &= left - _ONE
        held |= holding
        if transitive:
            sequential = _flood(new, sequential, union)
            strict = _flood(holding, strict, union)
        else:
            sequential = _flood_legal(new, i, pairs[0], fresh, gaining)
            strict = _flood_legal(holding, i, pairs[1], fresh, gaining)
        left = new
        while left != _ZERO:
            s = _lowest(left)
            keep = ~(left & (~left + _ONE))
            left &= left - _ONE
            free = succ[i, s] & ~below
            if free != _ZERO:
                out[0] &= keep
                out[1] &= keep | (_ZERO if free & ~general != _ZERO else ~_ZERO)
                out[2] &= keep | (_ZERO if free & ~symmetric != _ZERO else ~_ZERO)
                out[3] &= keep | (_ZERO if free & ~sequential != _ZERO else ~_ZERO)
                out[4] &= keep | (_ZERO if free & ~strict != _ZERO else ~_ZERO)


@jitted
def equilibria(
    succ: Words, pred: Words, coreach: Words, transitive: bool, ranks: NDArray[np.int32], found: Words
) -> None:
    """Fill in the equilibria of every profile.

    Parameters
    ----------
    succ, pred, coreach, transitive
        As in ``Structure``.
    ranks : ndarray of int32, shape (batch, n, m)
    found : ndarray of uint64, shape (batch, 5)
        Filled in.
    """
    n, m = succ.shape
    level = np.zeros((n, m), dtype=np.uint64)
    gaining = np.zeros((n, m), dtype=np.uint64)
    everything = ~_ZERO >> np.uint64(64 - m)
    for profile in range(ranks.shape[0]):
        _levels(pred, ranks[profile], level, gaining)
        found[profile, :] = everything
        for i in range(n):
            _sweep_one(i, (succ, pred, coreach), transitive, level, gaining, found[profile])
