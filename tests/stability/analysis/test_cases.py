"""Published and computed cases, and the built-in classics, reproduced by every engine that can do them.

The cases are files outside the repository; without them these tests skip and the classics, which carry the same
facts, remain. Where a printed figure and the definitions differ, the test says why.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from jirga.cli.app import app
from jirga.conflict.classics import classic, classic_names, classic_text
from jirga.conflict.load import loads
from jirga.conflict.ranking import tiers
from jirga.conflict.types import Conflict, DecisionMaker, Direction, Option, Preference, Rule
from jirga.conflict.write import dump
from jirga.errors import UsageError
from jirga.stability.analysis import Analysis, analyse

CASES = Path(__file__).parents[4] / "shared" / "cases"
DIRECTION = {"both": Direction.BOTH, "N->Y only": Direction.TO_YES, "Y->N only": Direction.TO_NO}
CONCEPT = {"SIM_per_DM": "SIM"}
OPTION_FORM = ["case_prisoners_dilemma", "case_chicken", "case_cuban", "gold_elmira", "gold_syria_iraq_1975"]
CLASSIC_OF = {
    "case_prisoners_dilemma": "prisoners-dilemma",
    "case_chicken": "chicken",
    "case_cuban": "cuban-missile",
    "gold_elmira": "elmira",
    "gold_syria_iraq_1975": "syria-iraq-1975",
}


def case(name: str) -> dict[str, Any]:
    path = CASES / f"{name}.json"
    if not path.exists():
        pytest.skip(f"{path} is not there; the built-in classics carry the same facts")
    found: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return found


def ranked(order: list[Any]) -> tuple[tuple[str, ...], ...]:
    return tuple(tuple(map(str, tied)) if isinstance(tied, list) else (str(tied),) for tied in order)


def conflict_of(model: dict[str, Any], *, statements: bool) -> Conflict:
    """Build the conflict of a case, by its rankings or by its statements."""
    names = list(dict.fromkeys(option["dm"] for option in model["options"]))
    makers = {dm["name"]: dm for dm in model.get("decision_makers", [])}
    rankings = model.get("rankings_best_first") or {
        name: dm["ranking_best_first_ties_in_lists"] for name, dm in makers.items()
    }
    out = []
    for name in names:
        options = tuple(
            Option(f"o{o['number']}", name, o["name"], DIRECTION[o.get("allowed_change", "both")])
            for o in model["options"]
            if o["dm"] == name
        )
        if statements:
            listed = makers[name]["preference_statements_most_important_first"]
            texts = (" or ".join(part) if isinstance(part, list) else part for part in listed)
            out.append(DecisionMaker(name, name, options, tuple(Preference((text,)) for text in texts)))
        else:
            out.append(DecisionMaker(name, name, options, ranking=ranked(rankings[name])))
    rules = tuple(Rule("pattern", (text,)) for text in model.get("infeasible_patterns", []))
    return Conflict("case", tuple(out), rules)


def order(found: Analysis) -> list[list[list[int]]]:
    return [[[state + 1 for state in tied] for tied in tiers(rank)] for rank in found.game.ranks]


def expected_order(conflict: Conflict) -> list[list[list[int]]]:
    return [[sorted(map(int, tied)) for tied in dm.ranking] for dm in conflict.decision_makers]


@pytest.mark.parametrize("engine", ["plain", "fast", "symbolic"])
@pytest.mark.parametrize("name", OPTION_FORM)
def test_computed_stability_is_reproduced(name: str, engine: Any) -> None:
    data = case(name)
    table = data["computed_reference"]["stability"]
    concepts = [CONCEPT.get(concept, concept) for concept in table]
    found = analyse(conflict_of(data["model"], statements=False), concepts, engine)
    assert isinstance(found, Analysis)
    for concept, rows in table.items():
        told = CONCEPT.get(concept, concept)
        assert [list(found.stable(dm, told)) for dm in found.game.dms] == rows["by_dm"], concept
        assert list(found.equilibria[told]) == rows["equilibria"], concept


@pytest.mark.parametrize("name", OPTION_FORM)
def test_the_command_line_says_the_same_from_a_file(name: str, tmp_path: Path) -> None:
    data = case(name)
    table = data["computed_reference"]["stability"]
    conflict = conflict_of(data["model"], statements=False)
    path = tmp_path / "case.yaml"
    dump(conflict, path)
    for engine in ("auto", "symbolic"):
        concepts = ",".join(CONCEPT.get(concept, concept) for concept in table)
        command = ["analyse", str(path), "--format", "json", "--engine", engine, "--concepts", concepts]
        found = json.loads(CliRunner().invoke(app, command, catch_exceptions=False).stdout)
        assert list(found)[:3] == ["conflict", "engine", "model_hash"]
        assert set(found["options"][0]) == {"id", "dm", "label", "direction"}
        assert [state["n"] for state in found["states"]] == list(range(1, len(found["states"]) + 1))
        assert set(found["states"][0]) == {"n", "code", "yn", "name"}
        assert found["status_quo"] is None
        for concept, rows in table.items():
            told = CONCEPT.get(concept, concept)
            assert [found["stability"][dm.id][told] for dm in conflict.decision_makers] == rows["by_dm"]
            assert found["equilibria"][told] == rows["equilibria"]


@pytest.mark.parametrize("name", OPTION_FORM)
def test_the_states_are_those_of_the_case(name: str) -> None:
    data = case(name)
    found = analyse(conflict_of(data["model"], statements=False))
    states = data["model"]["states"]
    words = states.values() if isinstance(states, dict) else [state["yn"] for state in states]
    assert [found.space.word(state) for state in range(found.space.m)] == list(words)


@pytest.mark.parametrize("name", ["case_prisoners_dilemma", "case_cuban", "gold_syria_iraq_1975"])
def test_statements_give_the_published_ranking(name: str) -> None:
    model = case(name)["model"]
    by_statements = analyse(conflict_of(model, statements=True))
    assert order(by_statements) == expected_order(conflict_of(model, statements=False))


def test_elmira_by_statements_differs_only_where_the_works_is_abandoned() -> None:
    """The example file of Elmira has rankings made by hand switched on: there the four abandoned states tie.

    Its statements tell these four apart and even put two of them elsewhere for Uniroyal; about all other states
    they say the same. The published figures follow from the rankings.
    """
    model = case("gold_elmira")["model"]
    by_statements = order(analyse(conflict_of(model, statements=True)))
    by_hand = order(analyse(conflict_of(model, statements=False)))
    abandoned = {5, 6, 11, 12}
    assert by_statements != by_hand
    for fine, coarse in zip(by_statements, by_hand, strict=True):
        assert [t for t in fine if not abandoned & set(t)] == [t for t in coarse if not abandoned & set(t)]


@pytest.mark.parametrize("name", ["case_prisoners_dilemma", "case_chicken"])
def test_limited_moves_of_two_decision_makers(name: str) -> None:
    data = case(name)
    table = data["computed_reference"]["L_h_2DM_(stay on ties)"]
    found = analyse(conflict_of(data["model"], statements=False), [f"L{h}" for h in table])
    assert {h: list(found.equilibria[f"L{h}"]) for h in table} == table


def test_published_equilibria_of_syria_and_iraq() -> None:
    data = case("gold_syria_iraq_1975")["published"]
    found = analyse(classic("syria-iraq-1975"), ["Nash", "GMR", "SMR", "SEQ", "SIM"])
    for concept, states in data["equilibria"].items():
        if concept != "SEQ_and_SIM":
            assert list(found.equilibria[concept]) == states
    assert order(found) == [[[n] for n in data["ranking_check"][dm]] for dm in ("Syria", "Iraq")]
    wrong = found.explain(2, "SEQ")[0]
    assert getattr(wrong, "unsanctioned", None) == (2,)  # the move to 3 is open; the one to 1 is sanctioned


def test_published_equilibria_of_elmira() -> None:
    """The figure shows states 7 to 12 only; the definitions also give 5 and 6 (and for GMR and SMR 1 and 4)."""
    shown = case("gold_elmira")["published"]["individual_equilibria_visible"]
    found = analyse(classic("elmira"))
    for concept in ("Nash", "GMR", "SMR", "SEQ", "SIM"):
        assert [n for n in found.equilibria[concept] if n in shown["states_shown"]] == shown[concept]


def test_published_coalition_of_elmira() -> None:
    """GMCR+ lets the coalition replace its members; that is the partition form here."""
    data = case("gold_elmira")
    found = analyse(classic("elmira"), coalition="[1,2],3")
    assert found.together is not None
    reference = data["computed_reference"]["partition_[MoE+Uniroyal],[LG]"]["equilibria"]
    assert {name: list(states) for name, states in found.together.stable.items()} == reference
    published = data["published"]["with_coalition_MoE_Uniroyal"]
    assert list(found.together.stable["Nash"]) == published["Nash"]
    assert list(found.together.stable["GMR"]) == published["GMR"]


def test_published_walk_from_the_status_quo_of_elmira() -> None:
    found = analyse(classic("elmira"), coalition="MoE,Uniroyal")
    walk = found.evolve()
    assert [(arc.start + 1, arc.end + 1, found.game.dms[arc.dm]) for arc in walk.graph()] == [
        (1, 7, "Local Government")
    ]
    at_seven = analyse(replace(classic("elmira"), status_quo="NYNNY"), coalition="MoE,Uniroyal")
    assert at_seven.together is not None
    assert at_seven.together.improvements == (10,)
    assert not any(10 - 1 in at_seven.game.moves(dm, 6) for dm in range(3))


@pytest.mark.parametrize("engine", ["plain", "fast"])
def test_the_nine_state_form_of_elmira(engine: Any) -> None:
    data = case("gold_elmira")["nine_state_form"]
    found = analyse(classic("elmira-nine"), list(data["computed_reference"]), engine)
    for concept, rows in data["computed_reference"].items():
        assert [list(found.stable(dm, concept)) for dm in found.game.dms] == rows["by_dm"]
        assert list(found.equilibria[concept]) == rows["equilibria"]
    rankings = {dm.id: [int(tied[0][1:]) for tied in dm.ranking] for dm in found.conflict.decision_makers}
    assert rankings == data["rankings_best_first"]


@pytest.mark.parametrize("name", OPTION_FORM)
def test_a_classic_says_what_its_case_says(name: str) -> None:
    """The classics carry our own statements; states, moves and rankings are those of the case."""
    theirs = analyse(conflict_of(case(name)["model"], statements=False))
    ours = analyse(classic(CLASSIC_OF[name]))
    assert ours.space.codes.tolist() == theirs.space.codes.tolist()
    assert order(ours) == order(theirs)
    assert [option.direction for option in ours.conflict.options] == [
        o.direction for o in theirs.conflict.options
    ]


# what holds in each classic: published where its file says so, else computed by the plain engine
HOLDS: dict[str, dict[str, tuple[int, ...]]] = {
    "chicken": {"Nash": (2, 3), "SEQ": (2, 3), "GMR": (1, 2, 3), "SMR": (1, 2, 3)},
    "cuban-missile": {"Nash": (6,), "SIM": (6,), "SEQ": (5, 6, 7), "GMR": (1, 2, 3, 5, 6, 7, 8)},
    "elmira": {
        "Nash": (5, 6, 7, 10, 11, 12),
        "SEQ": (5, 6, 7, 10, 11, 12),
        "GMR": (1, 4, 5, 6, 7, 10, 11, 12),
    },
    "elmira-nine": {"Nash": (5, 8, 9), "SEQ": (5, 8, 9), "GMR": (1, 4, 5, 8, 9), "SMR": (1, 4, 5, 8, 9)},
    "garrison": {
        "Nash": (2, 3, 11, 17, 18, 21, 22),
        "SEQ": (2, 3, 11, 17, 18, 21, 22),
        "GMR": (2, 3, 4, 6, 8, 10, 11, 13, 14, 15, 17, 18, 19, 21, 22),
    },
    "gisborne": {"Nash": (4,), "SEQ": (4,), "GMR": (4, 8)},
    "prisoners-dilemma": {"Nash": (1,), "SEQ": (1, 4), "GMR": (1, 4), "SMR": (1, 4)},
    "stag-hunt": {"Nash": (1, 4), "SEQ": (1, 4)},
    "sustainable-development": {"Nash": (4,), "SEQ": (4,), "GMR": (3, 4)},
    "syria-iraq-1975": {"Nash": (6,), "SMR": (6,), "SEQ": (6,), "SIM": (6,), "GMR": (1, 6)},
}


def test_every_classic_is_tested() -> None:
    assert tuple(HOLDS) == classic_names()


@pytest.mark.parametrize("engine", ["plain", "fast"])
@pytest.mark.parametrize("name", HOLDS)
def test_a_classic_holds_where_it_is_said_to(name: str, engine: Any) -> None:
    found = analyse(classic(name), list(HOLDS[name]), engine)
    assert dict(found.equilibria) == HOLDS[name]


@pytest.mark.parametrize("name", HOLDS)
def test_a_classic_names_its_source(name: str) -> None:
    head = [line for line in classic_text(name).splitlines() if line.startswith("#")]
    assert any("Holds" in line for line in head)
    assert any(word in line for line in head for word in ("Model:", "Textbook game"))


def test_garrison_has_its_23_states() -> None:
    assert analyse(classic("garrison"), ["Nash"]).space.m == 23


def test_an_unknown_classic_is_told_with_the_nearest() -> None:
    with pytest.raises(UsageError, match="Did you mean “elmira”"):
        classic("elmyra")


def test_a_classic_is_an_example_that_loads_as_text() -> None:
    assert loads(classic_text("chicken")).name == "Chicken"
