"""Preferences that are not known for some pairs of states: the sixteen stabilities in four forms.

Li, Hipel, Kilgour and Fang (2004), *Preference uncertainty in the graph model for conflict resolution*, IEEE
Transactions on SMC-C 34(4). The forms differ in whether an unknown pair tempts, and whether it deters:

====  ===============================  =========================
form  tempts                           deters
====  ===============================  =========================
a     preferred or unknown             not preferred
b     preferred                        not preferred
c     preferred or unknown             not preferred or unknown
d     preferred                        not preferred or unknown
====  ===============================  =========================

In all four an opponent of SEQ is ready for moves that are preferred or unknown to it.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from jirga.errors import UsageError
from jirga.stability.game import Game, IntArray
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

__all__ = ["FORMS", "unknown_from_orders", "unknown_from_pairs", "unknown_stability"]

FORMS = ("a", "b", "c", "d")
PLAIN_CONCEPTS = ("Nash", "GMR", "SMR", "SEQ")  # the sixteen definitions cover these


def unknown_from_pairs(m: int, pairs: tuple[tuple[int, int], ...]) -> BoolMatrix:
    """Return the relation "not known which is preferred" from unordered pairs of states (from 0)."""
    found = np.zeros((m, m), dtype=np.bool_)
    for a, b in pairs:
        if not (0 <= a < m and 0 <= b < m) or a == b:
            raise UsageError(f"The pair of states {a + 1} and {b + 1} cannot be unknown: use two of 1..{m}.")
        found[a, b] = found[b, a] = True
    return found


def unknown_from_orders(orders: tuple[IntArray, ...]) -> BoolMatrix:
    """Return the pairs on which several possible rank vectors of one decision maker differ."""
    signs = [np.sign(ranks[None, :].astype(np.int64) - ranks[:, None]) for ranks in orders]
    found: BoolMatrix = np.logical_or.reduce([sign != signs[0] for sign in signs])
    return found


def unknown_stability(
    game: Game, unknown: tuple[BoolMatrix | None, ...], forms: tuple[str, ...] = FORMS
) -> Mapping[str, RelationalStability]:
    """Return the stable states in each form.

    Parameters
    ----------
    game : Game
        Where a pair is unknown its ranks are not looked at.
    unknown : tuple of (ndarray of bool, shape (m, m)) or None
        Per decision maker; symmetric, false on the diagonal. None: everything is known.
    forms : tuple of str
        Some of ``a``, ``b``, ``c``, ``d``.
    """
    require_pairs(game)
    hidden = tuple(np.zeros((game.m, game.m), dtype=np.bool_) if u is None else u for u in unknown)
    if len(hidden) != game.n or any(u.shape != (game.m, game.m) or (u != u.T).any() for u in hidden):
        raise UsageError(f"Unknown pairs: give one symmetric {game.m} x {game.m} matrix per decision maker.")
    moves = tuple(move_matrix(game, i) for i in range(game.n))
    known = tuple(better(game.ranks[i]) & ~hidden[i] for i in range(game.n))
    wide = tuple(known[i] | hidden[i] for i in range(game.n))
    how = How("relations", game_hash(game))
    found = {}
    for form in forms:
        if form not in FORMS:
            raise UsageError(f"There is no form {form!r} of unknown preference: use a, b, c or d.")
        tempts = wide if form in "ac" else known
        deters = tuple(~k for k in known) if form in "cd" else tuple(~w for w in wide)
        found[form] = settle(game.dms, Relations(moves, tempts, deters, wide), how, PLAIN_CONCEPTS)
    return found
