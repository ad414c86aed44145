"""From the status quo: what can be reached, by whom, how soon, and where a random improving mover would end.

Status quo analysis after Li, Kilgour and Hipel (2005), *Status quo analysis in the graph model for
conflict resolution*, Journal of the Operational Research Society 56(6): paths in which nobody moves twice
in a row, by any moves or by improvements only.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass
from typing import Any

from jirga.errors import TooLargeError, UsageError
from jirga.stability.game import Game
from jirga.stability.how import How, game_hash
from jirga.stability.types import Step

__all__ = ["Arc", "Evolution", "evolve", "must_move"]

STATES_LIMIT = 200_000  # states that a walk may reach: a minute or so, and more than anybody draws


@dataclass(frozen=True, slots=True)
class Arc:
    """One move between two reached states.

    Attributes
    ----------
    start, end : int
    dm : int
        Who moves.
    improves : bool
        Whether the mover likes the end better.
    """

    start: int
    end: int
    dm: int
    improves: bool


@dataclass(frozen=True, eq=False)
class Evolution:
    """What can be reached from a state.

    Attributes
    ----------
    game : Game
    start : int
        From 0.
    improvements : bool
        Whether only improvements count.
    distance : dict of int to int
        For each reached state the fewest moves.
    paths : dict of int to tuple of Step
        For each reached state one shortest legal path.
    complete : bool
        False when the walk was stopped at `depth`.
    how : How
    """

    game: Game
    start: int
    improvements: bool
    distance: dict[int, int]
    paths: dict[int, tuple[Step, ...]]
    complete: bool
    how: How

    @property
    def states(self) -> tuple[int, ...]:
        """The reached states in increasing order, the start among them."""
        return tuple(sorted(self.distance))

    def tree(self) -> tuple[Arc, ...]:
        """Return the last arc of each shortest path: a tree unless a legal path has to take a longer way round."""
        last = [(self._before(state), state, path[-1].dm) for state, path in self.paths.items() if path]
        return tuple(self._arc(*arc) for arc in last)

    def graph(self) -> tuple[Arc, ...]:
        """Return all moves (or improvements) between reached states."""
        step = self.game.improvements if self.improvements else self.game.moves
        return tuple(
            self._arc(state, end, dm)
            for state in self.states
            for dm in range(self.game.n)
            for end in step(dm, state).tolist()
            if end in self.distance
        )

    def ends(self) -> tuple[int, ...]:
        """Return the reached states from which nobody has an improvement."""
        return tuple(
            state
            for state in self.states
            if not any(self.game.improvements(dm, state).size for dm in range(self.game.n))
        )

    def _before(self, state: int) -> int:
        path = self.paths[state]
        return path[-2].state if len(path) > 1 else self.start

    def _arc(self, start: int, end: int, dm: int) -> Arc:
        rank = self.game.ranks[dm]
        return Arc(start, end, dm, bool(rank[end] > rank[start]))

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values, states numbered from 1."""
        dms = self.game.dms
        return {
            "from": self.start + 1,
            "by": "improvements" if self.improvements else "moves",
            "states": [
                {
                    "n": state + 1,
                    "moves": self.distance[state],
                    "path": [{"dm": dms[step.dm], "to": step.state + 1} for step in self.paths[state]],
                }
                for state in self.states
            ],
            "ends": [state + 1 for state in self.ends()],
            "complete": self.complete,
            "how": self.how.to_json(),
        }


def evolve(game: Game, start: int, *, improvements: bool = True, depth: int | None = None) -> Evolution:
    """Walk from a state by legal sequences, shortest first.

    Parameters
    ----------
    game : Game
    start : int
        From 0.
    improvements : bool
        Only improvements (each relative to the state it leaves), or any moves.
    depth : int or None
        Moves after which the walk stops.

    Raises
    ------
    UsageError
        When there is no such state.
    TooLargeError
        When more states are reached than can be kept.
    """
    _known(game, start)
    distance = {start: 0}
    found: dict[int, tuple[Step, ...]] = {start: ()}
    seen: set[tuple[int, int]] = {(start, -1)}
    queue: deque[tuple[int, int, tuple[Step, ...]]] = deque([(start, -1, ())])
    complete = True
    step = game.improvements if improvements else game.moves
    while queue:
        state, last, path = queue.popleft()
        if depth is not None and len(path) == depth:
            complete = complete and not _goes_on(game, state, last, seen, improvements)
            continue
        for dm in range(game.n):
            if dm == last:
                continue
            for end in step(dm, state).tolist():
                if (end, dm) in seen:
                    continue
                seen.add((end, dm))
                way = (*path, Step(dm, end))
                queue.append((end, dm, way))
                if end not in found:
                    found[end] = way
                    distance[end] = len(way)
                    if len(found) > STATES_LIMIT:
                        raise TooLargeError(
                            f"More than {STATES_LIMIT:,} states can be reached: give a depth, or look at improvements."
                        )
    return Evolution(game, start, improvements, distance, found, complete, How("evolution", game_hash(game)))


def _goes_on(game: Game, state: int, last: int, seen: set[tuple[int, int]], improvements: bool) -> bool:
    step = game.improvements if improvements else game.moves
    return any(
        (end, dm) not in seen for dm in range(game.n) if dm != last for end in step(dm, state).tolist()
    )


def must_move(game: Game, start: int, goal: int, *, improvements: bool = True) -> tuple[int, ...] | None:
    """Return the decision makers without whose moves a state cannot be reached.

    Returns
    -------
    tuple of int or None
        None when it cannot be reached at all.
    """
    _known(game, start)
    _known(game, goal)
    if not _reaches(game, start, goal, improvements, without=-1):
        return None
    return tuple(dm for dm in range(game.n) if not _reaches(game, start, goal, improvements, without=dm))


def _reaches(game: Game, start: int, goal: int, improvements: bool, without: int) -> bool:
    step = game.improvements if improvements else game.moves
    todo, seen = [(start, -1)], {(start, -1)}
    while todo:
        state, last = todo.pop()
        if state == goal:
            return True
        for dm in range(game.n):
            if dm not in (last, without):
                fresh = {(end, dm) for end in step(dm, state).tolist()} - seen
                seen |= fresh
                todo += fresh
    return False


def _known(game: Game, state: int) -> None:
    if not 0 <= state < game.m:
        raise UsageError(f"There is no state {state + 1}; the states are numbered 1 to {game.m}.")
