"""How places lie to each other: the same, one inside the other, apart."""

from __future__ import annotations

import pytest

from jirga.reading.types import Place
from jirga.record.places import Lie, lie

KHARKIV = Place("place:706483", "Kharkiv", "Kharkiv")
CHUHUIV = Place("place:710374", "Chuhuyiv", "Chuhuiv")
REGION = Place("place:text:kharkiv-region", "Kharkiv region", "the Kharkiv region")
PROVINCE = Place("place:region:kandahar-province", "Kandahar province", "Kandahar province")
UKRAINE = Place("country:UKR", "Ukraine", "Ukraine")
NOWHERE = Place("place:text:dry-ford", "Dry Ford", "Dry Ford")
BANK = Place("place:text:east-bank", "East Bank", "East Bank")
VALLEY = Place("place:text:tarn-valley", "Tarn Valley", "the Tarn Valley")
TARN = Place("place:text:tarn", "Tarn", "Tarn")
TARN_PROVINCE = Place("place:text:tarn-province", "Tarn province", "Tarn province")
BASE = Place("place:text:tarn-base", "Tarn base", "the Tarn base")
BORDER = Place(
    "place:text:veldlandic-border-districts", "Veldlandic border districts", "Veldlandic border districts"
)

CASES = [
    (REGION, CHUHUIV, Lie.INSIDE),
    (REGION, KHARKIV, Lie.INSIDE),
    (REGION, UKRAINE, Lie.INSIDE),
    (KHARKIV, CHUHUIV, Lie.APART),
    (PROVINCE, REGION, Lie.APART),
    (PROVINCE, CHUHUIV, Lie.APART),
    (REGION, REGION, Lie.SAME),
    (REGION, NOWHERE, Lie.UNKNOWN),
    (BANK, NOWHERE, Lie.OTHER),
    (REGION, None, Lie.UNKNOWN),
    (TARN, VALLEY, Lie.SAME),
    (TARN, TARN_PROVINCE, Lie.INSIDE),
    (TARN, BANK, Lie.OTHER),
    (TARN, BORDER, Lie.UNKNOWN),
    (KHARKIV, BORDER, Lie.UNKNOWN),
    (BASE, TARN, Lie.SAME),
]


@pytest.mark.parametrize(("one", "other", "how"), CASES)
def test_places(one: Place, other: Place | None, how: Lie) -> None:
    assert lie(one, other) is how
    assert lie(other, one) is how
