"""The nearest rankings, of one decision maker or of several together, under which a state is an equilibrium.

The distance of two rankings is the number of pairs of states that they order differently (better, equal or
worse): for rankings without ties the least number of adjacent swaps, Kendall's distance.

Under SEQ and SSEQ the decision makers cannot be taken one by one, since what deters one is what the others
want. The search is an implicit hitting set (logic-based Benders): a 0-1 program (CP-SAT) proposes the
cheapest rankings that satisfy all comparisons learnt so far; if the state does not hold under them, the
reasons (`jirga.stability.profile_reach`) name comparisons of which one has to change in every solution, and
become a new constraint. The first proposal that holds is a nearest one, and before that the cost of each
proposal is a proven lower bound. That a ranking is transitive is learnt in the same way.
"""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

from jirga.stability.game import IntArray
from jirga.stability.profile_reach import Comparison, Profile
from jirga.stability.values import Field, needed

if TYPE_CHECKING:
    from ortools.sat.python import cp_model

__all__ = ["MOST_STATES", "ProfileChange", "nearest_profile", "pair_distance"]

MOST_STATES = 64  # a pair of states is a variable: 2,016 for each decision maker
TRIPLES = 400  # of a ranking that is not transitive, the triples learnt at a time
Ranks = tuple[IntArray, ...]


@dataclass(frozen=True, eq=False)
class ProfileChange:
    """What the search found.

    Attributes
    ----------
    ranks : tuple of ndarray of int32 or None
        The nearest rankings found; None when there are none, or none was found in time.
    pairs : int or None
        Their distance.
    at_least : int
        No rankings nearer than this do it (proved).
    finished : bool
        Whether the search came to its end; then `pairs` equals `at_least`, or nothing does it.
    rounds : int
        Proposals looked at.
    """

    ranks: Ranks | None
    pairs: int | None
    at_least: int
    finished: bool
    rounds: int


def pair_distance(before: IntArray, after: IntArray) -> int:
    """Return how many pairs of states two rankings order differently."""
    was = np.sign(np.subtract.outer(before.astype(np.int64), before))
    now = np.sign(np.subtract.outer(after.astype(np.int64), after))
    return int((was != now).sum()) // 2


def nearest_profile(
    field: Field,
    ranks: Ranks,
    wanted: Sequence[int],
    concept: str,
    *,
    avoid: bool = False,
    movers: Sequence[int] | None = None,
    below: int | None = None,
    limit_s: float = 2.0,
) -> ProfileChange:
    """Return the nearest rankings under which one of the wanted states is an equilibrium (or none of them is).

    Parameters
    ----------
    field : Field
        At most `MOST_STATES` states.
    ranks : tuple of ndarray of int32, shape (m,)
        As they are.
    wanted : sequence of int
    concept : str
        Nash, GMR, SMR, SEQ or SSEQ.
    avoid : bool
        Whether none of the states may be an equilibrium.
    movers : sequence of int or None
        Decision makers whose ranking may change; all when None.
    below : int or None
        Stop once it is proved that nothing is nearer than this.
    limit_s : float
        Seconds after which the search stops, with the bound it has.
    """
    search = _Search(field, ranks, tuple(wanted), concept, avoid, _everybody(movers, len(ranks)))
    return search.run(time.monotonic() + limit_s, below)


def _everybody(movers: Sequence[int] | None, n: int) -> tuple[int, ...]:
    return tuple(range(n)) if movers is None else tuple(movers)


class _Search:
    """The program of what has been learnt, and the loop that learns."""

    def __init__(
        self,
        field: Field,
        ranks: Ranks,
        wanted: tuple[int, ...],
        concept: str,
        avoid: bool,
        movers: tuple[int, ...],
    ) -> None:
        from ortools.sat.python import cp_model  # slow to import, and only this search needs it

        self.field, self.ranks, self.wanted, self.concept, self.avoid = field, ranks, wanted, concept, avoid
        self.movers = movers
        self.cp = cp_model
        self.model = cp_model.CpModel()
        self.as_good: dict[tuple[int, int, int], cp_model.IntVar] = {}
        self.cost: list[cp_model.LinearExprT] = []
        self.chosen = {} if avoid else {s: self.model.new_bool_var(f"w{s}") for s in wanted}
        if self.chosen:
            self.model.add_exactly_one(list(self.chosen.values()))
        self.triples: set[tuple[int, int, int, int]] = set()

    def run(self, end: float, below: int | None) -> ProfileChange:
        """Propose, check and learn until a proposal holds."""
        bound, rounds = 0, 0
        while (left := end - time.monotonic()) > 0:
            if below is not None and bound >= below:
                return ProfileChange(None, None, bound, True, rounds)
            rounds += 1
            self.model.minimize(sum(self.cost))
            solver = self.cp.CpSolver()
            solver.parameters.max_time_in_seconds = left
            solver.parameters.num_workers = 1
            solver.parameters.random_seed = 0
            status = solver.solve(self.model)
            if status == self.cp.INFEASIBLE:
                return ProfileChange(None, None, bound, True, rounds)
            if status != self.cp.OPTIMAL:
                break
            bound = max(bound, round(solver.objective_value))
            relations = self._proposal(solver)
            broken = [
                self._learn_order(i, relation) for i, relation in relations.items()
            ]  # all of them learn
            if any(broken):
                continue
            ranks = self._ranks(relations)
            learnt = self._learn_reasons(ranks, [s for s, var in self.chosen.items() if solver.value(var)])
            if not learnt:
                return ProfileChange(ranks, bound, bound, True, rounds)
        return ProfileChange(None, None, bound, False, rounds)

    def _proposal(self, solver: cp_model.CpSolver) -> dict[int, NDArray[np.bool_]]:
        """Return per changed decision maker ``[a, b]``: a is at least as good as b."""
        out: dict[int, NDArray[np.bool_]] = {}
        for (i, a, b), var in self.as_good.items():
            if i not in out:
                out[i] = self.ranks[i][:, None] >= self.ranks[i][None, :]
            out[i][a, b] = bool(solver.value(var))
        return out

    def _ranks(self, relations: dict[int, NDArray[np.bool_]]) -> Ranks:
        after = list(self.ranks)
        for i, relation in relations.items():
            after[i] = np.unique(relation.sum(axis=1), return_inverse=True)[1].astype(np.int32)
        return tuple(after)

    def _learn_order(self, dm: int, relation: NDArray[np.bool_]) -> bool:
        """Ask for transitivity where a proposal lacks it; return whether it did."""
        whole = relation.astype(np.float32)
        broken = np.argwhere((whole @ whole > 0) & ~relation)
        learnt = 0
        for a, c in broken.tolist():
            for b in np.flatnonzero(relation[a] & relation[:, c]).tolist():
                learnt += self._transitive(dm, a, b, c)
                if learnt >= TRIPLES:
                    return True
        return bool(broken.size)

    def _transitive(self, dm: int, a: int, b: int, c: int) -> int:
        """Ask that a ≥ b and b ≥ c give a ≥ c; return 1 when this is new."""
        if (dm, a, b, c) in self.triples or len({a, b, c}) < 3:
            return 0
        self.triples.add((dm, a, b, c))
        left, right, whole = (self._var(dm, x, y) for x, y in ((a, b), (b, c), (a, c)))
        self.model.add_bool_or([left.negated(), right.negated(), whole])
        return 1

    def _var(self, dm: int, a: int, b: int) -> cp_model.IntVar:
        """Return the variable "a is at least as good as b", made with its opposite when it is new."""
        if (dm, a, b) not in self.as_good:
            one = self.as_good[dm, a, b] = self.model.new_bool_var(f"g{dm},{a},{b}")
            two = self.as_good[dm, b, a] = self.model.new_bool_var(f"g{dm},{b},{a}")
            self.model.add_bool_or([one, two])
            high, low = (one, two) if self.ranks[dm][a] >= self.ranks[dm][b] else (two, one)
            if self.ranks[dm][a] == self.ranks[dm][b]:
                self.cost += [1 - high, 1 - low]
            else:
                self.cost.append(low)
        return self.as_good[dm, a, b]

    def _learn_reasons(self, ranks: Ranks, chosen: list[int]) -> bool:
        """Learn why a proposal fails; return whether it does."""
        profile = Profile(self.field, ranks, self.concept)
        everybody = range(len(ranks))
        if not self.avoid:
            faults = [(s, fault) for s in chosen for i in everybody for fault in profile.faults(i, s)]
            for state, fault in faults:
                self._clause(fault, [self.chosen[state].negated()])
            return bool(faults)
        held = np.ones(ranks[0].shape[0], dtype=np.bool_)
        for i in everybody:
            held &= ranks[i] >= needed(self.field, ranks, i, self.concept)
        standing = [s for s in self.wanted if held[s]]
        for state in standing:
            self._clause([one for i in everybody for one in profile.supports(i, state)], [])
        return bool(standing)

    def _clause(self, asked: Sequence[Comparison], literals: list[cp_model.LiteralT]) -> None:
        """Ask that one of the comparisons changes."""
        for dm, a, b, wanted in asked:
            if dm in self.movers:
                fresh = (dm, a, b) not in self.as_good
                var = self._var(dm, a, b)
                literals.append(var if wanted else var.negated())
                if fresh:
                    self._between(dm, a, b)
        self.model.add_bool_or(literals)

    def _between(self, dm: int, a: int, b: int) -> None:
        """Learn at once what a change of this pair means for all states that stand between its two."""
        rank = self.ranks[dm]
        low, high = sorted((int(rank[a]), int(rank[b])))
        for x in np.flatnonzero((rank >= low) & (rank <= high)).tolist():
            for triple in ((a, x, b), (b, x, a)):
                self._transitive(dm, *triple)
