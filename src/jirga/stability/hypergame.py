"""Hypergames: each decision maker sees a game of its own.

A first-level hypergame after Bennett (1977), *Toward a theory of hypergames*, Omega 5(6), and Wang, Hipel
and Fraser (1988), *Modeling misperceptions in games*, Behavioral Science 33(3): decision maker i may not
see some states, and may believe other preferences of the others than they have. It judges its own
stability in the game that it sees; a state that is stable for each in its own game is an equilibrium of
the hypergame, expected or not.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jirga.conflict.ranking import ranks
from jirga.conflict.states import StateSpace, feasible, find
from jirga.conflict.types import Conflict, DecisionMaker
from jirga.errors import UsageError
from jirga.stability.build import to_game
from jirga.stability.door import solve
from jirga.stability.game import Game, IntArray
from jirga.stability.how import How, game_hash
from jirga.stability.types import BASIC

__all__ = ["Hypergame", "View", "hypergame", "hypergame_of", "restricted"]

BoolArray = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class View:
    """The game as one decision maker sees it.

    Attributes
    ----------
    seen : ndarray of bool, shape (m,)
        States that it sees.
    ranks : tuple of ndarray of int32, shape (m,)
        Preferences of all as it believes them, over all states (what stands at unseen ones plays no part).
    """

    seen: BoolArray
    ranks: tuple[IntArray, ...]


@dataclass(frozen=True, eq=False)
class Hypergame:
    """What each decision maker expects, and what holds.

    Attributes
    ----------
    dms : tuple of str
    expected : mapping of str to tuple of tuple of int
        Per concept, for each decision maker the equilibria of the game that it sees (states from 0).
    holds : mapping of str to tuple of int
        Per concept the states that everybody sees and that are stable for each in its own game.
    true : mapping of str to tuple of int
        Per concept the equilibria if nobody were mistaken.
    how : How
    """

    dms: tuple[str, ...]
    expected: Mapping[str, tuple[tuple[int, ...], ...]]
    holds: Mapping[str, tuple[int, ...]]
    true: Mapping[str, tuple[int, ...]]
    how: How

    def expected_by(self, concept: str, state: int) -> tuple[str, ...]:
        """Return the decision makers in whose own game a state is an equilibrium."""
        return tuple(
            dm for dm, states in zip(self.dms, self.expected[concept], strict=True) if state in states
        )

    def surprises(self, concept: str) -> tuple[int, ...]:
        """Return the states that hold although somebody does not expect it."""
        return tuple(s for s in self.holds[concept] if len(self.expected_by(concept, s)) < len(self.dms))

    def illusions(self, concept: str) -> tuple[int, ...]:
        """Return the states that somebody expects and that do not hold."""
        named = {state for states in self.expected[concept] for state in states}
        return tuple(sorted(named - set(self.holds[concept])))

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values, states numbered from 1."""
        return {
            "expected": {
                name: {dm: _people(states) for dm, states in zip(self.dms, rows, strict=True)}
                for name, rows in self.expected.items()
            },
            "holds": {name: _people(states) for name, states in self.holds.items()},
            "true": {name: _people(states) for name, states in self.true.items()},
            "surprises": {name: _people(self.surprises(name)) for name in self.holds},
            "illusions": {name: _people(self.illusions(name)) for name in self.holds},
            "how": self.how.to_json(),
        }


def _people(states: Sequence[int]) -> list[int]:
    return [state + 1 for state in states]


def restricted(game: Game, kept: IntArray) -> Game:
    """Return the game on some of its states, in increasing order: nobody can move to or from the others."""
    part = tuple(np.unique(rank[kept], return_inverse=True)[1].astype(np.int32) for rank in game.ranks)
    if game.arcs is None:
        assert game.codes is not None
        return replace(game, codes=game.codes[kept], ranks=part)
    number = np.full(game.m, -1, dtype=np.int32)
    number[kept] = np.arange(kept.size)
    arcs = []
    for indptr, indices in game.arcs:
        rows = [number[indices[indptr[s] : indptr[s + 1]]] for s in kept]
        rows = [row[row >= 0] for row in rows]
        sizes = np.r_[0, np.cumsum([row.size for row in rows])].astype(np.int32)
        arcs.append((sizes, np.concatenate([*rows, np.zeros(0, dtype=np.int32)]).astype(np.int32)))
    return replace(game, ranks=part, arcs=tuple(arcs))


def hypergame(game: Game, views: Sequence[View], concepts: Sequence[str] = BASIC) -> Hypergame:
    """Solve each decision maker's own game and bring the verdicts together.

    Parameters
    ----------
    game : Game
        As it is.
    views : sequence of View
        One for each decision maker.
    concepts : sequence of str

    Raises
    ------
    UsageError
        When somebody sees no state, or views are missing.
    """
    if len(views) != game.n or any(not view.seen.any() for view in views):
        raise UsageError("A hypergame needs a view for each decision maker, and each has to see some state.")
    holds = {name: np.ones(game.m, dtype=np.bool_) for name in concepts}
    expected: dict[str, list[tuple[int, ...]]] = {name: [] for name in concepts}
    for i, view in enumerate(views):
        kept = np.flatnonzero(view.seen).astype(np.int32)
        found = solve(restricted(replace(game, ranks=view.ranks), kept), concepts)
        for name in concepts:
            own = np.zeros(game.m, dtype=np.bool_)
            own[kept[found.stable[name][i]]] = True
            holds[name] &= own
            expected[name].append(tuple(int(kept[s]) for s in found.equilibria[name]))
    true = solve(game, concepts).equilibria
    return Hypergame(
        game.dms,
        {name: tuple(rows) for name, rows in expected.items()},
        {name: tuple(np.flatnonzero(rows).tolist()) for name, rows in holds.items()},
        {name: tuple(states.tolist()) for name, states in true.items()},
        How("hypergame", game_hash(game)),
    )


def hypergame_of(conflict: Conflict, concepts: Sequence[str] = BASIC) -> Hypergame:
    """Solve the hypergame that the ``perceives`` of a conflict's decision makers describe."""
    space = feasible(conflict)
    game = to_game(conflict, space)
    views = [_view(conflict, maker, space, game) for maker in conflict.decision_makers]
    return hypergame(game, views, concepts)


def _view(conflict: Conflict, maker: DecisionMaker, space: StateSpace, game: Game) -> View:
    seen = np.ones(game.m, dtype=np.bool_)
    believed = list(game.ranks)
    perceived = maker.perceives
    if perceived is None:
        return View(seen, game.ranks)
    for text in perceived.unseen:
        seen[find(conflict, space, text)] = False
    for j, other in enumerate(conflict.decision_makers):
        if other.id in perceived.rankings:
            changed = replace(other, ranking=perceived.rankings[other.id])
        elif other.id in perceived.preferences:
            changed = replace(other, preferences=perceived.preferences[other.id], ranking=(), weights={})
        else:
            continue
        believed[j] = ranks(conflict, changed, space)
    return View(seen, tuple(believed))
