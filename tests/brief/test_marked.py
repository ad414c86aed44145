"""Quotes marked in a report's text: nothing lost, nothing unescaped, each anchor once."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape

from jirga.brief.marked import marked_blocks
from jirga.reading.types import EventType, Statement
from jirga.reports.types import Block, BlockKind, Report


def report(text: str) -> Report:
    block = (Block(0, len(text), BlockKind.BODY),) if text else ()
    return Report("r" * 16, "r.txt", "r.txt", text, text.encode("utf-8", "replace"), blocks=block)


def statement(number: int, begin: int, end: int, text: str) -> Statement:
    return Statement(f"s{number}", "r.txt", begin, end, text[begin:end], EventType.REQUEST)


@given(
    st.text(min_size=1, max_size=80), st.lists(st.tuples(st.integers(0, 79), st.integers(0, 79)), max_size=6)
)
def test_marking_keeps_the_text(text: str, spans: list[tuple[int, int]]) -> None:
    inside = [
        (min(a, b), min(max(a, b), len(text))) for a, b in spans if min(a, b) < min(max(a, b), len(text))
    ]
    statements = [statement(i, b, e, text) for i, (b, e) in enumerate(inside)]
    numbers = {s.id: i + 1 for i, s in enumerate(statements) if i % 2 == 0}
    (block,) = marked_blocks(report(text), statements, numbers)
    bare = re.sub(r'<a id="m\d+" href="#q\d+" class="n">\d+</a>|</?mark(?: class="[cu]")?>', "", block.html)
    assert "<" not in bare
    assert bare == str(escape(text))
    for number in numbers.values():
        assert block.html.count(f'id="m{number}"') == 1


def test_overlapping_quotes_are_both_reachable() -> None:
    text = "The army attacked the town and killed nine people."
    first, second = statement(1, 0, 26, text), statement(2, 31, 49, text)
    whole = statement(3, 0, 49, text)
    (block,) = marked_blocks(report(text), [first, second, whole], {"s1": 1, "s2": 2, "s3": 3})
    assert sorted(re.findall(r'id="m(\d)"', block.html)) == ["1", "2", "3"]


def test_hostile_text_is_escaped() -> None:
    text = "<script>alert(1)</script> & 'quotes'"
    (block,) = marked_blocks(report(text), [statement(1, 0, len(text), text)], {"s1": 1})
    assert "<script" not in block.html
    assert "&lt;script&gt;" in block.html


def test_what_was_not_read_says_so() -> None:
    made = Report("r" * 16, "r.txt", "r.txt", "ABC", b"ABC", blocks=(Block(0, 3, BlockKind.FOREIGN, "ps"),))
    (block,) = marked_blocks(made, [], {})
    assert block.note == "not read: language ps"
