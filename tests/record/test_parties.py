"""Who belongs to whom, and what parties do, follows from counts that add up, whatever the order of the reports."""

from __future__ import annotations

import random
from collections import Counter

import pytest
from tests.record.crowd import crowd

from jirga.reading.types import Mention, Reading
from jirga.record.parties import Joined, join_actors
from jirga.record.roles import ACTS, FOUGHT, make_parties, opponents, role_of, roles_of
from jirga.record.tally import Counted
from jirga.reports.types import Report


def _of(*told: tuple[str, str]) -> Joined:
    """Join actors that are each told once to be of another one."""
    mentions = tuple(
        Mention(one, one, at, at + 1, "X", "group", of, "name") for at, (one, of) in enumerate(told)
    )
    return join_actors([Reading(Report("0" * 16, "a", "a", "X" * len(told), b""), mentions=mentions)])


@pytest.mark.parametrize(
    ("told", "party"),
    [
        ((("group:d", "group:c"), ("group:c", "group:b")), "group:b"),
        ((("group:d", "group:c"), ("group:d", "group:b")), "group:b"),  # as often: the first name
        ((("group:d", "group:c"), ("group:d", "group:b"), ("group:d", "group:c")), "group:c"),
        ((("group:a", "group:d"), ("group:d", "group:c"), ("group:c", "group:d")), "group:c"),
    ],
    ids=["chain", "tie", "most", "into a circle"],
)
def test_where_a_chain_ends(told: tuple[tuple[str, str], ...], party: str) -> None:
    joined = _of(*told)
    assert joined.party(told[0][0]) == party
    assert all(joined.party(one) == one for one in joined.of_party.values())


@pytest.mark.parametrize("seed", range(30))
def test_the_order_of_reports_changes_nothing(seed: int) -> None:
    readings = crowd(seed, 8)
    other = random.Random(seed).sample(readings, len(readings))
    one, two = join_actors(readings), join_actors(other)
    assert (one.of_party, one.things, one.nameless) == (two.of_party, two.things, two.nameless)
    parties = make_parties([s for r in readings for s in r.statements], one)
    assert parties == make_parties([s for r in other for s in r.statements], two)


@pytest.mark.parametrize("seed", range(10))
def test_roles_of_reports_add_up(seed: int) -> None:
    readings = crowd(seed, 8)
    joined = join_actors(readings)
    whole = Counted([roles_of([s for r in readings for s in r.statements], joined)])
    parts = Counted([roles_of(r.statements, joined) for r in readings])
    assert whole.sums == parts.sums


def test_of_two_sides_each_is_the_others_opponent() -> None:
    assert opponents("group:a", Counted([]), ["group:a", "group:b"]) == {"group:b"}
    assert opponents("group:c", Counted([]), ["group:a", "group:b"]) == frozenset()
    assert opponents("group:a", Counted([]), ["group:a", "group:b", "group:c"]) == frozenset()


@pytest.mark.parametrize(
    ("acts", "named", "role"), [(0, False, "outside"), (3, False, "party"), (0, True, "party")]
)
def test_who_is_only_struck_and_has_no_name_is_no_side(acts: int, named: bool, role: str) -> None:
    told = Counted([Counter({(FOUGHT, "actor:villagers", ""): 9, (ACTS, "actor:villagers", ""): acts})])
    assert role_of("actor:villagers", told, named) == role


@pytest.mark.parametrize(("acts", "role"), [(0, "outside"), (3, "party")])
def test_a_town_that_is_only_struck_is_no_side(acts: int, role: str) -> None:
    told = Counted([Counter({(FOUGHT, "place:text:dorn", ""): 9, (ACTS, "place:text:dorn", ""): acts})])
    assert role_of("place:text:dorn", told, True) == role
