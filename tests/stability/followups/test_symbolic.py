"""The symbolic engine against the plain and the fast one, and at its limits."""

from __future__ import annotations

import random
from collections.abc import Sequence
from itertools import pairwise

import numpy as np
import pytest

from jirga.conflict.states import feasible
from jirga.conflict.types import Conflict, DecisionMaker, Direction, Option, Preference, Rule
from jirga.errors import TooLargeError, UsageError
from jirga.stability.build import to_game
from jirga.stability.door import solve
from jirga.stability.symbolic import solve_symbolic
from jirga.stability.symbolic_model import variable_order

CONCEPTS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")
FORMS = (
    "{a}",
    "not {a}",
    "{a} and {b}",
    "{a} or not {c}",
    "{a} if {b}",
    "{a} iff {b}",
    "{a} iff {b} and {c}",
)


def random_conflict(
    seed: int, options: int, rules: int, dms: int, statements: int, tied: tuple[int, ...] = (1, 1, 1, 2, 3)
) -> Conflict:
    rng = random.Random(seed)
    names = [f"o{k}" for k in range(options)]
    owner = {name: k if k < dms else rng.randrange(dms) for k, name in enumerate(names)}
    ways = [Direction.BOTH] * 5 + [Direction.TO_YES, Direction.TO_NO]

    def statement() -> str:
        a, b, c = rng.sample(names, 3)
        return rng.choice(FORMS).format(a=a, b=b, c=c)

    makers = tuple(
        DecisionMaker(
            f"d{i}",
            f"d{i}",
            tuple(Option(name, f"d{i}", name, rng.choice(ways)) for name in names if owner[name] == i),
            tuple(Preference(tuple(statement() for _ in range(rng.choice(tied)))) for _ in range(statements)),
        )
        for i in range(dms)
    )
    return Conflict(
        "random",
        makers,
        tuple(Rule("statement", (" and ".join(rng.sample(names, 3)),)) for _ in range(rules)),
    )


def tables(conflict: Conflict, engine: str) -> dict[str, np.ndarray]:
    return dict(solve(to_game(conflict), CONCEPTS, engine=engine).stable)  # type: ignore[arg-type]


@pytest.mark.parametrize("seed", range(25))
def test_agrees_with_the_plain_engine_on_every_state(seed: int) -> None:
    rng = random.Random(seed)
    conflict = random_conflict(
        seed, rng.randint(3, 6), rng.randint(0, 3), rng.randint(2, 3), rng.randint(0, 4)
    )
    space, wanted = feasible(conflict), tables(conflict, "plain")
    found = solve_symbolic(conflict, CONCEPTS)
    assert found.states == space.m
    for concept in CONCEPTS:
        for i, maker in enumerate(conflict.decision_makers):
            got = [found.holds(space.word(s), concept, maker.id) for s in range(space.m)]
            assert got == wanted[concept][i].tolist(), (concept, maker.id)
        held = {space.word(s) for s in np.flatnonzero(wanted[concept].all(axis=0))}
        assert set(found.some(concept, most=1000)) == held
        assert found.count(concept) == len(held)


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_the_fast_engine_on_thousands_of_states(seed: int) -> None:
    conflict = random_conflict(100 + seed, 13, 6, 4, 5)
    fast, found = tables(conflict, "fast"), solve_symbolic(conflict, CONCEPTS)
    for concept in CONCEPTS:
        assert found.count(concept) == fast[concept].all(axis=0).sum()
        for i, maker in enumerate(conflict.decision_makers):
            assert found.count(concept, dm=maker.id) == fast[concept][i].sum()


def test_counts_where_a_statement_is_true() -> None:
    conflict = random_conflict(3, 5, 1, 2, 3)
    found = solve_symbolic(conflict)
    assert found.count("GMR", "o0") + found.count("GMR", "not o0") == found.count("GMR")
    assert all(state[0] == "Y" for state in found.some("GMR", "o0"))
    assert found.to_json()["equilibria"]["GMR"]["count"] == str(found.count("GMR"))


@pytest.mark.parametrize("options", [40, 100])
def test_states_that_nobody_could_list(options: int) -> None:
    """Forty options and a hundred, 20 rules, four decision makers with six statements each."""
    conflict = random_conflict(1, options, 20, 4, 6, tied=(1,))
    found = solve_symbolic(conflict)
    assert found.states > 10**9
    assert found.count("Nash") <= found.count("SMR") <= found.count("GMR") <= found.states
    assert found.count("Nash") <= found.count("SEQ") <= found.count("GMR")
    assert all(found.holds(state, "SEQ") for state in found.some("SEQ", most=5))


def test_limits_are_said_and_not_hung_on() -> None:
    conflict = random_conflict(7, 40, 20, 4, 6)
    with pytest.raises(TooLargeError, match="nodes"):
        solve_symbolic(conflict, nodes_limit=3000)
    with pytest.raises(TooLargeError, match="time"):
        solve_symbolic(conflict, seconds=0.0)


def test_what_it_cannot_do_is_refused() -> None:
    conflict = random_conflict(1, 4, 0, 2, 2)
    with pytest.raises(UsageError, match="SIM"):
        solve_symbolic(conflict, ("SIM",))
    with pytest.raises(UsageError, match="graph"):
        solve_symbolic(Conflict("g", conflict.decision_makers, states=("a", "b")))
    with pytest.raises(UsageError, match="no decision maker"):
        solve_symbolic(conflict).count("Nash", dm="nobody")


@pytest.mark.parametrize("seed", range(5))
def test_options_named_together_come_closer(seed: int) -> None:
    """A chain of pairs in random numbering: its own order has span 19, and what is found is not far from it."""
    rng = random.Random(seed)
    names = rng.sample(range(20), 20)
    pairs = list(pairwise(names))
    order = variable_order(20, [1 << a | 1 << b for a, b in pairs])
    assert sorted(order) == list(range(20))

    def span(some: Sequence[int]) -> int:
        return sum(abs(some.index(a) - some.index(b)) for a, b in pairs)

    assert span(order) < span(range(20)) / 2
