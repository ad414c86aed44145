"""Strong and weak preference: which stable states are stable because a sanction would hurt badly.

Hamouda, Kilgour and Hipel (2004, 2006), *Strength of preference in the graph model*. A state is strongly
stable when every improvement is answered by a state that is strongly worse; weakly stable when it is
stable and not strongly. An improvement of either degree tempts. Nash has no such split.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jirga.errors import UsageError
from jirga.stability.game import Game
from jirga.stability.how import How, game_hash
from jirga.stability.relations import (
    BoolMatrix,
    RelationalStability,
    Relations,
    better,
    move_matrix,
    require_pairs,
    settle,
)

__all__ = ["StrengthStability", "strength_stability", "strong_by_gap"]

SANCTIONED = ("GMR", "SMR", "SEQ", "SSEQ")


@dataclass(frozen=True, eq=False)
class StrengthStability:
    """General and strong stability; what is stable and not strongly so is weakly stable.

    Attributes
    ----------
    general : RelationalStability
        Under Nash, GMR, SMR, SEQ and SSEQ, degrees not looked at.
    strong : RelationalStability
        Under GMR, SMR, SEQ and SSEQ with strong sanctions.
    """

    general: RelationalStability
    strong: RelationalStability

    def weakly(self, concept: str) -> BoolMatrix:
        """Return ``[dm, state]``: stable and not strongly stable."""
        return self.general.stable[concept] & ~self.strong.stable[concept]

    def to_json(self) -> dict[str, Any]:
        """Return both as plain JSON values, states numbered from 1."""
        return {"general": self.general.to_json(), "strong": self.strong.to_json()}


def strong_by_gap(values: Sequence[int], gap: int) -> BoolMatrix:
    """Return ``[s, q]``: q is strongly preferred to s, its value being higher by `gap` or more.

    Parameters
    ----------
    values : sequence of int, length m
        Ranks, or scores of statements (integers of any length).
    gap : int
        At least 1.
    """
    if gap < 1:
        raise UsageError(
            f"A strength of {gap} makes no sense: the gap from which a preference is strong is 1 or more."
        )
    wide = np.array(list(values), dtype=object)
    found: BoolMatrix = (wide[None, :] - wide[:, None] >= gap).astype(np.bool_)
    return found


def strength_stability(game: Game, strong: tuple[BoolMatrix | None, ...]) -> StrengthStability:
    """Return general and strong stability.

    Parameters
    ----------
    game : Game
    strong : tuple of (ndarray of bool, shape (m, m)) or None
        ``[s, q]``: q is strongly preferred to s (see `strong_by_gap`); must be a part of the strict
        preference. None: nothing is strongly preferred.
    """
    require_pairs(game)
    m = game.m
    far = tuple(np.zeros((m, m), dtype=np.bool_) if part is None else part for part in strong)
    higher = tuple(better(ranks) for ranks in game.ranks)
    if len(far) != game.n or any((part & ~up).any() for part, up in zip(far, higher, strict=True)):
        raise UsageError(
            "Strong preference has to be a part of strict preference, one matrix per decision maker."
        )
    moves = tuple(move_matrix(game, i) for i in range(game.n))
    how = How("relations", game_hash(game))
    general = settle(game.dms, Relations(moves, higher, tuple(~up for up in higher), higher), how)
    # t deters strongly when s is strongly preferred to t: the transpose of "q is strongly preferred to s".
    hurts = Relations(moves, higher, tuple(part.T for part in far), higher)
    return StrengthStability(general, settle(game.dms, hurts, how, SANCTIONED))
