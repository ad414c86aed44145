"""When a clause says that something happened, against the day of its report.

Words are found by a small grammar, never guessed from numbers: "58" and "20" are no dates, "three days of talks" is how long
and not when.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from datetime import date, timedelta

from spacy.tokens import Token

from jirga.reading.actors.found import text_of
from jirga.reading.ahead import TO_COME, comes
from jirga.reading.columns import columns
from jirga.reading.passages import Passage
from jirga.reading.times import Rule, find_times, possible
from jirga.reports.types import Precision, Report, TimeSpan

__all__ = ["when_for"]


def when_for(passage: Passage, tokens: Sequence[Token], report: Report) -> TimeSpan | None:
    """Return when a clause tells that its event happened, or None when it has no words for it.

    Parameters
    ----------
    passage : Passage
    tokens : sequence of Token
        The clause, in text order; words that are not among them do not count.
    report : Report
        Its ``published`` is the day that "yesterday" counts from. Without it relative words keep their text, and
        start and end are None.

    Returns
    -------
    TimeSpan or None
        With the precision that the words have. "since 2021" ends on the report's day and is open. When the clause has
        several times, the finest goes first, then the one nearest to its verb.
    """
    rules = _possible(passage)
    if not tokens or not rules:
        return None
    begin, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    lower = columns(passage.doc).lower
    ahead = any(lower[t.i] in TO_COME for t in tokens)
    best: tuple[tuple[float, int], TimeSpan] | None = None
    text, day = text_of(passage.doc)[begin:end], _published(report)
    times = list(find_times(text, day, ahead, rules))
    if not times:
        return None
    inside = {t.i for t in tokens}
    root = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0])
    for at, told in times:
        touched = passage.doc.char_span(begin + at, begin + at + len(told.text), alignment_mode="expand")
        if touched is None or not any(t.i in inside for t in touched):
            continue
        span = told
        if not ahead and told.precision is Precision.DAY and comes(touched.root):
            span = next((s for _, s in find_times(told.text, day, True, rules)), told)
        if span.precision is Precision.WEEKEND:
            span = _anchored(span, passage, begin + at, report)
        key = (_fineness(span), abs(touched.start - root.i))
        if best is None or key < best[0]:
            best = (key, span)
    return best[1] if best else None


_LOOKBACK = 1500  # characters before "over the weekend" that may hold the day that it counts from
_OLD = 9  # days; a story that began longer ago tells of its own weekend, not of the last one


def _anchored(span: TimeSpan, passage: Passage, at: int, report: Report) -> TimeSpan:
    """Return "over the weekend" of a story that told of an earlier day as the weekend after that day.

    The day must stand before it in its own paragraph or in the one before.
    """
    day = _published(report)
    if day is None or "the weekend" not in span.text.lower():
        return span
    own = text_of(passage.doc)[max(at - _LOOKBACK, 0) : at]
    number = bisect_left(report.blocks, passage.block.begin, key=lambda b: b.begin)
    near = report.blocks[max(number - 2, 0) : number + 1]
    earlier = next((b for b in reversed(near) if b.end <= passage.block.begin), None)
    above = (
        report.text[max(earlier.begin, earlier.end - _LOOKBACK) : earlier.end] if earlier is not None else ""
    )
    for text in (own, above):
        told = [t for _, t in find_times(text, day) if t.precision is Precision.DAY and t.start == t.end]
        last = next((t.start for t in reversed(told) if t.start is not None and _DIGIT.search(t.text)), None)
        if last is not None:
            if (day - last).days <= _OLD:
                return span
            saturday = last + timedelta(days=(5 - last.weekday()) % 7 if last.weekday() < 6 else -1)
            return TimeSpan(saturday, saturday + timedelta(days=1), Precision.WEEKEND, span.text)
    return span


_DIGIT = re.compile(r"\d")


def _published(report: Report) -> date | None:
    return report.published.start if report.published is not None else None


_ORDER = list(Precision)


def _fineness(span: TimeSpan) -> float:
    return _ORDER.index(span.precision) + (0.5 if span.start is None and span.end is None else 0.0)


def _possible(passage: Passage) -> tuple[Rule, ...]:
    kept: dict[str, tuple[Rule, ...]] = passage.doc.user_data
    rules = kept.get("jirga times")
    if rules is None:
        rules = kept["jirga times"] = possible(text_of(passage.doc))
    return rules
