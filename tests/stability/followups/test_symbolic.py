"""The symbolic engine against the plain and the fast one, and at its limits."""

from __future__ import annotations

import random
import time
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from tests.strategies import games, random_game

from jirga.conflict.classics import classic, classic_names
from jirga.conflict.states import feasible
from jirga.conflict.types import Conflict, DecisionMaker, Direction, Option, Preference, Rule
from jirga.errors import TooLargeError, UsageError
from jirga.stability.analysis import Analysis, Model, analyse
from jirga.stability.build import to_game
from jirga.stability.door import solve
from jirga.stability.game import Game
from jirga.stability.symbolic import SymbolicStability, solve_symbolic
from jirga.stability.symbolic_order import variable_order

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


ALL = (*CONCEPTS, "SIM", "SEQ+SIM", "MR2", "MR4")
LISTED = (*CONCEPTS, "MR1", "MR3", "MR4")


def differing(
    found: SymbolicStability, conflict: Conflict, concepts: Sequence[str], engine: str
) -> list[str]:
    """Return which verdicts of a symbolic result another engine gives otherwise."""
    space = feasible(conflict)
    wanted = solve(to_game(conflict, space), concepts, engine=engine).stable  # type: ignore[arg-type]
    assert found.states == space.m
    return [
        f"{concept} of {maker.id}"
        for concept in concepts
        for i, maker in enumerate(conflict.decision_makers)
        if not np.array_equal(found.table(space.codes, concept, maker.id), wanted[concept][i])
    ]


def with_other_preferences(conflict: Conflict, seed: int) -> Conflict:
    """Return the conflict with weights for one decision maker and a ranking of states for another."""
    rng, space = random.Random(seed), feasible(conflict)
    words = [space.word(s) for s in range(space.m)]
    rng.shuffle(words)
    cuts = sorted(rng.sample(range(space.m + 1), min(4, space.m)))
    tiers = [tuple(words[a:b]) for a, b in pairwise([0, *cuts, space.m]) if b > a]
    weights = {name.id: rng.choice([-3, -0.5, 0, 1, 2.25]) for name in conflict.options}
    weights["not o0"] = 1.5
    first, second, *rest = conflict.decision_makers
    return replace(
        conflict,
        decision_makers=(
            replace(first, preferences=(), weights=weights),
            replace(second, preferences=(), ranking=tuple(tiers)),
            *rest,
        ),
    )


@pytest.mark.parametrize("seed", range(12))
def test_agrees_with_the_plain_engine_on_every_state(seed: int) -> None:
    """Statements, statements in groups, weights and rankings; irreversible options and rules."""
    rng = random.Random(seed)
    conflict = random_conflict(
        seed, rng.randint(3, 6), rng.randint(0, 3), rng.randint(2, 3), rng.randint(0, 4)
    )
    if seed % 2:
        conflict = with_other_preferences(conflict, seed)
    found = solve_symbolic(conflict, ALL)
    assert differing(found, conflict, ALL, "plain") == []
    space = feasible(conflict)
    for concept in CONCEPTS:
        held = {space.word(int(s)) for s in np.flatnonzero(found.table(space.codes, concept))}
        assert set(found.some(concept, most=1000)) == held
        assert found.count(concept) == len(held)
        patterns = found.patterns(concept, most=1000)
        assert sum(1 for word in held for p in patterns if fits(word, p)) == len(held)
        assert all(found.holds(word, concept) for word in held)


def fits(word: str, pattern: str) -> bool:
    return all(sign in ("-", letter) for letter, sign in zip(word, pattern, strict=True))


@settings(max_examples=25, deadline=None)
@given(games(max_dms=4))
def test_agrees_with_the_plain_engine_on_games_of_either_form(game: Game) -> None:
    concepts = ALL if game.option_form else LISTED
    expected, found = solve(game, concepts, "plain"), solve(game, concepts, "symbolic")
    assert found.engine == "symbolic"
    for name in concepts:
        assert np.array_equal(expected.stable[name], found.stable[name]), name


@pytest.mark.parametrize("seed", range(2))
def test_agrees_with_the_fast_engine_on_thousands_of_states(seed: int) -> None:
    conflict = random_conflict(100 + seed, 13, 6, 4, 5)
    assert differing(solve_symbolic(conflict, CONCEPTS), conflict, CONCEPTS, "fast") == []
    game = random_game(np.random.default_rng(seed), 3, 400, graph=bool(seed))
    expected, found = solve(game, CONCEPTS, "fast"), solve(game, CONCEPTS, "symbolic")
    assert all(np.array_equal(expected.stable[name], found.stable[name]) for name in CONCEPTS)


@pytest.mark.parametrize("name", classic_names())
def test_agrees_on_every_classic_behind_the_same_door(name: str) -> None:
    fast, found = analyse(classic(name)), analyse(classic(name), engine="symbolic")
    assert isinstance(found, Analysis)
    assert found.engine == "symbolic"
    one, other = fast.to_json(), found.to_json()
    assert {key: value for key, value in one.items() if key != "engine"} == {
        key: value for key, value in other.items() if key != "engine"
    }


def test_what_is_not_listed_has_the_same_keys() -> None:
    conflict = replace(random_conflict(1, 40, 20, 4, 6, tied=(1,)), status_quo="N" * 40)
    found = Model(conflict).analyse(["Nash", "GMR"], engine="symbolic")
    assert isinstance(found, SymbolicStability)
    data, listed = found.to_json(), analyse(classic("chicken")).to_json()
    assert set(listed) - set(data) <= {"ranks"}
    assert data["states"] is None
    assert int(data["states_count"]) == found.states
    assert set(data["equilibria"]["GMR"]) == {"count", "patterns", "complete", "some"}
    assert data["status_quo_holds"]["GMR"] == found.holds("N" * 40, "GMR")
    assert "<table>" in found._repr_html_()
    assert "none of them listed" in repr(found)
    with pytest.raises(TooLargeError, match="Coalitions"):
        analyse(conflict, ["Nash"], "symbolic", "1,2")


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
    begin = time.monotonic()
    with pytest.raises(TooLargeError, match="time"):
        solve_symbolic(conflict, ("SEQ",), seconds=0.5)
    assert time.monotonic() - begin < 60  # one operation may go on over the end
    wide = Game(("A",), (np.zeros(20_000, dtype=np.int32),), np.arange(20_000, dtype=np.uint64), (1,))
    with pytest.raises(TooLargeError, match="16,384"):
        solve(wide, engine="symbolic")


def test_what_it_cannot_do_is_refused() -> None:
    conflict = random_conflict(1, 4, 0, 2, 2)
    for name in ("NM", "L2", "MR0", "CNash"):
        with pytest.raises(UsageError, match=name):
            solve_symbolic(conflict, (name,))
    listed = random_game(np.random.default_rng(1), 2, 5, graph=True)
    with pytest.raises(UsageError, match="SIM"):
        solve(listed, ("SIM",), "symbolic")
    with pytest.raises(UsageError, match="no decision maker"):
        solve_symbolic(conflict).count("Nash", dm="nobody")
    for word in ("NNN", "NXNN"):
        with pytest.raises(UsageError, match="Y or N"):
            solve_symbolic(conflict).holds(word, "Nash")


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
