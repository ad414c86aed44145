"""Who copies whom among all reports: what `jirga.reports.copying` finds over all of them, with few of them held at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

import numpy as np
from numpy.typing import NDArray
from sqlalchemy import Connection, bindparam, delete, select, update

from jirga.record.project.chunks import chunks, write
from jirga.record.project.copied_runs import Run, count_runs, printing_rows, prose_of, write_rows
from jirga.record.project.index_origins import wording_row, wordings
from jirga.record.project.spill import Spill
from jirga.record.project.tallies import insert_or
from jirga.record.project.working import copied, mark, printing, wording
from jirga.reports import copying
from jirga.reports.copying import Meetings, under_marks
from jirga.reports.origins import joined
from jirga.reports.types import Report
from jirga.reports.wording import wording_of

__all__ = ["fill_origins"]

PART = 200  # reports whose words are held at once while their marks are chosen
SHIFT = 55  # bits of a mark below those that name its part: 256 parts
TOGETHER = 64  # reports that are compared with their neighbours at once

_Numbers = NDArray[np.int64]
_Age = tuple[int, str]


def fill_origins(connection: Connection, reports: Iterable[Report], own: Collection[str]) -> dict[str, str]:
    """Write what copies are found by anew, when all reports are linked anew.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    reports : iterable of Report
        All that are linked; each is let go when its words are taken.
    own : collection of str
        Ids of reports that copy nobody, as a person said.

    Returns
    -------
    dict of str to str
        Report id to origin, for each report that may copy others; in ``report`` nothing is written.
    """
    for table in (printing, copied, mark, wording):
        connection.execute(delete(table))
    with Spill(3) as marks, Spill(4) as met:
        ages = _take(connection, (report for report in reports if report.id not in own), marks)
        order = sorted(range(len(ages)), key=ages.__getitem__)
        rank = np.empty(len(ages), np.int64)
        rank[order] = np.arange(len(ages))
        held = [ages[number] for number in order]
        for part in marks.parts():
            _meet(connection, marks.part(part), rank, held, met)
        for part in met.parts():
            _compare(connection, met.part(part), held)
    return _origins(connection, [ident for _, ident in held])


def _take(connection: Connection, reports: Iterable[Report], marks: Spill) -> list[_Age]:
    """Write the words of reports and put their marks away; return the ages of the reports."""
    ages: list[_Age] = []
    for some in chunks(reports, PART):
        texts = [wording_of(report) for report in some]
        write_rows(connection, wording, (wording_row(text, text.id) for text in texts))
        values = np.concatenate([text.marks[0] for text in texts])
        at = np.concatenate([text.marks[1] for text in texts]).astype(np.int64)
        sizes = [len(text.marks[0]) for text in texts]
        number = np.repeat(np.arange(len(ages), len(ages) + len(texts)), sizes)
        marks.add(np.stack([values, number, at], axis=1), values >> SHIFT)
        ages += [text.age for text in texts]
    return ages


def _meet(connection: Connection, rows: _Numbers, rank: _Numbers, held: Sequence[_Age], met: Spill) -> None:
    """Write marks in order, and put away which reports are neighbours under them."""
    values, number, at = rows[:, 0], rank[rows[:, 1]], rows[:, 2]
    order = np.lexsort((number, values))
    values, number, at = values[order], number[order], at[order]
    lines = zip(values.tolist(), number.tolist(), at.tolist(), strict=True)
    write(connection, mark, ((value, *held[n], place) for value, n, place in lines))
    for each in under_marks(values, number, at):
        met.add(np.stack([each.one, each.other, each.at, each.there], axis=1), each.one // TOGETHER)


def _compare(connection: Connection, rows: _Numbers, held: Sequence[_Age]) -> None:
    """Compare reports that are neighbours: as a whole, and run by run."""
    numbers = np.unique(rows[:, :2])
    idents = [held[number][1] for number in numbers.tolist()]
    known = wordings(connection, idents)
    texts = [known[ident] for ident in idents]
    ones, others = np.searchsorted(numbers, rows[:, 0]), np.searchsorted(numbers, rows[:, 1])
    pairs, counts = np.unique(ones * len(texts) + others, return_counts=True)
    found = (
        (texts[pair // len(texts)].id, texts[pair % len(texts)].id, count)
        for pair, count in zip(pairs.tolist(), counts.tolist(), strict=True)
        if copying.copied(texts[pair // len(texts)], texts[pair % len(texts)])
    )
    write(connection, copied, found)
    runs: Counter[Run] = Counter()
    count_runs(runs, texts, Meetings(ones, others, rows[:, 2], rows[:, 3]), 1)
    _add_runs(connection, runs, {text.id: text.day for text in texts})


def _add_runs(connection: Connection, runs: Counter[Run], days: dict[str, int]) -> None:
    """Add to the counts of runs of words that reports print alike."""
    reports = prose_of(connection, sorted({ident for _, ident, _, _ in runs}))
    p, command = printing.c, insert_or(connection, printing)
    command = command.on_conflict_do_update(
        index_elements=[p.run, p.day, p.report_id, p.first], set_={"met": p.met + command.excluded.met}
    )
    for some in chunks(printing_rows(runs, reports, days), PART):
        connection.execute(command, some)


def _origins(connection: Connection, idents: Sequence[str]) -> dict[str, str]:
    """Give each report the earliest of those that it is a copy of, by copies of copies."""
    number = {ident: n for n, ident in enumerate(idents)}
    pairs = connection.execute(select(copied.c.one, copied.c.other))
    lead = joined(len(idents), ((number[one], number[other]) for one, other in pairs))
    found = {ident: idents[first] for ident, first in zip(idents, lead, strict=True)}
    led = [{"i": ident, "o": origin} for ident, origin in found.items() if ident != origin]
    if led:
        write_origin = (
            update(wording).where(wording.c.report_id == bindparam("i")).values(origin=bindparam("o"))
        )
        connection.execute(write_origin, led)
    return found
