"""Counts: bounds, what is counted, what became of it; and what is no count."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jirga.reading.passages import Passage
from jirga.reading.quantities import quantities_for
from jirga.reports.types import Block, BlockKind

ROWS = [
    line.split("\t")
    for line in Path(__file__).with_name("counts.tsv").read_text(encoding="utf-8").splitlines()
    if line[0] != "#"
]


def passage(text: str, nlp) -> Passage:
    return Passage(Block(0, len(text), BlockKind.BODY), nlp(text), 0)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row[0])
def test_count(row: list[str], nlp) -> None:
    text, low, high, words, unit, role = row
    one = passage(text, nlp)
    found = quantities_for(one, list(one.doc))
    assert found, "no count found"
    quantity = found[0]
    assert (quantity.low, quantity.high) == tuple(None if x == "-" else int(x) for x in (low, high))
    assert (quantity.text, quantity.unit) == (words, unit)
    assert role in {"*", quantity.role}


@pytest.mark.parametrize(
    "text",
    [
        "The war began in 2014.",
        "They met on October 9.",
        "On 19 March 2023 the border opened.",
        "The council passed Resolution 1701.",
        "An F-16 crashed near the base.",
        "A 30-year-old man spoke.",
        "M23 took the town.",
        "The 2006 war ended.",
        "It happened three days ago.",
        "The shelling began at 10:30 a.m.",
    ],
)
def test_no_count(text: str, nlp) -> None:
    one = passage(text, nlp)
    assert quantities_for(one, list(one.doc)) == ()


def test_two_roles_in_one_clause(nlp) -> None:
    one = passage("The rebels killed 58 soldiers and destroyed 20 outposts.", nlp)
    assert [(q.low, q.role) for q in quantities_for(one, list(one.doc))] == [
        (58, "killed"),
        (20, "destroyed"),
    ]


def test_counts_outside_the_clause_do_not_count(nlp) -> None:
    one = passage("Rebels killed 58 soldiers, and police arrested 9 boys.", nlp)
    assert [q.low for q in quantities_for(one, list(one.doc)[:4])] == [58]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(alphabet="0123456789 ,.-$%abkm()年🙂\n’\u200f", max_size=60))
def test_words_are_exact_whatever_the_text(nlp, text: str) -> None:
    one = passage(text, nlp)
    for quantity in quantities_for(one, list(one.doc)):
        assert quantity.text in text
        assert quantity.low is None or quantity.high is None or quantity.low <= quantity.high
