"""Which reports share an origin, opened: the words that each merge rests on."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from sqlalchemy import select

from jirga.record.project import edits, schema
from jirga.record.project.codec import report_of
from jirga.record.project.store import Project
from jirga.reports.origins import shared_passages
from jirga.reports.types import Report

__all__ = ["copies"]

LONGEST = 3  # passages that are shown of a report which copies another as a whole


def copies(project: Project) -> list[dict[str, Any]]:
    """Return a row for each passage that a current report shares with the report whose origin it has.

    Parameters
    ----------
    project : Project

    Returns
    -------
    list of dict
        ``what`` is ``text`` when the whole report counts as a copy (its three longest passages stand for it), else ``passage``;
        ``origin`` the earliest report with these words, ``report`` the other, ``words`` how many, and the quote
        with its place in the report.
    """
    with project.database.reading() as connection:
        versions = edits.versions_of(connection)
        own = edits.layer_of(edits.entries(connection, versions)).own
        rows = connection.execute(select(schema.report).order_by(schema.report.c.id)).all()
        reports = {row.id: report_of(row) for row in rows if versions[row.id] == row.id and row.id not in own}
    told: dict[tuple[str, str], int] = {}
    found: list[dict[str, Any]] = []
    for passage in shared_passages(list(reports.values())):  # the longest first
        for row in _rows(passage.places, reports):
            pair = (row["origin"], row["report"])
            told[pair] = told.get(pair, 0) + 1
            if row["what"] == "passage" or told[pair] <= LONGEST:
                found.append(row | {"words": passage.words})
    return sorted(found, key=lambda row: (row["what"] != "text", row["origin"], row["report"], row["begin"]))


def _rows(places: tuple[tuple[str, int, int], ...], reports: dict[str, Report]) -> Iterator[dict[str, Any]]:
    held = sorted(places, key=lambda place: (_day(reports[place[0]]), place[0]))
    first = reports[held[0][0]]
    for ident, begin, end in held[1:]:
        report = reports[ident]
        yield {
            "what": "text" if report.origin == first.origin else "passage",
            "origin": first.name, "report": report.name, "outlet": report.outlet or "",
            "quote": report.text[begin:end], "begin": begin, "end": end, "id": ident,
        }  # fmt: skip


def _day(report: Report) -> str:
    start = report.published.start if report.published else None
    return start.isoformat() if start else "9999"
