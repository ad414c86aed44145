"""All that is derived and all that linking keeps, written anew in one transaction."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlalchemy import Connection, insert, select, update

from jirga.reading.types import Reading, Statement
from jirga.record.build import Linked
from jirga.record.demands import Thread
from jirga.record.near import Edge
from jirga.record.positions import ident_of
from jirga.record.project import schema, working
from jirga.record.project.chunks import write
from jirga.record.project.codec import statement_row
from jirga.record.project.derived import party_row, put_disputes, put_events, put_positions
from jirga.record.project.index_origins import fill_origins
from jirga.record.project.index_parties import fill_parties
from jirga.record.project.seen import sight_row
from jirga.record.project.shelves import fill_shelves
from jirga.record.types import Record
from jirga.record.words import Steady

__all__ = ["clear", "thread_rows", "write_all"]


def clear(connection: Connection) -> None:
    """Take away all that is derived, and all that linking keeps."""
    for table in (*working.WORKING, *schema.DERIVED):
        connection.execute(table.delete())
    connection.execute(schema.statement.delete().where(schema.statement.c.derived))


def write_all(
    connection: Connection, linked: Linked, readings: Sequence[Reading], own: Collection[str]
) -> None:
    """Replace all derived rows, and all that linking keeps, by those of a record.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    linked : Linked
    readings : sequence of Reading
        As they are, without what linking and people added.
    own : collection of str
        Ids of reports that people say copy nobody.
    """
    clear(connection)
    record = linked.record
    for report in record.reports:
        values = {"origin": report.origin or report.id}
        connection.execute(update(schema.report).where(schema.report.c.id == report.id).values(**values))
    found = _found_by_linking(connection, record)
    if found:
        connection.execute(insert(schema.statement), found)
    if record.parties:
        connection.execute(insert(schema.party), [party_row(p) for p in record.parties])
    orders = {sight.s.id: sight.order for sight in linked.sights}
    put_events(connection, record.events, orders)
    put_positions(connection, record.positions, orders)
    put_disputes(connection, record.disputes)
    _keep(connection, linked, readings, own)


def _keep(connection: Connection, linked: Linked, readings: Sequence[Reading], own: Collection[str]) -> None:
    """Write what adding one more report needs."""
    ids = {report.name: report.id for report in linked.record.reports}
    sights = dict(enumerate(linked.sights, start=1))
    rows = [sight_row(number, sight) for number, sight in sights.items()]
    if rows:
        connection.execute(insert(working.sight), rows)
    edges = {
        relation: [Edge(e.one + 1, e.other + 1, e.weight, e.shelves) for e in several]
        for relation, several in linked.edges.items()
    }
    sides = [party.id for party in linked.record.parties if party.role == "party"]
    fill_shelves(connection, sights, edges, Steady(), sides)
    numbers = {sight.s.id: number for number, sight in sights.items()}
    write(connection, working.thread, thread_rows(linked.threads, numbers))
    fill_origins(connection, [reading.report for reading in readings], own)
    told: dict[str, list[Statement]] = defaultdict(list)
    for sight in linked.sights:
        told[ids[sight.s.report]].append(sight.s)
    fill_parties(connection, readings, told, linked.joined, linked.record.parties)


def thread_rows(threads: Iterable[Thread], numbers: Mapping[str, int]) -> list[tuple[int, str, bool]]:
    """Return which statements ask for a position and which answer it, as rows of the table ``thread``."""
    rows: set[tuple[int, str, bool]] = set()
    for thread in threads:
        ident = ident_of(thread)
        rows.update((numbers[reply.sight.s.id], ident, True) for reply in thread.replies)
        rows.update((numbers[sight.s.id], ident, False) for sight in thread.asked)
    return sorted(rows)


def _found_by_linking(connection: Connection, record: Record) -> list[dict[str, object]]:
    """Return rows for the statements that no reading of a single report gave."""
    known = set(connection.execute(select(schema.statement.c.id)).scalars())
    reports = {report.name: report for report in record.reports}
    new = [s for ident, s in record.statements.items() if ident not in known]
    return [statement_row(s, reports[s.report], place, derived=True) for place, s in enumerate(new)]
