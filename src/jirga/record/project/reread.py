"""Reading all kept bytes again with the reader of today; people's work stays, or is an orphan that is told."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import IO, Any

from sqlalchemy import Connection, delete, insert, select, update

from jirga.errors import ReportError
from jirga.reading.types import Reading
from jirga.record.project import schema
from jirga.record.project.codec import reading_row, report_row, statement_row
from jirga.record.project.evidence import actor_rows, renamed, sound
from jirga.record.project.link_all import clear
from jirga.record.project.store import Project
from jirga.reports.load import from_raw
from jirga.reports.types import Refusal, Report

__all__ = ["Reread", "reread"]


@dataclass(frozen=True, slots=True)
class Reread:
    """What reading again did.

    Attributes
    ----------
    reports : int
        Reports that were read again, old versions among them.
    same, new, gone : int
        Statements that are as they were, that came, and that are no more.
    refused : tuple of Refusal
        Reports that keep their old reading, and why.
    """

    reports: int
    same: int
    new: int
    gone: int
    refused: tuple[Refusal, ...]


def reread(
    project: Project, read: Callable[[Report], Reading], note: Callable[[str], None] | None = None
) -> Reread:
    """Read every kept report again and replace its statements, all in one transaction at the end.

    Parameters
    ----------
    project : Project
    read : callable
        A reader's ``read``.
    note : callable, optional
        Called with the name of each report, for a progress bar.
    """
    refused: list[Refusal] = []
    r = schema.report.c
    with project.database.reading() as connection:
        before = _ids(connection)
        names = connection.execute(select(r.id, r.name).order_by(r.id)).all()
    with tempfile.TemporaryFile("w+", encoding="utf-8") as staged:  # memory holds one report
        count = 0
        for ident, name in names:
            if note:
                note(name)
            try:
                reading, troubles = sound(read(_again(project, ident)))
            except ReportError as error:
                refused.append(Refusal(error.place, error.reason, error.advice))
                continue
            refused += troubles
            json.dump(_rows(reading), staged, ensure_ascii=False)
            staged.write("\n")
            count += 1
        with project.database.writing() as connection:
            _replace(connection, staged)
            project.relink_inside(connection)
            after = _ids(connection)
    return Reread(count, len(before & after), len(after - before), len(before - after), tuple(refused))


def _ids(connection: Connection) -> set[str]:
    s = schema.statement.c
    return set(connection.execute(select(s.id).where(~s.derived)).scalars())


def _again(project: Project, ident: str) -> Report:
    """Return a report as its kept bytes give it today, under the name that it has here."""
    r = schema.report.c
    with project.database.reading() as connection:
        row = connection.execute(select(r.name, r.path, r.raw).where(r.id == ident)).one()
    if hashlib.sha256(row.raw).hexdigest()[:16] != ident != hashlib.sha256(row.raw.strip()).hexdigest()[:16]:
        raise ReportError(
            row.path,
            "its kept bytes were changed in here; its old reading stays.",
            "Restore a copy of the project.",
        )
    found = from_raw(row.path, row.raw)
    return renamed(Reading(found), row.name).report


def _rows(reading: Reading) -> dict[str, Any]:
    report = report_row(reading.report, "")
    kept = {key: told for key, told in report.items() if key not in {"raw", "added", "origin"}}
    return {
        "report": kept | {"reader": reading.reader, "reading": reading_row(reading)},
        "statement": [statement_row(s, reading.report, place) for place, s in enumerate(reading.statements)],
        "statement_actor": list(actor_rows(reading)),
    }


def _replace(connection: Connection, staged: IO[str]) -> None:
    clear(connection)
    s, actor = schema.statement, schema.statement_actor
    for rows in _lines(staged):
        ident = rows["report"].pop("id")
        mine = select(s.c.id).where(s.c.report_id == ident)
        connection.execute(delete(actor).where(actor.c.statement_id.in_(mine)))
        connection.execute(s.delete().where(s.c.report_id == ident))
        connection.execute(update(schema.report).where(schema.report.c.id == ident).values(**rows["report"]))
        for table in (s, actor):
            if rows[table.name]:
                connection.execute(insert(table), rows[table.name])


def _lines(staged: IO[str]) -> Iterator[dict[str, Any]]:
    staged.seek(0)
    for line in staged:
        yield json.loads(line)
