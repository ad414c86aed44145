"""The record of two invented reports: what is one thing, what became of each demand, where accounts differ."""

from __future__ import annotations

import json
import random

import pytest
from tests.record.fixtures import Told
from tests.record.stories import courier, herald

from jirga.reading.types import EventType
from jirga.record.build import build_record
from jirga.record.to_json import record_to_json
from jirga.record.types import AnswerKind, Aspect, Event, Position, Record
from jirga.reports.types import Refusal


@pytest.fixture(scope="module")
def record() -> Record:
    return build_record([courier().reading, herald().reading])


def event(record: Record, words: str) -> Event:
    (found,) = [e for e in record.events if any(words in record.statements[s].quote for s in e.statements)]
    return found


def quotes(record: Record, event: Event) -> set[str]:
    return {record.statements[s].quote for s in event.statements}


def position(record: Record, words: str) -> Position:
    (found,) = [p for p in record.positions if words in p.demand]
    return found


ONE_THING = [
    ("gunboats shelled", "Gunboats of Veldland"),
    ("killed 37 Veldlandic", "killed 37 marines"),
    ("killed 37 Veldlandic", "sunk 6 barges"),
    ("sunk 6 barges", "destroyed 6 barges"),
    ("A truce took hold", "agreed to a truce"),
    ("broke up with no result", "ended their Lomme talks"),
    ("will go on hunting", "will keep hunting"),
]


@pytest.mark.parametrize(("one", "other"), ONE_THING)
def test_one_thing_is_one_event(record: Record, one: str, other: str) -> None:
    assert event(record, one).id == event(record, other).id


def test_no_wrong_link_between_the_two_reports(record: Record) -> None:
    linked = [e for e in record.events if len(e.statements) > 1]
    assert len(linked) == 7
    assert len(record.events) == len(record.statements) - sum(len(e.statements) - 1 for e in linked)


def test_claimed_by_one_report_and_fact_in_the_other(record: Record) -> None:
    toll = event(record, "killed 37 marines")
    (dispute,) = [d for d in record.disputes if d.event == toll.id]
    assert dispute.aspect is Aspect.ATTRIBUTION
    assert {a.value for a in dispute.accounts} == {"claim country:OST", "fact"}
    assert toll.standing == "mixed"
    assert len(toll.origins) == 2


def test_a_place_in_the_country_refines(record: Record) -> None:
    raid = event(record, "gunboats shelled")
    (where,) = [d for d in record.disputes if d.event == raid.id and d.aspect is Aspect.WHERE]
    assert {a.value for a in where.accounts} == {"Karst", "Ostmark"}
    assert where.refines
    assert raid.where is not None
    assert raid.where.name == "Karst"


def test_three_positions_with_their_answers(record: Record) -> None:
    assert len(record.positions) == 3
    pledge, right, sluices = (position(record, w) for w in ("pledge", "right", "sluices"))
    assert (pledge.demander, pledge.addressee) == ("country:VEL", "country:OST")
    assert (sluices.demander, sluices.addressee) == ("country:OST", "country:VEL")
    assert len(pledge.statements) == len(sluices.statements) == 2
    assert right.state == sluices.state == "refused"
    assert [a.kind for a in sluices.answers if not a.inferred] == [AnswerKind.ACCEPTS, AnswerKind.REVERSES]


def test_answers_that_point_back_are_marked_as_inferred(record: Record) -> None:
    told = {
        record.statements[a.statements[0]].quote: p.demand[:12]
        for p in record.positions
        for a in p.answers
        if a.inferred
    }
    assert told["That was turned down as well"] == "close the dam sluices at Karst"[:12]
    both = [
        p
        for p in record.positions
        for a in p.answers
        if "Neither" in record.statements[a.statements[0]].quote
    ]
    assert len(both) == 2


def test_divergence_about_who_was_divided(record: Record) -> None:
    (trait,) = [d for d in record.disputes if d.aspect is Aspect.TRAIT]
    assert {a.value for a in trait.accounts} == {"country:VEL", "country:OST"}
    assert {f.name for f in record.factions} == {"", "Coast Wing", "Hill Wing"}


def test_parties(record: Record) -> None:
    roles = {p.id: p.role for p in record.parties}
    assert roles == {"country:VEL": "party", "country:OST": "party", "country:SUD": "mediator"}
    ostmark = next(p for p in record.parties if p.id == "country:OST")
    assert {"Ostmark", "Blue Front"} <= set(ostmark.names)
    assert record.of_party["part:hill-wing"] == "country:OST"
    assert len(record.mediations[0].statements) == 2


def test_threats_and_commitments(record: Record) -> None:
    assert [(t.by, t.against, t.words, t.condition) for t in record.threats] == [
        ("country:VEL", "country:OST", "a blockade of Ostmark ports", "the talks failed"),
        ("country:VEL", "country:OST", "hunting raiders on both banks", "Without a pledge"),
    ]
    truce = record.commitments[0]
    assert truce.by == ("country:OST", "country:VEL")
    assert len(truce.statements) == 2


def test_order_of_reports_changes_nothing() -> None:
    readings = [courier().reading, herald().reading]
    first = json.dumps(record_to_json(build_record(readings)))
    random.Random(3).shuffle(readings)
    assert json.dumps(record_to_json(build_record(readings[::-1]))) == first


def test_words_are_exact_substrings(record: Record) -> None:
    texts = {r.name: r.text for r in record.reports}
    for lead, words in [
        *((p.statements[0], p.demand) for p in record.positions),
        *((t.statements[0], t.words) for t in record.threats),
        *((c.statements[0], c.words) for c in record.commitments),
    ]:
        assert words in texts[record.statements[lead].report]


def test_every_statement_is_in_one_event(record: Record) -> None:
    told = [s for e in record.events for s in e.statements]
    assert sorted(told) == sorted(record.statements)


def test_json_has_the_promised_keys(record: Record) -> None:
    told = record_to_json(record)
    assert {"id", "type", "statements"} <= told["events"][0].keys()
    assert {"id", "demander", "addressee", "demand", "statements", "answers"} <= told["positions"][0].keys()
    assert {"aspect", "accounts"} <= told["disputes"][0].keys()
    assert {"value", "statements", "origins"} <= told["disputes"][0]["accounts"][0].keys()
    json.dumps(told)


def test_nothing_told_and_nothing_readable() -> None:
    refusal = Refusal("x.bin", "It is no text.", "Save it as text.")
    record = build_record([], [], refused=[refusal])
    assert (record.events, record.positions, record.refused) == ((), (), (refusal,))


def test_one_agency_copy_is_one_origin() -> None:
    copy = courier()
    copy.name, copy.origin = "mirror", courier().report.id
    copy.published = 22
    told = courier()
    copies = courier()
    copies.name, copies.published, copies.origin = "mirror", 22, told.report.id
    copies.statements = [_moved(s, "mirror") for s in copies.statements]
    record = build_record([told.reading, copies.reading])
    toll = event(record, "killed 37")
    assert len({record.statements[s].report for s in toll.statements}) == 2
    assert len(toll.origins) == 1
    assert toll.type is EventType.ASSAULT


def _moved(s, report):
    from dataclasses import replace

    return replace(s, report=report, id=f"{s.id[:15]}x")


def test_who_can_meet_its_condition_is_threatened() -> None:
    told = Told("wire", "")
    for one, other in (("Veldland", "Ostmark"), ("Ostmark", "Blue Front"), ("Sudmere", "Veldland")):
        told.text += f"{one} shelled {other}. "
        told.tell(f"{one} shelled {other}", EventType.ASSAULT, one, other)
    quote = "Sudmere said its guns would open on Karst if Ostmark kept its camps there"
    told.text += f"{quote}."
    told.tell(
        quote,
        EventType.THREATEN,
        "Sudmere",
        content="its guns would open on Karst",
        condition="if Ostmark kept its camps there",
    )
    (threat,) = build_record([told.reading]).threats
    assert (threat.by, threat.against) == ("country:SUD", "country:OST")
