"""What people have accepted and noted, by the thing it stands on today."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from sqlalchemy import Connection, select

from jirga.record.project import schema
from jirga.record.project.edits import Entry

__all__ = ["marks"]


def marks(connection: Connection, entries: list[Entry], kind: str) -> dict[str, str]:
    """Return marks such as “accepted by ann; note by bo: ask again” by the id of what they stand on.

    Parameters
    ----------
    connection : Connection
    entries : list of Entry
        As `edits.entries` gives them.
    kind : str
        event, position, dispute, party, report.
    """
    found: dict[str, list[str]] = defaultdict(list)
    for entry in entries:
        if entry.live and entry.target_kind == kind and entry.kind in {"accept", "note"}:
            for ident in _stands_on(connection, entry):
                found[ident].append(_told(entry))
    return {ident: "; ".join(told) for ident, told in found.items()}


def _told(entry: Entry) -> str:
    word = "accepted" if entry.kind == "accept" else "note"
    return f"{word} by {entry.who}{f': {entry.words}' if entry.words else ''}"


def _stands_on(connection: Connection, entry: Entry) -> Iterator[str]:
    if entry.target_kind in {"party", "report"}:
        yield entry.target
        return
    if not entry.statements:
        return
    leading = entry.statements[0]
    if entry.target_kind == "event":
        link = schema.event_statement.c
        yield from connection.execute(select(link.event_id).where(link.statement_id == leading)).scalars()
    elif entry.target_kind == "position":
        p = schema.position.c
        yield from (
            row.id for row in connection.execute(select(p.id, p.statements)) if leading in row.statements
        )
    elif entry.target_kind == "dispute":
        d, a = schema.dispute.c, schema.account.c
        query = select(d.id, d.aspect, d.subject, a.statements).join(schema.account, a.dispute_id == d.id)
        for row in connection.execute(query):
            if leading in row.statements and f"{row.aspect}:{row.subject}" == entry.data.get("aspect"):
                yield row.id
