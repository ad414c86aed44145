"""Preferences by probability: who decides may be any of several people with views of their own.

After Rêgo and dos Santos (2015), *Probabilistic preferences in the graph model for conflict resolution*, IEEE
Transactions on SMC: Systems 45(4). A move improves when it is preferred with probability above 1 - alpha;
a state deters when it is preferred with probability at most 1 - beta; opponents improve above 1 - gamma.
"""

from __future__ import annotations

from dataclasses import dataclass

from numpy.typing import ArrayLike

from jirga.errors import UsageError
from jirga.stability.fuzzy import degree_matrix
from jirga.stability.game import Game
from jirga.stability.how import How, game_hash
from jirga.stability.relations import (
    RelationalStability,
    Relations,
    better,
    move_matrix,
    require_pairs,
    settle,
)

__all__ = ["Levels", "probabilistic_stability"]


@dataclass(frozen=True, slots=True)
class Levels:
    """The three probabilities, each above 0 and at most 1.

    Attributes
    ----------
    alpha : float
        How little it takes to be tempted (1: any chance of better tempts).
    beta : float
        How little it takes not to be deterred.
    gamma : float
        The same as alpha, for opponents in SEQ and SSEQ.
    """

    alpha: float = 0.5
    beta: float = 0.5
    gamma: float = 0.5


def probabilistic_stability(
    game: Game, probabilities: tuple[ArrayLike | None, ...], levels: Levels = Levels()
) -> RelationalStability:
    """Return alpha-Nash, (alpha, beta)-GMR and -SMR, (alpha, beta, gamma)-SEQ and -SSEQ by plain name.

    Parameters
    ----------
    game : Game
    probabilities : tuple of array_like of float, shape (m, m), or None
        ``[a, b]``: the probability that a is strictly preferred to b; ``[a, b] + [b, a]`` is at most 1.
        None: the ranking of the game.
    levels : Levels
    """
    require_pairs(game)
    for name in ("alpha", "beta", "gamma"):
        if not 0 < getattr(levels, name) <= 1:
            raise UsageError(f"{name} is {getattr(levels, name):g}; it has to be above 0 and at most 1.")
    if len(probabilities) != game.n:
        raise UsageError("Give a matrix of probabilities (or None) for each decision maker.")
    chances = []  # [s, q]: how probable it is that q is preferred to s
    for i, dm in enumerate(game.dms):
        given = probabilities[i]
        chances.append(
            better(game.ranks[i]) * 1.0 if given is None else degree_matrix(given, game.m, dm, ties=True).T
        )
    relations = Relations(
        tuple(move_matrix(game, i) for i in range(game.n)),
        tuple(chance > 1 - levels.alpha for chance in chances),
        tuple(chance <= 1 - levels.beta for chance in chances),
        tuple(chance > 1 - levels.gamma for chance in chances),
    )
    return settle(game.dms, relations, How("relations", game_hash(game)))
