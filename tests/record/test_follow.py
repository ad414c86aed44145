"""What goes on about a deed, denies it or lays it on somebody belongs to the deed that its report told before."""

from __future__ import annotations

from typing import Any

import pytest
from tests.record.fixtures import Told, day

from jirga.reading.types import EventType, Polarity
from jirga.record.build import build_record
from jirga.record.types import Aspect, Event, Record

E = EventType
RAID = "Veldland shelled a ferry dock near Karst"


def told(*sentences: tuple[str, EventType, dict[str, Any]], name: str = "a", published: int = 20) -> Told:
    """A report of sentences that tell one statement each."""
    report = Told(name, " ".join(f"{text}." for text, _, _ in sentences), published=published)
    for text, type_, how in sentences:
        report.tell(text, type_, **how)
    return report


def one_event(record: Record, words: str, others: str) -> bool:
    return event(record, words).id == event(record, others).id


def event(record: Record, words: str) -> Event:
    return next(e for e in record.events if any(words in record.statements[s].quote for s in e.statements))


DEED = (RAID, E.ASSAULT, {"by": "Veldland", "to": "Ostmark", "when": day(3)})
GOES_ON = [
    ("The shelling killed nine porters", E.ASSAULT, {}, True),
    ("Ostmark said that the ferry dock burned and nine porters were killed", E.ASSAULT, {"source": "Ostmark"}, True),
    ("Veldland denied responsibility", E.REJECT, {"by": "Veldland", "content": "responsibility"}, True),
    ("Veldland denied it", E.REJECT, {"by": "Veldland", "content": "it"}, True),
    ("Ostmark blamed the River Guard for the shelling", E.ACCUSE, {"by": "Ostmark", "to": "River Guard"}, True),
    ("Another shelling killed nine porters", E.ASSAULT, {}, False),
    ("The shelling killed nine porters", E.ASSAULT, {"by": "River Guard"}, False),
    ("The shelling killed nine porters", E.ASSAULT, {"by": "Ostmark", "to": "Veldland"}, False),
    ("The shelling killed nine porters", E.ASSAULT, {"when": day(9)}, False),
    ("The shelling killed nine porters", E.ASSAULT, {"where": "Lomme"}, False),
    ("The soldiers shot nine porters", E.ASSAULT, {}, False),
    ("Veldland denied the request", E.REJECT, {"by": "Veldland", "content": "the request"}, False),
    ("Veldland denied that its coffers are empty", E.REJECT, {"by": "Veldland", "content": "its coffers are empty"}, False),
]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "type_", "how", "same"), GOES_ON, ids=[f"{t} {h}" for t, _, h, _ in GOES_ON]
)
def test_what_points_back_to_a_deed(text: str, type_: EventType, how: dict[str, Any], same: bool) -> None:
    first = (RAID, E.ASSAULT, {"by": "Veldland", "to": "Ostmark", "when": day(3), "where": "Karst"})
    record = build_record([told(first, (text, type_, how)).reading])
    assert one_event(record, "ferry", text) is same


OTHER = [
    ("Veldland denied that it had shelled the orchard", False),
    ("Veldland denied that it had shelled orchards", True),
    ("Veldland denied that it had shelled the ferry", True),
]


@pytest.mark.parametrize(("text", "same"), OTHER)
def test_a_denial_that_names_another_thing_is_of_another_deed(text: str, same: bool) -> None:
    denial = (text, E.ASSAULT, {"by": "Veldland", "polarity": Polarity.NEGATIVE})
    assert one_event(build_record([told(DEED, denial).reading]), "dock near Karst", text) is same


def test_what_points_back_is_found_in_another_report_by_the_words_of_the_deed() -> None:
    first = told(DEED, ("The shelling killed nine porters", E.ASSAULT, {}))
    second = told((f"Gunners of {RAID}", E.ASSAULT, DEED[2]), name="b", published=21)
    record = build_record([first.reading, second.reading])
    assert len(record.events) == 1


def test_a_denial_is_a_dispute_about_yes_and_no_also_within_one_report() -> None:
    denial = ("Veldland denied responsibility", E.REJECT, {"by": "Veldland", "content": "responsibility"})
    record = build_record([told(DEED, denial).reading])
    (dispute,) = record.disputes
    assert dispute.aspect is Aspect.POLARITY
    assert {a.value for a in dispute.accounts} == {"positive", "negative"}
    assert event(record, "denied").type is E.ASSAULT


def test_who_is_blamed_is_another_account_of_who_did_it() -> None:
    blame = (
        "Veldland blamed the River Guard for the shelling",
        E.ACCUSE,
        {"by": "Veldland", "to": "River Guard"},
    )
    other = (RAID.replace("Veldland", "Gunners"), E.ASSAULT, {"when": day(3)})
    record = build_record([told(other, blame).reading, told(DEED, name="b", published=21).reading])
    values = {d.aspect: {a.value for a in d.accounts} for d in record.disputes}
    assert values[Aspect.ACTOR] == {"country:VEL", "group:river-guard"}


def test_a_denial_answers_no_demand() -> None:
    demand = ("Ostmark demanded that Veldland leave the ferry dock", E.REQUEST,
              {"by": "Ostmark", "to": "Veldland", "content": "leave the ferry dock"})  # fmt: skip
    denial = ("Veldland denied that its men are at the ferry dock", E.REJECT,
              {"by": "Veldland", "content": "that its men are at the ferry dock"})  # fmt: skip
    (position,) = build_record([told(demand, denial).reading]).positions
    assert position.state == "open"


def refusal(name: str, text: str, demand: str) -> Told:
    asked = (f"Ostmark demanded {demand}", E.REQUEST, {"by": "Ostmark", "to": "Veldland", "content": demand})
    return told(asked, (text, E.REJECT, {"by": "Veldland", "content": text.split(" ", 2)[2]}), name=name)


def test_a_refusal_of_that_demand_is_known_by_the_words_of_the_demand() -> None:
    first = refusal("a", "Veldland rejected that demand", "a ferry toll")
    full = ("Veldland refused a ferry toll", E.REJECT, {"by": "Veldland", "content": "a ferry toll"})
    record = build_record([first.reading, told(full, name="b").reading])
    assert one_event(record, "rejected", "refused a ferry")
    other = refusal("a", "Veldland rejected that demand", "an orchard census")
    record = build_record([other.reading, told(full, name="b").reading])
    assert not one_event(record, "rejected", "refused a ferry")


def test_many_demands_are_not_one() -> None:
    first = refusal("a", "Veldland rejected both demands", "a ferry toll")
    full = ("Veldland refused a ferry toll", E.REJECT, {"by": "Veldland", "content": "a ferry toll"})
    record = build_record([first.reading, told(full, name="b").reading])
    assert not one_event(record, "both", "refused a ferry")
