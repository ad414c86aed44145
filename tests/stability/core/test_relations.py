"""Relations between the concepts that hold in every model; those known to be false are not asserted."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.strategies import games, option_games, random_game

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
    rng = np.random.default_rng(0)
    models = (random_game(rng, 2, 6, graph=True) for _ in range(200))
    results = (solve(game, (smaller, larger)).stable for game in models)
    assert any(not within(found[smaller], found[larger]) for found in results)


def joined(matrices: list[BoolArray], m: int) -> BoolArray:
    return np.logical_or.reduce([np.zeros((m, m), dtype=bool), *matrices])


def by_matrices(game: Game, concept: str) -> BoolArray:
    """Return the verdicts of the matrix method (Xu, Hipel and Kilgour 2009), with 0 on the diagonal stable.

    M_i^(1) = J_i, M_i^(t) = sign[J_i (M_j^(t-1) of the others, joined)], the join of all of them is the
    reachability of a coalition; what deters is all that is not preferred, the start state among it.
    """
    n, m = game.n, game.m
    moves = np.zeros((n, m, m), dtype=bool)
    for i in range(n):
        for s in range(m):
            moves[i, s, game.moves(i, s)] = True
    better = np.stack([rank[None, :] > rank[:, None] for rank in game.ranks])  # better[i, s, q]: q over s
    step = moves & better if concept == "SEQ" else moves
    found = np.zeros((n, m), dtype=bool)
    for i in range(n):
        others = [j for j in range(n) if j != i]
        last = {j: step[j] for j in others}
        while True:
            longer = {j: last[j] | (step[j] @ joined([last[k] for k in others if k != j], m)) for j in others}
            if all((longer[j] == last[j]).all() for j in others):
                break
            last = longer
        reach = joined(list(last.values()), m)
        deters = ~better[i].T  # deters[t, s]: t is not preferred to s
        if concept == "SMR":
            deters = deters & ~(moves[i] @ better[i].T)
        sanctioned = np.zeros((m, m), dtype=bool) if concept == "Nash" else reach @ deters  # [q, s]
        found[i] = ~np.any((moves[i] & better[i]) & ~sanctioned.T, axis=1)
    return found


@settings(max_examples=120, deadline=None)
@given(games(max_dms=4))
def test_the_matrix_tests_say_the_same(game: Game) -> None:
    found = solve(game, ("Nash", "GMR", "SMR", "SEQ")).stable
    for concept, table in found.items():
        assert (by_matrices(game, concept) == table).all(), concept


@pytest.mark.parametrize(("smaller", "larger"), [("Nash", "L2"), ("SEQ", "L2"), ("L2", "SMR")])
def test_what_short_horizons_do_not_promise(smaller: str, larger: str) -> None:
    """Two decision makers, strict: the older claims about L_2 fail somewhere."""
    rng = np.random.default_rng(1)
    models = (random_game(rng, 2, 6, graph=True) for _ in range(400))
    results = (solve(game, (smaller, larger)).stable for game in models)
    assert any(not within(found[smaller], found[larger]) for found in results)
