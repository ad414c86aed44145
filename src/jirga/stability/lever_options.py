"""Levers that change what can be done: an option bound, given up, or ruled out together with another.

An option that is *bound* cannot be changed back once it is as wanted: a commitment. One that is *forgone*
cannot be taken: a removed option. A combination that is *forbidden* cannot come about: a guarantee that one
thing stands while another does (not "B and not A": while B is taken, A is not given up). All single changes
are tried; bound and forgone options also in twos, and each together with one change of an order.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product

import numpy as np

from jirga.conflict.statements import Vocabulary
from jirga.conflict.types import Direction
from jirga.stability.edits import candidates
from jirga.stability.game import Game, IntArray
from jirga.stability.lever_bench import Bench, BoolArray
from jirga.stability.lever_search import Found, Search, held, way
from jirga.stability.lever_types import Change
from jirga.stability.values import Field

__all__ = ["by_option_and_order", "by_options", "by_two_options"]

MOST_OPTIONS = 24  # options up to which combinations of two are tried: 1,104 of them


@dataclass(frozen=True, eq=False)
class Edit:
    """A change of what can be done.

    Attributes
    ----------
    change : Change
    to_yes, to_no : int
        Bits that it makes irreversible.
    kept : ndarray of bool, shape (m,)
        States that are left.
    sensible : ndarray of bool, shape (m,)
        States at which it says anything: where a bound option is as wanted.
    """

    change: Change
    to_yes: int
    to_no: int
    kept: BoolArray
    sensible: BoolArray


def _edits(search: Search) -> Iterator[Edit]:
    """Yield options bound at either value, and options forgone."""
    game = search.game
    if game.codes is None or game.arcs is not None:
        return
    everything = np.ones(game.m, dtype=np.bool_)
    for bit, option in enumerate(search.conflict.options):
        name = f"{option.dm}.{option.id}"
        taken = _taken(game, bit)
        if "bind" in search.kinds and option.direction is Direction.BOTH:
            for value in (True, False):
                change = Change("bind", option.dm, option=name, value=value)
                yield Edit(change, value << bit, (not value) << bit, everything, taken == value)
        if "forgo" in search.kinds and not taken.all():
            yield Edit(Change("forgo", option.dm, option=name), 0, 0, ~taken, everything)


def _forbidden(search: Search) -> Iterator[Edit]:
    """Yield combinations of two options that somebody guarantees will not be."""
    game = search.game
    count = len(search.conflict.options)
    if "forbid" not in search.kinds or game.codes is None or game.arcs is not None or count > MOST_OPTIONS:
        return
    vocabulary = Vocabulary.of(search.conflict)
    everything = np.ones(game.m, dtype=np.bool_)
    alone = {_taken(game, bit).tobytes() for bit in range(count)}
    alone |= {(~_taken(game, bit)).tobytes() for bit in range(count)}
    for (a, b), (left, right) in product(combinations(range(count), 2), product((True, False), repeat=2)):
        kept = ~((_taken(game, a) == left) & (_taken(game, b) == right))
        if kept.all() or kept.tobytes() in alone:  # never so, or no more than one option given up or forced
            continue
        told = " and ".join(
            ("" if value else "not ") + vocabulary.name(bit) for bit, value in ((a, left), (b, right))
        )
        yield Edit(Change("forbid", statements=(told,)), 0, 0, kept, everything)


def _taken(game: Game, bit: int) -> BoolArray:
    assert game.codes is not None
    return np.asarray(game.codes >> np.uint64(bit) & np.uint64(1), dtype=np.bool_)


def by_options(search: Search) -> Iterator[Found]:
    """Try to bind each option at either value, to take each away, and to rule out each combination of two."""
    for edit in [*_edits(search), *_forbidden(search)]:
        if search.deadline.over:
            search.cut("option")
            return
        for concept in search.concepts:
            search.scan(concept, "option").tried += 1
        for one in _tried(search, (edit,), search.concepts):
            search.scan(one.concept, "option").least = 1
            yield one
    for concept in search.concepts:
        scan = search.scan(concept, "option")
        scan.at_least = scan.least or 2


def by_two_options(search: Search, concepts: Sequence[str]) -> Iterator[Found]:
    """Try to bind or take away two options."""
    for pair in combinations(_edits(search), 2):
        if pair[0].change.option == pair[1].change.option:
            continue
        if search.deadline.over:
            for concept in concepts:
                search.scan(concept, "option").finished = False
            return
        for concept in concepts:
            search.scan(concept, "option").tried += 1
        for one in _tried(search, pair, concepts):
            scan = search.scan(one.concept, "option")
            scan.least = scan.least or 2
            yield one
    for concept in concepts:
        scan = search.scan(concept, "option")
        scan.at_least = scan.least or 3


def by_option_and_order(search: Search, concepts: Sequence[str]) -> Iterator[Found]:
    """Try each option bound or taken away together with each single change of an order."""
    game = search.game
    changed = [
        one
        for i, name in enumerate(game.dms)
        for one in candidates(search.places[i], i, name, search.promise, search.kinds)
    ]
    for concept in concepts:
        search.scan(concept, "option and order").at_least = 2
    for edit in _edits(search):
        after, kept, wanted = _after(search, (edit,))
        if not wanted.any():
            continue
        bench = Bench.of(after, wanted, concepts)
        for one in changed:
            rank = one.ranks[kept]
            ranks = (*after.ranks[: one.dm], rank, *after.ranks[one.dm + 1 :])
            for concept in concepts:
                scan = search.scan(concept, "option and order")
                if search.deadline.over:
                    scan.finished = False
                    continue
                scan.tried += 1
                hits = bench.after(concept, ranks, (one.dm,))
                if search.done(hits):
                    scan.least = 2
                    yield _found(search, concept, (edit.change, one.change), bench.field, ranks, kept, hits)
            if search.deadline.over:
                return


def _after(search: Search, edits: Sequence[Edit]) -> tuple[Game, IntArray, BoolArray]:
    """Return the changed game (ranks as they were), the states it kept, and those of them that are wanted."""
    game = search.game
    assert game.codes is not None
    kept = np.flatnonzero(np.logical_and.reduce([edit.kept for edit in edits])).astype(np.int32)
    to_yes, to_no = game.to_yes, game.to_no
    wanted = search.bench.wanted
    for edit in edits:
        to_yes, to_no = to_yes | edit.to_yes, to_no | edit.to_no
        wanted = wanted if search.avoid else wanted & edit.sensible
    ranks = tuple(rank[kept] for rank in game.ranks)
    return (
        replace(game, codes=game.codes[kept], ranks=ranks, to_yes=to_yes, to_no=to_no),
        kept,
        np.asarray(wanted[kept], dtype=np.bool_),
    )


def _tried(search: Search, edits: Sequence[Edit], concepts: Sequence[str]) -> Iterator[Found]:
    after, kept, wanted = _after(search, edits)
    if not wanted.any():  # to take away the thing itself is no lever, neither to have it nor to be rid of it
        return
    moves = Field.of(after)
    for concept in concepts:
        hits = held(moves, after.ranks, concept, wanted)
        if search.done(hits):
            yield _found(
                search, concept, tuple(edit.change for edit in edits), moves, after.ranks, kept, hits
            )


def _found(
    search: Search,
    concept: str,
    changes: tuple[Change, ...],
    moves: Field,
    ranks: tuple[IntArray, ...],
    kept: IntArray,
    hits: BoolArray,
) -> Found:
    """Report in the numbering of the whole game."""
    states = np.zeros(search.game.m, dtype=np.bool_)
    states[kept[hits]] = True
    leads = way(moves, ranks, hits)

    def from_start(start: int) -> bool:
        at = int(np.searchsorted(kept, start))
        return at < kept.size and int(kept[at]) == start and leads(at)

    return Found(concept, changes, search.states(concept, states), from_start)
