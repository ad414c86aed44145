"""Statements of a project as rows: those that hold some words, those behind a thing of the record."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, select

from jirga.record.project import schema
from jirga.record.project.chunks import chunks
from jirga.record.project.edits import find, statements_behind
from jirga.record.project.store import Project

__all__ = ["Opened", "opened", "statement_rows"]

Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True)
class Opened:
    """A thing of the record with all statements that it rests on.

    Attributes
    ----------
    kind, id : str
        statement, event, position, dispute, report, party.
    words : str
        What it is called.
    rows : list of dict
        As `statement_rows` gives them.
    """

    kind: str
    id: str
    words: str
    rows: Rows


def opened(project: Project, wanted: str) -> Opened:
    """Open a thing of the record.

    Parameters
    ----------
    project : Project
    wanted : str
        Its id, or the begin of it.
    """
    s, a, answer = schema.statement.c, schema.statement_actor.c, schema.answer.c
    with project.database.reading() as connection:
        kind, ident = find(connection, wanted)
        words = _name(connection, kind, ident)
        if kind in ("report", "party"):
            members = [ident]
            if kind == "party":
                members += connection.execute(
                    select(schema.party.c.members).where(schema.party.c.id == ident)
                ).scalar_one()
            acts = select(a.statement_id).where(a.actor_id.in_(members))
            mine = (
                s.report_id == ident
                if kind == "report"
                else s.id.in_(acts) & schema.report.c.replaced_by.is_(None)
            )
            order = (schema.report.c.published, schema.report.c.name, s.place)
            return Opened(kind, ident, words, statement_rows(connection, mine, order=order))
        behind = statements_behind(connection, kind, ident)
        if kind == "position":
            several = connection.execute(
                select(answer.statements).where(answer.position_id == ident)
            ).scalars()
            behind += [one for some in several for one in some]
        rows = {
            row["id"]: row
            for part in chunks(dict.fromkeys(behind))
            for row in statement_rows(connection, s.id.in_(part), order=())
        }
    return Opened(kind, ident, words, [rows[one] for one in dict.fromkeys(behind) if one in rows])


def statement_rows(
    connection: Connection,
    *conditions: ColumnElement[bool],
    order: Sequence[Any],
    limit: int = 0,
    offset: int = 0,
) -> Rows:
    """Return statements with when, who, whom, their quote and who tells it.

    Parameters
    ----------
    connection : Connection
    *conditions
        On ``statement`` and ``report``.
    order : sequence of columns
    limit, offset : int
        At most so many, after so many; 0 for all.
    """
    s, r = schema.statement.c, schema.report.c
    query = (
        select(
            func.coalesce(s.when_start, r.published).label("when_start"),
            func.coalesce(s.when_end, s.when_start, r.published).label("when_end"),
            s.type, s.mode, s.polarity, s.quote, r.outlet, r.name.label("report"), s.told_by, s.begin, s.end, s.id,
        )
        .join(schema.report, r.id == s.report_id)
        .where(*conditions)
        .order_by(*order)
    )  # fmt: skip
    if limit:
        query = query.limit(limit).offset(offset)
    rows = [dict(row) for row in connection.execute(query).mappings()]
    names = _names(connection, [row["id"] for row in rows])
    return [
        {
            "when_start": row["when_start"], "when_end": row["when_end"],
            "type": row["type"] if row["polarity"] == "positive" else f"not {row['type']}", "mode": row["mode"],
            "actors": ", ".join(names[row["id"], "actor"]), "recipients": ", ".join(names[row["id"], "recipient"]),
            **{name: row[name] for name in ("quote", "outlet", "report", "told_by", "begin", "end", "id")},
        }
        for row in rows
    ]  # fmt: skip


def _names(connection: Connection, statements: Sequence[str]) -> dict[tuple[str, str], list[str]]:
    """Return who acts and who is acted on, by statement and role."""
    a = schema.statement_actor.c
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    for part in chunks(statements):
        query = select(a.statement_id, a.role, a.name).where(a.statement_id.in_(part)).order_by(a.place)
        for row in connection.execute(query):
            found[row.statement_id, row.role].append(row.name)
    return found


def _name(connection: Connection, kind: str, ident: str) -> str:
    """Return what people call a thing."""
    t = schema.metadata.tables[kind].c
    column = {
        "statement": "quote", "event": "label", "position": "demand", "dispute": "aspect", "report": "title", "party": "name",
    }[kind]  # fmt: skip
    told = connection.execute(select(t[column]).where(t.id == ident)).scalar_one()
    return str(told or ident)
