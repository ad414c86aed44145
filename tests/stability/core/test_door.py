"""What the door refuses, what it says, and what it does not load for a small model."""

from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from tests.strategies import graph_games, grid_game, option_games, random_game, rows_of

from jirga import stability
from jirga.errors import TooLargeError, UsageError
from jirga.stability import (
    batch_equilibria,
    limited_move,
    memory,
    metarational,
    non_myopic,
    simultaneous,
    solve,
    structure_of,
)
from jirga.stability.game import Game, submasks

RNG = np.random.default_rng(0)
SMALL = grid_game(RNG, (1, 1))
THREE = grid_game(RNG, (1, 1, 1))


def test_the_front_page_is_sorted_and_whole() -> None:
    assert stability.__all__ == sorted(stability.__all__)
    assert all(hasattr(stability, name) for name in stability.__all__)


@pytest.mark.parametrize("name", ["nash", "L0", "L", "MR", "MR0", "L-1", "L99999", "", "L٣"])
def test_unknown_concepts(name: str) -> None:
    with pytest.raises(UsageError, match="is not a concept"):
        solve(SMALL, [name])


def test_unknown_engine() -> None:
    with pytest.raises(UsageError, match="auto, plain, fast or symbolic"):
        solve(SMALL, engine="slow")  # type: ignore[arg-type]


@pytest.mark.parametrize("concept", ["L2", "NM"])
def test_horizons_of_three_decision_makers(concept: str) -> None:
    with pytest.raises(UsageError, match="this model has 3"):
        solve(THREE, [concept])


def test_horizons_that_make_no_sense() -> None:
    for call in (limited_move, metarational):
        with pytest.raises(UsageError, match="makes no sense"):
            call(SMALL, 0)


@pytest.mark.parametrize("engine", ["plain", "fast"])
@pytest.mark.parametrize("concept", ["SIM", "SEQ+SIM"])
def test_simultaneous_moves_need_options(engine: str, concept: str) -> None:
    with pytest.raises(UsageError, match="leave SIM out"):
        solve(SMALL.as_graph(), [concept], engine)  # type: ignore[arg-type]


def test_all_concepts_in_one_call() -> None:
    names = ("SEQ+SIM", "L3", "NM", "MR4", "Nash", "SIM")
    found = solve(SMALL, names)
    assert found.concepts == names
    assert all(table.shape == (2, 4) for table in found.stable.values())
    assert "SIM" in repr(found)


def test_non_myopic_in_the_prisoners_dilemma() -> None:
    ranks = tuple(np.array(r, dtype=np.int32) for r in ([1, 0, 3, 2], [1, 3, 0, 2]))
    game = Game(("Row", "Column"), ranks, np.arange(4, dtype=np.uint64), (1, 2), n_options=2)
    assert np.flatnonzero(non_myopic(game).all(axis=0)).tolist() == [0, 3]


def test_ambiguous_anticipation_is_told() -> None:
    """Two equally good moves that end in different states."""
    arcs = (rows_of([[1, 2], [], []]), rows_of([[], [], []]))
    ranks = (np.array([0, 1, 1], dtype=np.int32), np.zeros(3, dtype=np.int32))
    found = limited_move(Game(("A", "B"), ranks, arcs=arcs), 2)
    assert found.ambiguous.tolist() == [[True, False, False], [False] * 3]
    assert found.anticipated[0].tolist() == [1, 1, 2]


RANK = np.arange(4, dtype=np.int32)
CODES = np.arange(4, dtype=np.uint64)


@pytest.mark.parametrize(
    ("game", "said"),
    [
        (Game(("A",), (RANK, RANK), CODES, (1,)), "a ranking for each"),
        (Game(("A", "B"), (RANK, RANK[:3]), CODES, (1, 2)), "a rank for each state"),
        (Game(("A",), (RANK + 1,), CODES, (1,)), "from 0 to 3"),
        (Game(("A",), (RANK,), None, (1,)), "a code for each state"),
        (Game(("A",), (RANK,), CODES[::-1], (1,)), "increase"),
        (Game(("A", "B"), (RANK, RANK), CODES, (1, 3)), "same option"),
        (Game(("A",), (RANK,), arcs=()), "list of moves"),
        (Game(("A",), (RANK,), arcs=((np.zeros(3, np.int32), np.zeros(0, np.int32)),)), "lead to no state"),
        (Game(("A",), (RANK,), arcs=(rows_of([[4], [], [], []]),)), "lead to no state"),
    ],
)
def test_games_that_contradict_themselves(game: Game, said: str) -> None:
    with pytest.raises(UsageError, match=said):
        solve(game)


def test_memory_is_told_before_it_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(memory, "UNASKED", 0)
    monkeypatch.setattr(memory, "available_bytes", lambda: 100)
    for game in (grid_game(RNG, (6, 6)), SMALL, SMALL.as_graph()):
        with pytest.raises(TooLargeError, match="of memory; 90 bytes is free"):
            solve(game)


def test_too_large_for_the_plain_engine() -> None:
    with pytest.raises(TooLargeError, match="use the fast one"):
        solve(grid_game(RNG, (6, 6)), engine="plain")


def test_too_many_joint_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(simultaneous, "MOST_STEPS", 1000)
    with pytest.raises(TooLargeError, match="joint moves"):
        solve(grid_game(RNG, (3, 3, 3)), ["SIM"])


def test_too_many_listed_moves(monkeypatch: pytest.MonkeyPatch) -> None:
    game = grid_game(RNG, (7, 7))
    monkeypatch.setattr(memory, "UNASKED", 0)
    monkeypatch.setattr(memory, "available_bytes", lambda: 10_000_000)
    with pytest.raises(TooLargeError, match="Listing the moves"):
        solve(game, ["SIM"])


def test_too_large_for_trees() -> None:
    with pytest.raises(TooLargeError, match="ask for those"):
        solve(grid_game(RNG, (8, 8)), ["MR4"])


def test_sizes_are_written_for_people() -> None:
    assert [memory.readable(n) for n in (900, 2048, 5 << 20, 3 << 30)] == [
        "900 bytes",
        "2.0 KiB",
        "5.0 MiB",
        "3.0 GiB",
    ]
    assert memory.available_bytes() > 0


def test_batch_refuses_what_does_not_fit() -> None:
    structure = structure_of(THREE)
    good = np.stack(THREE.ranks)[None]
    with pytest.raises(UsageError, match="shape"):
        batch_equilibria(structure, good[:, :2])
    with pytest.raises(UsageError, match="from 0 to 7"):
        batch_equilibria(structure, good + 1)
    with pytest.raises(UsageError, match="not a concept"):
        batch_equilibria(structure, good, ["SIM"])
    with pytest.raises(UsageError, match="64 states"):
        structure_of(grid_game(RNG, (4, 3)))
    assert batch_equilibria(structure, good[:0]).shape == (0, 4, 8)


def test_moves_of_wide_decision_makers_are_found_by_scanning() -> None:
    """Few states and many options: listing all changes of options would take for ever."""
    codes = np.sort(RNG.choice(1 << 40, 50, replace=False)).astype(np.uint64) & np.uint64((1 << 40) - 1)
    ranks = tuple(RNG.permutation(50).astype(np.int32) for _ in "AB")
    game = Game(("A", "B"), ranks, codes, ((1 << 39) - 1, 1 << 39), n_options=40)
    for s in range(50):
        expected = [q for q in range(50) if q != s and int(codes[q]) >> 39 == int(codes[s]) >> 39]
        assert game.moves(0, s).tolist() == expected
    assert game.edges(0)[1].size == sum(game.moves(0, s).size for s in range(50))


def test_listed_moves_are_the_moves() -> None:
    rng = np.random.default_rng(8)
    for _ in range(20):
        game = random_game(rng, 3, 30, graph=False)
        for i in range(3):
            indptr, indices = game.edges(i)
            for s in range(game.m):
                assert indices[indptr[s] : indptr[s + 1]].tolist() == game.moves(i, s).tolist()


def test_submasks() -> None:
    assert submasks(0b1010).tolist() == [0, 2, 8, 10]
    assert submasks(0).tolist() == [0]


def test_a_small_model_compiles_nothing() -> None:
    code = (
        "import sys, numpy as np\n"
        "from jirga.stability import Game, solve, CONCEPTS\n"
        "r = tuple(np.arange(16, dtype=np.int32) for _ in 'AB')\n"
        "solve(Game(('A', 'B'), r, np.arange(16, dtype=np.uint64), (3, 12), n_options=4), CONCEPTS)\n"
        "sys.exit('numba' in sys.modules)\n"
    )
    assert subprocess.run([sys.executable, "-c", code], timeout=60, check=False).returncode == 0


def test_strategies_make_games_that_pass_the_door() -> None:
    assert option_games().validate() is None
    assert graph_games().validate() is None
