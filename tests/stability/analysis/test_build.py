"""From a conflict to the numbers of a game."""

from __future__ import annotations

import pytest

from jirga.conflict.load import loads
from jirga.conflict.types import Conflict, DecisionMaker, Option, Rule
from jirga.errors import ConflictError
from jirga.stability.build import to_game

TEXT = """\
conflict: X
decision_makers:
  A: {options: {a: {direction: to_yes}, b: {}}, preferences: [c, a]}
  B: {options: {c: {direction: to_no}}}
  C: {}
infeasible: [a and b]
"""


def test_masks_directions_and_ranks() -> None:
    game = to_game(loads(TEXT))
    assert game.dms == ("A", "B", "C")
    assert game.codes is not None
    assert game.codes.tolist() == [0, 1, 2, 4, 5, 6]
    assert game.masks == (3, 4, 0)
    assert (game.to_yes, game.to_no, game.n_options) == (1, 4, 3)
    assert [ranks.tolist() for ranks in game.ranks] == [[0, 1, 0, 2, 3, 2], [0] * 6, [0] * 6]
    assert [game.moves(0, state).tolist() for state in range(3)] == [[1, 2], [], [0, 1]]
    assert [game.moves(1, state).tolist() for state in (0, 3)] == [[], [0]]
    assert game.moves(2, 0).tolist() == []


def test_graph_form_becomes_sorted_rows_without_repeats() -> None:
    text = (
        "conflict: G\nstates: [x, y, z]\ndecision_makers: {A: {}, B: {}}\nmoves: {A: {x: [z, y, z], z: x}}\n"
    )
    game = to_game(loads(text))
    assert game.arcs is not None
    assert [part.tolist() for part in game.arcs[0]] == [[0, 2, 2, 3], [1, 2, 0]]
    assert [part.tolist() for part in game.arcs[1]] == [[0, 0, 0, 0], []]


def test_a_model_without_states_or_decision_makers_is_told() -> None:
    nobody = Conflict("X", ())
    nothing = Conflict(
        "X", (DecisionMaker("A", "A", (Option("a", "A", "a"),)),), (Rule("statement", ("a or not a",)),)
    )
    for conflict in (nobody, nothing):
        with pytest.raises(ConflictError, match="nothing to analyse"):
            to_game(conflict)
