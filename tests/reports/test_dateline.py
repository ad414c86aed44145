"""Place, day and sender at the head of a report."""

from __future__ import annotations

from datetime import date

import pytest

from jirga.reports.dateline import find_dateline
from jirga.reports.load import from_raw
from jirga.reports.types import Block, BlockKind

REST = "Talks on the crossing were put off, two envoys said."


@pytest.mark.parametrize(
    ("head", "day", "outlet"),
    [
        ("DORN, 14 March 2031 (Agence Nord) - ", date(2031, 3, 14), "Agence Nord"),
        ("DORN, March 14, 2031 (NPA) -- ", date(2031, 3, 14), "NPA"),
        ("DORN/VELL, March 14 (Newswire) - ", None, "Newswire"),
        ("DORN, Nordmark (NPA) — ", None, "NPA"),
        ("New Dorn, 3 June 2031 – ", date(2031, 6, 3), None),
        ("DORN, November 12. /NORDAG/. ", None, "NORDAG"),
        ("VELL, Nordmark, Oct. 3, 2031 /Wire of Nordmark/ -- ", date(2031, 10, 3), "Wire of Nordmark"),
        ("(NPA) — ", None, "NPA"),
        ("DORN – 03 June 2031 (NPA) - ", date(2031, 6, 3), "NPA"),
        ("Dorn, 7 May 2031: ", date(2031, 5, 7), None),
        ("DORN (Newswire) -", None, "Newswire"),
    ],
)
def test_a_dateline_is_read(head: str, day: date | None, outlet: str | None) -> None:
    text = head + REST
    found = find_dateline(text, [Block(0, len(text), BlockKind.BODY)])
    assert found is not None
    assert (found.published.start if found.published else None) == day
    assert found.outlet == outlet


@pytest.mark.parametrize(
    "text",
    [
        REST,
        "The general – who was born on 3 June 1971 – refused to speak.",
        "On 3 June 2031 - a Tuesday - the envoys met.",
        "Envoys met (again) - for the third time.",
        "The minister (left) - with his guards - walked out.",
        "",
    ],
)
def test_what_only_looks_like_one_is_none(text: str) -> None:
    assert find_dateline(text, [Block(0, len(text), BlockKind.BODY)]) is None


def test_a_report_is_dated_by_it() -> None:
    text = f"Envoys wait\n\nDORN, 14 March 2031 (Agence Nord) - {REST} They met on Tuesday.\n"
    report = from_raw("a.txt", text.encode())
    assert report.published is not None
    assert report.published.start == date(2031, 3, 14)
    assert report.outlet == "Agence Nord"


def test_what_the_page_tells_comes_first() -> None:
    text = f"Published: 15 March 2031\nOutlet: The Vell Post\n\nDORN, 14 March 2031 (Agence Nord) - {REST}\n"
    report = from_raw("a.txt", text.encode())
    assert report.published is not None
    assert report.published.start == date(2031, 3, 15)
    assert report.outlet == "The Vell Post"
