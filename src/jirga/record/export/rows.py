"""One flat row per statement, for tables: CSV and Parquet."""

from __future__ import annotations

from collections.abc import Iterator

from jirga.reading.types import Statement
from jirga.record.export.common import View
from jirga.reports.types import Report

__all__ = ["COLUMNS", "Cell", "statement_rows"]

Cell = str | int | float | bool | None

COLUMNS = {
    "id": "Hash of report, span, type and actors",
    "event": "Event that it tells",
    "report": "Name of its report",
    "outlet": "Who published the report",
    "published": "First day on which the report can have appeared, ISO 8601",
    "begin": "Begin of the statement in the report's text, code points",
    "end": "End of the statement, exclusive",
    "quote": "Its words; cut when long unless full text is asked for",
    "type": "PLOVER event type",
    "mode": "PLOVER mode",
    "actors": "Ids of who acts, separated by “; ”",
    "actor_names": "Their names",
    "recipients": "Ids of who is acted on",
    "recipient_names": "Their names",
    "told_by": "Sources, outermost first, separated by “ < ”; empty when told as fact",
    "polarity": "positive or negative",
    "modality": "asserted, future, conditional, hypothetical",
    "when_start": "First day that its words allow, ISO 8601",
    "when_end": "Last such day",
    "place_id": "Place",
    "place": "Its name",
    "sentence": "The whole sentence; empty unless full text is asked for",
}
"""Columns and what they mean, in order."""


def statement_rows(view: View) -> Iterator[dict[str, Cell]]:
    """Yield one row per statement, with the keys of `COLUMNS`."""
    record = view.record
    event_of = {s: event.id for event in record.events for s in event.statements}
    reports = view.reports
    for s in record.statements.values():
        yield _row(s, reports[s.report], view, event_of.get(s.id))


def _row(s: Statement, report: Report, view: View, event: str | None) -> dict[str, Cell]:
    published = report.published.start if report.published else None
    start, end = (s.when.start, s.when.end) if s.when else (None, None)
    told = [link.source.name if link.source else str(link.kind) for link in s.attribution]
    return {
        "id": s.id, "event": event, "report": s.report, "outlet": report.outlet,
        "published": published.isoformat() if published else None,
        "begin": s.begin, "end": s.end, "quote": view.quote(s), "type": str(s.type), "mode": s.mode,
        "actors": "; ".join(a.id for a in s.actors), "actor_names": "; ".join(a.name for a in s.actors),
        "recipients": "; ".join(a.id for a in s.recipients), "recipient_names": "; ".join(a.name for a in s.recipients),
        "told_by": " < ".join(told), "polarity": str(s.polarity), "modality": str(s.modality),
        "when_start": start.isoformat() if start else None, "when_end": end.isoformat() if end else None,
        "place_id": s.where.id if s.where else None, "place": s.where.name if s.where else None,
        "sentence": report.text[slice(*s.sentence)] if view.full_text else None,
    }  # fmt: skip
