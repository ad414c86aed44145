"""All reports linked anew, with few of them held at once: the project itself is what the steps hand on.

Each step goes once through the reports, or through the statements, and writes what the next ones read. What they look up again
is in the working tables; the pairs of neighbours lie on disk (`spill`). The result is that of `jirga.record.build`.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from itertools import chain, pairwise

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, func, select

from jirga.reading.types import Reading
from jirga.record.layer import Layer
from jirga.record.parties import Joined
from jirga.record.project import schema, working
from jirga.record.project.all_origins import fill_origins
from jirga.record.project.all_shelves import AllShelves
from jirga.record.project.chunks import chunks
from jirga.record.project.coded import coded, put_sights, sights_of
from jirga.record.project.copied_runs import prose_of, write_report_origins
from jirga.record.project.grow import renew_traits
from jirga.record.project.grow_events import put_connected
from jirga.record.project.grow_positions import Talk, put_all_positions
from jirga.record.project.index_parties import count_all_roles, count_readings, joined_of, write_parties
from jirga.record.project.seen import Seen
from jirga.record.project.shelves import Shelves
from jirga.record.relations import DEMAND, EVENT, TOLL
from jirga.record.roles import opponents
from jirga.record.words import Steady

__all__ = ["clear", "link_all"]

PART = 200  # reports that are held at once
GROUP = 2000  # statements of which events and demands are made at once
HELD = 8192  # statements that are held while others are looked up

_Numbers = NDArray[np.int64]
Read = Callable[[Collection[str]], Iterable[Reading]]


def clear(connection: Connection) -> None:
    """Take away all that is derived, and all that linking keeps."""
    for table in (*working.WORKING, *schema.DERIVED):
        connection.execute(table.delete())
    connection.execute(schema.statement.delete().where(schema.statement.c.derived))


def link_all(connection: Connection, reports: Collection[str], layer: Layer, read: Read) -> None:
    """Write all that is derived anew.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    reports : collection of str
        Ids of the reports that count.
    layer : Layer
        What people decided.
    read : callable
        Ids of reports to their readings as they are kept.
    """
    clear(connection)
    ordered = _by_age(connection, reports)
    _origins(connection, ordered, layer)
    for part in chunks(ordered, PART):
        count_readings(connection, (), list(read(part)))
    sides = count_all_roles(
        connection,
        (
            ({reading.report.id: reading.statements for reading in told}, joined)
            for told, joined in _told(connection, ordered, layer, read)
        ),
    )
    shelves = Shelves(connection, Seen(connection), Steady())
    asking = _file(connection, shelves, sides, _told(connection, ordered, layer, read))
    _events(connection, shelves, layer)
    tallies = joined_of(connection).tallies
    talk = Talk(layer, sides, lambda party: opponents(party, tallies, sides))
    for asked in _connected(connection, (DEMAND.number,), asking):
        shelves.seen.trim(HELD)
        put_all_positions(connection, shelves, asked, talk)
    renew_traits(connection, shelves.seen, layer)
    write_parties(connection)


def _by_age(connection: Connection, reports: Collection[str]) -> list[str]:
    """Return the ids of reports in the order of their statements: by day, name and id; those without a day last."""
    r = schema.report.c
    rows = (
        row
        for part in chunks(sorted(reports))
        for row in connection.execute(select(r.published, r.name, r.id).where(r.id.in_(part)))
    )
    return [ident for *_, ident in sorted((day is None, day or "", name, ident) for day, name, ident in rows)]


def _origins(connection: Connection, reports: Sequence[str], layer: Layer) -> None:
    texts = (report for part in chunks(reports, PART) for report in prose_of(connection, part).values())
    origins = fill_origins(connection, texts, layer.own)
    write_report_origins(connection, {ident: origins.get(ident, ident) for ident in reports})


def _told(
    connection: Connection, reports: Sequence[str], layer: Layer, read: Read
) -> Iterator[tuple[list[Reading], Joined]]:
    """Yield readings as they are linked, some at a time, with who belongs to whom in them."""
    for part in chunks(reports, PART):
        readings = list(read(part))
        joined = joined_of(connection, {mention.id for reading in readings for mention in reading.mentions})
        yield coded(readings, joined, layer), joined


def _file(
    connection: Connection,
    shelves: Shelves,
    sides: Collection[str],
    told: Iterable[tuple[Sequence[Reading], Joined]],
) -> _Numbers:
    """Write all statements as linking sees them, on their shelves, and the pairs that are alike; return those that ask."""
    filing, first = AllShelves(connection, shelves.weights, sides), 1
    try:
        for readings, joined in told:
            sights = sights_of(connection, readings, joined)
            put_sights(connection, first, sights)
            filing.file(first, sights)
            first += len(sights)
        filing.compare(shelves.seen)
        return filing.taking_part(DEMAND.number)
    finally:
        filing.close()


def _events(connection: Connection, shelves: Shelves, layer: Layer) -> None:
    relations = (EVENT.number, TOLL)
    named = shelves.seen.numbers({s for link in layer.links for s in link.statements}).values()
    count = connection.execute(select(func.max(working.sight.c.number))).scalar() or 0
    for numbers in _connected(connection, relations, np.arange(1, count + 1), sorted(named)):
        shelves.seen.trim(HELD)
        put_connected(connection, shelves, numbers, shelves.edges(relations, numbers), layer)


def _connected(
    connection: Connection, relations: Collection[int], numbers: _Numbers, together: Sequence[int] = ()
) -> Iterator[list[int]]:
    """Yield the numbers of statements, some at a time, those that chains of pairs connect at one time.

    Parameters
    ----------
    connection : Connection
    relations : collection of int
        Numbers of the relations that the pairs are of.
    numbers : array of int64, shape (n,)
        All statements that take part.
    together : sequence of int
        Statements that are connected whatever the pairs tell.
    """
    from scipy.sparse import coo_array  # two tenths of a second that only linking all anew needs
    from scipy.sparse.csgraph import connected_components

    like = working.likeness.c
    query = select(like.one, like.other).where(like.relation.in_(relations))
    rows = connection.execute(query.execution_options(yield_per=HELD))
    ends = np.fromiter((end for row in chain(pairwise(together), rows) for end in row), np.int32).reshape(
        -1, 2
    )
    size = 1 + int(max(numbers.max(initial=0), ends.max(initial=0)))
    pairs = coo_array((np.ones(len(ends), np.int8), (ends[:, 0], ends[:, 1])), shape=(size, size))
    _, part = connected_components(pairs, directed=False)
    _, first = np.unique(part, return_index=True)
    order = numbers[np.lexsort((numbers, first[part[numbers]]))]
    bounds = np.append(np.flatnonzero(np.diff(part[order])) + 1, len(order))
    begin = 0
    while begin < len(order):
        end = int(bounds[min(int(np.searchsorted(bounds, begin + GROUP)), len(bounds) - 1)])
        yield order[begin:end].tolist()
        begin = end
