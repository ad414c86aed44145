"""Quotation marks: pairs, nesting, apostrophes, paragraphs, and time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jirga.reading.attribution.quotes import find_quotes

CASES = [
    ("curly", "“No,” she said. “Never.”", ["“No,”", "“Never.”"]),
    ("straight", '"No," she said. "Never."', ['"No,"', '"Never."']),
    ("angles", "«No», she said.", ["«No»"]),
    ("German", "„Nein“, sagte sie.", ["„Nein“"]),
    ("two apostrophes", "''No,'' she said.", ["''No,''"]),
    ("backticks", "``No,'' she said.", ["``No,''"]),
    ("single", "‘No,’ she said.", ["‘No,’"]),
    ("apostrophes are no marks", "It's the reporters' and Orla's day.", []),
    ("elided years", "the '90s rock", []),
    ("inches", "He is 6'2\" tall and said nothing.", []),
    ("nested", "“He said ‘go’ twice,” she said.", ["“He said ‘go’ twice,”"]),
    ("apostrophe inside single", "‘It’s the army’s day,’ he said.", ["‘It’s the army’s day,’"]),
    ("paragraphs of one speaker", "“One.\n\n“Two.”", ["“One.", "“Two.”"]),
    ("a slip", "He said “this and that.\n\nThen he left.", []),
    ("after a colon", "He said: “This and that.\n\nThen he left.", ["“This and that."]),
    ("straight slip", 'A " stray and "a word" here.', ['"a word"']),
]


@pytest.mark.parametrize(("name", "text", "expected"), CASES, ids=[c[0] for c in CASES])
def test_outermost_quotes(name, text, expected):
    found = find_quotes(text, [(0, len(text))])
    assert [text[q.begin : q.end] for q in found.outer] == expected


def test_depth_counts_the_quotes_around():
    text = "“One ‘two “three” two’ one”"
    found = find_quotes(text, [(0, len(text))])
    assert [(text[q.inner[0] : q.inner[1]][:5], q.depth) for q in found.all] == [
        ("One ‘", 0), ("two “", 1), ("three", 2),
    ]  # fmt: skip


def test_asking_by_place():
    text = "He said “no” and “yes”."
    found = find_quotes(text, [(0, len(text))])
    first, second = found.outer
    assert found.around(first.begin + 1) == first
    assert found.around(first.end) is None
    assert found.ending_in(0, second.begin) == first
    assert found.beginning_in(first.end, len(text)) == second


@given(st.text(alphabet="“”\"'‘’«»„`a b.s\n1,", max_size=200))
def test_quotes_lie_in_the_text_and_nest(text):
    found = find_quotes(text, [(0, len(text))])
    for quote in found.all:
        assert 0 <= quote.begin < quote.inner[0] <= quote.inner[1] <= quote.end <= len(text)
    ends: list[int] = []
    for quote in found.all:
        while ends and ends[-1] <= quote.begin:
            ends.pop()
        assert not ends or quote.end <= ends[-1]
        assert quote.depth == len(ends)
        ends.append(quote.end)


@pytest.mark.parametrize("unit", ['"', "“", "'a ", "s' ", "“a ” ", '"a', "“a\n\n"])
def test_time_is_linear(unit):
    def seconds(count: int) -> float:
        text = unit * count
        start = time.perf_counter()
        find_quotes(text, [(0, len(text))])
        return time.perf_counter() - start

    seconds(1000)
    small, large = min(seconds(4000) for _ in range(3)), seconds(40000)
    assert large < 40 * small + 0.2
