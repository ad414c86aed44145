"""Coalitions against their definitions over Python sets, and the partition form."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.strategies import games, grid_game

from jirga.errors import TooLargeError, UsageError
from jirga.stability import (
    coalition_improvements,
    coalition_stable,
    parse_partition,
    partition_stability,
    solve,
    universally_stable,
)
from jirga.stability.batch import BATCHABLE
from jirga.stability.game import Game
from jirga.stability.plain import legal_reach, view_of


def subsets(members: tuple[int, ...]) -> list[tuple[int, ...]]:
    return [h for size in range(1, len(members) + 1) for h in combinations(members, size)]


def by_definition(game: Game, members: tuple[int, ...]) -> dict[str, list[bool]]:
    """CNash, CGMR, CSMR and CSEQ word for word."""
    view, states = view_of(game), range(game.m)
    everybody = frozenset(states)

    def phi(h: tuple[int, ...], s: int) -> frozenset[int]:
        return frozenset().union(*(view.deterring[i][s] for i in h))

    def improvements(h: tuple[int, ...]) -> tuple[frozenset[int], ...]:
        return tuple(legal_reach(s, h, view.moves) & (everybody - phi(h, s)) for s in states)

    rest = tuple(j for j in range(game.n) if j not in members)
    mine = improvements(members)
    classes = tuple(improvements(h) for h in subsets(rest))
    reach = [legal_reach(q, rest, view.moves) for q in states]
    credible = [legal_reach(q, range(len(classes)), classes) for q in states]
    answers = [legal_reach(t, members, view.moves) for t in states]
    return {
        "CNash": [not mine[s] for s in states],
        "CGMR": [all(reach[q] & phi(members, s) for q in mine[s]) for s in states],
        "CSMR": [
            all(any(answers[t] <= phi(members, s) for t in reach[q] & phi(members, s)) for q in mine[s])
            for s in states
        ],
        "CSEQ": [all(credible[q] & phi(members, s) for q in mine[s]) for s in states],
    }


@settings(max_examples=120, deadline=None)
@given(games(max_dms=4))
def test_coalitions_by_definition(game: Game) -> None:
    universal = universally_stable(game)
    together = {name: np.ones(game.m, dtype=bool) for name in universal}
    for members in subsets(tuple(range(game.n))):
        found, expected = coalition_stable(game, members), by_definition(game, members)
        for name, row in expected.items():
            assert found[name].tolist() == row, (members, name)
            together[name] &= found[name]
    for name, row in together.items():
        assert np.array_equal(universal[name], row)


@settings(max_examples=60, deadline=None)
@given(games(max_dms=4))
def test_improvements_from_a_state(game: Game) -> None:
    for state in range(game.m):
        found = {entry.members: entry.states for entry in coalition_improvements(game, state)}
        for members in subsets(tuple(range(game.n))):
            stays = coalition_stable(game, members, ["CNash"])["CNash"][state]
            assert (members not in found) == stays
            for q in found.get(members, ()):
                assert all(game.ranks[i][q] > game.ranks[i][state] for i in members)


@settings(max_examples=60, deadline=None)
@given(games(max_dms=4))
def test_a_partition_into_singles_is_the_model_itself(game: Game) -> None:
    found, expected = partition_stability(game, (), BATCHABLE), solve(game, BATCHABLE)
    for name in BATCHABLE:
        assert np.array_equal(found.stable[name], expected.stable[name])


def test_a_partition_into_one_cell_leaves_what_all_prefer() -> None:
    game = grid_game(np.random.default_rng(5), (1, 1, 1))
    found = partition_stability(game, [(0, 1, 2)]).stable["Nash"][0]
    for s in range(game.m):
        better = [q for q in range(game.m) if all(rank[q] > rank[s] for rank in game.ranks)]
        assert found[s] == (not better)


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("[1,2],3", ((0, 1), (2,))),
        ("[3,1]", ((0, 2), (1,))),
        ("2, [1, 3]", ((1,), (0, 2))),
        ("", ((0,), (1,), (2,))),
        ("[1,2,3]", ((0, 1, 2),)),
    ],
)
def test_partitions_are_read(text: str, cells: tuple[tuple[int, ...], ...]) -> None:
    assert parse_partition(text, 3) == cells


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[1,2", "not closed"),
        ("[1]2", "comma is missing"),
        ("4", "from 1 to 3"),
        ("0", "from 1 to 3"),
        ("[1,x]", "“x”"),
        ("[]", "from 1 to 3"),
        ("1,1", "one cell"),
        ("¹", "from 1 to 3"),
    ],
)
def test_wrong_partitions_are_refused(text: str, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        parse_partition(text, 3)


def test_wrong_coalitions_are_refused() -> None:
    game = grid_game(np.random.default_rng(5), (1, 1))
    with pytest.raises(UsageError, match="from 0 to 1"):
        coalition_stable(game, (2,))
    with pytest.raises(UsageError, match="one or more"):
        coalition_stable(game, ())
    with pytest.raises(UsageError, match="not a concept of coalitions"):
        universally_stable(game, ["GMR"])


def test_too_large_for_coalitions_is_said() -> None:
    game = grid_game(np.random.default_rng(5), (8, 8))
    with pytest.raises(TooLargeError, match="20000 states"):
        universally_stable(game)
    with pytest.raises(TooLargeError, match="3000 states"):
        partition_stability(game, [(0, 1)])
