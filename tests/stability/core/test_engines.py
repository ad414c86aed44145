"""One class of tests for every engine, and agreement of all engines on random models."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from tests.strategies import games, graph_games, grid_game, option_games, random_game, rows_of

from jirga.stability import CONCEPTS, batch_equilibria, jit, solve
from jirga.stability.batch import BATCHABLE
from jirga.stability.fast import sequential_values
from jirga.stability.game import Game
from jirga.stability.general import solve_general
from jirga.stability.grid import fits as fits_grid
from jirga.stability.grid import solve_grid
from jirga.stability.linear import fits as fits_linear
from jirga.stability.linear import solve_linear
from jirga.stability.plain import solve_plain
from jirga.stability.simultaneous import simultaneous, simultaneous_plain
from jirga.stability.symbolic import symbolic_tables
from jirga.stability.types import BoolArray

Engine = Callable[[Game], dict[str, BoolArray]]

ENGINES: dict[str, Engine] = {
    "plain": lambda game: solve_plain(game, BATCHABLE),
    "linear": lambda game: solve_linear(game, BATCHABLE),
    "general": lambda game: solve_general(game, BATCHABLE),
    "grid": lambda game: solve_grid(game, BATCHABLE),
    "symbolic": lambda game: symbolic_tables(game, BATCHABLE),
    "symbolic over arcs": lambda game: symbolic_tables(game.as_graph(), BATCHABLE),
    "plain over arcs": lambda game: solve_plain(game.as_graph(), BATCHABLE),
    "general over arcs": lambda game: solve_general(game.as_graph(), BATCHABLE),
}


def two_by_two(row: list[int], column: list[int]) -> Game:
    """States NN, YN, NY, YY; one option each."""
    ranks = (np.array(row, dtype=np.int32), np.array(column, dtype=np.int32))
    return Game(("Row", "Column"), ranks, np.arange(4, dtype=np.uint64), (1, 2), n_options=2)


@pytest.mark.parametrize("engine", list(ENGINES))
class TestEveryEngine:
    """What any engine must do."""

    def equilibria(self, engine: str, game: Game) -> dict[str, list[int]]:
        return {name: np.flatnonzero(t.all(axis=0)).tolist() for name, t in ENGINES[engine](game).items()}

    def test_cooperation_is_sanctioned_in_the_prisoners_dilemma(self, engine: str) -> None:
        found = self.equilibria(engine, two_by_two([1, 0, 3, 2], [1, 3, 0, 2]))
        assert found == {"Nash": [0], "GMR": [0, 3], "SMR": [0, 3], "SEQ": [0, 3], "SSEQ": [0, 3]}

    def test_chicken(self, engine: str) -> None:
        found = self.equilibria(engine, two_by_two([2, 3, 1, 0], [2, 1, 3, 0]))
        assert found == {"Nash": [1, 2], "GMR": [0, 1, 2], "SMR": [0, 1, 2], "SEQ": [1, 2], "SSEQ": [1, 2]}

    def test_matching_pennies_has_no_nash_equilibrium(self, engine: str) -> None:
        found = self.equilibria(engine, two_by_two([1, 0, 0, 1], [0, 1, 1, 0]))
        assert found["Nash"] == []
        assert found["GMR"] == found["SEQ"] == [0, 1, 2, 3]
        assert found["SMR"] == found["SSEQ"] == []

    def test_indifference_everywhere_is_stable_everywhere(self, engine: str) -> None:
        found = self.equilibria(engine, two_by_two([0] * 4, [0] * 4))
        assert all(states == [0, 1, 2, 3] for states in found.values())

    def test_who_has_no_option_is_always_stable(self, engine: str) -> None:
        ranks = tuple(np.array(row, dtype=np.int32) for row in ([0, 1], [1, 0]))
        game = Game(("A", "B"), ranks, np.arange(2, dtype=np.uint64), (1, 0), n_options=1)
        tables = ENGINES[engine](game)
        assert all(table.tolist() == [[False, True], [True, True]] for table in tables.values())

    def test_a_single_decision_maker_goes_to_its_best(self, engine: str) -> None:
        game = Game(
            ("A",),
            (np.array([1, 3, 0, 2], dtype=np.int32),),
            np.arange(4, dtype=np.uint64),
            (3,),
            n_options=2,
        )
        assert all(
            table.tolist() == [[False, True, False, False]] for table in ENGINES[engine](game).values()
        )


@settings(max_examples=300, deadline=None)
@given(games())
def test_general_engine_agrees_with_the_definitions(game: Game) -> None:
    same(solve_plain(game, BATCHABLE), solve_general(game, BATCHABLE))


@settings(max_examples=300, deadline=None)
@given(option_games())
def test_linear_engine_agrees_with_the_definitions(game: Game) -> None:
    assert fits_linear(game)
    same(solve_plain(game, BATCHABLE), solve_linear(game, BATCHABLE))


@settings(max_examples=100, deadline=None)
@given(option_games(max_dms=4, whole=True, min_dms=1))
def test_grid_engine_agrees_with_the_definitions(game: Game) -> None:
    assert fits_grid(game)
    same(solve_plain(game, BATCHABLE), solve_grid(game, BATCHABLE))


@settings(max_examples=150, deadline=None)
@given(games())
def test_batch_kernel_agrees_with_the_definitions(game: Game) -> None:
    found = batch_equilibria(game, np.stack(game.ranks)[None], BATCHABLE)[0]
    for row, table in zip(found, solve_plain(game, BATCHABLE).values(), strict=True):
        assert np.array_equal(row, table.all(axis=0))


@settings(max_examples=150, deadline=None)
@given(option_games(max_dms=4))
def test_both_forms_of_simultaneous_moves_agree_with_their_definitions(game: Game) -> None:
    for joint in (False, True):
        assert np.array_equal(simultaneous(game, joint), simultaneous_plain(game, joint))


@settings(max_examples=100, deadline=None)
@given(option_games())
def test_listing_the_moves_changes_nothing(game: Game) -> None:
    same(solve(game, BATCHABLE).stable, solve(game.as_graph(), BATCHABLE).stable)
    assert np.array_equal(sequential_values(game), sequential_values(game.as_graph()))


@pytest.mark.parametrize("graph", [False, True])
def test_compiled_kernels_say_what_interpreted_ones_say(graph: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    rng = np.random.default_rng(20)
    models = [random_game(rng, int(rng.integers(2, 6)), int(rng.integers(2, 60)), graph) for _ in range(40)]
    concepts = BATCHABLE if graph else CONCEPTS
    interpreted = [solve(game, concepts, "fast").stable for game in models]
    monkeypatch.setattr(jit, "SMALL", 0)
    for game, expected in zip(models, interpreted, strict=True):
        same(expected, solve(game, concepts, "fast").stable)


@pytest.mark.parametrize("bits", [(4, 4, 4), (1, 6, 2, 3), (3, 0, 9), (12,), (2, 8, 2)])
@pytest.mark.parametrize("strict", [True, False])
def test_grid_and_linear_agree_on_larger_models(bits: tuple[int, ...], strict: bool) -> None:
    game = grid_game(np.random.default_rng(sum(bits)), bits, strict)
    assert solve(game).engine == "grid"
    same(solve_linear(game, BATCHABLE), solve_grid(game, BATCHABLE))


def test_large_groups_are_sorted_otherwise_and_right() -> None:
    game = grid_game(np.random.default_rng(3), (9, 4), strict=False)
    same(solve_linear(game, BATCHABLE), solve_grid(game, BATCHABLE))


def test_many_irreversible_options_go_to_the_general_engine() -> None:
    rng = np.random.default_rng(4)
    ranks = tuple(rng.permutation(100).astype(np.int32) for _ in range(2))
    codes = np.sort(rng.choice(256, 100, replace=False)).astype(np.uint64)
    wide = Game(("A", "B"), ranks, codes, (0b01111111, 0b10000000), 0b1111111, 0, 8)
    assert solve(wide).engine == "general"
    same(solve_plain(wide, BATCHABLE), solve(wide, BATCHABLE, "fast").stable)


@settings(max_examples=60, deadline=None)
@given(graph_games(max_dms=3, max_states=5))
def test_an_opponents_new_move_never_costs_a_gmr_state(game: Game) -> None:
    assert game.arcs is not None
    before = solve(game, ["GMR"]).stable["GMR"][0]
    rows = [game.moves(1, s).tolist() for s in range(game.m)]
    for s in range(game.m):
        more = [row if at != s else sorted({*row, *range(game.m)} - {s}) for at, row in enumerate(rows)]
        wider = Game(game.dms, game.ranks, arcs=(game.arcs[0], rows_of(more), *game.arcs[2:]))
        assert not (before & ~solve(wider, ["GMR"]).stable["GMR"][0]).any()


@settings(max_examples=60, deadline=None)
@given(games(max_dms=4))
def test_names_and_order_of_decision_makers_do_not_matter(game: Game) -> None:
    turned = Game(
        game.dms[::-1], game.ranks[::-1], game.codes, game.masks[::-1], game.to_yes, game.to_no, game.n_options,
        None if game.arcs is None else game.arcs[::-1],
    )  # fmt: skip
    found, other = solve(game, BATCHABLE), solve(turned, BATCHABLE)
    same(found.stable, {name: table[::-1] for name, table in other.stable.items()})


@settings(max_examples=60, deadline=None)
@given(graph_games(max_dms=3))
def test_numbers_of_states_do_not_matter(game: Game) -> None:
    order = np.random.default_rng(game.m).permutation(game.m)
    place = np.argsort(order)
    arcs = tuple(rows_of([place[game.moves(i, int(s))].tolist() for s in order]) for i in range(game.n))
    moved = Game(game.dms, tuple(rank[order] for rank in game.ranks), arcs=arcs)
    found = solve(game, BATCHABLE).stable
    same({name: table[:, order] for name, table in found.items()}, solve(moved, BATCHABLE).stable)


def same(expected, found) -> None:  # type: ignore[no-untyped-def]
    assert list(expected) == list(found)
    for name, table in expected.items():
        assert np.array_equal(table, found[name]), name
