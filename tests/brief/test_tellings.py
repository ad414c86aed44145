"""How things are told: nothing claimed reads as a fact, no condition as a wish, no threat without its condition."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.record.fixtures import Told

from jirga.brief.cites import Cites
from jirga.brief.names import Names
from jirga.brief.tellings import account_source, demand_words, standing, threat_words
from jirga.brief.words import capital, outlet_name, told_by
from jirga.reading.types import ActorMention, Attribution, EventType, SourceKind
from jirga.record.build import build_record
from jirga.record.types import Account, Event, Position, Record, Threat

E = EventType
TEXT = (
    "Veldland shelled Karst. The harbour office said that Veldland sank four boats. "
    "Ostmark would not meet anybody while the shelling went on. It called on neighbours to help."
)


@pytest.fixture
def told() -> Told:
    made = Told("gazette", TEXT)
    made.tell("Veldland shelled Karst", E.ASSAULT, "Veldland")
    made.tell("Veldland sank four boats", E.ASSAULT, "Veldland", source="Veldland")
    made.tell("Ostmark would not meet anybody", E.REQUEST, "Ostmark")
    made.tell("called on neighbours to help", E.REQUEST, "Ostmark", content="on neighbours to help")
    return made


@pytest.fixture
def record(told: Told) -> Record:
    said = told.statements[1]
    at = TEXT.index("The harbour office")
    office = Attribution(
        SourceKind.OFFICIAL, None, (at, at + len("The harbour office")), None, (said.begin, said.end)
    )
    told.statements[1] = replace(said, attribution=(office,))
    return build_record([told.reading])


def _event(record: Record, told: Told, place: int, kind: str) -> Event:
    return Event("e", E.ASSAULT, None, (told.statements[place].id,), origins=("o",), standing=kind)


def test_a_fact_names_the_outlet_that_tells_it(record: Record, told: Told) -> None:
    assert standing(_event(record, told, 0, "fact"), Cites(record)) == "told as fact by The Gazette"


@pytest.mark.parametrize("kind", ["attributed", "fact"])
def test_what_is_put_on_somebodys_word_is_never_called_a_fact(record: Record, told: Told, kind: str) -> None:
    assert standing(_event(record, told, 1, kind), Cites(record)) == "on the word of the harbour office"


def test_an_account_names_its_source_in_the_reports_words(record: Record, told: Told) -> None:
    cites, ids = Cites(record), (told.statements[1].id,)
    assert (
        account_source(Account("anonymous", ids, ("o",)), "?", cites) == "On the word of the harbour office"
    )
    assert account_source(Account("fact", ids, ("o",)), "?", cites) == "As the speaker's own word"
    assert (
        account_source(Account("fact", (told.statements[0].id,), ("o",)), "Stated as fact", cites)
        == "Stated as fact"
    )


@pytest.mark.parametrize(
    ("place", "demand", "verb", "words"),
    [
        (2, "the shelling went on", "sets a condition", "while the shelling went on"),
        (3, "on neighbours to help", "calls", "on neighbours to help"),
    ],
)
def test_a_condition_is_not_told_as_what_is_wanted(
    record: Record, told: Told, place: int, demand: str, verb: str, words: str
) -> None:
    position = Position("p", "x", None, demand, None, (told.statements[place].id,), origins=("o",))
    found = demand_words(position, Names(record), Cites(record))
    assert (found[0], found[2]) == (verb, words)


def test_a_condition_is_told_with_what_hangs_on_it() -> None:
    quote = "Ostmark would open the locks if Veldland left Karst"
    told = Told("gazette", f"{quote}.")
    told.tell(quote, E.REQUEST, "Ostmark", content="Veldland left Karst")
    record = build_record([told.reading])
    position = Position("p", "x", None, "Veldland left Karst", None, (told.statements[0].id,), origins=("o",))
    assert demand_words(position, Names(record), Cites(record))[2] == quote


def test_the_sources_of_what_is_only_said_are_named() -> None:
    text = "Veldland said that Karst was shelled. Ostmark said that Karst was burning."
    told = Told("gazette", text)
    told.tell("Karst was shelled", E.ASSAULT, source="Veldland")
    told.tell("Karst was burning", E.ASSAULT, source="Ostmark")
    event = Event(
        "e", E.ASSAULT, None, tuple(s.id for s in told.statements), origins=("o",), standing="attributed"
    )
    assert standing(event, Cites(build_record([told.reading]))) == "on the word of Veldland and Ostmark"


def test_a_threat_keeps_its_condition() -> None:
    threat = Threat("t", "x", None, "close the locks", ("s",), condition="if the tolls rise")
    assert threat_words(threat, threat.words) == "“close the locks” — condition: “if the tolls rise”"
    assert threat_words(threat, "close the locks if the tolls rise") == "“close the locks if the tolls rise”"


def test_a_pronoun_is_told_with_its_name_and_a_chain_without_echoes() -> None:
    text = "He said that they said that it rained."
    brandt = ActorMention("person:brandt", "Orla Brandt", 0, 2, "He")

    def link(begin: int, end: int, actor: ActorMention | None) -> Attribution:
        return Attribution(SourceKind.NAMED, actor, (begin, end), None, (20, 30))

    said = Told("a", text).tell("it rained", E.CONSULT)
    again = replace(said, attribution=(link(0, 2, brandt), link(13, 17, brandt)))
    assert told_by(again, text) == "Orla Brandt (“He”)"
    one = replace(said, attribution=(link(0, 2, brandt),))
    assert told_by(one, text) == "Orla Brandt (“He”)"
    assert (
        told_by(replace(said, attribution=(link(0, 2, brandt), link(0, 2, brandt))), text)
        == "Orla Brandt (“He”)"
    )
    assert (
        told_by(replace(said, attribution=(link(0, 2, brandt), link(13, 17, None))), text)
        == "Orla Brandt (“He”)"
    )


def test_a_report_without_an_outlet_goes_by_its_file() -> None:
    report = replace(Told("harbour.txt", "It rained.").report, outlet="")
    assert outlet_name(report) == "harbour.txt"


@pytest.mark.parametrize(
    ("text", "told"),
    [("two states: talks", "Two states: talks"), ("al-Karsti: talks", "al-Karsti: talks"), ("", "")],
)
def test_lines_begin_with_a_capital(text: str, told: str) -> None:
    assert capital(text) == told


def test_reportedly_is_nobodys_own_word(record: Record, told: Told) -> None:
    said = told.statements[1]
    report = Attribution(SourceKind.OUTLET, None, None, (4, 11), (said.begin, said.end))
    vague = replace(record, statements={said.id: replace(said, attribution=(report,))})
    assert account_source(Account("fact", (said.id,), ("o",)), "?", Cites(vague)) == "Reported with a reserve"
