"""How many strict rankings satisfy a condition.

Only the set of states preferred to s matters. A set of k out of the v states that the condition names
stands above s in ``k! (v - k)!`` of the ``(v + 1)!`` orders of these states and s, and the other states
may stand anywhere. So with ``f_k`` the number of such sets of size k that satisfy the condition, the share
of rankings is exactly ::

    sum over k of f_k k! (v - k)! / (v + 1)!

The ``f_k`` are the coefficients of a polynomial. Clauses without states in common are independent, so their
polynomials multiply; each is counted by listing all sets (few states) or on a binary decision diagram
(more). What is too large for both is sampled, and says so.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from jirga.errors import TooLargeError
from jirga.stability.bdd import Diagrams
from jirga.stability.conditions import Clause, Condition
from jirga.stability.how import How, Share

__all__ = ["RankingCount", "count_rankings"]

LISTED = 16  # states up to which all sets are listed: 65,536 at most
NODES_LIMIT = 200_000  # nodes of a diagram; beyond it, or beyond SECONDS, the count is sampled
SECONDS = 5.0
Polynomial = list[int]


@dataclass(frozen=True, slots=True)
class RankingCount:
    """How many of all strict rankings satisfy a condition.

    Attributes
    ----------
    total : int
        All strict rankings of the states: m!
    count : int or None
        Exactly how many satisfy it; None when sampled.
    share : Fraction or Share
        The same as a part of all: exact, or estimated with its interval.
    how : How
    """

    total: int
    count: int | None
    share: Fraction | Share
    how: How

    def to_json(self) -> dict[str, Any]:
        """Return the count as plain JSON values; whole numbers as text, for they may have many digits."""
        share = self.share.to_json() if isinstance(self.share, Share) else str(self.share)
        count = None if self.count is None else str(self.count)
        return {"total": str(self.total), "count": count, "share": share, "how": self.how.to_json()}


def count_rankings(
    condition: Condition, m: int, model_hash: str, *, samples: int = 20_000, seed: int = 0
) -> RankingCount:
    """Count the strict rankings of m states that satisfy a condition.

    Parameters
    ----------
    condition : Condition
    m : int
    model_hash : str
        Of the game that the condition is about.
    samples, seed : int
        Used only when an exact count is out of reach.
    """
    total = math.factorial(m)
    try:
        sets = _polynomial(condition)
    except TooLargeError:
        hits = _sampled(condition, samples, seed)
        how = How("ranking sample", model_hash, exact=False, samples=samples, seed=seed)
        return RankingCount(total, None, Share.of(hits, samples), how)
    v = len(sets) - 1
    good = sum(f * math.factorial(k) * math.factorial(v - k) for k, f in enumerate(sets))
    share = Fraction(good, math.factorial(v + 1))
    return RankingCount(total, int(total * share), share, How("ranking count", model_hash))


def _polynomial(condition: Condition) -> Polynomial:
    """Return f_0..f_v of the whole condition."""
    product = [1]
    for clauses in _independent(condition.clauses):
        product = _times(product, _part(clauses))
    return product


def _independent(clauses: tuple[Clause, ...]) -> list[list[Clause]]:
    """Return the clauses in groups that have no state in common."""
    groups: list[tuple[set[int], list[Clause]]] = []
    for clause in clauses:
        names, members = {clause.move}.union(*clause.sanctions), [clause]
        apart = []
        for other_names, other_members in groups:
            if names & other_names:
                names |= other_names
                members = other_members + members
            else:
                apart.append((other_names, other_members))
        groups = [*apart, (names, members)]
    return [members for _, members in groups]


def _part(clauses: list[Clause]) -> Polynomial:
    names = sorted(set().union(*({c.move}.union(*c.sanctions) for c in clauses)))
    if len(names) > LISTED:
        return _diagram_count(clauses, names)
    sets = np.arange(1 << len(names), dtype=np.uint32)
    above = {name: (sets >> k & 1).astype(np.bool_) for k, name in enumerate(names)}
    sizes = np.bitwise_count(sets[_satisfied(clauses, above)])
    return [int(f) for f in np.bincount(sizes, minlength=len(names) + 1)]


def _satisfied(clauses: list[Clause], above: dict[int, NDArray[np.bool_]]) -> NDArray[np.bool_]:
    """Return which rows satisfy all clauses, `above` telling per state in which rows it is preferred."""
    met = np.ones(next(iter(above.values())).shape, dtype=np.bool_)
    for clause in clauses:
        clause_met = ~above[clause.move]
        for group in clause.sanctions:
            clause_met = clause_met | ~np.logical_or.reduce([above[t] for t in sorted(group)])
        met &= clause_met
    return met


def _diagram_count(clauses: list[Clause], names: list[int]) -> Polynomial:
    """Count by size on a binary decision diagram of the clauses."""
    with Diagrams(range(len(names)), nodes_limit=NODES_LIMIT, seconds=SECONDS) as diagrams:
        var = {name: diagrams.var(k) for k, name in enumerate(names)}
        whole = diagrams.true
        for clause in clauses:
            met = ~var[clause.move]
            for group in clause.sanctions:
                some = diagrams.false
                for t in group:
                    some = some | var[t]
                met = met | ~some
            whole = whole & met
            diagrams.check()
        return diagrams.count_by_size(whole)


def _times(left: Polynomial, right: Polynomial) -> Polynomial:
    product = [0] * (len(left) + len(right) - 1)
    for k, a in enumerate(left):
        for j, b in enumerate(right):
            product[k + j] += a * b
    return product


def _sampled(condition: Condition, samples: int, seed: int) -> int:
    """Return how many of `samples` random rankings satisfy the condition."""
    rng = np.random.default_rng(seed)
    own = rng.random(samples)
    above = {state: rng.random(samples) > own for state in condition.states}
    return int(_satisfied(list(condition.clauses), above).sum())
