"""Dates and names as people write them."""

from __future__ import annotations

from datetime import date

import pytest

from jirga.brief.words import joined, span_words, type_noun, words
from jirga.reading.types import EventType
from jirga.record.types import AnswerKind, Aspect
from jirga.reports.types import Precision, TimeSpan

D = date


@pytest.mark.parametrize(
    ("span", "told"),
    [
        (None, "undated"),
        (TimeSpan(None, None, Precision.UNKNOWN, "recently"), "recently"),
        (TimeSpan(D(2024, 3, 5), D(2024, 3, 5), Precision.DAY), "5 March 2024"),
        (TimeSpan(D(2024, 3, 2), D(2024, 3, 3), Precision.WEEKEND), "weekend of 2–3 March 2024"),
        (TimeSpan(D(2024, 2, 26), D(2024, 3, 3), Precision.WEEK), "week of 26 February – 3 March 2024"),
        (TimeSpan(D(2024, 3, 1), D(2024, 3, 31), Precision.MONTH), "March 2024"),
        (TimeSpan(D(2021, 1, 1), D(2021, 12, 31), Precision.YEAR), "2021"),
        (TimeSpan(D(2021, 1, 1), D(2024, 3, 5), Precision.OPEN), "since 2021"),
        (TimeSpan(None, D(2024, 3, 5), Precision.OPEN), "until 5 March 2024"),
        (
            TimeSpan(D(2023, 12, 30), D(2024, 1, 2), Precision.WEEK),
            "week of 30 December 2023 – 2 January 2024",
        ),
    ],
)
def test_time_spans_are_told_no_more_exactly_than_known(span: TimeSpan | None, told: str) -> None:
    assert span_words(span) == told


def test_names_are_joined_as_a_sentence_does() -> None:
    assert [joined([]), joined(["A"]), joined(["A", "B"]), joined(["A", "B", "C"])] == [
        "",
        "A",
        "A and B",
        "A, B and C",
    ]


def test_every_type_and_code_has_words() -> None:
    for kind in EventType:
        assert type_noun(kind, None)
        assert words()["lanes"][str(kind)] in words()["lane_names"]
    assert set(words()["answers"]) == {str(kind) for kind in AnswerKind}
    assert set(words()["aspects"]) == {str(aspect) for aspect in Aspect} | {"answer"}


def test_a_wish_on_a_condition_names_both_options() -> None:
    from jirga.brief.names import wish_words
    from jirga.conflict.load import loads
    from jirga.conflict.statements import Vocabulary, parse

    conflict = loads(
        "conflict: ferry\nstatus_quo: NN\ndecision_makers:\n  North: {options: {sail: North sails}, preferences: [sail]}\n"
        "  South: {options: {tax: South taxes}, preferences: [tax]}\n"
    )
    told = {
        s: wish_words(parse(s, Vocabulary.of(conflict)), conflict, "North", lambda bit: "AB"[bit])
        for s in ("sail if tax", "sail if not tax", "sail iff tax", "not tax")
    }
    assert told == {
        "sail if tax": "having A if B", "sail if not tax": "having A if not B",
        "sail iff tax": "having A exactly when B", "not tax": "being spared B",
    }  # fmt: skip
