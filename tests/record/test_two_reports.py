"""The record of two real reports of one round of talks, read by the default reader."""

from __future__ import annotations

from pathlib import Path

import pytest

from jirga.reading.reader import DefaultReader
from jirga.reading.types import EventType
from jirga.record.build import build_record
from jirga.record.types import Aspect, Event, Record
from jirga.reports.load import load_reports

FOLDER = Path(__file__).parents[3] / "shared" / "reports" / "istanbul-2025"
pytestmark = pytest.mark.skipif(not FOLDER.is_dir(), reason="the two reports are not part of the project")


@pytest.fixture(scope="module")
def record() -> Record:
    reader = DefaultReader()
    found = load_reports([FOLDER])
    return build_record([reader.read(report) for report in found.reports], found.reports)


def events(record: Record, *words: str) -> set[str]:
    """Return the events with a statement whose quote holds all words."""
    return {
        e.id
        for e in record.events
        for s in e.statements
        if all(w in record.statements[s].quote for w in words)
    }


def event(record: Record, ident: str) -> Event:
    return next(e for e in record.events if e.id == ident)


def test_the_toll_is_one_event_with_an_attribution_dispute(record: Record) -> None:
    (toll,) = events(record, "58") | events(record, "20 security outposts")
    values = {
        a.value
        for d in record.disputes
        if d.event == toll
        for a in d.accounts
        if d.aspect is Aspect.ATTRIBUTION
    }
    assert values == {"claim country:AFG", "fact"}


def test_the_air_raids_are_one_event_that_one_report_places_more_exactly(record: Record) -> None:
    (raids,) = events(record, "air raids") | events(record, "airstrikes")
    (where,) = [d for d in record.disputes if d.event == raids and d.aspect is Aspect.WHERE]
    assert where.refines
    assert {a.value for a in where.accounts} == {"Kabul", "Afghanistan"}


def test_the_ceasefire_is_one_event(record: Record) -> None:
    (truce,) = events(record, "ceasefire", "19")
    assert len(event(record, truce).origins) == 2


def test_guarantees_drones_and_the_claimed_right_are_three_positions(record: Record) -> None:
    telling = {
        word: [p for p in record.positions if word in p.demand] for word in ("guarantees", "drones", "right")
    }
    assert {word: len(found) for word, found in telling.items()} == {"guarantees": 1, "drones": 1, "right": 1}
    assert len({found[0].id for found in telling.values()}) == 3
    assert {found[0].state for found in telling.values()} == {"refused"}
    assert len(telling["guarantees"][0].origins) == len(telling["drones"][0].origins) == 2


def test_the_same_threat_in_both_reports_is_one(record: Record) -> None:
    (threat,) = events(record, "inside or outside")
    assert event(record, threat).type is EventType.THREATEN
    assert len(event(record, threat).origins) == 2


def test_one_quotation_in_two_wordings(record: Record) -> None:
    (wording,) = [d for d in record.disputes if d.aspect is Aspect.WORDING]
    assert len(wording.accounts) == 2


def test_divergence_about_who_was_divided(record: Record) -> None:
    (trait,) = [d for d in record.disputes if d.aspect is Aspect.TRAIT]
    assert {a.value for a in trait.accounts} == {"country:PAK", "country:AFG"}


def test_both_reports_tell_that_there_was_no_agreement(record: Record) -> None:
    failed = events(record, "no outcome") | events(record, "agreement", "failed")
    assert any(len(event(record, i).origins) == 2 for i in failed)


def test_no_link_between_other_things(record: Record) -> None:
    """Every event with several statements, by the type of its statements: none mixes what cannot be one."""
    for e in record.events:
        families = {
            record.statements[s].type in (EventType.ASSAULT, EventType.THREATEN) for s in e.statements
        }
        assert len(families) == 1
