"""The searches behind the levers: one change of a preference, an option or a ranking; then several.

Each search yields `Found` records; `jirga.stability.levers` ranks them and says what was proved.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np

from jirga.conflict.states import StateSpace
from jirga.conflict.types import Conflict, Direction
from jirga.stability.edits import Candidate, Place, candidates, ranks_of_places
from jirga.stability.game import Game, IntArray
from jirga.stability.lever_bench import LOOSER, Bench, BoolArray, Deadline, arrives
from jirga.stability.lever_types import Change
from jirga.stability.values import Field, needed

__all__ = [
    "ENOUGH",
    "Found",
    "Search",
    "by_options",
    "by_payment",
    "by_preferences",
    "by_ranking",
    "by_several",
]

ENOUGH = 4  # wanted states for which a lift, or a coalition, is reported under one concept
RANKING_TRIES = 40  # wanted states whose lift is checked, the cheapest first
MOST_CHANGES = 3  # a lever of more changes of a ranking says nothing to anybody
Ranks = tuple[IntArray, ...]


@dataclass(frozen=True, eq=False)
class Found:
    """A lever as the searches find it: states in the numbering of the unchanged game."""

    concept: str
    changes: tuple[Change, ...]
    states: BoolArray
    arrives: Callable[[int], bool] | None = None


@dataclass(eq=False)
class Search:
    """What all searches share.

    Attributes
    ----------
    conflict, space, bench
    avoid : bool
    concepts : tuple of str
        Those under which something has to change.
    places : tuple of tuple of Place
        Per decision maker.
    promise : Place
        The wanted statement.
    kinds : tuple of str
    deadline : Deadline
    tried : list of Candidate
        All single changes of preferences.
    own : dict of (str, int) to ndarray of bool
        Per concept and index in `tried`: states stable for the one who changes, the others as they are.
    """

    conflict: Conflict
    space: StateSpace
    bench: Bench
    avoid: bool
    concepts: tuple[str, ...]
    places: tuple[tuple[Place, ...], ...]
    promise: Place
    kinds: tuple[str, ...]
    deadline: Deadline
    tried: list[Candidate] = field(default_factory=list)
    own: dict[tuple[str, int], BoolArray] = field(default_factory=dict)

    @property
    def game(self) -> Game:
        """The game as things are."""
        return self.bench.game

    def done(self, hits: BoolArray) -> bool:
        """Return whether wanted equilibria `hits` mean success."""
        return not hits.any() if self.avoid else bool(hits.any())

    def states(self, concept: str, hits: BoolArray) -> BoolArray:
        """Return what a lever reports: equilibria that are there after it, or that it ends."""
        return self.bench.holding(concept) if self.avoid else hits

    def with_rank(self, dm: int, rank: IntArray) -> Ranks:
        """Return all ranks with those of one decision maker replaced."""
        return (*self.game.ranks[:dm], rank, *self.game.ranks[dm + 1 :])


def by_preferences(search: Search) -> Iterator[Found]:
    """Try every single change of one decision maker's order of statements."""
    bench, game = search.bench, search.game
    streams = [
        candidates(search.places[i], i, name, search.promise, search.kinds) for i, name in enumerate(game.dms)
    ]
    for candidate in _by_turns(streams):
        if search.deadline.over:
            return
        search.tried.append(candidate)
        ranks = search.with_rank(candidate.dm, candidate.ranks)
        for concept in search.concepts:
            hits = bench.after(concept, ranks, (candidate.dm,))
            if search.done(hits):
                states = search.states(concept, hits)
                yield Found(concept, (candidate.change,), states, _way(bench.field, ranks, states))


def _by_turns(streams: Sequence[Iterator[Candidate]]) -> Iterator[Candidate]:
    """Yield from each in turn, so that a time limit does not favour who comes first."""
    for group in itertools.zip_longest(*streams):
        yield from (candidate for candidate in group if candidate is not None)


def _way(moves: Field, ranks: Ranks, goals: BoolArray) -> Callable[[int], bool]:
    return lambda start: arrives(moves, ranks, start, goals)


def _held(moves: Field, ranks: Ranks, concept: str, wanted: BoolArray) -> BoolArray:
    """Return which wanted states are equilibria of a changed game, giving up as soon as none is left."""
    alive = wanted.copy()
    for name in dict.fromkeys((LOOSER.get(concept, concept), concept)):
        for i, rank in enumerate(ranks):
            if not alive.any():
                return alive
            alive &= rank >= needed(moves, ranks, i, name)
    return alive


def by_options(search: Search) -> Iterator[Found]:
    """Try to make each option irreversible at either value, and to take each away."""
    game, options = search.game, search.conflict.options
    if game.codes is None or game.arcs is not None:
        return
    for bit, option in enumerate(options):
        name = f"{option.dm}.{option.id}"
        taken = (game.codes >> np.uint64(bit) & np.uint64(1)).astype(np.bool_)
        for value in (True, False):
            if search.deadline.over:
                return
            if "bind" not in search.kinds or option.direction is not Direction.BOTH:
                continue
            change = Change("bind", option.dm, option=name, value=value)
            yes, no = game.to_yes | value << bit, game.to_no | (not value) << bit
            yield from _changed_moves(
                search, change, Field.of(replace(game, to_yes=yes, to_no=no)), taken == value
            )
        if "forgo" in search.kinds and not taken.all():
            yield from _without(
                search, Change("forgo", option.dm, option=name), np.flatnonzero(~taken).astype(np.int32)
            )


def _changed_moves(search: Search, change: Change, moves: Field, sensible: BoolArray) -> Iterator[Found]:
    wanted = search.bench.wanted if search.avoid else search.bench.wanted & sensible
    for concept in search.concepts:
        hits = _held(moves, search.game.ranks, concept, wanted)
        if search.done(hits):
            states = search.states(concept, hits)
            yield Found(concept, (change,), states, _way(moves, search.game.ranks, states))


def _without(search: Search, change: Change, kept: IntArray) -> Iterator[Found]:
    """Check the game on the states that are kept; report in the numbering of the whole game."""
    game = search.game
    assert game.codes is not None
    part = replace(game, codes=game.codes[kept], ranks=tuple(rank[kept] for rank in game.ranks))
    moves, wanted = Field.of(part), search.bench.wanted[kept]
    if not wanted.any():  # to take away the thing itself is no lever, neither to have it nor to be rid of it
        return
    for concept in search.concepts:
        hits = _held(moves, part.ranks, concept, wanted)
        if not search.done(hits):
            continue
        states = np.zeros(game.m, dtype=np.bool_)
        states[kept[hits]] = True

        def way(start: int, goals: BoolArray = hits) -> bool:
            at = int(np.searchsorted(kept, start))
            return at < kept.size and int(kept[at]) == start and arrives(moves, part.ranks, at, goals)

        yield Found(concept, (change,), search.states(concept, states), way)


def by_payment(search: Search) -> Iterator[Found]:
    """Try a mediator's conditional payment: a new option "pay", kept only while the wanted statement is true.

    The mediator is one more decision maker who wants the statement first and to pay exactly while it is
    true. For each decision maker the least place at which it would have to value the payment is sought.
    """
    game = search.game
    if search.avoid or "pay" not in search.kinds or game.codes is None or game.arcs is not None:
        return
    m, bit = game.m, game.n_options
    if bit >= 63:
        return
    true = np.r_[search.bench.wanted, search.bench.wanted]
    paid = np.repeat([False, True], m)
    double = Game(
        (*game.dms, ""),
        (*(np.r_[rank, rank] for rank in game.ranks), (2 * true + (true == paid)).astype(np.int32)),
        np.r_[game.codes, game.codes | np.uint64(1 << bit)],
        (*game.masks, 1 << bit),
        game.to_yes,
        game.to_no,
        bit + 1,
    )
    moves, gift = Field.of(double), Place((), paid.astype(np.int32), 1)
    for i, name in enumerate(game.dms):
        places = [Place(p.statements, np.r_[p.marks, p.marks], p.top) for p in search.places[i]]
        missing = set(search.concepts)
        for to in range(len(places), -1, -1):
            if search.deadline.over:
                return
            rank = ranks_of_places([*places[:to], gift, *places[to:]], 2 * m)
            ranks = (*double.ranks[:i], rank, *double.ranks[i + 1 :])
            for concept in sorted(missing):
                hits = _held(moves, ranks, concept, true & paid)
                if hits.any():
                    missing.discard(concept)
                    change = Change("pay", name, search.promise.statements, to=to, size=len(places) - to + 1)
                    yield Found(concept, (change,), hits[m:], _way(moves, ranks, hits))


def by_ranking(search: Search) -> Iterator[Found]:
    """Lift (or, to avoid, lower) one state in the rankings of those for whom it is not (or is) stable.

    Of all changes of a strict ranking that make a state stable, lifting the state alone takes the fewest
    adjacent swaps: to put the lowest of the states above it, at distance d, below it, takes at least d
    swaps however it is done, and lifting it by d passes all lower ones as well, which never hurts.
    """
    if "ranking" in search.kinds:
        for concept in search.concepts:
            yield from _sinks(search, concept) if search.avoid else _lifts(search, concept)


def _lifts(search: Search, concept: str) -> Iterator[Found]:
    bench, game = search.bench, search.game
    ranks = np.array(game.ranks)
    levels = np.maximum(ranks, bench.base[concept])
    below = np.array([np.cumsum(np.bincount(rank)) for rank in game.ranks], dtype=object)
    swaps = np.array([below[i][levels[i]] - below[i][ranks[i]] for i in range(game.n)])
    wanted = np.flatnonzero(bench.wanted)
    order = np.lexsort((swaps.sum(axis=0)[wanted], (swaps > 0).sum(axis=0)[wanted]))
    found = 0
    for state in wanted[order][:RANKING_TRIES].tolist():
        if search.deadline.over or found == ENOUGH:
            return
        changed = [i for i in range(game.n) if swaps[i, state]]
        after = tuple(_placed(rank, state, 2 * int(levels[i, state])) for i, rank in enumerate(game.ranks))
        hits = bench.after(concept, after, changed)
        if hits[state]:
            changes = tuple(
                _ranking_change(search, i, state, after[i], int(swaps[i, state])) for i in changed
            )
            states = np.arange(game.m) == state
            yield Found(concept, changes, states, _way(bench.field, after, states))
            found += 1


def _sinks(search: Search, concept: str) -> Iterator[Found]:
    """Lower each unwanted equilibrium for the one decision maker where that takes the fewest swaps."""
    bench, game = search.bench, search.game
    ranks, changes = list(game.ranks), []
    for state in np.flatnonzero(bench.holding(concept)).tolist():
        costs = []
        for i, rank in enumerate(game.ranks):
            need = int(bench.base[concept][i][state])
            if need >= 0:
                costs.append((int(((rank >= need) & (rank <= rank[state])).sum()) - 1, i, need))
        for cost, i, need in sorted(costs):
            lowered = _placed(ranks[i], state, 2 * need - 1)
            trial = (*ranks[:i], lowered, *ranks[i + 1 :])
            if not bench.after(concept, trial, range(game.n))[state]:
                ranks[i] = lowered
                changes.append(_ranking_change(search, i, state, lowered, max(cost, 1)))
                break
    if 0 < len(changes) <= MOST_CHANGES and not bench.after(concept, tuple(ranks), range(game.n)).any():
        yield Found(concept, tuple(changes), bench.holding(concept))


def _placed(rank: IntArray, state: int, twice: int) -> IntArray:
    """Return the ranks with one state put at half of `twice` (odd: between two levels)."""
    moved = 2 * rank
    moved[state] = twice
    return np.unique(moved, return_inverse=True)[1].astype(np.int32)


def _ranking_change(search: Search, dm: int, state: int, after: IntArray, swaps: int) -> Change:
    before = search.game.ranks[dm]
    was, now = np.sign(before - before[state]), np.sign(after - after[state])
    passed = np.flatnonzero((was != now) & (np.arange(before.size) != state))
    passed = passed[np.argsort(before[passed])]
    words = tuple(search.space.word(int(other)) for other in passed)
    return Change("ranking", search.game.dms[dm], passed=words, state=search.space.word(state), size=swaps)


def by_several(search: Search, concept: str) -> Iterator[Found]:
    """Join single changes of several decision makers, one each, until a wanted state is stable for all.

    Exact for Nash, GMR and SMR, where each looks at its own preferences only: per wanted state the
    smallest change of each decision maker for whom it is not stable. Under SEQ and SSEQ such joined
    changes are checked one by one.
    """
    bench, game = search.bench, search.game
    if search.avoid:
        return
    loose = LOOSER.get(concept, concept)
    stable = bench.stable(loose)
    choices = _choices(search, loose)
    lacking = (~stable & bench.wanted).sum(axis=0)
    for state in sorted(np.flatnonzero(bench.wanted).tolist(), key=lambda s: int(lacking[s])):
        unstable = [i for i in range(game.n) if not stable[i, state]] or list(range(game.n))
        options = [[c for c in choices[i] if search.own[loose, c][state]][:8] for i in unstable]
        for picked in itertools.product(*options):
            if search.deadline.over:
                return
            ranks = list(game.ranks)
            for c in picked:
                ranks[search.tried[c].dm] = search.tried[c].ranks
            hits = bench.after(concept, tuple(ranks), unstable)
            if hits.any():
                changes = tuple(search.tried[c].change for c in picked)
                yield Found(concept, changes, hits, _way(bench.field, tuple(ranks), hits))
                break


def _choices(search: Search, concept: str) -> list[list[int]]:
    """Return per decision maker its single changes, and fill in what each makes stable for itself."""
    found: list[list[int]] = [[] for _ in search.game.dms]
    for at, candidate in enumerate(search.tried):
        if (concept, at) not in search.own:
            if search.deadline.over:
                break
            search.own[concept, at] = search.bench.own(concept, candidate.dm, candidate.ranks)
        found[candidate.dm].append(at)
    return found
