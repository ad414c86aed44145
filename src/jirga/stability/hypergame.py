"""First-level hypergames: each decision maker plays the game that it sees.

After Bennett (1977), *Toward a theory of hypergames*, Omega 5(6), and Wang, Hipel and Fraser (1988), *Modeling
misperceptions in games*, Behavioral Science 33(3). Decision maker i sees some of the states, and may believe that
others have other preferences than they have. A state is stable for i when it is stable for i in i's own game; at a
state that it does not see it cannot act, so that it stays. A state holds when it is stable for all in this sense; who
expects it to hold is told beside it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from jirga.conflict.formula import evaluate
from jirga.conflict.ranking import dense, ranks
from jirga.conflict.statements import Vocabulary, parse
from jirga.conflict.states import StateSpace
from jirga.conflict.types import Conflict, DecisionMaker
from jirga.stability.door import solve
from jirga.stability.game import Game, IntArray
from jirga.stability.types import BASIC, BoolArray

__all__ = ["Hypergame", "OwnGame", "own_games", "play"]


@dataclass(frozen=True, eq=False)
class OwnGame:
    """The game as one decision maker sees it.

    Attributes
    ----------
    dm : str
    game : Game
        Over the states that it sees.
    seen : ndarray of int32
        Numbers (from 0) of these states in the whole game.
    """

    dm: str
    game: Game
    seen: IntArray


@dataclass(frozen=True, eq=False)
class Hypergame:
    """What holds when everybody plays its own game; states are counted from 0.

    Attributes
    ----------
    games : tuple of OwnGame
        One for each decision maker, in order.
    stable : mapping of str to ndarray of bool, shape (n, m)
        By concept: ``[i, s]``: s is stable for i in i's own game, or i does not see it.
    expected : mapping of str to tuple of tuple of int
        By concept and decision maker: the equilibria of its own game, which it expects to hold.
    """

    games: tuple[OwnGame, ...]
    stable: Mapping[str, BoolArray]
    expected: Mapping[str, tuple[tuple[int, ...], ...]]

    def equilibria(self, concept: str) -> tuple[int, ...]:
        """Return the states at which everybody stays, each by its own game."""
        return tuple(np.flatnonzero(self.stable[concept].all(axis=0)).tolist())

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values, states numbered from 1.

        ``surprising`` are equilibria that somebody does not expect: it does not see them, or in its game somebody
        else would leave.
        """
        names = [own.dm for own in self.games]
        out: dict[str, Any] = {
            "seen": {own.dm: (own.seen + 1).tolist() for own in self.games},
            "equilibria": {name: [s + 1 for s in self.equilibria(name)] for name in self.stable},
            "expected": {
                name: {dm: [s + 1 for s in states] for dm, states in zip(names, rows, strict=True)}
                for name, rows in self.expected.items()
            },
        }
        out["surprising"] = {
            name: [s + 1 for s in self.equilibria(name) if not all(s in states for states in rows)]
            for name, rows in self.expected.items()
        }
        return out


def own_games(conflict: Conflict, space: StateSpace, game: Game) -> tuple[OwnGame, ...]:
    """Return the game that each decision maker sees.

    Parameters
    ----------
    conflict : Conflict
        With ``perceives`` where somebody sees things otherwise.
    space : StateSpace
    game : Game
        The game as it is.
    """
    return tuple(_own(conflict, dm, space, game) for dm in conflict.decision_makers)


def _own(conflict: Conflict, dm: DecisionMaker, space: StateSpace, game: Game) -> OwnGame:
    everything = np.arange(game.m, dtype=np.int32)
    if dm.perceives is None:
        return OwnGame(dm.id, game, everything)
    vocabulary = Vocabulary.of(conflict)
    hidden = np.zeros(game.m, dtype=np.bool_)
    for text in dm.perceives.unseen:
        hidden |= evaluate(parse(text, vocabulary), space.codes)
    believed = [
        _believed(conflict, dm, other, space, game.ranks[at])
        for at, other in enumerate(conflict.decision_makers)
    ]
    seen = everything[~hidden]
    return OwnGame(dm.id, _restricted(game, seen, [dense(rank[seen]) for rank in believed]), seen)


def _believed(
    conflict: Conflict, dm: DecisionMaker, other: DecisionMaker, space: StateSpace, as_it_is: IntArray
) -> IntArray:
    assert dm.perceives is not None
    if other.id in dm.perceives.rankings:
        seen = replace(other, preferences=(), weights={}, ranking=dm.perceives.rankings[other.id])
    elif other.id in dm.perceives.preferences:
        seen = replace(other, preferences=dm.perceives.preferences[other.id], weights={}, ranking=())
    else:
        return as_it_is
    return ranks(conflict, seen, space)


def _restricted(game: Game, seen: IntArray, believed: Sequence[IntArray]) -> Game:
    """Leave out the states that are not seen; moves to and from them are gone."""
    if game.arcs is None:
        assert game.codes is not None
        return replace(game, ranks=tuple(believed), codes=game.codes[seen])
    place = np.full(game.m, -1, dtype=np.int32)
    place[seen] = np.arange(seen.size, dtype=np.int32)
    arcs = []
    for indptr, indices in game.arcs:
        rows = [place[indices[indptr[s] : indptr[s + 1]]] for s in seen.tolist()]
        kept = [row[row >= 0] for row in rows]
        starts = np.zeros(seen.size + 1, dtype=np.int32)
        np.cumsum([row.size for row in kept], out=starts[1:])
        arcs.append((starts, np.concatenate(kept) if kept else np.zeros(0, dtype=np.int32)))
    return replace(game, ranks=tuple(believed), arcs=tuple(arcs))


def play(games: Sequence[OwnGame], m: int, concepts: Sequence[str] = BASIC) -> Hypergame:
    """Solve each decision maker's own game and put the verdicts together.

    Parameters
    ----------
    games : sequence of OwnGame
    m : int
        Number of states as things are.
    concepts : sequence of str
    """
    stable = {name: np.ones((len(games), m), dtype=np.bool_) for name in concepts}
    expected: dict[str, list[tuple[int, ...]]] = {name: [] for name in concepts}
    for i, own in enumerate(games):
        found = solve(own.game, concepts) if own.seen.size else None
        for name in concepts:
            if found is not None:
                stable[name][i, own.seen] = found.stable[name][i]
            held = own.seen[found.equilibria[name]].tolist() if found is not None else []
            expected[name].append(tuple(held))
    return Hypergame(tuple(games), stable, {name: tuple(rows) for name, rows in expected.items()})
