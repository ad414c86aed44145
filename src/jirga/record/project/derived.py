"""What is derived from the evidence, written anew in one transaction."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Table, insert, select, update

from jirga.record.project import schema
from jirga.record.project.codec import statement_row
from jirga.record.types import Party, Record
from jirga.reports.types import TimeSpan

__all__ = ["party_row", "write_derived"]


def write_derived(connection: Connection, record: Record, mark: str) -> None:
    """Replace all derived rows by those of a record.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    record : Record
    mark : str
        Hash of the evidence that the record was built from.
    """
    for table in schema.DERIVED:
        connection.execute(table.delete())
    statement = schema.statement
    connection.execute(statement.delete().where(statement.c.derived))
    for report in record.reports:
        values = {"origin": report.origin or report.id}
        connection.execute(update(schema.report).where(schema.report.c.id == report.id).values(**values))
    found = _found_by_linking(connection, record)
    if found:
        connection.execute(insert(statement), found)
    for name, rows in _rows(record).items():
        if rows:
            connection.execute(insert(schema.metadata.tables[name]), rows)
    state: Table = schema.state
    connection.execute(state.delete().where(state.c.key == "linked"))
    connection.execute(insert(state), {"key": "linked", "value": mark})
    connection.exec_driver_sql("ANALYZE")  # lists of a large record are paged by the indexes


def _found_by_linking(connection: Connection, record: Record) -> list[dict[str, Any]]:
    """Return rows for the statements that no reading of a single report gave."""
    known = set(connection.execute(select(schema.statement.c.id)).scalars())
    reports = {report.name: report for report in record.reports}
    new = [s for ident, s in record.statements.items() if ident not in known]
    return [statement_row(s, reports[s.report], place, derived=True) for place, s in enumerate(new)]


def _rows(record: Record) -> dict[str, list[dict[str, Any]]]:
    return {
        "party": [party_row(p) for p in record.parties],
        "event": [
            {
                "id": e.id, "place": place, "type": str(e.type), "mode": e.mode, **_days(e.when),
                "where_name": e.where.name if e.where else None, "actors": list(e.actors),
                "recipients": list(e.recipients), "origins": len(e.origins), "standing": e.standing, "label": e.label,
            }
            for place, e in enumerate(record.events)
        ],
        "event_statement": [
            {"event_id": e.id, "statement_id": s, "place": place}
            for e in record.events
            for place, s in enumerate(e.statements)
        ],
        "position": [
            {
                "id": p.id, "place": place, "demander": p.demander, "addressee": p.addressee, "demand": p.demand,
                "mode": p.mode, "state": p.state, "origins": len(p.origins), "statements": list(p.statements),
            }
            for place, p in enumerate(record.positions)
        ],
        "answer": [
            {
                "position_id": p.id, "place": place, "kind": str(a.kind), "by": a.by, "inferred": a.inferred,
                "statements": list(a.statements),
            }
            for p in record.positions
            for place, a in enumerate(p.answers)
        ],
        "dispute": [
            {"id": d.id, "about": d.event, "aspect": str(d.aspect), "subject": d.subject, "refines": d.refines}
            for d in record.disputes
        ],
        "account": [
            {
                "dispute_id": d.id, "place": place, "value": a.value, "statements": list(a.statements),
                "origins": list(a.origins),
            }
            for d in record.disputes
            for place, a in enumerate(d.accounts)
        ],
    }  # fmt: skip


def party_row(party: Party) -> dict[str, Any]:
    """Return a party as a row of the table ``party``."""
    return {
        "id": party.id, "name": party.name, "kind": party.kind, "role": party.role, "names": list(party.names),
        "members": list(party.members), "statements": party.statements,
    }  # fmt: skip


def _days(when: TimeSpan | None) -> dict[str, str | None]:
    start = when.start.isoformat() if when and when.start else None
    end = when.end.isoformat() if when and when.end else None
    return {"when_start": start, "when_end": end, "when_precision": str(when.precision) if when else None}
