"""Evidence as it comes in and as it is kept: every statement points at its own words, or it is told."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, insert

from jirga.errors import ProjectError
from jirga.reading.types import Reading, Statement
from jirga.record.project import schema
from jirga.record.project.codec import reading_row, report_row, statement_row
from jirga.record.project.database import Database
from jirga.reports.types import Refusal, Report

__all__ = ["actor_rows", "check_kept", "put", "put_statements", "renamed", "sound", "unkept"]


def unkept(report: Report, database: Database) -> list[Refusal]:
    """Return why a database cannot keep a report; nothing when it can."""
    told = (report.text, report.title, report.outlet, report.url, report.name, *report.authors)
    if database.path is None and any("\0" in words for words in told if words):
        advice = "Take them out of it, or keep the project in a file."
        return [Refusal(report.path, "there are NUL characters in it, which PostgreSQL cannot hold.", advice)]
    return []


def sound(reading: Reading) -> tuple[Reading, list[Refusal]]:
    """Leave out statements that do not point at their own words, and tell it."""
    text = reading.report.text
    kept = tuple(s for s in reading.statements if _fits(s, text))
    lost = len(reading.statements) - len(kept)
    if not lost:
        return reading, []
    which = "1 statement points" if lost == 1 else f"{lost} statements point"
    told = Refusal(
        reading.report.path,
        f"{which} at other words than the report has there, and nothing is kept of it.",
        f"Tell it to the makers of the reader ({reading.reader or 'without a name'}).",
    )
    return replace(reading, statements=kept), [told]


def check_kept(reading: Reading, name: str) -> None:
    """Check that kept statements still point at their own words.

    Raises
    ------
    ProjectError
        When the report's text or a statement was changed in the database.
    """
    text = reading.report.text
    lost = [s for s in reading.statements if not _fits(s, text)]
    if lost:
        first = lost[0]
        raise ProjectError(
            name,
            f"the report {reading.report.name} no longer says “{_short(first.quote)}” at {first.begin}–{first.end} "
            f"({len(lost)} of its {len(reading.statements)} statements do not match): its text was changed in here.",
            "Nothing was changed now. Read the kept bytes again with: jirga reread -p PROJECT",
        )


def put(connection: Connection, reading: Reading, more: Mapping[str, Any]) -> None:
    """Write a report that is not there yet, with its statements.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    reading : Reading
    more : mapping
        Columns that the reading does not tell: ``added``.
    """
    row = report_row(reading.report, more["added"])
    row |= {"reader": reading.reader, "reading": reading_row(reading)}
    connection.execute(insert(schema.report), row)
    put_statements(connection, reading)


def put_statements(connection: Connection, reading: Reading) -> None:
    """Write the statements of a report that is there."""
    rows = [statement_row(s, reading.report, place) for place, s in enumerate(reading.statements)]
    if rows:
        connection.execute(insert(schema.statement), rows)
    actors = list(actor_rows(reading))
    if actors:
        connection.execute(insert(schema.statement_actor), actors)


def renamed(reading: Reading, name: str) -> Reading:
    """Return a reading whose report has another name."""
    statements = tuple(replace(s, report=name) for s in reading.statements)
    return replace(reading, report=replace(reading.report, name=name), statements=statements)


def _fits(s: Statement, text: str) -> bool:
    return 0 <= s.begin < s.end <= len(text) and text[s.begin : s.end] == s.quote


def _short(words: str) -> str:
    return words if len(words) <= 60 else f"{words[:59]}…"


def actor_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    """Yield who acts and who is acted on in a reading's statements, as rows."""
    for s in reading.statements:
        for role, several in (("actor", s.actors), ("recipient", s.recipients)):
            for place, a in enumerate(several):
                yield {
                    "statement_id": s.id, "role": role, "place": place, "actor_id": a.id, "name": a.name, "text": a.text,
                }  # fmt: skip
