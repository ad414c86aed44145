"""Demands in conditions and lists: what is demanded, and what is no demand at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from jirga.reading.types import EventType, Reading

Read = Callable[[str], Reading]


def contents(reading: Reading, kind: EventType = EventType.REQUEST) -> list[str]:
    """What is demanded, in text order."""
    text = reading.report.text
    return [text[slice(*s.content)] for s in reading.statements if s.type == kind and s.content is not None]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (
            "The pilots will not return to work unless the airline pays their wages.",
            ["the airline pays their wages"],
        ),
        (
            "The clan refused to meet the envoy unless its cattle are returned and its elders are freed.",
            ["its cattle are returned", "its elders are freed"],
        ),
        (
            "Niger said it would not rejoin the bloc as long as sanctions remained in place.",
            ["as long as sanctions remained in place"],
        ),
        ("Togo will not sign the accord without guarantees from Ghana.", ["guarantees from Ghana"]),
        (
            "The rebels' terms were a truce, the release of their leader and talks in Nairobi.",
            ["a truce", "the release of their leader", "talks in Nairobi"],
        ),
        (
            "The dockers have three demands: higher pay, the return of 40 sacked men, and a new crane.",
            ["higher pay", "the return of 40 sacked men", "a new crane"],
        ),
        (
            "The crew gave the owners until noon to meet two demands: better food and an apology.",
            ["better food", "an apology"],
        ),
        (
            "Chile urged Bolivia to halt the raids, to pull back its police and to pay for the damage.",
            ["halt the raids", "pull back its police", "pay for the damage"],
        ),
    ],
)
def test_each_thing_demanded_is_told(read: Read, text: str, wanted: list[str]) -> None:
    found = contents(read(text))
    assert [one for one in wanted if not any(one in f for f in found)] == []


def test_a_refusal_keeps_its_condition_and_its_content_apart(read: Read) -> None:
    reading = read("The miners refused to leave the pit unless the owner signs the contract.")
    refusal = next(s for s in reading.statements if s.type == EventType.REJECT)
    text = reading.report.text
    assert refusal.content is not None
    assert refusal.condition is not None
    assert text[slice(*refusal.content)] == "leave the pit"
    assert "the owner signs the contract" in text[slice(*refusal.condition)]


@pytest.mark.parametrize(
    "text",
    [
        "An official, who asked not to be named, met the press.",
        "The firm declined to comment.",
        "Asked about the claim that rebels had received weapons, the minister had no answer.",
        "Heavy rains killed at least 42 people in Haiti.",
        "No group has claimed responsibility for the attack.",
        "The minister spoke to reporters in Accra.",
        "Nigeria stopped short of expelling the ambassador.",
        "The army responded firmly.",
        "A bus crashed near Lusaka. Twelve people died. The toll rose to 14 on Monday.",
        "He said he would not speculate on the vote.",
        "Two jets landed in Paphos on Tuesday.",
        "Nearly 4,000 have crossed into Chad.",
    ],
)
def test_nothing_is_told(read: Read, text: str) -> None:
    assert [(s.type, s.quote) for s in read(text).statements] == []


def test_a_statement_is_that_of_who_issued_it(read: Read) -> None:
    reading = read(
        "The foreign ministry of Chad said that France was to blame. The statement urged Paris to pay for the damage."
    )
    demand = next(s for s in reading.statements if s.type == EventType.REQUEST)
    assert [a.name for a in demand.actors] == ["foreign ministry (Chad)"]


def test_participle_after_a_demand_is_the_doers_own(read: Read) -> None:
    reading = read("Ghana has urged Togo not to retaliate, warning that it would close the border.")
    threat = next(s for s in reading.statements if s.type == EventType.THREATEN)
    assert [a.id for a in threat.actors] == ["country:GHA"]
