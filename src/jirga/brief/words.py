"""Words and dates for people, in one place."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Any

from jirga._data import load_yaml
from jirga.reading.types import Attribution, EventType, Statement
from jirga.record.types import Event
from jirga.reports.types import Precision, Report, TimeSpan

__all__ = [
    "day",
    "event_noun",
    "joined",
    "outlet_name",
    "quoted",
    "span_words",
    "told_by",
    "type_noun",
    "words",
]

NAME = 18  # characters of a file name that stands for an outlet
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip


@cache
def words() -> dict[str, Any]:
    """Load ``data/words.yaml`` once."""
    data: dict[str, Any] = load_yaml("jirga.brief", "words.yaml")
    return data


def joined(parts: list[str], last: str = "and") -> str:
    """Join names as a sentence does: "A", "A and B", "A, B and C"."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} {last} {parts[-1]}" if parts else ""


def quoted(text: str) -> str:
    """Put quotation marks around exact words: single ones where the words hold double ones of their own."""
    return f"‘{text}’" if any(mark in text for mark in '“”"') else f"“{text}”"


def type_noun(kind: EventType, mode: str | None) -> str:
    """Return the noun for an event type and mode."""
    found = words()["modes"].get(f"{kind}.{mode}") or words()["types"][str(kind)]
    return str(found)


def event_noun(event: Event) -> str:
    """Return the noun for an event."""
    return type_noun(event.type, event.mode)


def day(when: date, year: bool = True) -> str:
    """Return a day as people write it: "9 October 2025"."""
    return f"{when.day} {MONTHS[when.month - 1]}" + (f" {when.year}" if year else "")


def span_words(when: TimeSpan | None, year: bool = True) -> str:
    """Return a time span in words, no more exact than it is known."""
    if when is None or (when.start is None and when.end is None):
        return when.text if when and when.text else "undated"
    start, end = when.start, when.end
    if when.precision is Precision.OPEN:
        return f"since {_coarse(start, year)}" if start else f"until {_coarse(end, year)}"
    if start is None or end is None:
        return f"from {day(start, year)}" if start else f"by {day(end, year)}" if end else "undated"
    if start == end:
        return day(start, year)
    return _range(start, end, when.precision, year)


def _coarse(when: date | None, year: bool) -> str:
    if when is None:
        return "an unknown day"
    return str(when.year) if (when.month, when.day) == (1, 1) else day(when, year)


def _range(start: date, end: date, precision: Precision, year: bool) -> str:
    if precision is Precision.YEAR and (start.month, start.day, end.month, end.day) == (1, 1, 12, 31):
        return str(start.year) if start.year == end.year else f"{start.year}–{end.year}"
    whole_month = start.day == 1 and (start.year, start.month) == (end.year, end.month)
    if precision is Precision.MONTH and whole_month:
        return f"{MONTHS[start.month - 1]} {start.year}"
    lead = {Precision.WEEKEND: "weekend of ", Precision.WEEK: "week of "}.get(precision, "")
    if (start.year, start.month) == (end.year, end.month):
        return f"{lead}{start.day}–{day(end, year)}"
    return f"{lead}{day(start, start.year != end.year)} – {day(end, year)}"


def outlet_name(report: Report) -> str:
    """Return the outlet's name, or the file's where the outlet is not told."""
    if report.outlet:
        return report.outlet
    name = report.name if len(report.name) <= NAME else report.name[: NAME - 1] + "…"
    return f"outlet not told ({name})"


def told_by(statement: Statement, text: str) -> str:
    """Say on whose word a statement stands, outermost source first; empty when it is told as fact.

    Parameters
    ----------
    statement : Statement
    text : str
        The text of its report.
    """
    return ", quoting ".join(_source(link, text) for link in statement.attribution)


def _source(link: Attribution, text: str) -> str:
    if link.source_span is not None:
        return " ".join(text[slice(*link.source_span)].split())
    if link.source is not None:
        return link.source.name
    if link.cue_span is not None:
        return f"unnamed sources (“{' '.join(text[slice(*link.cue_span)].split())}”)"
    return str(words()["kinds"][str(link.kind)])
