"""Relations between the concepts that hold in every model; those known to be false are not asserted."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from tests.strategies import games, option_games

from jirga.stability import coalition_stable, limited_move, metarational, solve, universally_stable
from jirga.stability.batch import BATCHABLE
from jirga.stability.coalition import coalitions_of
from jirga.stability.game import Game
from jirga.stability.types import BoolArray

WITHIN = (
    ("Nash", "SMR"),
    ("SMR", "GMR"),
    ("Nash", "SEQ"),
    ("SEQ", "GMR"),
    ("Nash", "SSEQ"),
    ("SSEQ", "SEQ"),
    ("SSEQ", "SMR"),
)


def within(smaller: BoolArray, larger: BoolArray) -> bool:
    return not (smaller & ~larger).any()


@settings(max_examples=200, deadline=None)
@given(games())
def test_inclusions(game: Game) -> None:
    found = solve(game, BATCHABLE).stable
    for smaller, larger in WITHIN:
        assert within(found[smaller], found[larger]), (smaller, larger)


@settings(max_examples=60, deadline=None)
@given(option_games(max_dms=4))
def test_nash_is_stable_under_simultaneous_moves(game: Game) -> None:
    found = solve(game, ("Nash", "SEQ", "SIM", "SEQ+SIM")).stable
    assert within(found["Nash"], found["SIM"])
    assert within(found["SEQ"], found["SEQ+SIM"])


@settings(max_examples=200, deadline=None)
@given(option_games())
def test_gmr_and_seq_equilibria_exist_where_moves_are_transitive(game: Game) -> None:
    found = solve(game, ("GMR", "SEQ")).equilibria
    assert found["GMR"].size
    assert found["SEQ"].size


@settings(max_examples=150, deadline=None)
@given(games(max_dms=2, strict=True))
def test_limited_moves_of_two_decision_makers(game: Game) -> None:
    found = solve(game, BATCHABLE).stable
    limited = {h: limited_move(game, h).stable for h in range(1, 6)}
    assert (limited[1] == found["Nash"]).all()
    assert within(limited[2], found["SEQ"])
    assert within(limited[3], found["SMR"])
    for h in range(2, 6):
        assert within(limited[h], found["GMR"])
        assert within(limited[h], metarational(game, h))


@settings(max_examples=100, deadline=None)
@given(games(max_dms=4))
def test_short_metarational_trees_are_the_basic_concepts(game: Game) -> None:
    found = solve(game, ("Nash", "GMR", "SMR", "MR1", "MR2", "MR3")).stable
    for basic, tree in (("Nash", "MR1"), ("GMR", "MR2"), ("SMR", "MR3")):
        assert (found[basic] == found[tree]).all()


@settings(max_examples=100, deadline=None)
@given(games(max_dms=3))
def test_coalition_inclusions(game: Game) -> None:
    for members in coalitions_of(range(game.n)):
        found = coalition_stable(game, members)
        assert within(found["CNash"], found["CSMR"])
        assert within(found["CSMR"], found["CGMR"])
        assert within(found["CNash"], found["CSEQ"])


@settings(max_examples=100, deadline=None)
@given(games(max_dms=4))
def test_single_coalitions_are_decision_makers(game: Game) -> None:
    alone = solve(game, ("Nash", "GMR", "SMR", "SEQ")).stable
    for i in range(game.n):
        found = coalition_stable(game, (i,))
        for name in ("Nash", "GMR", "SMR"):
            assert (found["C" + name] == alone[name][i]).all()
        assert within(alone["SEQ"][i], found["CSEQ"])


@settings(max_examples=60, deadline=None)
@given(option_games(max_dms=3))
def test_coalitions_where_moves_are_transitive(game: Game) -> None:
    universal = universally_stable(game)
    alone = solve(game, ("Nash", "GMR", "SMR")).stable
    for name in ("Nash", "GMR", "SMR"):
        assert within(universal["C" + name], alone[name].all(axis=0))
    for members in coalitions_of(range(game.n)):
        found = coalition_stable(game, members)
        assert within(found["CSEQ"], found["CGMR"])


@pytest.mark.parametrize(("smaller", "larger"), [("SEQ", "SMR"), ("SMR", "SEQ")])
def test_what_is_not_a_relation_is_seen_not_to_be_one(smaller: str, larger: str) -> None:
    import numpy as np
    from tests.strategies import random_game

    rng = np.random.default_rng(0)
    models = (random_game(rng, 2, 6, graph=True) for _ in range(200))
    results = (solve(game, (smaller, larger)).stable for game in models)
    assert any(not within(found[smaller], found[larger]) for found in results)
