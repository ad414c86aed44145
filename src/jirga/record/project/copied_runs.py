"""Passages that several reports print: what the table ``printing`` holds, and what of it people see."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, insert, select, update

from jirga.record.project import schema
from jirga.record.project.chunks import chunks
from jirga.record.project.codec import blocks_of
from jirga.record.project.working import printing, wording
from jirga.reports.copying import Meetings, printings
from jirga.reports.types import Precision, Report, TimeSpan
from jirga.reports.wording import PASSAGE, Wording, places_of

__all__ = [
    "Run", "count_runs", "printing_rows", "prose_of", "put_runs", "spans_of", "write_origins", "write_report_origins",
    "write_rows",
]  # fmt: skip

Run = tuple[int, str, int, int]
"""Hash of the words, report id, numbers of the first word and of the word behind the last."""

_Span = tuple[int, int, str]

ROWS = 10_000  # rows written at once


def spans_of(connection: Connection, report_ids: Iterable[str]) -> dict[str, list[_Span]]:
    """Return the passages of reports, as `jirga.record.passages.spans_by_report` gives them.

    Parameters
    ----------
    connection : Connection
    report_ids : iterable of str

    Returns
    -------
    dict of str to list of (int, int, str)
        Begin, end and origin of each passage, in order; nothing for a report that has none.
    """
    p, q = printing.c, printing.alias("earliest").c
    lead = (
        select(wording.c.origin)
        .where(q.run == p.run, wording.c.report_id == q.report_id)
        .order_by(q.day, q.report_id)
        .limit(1)
        .correlate(printing)
        .scalar_subquery()
    )
    found: dict[str, dict[int, _Span]] = defaultdict(dict)
    for chunk in chunks(report_ids):
        query = select(p.report_id, p.run, p.begin, p.end, lead.label("lead")).where(p.report_id.in_(chunk))
        for row in connection.execute(query.order_by(p.report_id, p.first)):
            found[row.report_id].setdefault(row.run, (row.begin, row.end, row.lead))
    return {ident: sorted(several.values()) for ident, several in found.items()}


def count_runs(runs: Counter[Run], texts: Sequence[Wording], met: Meetings, sign: int) -> None:
    """Add what texts that meet print alike to the counts of runs, or take it off."""
    for (run, text, first, last), count in printings(texts, met, PASSAGE).items():
        runs[run, texts[text].id, first, last] += sign * count


def put_runs(
    connection: Connection,
    counts: Mapping[Run, int],
    days: Mapping[str, int],
    moved: Mapping[str, str],
    fresh: Mapping[str, Report],
) -> set[str]:
    """Add to the counts of runs, and write the origins of reports that moved.

    Parameters
    ----------
    connection : Connection
    counts : mapping of Run to int
        What is to be added; less than nothing where reports went.
    days : mapping of str to int
        Report id to its day, as in `Wording`.
    moved : mapping of str to str
        Report id to its new origin.
    fresh : mapping of str to Report
        Reports that came in.

    Returns
    -------
    set of str
        Reports with other passages than before, or with the same ones of another origin.
    """
    counts = {run: count for run, count in counts.items() if count}
    old = _met(connection, {ident for _, ident, _, _ in counts})
    come = {run: count for run, count in counts.items() if run[:3] not in old}
    now = {run: old[run[:3]] + count for run, count in counts.items() if run[:3] in old}
    shown = [*come, *(run for run, count in now.items() if not count)]  # a count alone is not seen
    idents = {ident for _, ident, _, _ in shown}
    runs = {run for run, _, _, _ in shown} | _printed_by(connection, moved)
    spans, leads = spans_of(connection, idents), _leads(connection, runs)
    _write_counts(connection, now, days)
    texts = dict(fresh) | prose_of(connection, {ident for _, ident, _, _ in come} - fresh.keys())
    write_rows(connection, printing, printing_rows(come, texts, days))
    write_origins(connection, moved)
    after, led = spans_of(connection, idents), _leads(connection, runs)
    changed = {ident for ident in idents if spans.get(ident) != after.get(ident)}
    for chunk in chunks(run for run in runs if led.get(run) != leads.get(run)):
        query = select(printing.c.report_id).where(printing.c.run.in_(chunk))
        changed |= set(connection.execute(query).scalars())
    return changed


def _write_counts(connection: Connection, now: Mapping[Run, int], days: Mapping[str, int]) -> None:
    """Write how often runs were met, and delete those that no longer are."""
    p = printing.c
    key = {"r": p.run, "d": p.day, "i": p.report_id, "f": p.first}
    here = and_(*(column == bindparam(name) for name, column in key.items()))
    rows = [{"r": r, "d": days[i], "i": i, "f": first, "n": n} for (r, i, first, _), n in now.items()]
    if kept := [row for row in rows if row["n"]]:
        connection.execute(update(printing).where(here).values(met=bindparam("n")), kept)
    if lost := [row for row in rows if not row["n"]]:
        connection.execute(delete(printing).where(here), lost)


def _met(connection: Connection, reports: Iterable[str]) -> dict[tuple[int, str, int], int]:
    p = printing.c
    return {
        (row.run, row.report_id, row.first): row.met
        for chunk in chunks(reports)
        for row in connection.execute(
            select(p.run, p.report_id, p.first, p.met).where(p.report_id.in_(chunk))
        )
    }


def _printed_by(connection: Connection, reports: Iterable[str]) -> set[int]:
    p = printing.c
    return {
        run
        for chunk in chunks(reports)
        for run in connection.execute(select(p.run).where(p.report_id.in_(chunk))).scalars()
    }


def _leads(connection: Connection, runs: Iterable[int]) -> dict[int, str]:
    """Return the origin of the earliest report that prints each run."""
    p, w = printing.c, wording.c
    query = select(w.origin).where(p.run == bindparam("given"), w.report_id == p.report_id)
    query = query.order_by(p.day, p.report_id).limit(1)
    found = ((run, connection.execute(query, {"given": run}).scalar()) for run in runs)
    return {run: origin for run, origin in found if origin is not None}


def prose_of(connection: Connection, reports: Iterable[str]) -> dict[str, Report]:
    """Return reports with no more than their day, their words and what in them is prose."""
    r, found = schema.report.c, {}
    for chunk in chunks(reports):
        for row in connection.execute(select(r.id, r.text, r.data, r.published).where(r.id.in_(chunk))):
            day = date.fromisoformat(row.published) if row.published else None
            published = TimeSpan(day, day, Precision.DAY) if day else None
            found[row.id] = Report(
                row.id, "", "", row.text, b"", published=published, blocks=blocks_of(row.data)
            )
    return found


def write_origins(connection: Connection, origins: Mapping[str, str]) -> None:
    """Write the origins of reports, given by their ids."""
    given = [{"i": ident, "o": origin} for ident, origin in origins.items()]
    for column in (schema.report.c.id, wording.c.report_id) if given else ():
        write = update(column.table).where(column == bindparam("i")).values(origin=bindparam("o"))
        connection.execute(write, given)


def write_report_origins(connection: Connection, origins: Mapping[str, str]) -> None:
    """Write the origins of reports into ``report`` alone, where they are others than before."""
    r = schema.report.c
    for chunk in chunks(sorted(origins)):
        was = connection.execute(select(r.id, r.origin).where(r.id.in_(chunk)))
        given = [{"i": row.id, "o": origins[row.id]} for row in was if row.origin != origins[row.id]]
        if given:
            connection.execute(
                update(schema.report).where(r.id == bindparam("i")).values(origin=bindparam("o")), given
            )


def printing_rows(
    runs: Mapping[Run, int], reports: Mapping[str, Report], days: Mapping[str, int]
) -> Iterator[dict[str, Any]]:
    """Yield rows of the table ``printing`` for runs with their counts; ``days`` are those of `Wording`."""
    by_report: dict[str, list[tuple[Run, int]]] = defaultdict(list)
    for each, met in runs.items():
        by_report[each[1]].append((each, met))
    for ident, several in by_report.items():
        places = places_of(reports[ident])
        for (run, _, first, last), met in several:
            yield {
                "run": run, "day": days[ident], "report_id": ident, "first": first, "begin": places[first][0],
                "end": places[last - 1][1], "met": met,
            }  # fmt: skip


def write_rows(connection: Connection, table: Any, rows: Iterable[dict[str, Any]]) -> None:  # noqa: ANN401 - a table
    """Write rows, a good many at once."""
    for chunk in chunks(rows, ROWS):
        connection.execute(insert(table), chunk)
