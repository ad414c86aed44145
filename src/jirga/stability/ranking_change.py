"""The nearest ranking under which a state becomes stable, or stops being so, for one decision maker.

Distance is the number of pairs of states that two rankings order differently (better, equal or worse): for
rankings without ties the least number of adjacent swaps (Kendall's distance).

1. Find the lowest level at which the condition holds when all states above it, and no others, are preferred.
2. Lift the state to that level.

Nothing is nearer. In every ranking that satisfies the condition, some state t of that level or above does
not stand above s any more, because the condition only gains when fewer states are preferred. And every
state x from the level of s to that of t has then changed its order to s or to t, or the order of s and t
would still follow from it. Making a state unstable is the same upside down: it goes just below the highest
level at which the condition fails.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from jirga.stability.conditions import Condition
from jirga.stability.game import IntArray

__all__ = ["RankingChange", "nearest_ranking"]


@dataclass(frozen=True, slots=True)
class RankingChange:
    """The smallest change of one ranking.

    Attributes
    ----------
    dm, state : int
    swaps : int
        Pairs of states that are ordered differently; 0 when nothing has to change.
    passed : tuple of int
        States that are no longer preferred to the state (or, to make it unstable, that become preferred to
        it).
    """

    dm: int
    state: int
    swaps: int
    passed: tuple[int, ...]

    def to_json(self) -> dict[str, Any]:
        """Return the change as plain JSON values, states numbered from 1."""
        return {"state": self.state + 1, "swaps": self.swaps, "passed": [state + 1 for state in self.passed]}


def nearest_ranking(condition: Condition, ranks: IntArray, *, stable: bool = True) -> RankingChange | None:
    """Return the smallest change of a ranking that makes the condition true (or false).

    Parameters
    ----------
    condition : Condition
    ranks : ndarray of int32, shape (m,)
        The decision maker's, as they are.
    stable : bool
        Whether the condition should hold.

    Returns
    -------
    RankingChange or None
        None when no ranking does it (only for ``stable=False``: the state is stable under every ranking).
    """
    state, here = condition.state, int(ranks[condition.state])

    def above(level: int) -> set[int]:
        return set(np.flatnonzero(ranks > level).tolist()) - {state}

    if condition.holds(above(here)) == stable:
        return RankingChange(condition.dm, state, 0, ())
    if stable:
        level = next(one for one in range(here + 1, int(ranks.max()) + 1) if condition.holds(above(one)))
        moved, passed = (ranks >= here) & (ranks <= level), (ranks > here) & (ranks <= level)
    else:
        levels = [one for one in range(here, -1, -1) if not condition.holds(above(one - 1))]
        if not levels:
            return None
        level = levels[0]
        moved = passed = (ranks >= level) & (ranks <= here)
    names = tuple(int(s) for s in np.flatnonzero(passed) if s != state)
    return RankingChange(condition.dm, state, int(moved.sum()) - 1, names)
