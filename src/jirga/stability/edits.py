"""Single changes of one decision maker's preferences, and the ranks that each leads to.

A decision maker's order is kept as *places*, most important first: how many statements of the place are
true at each state. A ranking or option weighting counts as one place that cannot be taken apart.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from jirga.conflict.ranking import dense, place_scores, ranks
from jirga.conflict.statements import Vocabulary
from jirga.conflict.states import StateSpace
from jirga.conflict.types import Conflict
from jirga.stability.game import IntArray
from jirga.stability.lever_types import Change

__all__ = ["Candidate", "Place", "candidates", "places_of", "ranks_of_places"]

ROOM = 1 << 62  # scores stay below this in 64 bits; ranks are compressed before they would pass it


@dataclass(frozen=True, eq=False)
class Place:
    """One place of an order.

    Attributes
    ----------
    statements : tuple of str
        Empty for a ranking or weights.
    marks : ndarray of int32, shape (m,)
        Number of its statements that are true; the rank, for a ranking or weights.
    top : int
        The largest mark there can be.
    """

    statements: tuple[str, ...]
    marks: IntArray
    top: int


@dataclass(frozen=True, eq=False)
class Candidate:
    """A single change and what it makes of the ranks.

    Attributes
    ----------
    dm : int
    change : Change
    ranks : ndarray of int32, shape (m,)
    """

    dm: int
    change: Change
    ranks: IntArray


def places_of(conflict: Conflict, dm: int, space: StateSpace) -> tuple[Place, ...]:
    """Return the places of one decision maker's order, most important first."""
    maker = conflict.decision_makers[dm]
    if maker.ranking or maker.weights:
        rank = ranks(conflict, maker, space)
        return (Place((), rank, int(rank.max(initial=0))),)
    marked = place_scores(maker.preferences, space, Vocabulary.of(conflict))
    return tuple(
        Place(preference.statements, marks, size)
        for preference, (marks, size) in zip(maker.preferences, marked, strict=True)
    )


def ranks_of_places(places: Sequence[Place], m: int) -> IntArray:
    """Return dense ranks: the most important place decides, then the next."""
    total = np.zeros(m, dtype=np.int64)
    room = 1
    for place in places:
        if room * (place.top + 1) >= ROOM:
            total = dense(total).astype(np.int64)
            room = m
        total = total * (place.top + 1) + place.marks
        room *= place.top + 1
    return dense(total)


def candidates(
    places: Sequence[Place], dm: int, name: str, promise: Place, kinds: Sequence[str]
) -> Iterator[Candidate]:
    """Yield every single change of one decision maker's order, each outcome once, small changes first.

    Parameters
    ----------
    places : sequence of Place
    dm, name
        The decision maker's number and id.
    promise : Place
        The wanted statement as a place of its own.
    kinds : sequence of str
        Of ``reorder``, ``drop``, ``reverse``, ``promise``; others are not looked at.
    """
    m = promise.marks.shape[0]
    seen = {ranks_of_places(places, m).tobytes()}
    made = [
        *_reorders(places, name),
        *_drops(places, name),
        *_promises(places, name, promise),
        *_reverses(places, name),
    ]
    order = {kind: at for at, kind in enumerate(("reorder", "drop", "promise", "reverse"))}
    for change, after in sorted(made, key=lambda pair: (order[pair[0].kind], pair[0].size)):
        if change.kind not in kinds:
            continue
        ranked = ranks_of_places(after, m)
        if (key := ranked.tobytes()) not in seen:
            seen.add(key)
            yield Candidate(dm, change, ranked)


Edited = Iterator[tuple[Change, list[Place]]]


def _reorders(places: Sequence[Place], name: str) -> Edited:
    for place in range(len(places)):
        for to in range(len(places)):
            if to == place or not places[place].statements:
                continue
            after = [*places[:place], *places[place + 1 :]]
            after.insert(to, places[place])
            between = places[to:place] if to < place else places[place + 1 : to + 1]
            passed = tuple(statement for other in between for statement in other.statements)
            size = abs(to - place)
            yield Change("reorder", name, places[place].statements, place, to, passed, size=size), after


def _drops(places: Sequence[Place], name: str) -> Edited:
    for place, gone in enumerate(places):
        if gone.statements:
            after = [*places[:place], *places[place + 1 :]]
            yield Change("drop", name, gone.statements, place), after


def _reverses(places: Sequence[Place], name: str) -> Edited:
    for place, turned in enumerate(places):
        if turned.statements:
            opposite = Place(turned.statements, (turned.top - turned.marks).astype(np.int32), turned.top)
            yield (
                Change("reverse", name, turned.statements, place),
                [*places[:place], opposite, *places[place + 1 :]],
            )


def _promises(places: Sequence[Place], name: str, promise: Place) -> Edited:
    for to in range(len(places), -1, -1):
        change = Change("promise", name, promise.statements, None, to, size=len(places) - to + 1)
        yield change, [*places[:to], promise, *places[to:]]
