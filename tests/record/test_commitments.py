"""What the sides bound themselves to, and what is told to have broken it."""

from __future__ import annotations

import pytest
from tests.record.fixtures import Told, day

from jirga.reading.types import EventType
from jirga.record.build import build_record
from jirga.record.types import Commitment

TRUCE = "Veldland and Ostmark agreed to a truce on 4 May"
TERMS = "Ostmark promised to release the prisoners of the Karst mine"


def commitments(later: str, kind: EventType, by: str = "", to: str = "") -> dict[str, Commitment]:
    told = Told("first", f"{TRUCE}. {TERMS}. {later}.")
    told.tell(TRUCE, EventType.AGREE, "Veldland+Ostmark", mode="ceasefire", when=day(4), content="a truce")
    told.tell(TERMS, EventType.AGREE, "Ostmark", content="release the prisoners of the Karst mine")
    told.tell(later, kind, by, to, when=day(6))
    for one, other in (("Veldland", "Ostmark"), ("Ostmark", "Veldland")):  # so that both are sides
        act = f"{one} shelled {other}"
        told.text += f" {act}."
        told.tell(act, EventType.ASSAULT, one, other)
    record = build_record([told.reading])
    return {c.words: c for c in record.commitments}


@pytest.mark.parametrize(
    ("later", "kind", "by", "to", "who"),
    [
        ("Ostmark breaks the truce", EventType.ASSAULT, "Ostmark", "", "country:OST"),
        ("Veldland accused Ostmark of violating the truce", EventType.ACCUSE, "Veldland", "Ostmark", "country:OST"),
        ("The truce was breached on 6 May", EventType.ASSAULT, "", "", None),
    ],
)  # fmt: skip
def test_a_breach_is_told_with_who_is_blamed(
    later: str, kind: EventType, by: str, to: str, who: str | None
) -> None:
    (breach,) = commitments(later, kind, by, to)["a truce"].breaches
    assert breach.by == who


@pytest.mark.parametrize(
    ("later", "kind", "by"),
    [
        ("Veldland breaks off talks on the truce", EventType.REJECT, "Veldland"),
        ("Fighting breaks out hours after the truce", EventType.ASSAULT, "Ostmark"),
        ("Ostmark did not violate the truce", EventType.REJECT, "Ostmark"),
        ("Talks about the prisoners of the Karst mine break up", EventType.REJECT, "Ostmark"),
        ("Ostmark shelled Veldland after the truce", EventType.ASSAULT, "Ostmark"),
    ],
)
def test_what_breaks_up_or_out_is_no_breach(later: str, kind: EventType, by: str) -> None:
    assert all(not c.breaches for c in commitments(later, kind, by).values())
