"""The statement language: what is true where, what does not parse and where, and round trips."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.conflict.cubes import cubes
from jirga.conflict.formula import (
    And,
    At,
    Formula,
    If,
    Iff,
    Matches,
    Not,
    Or,
    Taken,
    evaluate,
    holds,
    undecided,
)
from jirga.conflict.statements import Vocabulary, parse, render
from jirga.errors import StatementError

NAMES = Vocabulary((("A", "pay"), ("A", "leave the city"), ("B", "leave"), ("C. D", "pay"), ("C. D", "not")))

TRUE_AT = [
    ("A.pay", "Y----"),
    ('"leave the city"', "-Y---"),
    ("leave and not A.pay", "N-Y--"),
    ("leave or A.pay", "Y---- --Y--"),
    ("leave if A.pay", "N---- --Y--"),
    ("leave iff A.pay", "Y-Y-- N-N--"),
    ("not (leave iff A.pay)", "Y-N-- N-Y--"),
    ("not not leave", "--Y--"),
    ("NOT leave Or A.pay", "--N-- Y----"),
    ("A.pay or leave and 'C. D'.pay", "Y---- --YY-"),
    ("(A.pay or leave) and “C. D”.pay", "Y--Y- --YY-"),
    ("C. D.pay", None),
    ('"C. D.pay"', "---Y-"),
    ('"not" and A.pay', "Y---Y"),
    ("-Y-N-", "-Y-N-"),
    ("-----", "-----"),
    ("Y---- if --Y--", "Y---- --N--"),
    ("\tleave\n  and\u00a0A.pay ", "Y-Y--"),
]

FAILS = [
    ("", 0, "empty"),
    ("   ", 3, "empty"),
    ("leave and", 9, "expected here, not the end"),
    ("leave A.pay", 6, "“and”, “or”, “if” or “iff” is missing before “A.pay”"),
    ("(leave", 0, "never closed"),
    ("leave)", 5, "never opened"),
    ("()", 1, "expected here, not “)”"),
    ("leev", 0, "no option “leev”. Did you mean “leave”?"),
    ("not levae", 4, "Did you mean “leave”?"),
    ("pay", 0, "write A.pay or C. D.pay"),
    ("A.leave", 0, "no option “A.leave”"),
    ('"leave', 0, "never closed"),
    ("leave, A.pay", 5, "comma"),
    ("A.pay if leave if A.pay", 15, "parentheses"),
    ("A.pay iff leave if A.pay", 16, "parentheses"),
    ("Y-N", 0, "has 3 signs; the conflict has 5 options"),
    ("and", 0, "expected here, not “and”"),
    ("leave or or A.pay", 9, "expected here, not “or”"),
    ("(" * 200 + "leave" + ")" * 200, 100, "parentheses inside one another"),
]


def words(text: str) -> set[str]:
    """Write out the states of space-separated patterns."""
    found = {f"{code:05b}"[::-1].replace("1", "Y").replace("0", "N") for code in range(32)}
    return {w for w in found for p in text.split() if all(a in ("-", b) for a, b in zip(p, w, strict=True))}


@pytest.mark.parametrize(("text", "patterns"), [case for case in TRUE_AT if case[1]])
def test_a_statement_is_true_at(text: str, patterns: str) -> None:
    formula = parse(text, NAMES)
    codes = np.arange(32, dtype=np.uint64)
    found = {
        f"{code:05b}"[::-1].replace("1", "Y").replace("0", "N")
        for code in codes[evaluate(formula, codes)].tolist()
    }
    assert found == words(patterns)


@pytest.mark.parametrize(("text", "position", "fragment"), FAILS)
def test_a_statement_that_does_not_parse_says_where(text: str, position: int, fragment: str) -> None:
    with pytest.raises(StatementError) as caught:
        parse(text, NAMES)
    assert caught.value.position == position
    assert fragment in str(caught.value)


def test_a_name_goes_before_a_pattern() -> None:
    assert parse("Y", Vocabulary((("A", "Y"),))) == Taken(0)
    assert parse("N", Vocabulary((("A", "Y"),))) == Matches(0, 1)


def test_a_very_long_statement_is_refused_at_once() -> None:
    with pytest.raises(StatementError, match="at most"):
        parse("leave or " * 10_000 + "leave", NAMES)


def test_in_graph_form_a_name_is_a_state() -> None:
    names = Vocabulary(states=("war", "truce", "peace talks"))
    formula = parse('"peace talks" or truce', names)
    assert evaluate(formula, np.arange(3, dtype=np.uint64)).tolist() == [False, True, True]
    assert [holds(formula, state) for state in range(3)] == [False, True, True]
    assert render(formula, names) == '"peace talks" or truce'
    with pytest.raises(StatementError, match=r"no state “trunce”\. Did you mean “truce”"):
        parse("trunce", names)


LEAVES = st.one_of(
    st.builds(Taken, st.integers(0, 4)),
    st.tuples(st.integers(0, 31), st.integers(0, 31)).map(lambda pair: Matches(pair[0] & ~pair[1], pair[1])),
)
FORMULAS: st.SearchStrategy[Formula] = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        inner.map(Not),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: And(tuple(parts))),
        st.lists(inner, min_size=2, max_size=3).map(lambda parts: Or(tuple(parts))),
        st.builds(If, inner, inner),
        st.builds(Iff, inner, inner),
    ),
    max_leaves=8,
)
ALL = np.arange(32, dtype=np.uint64)


@settings(deadline=None)
@given(FORMULAS)
def test_text_and_back_is_true_at_the_same_states(formula: Formula) -> None:
    again = parse(render(formula, NAMES), NAMES)
    assert evaluate(again, ALL).tolist() == evaluate(formula, ALL).tolist()


@settings(deadline=None)
@given(FORMULAS)
def test_both_evaluations_agree(formula: Formula) -> None:
    assert evaluate(formula, ALL).tolist() == [holds(formula, code) for code in range(32)]


@settings(deadline=None)
@given(FORMULAS, st.integers(0, 31))
def test_a_partial_state_is_decided_only_when_every_completion_agrees(formula: Formula, known: int) -> None:
    true, false = undecided(formula, ALL & np.uint64(known), known)
    whole = evaluate(formula, ALL)
    assert not (true & ~whole).any()
    assert not (false & whole).any()
    if known == 31:
        assert (true ^ false).all()


@settings(deadline=None)
@given(FORMULAS, st.booleans())
def test_patterns_are_true_where_the_formula_is(formula: Formula, positive: bool) -> None:
    found = cubes(formula, positive=positive)
    assert found is not None
    assert evaluate(Or(found), ALL).tolist() == (evaluate(formula, ALL) == positive).tolist()


@settings(deadline=None)
@given(st.text(alphabet="ab.()\"'“” notandiffYN-,é\n", max_size=40))
def test_any_text_parses_or_says_why(text: str) -> None:
    found: StatementError | None = None
    try:
        parse(text, NAMES)
    except StatementError as error:
        found = error
    assert found is None or (0 <= found.position <= len(text) and found.message)


def test_a_state_of_the_graph_has_no_options() -> None:
    assert cubes(At(0)) is None
    true, false = undecided(At(1), np.arange(2, dtype=np.uint64), 0)
    assert true.tolist() == [False, True]
    assert false.tolist() == [True, False]
