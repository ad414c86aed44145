"""Copies share an origin; rewrites in other words do not; copied passages are found in place."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.reports.origins import origin_groups, shared_passages
from jirga.reports.types import Precision, Report, TimeSpan

AGENCY = (
    "The river commission of Veldland and Ostmark broke up on Tuesday without a joint paper. "
    "Delegates from Veldland had asked for a fixed share of the summer flow below the Karst dam, "
    "while Ostmark wanted the gauges read by a neutral engineer. Neither side moved, an official said. "
    "Villages downstream have been without mains water for nine days and trucks bring it from the coast."
)
OWN_WORDS = (
    "Talks over the Karst dam ended in failure this week. Ostmark insists on independent gauge readings; "
    "its neighbour wants a guaranteed volume each summer. Water trucks keep reaching the dry villages."
)
SPEECH = "we will not sign away a single cubic metre of the water that our grandfathers dug for by hand"


def report(name: str, text: str, day: int = 1) -> Report:
    when = TimeSpan(date(2031, 5, day), date(2031, 5, day), Precision.DAY)
    return Report(id=f"{name:0>16}", name=name, path=name, text=text, raw=text.encode(), published=when)


def groups(*reports: Report) -> set[tuple[str, ...]]:
    return set(origin_groups(reports).values())


@pytest.mark.parametrize(
    ("copy", "together"),
    [
        (AGENCY, True),
        (AGENCY.replace("Tuesday", "Wednesday").replace("Neither side moved", "No one moved"), True),
        ("By our correspondent. " + AGENCY[: len(AGENCY) // 2], True),  # a short cut of the copy
        (AGENCY + " " + " ".join(f"Local colour number {i} fills the page today." for i in range(60)), True),
        (OWN_WORDS, False),
    ],
)
def test_copies(copy: str, together: bool) -> None:
    found = groups(report("a", AGENCY), report("b", copy, 2))
    assert len(found) == (1 if together else 2)


def test_the_earliest_report_is_the_origin_across_days() -> None:
    late, early = report("a", AGENCY, 9), report("b", AGENCY, 2)
    assert origin_groups([late, early]) == {"000000000000000b": ("000000000000000a", "000000000000000b")}


def test_empty_reports_do_not_share_an_origin() -> None:
    assert len(origin_groups([report("a", ""), report("b", ""), report("c", "Two words")])) == 3


def test_a_quoted_speech_is_found_in_both_reports() -> None:
    one = report("a", f"The minister was loud. “{SPEECH},” she told the hall, to applause.")
    two = report("b", f"Asked again on Friday she said: “{SPEECH}.” Nobody clapped.")
    (passage,) = shared_passages([one, two])
    texts = {r.id: r.text for r in (one, two)}
    assert [texts[i][b:e] for i, b, e in passage.places] == [SPEECH, SPEECH]
    assert passage.words == len(SPEECH.split())


@settings(max_examples=40, deadline=None)
@given(st.lists(st.text(max_size=80), max_size=6), st.randoms(use_true_random=False))
def test_order_does_not_matter_and_none_is_lost(texts: list[str], random: object) -> None:
    reports = [report(str(i), text) for i, text in enumerate(texts)]
    shuffled = list(reports)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    found = origin_groups(reports)
    assert found == origin_groups(shuffled)
    assert sorted(i for ids in found.values() for i in ids) == sorted(r.id for r in reports)
    for passage in shared_passages(reports):
        for report_id, begin, end in passage.places:
            assert report_id in {r.id for r in reports}
            assert 0 <= begin < end
