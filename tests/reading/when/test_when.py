"""Times of clauses against the report's day."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jirga.reading.passages import Passage
from jirga.reading.times import find_times
from jirga.reading.when import when_for
from jirga.reports.types import Block, BlockKind, Precision, Report, TimeSpan

DAY = date(2025, 10, 28)
ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("times.tsv").read_text(encoding="utf-8").splitlines()
    if line[0] != "#"
]


def report(text: str, day: date | None = DAY) -> Report:
    return Report("0", "r", "r", text, b"", published=TimeSpan(day, day, Precision.DAY) if day else None)


def when(text: str, nlp, day: date | None = DAY) -> TimeSpan | None:
    passage = Passage(Block(0, len(text), BlockKind.BODY), nlp(text), 0)
    return when_for(passage, list(passage.doc), report(text, day))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_time(row: list[str], nlp) -> None:
    text, start, end, precision, words = row
    found = when(text, nlp)
    assert found is not None
    assert found.text == words
    assert (str(found.start or "-"), str(found.end or "-"), found.precision) == (start, end, precision)


@pytest.mark.parametrize(
    "text",
    [
        "Three days of talks ended.",
        "They may march on the town.",
        "The march went on for three hours.",
        "58 soldiers and 20 outposts were lost.",
        "He said the second plan would fall.",
    ],
)
def test_no_time(text: str, nlp) -> None:
    assert when(text, nlp) is None


@pytest.mark.parametrize("text", ["They met last week.", "They met on Sunday.", "It began three months ago."])
def test_without_a_report_date_the_words_stay(text: str, nlp) -> None:
    found = when(text, nlp, None)
    assert found is not None
    assert (found.start, found.end) == (None, None)
    assert found.text in text


@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.sampled_from(
            [
                "on",
                "in",
                "since",
                "the",
                "last",
                "next",
                "October",
                "May",
                "9",
                "31",
                "2024",
                "99999",
                "February",
                "30",
                "of",
                "week",
                "weekend",
                "-",
                "ago",
                "three",
                "a",
                "few",
                ",",
                "between",
                "and",
                "until",
                "0",
                "years",
                "decades",
                "early",
                "mid",
                "1999",
                "summer",
                "Sunday",
                "\u202e",
                "🙂",
                "12,000",
            ]
        ),
        max_size=14,
    ),
    st.sampled_from([None, DAY, date(2024, 2, 29), date(1, 1, 1), date(9999, 12, 31)]),
    st.booleans(),
)
def test_any_words_give_ordered_days_and_exact_words(words: list[str], day: date | None, ahead: bool) -> None:
    text = " ".join(words)
    for begin, span in find_times(text, day, ahead):
        assert text[begin : begin + len(span.text)] == span.text
        assert span.start is None or span.end is None or span.start <= span.end
