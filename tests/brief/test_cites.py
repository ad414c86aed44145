"""What is denied, to come or conditional must never read as done."""

from __future__ import annotations

from jirga.brief.cites import certainty
from jirga.reading.types import EventType, Modality, Polarity, Statement


def test_what_did_not_happen_says_so() -> None:
    quote = "Ruritania has denied backing the rebels"
    plain = Statement("s", "r.txt", 0, len(quote), quote, EventType.SUPPORT)
    denied = Statement("s", "r.txt", 0, len(quote), quote, EventType.SUPPORT, polarity=Polarity.NEGATIVE)
    to_come = Statement("s", "r.txt", 0, len(quote), quote, EventType.AID, modality=Modality.FUTURE)
    assert certainty(plain) == ()
    assert certainty(denied) == ("said not to be so",)
    assert certainty(to_come) == ("to come",)
