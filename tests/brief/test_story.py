"""The story: background is not where things stand, and why the status quo lasts is the reason that holds."""

from __future__ import annotations

from datetime import date

from tests.record.fixtures import Told, day

from jirga.brief.cites import Cites, Line
from jirga.brief.names import Names
from jirga.brief.outcomes import ending, outcomes
from jirga.brief.story import story
from jirga.conflict.load import loads
from jirga.reading.types import EventType
from jirga.record.build import build_record
from jirga.record.types import Record
from jirga.reports.types import Precision, TimeSpan
from jirga.stability.analysis import analyse

E = EventType
OLD = TimeSpan(date(2030, 1, 5), date(2030, 1, 5), Precision.DAY)


def _told(*clauses: tuple[str, TimeSpan]) -> Record:
    told = Told("a", ". ".join(quote for quote, _ in clauses) + ".")
    for quote, when in clauses:
        told.tell(quote, E.AGREE, "Veldland+Ostmark", mode="ceasefire", when=when)
    return build_record([told.reading])


def _stands(record: Record) -> str:
    return story(record, Names(record), Cites(record), Line("", mark="computed"))[0].text


def test_what_was_agreed_long_ago_is_told_as_background() -> None:
    assert _stands(_told(("Veldland and Ostmark signed a truce", OLD))).startswith(
        "No talks and no agreement of these weeks"
    )


def test_news_goes_before_background() -> None:
    record = _told(
        ("Veldland and Ostmark signed a truce", OLD), ("Ostmark agreed with Veldland to hold fire", day(14))
    )
    assert "hold fire" in _stands(record)
    assert "No talks" not in _stands(record)


QUIET = """
conflict: ferry
status_quo: NN
decision_makers:
  North: {options: {sail: North sails}, preferences: [not sail]}
  South: {options: {tax: South taxes}, preferences: [not tax]}
"""


def test_a_side_that_gains_nothing_is_not_said_to_be_deterred() -> None:
    found = analyse(loads(QUIET))
    told = ending(found).text
    assert "no side has a move of its own" in told
    assert "answer of the others" not in told
    (reason,) = outcomes(found, "").reasons
    assert (reason.lead, reason.text.partition(":")[0]) == ("North and South:", "each stays")


def test_failing_to_agree_is_where_things_stand_and_mediation_only_where_nothing_else_is() -> None:
    told = Told("a", "Veldland hosted the talks. Envoys failed to agree on a text.")
    told.tell("Veldland hosted the talks", E.CONSULT, "Veldland", mode="mediate")
    told.tell("Envoys failed to agree on a text", E.REJECT, mode="change", when=day(14))
    assert "failed to agree" in _stands(build_record([told.reading]))
    only = Told("a", "Veldland hosted the talks.")
    only.tell("Veldland hosted the talks", E.CONSULT, "Veldland", mode="mediate")
    assert "hosted the talks" in _stands(build_record([only.reading]))


RESTLESS = QUIET.replace("preferences: [not sail]", "preferences: [sail]")


def test_where_it_comes_to_rest_is_not_said_twice() -> None:
    told = ending(analyse(loads(RESTLESS))).text
    assert "North would rather choose “North sails”. There it would come to rest" in told
    assert told.count("North sails") == 1
