"""The richer keys of a conflict file reach their analyses, hypergames among them."""

from __future__ import annotations

from jirga.conflict.classics import classic
from jirga.conflict.load import loads
from jirga.conflict.types import Conflict
from jirga.stability.analysis import analyse

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


def test_a_statement_of_unknown_place_may_stand_anywhere() -> None:
    """Then A may or may not like both to cooperate better than neither: the sanction at 4 is in doubt."""
    forms = analyse(dilemma("unknown: [not a]")).richer["unknown"]
    assert forms["b"]["equilibria"]["Nash"] == [1]
    assert forms["a"]["equilibria"]["SEQ"] == [1]  # what is not known does not deter
    assert forms["c"]["equilibria"]["SEQ"] == [1, 4]  # what is not known deters


def test_too_many_orders_are_told_without_stopping_the_rest() -> None:
    names = ", ".join(f"o{bit}" for bit in range(8))
    text = f"conflict: X\ndecision_makers: {{A: {{options: [{names}], preferences: [{names}], unknown: [{names}]}}}}\n"
    found = analyse(loads(text))
    assert "40,320 orders" in found.richer["unknown"]["unknown"]["why_not"]
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


def test_a_state_that_is_not_seen_cannot_be_left_or_reached() -> None:
    """B does not see that A may cooperate alone; there it stays, and A's side alone decides."""
    model = dilemma(b="perceives: {unseen: [a and not b]}")
    found = analyse(model).richer["perceives"]["hypergame"]
    assert found["equilibria"]["Nash"] == [1]
    assert found["expected"]["Nash"]["B"] == [1]
    assert 4 in found["expected"]["SEQ"]["A"]


def test_believed_preferences_change_what_is_expected_not_what_others_do() -> None:
    """A believes that B is friendly: it expects B to cooperate where B does not."""
    model = dilemma("perceives: {preferences: {B: [b]}}")
    found = analyse(model).richer["perceives"]["hypergame"]
    assert found["expected"]["Nash"] == {"A": [3], "B": [1]}
    assert found["equilibria"]["Nash"] == [1]
    assert found["surprises"]["Nash"] == [1]
