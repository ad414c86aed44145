"""Which sentences tell of division inside a party, and of which."""

from __future__ import annotations

import pytest
from tests.record.fixtures import Told

from jirga.record.build import build_record
from jirga.record.division import DIVISION

CASES = [
    ("There was a complete lack of coordination within the Ostmark delegation.", "country:OST"),
    ("Two factions of the Blue Front were split over the truce.", "country:OST"),
    ("The Veldlandic team was divided and came late.", "country:VEL"),
    ("Infighting in the Blue Front delayed an answer.", "country:OST"),
    ("A deep divide between Veldland and Ostmark remained.", None),
    ("The coordination of Veldland and Sudmere was smooth.", None),
    ("The road divided the valley.", None),
    ("Ostmark said that drones had hit a base of the 22nd Infantry Division.", None),
    ("Veldland moved a tank division to the border.", None),
]


@pytest.mark.parametrize(("sentence", "party"), CASES)
def test_division(sentence: str, party: str | None) -> None:
    record = build_record([Told("a", sentence).reading])
    found = [s for s in record.statements.values() if s.mode == DIVISION]
    assert [record.of_party[r.id] for s in found for r in s.recipients] == ([party] if party else [])
    assert all(s.quote == sentence for s in found)
    assert [f.party for f in record.factions if not f.name] == ([party] if party else [])
