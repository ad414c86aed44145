"""What every reader keeps: spans exact, types known, nothing outside the report, nothing raised."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from jirga.reading.types import (
    ActorMention,
    Attribution,
    EventType,
    Modality,
    Polarity,
    Reading,
    SourceKind,
    Statement,
)  # fmt: skip
from jirga.reports.types import Block, BlockKind, Report, Span

Read = Callable[[Report], Reading]

TEXTS = {
    "plain": "The minister said on Sunday that talks would resume. “We are ready,” he added.",
    "empty": "",
    "white": "   \n\t\n  ",
    "marks alone": "“”‘’\"\"''«»()[]—",
    "unmatched quotes": "“We will not sign, the envoy said. 'Never, he said. \"No.",
    "quote in quote in quote": "He said: “She told me: ‘They shouted: “Out!” and left,’ and I believed it.”",
    "two paragraphs of one speaker": "“We came in peace,” said Orla Venn.\n\n“We leave in peace.”",
    "control characters": "The \x00army\x07 said\x1b it had \x0bleft.",
    "right to left": "The group said \u202ethat it would leave\u202c. قالت الجماعة إنها ستغادر.",
    "emoji": "🙂 The envoy 👩‍👩‍👧 said “yes” 🙂.",
    "soft hyphens": "The gov\u00adern\u00adment ac\u00adcused the re\u00adbels of ly\u00ading.",
    "look-alikes": "Тhe аrmy sаid thаt it lеft.",
    "nested brackets": "The (so [the {said} envoy] said) army left.",
    "one word": "said",
    "long word": "a" * 5000,
    "no full stop": "the envoy said the army had left and " * 60,
    "quotes alone": '"' * 400,
}
"""Name to text; each reader is shown each."""


def report_of(text: str, kind: BlockKind = BlockKind.BODY) -> Report:
    """Return a report with one block around the text."""
    begin, end = len(text) - len(text.lstrip()), len(text.rstrip())
    blocks = (Block(begin, end, kind),) if begin < end else ()
    return Report("0" * 16, "contract", "contract", text, text.encode(), blocks=blocks)


def check(reading: Reading) -> None:
    """Assert all that the contract asks of one reading."""
    text = reading.report.text
    assert reading.reader
    for span in reading.sentences:
        _inside(text, span)
    for mention in reading.mentions:
        _mention(text, mention)
    for attribution in reading.attributions:
        check_attribution(text, attribution)
    for statement in reading.statements:
        _statement(text, statement)
    assert [s.begin for s in reading.statements] == sorted(s.begin for s in reading.statements)
    for span, why in reading.unread:
        _inside(text, span)
        assert why


def check_attribution(text: str, one: Attribution) -> None:
    """Assert that an attribution's spans lie in the text, in order, and that its hulls are those of its parts."""
    assert isinstance(one.kind, SourceKind)
    assert one.level >= 0
    assert one.content_parts
    for parts, hull in _roles(one):
        for span in parts:
            _inside(text, span)
            assert text[span[0] : span[1]].strip() == text[span[0] : span[1]]
        assert (hull is None) == (not parts)
        if hull is not None:
            assert hull == (min(b for b, _ in parts), max(e for _, e in parts))
    if one.source is not None:
        _mention(text, one.source)


def _roles(one: Attribution) -> Iterator[tuple[tuple[Span, ...], Span | None]]:
    yield one.source_parts, one.source_span
    yield one.cue_parts, one.cue_span
    yield one.content_parts, one.content_span


def _inside(text: str, span: Span) -> None:
    begin, end = span
    assert 0 <= begin < end <= len(text)


def _mention(text: str, one: ActorMention) -> None:
    assert one.id
    assert one.text == text[one.begin : one.end] != ""


def _statement(text: str, one: Statement) -> None:
    assert isinstance(one.type, EventType)
    assert isinstance(one.polarity, Polarity)
    assert isinstance(one.modality, Modality)
    assert one.quote == text[one.begin : one.end] != ""
    for mention in (*one.actors, *one.recipients):
        _mention(text, mention)
    for attribution in one.attribution:
        check_attribution(text, attribution)
    for span in (one.content, one.condition):
        if span is not None:
            _inside(text, span)
    for why in one.why:
        _inside(text, (why.begin, why.end))
