"""The project file: reports and what was read in them, kept in one SQLite file that loses nothing.

Each report comes in with its statements in one transaction, so that a run killed at any moment and started again ends
with the same record. What is derived (events, positions, disputes) is written anew in one transaction afterwards.
"""

from __future__ import annotations

import os
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sqlalchemy import Connection, Engine, create_engine, event, insert, select, update
from sqlalchemy.exc import DatabaseError, OperationalError, SQLAlchemyError
from sqlalchemy.pool import NullPool

from jirga.errors import ProjectError
from jirga.reading.types import Reading
from jirga.record.build import build_record
from jirga.record.project import edits, schema
from jirga.record.project.codec import (
    reading_of,
    reading_row,
    report_of,
    report_row,
    statement_of,
    statement_row,
)
from jirga.record.project.derived import write_derived
from jirga.record.project.trouble import cause
from jirga.record.types import Record
from jirga.reports.load import iter_reports
from jirga.reports.origins import origin_groups
from jirga.reports.types import Refusal, Report

__all__ = ["Added", "Project"]

VERSION = "0002"
PATIENCE = 5.0  # seconds to wait for another process that is writing
LINE = re.compile(r"\.(?:jsonl|ndjson|jl):\d{1,9}$")
MARK = "linked"


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


class Project:
    """A project file, open.

    Parameters
    ----------
    path : str or Path
    create : bool
        Make the file when it is not there.

    Raises
    ------
    ProjectError
        The file is no project, is of a newer version, is locked, or cannot be written.
    """

    def __init__(self, path: str | Path, *, create: bool = False) -> None:
        self.path = Path(path)
        if not create and not self.path.exists():
            raise ProjectError(
                str(path), "there is no such project file.", "Make it with: jirga add PATH... -p FILE"
            )
        if self.path.is_dir():
            raise ProjectError(str(path), "this is a folder.", "Name a file, such as talks.db.")
        self.engine: Engine = _engine(self.path)
        with self.told():
            self._migrate()

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
        with self.told():
            for found in iter_reports(paths, note):
                if isinstance(found, Refusal):
                    refused.append(found)
                    self._refuse(found)
                elif self._has(found.id):
                    known += 1
                else:
                    older, statements = self._bring_in(found, read)
                    new, replaced, count = new + 1, replaced + older, count + statements
            self.relink()
        return Added(new, known, replaced, count, tuple(refused))

    def record(self, before: str | None = None) -> Record:
        """Return the record of all current reports, built from the evidence and people's decisions.

        Parameters
        ----------
        before : str, optional
            As it would have been then: only what came in before this time (ISO 8601 with seconds, UTC).
        """
        with self.told(), self.engine.connect() as connection:
            versions = edits.versions_of(connection, before)
            readings = list(self._readings(connection, versions))
            if before is not None:
                readings = self._with_origins(readings)
            layer = edits.layer_of(edits.entries(connection, versions, before))
            rows = connection.execute(select(schema.refusal).order_by(schema.refusal.c.place))
            refused = [Refusal(row.place, row.reason, row.advice) for row in rows]
        return build_record(readings, [r.report for r in readings], refused=refused, layer=layer)

    def work(self) -> list[edits.Entry]:
        """Return what people entered, each with the statements that it stands on now."""
        with self.told(), self.engine.connect() as connection:
            return edits.entries(connection)

    @contextmanager
    def editing(self) -> Iterator[Connection]:
        """Give a transaction for one entry; what it decides is in the derived tables afterwards."""
        with self.told():
            with self.engine.begin() as connection:
                yield connection
            self.relink()

    def relink(self, force: bool = False) -> bool:
        """Write what is derived anew if the evidence has changed since; return whether it had."""
        with self.told(), self.engine.connect() as connection:
            mark = self._evidence_mark(connection)
            done = connection.execute(select(schema.report.c.id).limit(1)).first() is None
            if not force and (done or self._mark(connection) == mark):
                return False
            versions = edits.versions_of(connection)
            readings = self._with_origins(list(self._readings(connection, versions)))
            layer = edits.layer_of(edits.entries(connection, versions))
            record = build_record(readings, [r.report for r in readings], layer=layer)
        with self.engine.begin() as connection:
            write_derived(connection, record, mark)
        return True

    def _bring_in(self, found: Report, read: Callable[[Report], Reading]) -> tuple[bool, int]:
        """Read a report and write it with its statements, all or nothing."""
        with self.engine.connect() as connection:
            report = replace(found, name=self._free_name(connection, found))
        reading = read(report)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.engine.begin() as connection:
            older = self._older(connection, report)
            row = report_row(report, now) | {"reader": reading.reader, "reading": reading_row(reading)}
            connection.execute(insert(schema.report), row)
            rows = [statement_row(s, report, place) for place, s in enumerate(reading.statements)]
            if rows:
                connection.execute(insert(schema.statement), rows)
            actors = list(_actor_rows(reading))
            if actors:
                connection.execute(insert(schema.statement_actor), actors)
            if older:
                connection.execute(
                    update(schema.report).where(schema.report.c.id == older).values(replaced_by=report.id)
                )
        return older is not None, len(rows)

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

    def _has(self, ident: str) -> bool:
        with self.engine.connect() as connection:
            return (
                connection.execute(select(schema.report.c.id).where(schema.report.c.id == ident)).first()
                is not None
            )

    def _refuse(self, refusal: Refusal) -> None:
        now = datetime.now(UTC).isoformat(timespec="seconds")
        with self.engine.begin() as connection:
            connection.execute(schema.refusal.delete().where(schema.refusal.c.place == refusal.place))
            row = {"place": refusal.place, "reason": refusal.reason, "advice": refusal.advice, "added": now}
            connection.execute(insert(schema.refusal), row)

    def _readings(self, connection: Connection, versions: Mapping[str, str | None]) -> Iterator[Reading]:
        """Yield readings of the reports that are their own version."""
        rows = connection.execute(select(schema.report).order_by(schema.report.c.id)).all()
        for row in rows:
            if versions[row.id] != row.id:
                continue
            query = select(schema.statement.c.data).where(
                schema.statement.c.report_id == row.id, ~schema.statement.c.derived
            )
            statements = connection.execute(query.order_by(schema.statement.c.place)).scalars()
            yield reading_of(
                report_of(row), row.reading, tuple(map(statement_of, statements)), row.reader or ""
            )

    @staticmethod
    def _with_origins(readings: list[Reading]) -> list[Reading]:
        groups = origin_groups([r.report for r in readings])
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
    def _mark(connection: Connection) -> str | None:
        table = schema.state.c
        return connection.execute(select(table.value).where(table.key == MARK)).scalar()

    def _migrate(self) -> None:
        from alembic import command
        from alembic.config import Config

        with self.engine.connect() as connection:
            if self._version(connection) == VERSION:
                return  # an up-to-date file is opened without a write
        with self.engine.begin() as connection:
            connection.exec_driver_sql("BEGIN IMMEDIATE")  # two that open a new file at once: one makes it
            current = self._version(connection)
            if current == VERSION:
                return
            if current is None and _tables(connection):
                raise ProjectError(
                    str(self.path), "a database, but not a jirga project.", "Name another file."
                )
            config = Config()
            config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
            config.set_main_option("path_separator", "os")
            config.attributes["connection"] = connection
            command.upgrade(config, "head")

    def _version(self, connection: Connection) -> str | None:
        from alembic.runtime.migration import MigrationContext

        current = MigrationContext.configure(connection).get_current_revision()
        if current is not None and current > VERSION:
            raise ProjectError(str(self.path), f"made by a newer jirga (version {current}).", "Update jirga.")
        return current

    @contextmanager
    def told(self) -> Iterator[None]:
        """Turn the database's errors into one message each."""
        try:
            yield
        except OperationalError as error:
            raise ProjectError(str(self.path), *cause(str(error.orig))) from None
        except DatabaseError as error:
            raise ProjectError(str(self.path), *cause(str(error.orig))) from None
        except SQLAlchemyError as error:
            raise ProjectError(
                str(self.path), f"the database refused ({error}).", "Nothing was changed."
            ) from None


def _tables(connection: Connection) -> bool:
    query = "SELECT count(*) FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
    return bool(connection.exec_driver_sql(query).scalar())


def _engine(path: Path) -> Engine:
    """Open a file; one in a folder where nothing may be written (an archive) is opened for reading alone."""
    if path.exists() and not os.access(path.absolute().parent, os.W_OK):
        address = (
            f"{path.absolute().as_uri()}?mode=ro&immutable=1"  # WAL needs to write beside the file otherwise
        )
        return create_engine(
            "sqlite://", creator=lambda: sqlite3.connect(address, uri=True), poolclass=NullPool
        )
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": PATIENCE})
    event.listen(engine, "connect", _prepare)
    return engine


def _prepare(connection: Any, _: Any) -> None:  # noqa: ANN401 - the driver's connection
    cursor = connection.cursor()
    for pragma in ("journal_mode=WAL", "foreign_keys=ON", "synchronous=FULL"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _actor_rows(reading: Reading) -> Iterator[dict[str, Any]]:
    for s in reading.statements:
        for role, several in (("actor", s.actors), ("recipient", s.recipients)):
            for place, a in enumerate(several):
                yield {
                    "statement_id": s.id, "role": role, "place": place, "actor_id": a.id, "name": a.name, "text": a.text,
                }  # fmt: skip
