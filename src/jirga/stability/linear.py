"""The linear algorithm: the fast engine for every model in option form.

A decision maker moves among states that differ in its own options only. Two moves in a row are one move
(moves are direct, and what cannot be undone stays done), so legal sequences are simply paths. States that
agree in all but the reversible options of decision maker j form a *class* of j: it moves freely within a
class, and from a class to those *above* it, which differ in irreversible options switched the allowed way.
Without such options a class is a group.

The *sanction value* v(q) of a state q for decision maker i is the lowest value that the others can bring
about from q, staying included. The value of a state is i's rank of it (GMR over all moves, SEQ over
improvements), or i's best answer to it (SMR over all moves, SSEQ over improvements). The definitions of
gmcr then read: s is stable unless i can move to some q with rank(q) > rank(s) and v(q) > rank(s), that is

    rank(s) >= max over q in R_i(s) and s itself of min(rank(q), v(q)),

a threshold that all states of a class share. One backward search finds v: take states by rising value and
flood backwards through classes; for improvements through the lower-ranked part of a class sorted by its
mover's rank, with a pointer that only advances. Every state is settled once, so the cost is linear in
states times decision makers, after sorting.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jirga.stability.game import Game, IntArray
from jirga.stability.jit import kernel
from jirga.stability.types import BoolArray

__all__ = ["bytes_needed", "classes_of", "fits", "order_by", "sanction_values", "solve_linear"]

MOST_IRREVERSIBLE = 6  # of one decision maker: the pairs of classes above one another grow as 3 to this power


@dataclass(frozen=True, eq=False)
class Classes:
    """The classes of all decision makers, numbered through.

    Attributes
    ----------
    of_state : ndarray of int32, shape (n, m)
        The class of each state for each decision maker.
    start : ndarray of int64, shape (classes + 1,)
        Where each class begins in ``members``; decision maker j has the places j * m to (j + 1) * m.
    members : ndarray of int32, shape (n * m,)
        States class by class, in each class from the worst up for its decision maker.
    worth : ndarray of int32, shape (n * m,)
        The decision maker's rank of each of them.
    down_start, down : ndarray of int32
        Compressed rows: the classes from which one can move into each class, itself included.
    """

    of_state: IntArray
    start: NDArray[np.int64]
    members: IntArray
    worth: IntArray
    down_start: IntArray
    down: IntArray


def fits(game: Game) -> bool:
    """Whether the game is in option form, with few irreversible options for each decision maker."""
    fixed = game.to_yes | game.to_no
    return game.option_form and all((mask & fixed).bit_count() <= MOST_IRREVERSIBLE for mask in game.masks)


def bytes_needed(game: Game, concepts: Sequence[str]) -> int:
    """Return about how much memory ``solve_linear`` takes beyond the game itself."""
    return game.m * (game.n * (len(concepts) + 24) + 64)


def solve_linear(game: Game, concepts: Sequence[str]) -> dict[str, BoolArray]:
    """Return the verdicts for a game that ``fits``.

    Returns
    -------
    dict of str to ndarray of bool, shape (n, m)
    """
    ranks = np.stack(game.ranks)
    classes = classes_of(game, ranks)
    tables: dict[str, BoolArray] = {name: np.empty((game.n, game.m), dtype=np.bool_) for name in concepts}
    for i, rank in enumerate(game.ranks):
        answer = _best_answer(classes, i, rank)
        for name, table in tables.items():
            if name == "Nash":
                np.greater_equal(rank, answer, out=table[i])
            else:
                value = answer if name in ("SMR", "SSEQ") else rank
                worst = sanction_values(classes, i, value, ranks, name in ("SEQ", "SSEQ"))
                np.minimum(worst, rank, out=worst)
                np.greater_equal(rank, _highest_above(classes, i, worst), out=table[i])
    return tables


def order_by(value: IntArray) -> IntArray:
    """Return the states by rising value; ranks are small numbers, so counting does it."""
    heads = np.zeros(int(value.max()) + 2, dtype=np.int64)
    np.cumsum(np.bincount(value), out=heads[1:])
    order = np.empty(value.size, dtype=np.int32)
    kernel(_deal, value.size)(None, value, heads, order)
    return order


def _deal(order: IntArray | None, bucket: IntArray, heads: NDArray[np.int64], out: IntArray) -> None:
    """Deal the states, in the order given or by number, into buckets that begin at the heads (a kernel)."""
    for p in range(bucket.shape[0]):
        s = p if order is None else order[p]
        c = bucket[s]
        out[heads[c]] = s
        heads[c] += 1


def classes_of(game: Game, ranks: IntArray) -> Classes:
    """Return the classes of all decision makers with their members sorted."""
    assert game.codes is not None
    n, m = ranks.shape
    of_state = np.empty((n, m), dtype=np.int32)
    members = np.empty(n * m, dtype=np.int32)
    worth = np.empty(n * m, dtype=np.int32)
    starts, rows = [np.zeros(1, dtype=np.int64)], []
    fixed, offset = game.to_yes | game.to_no, 0
    for j in range(n):
        key, inverse = _distinct(game, ~(game.masks[j] & ~fixed))
        own = slice(j * m, (j + 1) * m)
        of_state[j] = inverse + offset
        ends = np.cumsum(np.bincount(inverse, minlength=len(key)))
        starts.append(j * m + ends)
        heads = np.concatenate([np.zeros(1, dtype=np.int64), ends[:-1]])
        kernel(_deal, m)(order_by(ranks[j]), inverse, heads, members[own])
        worth[own] = ranks[j][members[own]]
        rows.append(_downs(game, j, key, offset))
        offset += len(key)
    down_start = np.zeros(offset + 1, dtype=np.int32)
    np.cumsum(np.concatenate([count for count, _ in rows]), out=down_start[1:])
    down = np.concatenate([row for _, row in rows]).astype(np.int32)
    return Classes(of_state, np.concatenate(starts), members, worth, down_start, down)


def _distinct(game: Game, kept: int) -> tuple[NDArray[np.uint64], IntArray]:
    """Return the distinct codes when only some bits are kept, in order, and which one each state has."""
    assert game.codes is not None
    kept &= (1 << game.n_options) - 1 if game.n_options else (1 << 64) - 1
    short = np.zeros(game.m, dtype=np.uint64)
    place, lowest, rest = 0, 0, kept
    while rest:  # push each run of kept bits down to the one before, so that the codes become small numbers
        lowest += (rest & -rest).bit_length() - 1
        rest = kept >> lowest
        run = (~rest & (rest + 1)).bit_length() - 1
        part = (game.codes >> np.uint64(lowest)) & np.uint64((1 << run) - 1)
        short |= part << np.uint64(place)
        place, lowest = place + run, lowest + run
        rest = kept >> lowest
    if place > max(16, game.m.bit_length() + 3):
        found, inverse = np.unique(game.codes & np.uint64(kept), return_inverse=True)
        return found, inverse.astype(np.int32)
    index = short.astype(np.int64)
    first = np.full(1 << place, -1, dtype=np.int32)
    first[index] = np.arange(game.m, dtype=np.int32)
    used = first >= 0
    number = (np.cumsum(used) - 1).astype(np.int32)
    return game.codes[first[used]] & np.uint64(kept), number[index]


def _downs(game: Game, j: int, key: NDArray[np.uint64], offset: int) -> tuple[IntArray, IntArray]:
    """Return for each class of j how many classes lead into it, and those classes, one row after the other.

    A class leads into another when some irreversible options of j are still in the place they start from.
    """
    count = np.zeros(len(key), dtype=np.int32)
    found: list[NDArray[np.int64]] = []
    owners: list[NDArray[np.int64]] = []
    on = np.uint64(game.masks[j] & game.to_yes & ~game.to_no)
    off = np.uint64(game.masks[j] & game.to_no & ~game.to_yes)
    for undone in _subsets(int(on | off)):
        changed = np.uint64(undone)
        eligible = np.flatnonzero(((key & changed & on) == changed & on) & ((key & changed & off) == 0))
        source = key[eligible] ^ changed
        places = np.minimum(np.searchsorted(key, source), len(key) - 1)
        here = key[places] == source
        owners.append(eligible[here])
        found.append(places[here])
    owner, place = np.concatenate(owners), np.concatenate(found)
    order = np.argsort(owner, kind="stable")
    np.add.at(count, owner, 1)
    return count, (place[order] + offset).astype(np.int32)


def _subsets(mask: int) -> list[int]:
    """Return all words whose bits lie in the mask."""
    found, part = [0], mask
    while part:
        found.append(part)
        part = (part - 1) & mask
    return found


def _highest_above(classes: Classes, i: int, value: IntArray) -> IntArray:
    """Return for each state the highest value among itself and the states that i can move to; shape (m,)."""
    own = classes.of_state[i]
    first, last = int(own.min()), int(own.max()) + 1
    highest = np.full(last - first, -1, dtype=np.int32)
    np.maximum.at(highest, own - first, value)
    above = np.full_like(highest, -1)
    count = np.diff(classes.down_start[first : last + 1])
    if count.max() == 1:  # nothing leads into a class but itself
        alone: IntArray = highest[own - first]
        return alone
    rows = classes.down[classes.down_start[first] : classes.down_start[last]] - first
    np.maximum.at(above, rows, np.repeat(highest, count))
    found: IntArray = above[own - first]
    return found


def _best_answer(classes: Classes, i: int, rank: IntArray) -> IntArray:
    """Return for each state the best rank that i has by staying or by one move."""
    return _highest_above(classes, i, rank)


def sanction_values(classes: Classes, i: int, value: IntArray, ranks: IntArray, improving: bool) -> IntArray:
    """Return v: the lowest value that the others can bring about from each state, staying included.

    Parameters
    ----------
    value : ndarray of int32, shape (m,)
        What decision maker i gets in each state.
    improving : bool
        Whether the others make improvements only.
    """
    found = np.full(value.shape[0], -1, dtype=np.int32)
    stack = np.empty(value.shape[0], dtype=np.int32)
    run, pointer = kernel(_flood, 4 * ranks.size), classes.start[:-1].copy()
    run(
        i, order_by(value), value, ranks, improving, classes.of_state, classes.start, pointer,
        classes.members, classes.worth, classes.down_start, classes.down, stack, found,
    )  # fmt: skip
    return found


def _flood(
    i: int, order: IntArray, value: IntArray, ranks: IntArray, improving: bool, of_state: IntArray,
    start: NDArray[np.int64], pointer: NDArray[np.int64], members: IntArray, worth: IntArray,
    down_start: IntArray, down: IntArray, stack: IntArray, found: IntArray,
) -> None:  # fmt: skip
    """Settle states by rising value, backwards along the moves of all but i (a kernel)."""
    n = of_state.shape[0]
    for source in order:
        if found[source] >= 0:
            continue
        level = value[source]
        found[source] = level
        stack[0] = source
        top = 1
        while top > 0:
            top -= 1
            t = stack[top]
            for j in range(n):
                if j == i:
                    continue
                mine = of_state[j, t]
                bound = ranks[j, t]
                for d in range(down_start[mine], down_start[mine + 1]):
                    c = down[d]
                    p = pointer[c]
                    end = start[c + 1]
                    while p < end and (not improving or worth[p] < bound):
                        u = members[p]
                        p += 1
                        if found[u] < 0:
                            found[u] = level
                            stack[top] = u
                            top += 1
                    pointer[c] = p
