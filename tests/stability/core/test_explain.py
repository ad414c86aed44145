"""Reasons: each must be the verdict of the engines, and each path must be one that the definition allows."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from tests.strategies import games, grid_game, option_games

from jirga.errors import UsageError
from jirga.stability import CONCEPTS, Sanction, Stable, Unstable, explain, solve
from jirga.stability.batch import BATCHABLE
from jirga.stability.game import Game
from jirga.stability.simultaneous import joint_target


@settings(max_examples=60, deadline=None)
@given(games(max_dms=4))
def test_reasons_agree_with_the_verdicts_and_their_paths_are_legal(game: Game) -> None:
    tables = solve(game, BATCHABLE, "plain").stable
    for concept, table in tables.items():
        for dm in range(game.n):
            for state in range(game.m):
                verdict = explain(game, state, dm, concept)
                assert isinstance(verdict, Stable) == table[dm, state]
                check_verdict(game, verdict)


def check_verdict(game: Game, verdict: Stable | Unstable) -> None:
    improvements = game.improvements(verdict.dm, verdict.state).tolist()
    if isinstance(verdict, Unstable):
        assert set(verdict.unsanctioned) <= set(improvements)
        assert verdict.improvement in verdict.unsanctioned
        rank = game.ranks[verdict.dm]
        assert rank[verdict.improvement] == max(rank[q] for q in verdict.unsanctioned)
        return
    assert verdict.no_improvement == (not improvements)
    assert [sanction.improvement for sanction in verdict.sanctions] == improvements
    for sanction in verdict.sanctions:
        check_path(game, verdict, sanction)


def check_path(game: Game, verdict: Stable, sanction: Sanction) -> None:
    rank, last, here = game.ranks[verdict.dm], verdict.dm, sanction.improvement
    step_of = game.improvements if verdict.concept in ("SEQ", "SSEQ") else game.moves
    for step in sanction.path:
        assert step.dm not in (verdict.dm, last)
        assert step.state in step_of(step.dm, here).tolist()
        last, here = step.dm, step.state
    assert here == sanction.end
    assert rank[here] <= rank[verdict.state]
    if verdict.concept in ("SMR", "SSEQ"):
        assert all(rank[q] <= rank[verdict.state] for q in game.moves(verdict.dm, here))


@settings(max_examples=60, deadline=None)
@given(option_games(max_dms=4))
def test_reasons_of_simultaneous_moves(game: Game) -> None:
    tables = solve(game, ("SIM", "SEQ+SIM"), "plain").stable
    for concept, table in tables.items():
        for dm in range(game.n):
            for state in range(game.m):
                verdict = explain(game, state, dm, concept)
                assert isinstance(verdict, Stable) == table[dm, state]
                if isinstance(verdict, Stable) and concept == "SIM":
                    for sanction in verdict.sanctions:
                        targets = tuple(step.state for step in sanction.path)
                        assert joint_target(game, state, (sanction.improvement, *targets)) == sanction.end
                        assert game.ranks[dm][sanction.end] <= game.ranks[dm][state]


def test_paths_are_shortest() -> None:
    game = grid_game(np.random.default_rng(1), (2, 2, 2))
    lengths = [
        len(sanction.path)
        for state in range(game.m)
        for sanction in getattr(explain(game, state, 0, "GMR"), "sanctions", ())
    ]
    assert lengths
    assert max(lengths) <= 2  # two others, who reach everything of theirs by one move each


def test_what_cannot_be_explained_is_said() -> None:
    game = grid_game(np.random.default_rng(1), (1, 1))
    with pytest.raises(UsageError, match="no explanation for “L2”"):
        explain(game, 0, 0, "L2")
    with pytest.raises(UsageError, match="no state 5"):
        explain(game, 4, 0, "Nash")
    with pytest.raises(UsageError, match="lists its moves"):
        explain(game.as_graph(), 0, 0, "SIM")
    with pytest.raises(UsageError, match="lists its moves"):
        explain(game.as_graph(), 0, 0, "SEQ+SIM")


def test_every_concept_of_the_list_is_explained() -> None:
    game = grid_game(np.random.default_rng(2), (1, 2))
    assert {explain(game, 0, 0, concept).concept for concept in CONCEPTS} == set(CONCEPTS)
