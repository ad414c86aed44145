"""Levers on random conflicts: each claim is checked on the changed conflict with the plain engine."""

from __future__ import annotations

import random
from dataclasses import replace

import pytest

from jirga.conflict.states import feasible, find
from jirga.conflict.types import Conflict, DecisionMaker, Direction, Option, Preference, Rule
from jirga.errors import UsageError
from jirga.stability.apply import apply
from jirga.stability.build import to_game
from jirga.stability.door import solve
from jirga.stability.lever_types import Lever, Levers
from jirga.stability.levers import levers
from jirga.stability.partition import complete_partition, partition_stability

FORMS = ("{a}", "not {a}", "{a} and {b}", "{a} if {b}", "{a} iff {b}", "not {a} or {b}")
CONCEPTS = ("Nash", "GMR", "SMR", "SEQ", "SSEQ")


def conflict_of(seed: int) -> Conflict:
    rng = random.Random(seed)
    dms = [f"d{i}" for i in range(rng.randint(2, 3))]
    names = [f"o{k}" for k in range(rng.randint(len(dms), 5))]
    owner = {name: dms[k] if k < len(dms) else rng.choice(dms) for k, name in enumerate(names)}
    ways = [Direction.BOTH, Direction.BOTH, Direction.BOTH, Direction.TO_YES, Direction.TO_NO]

    def statement() -> str:
        a, b = rng.sample(names, 2)
        return rng.choice(FORMS).format(a=a, b=b)

    makers = tuple(
        DecisionMaker(
            dm,
            dm,
            tuple(Option(name, dm, name, rng.choice(ways)) for name in names if owner[name] == dm),
            tuple(
                Preference(tuple(statement() for _ in range(rng.choice((1, 1, 2)))))
                for _ in range(rng.randint(1, 4))
            ),
        )
        for dm in dms
    )
    triple = f"{names[0]} and {names[1]} and {names[-1]}"
    rules = (Rule("statement", (triple,)),) if len(names) > 3 and rng.random() < 0.7 else ()
    return Conflict("random", makers, rules, None)


def held(conflict: Conflict, want: str, concept: str) -> set[int]:
    """Codes of the equilibria where the statement is true, by the plain engine."""
    space = feasible(conflict)
    found = solve(to_game(conflict, space), (concept,), engine="plain").equilibria[concept]
    return {int(space.codes[s]) for s in set(found.tolist()) & set(find(conflict, space, want).tolist())}


def search(seed: int, *, avoid: bool = False) -> tuple[Conflict, str, Levers]:
    conflict = conflict_of(seed)
    rng = random.Random(seed + 1)
    a, b = rng.sample([option.id for option in conflict.options], 2)
    want = rng.choice(("{a} and {b}", "{a} and not {b}", "{a} or {b}", "not {a} and not {b}")).format(
        a=a, b=b
    )
    found = levers(conflict, want, concepts=CONCEPTS, avoid=avoid, limit_s=60, top=50)
    assert found.finished
    return conflict, want, found


@pytest.mark.parametrize("seed", range(20))
def test_what_holds_and_every_lever_is_true(seed: int) -> None:
    conflict, want, found = search(seed)
    space = feasible(conflict)
    for concept in CONCEPTS:
        codes = {int(space.codes[s]) for s in found.holds[concept]}
        assert codes == held(conflict, want, concept)
        assert (found.at_least[concept] == 0) == bool(codes)
        for lever in found.levers[concept]:
            check(conflict, want, lever)


def check(conflict: Conflict, want: str, lever: Lever) -> None:
    if lever.kind == "coalition":
        game = to_game(conflict)
        cells = complete_partition([[game.dms.index(dm) for dm in lever.dms]], game.n)
        found = partition_stability(game, cells, (lever.concept,)).equilibria[lever.concept]
        assert set(lever.states) <= set(found.tolist()), lever
        return
    after = held(apply(conflict, lever.changes), want, lever.concept)
    paid = 1 << len(conflict.options) if lever.kind == "pay" else 0
    space = feasible(conflict)
    assert {int(space.codes[s]) | paid for s in lever.states} <= after, lever


@pytest.mark.parametrize("seed", range(20))
def test_every_lever_to_avoid_is_true(seed: int) -> None:
    conflict, want, found = search(seed, avoid=True)
    for concept in CONCEPTS:
        for lever in found.levers[concept]:
            if lever.kind != "coalition":
                assert not held(apply(conflict, lever.changes), want, concept), lever


@pytest.mark.parametrize("seed", range(12))
def test_no_single_move_of_a_statement_is_missed(seed: int) -> None:
    conflict, want, found = search(seed)
    for concept in CONCEPTS:
        if found.at_least[concept] == 0:
            continue
        single = [lever for lever in found.levers[concept] if len(lever.changes) == 1]
        works = any(held(other, want, concept) for other in moved_once(conflict))
        assert works == any(lever.kind == "reorder" for lever in single)
        assert (found.at_least[concept] == 1) == any(lever.kind != "ranking" for lever in single)


def moved_once(conflict: Conflict) -> list[Conflict]:
    out = []
    for at, maker in enumerate(conflict.decision_makers):
        for place in range(len(maker.preferences)):
            for to in range(len(maker.preferences)):
                order = list(maker.preferences)
                order.insert(to, order.pop(place))
                makers = list(conflict.decision_makers)
                makers[at] = replace(maker, preferences=tuple(order))
                out.append(replace(conflict, decision_makers=tuple(makers)))
    return out


def test_a_statement_that_is_never_true_is_refused() -> None:
    conflict = conflict_of(3)
    name = conflict.options[0].id
    with pytest.raises(UsageError, match="no feasible state"):
        levers(conflict, f"{name} and not {name}")


def test_no_time_is_said_so() -> None:
    found = [levers(conflict_of(seed), "o0 and o1", limit_s=0.0) for seed in range(12)]
    told = [one for one in found if not one.finished]
    assert told
    assert all(bound <= 1 for one in told for bound in one.at_least.values())
    assert not told[0].how.exact
