"""Feasible states: against brute force, their numbering, and what is told before memory is taken."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.conflict.formula import holds
from jirga.conflict.states import StateSpace, available_memory, feasible, find, rules_of, some_feasible
from jirga.conflict.types import Conflict, DecisionMaker, Option, Rule
from jirga.errors import TooLargeError, UsageError


def conflict(options: int, *rules: Rule) -> Conflict:
    half = options // 2
    names = [f"o{bit}" for bit in range(options)]
    return Conflict(
        "test",
        (
            DecisionMaker("A", "A", tuple(Option(name, "A", name) for name in names[:half])),
            DecisionMaker("B", "B", tuple(Option(name, "B", name) for name in names[half:])),
        ),
        rules,
    )


NAMES = [f"o{bit}" for bit in range(6)]
RULES = st.one_of(
    st.sampled_from(["o0 and o1", "not o2", "o3 if o4", "o5 iff o0", "(o1 or o2) and not o3"]).map(
        lambda text: Rule("statement", (text,))
    ),
    st.text("YN-", min_size=6, max_size=6).map(lambda text: Rule("pattern", (text,))),
    st.tuples(
        st.sampled_from(["at_most_one", "at_least_one", "exactly_one"]),
        st.lists(st.sampled_from(NAMES), min_size=2, max_size=4, unique=True),
    ).map(lambda pair: Rule(pair[0], tuple(pair[1]))),
)


@settings(deadline=None)
@given(st.lists(RULES, max_size=4))
def test_the_list_is_what_brute_force_gives(rules: list[Rule]) -> None:
    model = conflict(6, *rules)
    formulas = rules_of(model)
    expected = [code for code in range(64) if not any(holds(rule, code) for rule in formulas)]
    assert feasible(model).codes.tolist() == expected
    assert some_feasible(model) is bool(expected)


@pytest.mark.parametrize(
    ("kind", "counts"), [("at_most_one", {0, 1}), ("at_least_one", {1, 2, 3}), ("exactly_one", {1})]
)
def test_sets_count_what_is_taken(kind: str, counts: set[int]) -> None:
    codes = feasible(conflict(3, Rule(kind, ("o0", "o1", "o2")))).codes.tolist()
    assert codes == [code for code in range(8) if code.bit_count() in counts]


def test_sets_take_statements_too() -> None:
    space = feasible(conflict(3, Rule("at_most_one", ("o0 and o1", "o2"))))
    assert [space.word(state) for state in range(space.m)] == [
        "NNN",
        "YNN",
        "NYN",
        "YYN",
        "NNY",
        "YNY",
        "NYY",
    ]


def test_many_options_with_few_states_are_listed() -> None:
    names = [f"o{bit}" for bit in range(60)]
    groups = [tuple(names[begin : begin + 15]) for begin in range(0, 60, 15)]
    space = feasible(conflict(60, *(Rule("exactly_one", group) for group in groups)), memory=1 << 26)
    assert space.m == 15**4
    assert (space.codes[1:] > space.codes[:-1]).all()
    expected = {
        sum(1 << bit for bit in pick)
        for pick in itertools.product(*(range(b, b + 15) for b in (0, 15, 30, 45)))
    }
    assert set(space.codes.tolist()) == expected


def test_too_many_states_are_told_before_they_are_allocated() -> None:
    with pytest.raises(
        TooLargeError, match=r"At least 4,294,967,296 states .* GiB are free\. Add infeasible rules"
    ):
        feasible(conflict(32), memory=8 << 30)
    with pytest.raises(TooLargeError, match="64 options"):
        feasible(conflict(64))
    assert some_feasible(conflict(64)) is True


def test_rules_that_leave_too_many_are_told_at_once() -> None:
    """Every option stands in a rule, so that only an estimate can tell before the memory is full."""
    rules = [Rule("statement", (f"o{bit} and o{bit + 1} and o{bit + 2}",)) for bit in range(0, 60, 3)]
    begin = time.perf_counter()
    with pytest.raises(TooLargeError, match=r"About [\d,]+ states") as caught:
        feasible(conflict(60, *rules), memory=8 << 30)
    assert time.perf_counter() - begin < 5
    told = int(str(caught.value).split()[1].replace(",", ""))
    assert 0.2 < told / 7**20 < 5


def test_impossible_rules_over_many_options_are_seen() -> None:
    rules = (Rule("exactly_one", ("o0", "o1")), Rule("statement", ("o0",)), Rule("statement", ("o1",)))
    assert some_feasible(conflict(40, *rules)) is False


def test_the_system_tells_how_much_memory_is_free() -> None:
    assert available_memory() > 1 << 20


SPACE = feasible(conflict(3, Rule("statement", ("o0 and o1",))))


@pytest.mark.parametrize(
    ("text", "number"), [("NNN", 0), ("YNN", 1), ("NYN", 2), ("NNY", 3), ("1", 0), ("6", 5)]
)
def test_a_state_is_found_by_word_or_number(text: str, number: int) -> None:
    assert SPACE.index(text) == number


@pytest.mark.parametrize(
    ("text", "fragment"),
    [
        ("YYN", "not feasible"),
        ("YN", "has 2 signs; the conflict has 3 options"),
        ("0", "numbered 1 to 6"),
        ("7", "numbered 1 to 6"),
        ("war", "Write a Y/N word of 3 signs or a number from 1 to 6"),
        ("9" * 30, "no state"),
    ],
)
def test_a_state_that_is_none_is_told(text: str, fragment: str) -> None:
    with pytest.raises(UsageError, match=fragment):
        SPACE.index(text)


def test_states_are_found_by_statement_pattern_and_number() -> None:
    model = conflict(3, Rule("statement", ("o0 and o1",)))
    assert find(model, SPACE, "o2 and not o0").tolist() == [3, 5]
    assert find(model, SPACE, "Y--").tolist() == [1, 4]
    assert find(model, SPACE, " 2 ").tolist() == [1]
    with pytest.raises(UsageError, match="Did you mean “o2”"):
        find(model, SPACE, "o22")


def test_graph_form_has_names() -> None:
    space = feasible(Conflict("g", (), states=("calm", "war", "7")))
    assert isinstance(space, StateSpace)
    assert (space.m, space.word(1), space.index("war"), space.index("7"), space.index("2")) == (
        3,
        "war",
        1,
        2,
        1,
    )
    with pytest.raises(UsageError, match="Did you mean “calm”"):
        space.index("clam")
