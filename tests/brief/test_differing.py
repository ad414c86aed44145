"""Where accounts differ: what differs comes first, and who says it stands beside it."""

from __future__ import annotations

from tests.record.fixtures import Told, day

from jirga.brief.cites import Cites
from jirga.brief.differing import Group, differing
from jirga.brief.names import Names
from jirga.brief.timeline import drawable, timeline_svg
from jirga.reading.types import EventType
from jirga.record.build import build_record
from jirga.record.types import Record

E = EventType


def _record(first: str, second: str, *, few: int = 4, many: int = 6, source: str = "") -> Record:
    made = []
    for name, quote, count in (("gazette", first, few), ("courier", second, many)):
        told = Told(name, f"{quote}.")
        told.tell(quote, E.ASSAULT, "Veldland", "Ostmark", mode="heavy-weapons", where="Karst", when=day(14),
                  counts=((count, "soldier", "killed"),), source=source)  # fmt: skip
        made.append(told.reading)
    return build_record(made)


def _groups(record: Record) -> list[Group]:
    return differing(record, Names(record), Cites(record))


SHELLED = "Veldland shelled Karst on the border with Ostmark and killed {} soldiers"


def test_what_differs_leads_and_each_side_says_who_tells_it() -> None:
    (group,) = _groups(_record(SHELLED.format("four"), SHELLED.format("six")))
    number = group.rows[0]
    assert (number.aspect, number.values) == ("The number (soldier)", "4 / 6")
    assert [side.outlets for side in number.sides] == ["The Gazette", "The Courier"]
    assert "shelling, Karst" in group.about


def test_nothing_differs_where_both_tell_the_same() -> None:
    assert _groups(_record(SHELLED.format("four"), SHELLED.format("four"), many=4)) == []


def test_the_timeline_of_a_phone_tells_the_same_days() -> None:
    told = Told("gazette", "Veldland shelled Karst. Ostmark shelled Lomme.")
    told.tell("Veldland shelled Karst", E.ASSAULT, "Veldland", where="Karst", when=day(14))
    told.tell("Ostmark shelled Lomme", E.ASSAULT, "Ostmark", where="Lomme", when=day(16))
    dots = drawable(build_record([told.reading]).events, {})
    wide, narrow = (str(timeline_svg(dots, narrow=small)[0]) for small in (False, True))
    assert 'viewBox="0 0 960' in wide
    assert 'viewBox="0 0 400' in narrow
    assert wide.count('class="force"') == narrow.count('class="force"') == 2
    assert 'id="tl-t-wide"' in wide
    assert 'id="tl-t-narrow"' in narrow
