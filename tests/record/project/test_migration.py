"""A project of the version before working tables: it opens, lists the same in the same order, and goes on as a fresh one."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from alembic import op
from sqlalchemy import (
    URL,
    Column,
    Connection,
    Engine,
    Integer,
    MetaData,
    Table,
    create_engine,
    delete,
    inspect,
    select,
    text,
)
from tests.record.project.derived import differences, rows
from tests.record.project.stores import OnFile, OnServer, told

from jirga.reading.reader import DefaultReader
from jirga.reading.types import Reading
from jirga.record.project import Project, enter, schema, store, undo
from jirga.record.project.working import WORKING
from jirga.reports.types import Report

EXAMPLE = Path(__file__).resolve().parents[3] / "examples" / "istanbul-2025" / "reports"
LATER = (
    "21 October 2025\n\nPakistan demanded that Kabul hand over the fighters. The Afghan Taliban refused the demand on Monday.\n",
    "22 October 2025\n\nThe Afghan Taliban rejected the demand again. Qatar met both delegations in Doha on Tuesday.\n",
)
# As version 0004 made them.
EVENT = """CREATE TABLE event (
    id {text} NOT NULL, place INTEGER NOT NULL, type VARCHAR(16) NOT NULL, mode {text}, when_start VARCHAR(10),
    when_end VARCHAR(10), when_precision {text}, where_name {text}, actors JSON NOT NULL, recipients JSON NOT NULL,
    origins INTEGER NOT NULL, standing {text} NOT NULL, label {text} NOT NULL, PRIMARY KEY (id))"""
POSITION = """CREATE TABLE position (
    id {text} NOT NULL, place INTEGER NOT NULL, demander {text} NOT NULL, addressee {text}, demand {text} NOT NULL,
    mode {text}, state {text} NOT NULL, origins INTEGER NOT NULL, statements JSON NOT NULL, PRIMARY KEY (id))"""
OLD = {"event": (EVENT, "event_statement"), "position": (POSITION, "answer")}


@cache
def _reader() -> DefaultReader:
    return DefaultReader()


@cache
def read(report: Report) -> Reading:
    """Read as the package does, each report once."""
    return _reader().read(report)


@contextmanager
def bare(place: str) -> Iterator[Engine]:
    """Give an engine that knows nothing of projects."""
    url: str | URL = place if "://" in place else URL.create("sqlite", database=place)
    engine = create_engine(url)
    yield engine
    engine.dispose()


def set_back(place: str) -> None:
    """Make of a project what version 0004 would have left, from its own rows."""
    with bare(place) as engine, engine.begin() as connection:
        server = engine.dialect.name == "postgresql"
        for view in ("timeline", "demands"):
            connection.execute(text(f"DROP VIEW {view}"))
        for table in WORKING:
            connection.execute(text(f"DROP TABLE {table.name}"))
        for name, (made, rest) in OLD.items():
            table = schema.metadata.tables[name]
            query = select(table).order_by(table.c.place, table.c.id)
            kept = [dict(row._mapping) for row in connection.execute(query)]
            connection.execute(text(f"DROP TABLE {name}{' CASCADE' if server else ''}"))
            connection.execute(text(made.format(text='TEXT COLLATE "C"' if server else "TEXT")))
            connection.execute(text(f"CREATE INDEX {name}_place ON {name} (place)"))
            typed = (Column(c.name, Integer if c.name == "place" else c.type) for c in table.c)
            old = Table(name, MetaData(), *typed)
            connection.execute(old.insert(), [row | {"place": at} for at, row in enumerate(kept)])
            if server:
                again = f"ALTER TABLE {rest} ADD FOREIGN KEY ({name}_id) REFERENCES {name} (id)"
                connection.execute(text(again))
        for view in ("timeline", "demands"):
            connection.execute(text(f"CREATE VIEW {view} AS {schema.VIEWS[view]}"))
        connection.execute(delete(schema.state).where(schema.state.c.key != store.MARK))
        connection.execute(text("UPDATE alembic_version SET version_num = '0004'"))


def seen(place: str) -> dict[str, list[Any]]:
    """Return what views show and how tables are ordered, without the package's help."""
    with bare(place) as engine, engine.begin() as connection:
        found: dict[str, list[Any]] = {
            view: [tuple(map(str, row)) for row in connection.execute(text(f"SELECT * FROM {view}"))]
            for view in schema.VIEWS
        }
        for name in OLD:
            query = text(f"SELECT id FROM {name} ORDER BY place")
            found[name] = list(connection.execute(query).scalars())
        found["version"] = list(connection.execute(text("SELECT version_num FROM alembic_version")).scalars())
    return found


def layout(connection: Connection) -> dict[str, Any]:
    """Return every table with its columns and indexes."""
    look = inspect(connection)
    return {
        name: (
            {column["name"]: (repr(column["type"]), column["nullable"]) for column in look.get_columns(name)},
            sorted((index["name"] or "", tuple(index["column_names"])) for index in look.get_indexes(name)),
        )
        for name in look.get_table_names()
    }


class Migrating:
    """An old project that is opened today."""

    @pytest.fixture
    def later(self, tmp_path: Path) -> list[Path]:
        paths = [tmp_path / f"later-{number}.txt" for number, _ in enumerate(LATER)]
        for path, words in zip(paths, LATER, strict=True):
            path.write_text(words, encoding="utf-8")
        return paths

    @pytest.fixture
    def old(self, place: str) -> str:
        with Project(place, create=True) as project:
            project.add([EXAMPLE], read)
            for _ in range(2):
                with project.editing() as connection:
                    first = project.record().events[0]
                    number = enter(connection, "reject", ("event", first.id), who="ann", words="a rumour")
            with project.editing() as connection:
                undo(connection, number, who="bo")
        return place

    def test_it_lists_the_same_in_the_same_order(self, old: str, tmp_path: Path) -> None:
        with Project(old) as project:
            before = told(project)
        set_back(old)
        left = seen(old)
        assert left["version"] == ["0004"]
        assert len(left["event"]) > 20
        assert len(left["position"]) > 3
        for _ in range(2):
            with Project(old) as project:
                assert told(project) == before
                assert not project.relink()
            assert seen(old) == left | {"version": [store.VERSION]}

    def test_its_tables_are_those_of_a_fresh_one(self, old: str, place: str) -> None:
        with bare(place) as engine, engine.connect() as connection:
            fresh = layout(connection)
        set_back(old)
        with bare(old) as engine, engine.connect() as connection:
            assert layout(connection) != fresh
        with Project(old), bare(old) as engine, engine.connect() as connection:
            assert layout(connection) == fresh

    def test_further_reports_are_linked_as_in_a_fresh_one(
        self, old: str, later: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        set_back(old)
        with Project(old) as project, Project(tmp_path / "fresh.db", create=True) as fresh:
            project.share = 1
            for added, path in enumerate(later):
                if added:  # the first one fills the working tables; this one is linked by them
                    monkeypatch.setattr(store, "link_all", None)
                assert project.add([path], read).new == 1
                monkeypatch.undo()
            entries = _entries(project)
            fresh.add([EXAMPLE, *later], read)
            with fresh.editing() as connection:
                connection.execute(schema.edit.insert(), entries)
            assert differences(rows(project), rows(fresh)) == {}
            assert told(project) == told(fresh)

    def test_a_decision_is_the_first_thing_that_is_done(self, old: str) -> None:
        set_back(old)
        with Project(old) as project:
            with project.editing() as connection:
                undo(connection, 1, who="bo")
            grown = rows(project)
            assert grown["sight"]
            assert project.relink(force=True)
            assert differences(grown, rows(project)) == {}

    def test_one_that_breaks_off_changes_nothing(self, old: str, monkeypatch: pytest.MonkeyPatch) -> None:
        with Project(old) as project:
            before = told(project)
        set_back(old)
        left = seen(old)

        def broken(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr(op, "create_index", broken)
        with pytest.raises(KeyboardInterrupt):
            Project(old)
        assert seen(old) == left
        monkeypatch.undo()
        with Project(old) as project:
            assert told(project) == before

    def test_two_open_it_at_once(self, old: str) -> None:
        with Project(old) as project:
            before = told(project)
        set_back(old)

        def opened(_: int) -> dict[str, Any]:
            with Project(old) as project:
                return told(project)

        with ThreadPoolExecutor(2) as both:
            assert list(both.map(opened, range(2))) == [before, before]


def _entries(project: Project) -> list[dict[str, Any]]:
    with project.database.reading() as connection:
        query = select(schema.edit).order_by(schema.edit.c.id)
        return [dict(row._mapping) for row in connection.execute(query)]


class TestFile(OnFile, Migrating):
    """In a file."""


class TestServer(OnServer, Migrating):
    """On a server."""
