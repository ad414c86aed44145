"""Questions to a project file, answered by SQL."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select, text

from jirga.record.project import schema
from jirga.record.project.edits import entries
from jirga.record.project.marks import marks
from jirga.record.project.store import Project

__all__ = ["KINDS", "Filters", "rows_of", "search"]

MOST_FOUND = 200


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep.

    Attributes
    ----------
    since, until : str or None
        Days, ISO 8601; what has no day is left out when either is given.
    actor : str or None
        Id of an actor, or a part of its name.
    type : str or None
        PLOVER event type.
    """

    since: str | None = None
    until: str | None = None
    actor: str | None = None
    type: str | None = None


def rows_of(project: Project, kind: str, filters: Filters) -> list[dict[str, Any]]:
    """Return rows of one kind (a key of `KINDS`) that pass the filters, in the record's order.

    There is a column ``marks`` when people have accepted or noted anything of the kind.
    """
    with project.database.reading() as connection:
        names = {
            row.id: row.name for row in connection.execute(select(schema.party.c.id, schema.party.c.name))
        }
        rows = [dict(row) for row in connection.execute(KINDS[kind](filters)).mappings()]
        marked = marks(connection, entries(connection), MARKED[kind])
    for row in rows:
        if marked:
            row["marks"] = marked.get(row["id"], "")
        for column in ("actors", "recipients"):
            if column in row:
                row[column] = ", ".join(names.get(ident, ident) for ident in row[column])
        for column in ("demander", "addressee", "answered_by"):
            if row.get(column):
                row[column] = names.get(row[column], row[column])
    return rows


def search(project: Project, words: str) -> list[dict[str, Any]]:
    """Return statements whose quotes hold all the words, best first."""
    terms = " ".join(f'"{word}"' for word in re.findall(r"\w+", words))
    if not terms:
        return []
    query = text(
        "SELECT s.quote, s.type, r.outlet, r.name AS report, s.begin, s.end, s.id FROM statement_text t "
        "JOIN statement s ON s.rowid = t.rowid JOIN report r ON r.id = s.report_id "
        "WHERE statement_text MATCH :terms AND r.replaced_by IS NULL ORDER BY rank LIMIT :most"
    )
    with project.database.reading() as connection:
        return [
            dict(row) for row in connection.execute(query, {"terms": terms, "most": MOST_FOUND}).mappings()
        ]


def _dated(filters: Filters, start: ColumnElement[str], end: ColumnElement[str]) -> list[ColumnElement[bool]]:
    found: list[ColumnElement[bool]] = []
    if filters.since:
        found.append(end >= filters.since)
    if filters.until:
        found.append(start <= filters.until)
    return found


def _of_actor(wanted: str) -> ColumnElement[bool]:
    actor, link = schema.statement_actor.c, schema.event_statement.c
    like = f"%{wanted}%"
    return exists().where(
        and_(
            link.event_id == schema.event.c.id,
            actor.statement_id == link.statement_id,
            or_(actor.actor_id == wanted, actor.name.ilike(like)),
        )
    )


def _events(filters: Filters) -> Select[Any]:
    e, link, s, r = schema.event.c, schema.event_statement, schema.statement, schema.report
    query = (
        select(
            e.when_start, e.when_end, e.type, e.mode, e.actors, e.recipients, e.where_name, e.standing, e.origins,
            s.c.quote, r.c.name.label("report"), e.id,
        )
        .join(link, and_(link.c.event_id == e.id, link.c.place == 0))
        .join(s, s.c.id == link.c.statement_id)
        .join(r, r.c.id == s.c.report_id)
        .order_by(e.place)
    )  # fmt: skip
    query = query.where(*_dated(filters, e.when_start, e.when_end))
    if filters.type:
        query = query.where(e.type == filters.type.upper())
    return query.where(_of_actor(filters.actor)) if filters.actor else query


def _timeline(filters: Filters) -> Select[Any]:
    return _events(filters).where(schema.event.c.when_start.is_not(None))


def _positions(filters: Filters) -> Select[Any]:
    p, a = schema.position.c, schema.answer
    query = (
        select(
            p.demander, p.addressee, p.demand, p.state, p.origins, a.c.kind.label("answer"),
            a.c.by.label("answered_by"), p.id,
        )
        .join(a, a.c.position_id == p.id, isouter=True)
        .order_by(p.place, a.c.place)
    )  # fmt: skip
    if filters.actor:
        like = f"%{filters.actor}%"
        known = select(schema.party.c.id).where(
            or_(schema.party.c.id == filters.actor, schema.party.c.name.ilike(like))
        )
        query = query.where(or_(p.demander.in_(known), p.addressee.in_(known)))
    return query


def _disputes(_: Filters) -> Select[Any]:
    d, a = schema.dispute.c, schema.account
    return (
        select(d.aspect, d.subject, d.refines, a.c.value, a.c.statements, d.about, d.id)
        .join(a, a.c.dispute_id == d.id)
        .order_by(d.refines, d.id, a.c.place)
    )


def _actors(filters: Filters) -> Select[Any]:
    p = schema.party.c
    query = select(p.name, p.kind, p.role, p.statements, p.names, p.id).order_by(p.statements.desc(), p.id)
    return (
        query.where(or_(p.id == filters.actor, p.name.ilike(f"%{filters.actor}%")))
        if filters.actor
        else query
    )


def _reports(filters: Filters) -> Select[Any]:
    r = schema.report.c
    query = select(r.published, r.outlet, r.title, r.name, r.language, r.origin, r.added, r.replaced_by, r.id)
    return query.where(*_dated(filters, r.published, r.published_until)).order_by(r.published, r.name)


KINDS: dict[str, Callable[[Filters], Select[Any]]] = {
    "timeline": _timeline,
    "positions": _positions,
    "disputes": _disputes,
    "events": _events,
    "actors": _actors,
    "report": _reports,
}
"""What can be asked for, by the name of the command."""

MARKED = {
    "timeline": "event", "positions": "position", "disputes": "dispute", "events": "event", "actors": "party",
    "report": "report",
}  # fmt: skip
"""What people's marks stand on, by the name of the command."""
