"""The compiled part of ``grid.py``; import it only when there is something to compute.

Words used here: the states form a grid with one axis per decision maker. The *fibre* of decision maker i at
its choice k is the set of states with that choice, numbered 0..f-1 by the choices of the others. A *group*
of j is a line along its axis.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jirga.stability.jit import jitted

__all__ = ["sequential", "sort_groups", "worst_of_fibres"]

Int32 = NDArray[np.int32]
Small = NDArray[np.uint16] | NDArray[np.uint8]

TILE = 16  # one cache line of ranks
COUNTED = 128  # up to this size a group is sorted by counting, which vectorises


@jitted
def _place_by_counting(row: Int32, place: Int32, lower: Int32) -> None:
    """Tell for each entry how many are lower, and its place when equal entries keep their order."""
    size = row.shape[0]
    total = np.int32(0)
    for k in range(size):
        value = row[k]
        below = np.int32(0)
        for other in range(size):
            below += row[other] < value
        lower[k] = below
        place[k] = below
        total += below
    if total == size * (size - 1) // 2:
        return  # no two are equal
    for k in range(size):
        for other in range(k):
            place[k] += row[other] == row[k]


@jitted
def _place_by_sorting(row: Int32, place: Int32, lower: Int32) -> None:
    """Do the same for a large group."""
    order = np.argsort(row, kind="mergesort")
    for p in range(row.shape[0]):
        k = order[p]
        place[k] = p
        lower[k] = lower[order[p - 1]] if p > 0 and row[order[p - 1]] == row[k] else p


@jitted
def sort_groups(rank: Int32, low_bit: int, bits: int, lower: Small, member: Small) -> None:
    """Sort the groups of one decision maker by its rank.

    Parameters
    ----------
    rank : ndarray of int32, shape (m,)
    low_bit, bits : int
        Where its options stand in the code of a state.
    lower : ndarray, shape (m,), of any stride
        Filled with the number of states of the group that are worse.
    member : ndarray, shape (m,)
        Filled, group after group, with the choices from the worst up.
    """
    m, size, run = rank.shape[0], 1 << bits, 1 << low_bit
    tile = min(TILE, run)
    rows = np.empty((tile, size), dtype=np.int32)
    below = np.empty((tile, size), dtype=np.int32)
    place = np.empty(size, dtype=np.int32)
    for block in range(0, m, run << bits):
        for first in range(0, run, tile):
            for k in range(size):
                at = block + (k << low_bit) + first
                for x in range(tile):
                    rows[x, k] = rank[at + x]
            for x in range(tile):
                if size <= COUNTED:
                    _place_by_counting(rows[x], place, below[x])
                else:
                    _place_by_sorting(rows[x], place, below[x])
                at = ((block >> bits) + first + x) << bits
                for k in range(size):
                    member[at + place[k]] = k
            for k in range(size):
                at = block + (k << low_bit) + first
                for x in range(tile):
                    lower[at + x] = below[x, k]


@jitted
def worst_of_fibres(rank: Int32, low_bit: int, bits: int, worst: Int32, best: Int32) -> None:
    """Fill in the worst rank of each fibre, shape (2 ** bits,), and the best of each group, shape (f,)."""
    run, size = 1 << low_bit, 1 << bits
    worst[:] = rank[0] * 0 + np.int32(2**31 - 1)
    best[:] = -1
    for h in range(rank.shape[0] >> (low_bit + bits)):
        for k in range(size):
            at = ((h << bits) + k) << low_bit
            least = worst[k]
            for x in range(run):
                value = rank[at + x]
                least = min(least, value)
                best[(h << low_bit) + x] = max(best[(h << low_bit) + x], value)
            worst[k] = least


@jitted
def _radix(states: Int32, value: Int32, count: int, top: int, spare: Int32) -> None:
    """Sort the first ``count`` states by value (at most ``top``): digits of eleven bits, lowest first."""
    heads = np.empty(2049, dtype=np.int32)
    shift = 0
    while top >> shift:
        heads[:] = 0
        for p in range(count):
            heads[((value[states[p]] >> shift) & 2047) + 1] += 1
        for d in range(2048):
            heads[d + 1] += heads[d]
        for p in range(count):
            digit = (value[states[p]] >> shift) & 2047
            spare[heads[digit]] = states[p]
            heads[digit] += 1
        states[:count] = spare[:count]
        shift += 11


@jitted
def _flood(source: int, mark: int, value: int, v: Int32, card: Small, i: int, member: Small, pointer: Int32,
           axes: NDArray[np.int64], stack: Int32) -> None:  # fmt: skip
    """Settle the source and all states that lead to it by improvements, unless they are settled.

    In each group the members that are settled stand before its pointer, which only advances. The card of a
    state holds for each of the others how many of its group are worse, and in the place of i the mark; so
    one line of memory tells all. A state is stacked only when it advances a pointer, which few do. The
    value is written for mark 2 only: the first flood of a fibre gives one value to nearly all of it.
    """
    card[source, i] = mark
    v[source] = value
    stack[0] = source
    top = 1
    while top:
        top -= 1
        t = stack[top]
        for row in range(axes.shape[0]):
            shift, bits, j = axes[row, 0], axes[row, 1], axes[row, 2]
            group = ((t >> (shift + bits)) << shift) | (t & ((1 << shift) - 1))
            end = np.int32(card[t, j])
            p = pointer[row, group]
            if p >= end:
                continue
            pointer[row, group] = end
            base = t & ~(((1 << bits) - 1) << shift)
            for place in range((group << bits) + p, (group << bits) + end):
                u = base + (np.int64(member[row, place]) << shift)
                if card[u, i] == 0:
                    card[u, i] = mark
                    if mark == 2:
                        v[u] = value
                    for other in range(axes.shape[0]):
                        low, width = axes[other, 0], axes[other, 1]
                        line = ((u >> (low + width)) << low) | (u & ((1 << low) - 1))
                        if card[u, axes[other, 2]] > pointer[other, line]:
                            stack[top] = u
                            top += 1
                            break


@jitted
def _gather_states(rank: Int32, lower: Small, layout: NDArray[np.int64], i: int, first: int, near: Int32,
                   cards: Small) -> None:  # fmt: skip
    """Copy what is known of the states of some fibres of i, from its choice ``first`` on."""
    shift, bits = layout[i, 0], layout[i, 1]
    run = 1 << shift
    for h in range(rank.shape[0] >> (shift + bits)):
        for k in range(near.shape[0]):
            at = ((h << bits) + first + k) << shift
            for x in range(run):
                near[k, (h << shift) + x] = rank[at + x]
                for j in range(layout.shape[0]):
                    cards[k, (h << shift) + x, j] = lower[at + x, j]
                cards[k, (h << shift) + x, i] = 0


@jitted
def _gather_groups(member: Small, layout: NDArray[np.int64], i: int, k: int, near_member: Small) -> None:
    """Copy the sorted groups of the others within one fibre of i."""
    shift, bits = layout[i, 0], layout[i, 1]
    row = 0
    for j in range(layout.shape[0]):
        if j == i or layout[j, 1] == 0:
            continue
        size = layout[j, 1]
        where = shift if shift < layout[j, 0] else shift - size
        for g in range(near_member.shape[1] >> size):
            far = ((((g >> where) << bits) + k) << where) | (g & ((1 << where) - 1))
            for p in range(1 << size):
                near_member[row, (g << size) + p] = member[j, (far << size) + p]
        row += 1


@jitted
def _axes(layout: NDArray[np.int64], i: int) -> NDArray[np.int64]:
    """Return lowest bit in a fibre of i, number of bits, and who, for all others who have options."""
    axes = np.zeros((layout.shape[0], 3), dtype=np.int64)
    rows = 0
    for j in range(layout.shape[0]):
        if j != i and layout[j, 1]:
            axes[rows, 0] = layout[j, 0] if layout[j, 0] < layout[i, 0] else layout[j, 0] - layout[i, 1]
            axes[rows, 1] = layout[j, 1]
            axes[rows, 2] = j
            rows += 1
    return axes[:rows]


@jitted
def sequential(rank: Int32, lower: Small, member: Small, i: int, layout: NDArray[np.int64], best: Int32,
               by_answer: bool, threshold: Int32) -> None:  # fmt: skip
    """Fill in, for each group of i, the rank from which its states are stable.

    The concept is SEQ, or SSEQ when ``by_answer``.

    Parameters
    ----------
    rank : ndarray of int32, shape (m,)
        Of decision maker i.
    lower : ndarray, shape (m, n)
    member : ndarray, shape (n, m)
        Both from ``sort_groups``.
    layout : ndarray of int64, shape (n, 2)
        Lowest bit and number of bits of each decision maker.
    best : ndarray of int32, shape (f,)
        Best rank of each group of i.
    threshold : ndarray of int32, shape (f,)
    """
    f, axes = best.shape[0], _axes(layout, i)
    rows = axes.shape[0]
    together = min(1 << layout[i, 1], max(1, TILE >> layout[i, 0]))  # fibres that share lines of memory
    nears = np.empty((together, f + TILE), dtype=np.int32)[:, :f]  # rows a power of two apart would collide
    decks = np.empty((together, f + TILE, layout.shape[0]), dtype=lower.dtype)
    near_member = np.empty((rows, f), dtype=member.dtype)
    pointer = np.empty((rows, f >> axes[:, 1].min() if rows else 1), dtype=np.int32)
    v = np.empty(f, dtype=np.int32)
    stack = np.empty(f, dtype=np.int32)
    order = np.empty(f, dtype=np.int32)
    spare = np.empty(f, dtype=np.int32)
    threshold[:] = 0
    for x in range(f):
        order[x] = x
    if by_answer:
        _radix(order, best, f, int(best.max()), spare)
    for k in range(1 << layout[i, 1]):
        if k % together == 0:
            _gather_states(rank, lower, layout, i, k, nears, decks)
        near, card = nears[k % together], decks[k % together]
        _gather_groups(member, layout, i, k, near_member)
        value = best if by_answer else near
        pointer[:] = 0
        start = int(order[0]) if by_answer else int(near.argmin())
        common = value[start]
        _flood(start, 1, common, v, card, i, near_member, pointer, axes, stack)
        count = f
        if not by_answer:
            count, top = 0, 0
            for x in range(f):
                if card[x, i] == 0:
                    order[count] = x
                    count += 1
                    top = max(top, int(near[x]))
            _radix(order, near, count, top, spare)
        for p in range(count):
            u = order[p]
            if card[u, i] == 0:
                _flood(u, 2, value[u], v, card, i, near_member, pointer, axes, stack)
        for x in range(f):
            least = min(common if card[x, i] == 1 else v[x], near[x])
            threshold[x] = max(threshold[x], least)
