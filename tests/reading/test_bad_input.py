"""Hostile text: whatever it is, it is read in bounded time, and what was found lies in the report, word for word."""

from __future__ import annotations

import time

import pytest
from benchmarks.hostile import SHAPES, cheap_pipeline, check
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from jirga.reading.reader import DefaultReader
from jirga.reading.types import Reading
from jirga.reports.lines import paragraphs
from jirga.reports.plain import plain_report
from jirga.reports.types import Block, BlockKind, Report

WHOLE = (
    "the rebels said that government Pakistan Kabul rejected demand killed 20 soldiers if they refuse to meet, Mr Karim "
    "Movement for Change (MFC) according to officials on Monday since last week at least dozens of would not"
)
WORDS = st.sampled_from(WHOLE.split())
SIGNS = st.sampled_from([
    "“", "”", "‘", "’", '"', "'", "(", ")", "[", "]", "{", "«", "»", ".", "?", "…", ",", ";", ":", "—", "-", "- ", "\n",
    "\n\n", "\r\n", "\t", "\x00", "\x07", "\x1b", "\x85", "\u2028", "\xad", "\u200b", "\u200d", "\u202e", "\ufeff", "\xa0",
    "😀", "👩‍👩‍👧", "قالت الحكومة", "ا", "Тhe", "rеbels", "ﬁ", "e\u0301", "-\n", "\ud7ff", "\U0010ffff", "é", "İ", "ß",
])  # fmt: skip
HOSTILE = st.lists(st.one_of(WORDS, WORDS.map(" {} ".format), SIGNS, st.text(max_size=3)), max_size=120).map(
    "".join
)


@pytest.fixture(scope="module")
def cheap() -> DefaultReader:
    reader = DefaultReader()
    reader.nlp = cheap_pipeline()
    return reader


@pytest.fixture(scope="module")
def reader() -> DefaultReader:
    return DefaultReader()


def read(reader: DefaultReader, text: str) -> Reading:
    return reader.read(plain_report("0" * 16, "r", "r", text, text.encode("utf-8", "replace")))


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=HOSTILE)
def test_offsets_are_exact_under_any_parse(cheap: DefaultReader, text: str) -> None:
    check(read(cheap, text))


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(text=HOSTILE)
def test_offsets_are_exact_under_the_shipped_parse(reader: DefaultReader, text: str) -> None:
    check(read(reader, text))


@pytest.mark.parametrize("shape", SHAPES)
def test_every_hostile_shape_is_read(reader: DefaultReader, shape: str) -> None:
    check(read(reader, SHAPES[shape](60)))


@pytest.mark.parametrize("shape", SHAPES)
def test_the_rules_take_no_more_than_linear_time(cheap: DefaultReader, shape: str) -> None:
    """Eight times the text takes far less than 64 times the time; the floor hides the noise of a busy machine."""
    small, large = (_seconds(cheap, SHAPES[shape](size)) for size in (500, 4000))
    assert large < 24 * max(small, 0.05)


def _seconds(reader: DefaultReader, text: str) -> float:
    """Read every line as English prose, whatever it is."""
    blocks = tuple(Block(begin, end, BlockKind.BODY) for begin, end in paragraphs(text))
    report = Report("0" * 16, "r", "r", text, b"", blocks=blocks)
    begun = time.process_time()
    check(reader.read(report))
    return time.process_time() - begun


def test_megabytes_without_a_full_stop_are_read_for_a_page(reader: DefaultReader) -> None:
    text = (
        "The rebels said that they would not sign and the army "
        + "went to the hills and burned the fields " * 60_000
    )
    begun = time.process_time()
    found = read(reader, text)
    assert time.process_time() - begun < 20
    check(found)
    assert found.statements
    assert [why for _, why in found.unread] == ["no sentence end within 4000 letters"]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("The rebels left the talks. " * 4000, "the same words again and again"),
        ("The rebels left.\n" + "aGVsbG8gd29ybGQh" * 20_000, "encoded data"),
        (SHAPES["one endless line"](900) + " " + ("aGVsbG8gd29ybGQh" * 20 + " ") * 100, "no words"),
        ("The rebels left.\n" + "".join(f"{i}\t{i}\tKabul\n" for i in range(50)), "table row"),
        (
            "The rebels left.\n" + "".join(f"Name {'x' * i}\n" for i in range(50)) + "They met.",
            "list of short lines",
        ),
    ],
)
def test_what_is_no_prose_is_counted_as_unread(reader: DefaultReader, text: str, why: str) -> None:
    found = read(reader, text)
    check(found)
    assert why in {reason for _, reason in found.unread}


def test_nested_quotes_belong_to_their_speakers(reader: DefaultReader) -> None:
    text = "The minister said: “The rebel leader told me: ‘The army said: “We will attack the town.”’”"
    found = read(reader, text)
    check(found)
    assert any("We will attack the town" in text[slice(*a.content_span)] for a in found.attributions)


def test_what_a_reader_does_not_see_is_not_seen_by_the_rules(reader: DefaultReader) -> None:
    plain = "The rebels rejected the demand of the government on Monday. The officials killed at least 20 soldiers in Kabul."
    dirty = (
        plain.replace("rejected", "re\xadject\u200bed")
        .replace("The rebels", "Тhe rеbels")
        .replace("officials", "of\ufb01cials")
        .replace("20 soldiers", "20\xa0sol\xaddiers\x07")
    )
    assert dirty != plain
    a, b = read(reader, plain), read(reader, dirty)
    check(b)
    assert [(s.type, s.mode, len(s.actors), len(s.recipients)) for s in a.statements] == [
        (s.type, s.mode, len(s.actors), len(s.recipients)) for s in b.statements
    ]
    assert "re\xadject\u200bed" in b.statements[0].quote


def test_lines_of_a_wrapped_text_are_put_together(reader: DefaultReader) -> None:
    text = (
        "LOME, March 3 (Agency) - Two weeks of talks between the govern-\nment and the northern rebels ended in the "
        "capital on Sunday with no\nagreement, and both delegations said that they would leave for home\non Monday. "
        "The government then rejected the proposal of the media-\ntors, and the rebels left the hotel.\n"
    )
    found = read(reader, text)
    check(found)
    rejected = [s for s in found.statements if s.type == "REJECT"]
    assert rejected
    assert "media-\ntors" in rejected[0].quote
    assert len(found.sentences) == 2
