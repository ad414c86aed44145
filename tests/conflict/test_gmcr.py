"""``.gmcr`` files: read, written, and what the format cannot hold."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.conflict.gmcr import dump_gmcr, dumps_gmcr, loads_gmcr
from jirga.conflict.load import load, loads
from jirga.conflict.ranking import ranks, tiers
from jirga.conflict.states import feasible
from jirga.conflict.types import Conflict, Direction
from jirga.errors import ConflictError


def file(**changes: Any) -> dict[str, Any]:
    """A small file; the second decision maker's option stands first in the file."""
    data: dict[str, Any] = {
        "program": "gmcr-py",
        "version": "0.3.12",
        "options": [
            {"name": "attack", "permittedDirection": "both"},
            {"name": "release water", "permittedDirection": "fwd"},
            {"name": "escalate", "permittedDirection": "back"},
        ],
        "decisionMakers": [
            {
                "name": "Up",
                "options": [1, 2],
                "preferences": [
                    [[0, "N"]],
                    {"compound": True, "members": [[[1, "Y"], [2, "N"]], [[0, "Y"]]]},
                ],
            },
            {"name": "Down", "options": [0], "preferences": [[[1, "Y"]]]},
        ],
        "infeasibles": [[[1, "Y"], [2, "Y"]]],
        "useManualPreferenceRanking": False,
    }
    return {**data, **changes}


def orders(conflict: Conflict) -> list[list[list[str]]]:
    space = feasible(conflict)
    return [
        [[space.word(s) for s in tied] for tied in tiers(ranks(conflict, dm, space))]
        for dm in conflict.decision_makers
    ]


def test_a_file_is_read() -> None:
    conflict = loads_gmcr(json.dumps(file()), "folder/Syria.gmcr")
    assert conflict.name == "Syria"
    assert [(o.dm, o.id, o.direction) for o in conflict.options] == [
        ("Up", "release water", Direction.TO_YES),
        ("Up", "escalate", Direction.TO_NO),
        ("Down", "attack", Direction.BOTH),
    ]
    assert [p.statements for p in conflict.decision_makers[0].preferences] == [
        ("not attack",),
        ('("release water" and not escalate) or attack',),
    ] or [p.statements for p in conflict.decision_makers[0].preferences] == [
        ("not attack",),
        ('"release water" and not escalate or attack',),
    ]
    assert conflict.infeasible[0].terms == ("YY-",)


def test_ranked_states_are_numbered_as_the_file_counts() -> None:
    """The file's first option belongs to the second decision maker: its states are numbered in another order."""
    data = file(useManualPreferenceRanking=True)
    data["decisionMakers"][0]["preferenceRanking"] = [1, 2, 3, 4, [5, 6]]
    data["decisionMakers"][1]["preferenceRanking"] = [[1, 2, 3, 4, 5, 6]]
    conflict = loads_gmcr(json.dumps(data))
    # by the file: attack is the lowest bit, then release, then escalate; words are in the order of the conflict
    assert orders(conflict)[0] == [["NNN"], ["NNY"], ["YNN"], ["YNY"], ["NYN", "NYY"]]
    assert "statements of Up that it also holds: not attack" in conflict.notes[0]


def test_hand_made_rankings_that_say_what_the_statements_say_keep_the_statements() -> None:
    data = file()
    plain = loads_gmcr(json.dumps(data))
    text, _ = dumps_gmcr(plain)
    data = json.loads(text)
    for dm, order in zip(data["decisionMakers"], orders(plain), strict=True):
        space = feasible(plain)
        dm["preferenceRanking"] = [[space.index(word) + 1 for word in tied] for tied in order]
    data["useManualPreferenceRanking"] = True
    assert loads_gmcr(json.dumps(data)).decision_makers == plain.decision_makers


@settings(deadline=None)
@given(st.data())
def test_what_a_file_says_survives_a_round_trip(data: st.DataObject) -> None:
    signs = st.tuples(st.integers(0, 2), st.sampled_from(["Y", "N"])).map(list)
    cube = st.lists(signs, min_size=1, max_size=3, unique_by=lambda pair: pair[0])
    places = st.lists(
        st.one_of(
            cube, st.lists(cube, min_size=1, max_size=3).map(lambda m: {"compound": True, "members": m})
        ),
        max_size=4,
    )
    raw = file(infeasibles=[[[0, "Y"], [2, "Y"]]])
    raw["decisionMakers"][0]["preferences"] = data.draw(places)
    raw["decisionMakers"][1]["misperceptions"] = data.draw(st.lists(cube, max_size=2))
    first = loads_gmcr(json.dumps(raw))
    text, left_out = dumps_gmcr(first)
    again = loads_gmcr(text)
    assert orders(again) == orders(first)
    assert again.decision_makers[1].perceives == first.decision_makers[1].perceives
    assert again.infeasible == first.infeasible
    assert dumps_gmcr(again)[0] == text or left_out


def test_statements_of_any_shape_are_written_as_conditions() -> None:
    model = loads(
        "conflict: X\ndecision_makers:\n  A: {options: [a, b], preferences: [a iff c, not (a and b), a if c]}\n"
        "  B: {options: [c], preferences: [c]}\ninfeasible: [{exactly_one: [a, b, c]}]\n"
    )
    text, left_out = dumps_gmcr(model)
    assert left_out == ()
    assert orders(loads_gmcr(text)) == orders(model)
    assert not json.loads(text)["useManualPreferenceRanking"]


def test_what_the_format_cannot_hold_is_told(tmp_path: Path) -> None:
    model = loads(
        "conflict: X\nstatus_quo: NN\ndecision_makers:\n"
        "  A: {options: {a: {label: Act, evidence: [s1]}}, preferences: [[a, not b]], strength: 2}\n"
        "  B: {options: [b], weights: {b: 1}, attitudes: {A: 0}}\nnotes: [x]\n"
    )
    left_out = dump_gmcr(model, tmp_path / "x.gmcr")
    assert left_out == (
        "status quo NN",
        "notes",
        "labels",
        "strength of A",
        "attitudes of B",
        "evidence",
        "the place “a, not b” of A (the ranking it gives is written instead)",
        "weights of B (the ranking they give is written instead)",
    )
    assert orders(load(tmp_path / "x.gmcr")) == orders(model)
    with pytest.raises(ConflictError, match="graph form"):
        dumps_gmcr(loads("conflict: G\nstates: [a, b]\ndecision_makers: {A: {}}\n"))


BAD: list[tuple[str, str]] = [
    ("{", "not JSON"),
    ("[]", "“decisionMakers” and “options” are missing"),
    ("[" * 100_000, "nested too deeply"),
    (json.dumps(file(options=[])), r"decisionMakers\[0\].options\[0\]: there is no option 1"),
    (json.dumps(file(infeasibles=[[[7, "Y"]]])), r"infeasibles\[0\]: \[option index"),
    (json.dumps(file(infeasibles=[[[0, "Y"], [0, "N"]]])), "both Y and N"),
    (json.dumps(file(infeasibles=[[]])), "condition is empty"),
    (json.dumps(file(infeasibles=5)), "infeasibles: a list is expected"),
    (
        json.dumps(file(decisionMakers=[{"name": "A", "options": [0]}])),
        r"options\[1\]: the option belongs to nobody",
    ),
    (
        json.dumps(file(decisionMakers=[{"name": "A", "options": [0, 1, 2]}, {"name": "A", "options": [0]}])),
        "“A” stands twice",
    ),
    (json.dumps(file(decisionMakers=[{"options": [0, 1, 2]}])), r"decisionMakers\[0\].name: a name of"),
    (json.dumps(file(useManualPreferenceRanking=True)), "misses the states 1, 2, 3, 4, 5, 6"),
    (
        json.dumps(file(options=[{"name": "a", "permittedDirection": "up"}, *file()["options"][1:]])),
        "both, fwd or back is expected, not 'up'",
    ),
    (json.dumps(file(decisionMakers=["x"])), "a decision maker with “name”"),
]


@pytest.mark.parametrize(("text", "fragment"), BAD)
def test_a_bad_file_is_told(text: str, fragment: str) -> None:
    with pytest.raises(ConflictError, match=fragment):
        loads_gmcr(text)
