"""What is shown as a difference between accounts, and what is none."""

from __future__ import annotations

from typing import Any

import pytest
from tests.record.fixtures import PLACES, WORLD, Told, day

from jirga.reading.types import EventType, Place, Polarity
from jirga.record.build import build_record
from jirga.record.types import Aspect, Dispute

E = EventType
FIRST = "Veldland raided a ferry depot near Karst at dawn"
SECOND = "Forces of Veldland attacked the ferry depot at Karst"
RAID = {"by": "Veldland", "to": "Ostmark", "when": day(3)}


def disputes(
    first: str, one: dict[str, Any], second: str, other: dict[str, Any], type_: EventType = E.ASSAULT
) -> list[Dispute]:
    a, b = Told("a", f"{first}."), Told("b", f"{second}.", published=21)
    a.tell(first, type_, **one)
    b.tell(second, type_, **other)
    record = build_record([a.reading, b.reading])
    assert len(record.events) == 1
    return list(record.disputes)


def of(found: list[Dispute], aspect: Aspect) -> dict[frozenset[str], bool]:
    return {frozenset(a.value for a in d.accounts): d.refines for d in found if d.aspect is aspect}


@pytest.fixture
def gunmen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(WORLD, "raiders", ("actor:raiders", "raiders", "people", None, "description"))


@pytest.mark.usefixtures("gunmen")
def test_an_unnamed_author_is_less_exact_and_no_other_one() -> None:
    found = disputes(f"raiders: {FIRST}", {**RAID, "by": "raiders"}, SECOND, dict(RAID))
    assert of(found, Aspect.ACTOR) == {frozenset({"actor:raiders", "country:VEL"}): True}


def test_two_names_are_a_difference() -> None:
    where = {"where": "Karst", "counts": ((31, "porter", "killed"),)}
    found = disputes(FIRST, {**RAID, **where}, FIRST + " again", {**RAID, **where, "by": "River Guard"})
    assert of(found, Aspect.ACTOR) == {frozenset({"country:VEL", "group:river-guard"}): False}


def test_a_toll_of_people_stands_against_one_of_porters() -> None:
    found = disputes(
        FIRST,
        {**RAID, "counts": ((31, "person", "killed"),)},
        SECOND,
        {**RAID, "counts": ((40, "porter", "killed"),)},
    )
    assert of(found, Aspect.NUMBER) == {frozenset({"31", "40"}): False}


def test_a_figure_that_is_denied_is_no_account() -> None:
    no = {**RAID, "polarity": Polarity.NEGATIVE, "counts": ((40, "porter", "killed"),), "where": "Karst"}
    found = disputes(FIRST, {**RAID, "counts": ((31, "porter", "killed"),), "where": "Karst"}, SECOND, no)
    assert of(found, Aspect.NUMBER) == {}
    assert of(found, Aspect.POLARITY) == {frozenset({"positive", "negative"}): False}


def test_an_account_that_names_the_place_otherwise_is_not_silent_about_it() -> None:
    assert of(disputes(FIRST, {**RAID, "where": "Karst"}, SECOND, dict(RAID)), Aspect.WHERE) == {}
    silent = SECOND.replace(" at Karst", "")
    assert of(disputes(FIRST, {**RAID, "where": "Karst"}, silent, dict(RAID)), Aspect.WHERE) == {
        frozenset({"Karst", ""}): True
    }


def test_the_border_is_no_place_to_differ_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(PLACES, "border", Place("place:text:border", "border", "border"))
    assert of(disputes(FIRST, {**RAID, "where": "border"}, SECOND, dict(RAID)), Aspect.WHERE) == {}


SPEECH = "Minister Orla Brandt said: “I will cross that river every night until the raids stop.”"
SAID = {"by": "Minister Orla Brandt"}


def test_a_quotation_and_its_reported_speech_are_two_wordings_that_do_not_gainsay() -> None:
    reported = "Minister Orla Brandt said she would cross that river every night until the raids stop"
    found = of(disputes(SPEECH, dict(SAID), reported, dict(SAID), E.THREATEN), Aspect.WORDING)
    assert found == {frozenset({"I will cross that river every night until the raids stop.", reported}): True}


def test_one_quotation_in_two_translations() -> None:
    other = "Minister Orla Brandt said: “Each night we shall cross the river, as long as raids do not stop.”"
    found = of(disputes(SPEECH, dict(SAID), other, dict(SAID), E.THREATEN), Aspect.WORDING)
    assert list(found.values()) == [False]
