"""The specification engine: the definitions word for word, over Python sets.

Slow and plain on purpose: every other engine is compared with this one. Sources: Fang, Hipel and Kilgour
(1993), *Interactive Decision Making* (Nash, GMR, SMR, SEQ); Rêgo and Vieira (2017),
10.1007/s10726-016-9520-8 (SSEQ).

Conventions: moving back to the start state deters; an equal payoff deters; sanctions are full legal
sequences, in which nobody moves twice in a row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from jirga.errors import UsageError
from jirga.stability.game import Game
from jirga.stability.types import BASIC, BoolArray

__all__ = ["View", "legal_reach", "solve_plain", "stable", "view_of"]

States = frozenset[int]
MoveTable = tuple[tuple[States, ...], ...]


@dataclass(frozen=True)
class View:
    """All that the definitions ask of a model; richer preferences fill it in their own way.

    Attributes
    ----------
    m : int
        Number of states.
    moves : tuple (players) of tuple (states) of frozenset
        R_i(s): where the player can move.
    improvements : the same shape
        R_i^+(s): the moves that tempt the player.
    credible : the same shape
        The moves that sanctions under SEQ and SSEQ are made of; the improvements, if preferences are ordinal.
    deterring : the same shape
        Φ_i(s): the states that take the gain out of a move from s; s itself among them.
    """

    m: int
    moves: MoveTable
    improvements: MoveTable
    credible: MoveTable
    deterring: MoveTable

    @property
    def n(self) -> int:
        """Number of players."""
        return len(self.moves)


def view_of(game: Game) -> View:
    """Return the view that ordinal preferences give: better is a higher rank, all else deters."""
    everything = range(game.m)
    moves = tuple(tuple(frozenset(map(int, game.moves(i, s))) for s in everything) for i in range(game.n))
    ranks = [[int(value) for value in rank] for rank in game.ranks]
    improvements = tuple(
        tuple(frozenset(q for q in moves[i][s] if ranks[i][q] > ranks[i][s]) for s in everything)
        for i in range(game.n)
    )
    deterring = tuple(_deterring(rank) for rank in ranks)
    return View(game.m, moves, improvements, improvements, deterring)


def _deterring(rank: Sequence[int]) -> tuple[States, ...]:
    """Φ_i(s) = {q : not q preferred to s}, one set shared by all states of a rank."""
    of_rank = {level: frozenset(q for q, other in enumerate(rank) if other <= level) for level in set(rank)}
    return tuple(of_rank[level] for level in rank)


def legal_reach(start: int, movers: Iterable[int], step: MoveTable) -> States:
    """Return R_H(s): states that the movers reach by legal sequences of at least one move.

    (i) j in H and q in R_j(s): q is reached, j is a last mover of q.
    (ii) q is reached, t in R_j(q), another than j is a last mover of q: t is reached, j is a last mover of t.
    """
    movers = tuple(movers)
    last_movers: dict[int, set[int]] = {}
    todo = [(q, j) for j in movers for q in step[j][start]]
    while todo:
        state, mover = todo.pop()
        if mover in last_movers.setdefault(state, set()):
            continue
        last_movers[state].add(mover)
        todo += [(t, j) for j in movers if j != mover for t in step[j][state]]
    return frozenset(last_movers)


def stable(view: View, concept: str) -> BoolArray:
    """Return whether each state is stable for each player.

    Parameters
    ----------
    view : View
    concept : str
        ``Nash``, ``GMR``, ``SMR``, ``SEQ`` or ``SSEQ``.

    Returns
    -------
    ndarray of bool, shape (n, m)
    """
    table = np.zeros((view.n, view.m), dtype=np.bool_)
    if concept not in (*BASIC, "SSEQ"):
        raise UsageError(
            f"“{concept}” is not a concept of this engine; use one of Nash, GMR, SMR, SEQ, SSEQ."
        )
    for i in range(view.n):
        table[i] = _stable_for(view, i, concept)
    return table


def _stable_for(view: View, i: int, concept: str) -> list[bool]:
    others = [j for j in range(view.n) if j != i]
    tempting, deterring, replies = view.improvements[i], view.deterring[i], view.moves[i]
    if concept == "Nash":
        return [not tempting[s] for s in range(view.m)]
    step = view.credible if concept in ("SEQ", "SSEQ") else view.moves
    reach = [legal_reach(q, others, step) for q in range(view.m)]
    answered = concept in ("SMR", "SSEQ")

    def sanctions(s: int, t: int) -> bool:
        return t in deterring[s] and (not answered or replies[t] <= deterring[s])

    return [all(any(sanctions(s, t) for t in reach[q]) for q in tempting[s]) for s in range(view.m)]


def solve_plain(game: Game, concepts: Sequence[str]) -> dict[str, BoolArray]:
    """Return the verdicts of the basic concepts and SSEQ by the definitions.

    Returns
    -------
    dict of str to ndarray of bool, shape (n, m)
    """
    view = view_of(game)
    return {concept: stable(view, concept) for concept in concepts}
