"""Levers that add an option: a mediator's conditional payment, and an answer that a party is given.

The payment is one more option of one more decision maker, who wants the wanted statement first and to pay
exactly while it is true. (A penalty that a mediator lifts while it is true is the same model with Y and N of
that option exchanged, so it is no lever of its own.) The answer is one more option of one of the parties: a
means to hurt another one, which it would use exactly while the statement is not true. For each, the least
important places are sought at which those concerned would have to value it.

Who is paid, or hurt, cannot change the new option by moves of its own. So the place at which it values the
option changes none of its improvements, and with that nobody else's stability; and the higher the place, the
more it fears to lose. The least places are therefore found for each alone, and the answer is exact.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import numpy as np

from jirga.stability.edits import Place, ranks_of_places
from jirga.stability.game import Game, IntArray
from jirga.stability.lever_bench import LOOSER, BoolArray
from jirga.stability.lever_search import Found, Search, held, way
from jirga.stability.lever_types import Change
from jirga.stability.values import Field, needed

__all__ = ["by_answer", "by_payment"]

NEVER = 1 << 20  # no place does it


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

    def least(
        self,
        base: Sequence[IntArray],
        dm: int,
        place: Place,
        concept: str,
        among: BoolArray,
        *,
        one: bool = False,
    ) -> IntArray:
        """Return per state how many places the option has to outrank, and itself: 0 none, `NEVER` if none does.

        Only `among` some states, and with `one` only as far as the first of them that comes to hold.
        """
        found = np.where(base[dm] >= needed(self.moves, tuple(base), dm, concept), 0, NEVER).astype(np.int32)
        count = len(self.search.places[dm])
        for to in range(count, -1, -1):
            open_ = found[among] == NEVER
            if self.search.deadline.over or not open_.any() or (one and (found[among] % NEVER > 0).any()):
                break
            rank = self.ranks(dm, place, to)
            ranks = (*base[:dm], rank, *base[dm + 1 :])
            stable = rank >= needed(self.moves, ranks, dm, concept)
            found = np.where((found == NEVER) & stable, count - to + 1, found).astype(np.int32)
        return found

    def found(
        self, ranks: Sequence[IntArray], concept: str, wanted: BoolArray, changes: tuple[Change, ...]
    ) -> Found:
        """Return the lever, with all wanted states that hold after it."""
        hits = held(self.moves, tuple(ranks), concept, wanted)
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
    """Try a mediator's conditional payment, to as few decision makers as will do."""
    if not _fits(search, "pay"):
        return
    game = _doubled(search, None)
    wanted = np.r_[search.bench.wanted, search.bench.wanted] & game.used
    gift, n = game.marks(game.used), search.game.n
    for concept in search.concepts:
        scan = search.scan(concept, "added option")
        base = game.game.ranks
        alive = wanted & (base[n] >= needed(game.moves, base, n, concept))
        least = np.array([game.least(base, i, gift, concept, alive) for i in range(n)])[:, alive]
        scan.tried += sum(len(row) + 2 for row in search.places)
        if search.deadline.over:
            search.cut("added option")
            return
        able = (least < NEVER).all(axis=0)
        paid = (least > 0).sum(axis=0)
        if not able.any():
            continue
        scan.least = int(paid[able].min())
        scan.at_least = scan.least
        for to in _best(least[:, able & (paid == scan.least)]):
            ranks = list(base)
            changes = []
            for i in np.flatnonzero(to).tolist():
                place = len(search.places[i]) - int(to[i]) + 1
                ranks[i] = game.ranks(i, gift, place)
                changes.append(
                    Change("pay", search.game.dms[i], search.promise.statements, to=place, size=int(to[i]))
                )
            yield game.found(ranks, concept, wanted, tuple(changes))


def _best(columns: IntArray) -> list[IntArray]:
    """Return for each set of decision makers the column of the smallest sum."""
    best: dict[bytes, IntArray] = {}
    for column in columns.T[np.argsort(columns.sum(axis=0), kind="stable")]:
        best.setdefault((column > 0).tobytes(), column)
    return list(best.values())


def by_answer(search: Search) -> Iterator[Found]:
    """Try to give one party the means to hurt another, used exactly while the wanted statement is not true."""
    if not _fits(search, "answer"):
        return
    true = np.r_[search.bench.wanted, search.bench.wanted]
    for concept in search.concepts:
        scan = search.scan(concept, "added option")
        for owner in range(search.game.n):
            best: dict[int, Found] = {}
            game = _doubled(search, owner)
            others: BoolArray | None = None
            for at in range(len(search.places[owner]), -1, -1):
                if search.deadline.over:
                    search.cut("added option")
                    return
                scan.tried += sum(len(row) + 1 for k, row in enumerate(search.places) if k != owner)
                base = list(game.game.ranks)
                base[owner] = game.ranks(owner, game.marks(game.used != true), at)
                fresh = others is None or concept in LOOSER  # only there they look at what the owner wants
                stable = _stable(game, base, concept) if fresh or others is None else others.copy()
                others = stable.copy()
                stable[owner] = base[owner] >= needed(game.moves, tuple(base), owner, concept)
                for target, one in _answers(
                    search, game, (owner, at), concept, base, stable, true & ~game.used
                ):
                    if target not in best or one.changes[0].size < best[target].changes[0].size:
                        best[target] = one
            if best:
                scan.least = scan.at_least = 1
            yield from best.values()
        scan.at_least = scan.least or 2


def _stable(game: _Doubled, ranks: Sequence[IntArray], concept: str) -> BoolArray:
    rows = [rank >= needed(game.moves, tuple(ranks), i, concept) for i, rank in enumerate(ranks)]
    return np.array(rows)


def _answers(
    search: Search,
    game: _Doubled,
    owned: tuple[int, int],
    concept: str,
    base: Sequence[IntArray],
    stable: BoolArray,
    wanted: BoolArray,
) -> Iterator[tuple[int, Found]]:
    """Yield, per target that alone has to be deterred, the answer that takes the least place in its order."""
    (owner, at), dms, n = owned, search.game.dms, search.game.n
    for target in range(n):
        rest = wanted & np.delete(stable, target, axis=0).all(axis=0)
        if target == owner or not rest.any():
            continue
        rest &= ~stable[target]  # where it is not tempted there is nothing to answer
        if not rest.any():
            continue
        least = game.least(base, target, game.marks(~game.used), concept, rest, one=True)[rest]
        cost = int(least.min())
        if cost >= NEVER:
            continue
        to = len(search.places[target]) - cost + 1
        ranks = list(base)
        ranks[target] = game.ranks(target, game.marks(~game.used), to)
        size = len(search.places[owner]) - at + 1 + cost
        told = search.promise.statements
        change = Change("answer", dms[owner], told, at, to, members=(dms[target],), size=size)
        yield target, game.found(ranks, concept, wanted, (change,))
