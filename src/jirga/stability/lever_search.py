"""What the searches for levers share, and the first of them: every single change of one decision maker's order.

Each search yields `Found` records and keeps a `Scan` of how far it went; `jirga.stability.levers` runs
them, ranks what they found and says what was proved.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from jirga.conflict.states import StateSpace
from jirga.conflict.types import Conflict
from jirga.stability.edits import Candidate, Place, candidates
from jirga.stability.game import Game, IntArray
from jirga.stability.lever_bench import LOOSER, Bench, BoolArray, Deadline, arrives
from jirga.stability.lever_types import Change, Scan
from jirga.stability.values import Field, needed

__all__ = ["ENOUGH", "Found", "Search", "by_preferences", "held", "way"]

ENOUGH = 4  # wanted states for which a ranking, or a coalition, is reported under one concept
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
    scans : dict of (str, str) to Scan
        Per concept and search how far it went.
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
    scans: dict[tuple[str, str], Scan] = field(default_factory=dict)

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

    def scan(self, concept: str, what: str) -> Scan:
        """Return the scan of one search under one concept, made when it is new."""
        return self.scans.setdefault((concept, what), Scan(what))

    def cut(self, what: str) -> None:
        """Note that a search stopped before its end."""
        for concept in self.concepts:
            self.scan(concept, what).finished = False

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
            search.cut("order")
            return
        ranks = search.with_rank(candidate.dm, candidate.ranks)
        for concept in search.concepts:
            scan = search.scan(concept, "order")
            scan.tried += 1
            hits = bench.after(concept, ranks, (candidate.dm,))
            if search.done(hits):
                scan.least = 1
                states = search.states(concept, hits)
                yield Found(concept, (candidate.change,), states, way(bench.field, ranks, states))


def _by_turns(streams: Sequence[Iterator[Candidate]]) -> Iterator[Candidate]:
    """Yield from each in turn, so that a time limit does not favour who comes first."""
    for group in itertools.zip_longest(*streams):
        yield from (candidate for candidate in group if candidate is not None)


def way(moves: Field, ranks: Ranks, goals: BoolArray) -> Callable[[int], bool]:
    """Return what tells, for a start, whether improvements lead from there to the goals."""
    return lambda start: arrives(moves, ranks, start, goals)


def held(moves: Field, ranks: Ranks, concept: str, wanted: BoolArray) -> BoolArray:
    """Return which wanted states are equilibria of a changed game, giving up as soon as none is left."""
    alive = wanted.copy()
    for name in dict.fromkeys((LOOSER.get(concept, concept), concept)):
        for i, rank in enumerate(ranks):
            if not alive.any():
                return alive
            alive &= rank >= needed(moves, ranks, i, name)
    return alive
