"""TimelineJS: the dated events as that page's JSON. Its texts are HTML, so every word is escaped."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from typing import Any

from jirga.record.export.common import View, days
from jirga.record.types import Event
from jirga.reports.types import Precision

__all__ = ["to_timelinejs"]


def to_timelinejs(view: View) -> bytes:
    """Return one slide per dated event, in the record's order."""
    slides = [_slide(event, *dates, view) for event in view.record.events if (dates := days(event))]
    page = {"events": slides}
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def _slide(event: Event, start: date, end: date, view: View) -> dict[str, Any]:
    told: dict[str, list[str]] = {}
    for ident in event.statements:
        s = view.record.statements[ident]
        told.setdefault(view.quote(s), []).append(view.reports[s.report].outlet or s.report)
    text = "".join(
        f"<p>“{escape(quote)}” ({escape(', '.join(dict.fromkeys(outlets)))})</p>"
        for quote, outlets in told.items()
    )
    slide: dict[str, Any] = {
        "unique_id": event.id,
        "group": str(event.type),
        "start_date": _date(start),
        "text": {"headline": escape(event.label), "text": text},
    }
    if end != start:
        slide["end_date"] = _date(end)
    shown = _shown(event, start, end)
    if shown:
        slide["display_date"] = shown
    return slide


def _shown(event: Event, start: date, end: date) -> str:
    """Return words for a time that is no day: a page would print the first day of a month as the day itself."""
    precision = event.when.precision if event.when else Precision.DAY
    if precision is Precision.OPEN:
        return f"since {start.year}" if (start.month, start.day) == (1, 1) else f"since {start}"
    if precision is Precision.YEAR:
        return str(start.year)
    if precision is Precision.MONTH:
        return f"{start:%B} {start.year}"
    if precision in (Precision.WEEKEND, Precision.WEEK, Precision.SEASON):
        return f"{precision}, {start} to {end}"
    return ""


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
