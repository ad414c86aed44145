"""Where conventions differ between programs, ours; and faults of an older program that must not come back."""

from __future__ import annotations

import numpy as np
import pytest
from tests.strategies import rows_of

from jirga.stability import Stable, explain, solve
from jirga.stability.game import Game

BOTH = pytest.mark.parametrize("engine", ["plain", "fast"])


def graph(ranks: list[list[int]], moves: list[dict[int, list[int]]]) -> Game:
    m = len(ranks[0])
    arcs = tuple(rows_of([own.get(s, []) for s in range(m)]) for own in moves)
    names = tuple("ABCDE"[: len(ranks)])
    return Game(names, tuple(np.array(rank, dtype=np.int32) for rank in ranks), arcs=arcs)


@BOTH
def test_undo_move_convention(engine: str) -> None:
    """B can only take A back to where it came from: that deters under GMR, SMR and SEQ."""
    game = graph([[0, 1], [1, 0]], [{0: [1]}, {1: [0]}])
    found = solve(game, ("Nash", "GMR", "SMR", "SEQ"), engine).stable
    assert not found["Nash"][0, 0]
    assert found["GMR"][0, 0]
    assert found["SEQ"][0, 0]
    assert not found["SMR"][0, 0]  # A would simply go again


@BOTH
def test_equal_payoff_deters(engine: str) -> None:
    game = graph([[0, 1, 0], [0, 0, 1]], [{0: [1]}, {1: [2]}])
    assert all(table[0, 0] for name, table in solve(game, engine=engine).stable.items() if name != "Nash")


@BOTH
def test_sanctions_are_full_legal_sequences(engine: str) -> None:
    """B, C, B together spoil A's improvement; neither order with one move each does."""
    game = graph([[1, 2, 2, 2, 0], [0, 0, 1, 2, 3], [0, 0, 1, 2, 3]], [{0: [1]}, {1: [2], 3: [4]}, {2: [3]}])
    found = solve(game, ("GMR", "SMR", "SEQ", "SSEQ"), engine).stable
    assert all(table[0, 0] for table in found.values())
    verdict = explain(game, 0, 0, "SEQ")
    assert isinstance(verdict, Stable)
    assert [(step.dm, step.state) for step in verdict.sanctions[0].path] == [(1, 2), (2, 3), (1, 4)]


@BOTH
def test_nobody_moves_twice_in_a_row(engine: str) -> None:
    """B would need two moves of its own to spoil A's improvement, and may not make them."""
    game = graph([[1, 2, 2, 0], [0, 0, 1, 2]], [{0: [1]}, {1: [2], 2: [3]}])
    assert not any(table[0, 0] for table in solve(game, engine=engine).stable.values())


def three_ways(ranks: list[dict[str, int]]) -> Game:
    """A has options 1 and 2 (not both), B has option 3; ranks by Y/N word."""
    words = ["NNN", "YNN", "NYN", "NNY", "YNY", "NYY"]
    codes = np.array([sum(1 << k for k, c in enumerate(word) if c == "Y") for word in words], dtype=np.uint64)
    tables = tuple(np.array([rank[word] for word in words], dtype=np.int32) for rank in ranks)
    return Game(("A", "B"), tables, codes, (3, 4), n_options=3)


@BOTH
def test_one_joint_move_may_answer_every_improvement(engine: str) -> None:
    """An older program used up the others' joint moves on the first improvement."""
    a = {"NNN": 1, "YNN": 2, "NYN": 2, "NNY": 0, "YNY": 0, "NYY": 0}
    b = {"NNN": 0, "YNN": 0, "NYN": 0, "NNY": 1, "YNY": 1, "NYY": 1}
    found = solve(three_ways([a, b]), ("Nash", "SIM"), engine).stable
    assert not found["Nash"][0, 0]
    assert found["SIM"][0, 0]


@BOTH
def test_every_improvement_counts_not_the_last_alone(engine: str) -> None:
    """The first improvement is open and the last one sanctioned: unstable."""
    a = {"NNN": 1, "YNN": 2, "NYN": 2, "NNY": 1, "YNY": 2, "NYY": 0}
    b = {"NNN": 0, "YNN": 0, "NYN": 0, "NNY": 1, "YNY": 1, "NYY": 1}
    found = solve(three_ways([a, b]), ("GMR", "SEQ", "SIM"), engine).stable
    assert not any(table[0, 0] for table in found.values())


@BOTH
def test_the_two_rules_for_simultaneous_moves_differ(engine: str) -> None:
    """B has an improvement of its own, but SEQ deters B from it; then B does not move at once with A."""
    codes = np.arange(4, dtype=np.uint64)
    a, b = [1, 2, 1, 0], [1, 1, 2, 0]  # NN, YN, NY, YY
    b_meek = [1, 0, 2, 0]
    chicken = Game(("A", "B"), tuple(np.array(r, dtype=np.int32) for r in (a, b)), codes, (1, 2), n_options=2)
    found = solve(chicken, ("SEQ", "SIM", "SEQ+SIM"), engine).stable
    assert not found["SEQ"][:, 0].any()
    assert found["SIM"][:, 0].all()
    assert found["SEQ+SIM"][:, 0].all()
    a_bold = [1, 2, 0, 1]  # now A leaves NY for YY, which sanctions B's move there
    meek = Game(
        ("A", "B"), tuple(np.array(r, dtype=np.int32) for r in (a_bold, b_meek)), codes, (1, 2), n_options=2
    )
    found = solve(meek, ("SEQ", "SIM", "SEQ+SIM"), engine).stable
    assert found["SEQ"][:, 0].tolist() == [False, True]
    assert found["SIM"][0, 0]
    assert not found["SEQ+SIM"][0, 0]


@BOTH
def test_irreversible_options_work_through_infeasible_states(engine: str) -> None:
    """A move is direct: what lies between two feasible states does not block it."""
    codes = np.array([0b00, 0b11], dtype=np.uint64)  # YN and NY are infeasible
    game = Game(("A", "B"), tuple(np.array([0, 1], dtype=np.int32) for _ in "AB"), codes, (3, 0), 3, 0, 2)
    assert solve(game, engine=engine).stable["Nash"].tolist() == [[False, True], [True, True]]
    assert game.moves(0, 1).tolist() == []
