"""TimelineJS: the dated events as that page's JSON. Its texts are HTML, so every word is escaped."""

from __future__ import annotations

import json
from datetime import date
from html import escape
from typing import Any

from jirga.record.export.common import View, days
from jirga.record.types import Event

__all__ = ["to_timelinejs"]


def to_timelinejs(view: View) -> bytes:
    """Return one slide per dated event, in the record's order."""
    slides = [_slide(event, *dates, view) for event in view.record.events if (dates := days(event))]
    page = {"events": slides}
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def _slide(event: Event, start: date, end: date, view: View) -> dict[str, Any]:
    accounts = [view.record.statements[s] for s in event.statements]
    reports = view.reports
    told = "".join(
        f"<p>“{escape(view.quote(s))}” ({escape(reports[s.report].outlet or s.report)})</p>" for s in accounts
    )
    slide: dict[str, Any] = {
        "unique_id": event.id,
        "group": str(event.type),
        "start_date": _date(start),
        "text": {"headline": escape(event.label), "text": told},
    }
    if end != start:
        slide["end_date"] = _date(end)
    return slide


def _date(day: date) -> dict[str, int]:
    return {"year": day.year, "month": day.month, "day": day.day}
