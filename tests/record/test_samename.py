"""Names that no list knows and that reports take for several things are one party."""

from __future__ import annotations

from itertools import combinations

import pytest

from jirga.reading.actors.adjectives import derived, stem
from jirga.reading.types import ActorMention, EventType, Mention, Reading, Statement
from jirga.record.parties import Joined, join_actors
from jirga.record.samename import name_keys, same_as
from jirga.reports.types import Report


def _joined(*reports: tuple[str, ...], acts: tuple[str, ...] = ("actor",)) -> Joined:
    """Join actors that reports name, each once, and of which those of some kinds act."""
    return join_actors([_reading(number, ids, acts) for number, ids in enumerate(reports)])


def _reading(number: int, ids: tuple[str, ...], acts: tuple[str, ...]) -> Reading:
    mentions = tuple(
        Mention(one, one.rpartition(":")[2].title(), at, at + 1, "X", one.split(":")[0], None, "name")
        for at, one in enumerate(ids)
    )
    acting = tuple(ActorMention(m.id, m.name, m.begin, m.end, m.text) for m in mentions if m.kind in acts)
    told = Statement(f"{number:04x}", f"r{number}", 0, 1, "X", EventType.REJECT, actors=acting)
    report = Report(f"{number:016x}", f"r{number}", f"r{number}", "X" * len(ids), b"")
    return Reading(report, mentions=mentions, statements=(told,) if acting else ())


@pytest.mark.parametrize(
    "other", ["actor:dravia", "person:dravia", "place:text:dravia", "country:dravian", "actor:dravian"]
)
def test_a_country_that_no_list_knows_is_one_party(other: str) -> None:
    joined = _joined((other,), ("country:dravia",))
    assert joined.party(other) == "country:dravia"


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("person:tarani", "country:taran"),  # a person's name is nobody's adjective
        ("person:osten", "place:text:osten"),  # a family and a town
        ("actor:velmoran", "actor:velmora"),  # neither is a country
        ("person:ana-taran", "country:taran"),
        ("country:TCD", "actor:tcd"),
        ("actor:dravia", "country:brenia"),
    ],
)
def test_others_stay_two(one: str, other: str) -> None:
    joined = _joined((one,), (other,))
    assert joined.party(one) == one
    assert joined.party(other) == other


def test_most_reports_say_what_a_name_is() -> None:
    joined = _joined(("person:ostrel",), ("person:ostrel",), ("actor:ostrel",))
    assert joined.party("actor:ostrel") == "person:ostrel"


def test_a_town_is_no_party_by_being_named_twice() -> None:
    assert _joined(("place:text:ossena",), ("actor:ossena",)).party("place:text:ossena") == "actor:ossena"
    still = _joined(("place:text:ossena",), ("actor:ossena",), acts=())
    assert still.party("place:text:ossena") == "place:text:ossena"


def test_letters_are_of_the_one_name_that_they_spell() -> None:
    joined = _joined(("actor:hlf",), ("actor:hill-liberation-front",))
    assert joined.party("actor:hlf") == "actor:hill-liberation-front"
    both = _joined(("actor:hlf",), ("actor:hill-liberation-front",), ("actor:high-lake-front",))
    assert both.party("actor:hlf") == "actor:hlf"


def test_no_two_belong_to_each_other() -> None:
    kinds = ("actor", "country", "person", "place:text")
    ids = [f"{kind}:{word}" for kind in kinds for word in ("dravia", "dravian", "dravians")]
    for some in combinations(ids, 3):
        joined = _joined(*((one,) for one in some))
        assert all(joined.party(joined.party(one)) == joined.party(one) for one in some)


@pytest.mark.parametrize(
    ("word", "state"),
    [("dravian", "dravia"), ("kashari", "kashar"), ("serranese", "serrano"), ("tarani", "taran")],
)
def test_an_adjective_has_the_stem_of_its_name(word: str, state: str) -> None:
    assert derived(word, state)
    assert stem(word) == stem(state)


def test_who_is_told_of_without_a_name_is_nobodys_namesake() -> None:
    assert same_as("actor:dravia", lambda _: {"country:dravia": 3}) is None
    assert name_keys("group:dravia") == ()
