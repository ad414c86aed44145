"""Ranks of states: prioritisation against exact scores, weights, ties, and no limit of statements."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.conflict.load import loads
from jirga.conflict.ranking import dense, ranks, ranks_of_order, scores, tiers
from jirga.conflict.states import feasible
from jirga.conflict.types import Conflict, DecisionMaker, Option, Preference

OPTIONS = tuple(Option(f"o{bit}", "A", f"o{bit}") for bit in range(4))
PLACES = st.lists(
    st.lists(
        st.sampled_from(["o0", "not o1", "o2 and o3", "o0 iff o3", "Y--N", "o1 or o2", "o3 if o0"]),
        min_size=1,
        max_size=3,
    ).map(lambda texts: Preference(tuple(texts))),
    max_size=6,
)


def conflict(dm: DecisionMaker) -> Conflict:
    return Conflict("test", (dm,))


def order(dm: DecisionMaker) -> list[list[str]]:
    model = conflict(dm)
    space = feasible(model)
    return [[space.word(state) for state in tied] for tied in tiers(ranks(model, dm, space))]


@settings(deadline=None)
@given(PLACES)
def test_ranks_follow_the_exact_scores(places: list[Preference]) -> None:
    dm = DecisionMaker("A", "A", OPTIONS, tuple(places))
    space = feasible(conflict(dm))
    exact = scores(conflict(dm), dm, space)
    assert ranks(conflict(dm), dm, space).tolist() == dense(np.array(exact)).tolist()


def test_a_more_important_statement_outweighs_all_later_ones() -> None:
    places = (Preference(("o0",)), Preference(("o1", "o2", "o3")), Preference(("not o1",)))
    best = order(DecisionMaker("A", "A", OPTIONS, places))
    assert best[0] == ["YYYY"]
    assert best.index(["YNNN"]) < best.index(["NYYY"])
    assert ["YYYN", "YYNY"] in best  # two of three are true in both, and the last statement in neither
    assert best[1] == ["YNYY"]  # two of three, and the last statement


def test_scores_with_one_statement_a_place_are_powers_of_two() -> None:
    places = (Preference(("o0",)), Preference(("o1",)), Preference(("o2",)))
    dm = DecisionMaker("A", "A", OPTIONS, places)
    space = feasible(conflict(dm))
    assert scores(conflict(dm), dm, space) == [
        4 * (c & 1) + 2 * (c >> 1 & 1) + (c >> 2 & 1) for c in range(16)
    ]


@pytest.mark.parametrize("statements", [63, 64, 65, 200])
def test_there_is_no_limit_of_statements(statements: int) -> None:
    """64 statements overflow a 64-bit score; the last statement of any number must still decide."""
    places = (*(Preference(("o0",)) for _ in range(statements - 1)), Preference(("o1",)))
    dm = DecisionMaker("A", "A", OPTIONS[:2], places)
    assert order(dm) == [["YY"], ["YN"], ["NY"], ["NN"]]
    space = feasible(conflict(dm))
    assert max(scores(conflict(dm), dm, space)) == 2**statements - 1


def test_weights_add_up_exactly() -> None:
    """0.1 + 0.2 is not 0.3 in binary; written weights are decimal and must tie."""
    dm = DecisionMaker("A", "A", OPTIONS[:3], weights={"o0": 0.1, "o1": 0.2, "o2": 0.3, "not o0": 0.0})
    assert ["YYN", "NNY"] in order(dm)


def test_weights_of_any_size_are_compared() -> None:
    dm = DecisionMaker("A", "A", OPTIONS[:2], weights={"o0": 1e300, "o1": 1e-300, "not o0": -5})
    assert order(dm) == [["YY"], ["YN"], ["NY"], ["NN"]]


def test_nobody_asked_is_indifferent() -> None:
    assert order(DecisionMaker("A", "A", OPTIONS[:1])) == [["N", "Y"]]


def test_a_ranking_has_ties_words_and_numbers() -> None:
    dm = DecisionMaker("A", "A", OPTIONS[:2], ranking=(("YY",), ("2", "NN"), ("NY",)))
    assert order(dm) == [["YY"], ["NN", "YN"], ["NY"]]


@settings(deadline=None)
@given(st.permutations(range(6)), st.lists(st.booleans(), min_size=5, max_size=5))
def test_tiers_and_ranks_are_inverse(states: list[int], ties: list[bool]) -> None:
    groups = [[states[0]]]
    for state, tie in zip(states[1:], ties, strict=True):
        if tie:
            groups[-1].append(state)
        else:
            groups.append([state])
    assert tiers(ranks_of_order(groups, 6)) == [sorted(group) for group in groups]


def test_statements_may_name_states_in_graph_form() -> None:
    text = """
conflict: G
states: [war, truce, peace]
decision_makers:
  A: {preferences: [not war, peace]}
moves: {A: {war: [truce]}}
"""
    model = loads(text)
    assert ranks(model, model.decision_makers[0], feasible(model)).tolist() == [0, 1, 2]
