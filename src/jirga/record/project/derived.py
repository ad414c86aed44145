"""What is derived from the evidence, as rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, insert

from jirga.record.features import UNDATED, Order
from jirga.record.project import schema
from jirga.record.project.seen import order_text
from jirga.record.types import Dispute, Event, Party, Position
from jirga.reports.types import TimeSpan

__all__ = ["party_row", "put_disputes", "put_events", "put_positions"]

Rows = list[dict[str, Any]]


def put_events(connection: Connection, events: Sequence[Event], orders: Mapping[str, Order]) -> None:
    """Write events.

    Parameters
    ----------
    connection : Connection
    events : sequence of Event
    orders : mapping
        Statement id to its order in the record.
    """
    _put(connection, "event", [
        {
            "id": e.id, "place": _place(e, orders), "type": str(e.type), "mode": e.mode, **_days(e.when),
            "where_name": e.where.name if e.where else None, "actors": list(e.actors),
            "recipients": list(e.recipients), "origins": len(e.origins), "standing": e.standing, "label": e.label,
        }
        for e in events
    ])  # fmt: skip
    _put(connection, "event_statement", [
        {"event_id": e.id, "statement_id": s, "place": place} for e in events for place, s in enumerate(e.statements)
    ])  # fmt: skip


def put_positions(connection: Connection, positions: Sequence[Position], orders: Mapping[str, Order]) -> None:
    """Write positions with their answers."""
    _put(connection, "position", [
        {
            "id": p.id, "place": f"{order_text(min(orders[s] for s in p.statements))} {p.demander}", "demander": p.demander,
            "addressee": p.addressee, "demand": p.demand, "mode": p.mode, "state": p.state, "origins": len(p.origins),
            "statements": list(p.statements),
        }
        for p in positions
    ])  # fmt: skip
    _put(connection, "answer", [
        {
            "position_id": p.id, "place": place, "kind": str(a.kind), "by": a.by, "inferred": a.inferred,
            "statements": list(a.statements),
        }
        for p in positions
        for place, a in enumerate(p.answers)
    ])  # fmt: skip


def put_disputes(connection: Connection, disputes: Iterable[Dispute]) -> None:
    """Write disputes with their accounts."""
    several = list(disputes)
    _put(connection, "dispute", [
        {"id": d.id, "about": d.event, "aspect": str(d.aspect), "subject": d.subject, "refines": d.refines}
        for d in several
    ])  # fmt: skip
    _put(connection, "account", [
        {
            "dispute_id": d.id, "place": place, "value": a.value, "statements": list(a.statements),
            "origins": list(a.origins),
        }
        for d in several
        for place, a in enumerate(d.accounts)
    ])  # fmt: skip


def party_row(p: Party) -> dict[str, Any]:
    """Return a party as a row of the table ``party``."""
    return {
        "id": p.id, "name": p.name, "kind": p.kind, "role": p.role, "names": list(p.names),
        "members": list(p.members), "statements": p.statements,
    }  # fmt: skip


def _put(connection: Connection, table: str, rows: Rows) -> None:
    if rows:
        connection.execute(insert(schema.metadata.tables[table]), rows)


def _place(event: Event, orders: Mapping[str, Order]) -> str:
    """Return what orders events as `jirga.record.timeline.in_time_order` does."""
    when = event.when
    first = (when.start or when.end) if when else None
    last = (when.end or when.start) if when else None
    days = (day.isoformat() if day else UNDATED for day in (first, last))
    return f"{'/'.join(days)} {order_text(min(orders[s] for s in event.statements))}"


def _days(when: TimeSpan | None) -> dict[str, str | None]:
    start = when.start.isoformat() if when and when.start else None
    end = when.end.isoformat() if when and when.end else None
    return {"when_start": start, "when_end": end, "when_precision": str(when.precision) if when else None}
