"""The exact condition on one decision maker's ranking under which a state is stable, as data.

Whether state s is stable for decision maker i depends, of i's preferences, only on which states are
preferred to s: ::

    for each move q: q is not preferred to s, or one of its sanctions holds

where a sanction is a state that the opponents reach from q and that is not preferred to s (GMR, SEQ), and
under SMR and SSEQ neither are i's replies from there. Under SEQ and SSEQ the opponents' preferences are
those of the game. The form is that of Kinsara, Kilgour and Hipel (2015), *Inverse approach to the graph
model for conflict resolution*, IEEE Transactions on SMC: Systems 45(5), carried to legal sequences of any
number of opponents.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from jirga.errors import UsageError
from jirga.stability.game import Game

__all__ = ["CONCEPTS", "Clause", "Condition", "condition"]

CONCEPTS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
ABSORB_UP_TO = (
    400  # sanctions of one move; above it those that say less are kept, which is longer and still true
)


@dataclass(frozen=True, slots=True)
class Clause:
    """What one move asks of the ranking.

    Attributes
    ----------
    move : int
        Stability asks that it is not preferred, or else one of `sanctions`.
    sanctions : tuple of frozenset of int
        Each holds when none of its states is preferred. An empty set always holds: the opponents can lead
        back to the state itself.
    """

    move: int
    sanctions: tuple[frozenset[int], ...]

    def holds(self, above: Collection[int]) -> bool:
        """Return whether the clause is met when exactly `above` are the states preferred to the state."""
        return self.move not in above or any(not any(t in above for t in group) for group in self.sanctions)


@dataclass(frozen=True, slots=True)
class Condition:
    """Under which rankings a state is stable for a decision maker.

    Attributes
    ----------
    dm : int
    state : int
    concept : str
    clauses : tuple of Clause
        All have to be met; none means that the state is stable under every ranking.
    """

    dm: int
    state: int
    concept: str
    clauses: tuple[Clause, ...]

    def holds(self, above: Collection[int]) -> bool:
        """Return whether the state is stable when exactly `above` are the states preferred to it."""
        return all(clause.holds(above) for clause in self.clauses)

    @property
    def states(self) -> tuple[int, ...]:
        """The states whose place relative to the state matters, in increasing order."""
        named: set[int] = set()
        for clause in self.clauses:
            named.add(clause.move)
            named.update(*clause.sanctions)
        return tuple(sorted(named))

    def to_json(self) -> dict[str, Any]:
        """Return the condition as plain JSON values, states numbered from 1."""
        return {
            "state": self.state + 1,
            "concept": self.concept,
            "each": [
                {
                    "not_preferred": clause.move + 1,
                    "or_none_preferred_of": [sorted(t + 1 for t in group) for group in clause.sanctions],
                }
                for clause in self.clauses
            ],
        }


def condition(game: Game, dm: int, state: int, concept: str) -> Condition:
    """Return the exact condition.

    Parameters
    ----------
    game : Game
    dm, state : int
        Counted from 0.
    concept : str
        Nash, GMR, SMR, SEQ or SSEQ.

    Raises
    ------
    UsageError
        For another concept, decision maker or state.
    """
    if concept not in CONCEPTS:
        raise UsageError(f"“{concept}” has no inverse here; use {', '.join(CONCEPTS)}.")
    if not (0 <= dm < game.n and 0 <= state < game.m):
        raise UsageError(f"There is no decision maker {dm + 1} or no state {state + 1}.")
    clauses = []
    for move in game.moves(dm, state).tolist():
        sanctions = () if concept == "Nash" else _sanctions(game, dm, state, move, concept)
        if frozenset() not in sanctions:  # such a move never matters
            clauses.append(Clause(move, sanctions))
    return Condition(dm, state, concept, tuple(clauses))


def _sanctions(game: Game, dm: int, state: int, move: int, concept: str) -> tuple[frozenset[int], ...]:
    found = set()
    for end in reached(game, dm, move, improving=concept in ("SEQ", "SSEQ")):
        group = {end}
        if concept in ("SMR", "SSEQ"):
            group.update(game.moves(dm, end).tolist())
        group.discard(state)
        if move not in group:  # else it asks for more than "the move is not preferred"
            found.add(frozenset(group))
    return _least(found)


def _least(groups: Iterable[frozenset[int]]) -> tuple[frozenset[int], ...]:
    """Return the groups that contain no other one, the smallest first."""
    ordered = sorted(groups, key=lambda group: (len(group), sorted(group)))
    if len(ordered) > ABSORB_UP_TO:
        return tuple(ordered)
    kept: list[frozenset[int]] = []
    for group in ordered:
        if not any(less <= group for less in kept):
            kept.append(group)
    return tuple(kept)


def reached(game: Game, dm: int, start: int, *, improving: bool) -> set[int]:
    """Return what the opponents of a decision maker reach from a state by legal sequences of moves or improvements."""
    step = game.improvements if improving else game.moves
    others = [j for j in range(game.n) if j != dm]
    todo = [(start, -1)]
    seen: set[tuple[int, int]] = set()
    while todo:
        state, last = todo.pop()
        for j in others:
            if j != last:
                fresh = {(int(t), j) for t in step(j, state)} - seen
                seen |= fresh
                todo += fresh
    return {state for state, _ in seen}
