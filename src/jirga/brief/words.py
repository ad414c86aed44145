"""Words and dates for people, in one place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from jirga._data import load_yaml
from jirga.reading.types import Attribution, EventType, Statement
from jirga.record.types import Event
from jirga.reports.types import Precision, Report, TimeSpan

__all__ = [
    "capital",
    "day",
    "event_noun",
    "joined",
    "on_the_word_of",
    "outlet_name",
    "quoted",
    "span_words",
    "told_by",
    "type_noun",
    "words",
]

NAME = 28  # characters of a file name that stands for an outlet
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
    """Return the outlet's name, or that of the file where no outlet is named; the table of inputs tells that it is one."""
    if report.outlet:
        return report.outlet
    return report.name if len(report.name) <= NAME else report.name[: NAME - 1] + "…"


def told_by(statement: Statement, text: str) -> str:
    """Say on whose word a statement stands, outermost source first; empty when it is told as fact.

    Parameters
    ----------
    statement : Statement
    text : str
        The text of its report.
    """
    links = statement.attribution
    speakers = [link.source.id if link.source else "" for link in links]
    told = [
        _source(link, text)
        for place, link in enumerate(links)
        if place == 0 or not speakers[place] or speakers[place] != speakers[place - 1]
    ]
    chain = [source for place, source in enumerate(told) if place == 0 or source != told[place - 1]]
    if len(chain) > 1:  # "Karst, quoting it" says no more than "Karst"
        chain = [source for source in chain if source.lower() not in words()["pronouns"]] or chain[:1]
    return ", quoting ".join([*chain[:1], *map(_inside, chain[1:])])


def on_the_word_of(sources: Sequence[str]) -> str:
    """Say "on the word of" some sources, as they stand inside a sentence."""
    return f"on the word of {joined(list(map(_inside, sources)))}"


def _inside(source: str) -> str:
    """Begin a source with a small letter where it stands inside a sentence: "The army" but "Karst's army"."""
    return source[:1].lower() + source[1:] if source.partition(" ")[0] in words()["openers"] else source


def capital(text: str) -> str:
    """Begin a line with a capital; what is written "iPhone" or "al-Karsti" on purpose keeps its first word."""
    first = text.partition(" ")[0]
    return text if first != first.lower() or "-" in first else text[:1].upper() + text[1:]


def _source(link: Attribution, text: str) -> str:
    if link.source_span is not None:
        found = " ".join(text[slice(*link.source_span)].split()).rstrip(" ,;:")
        if link.source is not None and found.lower() in words()["pronouns"]:
            name = link.source.name
            return found if name.lower() in words()["pronouns"] else f"{name} (“{found}”)"
        return found
    if link.source is not None:
        return link.source.name
    if link.cue_span is not None:
        return f"unnamed sources (“{' '.join(text[slice(*link.cue_span)].split())}”)"
    return str(words()["kinds"][str(link.kind)])
