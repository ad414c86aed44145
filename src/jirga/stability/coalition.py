"""Coalitions: what several decision makers can do together, and which states they would leave together.

Definitions: Kilgour, Hipel, Fang and Peng (2001) for CNash, Inohara and Hipel (2008) for CGMR, CSMR, CSEQ.
With R_H(s) what coalition H reaches by legal sequences, CI_H(s) the part of it that every member prefers to
s, and Φ_H(s) the states that some member does not prefer to s, the state s is

- CNash for H when CI_H(s) is empty,
- CGMR when for each q in CI_H(s) the others reach from q a state in Φ_H(s),
- CSMR when they reach such a t with R_H(t) in Φ_H(s) as well,
- CSEQ when they reach such a state by coalitional improvements: legal sequences in which each step is an
  improvement of some coalition among them, and no coalition makes two steps in a row.

A state is universally coalition stable when it is stable for every coalition, singles included.

Sets of states are Python integers here: bit s stands for state s.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from jirga.errors import TooLargeError, UsageError
from jirga.stability.game import Game
from jirga.stability.types import BoolArray

__all__ = [
    "COALITION_CONCEPTS",
    "CoalitionImprovement",
    "coalition_improvements",
    "coalition_stable",
    "coalitions_of",
    "move_words",
    "reach_words",
    "universally_stable",
]

COALITION_CONCEPTS = ("CNash", "CGMR", "CSMR", "CSEQ")
MOST_STATES = 20_000  # words of m bits for m states: 50 MB at this size


@dataclass(frozen=True, slots=True)
class CoalitionImprovement:
    """A coalition and where it would go.

    Attributes
    ----------
    members : tuple of int
    states : tuple of int
        Reached together, and better for every member.
    """

    members: tuple[int, ...]
    states: tuple[int, ...]


def bits(word: int) -> list[int]:
    """Return the states of a word, in increasing order."""
    found = []
    while word:
        low = word & -word
        found.append(low.bit_length() - 1)
        word ^= low
    return found


def move_words(game: Game) -> list[list[int]]:
    """Return R_i(s) as words, by decision maker and state.

    Raises
    ------
    TooLargeError
        More than 20,000 states.
    """
    if game.m > MOST_STATES:
        raise TooLargeError(
            f"Coalitions and trees are worked out for up to {MOST_STATES} states; this model has {game.m}. "
            "Add rules that make states infeasible, or merge options."
        )
    words = []
    for dm in range(game.n):
        indptr, indices = game.edges(dm)
        targets = indices.tolist()
        words.append([_word(targets[indptr[s] : indptr[s + 1]]) for s in range(game.m)])
    return words


def _word(states: Iterable[int]) -> int:
    word = 0
    for state in states:
        word |= 1 << state
    return word


def _reach(start: int, movers: Sequence[int], step: Sequence[Sequence[int]]) -> int:
    """Return what the movers reach by legal sequences of at least one move (as ``plain.legal_reach``)."""
    arrived = dict.fromkeys(movers, 0)
    todo = [(j, step[j][start]) for j in movers]
    while todo:
        mover, fresh = todo.pop()
        fresh &= ~arrived[mover]
        arrived[mover] |= fresh
        for state in bits(fresh):
            todo += [(j, step[j][state]) for j in movers if j != mover and step[j][state] & ~arrived[j]]
    found = 0
    for word in arrived.values():
        found |= word
    return found


def reach_words(moves: Sequence[Sequence[int]], movers: Sequence[int]) -> list[int]:
    """Return R_H(s) as words, by state, for the movers H; the start is left out."""
    if not movers:
        return [0] * len(moves[0])
    return [_reach(s, movers, moves) & ~(1 << s) for s in range(len(moves[0]))]


def _above(game: Game) -> list[list[int]]:
    """Return the states that each decision maker prefers to each state, as words."""
    tables = []
    for rank in game.ranks:
        of_level = {int(level): _word(np.flatnonzero(rank > level).tolist()) for level in np.unique(rank)}
        tables.append([of_level[int(level)] for level in rank])
    return tables


def coalitions_of(members: Iterable[int]) -> list[tuple[int, ...]]:
    """Return all coalitions of the members, the smallest first; none is left out, singles included."""
    everybody = sorted(members)
    return [h for size in range(1, len(everybody) + 1) for h in combinations(everybody, size)]


class _Coalitions:
    """R_H and CI_H for every coalition that is asked for, each worked out once."""

    def __init__(self, game: Game) -> None:
        self.moves = move_words(game)
        self.above = _above(game)
        self._reach: dict[tuple[int, ...], list[int]] = {}
        self._better: dict[tuple[int, ...], list[int]] = {}

    def reach(self, members: tuple[int, ...]) -> list[int]:
        if members not in self._reach:
            self._reach[members] = reach_words(self.moves, members)
        return self._reach[members]

    def better(self, members: tuple[int, ...]) -> list[int]:
        """States that all members prefer, by state; the complement is Φ_H."""
        if members not in self._better:
            rows = zip(*(self.above[i] for i in members), strict=True)
            self._better[members] = [_intersection(row) for row in rows]
        return self._better[members]

    def improvements(self, members: tuple[int, ...]) -> list[int]:
        pairs = zip(self.reach(members), self.better(members), strict=True)
        return [reached & better for reached, better in pairs]

    def stable(self, members: tuple[int, ...], concept: str) -> list[bool]:
        improvements, better = self.improvements(members), self.better(members)
        if concept == "CNash":
            return [not word for word in improvements]
        rest = tuple(j for j in range(len(self.moves)) if j not in members)
        sanctions = self._class_reach(rest) if concept == "CSEQ" else self._with_start(rest)
        answers = self.reach(members)

        def holds(s: int, q: int) -> bool:
            landing = sanctions[q] & ~better[s]
            if concept != "CSMR":
                return bool(landing)
            return any(not answers[t] & better[s] for t in bits(landing))

        return [all(holds(s, q) for q in bits(improvements[s])) for s in range(len(better))]

    def _with_start(self, rest: tuple[int, ...]) -> list[int]:
        return self.reach(rest) if rest else [0] * len(self.moves[0])

    def _class_reach(self, rest: tuple[int, ...]) -> list[int]:
        """Legal sequences of coalitional improvements by the coalitions among the rest."""
        steps = [self.improvements(h) for h in coalitions_of(rest)]
        return reach_words(steps, range(len(steps))) if steps else [0] * len(self.moves[0])


def _intersection(words: Iterable[int]) -> int:
    found = -1
    for word in words:
        found &= word
    return found


def _members(game: Game, coalition: Sequence[int]) -> tuple[int, ...]:
    members = tuple(sorted(set(coalition)))
    if not members or members[0] < 0 or members[-1] >= game.n:
        raise UsageError(
            f"A coalition names one or more decision makers, from 0 to {game.n - 1}; not {tuple(coalition)}."
        )
    return members


def coalition_stable(
    game: Game, coalition: Sequence[int], concepts: Sequence[str] = COALITION_CONCEPTS
) -> dict[str, BoolArray]:
    """Return whether each state is stable for one coalition.

    Parameters
    ----------
    coalition : sequence of int
        Its members, counted from 0.
    concepts : sequence of str
        Among CNash, CGMR, CSMR, CSEQ.

    Returns
    -------
    dict of str to ndarray of bool, shape (m,)

    Raises
    ------
    UsageError
        An unknown concept or member.
    TooLargeError
        More than 20,000 states.
    """
    _known(concepts)
    members, table = _members(game, coalition), _Coalitions(game)
    return {name: np.array(table.stable(members, name), dtype=np.bool_) for name in concepts}


def universally_stable(game: Game, concepts: Sequence[str] = COALITION_CONCEPTS) -> dict[str, BoolArray]:
    """Return whether each state is stable for every coalition.

    Returns
    -------
    dict of str to ndarray of bool, shape (m,)

    Raises
    ------
    UsageError
        An unknown concept.
    TooLargeError
        More than 20,000 states.
    """
    _known(concepts)
    table = _Coalitions(game)
    found = {name: np.ones(game.m, dtype=np.bool_) for name in concepts}
    for members in coalitions_of(range(game.n)):
        for name in concepts:
            found[name] &= np.array(table.stable(members, name), dtype=np.bool_)
    return found


def _known(concepts: Sequence[str]) -> None:
    for name in concepts:
        if name not in COALITION_CONCEPTS:
            raise UsageError(f"“{name}” is not a concept of coalitions; use {', '.join(COALITION_CONCEPTS)}.")


def coalition_improvements(game: Game, state: int, smallest: int = 1) -> tuple[CoalitionImprovement, ...]:
    """Return where each coalition would go from a state together; who would go nowhere is left out.

    Parameters
    ----------
    state : int
        Counted from 0.
    smallest : int
        Size of coalition from which to look; 2 leaves the improvements of single decision makers out.
    """
    moves, above = move_words(game), _above(game)
    found = []
    for members in coalitions_of(range(game.n)):
        if len(members) < smallest:
            continue
        word = _reach(state, members, moves) & _intersection(above[i][state] for i in members)
        if word:
            found.append(CoalitionImprovement(members, tuple(bits(word))))
    return tuple(found)
