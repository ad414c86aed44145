"""Statements as they are linked: with what linking and people added, as linking sees them, and as rows."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import Connection, insert, select

from jirga.reading.types import Reading
from jirga.record.division import with_divisions
from jirga.record.features import Sight, see
from jirga.record.layer import Layer
from jirga.record.linking import lend, toll
from jirga.record.parties import Joined
from jirga.record.passages import origins_in
from jirga.record.project import schema, working
from jirga.record.project.chunks import chunks, write
from jirga.record.project.codec import statement_row
from jirga.record.project.index_origins import spans_of
from jirga.record.project.seen import sight_row
from jirga.record.relations import TOLL

__all__ = ["coded", "put_sights", "sights_of"]


def coded(readings: Sequence[Reading], joined: Joined, layer: Layer) -> list[Reading]:
    """Return readings with what linking and people added to them."""
    return layer.on_readings(with_divisions(readings, joined))


def sights_of(connection: Connection, readings: Sequence[Reading], joined: Joined) -> list[Sight]:
    """Return the statements of coded readings as linking sees them, in order."""
    spans = spans_of(connection, [reading.report.id for reading in readings])
    origins: dict[str, str] = {}
    for reading in readings:
        origins |= origins_in(spans.get(reading.report.id, ()), reading.statements)
    return lend(see(readings, joined, origins))


def put_sights(connection: Connection, first: int, sights: Sequence[Sight]) -> None:
    """Write statements as linking sees them, numbered from ``first`` on; those that no reading gave, too.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    first : int
    sights : sequence of Sight
        Of whole reports.
    """
    if not sights:
        return
    known = set[str]()
    statement = schema.statement.c
    for part in chunks([sight.s.id for sight in sights]):
        known.update(connection.execute(select(statement.id).where(statement.id.in_(part))).scalars())
    found = [(place, sight) for place, sight in enumerate(sights) if sight.s.id not in known]
    if found:
        rows = [statement_row(sight.s, sight.report, place, derived=True) for place, sight in found]
        connection.execute(insert(schema.statement), rows)
    connection.execute(
        insert(working.sight), [sight_row(number, sight) for number, sight in enumerate(sights, start=first)]
    )
    tolls = ((TOLL, first + one, first + other, 0.0, 1) for one, other in toll(sights))
    write(connection, working.likeness, tolls)
