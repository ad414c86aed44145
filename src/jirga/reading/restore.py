"""Carry what was read in a cleaned copy of a report back to the report itself."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from jirga.reading.clean import Cleaned
from jirga.reading.types import ActorMention, Attribution, Place, Quantity, Reading, Statement, Why
from jirga.reports.types import Report, Span, TimeSpan

__all__ = ["restore"]

_Mention = TypeVar("_Mention", bound=ActorMention)


def restore(reading: Reading, cleaned: Cleaned, report: Report) -> Reading:
    """Return the reading with all spans and words as they stand in the report.

    Parameters
    ----------
    reading : Reading
        Of ``cleaned.report``.
    cleaned : Cleaned
    report : Report
        The report as it is.
    """
    if cleaned.back is None:
        return reading
    return _Back(cleaned, cleaned.back, report.text).reading(reading, report)


class _Back:
    def __init__(self, cleaned: Cleaned, back: Sequence[int], text: str) -> None:
        self.copy, self.back, self.text = cleaned.report.text, back, text
        self._done: dict[int, Attribution] = {}

    def reading(self, found: Reading, report: Report) -> Reading:
        return replace(
            found,
            report=report,
            sentences=self.spans(found.sentences),
            mentions=tuple(self.mention(m) for m in found.mentions),
            attributions=tuple(self.attribution(a) for a in found.attributions),
            statements=tuple(self.statement(s) for s in found.statements),
            unread=tuple((self.span(span), why) for span, why in found.unread),
        )

    def span(self, span: Span) -> Span:
        begin, end = span
        if begin >= end:
            at = self.back[begin] if begin < len(self.back) else len(self.text)
            return at, at
        return self.back[begin], self.back[end - 1] + 1

    def spans(self, spans: Iterable[Span]) -> tuple[Span, ...]:
        return tuple(self.span(span) for span in spans)

    def maybe(self, span: Span | None) -> Span | None:
        return None if span is None else self.span(span)

    def mention(self, mention: _Mention) -> _Mention:
        begin, end = self.span((mention.begin, mention.end))
        return replace(mention, begin=begin, end=end, text=self.text[begin:end])

    def attribution(self, one: Attribution) -> Attribution:
        made = self._done.get(id(one))
        if made is None:
            made = self._done[id(one)] = replace(
                one,
                source=None if one.source is None else self.mention(one.source),
                source_span=self.maybe(one.source_span),
                cue_span=self.maybe(one.cue_span),
                content_span=self.span(one.content_span),
                source_parts=self.spans(one.source_parts),
                cue_parts=self.spans(one.cue_parts),
                content_parts=self.spans(one.content_parts),
            )
        return made

    def statement(self, said: Statement) -> Statement:
        begin, end = self.span((said.begin, said.end))
        return replace(
            said,
            begin=begin,
            end=end,
            quote=self.text[begin:end],
            actors=tuple(self.mention(m) for m in said.actors),
            recipients=tuple(self.mention(m) for m in said.recipients),
            attribution=tuple(self.attribution(a) for a in said.attribution),
            hedges=tuple(self.words(hedge, said) for hedge in said.hedges),
            when=self.time(said.when, said),
            where=self.place(said.where, said),
            quantities=tuple(self.quantity(q, said) for q in said.quantities),
            content=self.maybe(said.content),
            condition=self.maybe(said.condition),
            sentence=self.span(said.sentence),
            why=tuple(self.why(w) for w in said.why),
        )

    def words(self, words: str, said: Statement) -> str:
        """Return words of a statement as the report prints them."""
        for begin, end in ((said.begin, said.end), said.sentence, (0, len(self.copy))):
            at = self.copy.find(words, begin, end)
            if words and at >= 0:
                begin, end = self.span((at, at + len(words)))
                return self.text[begin:end]
        return words

    def time(self, when: TimeSpan | None, said: Statement) -> TimeSpan | None:
        return None if when is None else replace(when, text=self.words(when.text, said))

    def place(self, where: Place | None, said: Statement) -> Place | None:
        return None if where is None else replace(where, text=self.words(where.text, said))

    def quantity(self, one: Quantity, said: Statement) -> Quantity:
        return replace(one, text=self.words(one.text, said))

    def why(self, one: Why) -> Why:
        begin, end = self.span((one.begin, one.end))
        return replace(one, begin=begin, end=end)
