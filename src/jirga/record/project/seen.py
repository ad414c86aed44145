"""Statements as linking sees them, to rows and back."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date
from itertools import islice
from typing import Any

from sqlalchemy import Connection, select

from jirga.reading.types import EventType, Modality, Place, Polarity, Statement
from jirga.record.answers import REPLIES, points_back
from jirga.record.features import Count, Order, Sight
from jirga.record.project import schema
from jirga.record.project.chunks import chunks
from jirga.record.project.codec import statement_of
from jirga.record.project.working import sight as table
from jirga.reports.types import Precision, Report, TimeSpan

__all__ = ["Seen", "alike_but_origin", "order_text", "sight_row"]


def order_text(order: Order) -> str:
    """Return a text by which things are sorted as by the order of their statements."""
    day, name, ident, place = order
    return f"{day} {name} {ident} {place:06}"


def sight_row(number: int, sight: Sight) -> dict[str, Any]:
    """Return a statement as a row of the table ``sight``."""
    points = sight.s.type in REPLIES and points_back(sight)
    return {
        "number": number, "statement_id": sight.s.id, "report_id": sight.report.id, "points": points, "data": _data(sight),
    }  # fmt: skip


def alike_but_origin(one: Sight, other: Sight) -> bool:
    """Tell whether two sights of one statement differ in nothing but whose text it is."""
    same = (("origin", ""), ("order", ()))
    return _data(one) | dict(same) == _data(other) | dict(same)


def _data(sight: Sight) -> dict[str, Any]:
    """Return what a row of the table ``sight`` keeps of a statement, beside the statement itself."""
    s = sight.s
    return {
        "order": list(sight.order), "origin": sight.origin, "actors": sorted(sight.actors),
        "recipients": sorted(sight.recipients), "words": sorted(sight.words),
        "told": sorted(sight.told) if sight.told != sight.words else None, "content": sorted(sight.content),
        "counts": [[c.unit, c.role, c.low, None if c.high == float("inf") else c.high, c.text] for c in sight.counts],
        "first": sight.first.isoformat() if sight.first else None, "last": sight.last.isoformat() if sight.last else None,
        "source": sight.source, "named": list(sight.named), "own": [list(span) for span in sight.own],
        "places": sorted(sight.places), "family": sight.family, "runs": sorted(sight.runs),
        "quotations": list(sight.quotations), "depends_on": list(sight.depends_on),
        "vague": sight.vague, "asked_for": sight.asked_for,
        "where": [sight.where.id, sight.where.name, sight.where.text] if sight.where else None,
        "coded": [str(s.type), s.mode, str(s.polarity), str(s.modality)],
    }  # fmt: skip


def _sight(data: Mapping[str, Any], statement: Statement, report: Report) -> Sight:
    day, name, ident, place = data["order"]
    return Sight(
        s=_coded(statement, *data["coded"]), order=(day, name, ident, place), report=report, origin=data["origin"],
        actors=frozenset(data["actors"]), recipients=frozenset(data["recipients"]),
        words=frozenset(data["words"]),
        told=frozenset(data["words"] if data["told"] is None else data["told"]), content=frozenset(data["content"]),
        counts=tuple(
            Count(unit, role, low, float("inf") if high is None else high, text)
            for unit, role, low, high, text in data["counts"]
        ),
        first=_day(data["first"]), last=_day(data["last"]), source=data["source"], named=tuple(data["named"]),
        own=tuple((begin, end) for begin, end in data["own"]), places=frozenset(data["places"]),
        family=data["family"], runs=frozenset(data["runs"]), quotations=tuple(data["quotations"]),
        depends_on=tuple(data["depends_on"]),
        vague=data["vague"], asked_for=data["asked_for"], where=Place(*data["where"]) if data["where"] else None,
    )  # fmt: skip


def _coded(statement: Statement, type_: str, mode: str | None, polarity: str, modality: str) -> Statement:
    """Return a statement as people coded it."""
    told = (statement.type, statement.mode, statement.polarity, statement.modality)
    if told == (type_, mode, polarity, modality):
        return statement
    return replace(
        statement, type=EventType(type_), mode=mode, polarity=Polarity(polarity), modality=Modality(modality)
    )


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


class Seen:
    """Linked statements by number, read as they are asked for.

    Parameters
    ----------
    connection : Connection
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.known: dict[int, Sight] = {}
        self.number_of: dict[str, int] = {}
        self._reports: dict[str, Report] = {}

    def load(self, numbers: Iterable[int]) -> dict[int, Sight]:
        """Return statements by number."""
        wanted = set(numbers)
        s = schema.statement.c
        for part in chunks(sorted(wanted - self.known.keys())):
            query = select(table.c.number, table.c.report_id, table.c.data, s.data.label("statement"))
            rows = self.connection.execute(
                query.join(schema.statement, s.id == table.c.statement_id).where(table.c.number.in_(part))
            ).all()
            self._fetch({row.report_id for row in rows})
            for row in rows:
                report = self._reports[row.report_id]
                self.learn({row.number: _sight(row.data, statement_of(row.statement), report)})
        return {number: self.known[number] for number in wanted}

    def learn(self, sights: Mapping[int, Sight]) -> None:
        """Take in statements by number."""
        self.known.update(sights)
        self.number_of.update((sight.s.id, number) for number, sight in sights.items())

    def _fetch(self, reports: Iterable[str]) -> None:
        r = schema.report.c
        for part in chunks(sorted(set(reports) - self._reports.keys())):
            query = select(r.id, r.name, r.path, r.text, r.origin, r.published, r.published_until)
            for row in self.connection.execute(query.where(r.id.in_(part))):
                start, end = _day(row.published), _day(row.published_until)
                published = TimeSpan(start, end, Precision.DAY) if start or end else None
                self._reports[row.id] = Report(
                    id=row.id, name=row.name, path=row.path, text=row.text, raw=b"", origin=row.origin, published=published
                )  # fmt: skip

    def of_reports(self, reports: Iterable[str]) -> list[int]:
        """Return the numbers of all statements of reports."""
        found: list[int] = []
        for part in chunks(sorted(reports)):
            query = select(table.c.number).where(table.c.report_id.in_(part))
            found.extend(self.connection.execute(query).scalars())
        return found

    def numbers(self, statements: Iterable[str]) -> dict[str, int]:
        """Return the numbers of statements by id."""
        found: dict[str, int] = {}
        for part in chunks(sorted(statements)):
            query = select(table.c.statement_id, table.c.number).where(table.c.statement_id.in_(part))
            found.update((row.statement_id, row.number) for row in self.connection.execute(query))
        return found

    def trim(self, most: int) -> None:
        """Forget the half that was learnt first when more than so many statements are held; they are read again if asked for."""
        if len(self.known) > most:
            self.forget(list(islice(self.known, len(self.known) - most // 2)))
            self._reports = {sight.report.id: sight.report for sight in self.known.values()}

    def forget(self, numbers: Iterable[int]) -> None:
        """Forget statements that are linked no more."""
        for number in numbers:
            sight = self.known.pop(number, None)
            if sight is not None:
                self.number_of.pop(sight.s.id, None)
