"""The drafted model of two invented reports: who decides, what they can do, what they want and why."""

from __future__ import annotations

import re

import pytest
from tests.record.stories import courier, herald

from jirga.conflict.draft import draft
from jirga.conflict.statements import Vocabulary, parse
from jirga.conflict.types import Conflict, DecisionMaker
from jirga.record.build import build_record
from jirga.record.types import Record


@pytest.fixture(scope="module")
def record() -> Record:
    return build_record([courier().reading, herald().reading])


@pytest.fixture(scope="module")
def model(record: Record) -> Conflict:
    return draft(record)


def decider(model: Conflict, ident: str) -> DecisionMaker:
    (found,) = [dm for dm in model.decision_makers if dm.id == ident]
    return found


def wants(model: Conflict, ident: str) -> list[str]:
    return [s for p in decider(model, ident).preferences for s in p.statements]


def test_sides_decide_and_mediators_do_not(model: Conflict) -> None:
    assert [dm.id for dm in model.decision_makers] == ["Veldland", "Ostmark"]
    assert model.status_quo == "NNNNN"


def test_a_demand_is_an_option_of_the_one_it_is_made_of(model: Conflict) -> None:
    assert {o.id: o.label for o in decider(model, "Ostmark").options} == {
        "signed_expel_river": "Grant a signed pledge that Ostmark will expel the River Guard",
        "right_pursue_raiders": "Grant its right to pursue raiders across the river",
    }


def test_threats_are_options_of_their_maker(model: Conflict) -> None:
    assert {o.id for o in decider(model, "Veldland").options} == {
        "close_dam_sluices",
        "hunting_raiders_banks",
        "blockade_ports",
    }


def test_order_of_preferences(model: Conflict) -> None:
    assert wants(model, "Veldland")[:4] == [
        "not close_dam_sluices",  # refused
        "signed_expel_river",  # demanded, told by two origins
        "hunting_raiders_banks if not signed_expel_river",  # "will": at its word
        "right_pursue_raiders",
    ]
    assert "blockade_ports" not in wants(model, "Veldland")  # "an option": could, not would
    assert wants(model, "Ostmark")[:2] == ["not right_pursue_raiders", "close_dam_sluices"]


def test_every_statement_parses(model: Conflict) -> None:
    vocabulary = Vocabulary.of(model)
    for dm in model.decision_makers:
        for preference in dm.preferences:
            for statement in preference.statements:
                parse(statement, vocabulary)
    for rule in model.infeasible:
        parse(rule.terms[0], vocabulary)


def test_nothing_without_its_sentence_or_the_mark(model: Conflict, record: Record) -> None:
    for dm in model.decision_makers:
        for element in (dm, *dm.options, *dm.preferences):
            assert set(element.evidence.statements) <= set(record.statements)
            assert element.evidence.reason
        for option in dm.options:
            assert not option.evidence.assumption
        for preference in dm.preferences:
            assert preference.evidence.assumption == preference.evidence.reason.startswith("Assumed")


def test_ids_are_short_and_readable(model: Conflict) -> None:
    for option in model.options:
        assert re.fullmatch(r"[a-z]+(_[a-z0-9]+){0,3}", option.id)


def test_options_are_capped_and_the_rest_is_told(record: Record) -> None:
    small = draft(record, options=2)
    assert len(small.options) == 2
    assert sum("least is said" in note for note in small.notes) == 3
    assert small.status_quo == "NN"


def test_nothing_to_model() -> None:
    empty = draft(build_record([]))
    assert empty.decision_makers == ()
    assert empty.notes
