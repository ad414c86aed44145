"""The nearest ranking under which a state becomes stable, or stops being so, for one decision maker.

Distance is the number of pairs of states whose strict order is given up: for strict rankings the least
number of adjacent swaps (Kendall's distance). Lifting the state to the lowest level at which its condition
holds is best, but for the states of that level itself: to put a state x that stands above s no longer
above it, every state between them has to be passed by one of the two, and lifting s past a state never
harms. Of the level itself as few states as possible are passed, which is a smallest hitting set: trivial
without ties, else a 0-1 program (CP-SAT). The same upside down for a state that should stop being stable.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

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
        Pairs of states whose strict order is given up; 0 when nothing has to change.
    passed : tuple of int
        States that are no longer preferred to the state (or, to make it unstable, that become preferred to
        it).
    exact : bool
        Whether no ranking is nearer (False when the 0-1 program ran out of time).
    """

    dm: int
    state: int
    swaps: int
    passed: tuple[int, ...]
    exact: bool = True

    def to_json(self) -> dict[str, Any]:
        """Return the change as plain JSON values, states numbered from 1."""
        return {
            "state": self.state + 1,
            "swaps": self.swaps,
            "passed": [state + 1 for state in self.passed],
            "exact": self.exact,
        }


def nearest_ranking(
    condition: Condition, ranks: IntArray, *, stable: bool = True, limit_s: float = 2.0
) -> RankingChange | None:
    """Return the smallest change of a ranking that makes the condition true (or false).

    Parameters
    ----------
    condition : Condition
    ranks : ndarray of int32, shape (m,)
        The decision maker's, as they are.
    stable : bool
        Whether the condition should hold.
    limit_s : float
        Seconds for the 0-1 program among tied states.

    Returns
    -------
    RankingChange or None
        None when no ranking does it (only for ``stable=False``: the state is stable under every ranking).
    """
    here = int(ranks[condition.state])
    above = set(np.flatnonzero(ranks > here).tolist())
    if condition.holds(above) == stable:
        return RankingChange(condition.dm, condition.state, 0, ())
    levels = (
        sorted(set(ranks[ranks > here].tolist())) if stable else sorted({int(r) for r in ranks if r <= here})
    )
    for level in levels if stable else reversed(levels):
        between = (ranks > here) & (ranks < level) if stable else (ranks <= here) & (ranks > level)
        full = _others(between, condition.state)
        tied = _others(ranks == level, condition.state)
        below = above - full - tied if stable else above | full | tied
        if condition.holds(below) == stable:
            picked, exact = _fewest(condition, above ^ full, tied, stable, limit_s)
            passed = tuple(sorted(full | picked))
            return RankingChange(condition.dm, condition.state, len(passed), passed, exact)
    return None


def _others(chosen: NDArray[np.bool_], state: int) -> set[int]:
    return set(np.flatnonzero(chosen).tolist()) - {state}


def _fewest(
    condition: Condition, above: set[int], tied: set[int], stable: bool, limit_s: float
) -> tuple[set[int], bool]:
    """Return the fewest of the tied states that have to change sides, and whether that is proved."""
    named = tied & set(condition.states)
    for some in [set(), *({state} for state in sorted(named))]:
        if condition.holds(above ^ some) == stable:
            return some, True
    if len(named) == 2:
        return set(named), True
    return _hitting_set(condition, above, sorted(named), stable, limit_s)


def _hitting_set(
    condition: Condition, above: set[int], named: Sequence[int], stable: bool, limit_s: float
) -> tuple[set[int], bool]:
    """Solve the choice among tied states as a 0-1 program: `up[t]` is "t is preferred to the state"."""
    from ortools.sat.python import cp_model  # slow to import, and only ties of three states or more need it

    model = cp_model.CpModel()
    up = {t: model.new_bool_var(f"up{t}") for t in named}
    for t in condition.states:
        if t not in up:
            up[t] = model.new_constant(int(t in above))
    violated = []
    for clause in condition.clauses:
        unsanctioned = []
        for at, group in enumerate(clause.sanctions):
            some = model.new_bool_var(f"some{clause.move},{at}")
            model.add_max_equality(some, [up[t] for t in sorted(group)])
            unsanctioned.append(some)
        bad = model.new_bool_var(f"bad{clause.move}")
        model.add_min_equality(bad, [up[clause.move], *unsanctioned])
        violated.append(bad)
    if stable:
        model.add(sum(violated) == 0)
    else:
        model.add_bool_or(violated)
    model.minimize(sum(1 - up[t] if t in above else up[t] for t in named))
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = limit_s
    solver.parameters.num_workers = 1
    status = solver.solve(model)
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return set(named), False
    return {t for t in named if bool(solver.value(up[t])) != (t in above)}, status == cp_model.OPTIMAL
