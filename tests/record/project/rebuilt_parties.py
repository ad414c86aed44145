"""Who belongs to whom and what parties do, counted over all reports at once: what keeping it up is held against."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection

from jirga.reading.types import Reading, Statement
from jirga.record import tally as t
from jirga.record.parties import Joined, belonging, is_part
from jirga.record.project.index_parties import SIDE
from jirga.record.project.tallies import insert_all, packed
from jirga.record.project.working import actor, linked_report, report_actor, tally
from jirga.record.roles import roles_of
from jirga.record.tally import Counted, tally_of
from jirga.record.types import Party

__all__ = ["fill_parties"]


def fill_parties(
    connection: Connection,
    readings: Iterable[Reading],
    told: Mapping[str, Sequence[Statement]],
    joined: Joined,
    parties: Sequence[Party],
) -> None:
    """Write all counts and what follows for each actor anew.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    readings : iterable of Reading
        As they were read.
    told : mapping of str to sequence of Statement
        By report id: its statements with divisions, and with what people decided.
    joined : Joined
    parties : sequence of Party
    """
    for table in (report_actor, actor, tally, linked_report):
        connection.execute(table.delete())
    sums, rows, named = Counted([]), [], []
    for reading in readings:
        ident, counts = reading.report.id, tally_of(reading)
        does = roles_of(told.get(ident, ()), joined)
        sums.add(counts)
        sums.add(does)
        rows.append((ident, json.dumps(packed(counts)), json.dumps(packed(does))))
        named += [(one, ident) for kind, one, _ in counts if kind == t.KNOWN]
    insert_all(connection, linked_report, rows)
    insert_all(connection, report_actor, sorted(named))
    sums.add(Counter({(SIDE, party.id, ""): 1 for party in parties if party.role == "party"}))
    insert_all(connection, tally, _tally_rows(sums))
    insert_all(connection, actor, _actor_rows(sums, joined))


def _tally_rows(sums: Counted) -> Iterator[tuple[Any, ...]]:
    for kind in sorted(sums.sums):
        for one, others in sorted(sums.sums[kind].items()):
            for other, count in sorted(others.items()):
                yield kind, one, other, count


def _actor_rows(sums: Counted, joined: Joined) -> Iterator[tuple[Any, ...]]:
    found = belonging(sums)
    for one, party in found.of_party.items():
        flags = (is_part(one, sums), one in joined.things, one in joined.nameless)
        yield one, found.above.get(one), found.told.get(one), found.first[one], party, *flags
