"""A project: reports and what was read in them, kept in one SQLite file or PostgreSQL database that loses nothing.

Each report comes in with its statements in one transaction, so that a run killed at any moment and started again ends
with the same record. What is derived (events, positions, disputes) is written anew in one transaction afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, insert, select, update

from jirga.errors import ProjectError
from jirga.reading.types import Reading
from jirga.record.build import build_record
from jirga.record.project import edits, schema
from jirga.record.project.chunks import chunks
from jirga.record.project.codec import layer_of, layer_text, reading_of, report_of, statement_of
from jirga.record.project.database import Database, open_database
from jirga.record.project.evidence import check_kept, put, renamed, sound, unkept
from jirga.record.project.grow import Delta, TooMuch, grow
from jirga.record.project.link_all import link_all
from jirga.record.project.working import linked_report
from jirga.record.types import Record
from jirga.reports.load import iter_reports
from jirga.reports.origins import origin_groups
from jirga.reports.types import Refusal, Report

__all__ = ["Added", "Project"]

VERSION = "0005"
LINE = re.compile(r"\.(?:jsonl|ndjson|jl):\d{1,9}$")
MARK, LAYER = "linked", "layer"
SHARE = 20  # one report in so many may be looked at again; beyond, linking all anew is less work


@dataclass(frozen=True, slots=True)
class Added:
    """What one ``add`` did.

    Attributes
    ----------
    new, known, replaced : int
        Reports that came in, were there already, and took the place of an older version.
    statements : int
        Statements that came in.
    refused : tuple of Refusal
    """

    new: int
    known: int
    replaced: int
    statements: int
    refused: tuple[Refusal, ...]


@dataclass(frozen=True, slots=True)
class _Done:
    """What bringing in one report did."""

    older: bool
    statements: int
    troubles: list[Refusal]


class Project:
    """A project, open.

    Parameters
    ----------
    place : str or Path
        A file, or the address of a PostgreSQL database such as ``postgresql+psycopg://user@host:5432/talks``.
    create : bool
        Make the project when it is not there.

    Attributes
    ----------
    database : Database
    path : Path or None
        The file; None on a server.
    name : str
        The file, or the address without its password.

    Raises
    ------
    ProjectError
        There is no project, it is of a newer version, is locked, cannot be reached or cannot be written.
    OptionalPartMissing
        The driver of PostgreSQL is not installed.
    """

    def __init__(self, place: str | Path, *, create: bool = False) -> None:
        self.database: Database = open_database(place, create=create)
        self.name, self.engine = self.database.name, self.database.engine
        self.share = SHARE
        try:
            self._migrate(create)
        except BaseException:
            self.engine.dispose()
            raise

    @property
    def path(self) -> Path:
        """The file; a project on a server has none."""
        if self.database.path is None:
            raise ProjectError(self.name, "this project is no file.", "Ask the server for a copy (pg_dump).")
        return self.database.path

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.engine.dispose()

    def add(
        self,
        paths: Iterable[str | Path],
        read: Callable[[Report], Reading],
        note: Callable[[str], None] | None = None,
    ) -> Added:
        """Bring reports in; those that are there already are passed over.

        Parameters
        ----------
        paths : iterable of path
            As in `load_reports`.
        read : callable
            A reader's ``read``.
        note : callable, optional
            Called with each place, for a progress bar.
        """
        new = known = replaced = count = 0
        refused: list[Refusal] = []
        for found in iter_reports(paths, note):
            troubles = [found] if isinstance(found, Refusal) else unkept(found, self.database)
            if isinstance(found, Report) and not troubles:
                there = self._has(found.id)
                done = (
                    self._bring_in(found, read)
                    if there is None
                    else None
                    if there
                    else self._bring_back(found)
                )
                if done is None:
                    known += 1
                else:
                    new, replaced, count = new + 1, replaced + done.older, count + done.statements
                    troubles = done.troubles
            for trouble in troubles:
                refused.append(trouble)
                self._refuse(trouble)
        self.relink()
        return Added(new, known, replaced, count, tuple(refused))

    def record(self, before: str | None = None) -> Record:
        """Return the record of all current reports, built from the evidence and people's decisions.

        Parameters
        ----------
        before : str, optional
            As it would have been then: only what came in before this time (ISO 8601 with seconds, UTC).
        """
        with self.database.reading() as connection:
            versions = edits.versions_of(connection, before)
            readings = list(self._readings(connection, versions))
            layer = edits.layer_of(edits.entries(connection, versions, before))
            if before is not None:
                readings = self._with_origins(readings, layer.own)
            rows = connection.execute(select(schema.refusal).order_by(schema.refusal.c.place))
            refused = [Refusal(row.place, row.reason, row.advice) for row in rows]
        return build_record(readings, [r.report for r in readings], refused=refused, layer=layer)

    def work(self) -> list[edits.Entry]:
        """Return what people entered, each with the statements that it stands on now."""
        with self.database.reading() as connection:
            return edits.entries(connection)

    @contextmanager
    def editing(self) -> Iterator[Connection]:
        """Give a transaction for one entry; what it decides is in the derived tables afterwards."""
        with self.database.writing() as connection:
            yield connection
        self.relink()

    def relink(self, force: bool = False) -> bool:
        """Bring what is derived up to date if the evidence has changed since; return whether it had.

        Where few reports came or went, what they touch is made anew; else everything is, as it is with ``force``.
        """
        with self.database.reading() as connection:
            mark = self._evidence_mark(connection)
            done = connection.execute(select(schema.report.c.id).limit(1)).first() is None
            if not force and (done or self._mark(connection) == mark):
                return False
        if not force and self._grow():
            return True
        with self.database.writing() as connection:
            if force or self._mark(connection) != self._evidence_mark(
                connection
            ):  # else another has done it meanwhile
                self.relink_inside(connection)
        return True

    def relink_inside(self, connection: Connection) -> None:
        """Write what is derived anew as a part of a transaction that changes the evidence."""
        versions = edits.versions_of(connection)
        layer = edits.layer_of(edits.entries(connection, versions))
        current = [ident for ident, version in versions.items() if ident == version]
        link_all(connection, current, layer, lambda ids: self._read(connection, ids))
        marks = {MARK: self._evidence_mark(connection), LAYER: layer_text(layer)}
        self._set_marks(connection, marks)
        connection.exec_driver_sql("ANALYZE")  # lists of a large record are paged by the indexes

    def _grow(self) -> bool:
        """Link the reports that came or went since the last time, if they are few; return whether that was done."""
        try:
            with self.database.writing() as connection:
                versions = edits.versions_of(connection)
                layer = edits.layer_of(edits.entries(connection, versions))
                before = layer_of(self._mark(connection, LAYER))
                if before is None:
                    return False
                now = {ident for ident, version in versions.items() if ident == version}
                linked = set(connection.execute(select(linked_report.c.report_id)).scalars())
                delta = Delta(
                    frozenset(now - linked), frozenset(linked - now), before, layer, len(now) // self.share
                )
                grow(connection, delta, lambda ids: list(self._read(connection, ids)))
                marks = {MARK: self._evidence_mark(connection), LAYER: layer_text(layer)}
                self._set_marks(connection, marks)
        except TooMuch:
            return False
        return True

    def _bring_in(self, found: Report, read: Callable[[Report], Reading]) -> _Done | None:
        """Read a report and write it with its statements, all or nothing; None when another was quicker."""
        with self.database.reading() as connection:
            report = replace(found, name=self._free_name(connection, found))
        reading, troubles = sound(read(report))
        with self.database.writing() as connection:
            if self._there(connection, found.id):
                return None
            name = self._free_name(connection, found)
            if name != report.name:  # taken while this one was read
                reading = renamed(reading, name)
            older = self._older(connection, reading.report)
            now = datetime.now(UTC).isoformat(timespec="seconds")
            put(connection, reading, {"added": now})
            if older:
                place = schema.report.c.id == older
                connection.execute(update(schema.report).where(place).values(replaced_by=report.id))
        return _Done(older is not None, len(reading.statements), troubles)

    def _bring_back(self, found: Report) -> _Done:
        """Let a replaced version count again, whose text was found once more."""
        r = schema.report.c
        with self.database.writing() as connection:
            older = self._older(connection, found)
            here = update(schema.report).where(r.id == found.id)
            connection.execute(here.values(replaced_by=None, path=found.path))
            if older and older != found.id:  # else another has brought it back already
                connection.execute(update(schema.report).where(r.id == older).values(replaced_by=found.id))
        return _Done(older is not None, 0, [])

    def _free_name(self, connection: Connection, found: Report) -> str:
        """Keep a report's name unless another path has it."""
        table = schema.report.c
        taken = connection.execute(
            select(table.path).where(table.name == found.name, table.path != found.path)
        ).first()
        return found.path if taken else found.name

    def _older(self, connection: Connection, report: Report) -> str | None:
        """Return the current version from the same path (lines of a JSON Lines file have no lasting place)."""
        if LINE.search(report.path):
            return None
        table = schema.report.c
        row = connection.execute(
            select(table.id).where(table.path == report.path, table.replaced_by.is_(None))
        ).first()
        return None if row is None else str(row.id)

    def _has(self, ident: str) -> bool | None:
        """Tell whether a report counts; None when it is not there, not even as a version that was replaced."""
        r = schema.report.c
        with self.database.reading() as connection:
            row = connection.execute(select(r.replaced_by).where(r.id == ident)).first()
        return None if row is None else row.replaced_by is None

    @staticmethod
    def _there(connection: Connection, ident: str) -> bool:
        known = select(schema.report.c.id).where(schema.report.c.id == ident)
        return connection.execute(known).first() is not None

    def _refuse(self, refusal: Refusal) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.database.writing() as connection:
            connection.execute(schema.refusal.delete().where(schema.refusal.c.place == refusal.place))
            row = {"place": refusal.place, "reason": refusal.reason, "advice": refusal.advice, "added": now}
            connection.execute(insert(schema.refusal), row)

    def _readings(self, connection: Connection, versions: Mapping[str, str | None]) -> Iterator[Reading]:
        """Yield readings of the reports that are their own version."""
        return self._read(connection, [ident for ident, version in versions.items() if ident == version])

    def _read(self, connection: Connection, reports: Collection[str]) -> Iterator[Reading]:
        """Yield readings of reports, by id."""
        r, s = schema.report.c, schema.statement.c
        for part in chunks(sorted(reports)):
            for row in connection.execute(select(schema.report).where(r.id.in_(part)).order_by(r.id)).all():
                query = select(s.data).where(s.report_id == row.id, ~s.derived).order_by(s.place)
                statements = tuple(map(statement_of, connection.execute(query).scalars()))
                reading = reading_of(report_of(row), row.reading, statements, row.reader or "")
                check_kept(reading, self.name)
                yield reading

    @staticmethod
    def _with_origins(readings: list[Reading], own: frozenset[str]) -> list[Reading]:
        groups = origin_groups([r.report for r in readings if r.report.id not in own])
        of = {member: origin for origin, members in groups.items() for member in members}
        return [
            replace(r, report=replace(r.report, origin=of.get(r.report.id, r.report.id))) for r in readings
        ]

    @staticmethod
    def _evidence_mark(connection: Connection) -> str:
        ids = connection.execute(
            select(schema.report.c.id, schema.report.c.replaced_by).order_by(schema.report.c.id)
        )
        mark = sha256(repr([tuple(row) for row in ids]).encode())
        entry = schema.edit.c
        made = connection.execute(select(entry.id).where(entry.kind.in_(edits.DECISIONS)).order_by(entry.id))
        for ident in made.scalars():
            mark.update(f" {ident}".encode())
        return mark.hexdigest()

    @staticmethod
    def _mark(connection: Connection, key: str = MARK) -> str | None:
        table = schema.state.c
        return connection.execute(select(table.value).where(table.key == key)).scalar()

    @staticmethod
    def _set_marks(connection: Connection, marks: Mapping[str, str]) -> None:
        table = schema.state
        connection.execute(table.delete().where(table.c.key.in_(marks)))
        connection.execute(insert(table), [{"key": key, "value": value} for key, value in marks.items()])

    def _migrate(self, create: bool) -> None:
        from alembic import command
        from alembic.config import Config

        with self.database.reading() as connection:
            if self._version(connection) == VERSION:
                return  # an up-to-date project is opened without a write
            if not create and self.database.path is None and not self.database.tables(connection):
                raise ProjectError(
                    self.name,
                    "there is no project in this database.",
                    "Make it with: jirga add PATH... -p URL",
                )
        with self.database.writing() as connection:  # two that open a new one at once: one makes it
            current = self._version(connection)
            if current == VERSION:
                return
            if current is None and self.database.tables(connection):
                raise ProjectError(self.name, "a database, but not a jirga project.", "Name another.")
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _version(self, connection: Connection) -> str | None:
        from alembic.runtime.migration import MigrationContext

        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current > VERSION:
            raise ProjectError(self.name, f"made by a newer jirga (version {current}).", "Update jirga.")
        return current
