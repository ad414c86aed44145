from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.stability.door import solve
from jirga.stability.game import Game
from jirga.stability.how import How
from jirga.stability.relations import CONCEPTS, Relations, better, move_matrix, settle
from jirga.stability.values import Field, needed


@settings(max_examples=80, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_needed_rank_says_what_the_definitions_say(games: Callable[..., Game], seed: int) -> None:
    game = games(seed)
    wanted = solve(game, CONCEPTS, engine="plain").stable
    field = Field.of(game)
    for concept in CONCEPTS:
        got = np.array([game.ranks[i] >= needed(field, game.ranks, i, concept) for i in range(game.n)])
        np.testing.assert_array_equal(got, wanted[concept], concept)


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 2**32 - 1))
def test_relations_of_a_plain_ranking_say_what_the_definitions_say(
    games: Callable[..., Game], seed: int
) -> None:
    game = games(seed)
    wanted = solve(game, CONCEPTS, engine="plain").stable
    up = tuple(better(ranks) for ranks in game.ranks)
    moves = tuple(move_matrix(game, i) for i in range(game.n))
    got = settle(game.dms, Relations(moves, up, tuple(~part for part in up), up), How("relations", ""))
    for concept in CONCEPTS:
        np.testing.assert_array_equal(got.stable[concept], wanted[concept], concept)


@pytest.mark.parametrize("seed", range(30))
def test_arc_lists_are_the_moves_of_the_game(games: Callable[..., Game], seed: int) -> None:
    game = games(seed)
    field = Field.of(game)
    for i in range(game.n):
        for state in range(game.m):
            assert field.moves(i, state).tolist() == game.moves(i, state).tolist()
