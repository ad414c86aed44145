"""Whatever the text: spans are exact, types known, ids stable, nothing is told twice."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jirga.reading.reader import DefaultReader
from jirga.reading.statements import statement_json
from jirga.reading.types import Reading
from jirga.reports.types import BlockKind

from .conftest import report_of

PIECES = [
    "The rebels demanded that the army leave the town.",
    "“We will strike,” the general said, “if they come”",
    "Kenya refused to withdraw its troops, sources said.",
    "KABUL (AP) -- Talks collapsed",
    "\u202eمذاکرات\u202c", "\u00ad\u200b", "💥 attack 💥", "((( [“‘ ", "’’”)))", "\x00\x07", "\n\n", "\t", "ﬁre on Кyiv",
    "and and and", "that that that", "to to to", "not no never", "if if unless", ",,,;;;:::———", "A" * 300,
    "killed 12", "accused X of killing Y of bombing Z of", "said said said", "agreed to agree to agree to agree to",
]  # fmt: skip
hostile = st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=30)), max_size=12).map(" ".join)


@pytest.fixture(scope="module")
def reader() -> DefaultReader:
    return DefaultReader()


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=hostile.filter(lambda t: not any("\ud800" <= c <= "\udfff" for c in t)))
def test_spans_are_exact_on_hostile_text(reader: DefaultReader, text: str) -> None:
    report = report_of(text)
    reading = reader.read(report)
    seen = set()
    for s in reading.statements:
        assert s.quote == text[s.begin : s.end] != ""
        assert s.quote == s.quote.strip()
        assert s.id not in seen
        seen.add(s.id)
        for actor in (*s.actors, *s.recipients):
            assert actor.text == text[actor.begin : actor.end]
        for span in (s.sentence, s.content, s.condition):
            assert span is None or 0 <= span[0] <= span[1] <= len(text)
        for why in s.why:
            assert 0 <= why.begin < why.end <= len(text)
        for quantity in s.quantities:
            assert quantity.text in text
        for hedge in s.hedges:
            assert hedge in text
        json.dumps(statement_json(s, why=True))


def test_same_text_gives_same_ids(read: Callable[[str], Reading]) -> None:
    text = "Chad closed the border. Egypt and Sudan signed a treaty. The rebels freed 20 soldiers and burned two trucks."
    first, again = read(text), read(text)
    assert [s.id for s in first.statements] == [s.id for s in again.statements]
    assert first.statements


def test_titles_are_read_only_without_a_body() -> None:
    reader = DefaultReader()
    title = report_of("The rebels attacked the army base.", BlockKind.TITLE)
    assert reader.read(title).statements
    both = report_of("The rebels attacked the army base.\nThe mountains were calm.")
    blocks = (
        both.blocks[0].__class__(both.blocks[0].begin, both.blocks[0].end, BlockKind.TITLE),
        both.blocks[1],
    )
    body = both.__class__(both.id, both.name, both.path, both.text, both.raw, blocks=blocks)
    assert not reader.read(body).statements
    furniture = report_of("The rebels attacked the army base.", BlockKind.FURNITURE)
    assert not reader.read(furniture).statements
