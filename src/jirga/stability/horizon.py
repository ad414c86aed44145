"""Stability with a chosen horizon: limited moves for two decision makers, and metarational trees.

Limited-move stability L_h (Kilgour 1985; Fang, Hipel and Kilgour 1993): both look h moves ahead and take
turns; each moves on only to gain, and stays when it is indifferent. Non-myopic stability (NM) holds when it
holds for every horizon from some length on. Caveats of the literature: the state that is anticipated need
not be unique when moves are equally good (``ambiguous`` tells where; the lowest-numbered move is followed),
verdicts may go on changing with h for long, and for three or more decision makers the definitions in use
differ, so none is offered.

Metarational stability MR_h (after Zeng, Fang, Hipel and Kilgour 2006, DAM 154:2430-2443), read as a game: i
moves to an improvement, the others answer by any legal sequence, i answers by any move, and so on, h rounds
of movers in all; who is to move may also stop. s is unstable for i when i can make sure to end above s.
MR_1 is Nash, MR_2 is GMR, MR_3 is SMR.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from jirga.errors import TooLargeError, UsageError
from jirga.stability.game import Game, IntArray
from jirga.stability.types import BoolArray

__all__ = ["LimitedMove", "limited_move", "metarational", "non_myopic"]

LONGEST = 5000  # horizons tried for NM before giving up; anticipations seldom need more than a few dozen
MOST_TREE_STATES = 20_000  # the tree is worked out anew for each state


@dataclass(frozen=True, eq=False)
class LimitedMove:
    """What two decision makers expect when both look h moves ahead.

    Attributes
    ----------
    horizon : int
    anticipated : ndarray of int32, shape (2, m)
        Where it ends when the decision maker is to move from the state.
    ambiguous : ndarray of bool, shape (2, m)
        Whether equally good moves on the way end in different states.
    """

    horizon: int
    anticipated: IntArray
    ambiguous: BoolArray

    @property
    def stable(self) -> BoolArray:
        """Whether the decision maker stays; shape (2, m)."""
        here = np.arange(self.anticipated.shape[1], dtype=np.int32)
        stays: BoolArray = self.anticipated == here
        return stays


def limited_move(game: Game, horizon: int) -> LimitedMove:
    """Return what is anticipated with a horizon of h moves.

    G_0(i, s) = s. With q* the move of i from s that makes rank_i(G_{h-1}(j, q)) highest, G_h(i, s) = s when
    there is no move or when this is no gain over s, and G_{h-1}(j, q*) else.

    Raises
    ------
    UsageError
        Not two decision makers, or a horizon below 1.
    """
    if game.n != 2:
        raise UsageError(
            f"Limited-move stability is defined here for two decision makers; this model has {game.n}. "
            "MR_h is defined for any number."
        )
    if horizon < 1:
        raise UsageError(f"A horizon of {horizon} makes no sense; use 1 or more.")
    found = _start(game)
    edges = (game.edges(0), game.edges(1))
    for _ in range(horizon):
        found = _one_further(game, edges, found)
    return found


def _start(game: Game) -> LimitedMove:
    here = np.tile(np.arange(game.m, dtype=np.int32), (2, 1))
    return LimitedMove(0, here, np.zeros((2, game.m), dtype=np.bool_))


def _one_further(
    game: Game, edges: tuple[tuple[IntArray, IntArray], ...], before: LimitedMove
) -> LimitedMove:
    """Return G_{h+1} from G_h."""
    anticipated, ambiguous = before.anticipated.copy(), before.ambiguous.copy()
    here = np.arange(game.m, dtype=np.int32)
    for i, (indptr, indices) in enumerate(edges):
        rank, ends = game.ranks[i], before.anticipated[1 - i][indices]
        source = np.repeat(here, np.diff(indptr))
        best = np.full(game.m, -1, dtype=np.int32)
        np.maximum.at(best, source, rank[ends])
        moving = best > rank
        tied = (rank[ends] == best[source]) & moving[source]
        first = np.full(game.m, indices.size, dtype=np.int64)
        np.minimum.at(first, source[tied], np.flatnonzero(tied))
        anticipated[i], ambiguous[i] = here, False
        chosen = first[moving]
        anticipated[i][moving] = ends[chosen]
        differs = np.zeros(game.m, dtype=np.bool_)
        differs[source[tied & (ends != anticipated[i][source])]] = True
        np.logical_or.at(differs, source[tied], before.ambiguous[1 - i][indices[tied]])
        ambiguous[i] = differs
    return LimitedMove(before.horizon + 1, anticipated, ambiguous)


def non_myopic(game: Game) -> BoolArray:
    """Return whether each state is stable for every horizon from some length on; exact.

    What is anticipated with horizon h + 1 depends only on horizon h, so the sequence runs into a cycle; a
    state is non-myopically stable when its mover stays all around the cycle.

    Returns
    -------
    ndarray of bool, shape (2, m)

    Raises
    ------
    UsageError
        Not two decision makers.
    TooLargeError
        No cycle has shown up within 5000 horizons.
    """
    now = limited_move(game, 1)
    edges = (game.edges(0), game.edges(1))
    seen: dict[bytes, int] = {}
    history: list[BoolArray] = []
    while len(history) < LONGEST:
        mark = now.anticipated.tobytes()
        if mark in seen:
            around: BoolArray = np.logical_and.reduce(history[seen[mark] :])
            return around
        seen[mark] = len(history)
        history.append(now.stable)
        now = _one_further(game, edges, now)
    raise TooLargeError(f"Anticipations still change after {LONGEST} moves; ask for L with a horizon (L8).")


def metarational(game: Game, horizon: int) -> BoolArray:
    """Return whether each state is MR_h-stable for each decision maker.

    With B the states above s for i: F_0 = O_0 = B; F_k = B or a move into O_{k-1} (i is to move and may
    stop); O_k = B and all that the others reach lies in F_{k-1} (they are to move and may stop). s is
    unstable when an improvement of i lies in O_{h-1}.

    Returns
    -------
    ndarray of bool, shape (n, m)

    Raises
    ------
    UsageError
        A horizon below 1.
    TooLargeError
        More than 20,000 states.
    """
    if horizon < 1:
        raise UsageError(f"A horizon of {horizon} makes no sense; use 1 or more.")
    if game.m > MOST_TREE_STATES:
        raise TooLargeError(
            f"MR_h goes through a tree for each state, and the model has {game.m}; the limit is "
            f"{MOST_TREE_STATES}. MR_1, MR_2 and MR_3 are Nash, GMR and SMR: ask for those."
        )
    from jirga.stability.coalition import move_words, reach_words

    moves = move_words(game)
    found = np.zeros((game.n, game.m), dtype=np.bool_)
    for i, rank in enumerate(game.ranks):
        reach = reach_words(moves, [j for j in range(game.n) if j != i])
        for level in np.unique(rank):
            above = sum(1 << int(q) for q in np.flatnonzero(rank > level))
            safe = _safe_for(moves[i], reach, above, horizon)
            for s in np.flatnonzero(rank == level):
                found[i, s] = not moves[i][s] & above & safe
    return found


def _safe_for(moves: list[int], reach: list[int], above: int, horizon: int) -> int:
    """Return O_{h-1}: states in which the others are to move and i still ends above, whatever they do."""
    ours = others = above
    for _ in range(horizon - 1):
        ours, others = (
            above | sum(1 << s for s, targets in enumerate(moves) if targets & others),
            above & sum(1 << s for s, targets in enumerate(reach) if not targets & ~ours),
        )
    return others
