"""Several changes of orders of statements: the fewest that do it, over one decision maker or all together.

An order is a tuple of tokens: a place of the list, its opposite, or the wanted statement. Changes are
counted: a statement moved to another place of its list, given up, turned round, or the wanted statement
taken in. Orders are made by breadth-first search from the one given, so the first time an order is met is
the fewest changes that make it. The search then goes through the totals 1, 2, 3, ... and at each through
every way to share the total among the decision makers; what is first found is smallest.

Two searches are made so. One knows moves of statements only and goes through all orders of up to
`ALL_ORDERS` statements (of longer lists: those within `LONG_DEPTH` moves). The other knows all four kinds of
change, up to `MOST_EDITS` in all (one fewer, and no more than `MOST_TO_AVOID` moves, when states should stop
holding: then nothing can be left out early).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jirga.stability.batch import Structure, batch_words, structure_of
from jirga.stability.edits import Place, ranks_of_places
from jirga.stability.game import IntArray
from jirga.stability.lever_bench import LOOSER
from jirga.stability.lever_search import Found, Search, way
from jirga.stability.lever_types import Change, Scan

__all__ = ["ALL_ORDERS", "LONG_DEPTH", "MOST_EDITS", "by_edits", "by_moves"]

ALL_ORDERS = 7  # statements of a list up to which all its orders are looked at: 5,040
LONG_DEPTH = 2  # moves within one longer list
MOST_EDITS = 3  # changes of any kind in all; more would tell nobody anything
MOST_TO_AVOID = 3  # moves in all when states should stop holding, where most orders have to be looked at
BATCHED_STATES = 64  # what the batch kernel takes
CHUNK = 4096  # orders of all decision makers that are checked together
FAR = 1 << 20  # more changes than there are
FEW = 64  # up to which they are checked one by one, without compiled code
KEPT = 8  # levers that are kept of the smallest number of changes
EDITS = ("reorder", "drop", "promise", "reverse")
Token: TypeAlias = int  # k: place k; -1 - k: its opposite; PROMISE: the wanted statement
PROMISE = 1 << 20


@dataclass(frozen=True, eq=False)
class Variant:
    """An order that some changes make.

    Attributes
    ----------
    changes : tuple of Change
    ranks : ndarray of int32, shape (m,)
    """

    changes: tuple[Change, ...]
    ranks: IntArray


@dataclass(eq=False)
class Orders:
    """The orders of one decision maker's statements, by the number of changes that make them.

    Attributes
    ----------
    dm : int
    name : str
    places : tuple of Place
    promise : Place
    kinds : tuple of str
        Of `EDITS`.
    depth : int
        Changes at most.
    levels : list of list of Variant
        Orders that rank the states differently from all before; level 0 is the order given.
    """

    dm: int
    name: str
    places: tuple[Place, ...]
    promise: Place
    kinds: tuple[str, ...]
    depth: int
    levels: list[list[Variant]] = field(default_factory=list)
    _seen: set[tuple[Token, ...]] = field(default_factory=set)
    _ranked: set[bytes] = field(default_factory=set)
    _edge: list[tuple[tuple[Token, ...], tuple[Change, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        start = tuple(range(len(self.places)))
        ranks = self._ranks(start)
        self._seen, self._ranked, self._edge = {start}, {ranks.tobytes()}, [(start, ())]
        self.levels = [[Variant((), ranks)]]

    def level(self, count: int, search: Search) -> list[Variant]:
        """Return the orders that take this many changes; fewer when the time runs out."""
        while len(self.levels) <= count and len(self.levels) <= self.depth and not search.deadline.over:
            self._grow(search)
        return self.levels[count] if count < len(self.levels) else []

    def _grow(self, search: Search) -> None:
        edge, made = [], []
        for order, before in self._edge:
            if search.deadline.over:
                return
            for change, after in self._edits(order):
                if after in self._seen:
                    continue
                self._seen.add(after)
                changes = (*before, change)
                edge.append((after, changes))
                ranks = self._ranks(after)
                if (key := ranks.tobytes()) not in self._ranked:
                    self._ranked.add(key)
                    made.append(Variant(changes, ranks))
        self._edge = edge
        self.levels.append(made)

    def _place(self, token: Token) -> Place:
        if token == PROMISE:
            return self.promise
        if token >= 0:
            return self.places[token]
        place = self.places[-1 - token]
        return Place(place.statements, (place.top - place.marks).astype(np.int32), place.top)

    def _text(self, token: Token) -> tuple[str, ...]:
        said = self._place(token).statements
        return tuple(f"not ({one})" for one in said) if token < 0 else said

    def _ranks(self, order: tuple[Token, ...]) -> IntArray:
        return ranks_of_places([self._place(token) for token in order], self.promise.marks.shape[0])

    def _edits(self, order: tuple[Token, ...]) -> Iterator[tuple[Change, tuple[Token, ...]]]:
        fixed = any(not place.statements for place in self.places)  # a ranking or weights: not taken apart
        if not fixed and "reorder" in self.kinds:
            yield from self._moves(order)
        if not fixed and "drop" in self.kinds:
            for at, token in enumerate(order):
                if 0 <= token != PROMISE:
                    yield (
                        Change("drop", self.name, self._text(token), at),
                        (*order[:at], *order[at + 1 :]),
                    )
        if "promise" in self.kinds and PROMISE not in order:
            for to in range(len(order), -1, -1):
                change = Change(
                    "promise", self.name, self.promise.statements, None, to, size=len(order) - to + 1
                )
                yield change, (*order[:to], PROMISE, *order[to:])
        if not fixed and "reverse" in self.kinds:
            for at, token in enumerate(order):
                if 0 <= token != PROMISE:
                    after = (*order[:at], -1 - token, *order[at + 1 :])
                    yield Change("reverse", self.name, self._text(token), at), after

    def _moves(self, order: tuple[Token, ...]) -> Iterator[tuple[Change, tuple[Token, ...]]]:
        """Yield moves of one statement, the shortest first."""
        count = len(order)
        pairs = [(at, to) for at in range(count) for to in range(count) if at != to]
        for at, to in sorted(pairs, key=lambda pair: abs(pair[0] - pair[1])):
            rest = (*order[:at], *order[at + 1 :])
            passed = order[to:at] if to < at else order[at + 1 : to + 1]
            told = tuple(text for token in passed for text in self._text(token))
            change = Change("reorder", self.name, self._text(order[at]), at, to, told, size=abs(at - to))
            yield change, (*rest[:to], order[at], *rest[to:])


def by_moves(search: Search, concept: str, scan: Scan) -> Iterator[Found]:
    """Find the fewest moves of statements in their lists, over all decision makers together."""
    if "reorder" not in search.kinds:
        return
    depths = [len(row) - 1 if len(row) <= ALL_ORDERS else LONG_DEPTH for row in search.places]
    orders = [
        Orders(i, name, search.places[i], search.promise, ("reorder",), max(depths[i], 0))
        for i, name in enumerate(search.game.dms)
    ]
    most = sum(max(depth, 0) for depth in depths)
    scan.whole = all(len(row) <= ALL_ORDERS for row in search.places)
    if search.avoid and most > MOST_TO_AVOID:
        most, scan.whole = MOST_TO_AVOID, False
    yield from _Cheapest(search, concept, orders, scan).found(2, most)


def by_edits(search: Search, concept: str, scan: Scan) -> Iterator[Found]:
    """Find the fewest changes of any kind to orders of statements, up to `MOST_EDITS`."""
    kinds = tuple(kind for kind in EDITS if kind in search.kinds)
    orders = [
        Orders(i, name, search.places[i], search.promise, kinds, MOST_EDITS - 1)
        for i, name in enumerate(search.game.dms)
    ]
    yield from _Cheapest(search, concept, orders, scan).found(2, MOST_EDITS - search.avoid)


class _Cheapest:
    """Totals in rising order, and each shared among the decision makers in every way.

    For each decision maker and wanted state the fewest changes are kept after which it is stable for that
    one under the concept, or under the looser one that ignores the others' preferences. Their sum is a lower
    bound for the state, exact under Nash, GMR and SMR, and shares that cannot keep to the total are left out.
    """

    def __init__(self, search: Search, concept: str, orders: Sequence[Orders], scan: Scan) -> None:
        self.search, self.concept, self.orders, self.scan = search, concept, orders, scan
        self.loose = LOOSER.get(concept, concept)
        self._masks: dict[int, int] = {}
        small = search.game.m <= BATCHED_STATES
        self._structure: Structure | None = structure_of(search.game) if small else None
        self._seen = [0] * len(orders)  # levels of each whose fewest changes are known
        self._fewest = np.zeros((len(orders), int(search.bench.wanted.sum())), dtype=np.int64)

    def found(self, first: int, most: int) -> Iterator[Found]:
        """Yield what the smallest total yields that yields anything; `first` - 1 is known to yield nothing."""
        self.scan.at_least = first
        if not self.search.avoid:
            self._fewest[:] = [self._level(dm, 0) for dm in range(len(self.orders))]
        for total in range(first, most + 1):
            alive = self._within(total)
            kept = 0
            for one in self._checked(self._shared(0, total, alive)):
                self.scan.least = total
                yield one
                kept += 1
                if kept == KEPT:
                    break
            if self.search.deadline.over and not kept:
                self.scan.finished = False
                return
            self.scan.at_least = total if kept else total + 1
            if kept or not (self.search.avoid or (self._fewest.sum(axis=0) < FAR).any()):
                return

    def _level(self, dm: int, count: int) -> NDArray[np.int64]:
        """Return, per wanted state, `count` where that many changes make it stable for one, else one more."""
        reached = 0
        for variant in self.orders[dm].level(count, self.search):
            reached |= self._mask(dm, variant)
        beyond = count + 1 if count < self.orders[dm].depth else FAR
        bits = [count if reached >> k & 1 else beyond for k in range(self._fewest.shape[1])]
        return np.array(bits, dtype=np.int64)

    def _within(self, total: int) -> int:
        """Return as bits the wanted states that so many changes may bring about; look as deep as that takes."""
        while not self.search.avoid and not self.search.deadline.over:
            near = self._fewest.sum(axis=0) <= total
            open_ = [dm for dm, row in enumerate(self._fewest) if (row[near] > self._seen[dm]).any()]
            if not open_:
                break
            dm = min(open_, key=lambda one: self._seen[one])
            self._seen[dm] += 1
            deeper = self._level(dm, self._seen[dm])
            self._fewest[dm] = np.where(self._fewest[dm] >= self._seen[dm], deeper, self._fewest[dm])
        return self._bits(self._fewest.sum(axis=0) <= total)

    def _bits(self, states: NDArray[np.bool_]) -> int:
        return int.from_bytes(np.packbits(states, bitorder="little").tobytes(), "little")

    def _shared(self, dm: int, left: int, alive: int) -> Iterator[list[Variant]]:
        """Yield one variant for each decision maker, `left` changes in all; `alive` may still be stable for all."""
        if dm == len(self.orders):
            if left == 0:
                yield []
            return
        last = dm == len(self.orders) - 1
        later = self._fewest[dm + 1 :].sum(axis=0)
        for count in [left] if last else range(left + 1):
            near = alive if self.search.avoid else alive & self._bits(later <= left - count)
            if not (near or self.search.avoid):
                return
            for variant in self.orders[dm].level(count, self.search):
                if self.search.deadline.over:
                    return
                stable = near & self._mask(dm, variant)
                if stable or self.search.avoid:
                    for rest in self._shared(dm + 1, left - count, stable):
                        yield [variant, *rest]

    def _mask(self, dm: int, variant: Variant) -> int:
        """Return as bits for which wanted states the looser concept holds for a decision maker."""
        key = id(variant)
        if key not in self._masks:
            bench = self.search.bench
            if variant.changes:
                stable = bench.own(self.loose, dm, variant.ranks)
            else:
                stable = bench.game.ranks[dm] >= bench.base[self.loose][dm]
            self._masks[key] = self._bits(stable[bench.wanted])
        return self._masks[key]

    def _checked(self, shared: Iterator[list[Variant]]) -> Iterator[Found]:
        """Yield what does it; many at a time on the batch kernel, few one by one."""
        search, structure = self.search, self._structure
        wanted = np.uint64(sum(1 << int(s) for s in np.flatnonzero(search.bench.wanted)) if structure else 0)
        while chunk := list(islice(shared, CHUNK if structure else 1)):
            self.scan.tried += len(chunk)
            picks: list[list[Variant]] = chunk
            if structure is not None and len(chunk) > FEW:
                ranks = np.stack([variant.ranks for picked in chunk for variant in picked])
                ranks = ranks.reshape(len(chunk), search.game.n, search.game.m)
                held = batch_words(structure, ranks, (self.concept,))[:, 0] & wanted
                done = held == 0 if search.avoid else held != 0
                picks = [chunk[at] for at in np.flatnonzero(done).tolist()]
            for picked in picks:
                one = self._one(picked)
                if one is not None:
                    yield one

    def _one(self, picked: Sequence[Variant]) -> Found | None:
        search = self.search
        ranks = tuple(variant.ranks for variant in picked)
        changed = [i for i, variant in enumerate(picked) if variant.changes]
        hits = search.bench.after(self.concept, ranks, changed)
        if not search.done(hits):
            return None
        states = search.states(self.concept, hits)
        changes = tuple(change for variant in picked for change in variant.changes)
        return Found(self.concept, changes, states, way(search.bench.field, ranks, states))
