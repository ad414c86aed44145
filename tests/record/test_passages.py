"""A statement in words that several reports print has the origin of the earliest of them."""

from __future__ import annotations

from datetime import date

import pytest

from jirga.reading.types import EventType, Statement
from jirga.record.passages import origins_in, spans_by_report
from jirga.reports.types import Precision, Report, TimeSpan

SPEECH = "we will keep the upper sluice shut until the last of the barley is in and every cart has crossed the ford"


def report(ident: str, text: str, day: int, origin: str = "") -> Report:
    when = TimeSpan(date(2031, 5, day), date(2031, 5, day), Precision.DAY)
    return Report(ident, f"name of {ident}", ident, text, b"", published=when, origin=origin)


REPORTS = [
    report("c", f"It was late. “{SPEECH},” the envoy told a crowd of nine.", 3),
    report("b", f"Later on they quoted him: “{SPEECH}.” Nobody had asked.", 5),
    report("a", f"On the bridge: {SPEECH}! So he had said at dawn.", 3, origin="z"),
]


def statement(text: str, quote: str) -> Statement:
    begin = text.index(quote)
    return Statement("s", "r", begin, begin + len(quote), quote, EventType.REJECT)


def test_the_origin_is_that_of_the_earliest_report() -> None:
    spans = spans_by_report(REPORTS)
    assert {origin for several in spans.values() for _, _, origin in several} == {"z"}  # of one day: by id
    texts = {each.id: each.text for each in REPORTS}
    assert {texts[ident][b:e] for ident, several in spans.items() for b, e, _ in several} == {SPEECH}
    assert {origin for _, _, origin in spans_by_report(REPORTS[:2])["b"]} == {"c"}


def test_who_copies_nobody_has_no_passages() -> None:
    assert set(spans_by_report(REPORTS, {"a"})) == {"b", "c"}
    assert spans_by_report(REPORTS, {"a", "b"}) == {}


@pytest.mark.parametrize(
    ("quote", "origin"),
    [
        (SPEECH, "z"),
        (f"“{SPEECH}.”", "z"),
        (SPEECH[10:40], "z"),
        ("they quoted him", None),
        (f"quoted him: “{SPEECH}", None),
    ],
)
def test_only_what_lies_in_the_passage_has_its_origin(quote: str, origin: str | None) -> None:
    text = REPORTS[1].text
    found = origins_in(spans_by_report(REPORTS)["b"], [statement(text, quote)])
    assert found.get("s") == origin


def test_the_innermost_passage_counts() -> None:
    text = "x" * 100
    spans = [(0, 90, "wide"), (20, 50, "narrow")]
    one = Statement("s", "r", 20, 50, text[20:50], EventType.REJECT)
    other = Statement("t", "r", 20, 80, text[20:80], EventType.REJECT)
    assert origins_in(spans, [one, other]) == {"s": "narrow", "t": "wide"}
