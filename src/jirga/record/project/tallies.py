"""Counts over all reports, kept in the table ``tally``: added to and taken off by report, looked up by index."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select
from sqlalchemy.dialects import postgresql, sqlite

from jirga.record.project.chunks import chunks
from jirga.record.project.working import linked_report, tally
from jirga.record.tally import Tally

__all__ = ["Kept", "Packed", "add_up", "contributions", "insert_or", "packed", "replace_rows", "unpacked"]

BULK = 5000  # rows in one insert
Packed = dict[str, dict[str, dict[str, int]]]
"""A tally as JSON: by who it is of, by kind, by the other."""


class Kept:
    """The sums in a database, each looked up once.

    Parameters
    ----------
    connection : Connection
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.found: dict[tuple[str, str], dict[str, int]] = {}

    def load(self, kinds: Sequence[str], ones: Iterable[str]) -> None:
        """Look up all counts of some kinds of some actors or parties, a few hundred at a time."""
        t = tally.c
        wanted = {one for one in ones if any((kind, one) not in self.found for kind in kinds)}
        for some in chunks(sorted(wanted)):
            self.found.update({(kind, one): {} for kind in kinds for one in some})
            query = select(t.kind, t.one, t.other, t.count).where(t.kind.in_(kinds), t.one.in_(some))
            for kind, one, other, count in self.connection.execute(query):
                self.found[kind, one][other] = count

    def about(self, kind: str, one: str) -> Mapping[str, int]:
        """Return how often, by the other."""
        if (kind, one) not in self.found:
            self.load((kind,), (one,))
        return self.found[kind, one]

    def ones(self, kind: str) -> Iterable[str]:
        """Return all of whom something of a kind is counted."""
        query = select(tally.c.one).where(tally.c.kind == kind).distinct()
        return self.connection.execute(query).scalars().all()


def add_up(connection: Connection, change: Tally) -> dict[tuple[str, str, str], int]:
    """Add to the sums; what comes to nothing is deleted.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    change : Tally
        May be negative.

    Returns
    -------
    mapping of key to int
        The sums after it, of all that the change is about.
    """
    t = tally.c
    rows = [{"kind": k, "one": o, "other": w, "count": n} for (k, o, w), n in sorted(change.items()) if n]
    if not rows:
        return {}
    command = insert_or(connection, tally)
    command = command.on_conflict_do_update(
        index_elements=[t.kind, t.one, t.other], set_={"count": t.count + command.excluded.count}
    )
    found = connection.execute(command.returning(t.kind, t.one, t.other, t.count), rows)
    after = {(kind, one, other): count for kind, one, other, count in found}
    gone = [{"k": key[0], "o": key[1], "w": key[2]} for key, count in sorted(after.items()) if not count]
    if gone:
        this = (t.kind == bindparam("k"), t.one == bindparam("o"), t.other == bindparam("w"))
        connection.execute(delete(tally).where(*this), gone)
    return after


def contributions(connection: Connection, reports: Collection[str]) -> dict[str, tuple[Packed, Packed]]:
    """Return what reports added to the counts: of actors and of parties."""
    r, found = linked_report.c, {}
    for some in chunks(sorted(reports)):
        for row in connection.execute(select(r.report_id, r.tally, r.roles).where(r.report_id.in_(some))):
            found[row.report_id] = (row.tally, row.roles)
    return found


def packed(counts: Tally) -> Packed:
    """Return a tally as it is kept with its report."""
    found: Packed = {}
    for kind, one, other in sorted(counts):
        kinds = found.setdefault(one, {})
        if kind in kinds:
            kinds[kind][other] = counts[kind, one, other]
        else:
            kinds[kind] = {other: counts[kind, one, other]}
    return found


def unpacked(kept: Packed) -> Tally:
    """Return the tally that was kept with a report."""
    return Counter(
        {
            (kind, one, other): count
            for one, kinds in kept.items()
            for kind, others in kinds.items()
            for other, count in others.items()
        }
    )


def replace_rows(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Write rows; one that is there already gets the values of the new one."""
    if not rows:
        return
    keys = [column.name for column in table.primary_key]
    command = insert_or(connection, table)
    values = {name: command.excluded[name] for name in rows[0] if name not in keys}
    connection.execute(command.on_conflict_do_update(index_elements=keys, set_=values), list(rows))


def insert_or(connection: Connection, table: Table) -> Any:  # noqa: ANN401 - one class for each kind of database
    """Return an insert that can say what is done with rows that are there already."""
    return (postgresql if connection.dialect.name == "postgresql" else sqlite).insert(table)


def insert_all(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write many new rows, each with a value for every column, which the driver takes as it is."""
    one = "?" if connection.dialect.paramstyle == "qmark" else "%s"
    names = ", ".join(f'"{column.name}"' for column in table.columns)
    command = f"INSERT INTO {table.name} ({names}) VALUES ({', '.join(one for _ in table.columns)})"  # noqa: S608 - names are ours
    for some in chunks(rows, BULK):
        connection.exec_driver_sql(command, some)
