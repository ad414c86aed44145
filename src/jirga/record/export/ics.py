"""iCalendar (RFC 5545): dated events as whole days; what is only attributed or not asserted is tentative."""

from __future__ import annotations

from datetime import date, timedelta

from jirga.reading.types import Modality, Polarity
from jirga.record.export.common import View, days
from jirga.record.types import Event

__all__ = ["to_ics"]

FOLD = 75  # octets of a line, without its break
NEVER = date(1970, 1, 1)  # stands where a stamp is demanded and no report has a date


def to_ics(view: View) -> bytes:
    """Return one VEVENT per dated event; the stamp is the last report's date, so the same record gives the same file."""
    published = [r.published.start for r in view.record.reports if r.published and r.published.start]
    stamp = f"{max(published, default=NEVER):%Y%m%d}T000000Z"
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//jirga//record//EN", "CALSCALE:GREGORIAN"]
    for event in view.record.events:
        dates = days(event)
        if dates:
            lines += _event(event, *dates, stamp, view)
    lines.append("END:VCALENDAR")
    return b"".join(_fold(line) for line in lines)


def _event(event: Event, start: date, end: date, stamp: str, view: View) -> list[str]:
    best = view.leading(event)
    sure = (
        event.standing == "fact" and best.modality is Modality.ASSERTED and best.polarity is Polarity.POSITIVE
    )
    after = end + timedelta(days=1) if end < date.max else end
    told = f"“{view.quote(best)}” ({', '.join(view.outlets(event.statements))})"
    return [
        "BEGIN:VEVENT",
        f"UID:{event.id}@jirga",
        f"DTSTAMP:{stamp}",
        f"DTSTART;VALUE=DATE:{_day(start)}",
        f"DTEND;VALUE=DATE:{_day(after)}",
        f"SUMMARY:{_text(event.label)}",
        f"DESCRIPTION:{_text(told)}",
        f"CATEGORIES:{event.type}",
        *([f"LOCATION:{_text(event.where.name)}"] if event.where else []),
        f"STATUS:{'CONFIRMED' if sure else 'TENTATIVE'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def _day(day: date) -> str:
    return f"{day.year:04}{day.month:02}{day.day:02}"


def _text(text: str) -> str:
    """Escape a TEXT value; control characters other than breaks have no place in one."""
    kept = "".join(c for c in "\n".join(text.splitlines()) if c >= " " or c in "\n\t")
    for character in ("\\", ";", ","):
        kept = kept.replace(character, f"\\{character}")
    return kept.replace("\n", "\\n")


def _fold(line: str) -> bytes:
    """Break a line into pieces of at most `FOLD` octets, never inside a character."""
    pieces, piece = [], b""
    for character in line:
        octets = character.encode("utf-8", "replace")
        if len(piece) + len(octets) > FOLD:
            pieces.append(piece)
            piece = b" "
        piece += octets
    return b"\r\n".join([*pieces, piece]) + b"\r\n"
