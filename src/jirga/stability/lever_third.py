"""Levers that add an option: a mediator's conditional payment, and an answer that a party is given.

The payment is one more option of one more decision maker, who wants the wanted statement first and to pay
exactly while it is true. (A penalty that a mediator lifts while it is true is the same model with Y and N of
that option exchanged, so it is no lever of its own.) The answer is one more option of one of the parties: a
means to hurt another one, which it would use exactly while the statement is not true. For each, the least
important places are sought at which those concerned would have to value it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import combinations, permutations, product

import numpy as np

from jirga.stability.edits import Place, ranks_of_places
from jirga.stability.game import Game, IntArray
from jirga.stability.lever_bench import BoolArray
from jirga.stability.lever_search import Found, Search, held, way
from jirga.stability.lever_types import Change
from jirga.stability.values import Field

__all__ = ["by_answer", "by_payment"]

MOST_PAID = 3  # decision makers that one mediator pays


class _Doubled:
    """The game with one more option, and who values it where."""

    def __init__(self, search: Search, game: Game, used: BoolArray) -> None:
        self.search, self.game, self.used = search, game, used
        self.moves = Field.of(game)

    def marks(self, value: BoolArray) -> Place:
        """Return a place of an order at which `value` is wanted."""
        return Place((), value.astype(np.int32), 1)

    def ranks(self, dm: int, place: Place, to: int) -> IntArray:
        """Return the ranks of a decision maker who takes `place` into its order."""
        places = [Place(p.statements, np.r_[p.marks, p.marks], p.top) for p in self.search.places[dm]]
        return ranks_of_places([*places[:to], place, *places[to:]], self.game.m)

    def found(
        self, ranks: Sequence[IntArray], concept: str, wanted: BoolArray, changes: tuple[Change, ...]
    ) -> Found | None:
        hits = held(self.moves, tuple(ranks), concept, wanted)
        if not hits.any():
            return None
        m = self.search.game.m
        return Found(concept, changes, hits[:m] | hits[m:], way(self.moves, tuple(ranks), hits))


def _fits(search: Search, kind: str) -> bool:
    game = search.game
    fits = game.codes is not None and game.arcs is None and game.n_options < 63
    return not search.avoid and kind in search.kinds and fits


def _doubled(search: Search, owner: int | None) -> _Doubled:
    """Add an option behind all others, of a decision maker or (None) of a mediator."""
    game, bit = search.game, search.game.n_options
    assert game.codes is not None
    used = np.repeat([False, True], game.m)
    true = np.r_[search.bench.wanted, search.bench.wanted]
    ranks = tuple(np.r_[rank, rank] for rank in game.ranks)
    masks, dms = list(game.masks), game.dms
    if owner is None:
        masks.append(1 << bit)
        dms, ranks = (*dms, ""), (*ranks, (2 * true + (true == used)).astype(np.int32))
    else:
        masks[owner] |= 1 << bit
    codes = np.r_[game.codes, game.codes | np.uint64(1 << bit)]
    return _Doubled(
        search, replace(game, dms=dms, ranks=ranks, codes=codes, masks=tuple(masks), n_options=bit + 1), used
    )


def by_payment(search: Search) -> Iterator[Found]:
    """Try a mediator's conditional payment: to each decision maker, then to two and to three of them."""
    if not _fits(search, "pay"):
        return
    game = _doubled(search, None)
    wanted = np.r_[search.bench.wanted, search.bench.wanted] & game.used
    missing = list(search.concepts)
    for count in range(1, min(MOST_PAID, search.game.n) + 1):
        done = set()
        for paid in combinations(range(search.game.n), count):
            for one in _payments(search, game, wanted, paid, missing):
                done.add(one.concept)
                yield one
        missing = [concept for concept in missing if concept not in done]


def _payments(
    search: Search, game: _Doubled, wanted: BoolArray, paid: Sequence[int], concepts: Sequence[str]
) -> Iterator[Found]:
    """Pay these, at the least places that do."""
    missing = set(concepts)
    gift = game.marks(game.used)
    counts = [len(search.places[i]) for i in paid]
    for tos in _least_first(counts):
        if search.deadline.over:
            search.cut("added option")
            return
        ranks = list(game.game.ranks)
        for i, to in zip(paid, tos, strict=True):
            ranks[i] = game.ranks(i, gift, to)
        changes = tuple(
            Change("pay", search.game.dms[i], search.promise.statements, to=to, size=count - to + 1)
            for i, to, count in zip(paid, tos, counts, strict=True)
        )
        for concept in sorted(missing):
            scan = search.scan(concept, "added option")
            scan.tried += 1
            one = game.found(ranks, concept, wanted, changes)
            if one is not None:
                missing.discard(concept)
                scan.least = scan.least or len(paid)
                yield one


def _least_first(counts: Sequence[int]) -> list[tuple[int, ...]]:
    """Return places for each, the least important in all first."""
    return sorted(product(*(range(count, -1, -1) for count in counts)), key=lambda tos: (-sum(tos), tos))


def by_answer(search: Search) -> Iterator[Found]:
    """Try to give one party the means to hurt another, used exactly while the wanted statement is not true."""
    if not _fits(search, "answer"):
        return
    dms, places = search.game.dms, search.places
    doubles = [_doubled(search, owner) for owner in range(len(dms))]
    for owner, target in permutations(range(len(dms)), 2):
        game = doubles[owner]
        true = np.r_[search.bench.wanted, search.bench.wanted]
        missing = set(search.concepts)
        for tos in _least_first([len(places[owner]), len(places[target])]):
            if search.deadline.over:
                search.cut("added option")
                return
            if not missing:
                break
            ranks = list(game.game.ranks)
            ranks[owner] = game.ranks(owner, game.marks(game.used != true), tos[0])
            ranks[target] = game.ranks(target, game.marks(~game.used), tos[1])
            size = len(places[owner]) + len(places[target]) - sum(tos) + 2
            change = Change(
                "answer",
                dms[owner],
                search.promise.statements,
                tos[0],
                tos[1],
                members=(dms[target],),
                size=size,
            )
            for concept in sorted(missing):
                scan = search.scan(concept, "added option")
                scan.tried += 1
                one = game.found(ranks, concept, true & ~game.used, (change,))
                if one is not None:
                    missing.discard(concept)
                    scan.least = scan.least or 1
                    yield one
