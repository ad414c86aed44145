"""Questions to a project, answered by SQL that both kinds of database understand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, and_, exists, func, or_, select, true

from jirga.errors import UsageError
from jirga.reading.types import EventType
from jirga.reading.wikidata import wikidata_id
from jirga.record.project import schema
from jirga.record.project.edits import entries
from jirga.record.project.marks import marks
from jirga.record.project.query_statements import statement_rows
from jirga.record.project.query_threads import step_rows
from jirga.record.project.store import Project
from jirga.record.project.words import holds

__all__ = ["KINDS", "Filters", "rows_of", "search"]


@dataclass(frozen=True, slots=True)
class Filters:
    """What to keep.

    Attributes
    ----------
    since, until : str or None
        Days, ISO 8601; what has no day is left out when either is given. Demands, disputes and quotes are of the day that
        their statements tell, or else of the day on which their report was published.
    actor : str or None
        Id of an actor, or a part of one of its names.
    type : str or None
        PLOVER event type, in large or small letters.
    limit, offset : int
        At most so many rows, after so many; 0 for all. An account is a row; of demands so many are given, with all their steps.
    as_of : str or None
        Demands as they stood on that day.

    Raises
    ------
    UsageError
        When a day or a type is none.
    """

    since: str | None = None
    until: str | None = None
    actor: str | None = None
    type: str | None = None
    limit: int = 0
    offset: int = 0
    as_of: str | None = None

    def __post_init__(self) -> None:
        for told in (self.since, self.until, self.as_of):
            if told is not None and not _is_day(told):
                raise UsageError(f"“{told}” is no day. Write it as 2025-10-01.")
        if self.type is not None and self.type.upper() not in set(EventType):
            raise UsageError(f"There is no type “{self.type}”. Choose one of: {', '.join(EventType)}.")


@dataclass(frozen=True, slots=True)
class _Asked:
    """Filters, and what they mean in one project: parties and actors by id (None when nobody was asked for)."""

    filters: Filters
    dialect: str
    parties: frozenset[str] | None
    actors: frozenset[str] | None

    @property
    def type(self) -> str | None:
        return self.filters.type.upper() if self.filters.type else None

    def dated(self, start: ColumnElement[Any], end: ColumnElement[Any]) -> list[ColumnElement[bool]]:
        """Return conditions on something with a first and a last day."""
        since, until = self.filters.since, self.filters.until
        return [*([end >= since] if since else []), *([start <= until] if until else [])]

    def statements(self, actor: bool = True) -> list[ColumnElement[bool]]:
        """Return conditions on a statement and its report."""
        s, r = schema.statement.c, schema.report.c
        found = self.dated(
            func.coalesce(s.when_start, r.published),
            func.coalesce(s.when_end, s.when_start, r.published_until, r.published),
        )
        if self.type:
            # upper(): else SQLite begins with all statements of the type, once for each row
            found.append(func.upper(s.type) == self.type)
        if actor and self.actors is not None:
            found.append(_acts(s.id, self.actors))
        return found

    def behind(self, column: Column[Any], actor: bool = True) -> list[ColumnElement[bool]]:
        """Return the condition that one of the statements that a column lists passes; nothing when all do."""
        conditions = self.statements(actor)
        if not conditions:
            return []
        each = (func.json_each if self.dialect == "sqlite" else func.json_array_elements_text)(column)
        listed, s, r = each.table_valued("value"), schema.statement, schema.report
        query = select(listed.c.value).join(s, s.c.id == listed.c.value).join(r, r.c.id == s.c.report_id)
        return [query.where(*conditions).correlate(column.table).exists()]


def rows_of(project: Project, kind: str, filters: Filters) -> list[dict[str, Any]]:
    """Return rows of one kind (a key of `KINDS`) that pass the filters, in the record's order.

    There is a column ``marks`` when people have accepted or noted anything of the kind.
    """
    with project.database.reading() as connection:
        names = {
            row.id: row.name for row in connection.execute(select(schema.party.c.id, schema.party.c.name))
        }
        asked = _asked(connection, filters)
        query = KINDS[kind](asked)
        if filters.limit:
            query = query.limit(filters.limit).offset(filters.offset)
        rows = [dict(row) for row in connection.execute(query).mappings()]
        if kind == "positions":
            rows = step_rows(connection, rows, filters.as_of)
        marked = marks(connection, entries(connection), MARKED[kind])
    for row in rows:
        if marked:
            row["marks"] = marked.get(row["id"], "")
        for column in ("actors", "recipients"):
            if column in row:
                row[column] = ", ".join(names.get(ident, ident) for ident in row[column])
        for column in ("demander", "addressee", "by"):
            if row.get(column):
                row[column] = names.get(row[column], row[column])
        if kind == "actors":
            row["wikidata"] = wikidata_id(row["id"]) or ""
        if "value" in row:  # "claim country:PAK"
            row["value"] = " ".join(names.get(word, word) for word in row["value"].split(" "))
    return rows


def search(project: Project, words: str, filters: Filters | None = None) -> list[dict[str, Any]]:
    """Return statements of current reports whose quotes hold all the words, the shortest quotes first."""
    s, r = schema.statement.c, schema.report.c
    filters = filters or Filters()
    with project.database.reading() as connection:
        held = holds(connection, words)
        if held is None:
            return []
        conditions = (held, r.replaced_by.is_(None), *_asked(connection, filters).statements())
        order = (func.length(s.quote), s.id)
        return statement_rows(
            connection, *conditions, order=order, limit=filters.limit, offset=filters.offset
        )


def _is_day(told: str) -> bool:
    try:
        return date.fromisoformat(told).isoformat() == told
    except ValueError:
        return False


def _asked(connection: Connection, filters: Filters) -> _Asked:
    if filters.actor is None:
        return _Asked(filters, connection.dialect.name, None, None)
    wanted = filters.actor.casefold()
    p = schema.party.c
    parties, actors = {filters.actor}, {filters.actor}
    for row in connection.execute(select(p.id, p.name, p.names, p.members)):
        if any(wanted in name.casefold() for name in (row.name, *row.names)):
            parties.add(row.id)
            actors |= {row.id, *row.members}
    return _Asked(filters, connection.dialect.name, frozenset(parties), frozenset(actors))


def _acts(statement: ColumnElement[str], actors: frozenset[str]) -> ColumnElement[bool]:
    """Return the condition that one of the actors acts in a statement or is acted on."""
    actor = schema.statement_actor.c
    return exists().where(actor.statement_id == statement, actor.actor_id.in_(actors))


def _events(asked: _Asked) -> Select[Any]:
    e, link, s, r = schema.event.c, schema.event_statement, schema.statement, schema.report
    query = (
        select(
            e.when_start, e.when_end, e.when_precision.label("precision"), e.type, e.mode, e.actors, e.recipients, e.where_name,
            s.c.quote, r.c.name.label("report"), _reported(e.id).label("reported"), e.standing, e.origins, e.id,
        )
        .join(link, and_(link.c.event_id == e.id, link.c.place == 0))
        .join(s, s.c.id == link.c.statement_id)
        .join(r, r.c.id == s.c.report_id)
        .order_by(e.place)
    )  # fmt: skip
    query = query.where(*asked.dated(e.when_start, e.when_end))
    if asked.type:
        query = query.where(e.type == asked.type)
    if asked.actors is None:
        return query
    told, actor = link.alias(), schema.statement_actor.c
    acting = (
        select(told.c.event_id)
        .join(schema.statement_actor, actor.statement_id == told.c.statement_id)
        .where(actor.actor_id.in_(asked.actors))
    )
    return query.where(e.id.in_(acting))


def _reported(event: ColumnElement[str]) -> ColumnElement[str | None]:
    """Return the first day on which an event was reported."""
    link, s, r = schema.event_statement.alias(), schema.statement.alias(), schema.report.alias()
    query = (
        select(func.min(r.c.published))
        .join(s, s.c.report_id == r.c.id)
        .join(link, link.c.statement_id == s.c.id)
        .where(link.c.event_id == event)
    )
    return query.correlate(schema.event).scalar_subquery()


def _timeline(asked: _Asked) -> Select[Any]:
    return _events(asked).where(schema.event.c.when_start.is_not(None))


def _positions(asked: _Asked) -> Select[Any]:
    p, a = schema.position.c, schema.answer
    query = select(p.demander, p.addressee, p.demand, p.state, p.origins, p.statements, p.id).order_by(
        p.place
    )
    if made := asked.behind(p.statements, actor=False):
        answered = exists().where(a.c.position_id == p.id, *asked.behind(a.c.statements, actor=False))
        query = query.where(or_(and_(*made), answered))
    if asked.filters.as_of:
        then = replace(asked, filters=Filters(until=asked.filters.as_of))
        query = query.where(*then.behind(p.statements, actor=False))
    if asked.parties is None:
        return query
    return query.where(or_(p.demander.in_(asked.parties), p.addressee.in_(asked.parties)))


def _disputes(asked: _Asked) -> Select[Any]:
    d, a, s, r = schema.dispute.c, schema.account, schema.statement, schema.report
    other, e, p = a.alias(), schema.event, schema.position
    query = (
        select(
            func.coalesce(e.c.label, p.c.demand).label("event"),
            d.aspect, d.subject, d.refines, a.c.value, func.coalesce(r.c.outlet, r.c.name).label("outlet"), s.c.quote,
            a.c.statements, d.about, d.id,
        )
        .join(a, a.c.dispute_id == d.id)
        .join(s, s.c.id == a.c.statements[0].as_string())
        .join(r, r.c.id == s.c.report_id)
        .join(e, e.c.id == d.about, isouter=True)
        .join(p, p.c.id == d.about, isouter=True)
        .order_by(d.refines, func.coalesce(e.c.place, p.c.place, ""), d.aspect, d.id, a.c.place)
    )  # fmt: skip
    passes = asked.behind(other.c.statements)
    return query.where(exists().where(other.c.dispute_id == d.id, *passes)) if passes else query


def _actors(asked: _Asked) -> Select[Any]:
    p, e = schema.party.c, schema.event.c
    query = select(p.name, p.kind, p.role, p.statements, p.names, p.id).order_by(p.statements.desc(), p.id)
    if asked.parties is not None:
        query = query.where(p.id.in_(asked.parties))
    conditions = asked.dated(e.when_start, e.when_end)
    if asked.type:
        conditions.append(e.type == asked.type)
    if not conditions:
        return query
    each = func.json_each if asked.dialect == "sqlite" else func.json_array_elements_text
    acting = [
        select(listed.c.value).select_from(schema.event).join(listed, true()).where(*conditions)
        for listed in (each(column).table_valued("value") for column in (e.actors, e.recipients))
    ]
    return query.where(or_(*(p.id.in_(several) for several in acting)))


def _reports(asked: _Asked) -> Select[Any]:
    r, s = schema.report.c, schema.statement.c
    query = select(r.published, r.outlet, r.title, r.name, r.language, r.origin, r.added, r.replaced_by, r.id)
    query = query.where(*asked.dated(r.published, r.published_until))
    holds_some = [
        *([s.type == asked.type] if asked.type else []),
        *([_acts(s.id, asked.actors)] if asked.actors is not None else []),
    ]
    if holds_some:
        query = query.where(exists().where(s.report_id == r.id, *holds_some))
    return query.order_by(r.published.nulls_first(), r.name, r.id)


KINDS: dict[str, Callable[[_Asked], Select[Any]]] = {
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
