"""A group that is told to be part of another one is one side with it, and only then."""

from __future__ import annotations

import pytest
from tests.record.fixtures import Told

from jirga.reading.types import EventType
from jirga.record.build import build_record

E = EventType
BOTH = (("Blue Front", "Veldland"), ("River Guard", "Veldland"))


@pytest.mark.parametrize(
    ("words", "fights", "joined"),
    [
        ("The Blue Front, which includes the River Guard, spoke", BOTH, True),
        ("The River Guard, part of the Blue Front, spoke", BOTH, True),
        ("The River Guard is a member of the armed Blue Front", BOTH, True),
        ("The Blue Front and the River Guard spoke", BOTH, False),
        ("The Blue Front spoke of plans, which include talks with the River Guard", BOTH, False),
        ("The Blue Front, which includes the River Guard, spoke", BOTH[:1], False),
        (
            "The Blue Front, which includes the River Guard, spoke",
            (*BOTH, ("River Guard", "Blue Front")),
            False,
        ),
        ("The Blue Front, which includes Sudmere, spoke", (BOTH[0], ("Sudmere", "Veldland")), False),
    ],
)
def test_members_of_an_alliance(words: str, fights: tuple[tuple[str, str], ...], joined: bool) -> None:
    told = Told("a", ". ".join([words, *(f"{a} shelled {b}" for a, b in fights)]) + ".")
    for a, b in fights:
        told.tell(f"{a} shelled {b}", E.ASSAULT, a, b)
    of_party = build_record([told.reading]).of_party
    part = "country:SUD" if "Sudmere" in words else "group:river-guard"
    assert (of_party.get(part, part) != part) is joined
