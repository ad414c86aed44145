"""The richer keys of a conflict file reach their analyses, hypergames among them."""

from __future__ import annotations

import numpy as np
import pytest

from jirga.conflict.classics import classic
from jirga.conflict.load import loads
from jirga.conflict.states import feasible
from jirga.conflict.types import Conflict
from jirga.errors import TooLargeError
from jirga.stability.analysis import analyse
from jirga.stability.build import to_game
from jirga.stability.hypergame import own_games, play
from jirga.stability.richer import possible_orders

DILEMMA = """\
conflict: Dilemma
decision_makers:
  A:
    options: [a]
    preferences: [b, not a]
{a}
  B:
    options: [b]
    preferences: [a, not b]
{b}
"""


def dilemma(a: str = "", b: str = "") -> Conflict:
    return loads(DILEMMA.format(a=a and f"    {a}", b=b and f"    {b}"))


def test_a_plain_model_has_nothing_richer() -> None:
    found = analyse(dilemma())
    assert found.richer == {}
    assert "richer" not in found.to_json()


def test_lake_gisborne_holds_at_4_6_and_8_when_the_province_is_not_known() -> None:
    """By form b, in which what is not known does not tempt: two Nash equilibria, one for each kind of province."""
    forms = analyse(classic("gisborne")).richer["unknown"]
    for concept in ("GMR", "SMR", "SEQ"):
        assert forms["b"]["equilibria"][concept] == [4, 6, 8]
    assert forms["b"]["equilibria"]["Nash"] == [4, 6]
    assert forms["a"]["equilibria"]["Nash"] == []


def test_strength_splits_stability() -> None:
    """With scores 3, 2, 1, 0 and a gap of 2 only being left by the other hurts badly."""
    forms = analyse(dilemma("strength: 2", "strength: 2")).richer["strength"]
    assert forms["general"]["equilibria"]["GMR"] == [1, 4]
    assert forms["strong"]["equilibria"]["GMR"] == [1]
    assert analyse(dilemma("strength: 1", "strength: 1")).richer["strength"]["strong"]["equilibria"][
        "GMR"
    ] == [1, 4]


def test_a_statement_of_unknown_place_is_put_at_every_place() -> None:
    model = loads(DILEMMA.format(a="    unknown: [a and b]", b=""))
    orders = possible_orders(model, model.decision_makers[0], feasible(model))
    assert [order.tolist() for order in orders] == [[1, 0, 2, 3], [1, 0, 2, 3], [1, 0, 3, 2]]
    forms = analyse(model).richer["unknown"]
    assert forms["b"]["equilibria"]["Nash"] == [1]
    assert forms["a"]["equilibria"]["SEQ"] == [1, 4]


def test_a_loose_statement_leaves_its_written_place() -> None:
    model = loads(DILEMMA.format(a="    unknown: [not a]", b=""))
    orders = possible_orders(model, model.decision_makers[0], feasible(model))
    assert [order.tolist() for order in orders] == [[2, 0, 3, 1], [1, 0, 3, 2]]


def test_too_many_orders_are_told_without_stopping_the_rest() -> None:
    names = [f"o{bit}" for bit in range(7)]
    text = f"conflict: X\ndecision_makers: {{A: {{options: [{', '.join(names)}], unknown: [{', '.join(names)}]}}}}\n"
    model = loads(text)
    with pytest.raises(TooLargeError, match="5,040 orders"):
        possible_orders(model, model.decision_makers[0], feasible(model))
    found = analyse(model)
    assert "5,040 orders" in found.richer["unknown"]["unknown"]["why_not"]
    assert found.equilibria["Nash"]


def test_crisp_degrees_and_probabilities_are_ordinary_preferences() -> None:
    fuzzy = "fuzzy: {samples: [[NY, YY, NN, YN]]}"
    probable = "probability: {samples: [[NY, YY, NN, YN]]}"
    ordinary = analyse(dilemma()).equilibria
    for key, text in (("fuzzy", fuzzy), ("probability", probable)):
        found = analyse(dilemma(text)).richer[key][key]["equilibria"]
        for concept in ("Nash", "GMR", "SMR", "SEQ"):
            assert found[concept] == list(ordinary[concept])


def test_a_doubtful_move_does_not_tempt() -> None:
    """Half of the samples like cooperation better: the difference of degrees is below the threshold."""
    text = "fuzzy: {samples: [[NY, YY, NN, YN], [YY, NY, YN, NN]]}"
    assert analyse(dilemma(text, text.replace("NY", "?").replace("YN", "NY").replace("?", "YN"))).richer[
        "fuzzy"
    ]["fuzzy"]["equilibria"]["Nash"] == [1, 2, 3, 4]


def test_goodwill_makes_cooperation_hold() -> None:
    """Who wishes the other well is tempted only by what is better for both."""
    forms = analyse(dilemma('attitudes: {B: "+"}', 'attitudes: {A: "+"}')).richer["attitudes"]
    assert 4 in forms["attitudes"]["equilibria"]["Nash"]
    assert 4 not in analyse(dilemma()).equilibria["Nash"]


def test_without_perception_a_hypergame_is_the_game() -> None:
    model = dilemma()
    space = feasible(model)
    game = to_game(model, space)
    found = play(own_games(model, space, game), game.m)
    ordinary = analyse(model).equilibria
    assert {name: tuple(s + 1 for s in found.equilibria(name)) for name in found.stable} == {
        name: ordinary[name] for name in found.stable
    }
    assert found.to_json()["surprising"] == {name: [] for name in found.stable}


def test_a_state_that_is_not_seen_cannot_be_left_or_reached() -> None:
    """B does not see that A may cooperate alone; there it stays, and A's side alone decides."""
    model = dilemma(b="perceives: {unseen: [a and not b]}")
    found = analyse(model).richer["perceives"]["hypergame"]
    assert found["seen"] == {"A": [1, 2, 3, 4], "B": [1, 3, 4]}
    assert found["equilibria"]["Nash"] == [1]
    assert found["expected"]["Nash"]["B"] == [1]
    assert 4 in found["expected"]["SEQ"]["A"]


def test_believed_preferences_change_what_is_expected_not_what_others_do() -> None:
    """A believes that B is friendly: it expects B to cooperate where B does not."""
    model = dilemma("perceives: {preferences: {B: [b]}}")
    found = analyse(model).richer["perceives"]["hypergame"]
    assert found["expected"]["Nash"] == {"A": [3], "B": [1]}
    assert found["equilibria"]["Nash"] == [1]
    assert found["surprising"]["Nash"] == [1]


def test_graph_form_hypergames_lose_states_and_moves() -> None:
    model = loads(
        "conflict: G\nstates: [war, talks, peace]\ndecision_makers:\n"
        "  A: {ranking: [peace, talks, war], perceives: {unseen: [talks]}}\n  B: {ranking: [war, talks, peace]}\n"
        "moves: {A: {war: [talks], talks: [peace], peace: [war]}, B: {peace: [war]}}\n"
    )
    space = feasible(model)
    own = own_games(model, space, to_game(model, space))[0]
    assert own.seen.tolist() == [0, 2]
    assert own.game.moves(0, 0).tolist() == []
    assert own.game.moves(0, 1).tolist() == [0]
    found = play([own, own_games(model, space, to_game(model, space))[1]], 3, ["Nash"])
    assert found.equilibria("Nash") == (0, 1)
    assert isinstance(found.stable["Nash"], np.ndarray)


def test_who_sees_nothing_does_nothing() -> None:
    model = dilemma("perceives: {unseen: [a or not a]}")
    found = analyse(model).richer["perceives"]["hypergame"]
    assert found["seen"]["A"] == []
    assert found["equilibria"]["Nash"] == [1, 2]
