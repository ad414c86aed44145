"""One file or one server: the same project, held to the same tests."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError
from tests.record.project.stores import OnFile, OnServer, Store, named, told
from tests.record.project.stub import SECOND, read

from jirga.errors import ProjectError
from jirga.reading.types import Reading
from jirga.record.project import Filters, Project, compare, enter, find, rows_of, search, undo
from jirga.record.project.schema import DERIVED, VIEWS, metadata
from jirga.record.to_json import record_to_json
from jirga.reports.types import Report


class Keeping(Store):
    """What is kept."""

    def test_adding_twice_changes_nothing(self, held: Project, folder: Path) -> None:
        before = told(held), record_to_json(held.record())
        done = held.add([folder], read)
        assert (done.new, done.known, done.statements) == (0, 2, 0)
        assert (told(held), record_to_json(held.record())) == before

    def test_it_is_opened_again(self, held: Project, place: str) -> None:
        with Project(place) as again:
            assert told(again) == told(held)

    def test_every_table_view_and_trigger_is_there(self, held: Project) -> None:
        seen = inspect(held.engine)
        assert set(metadata.tables) <= set(seen.get_table_names())
        assert set(VIEWS) == set(seen.get_view_names())
        for name in VIEWS:
            with held.engine.connect() as connection:
                connection.exec_driver_sql(f"SELECT * FROM {name}").all()

    def test_a_new_version_takes_the_place_of_the_old(self, held: Project, folder: Path) -> None:
        (folder / "b.txt").write_text(SECOND.replace("harbour", "market") + "\n", encoding="utf-8")
        done = held.add([folder], read)
        assert (done.new, done.replaced, done.known) == (1, 1, 1)
        assert len(rows_of(held, "report", Filters())) == 3
        assert not search(held, "harbour")
        assert [row["report"] for row in search(held, "market")] == ["b.txt"]

    def test_refusals_are_kept(self, held: Project, folder: Path) -> None:
        (folder / "c.txt").write_bytes(b"")
        held.add([folder], read)
        held.add([folder], read)
        assert [r.place for r in held.record().refused] == [str(folder / "c.txt")]

    def test_a_statement_outside_its_report_is_left_out_and_told(self, place: str, folder: Path) -> None:
        def wrong(report: Report) -> Reading:
            reading = read(report)
            first, *others = reading.statements
            return replace(reading, statements=(replace(first, end=first.end + 10**6), *others))

        with Project(place, create=True) as project:
            done = project.add([folder], wrong)
            assert (done.new, done.statements) == (2, 3)
            assert "1 statement points at other words" in done.refused[0].reason
            assert "tests 1" in done.refused[0].advice
            assert len(project.record().statements) == 3

    def test_decisions_stand_and_are_undone(self, held: Project) -> None:
        before = told(held)
        ident = named(held, "Dorn")
        for kind in ("note", "reject"):
            with held.editing() as connection:
                number = enter(connection, kind, find(connection, ident[:10]), who="ann", words="ask")
        assert ident not in {row["id"] for row in rows_of(held, "events", Filters())}
        with held.editing() as connection:
            undo(connection, number, who="bo")
        after = told(held)
        assert [row.pop("marks") for row in after["events"] if row["id"] == ident] == ["note by ann: ask"]
        assert {row["id"] for row in after["events"]} == {row["id"] for row in before["events"]}

    def test_entries_cannot_be_changed(self, held: Project) -> None:
        with held.editing() as connection:
            enter(connection, "note", find(connection, named(held, "Dorn")), who="ann", words="x")
        for command in ("UPDATE edit SET words = 'y'", "DELETE FROM edit"):
            with pytest.raises(DatabaseError, match="never changed"), held.engine.begin() as connection:
                connection.exec_driver_sql(command)

    def test_what_changed_since(self, held: Project) -> None:
        change = compare(held.record(before="2001-01-01T00:00:00+00:00"), held.record())
        assert len(change.reports) == 2
        assert len(change.statements) == 5

    def test_a_text_that_comes_back_counts_again(self, held: Project, folder: Path) -> None:
        path = folder / "a.txt"
        first, before = path.read_text(encoding="utf-8"), told(held)
        path.write_text("Envoys refused a ransom.\n", encoding="utf-8")
        assert held.add([folder], read).replaced == 1
        path.write_text(first, encoding="utf-8")
        done = held.add([folder], read)
        assert (done.new, done.replaced, done.known, done.statements) == (1, 1, 1, 0)
        after = told(held)
        assert len(after.pop("report")) == 3
        assert after == {kind: rows for kind, rows in before.items() if kind != "report"}
        assert held.add([folder], read).new == 0

    def test_a_text_that_moves_while_another_takes_its_path_counts(self, held: Project, folder: Path) -> None:
        path = folder / "a.txt"
        path.rename(folder / "z.txt")
        path.write_text("Envoys refused a ransom.\n", encoding="utf-8")
        held.add([folder], read)
        assert len(held.record().reports) == 3
        assert held.add([folder], read).known == 3

    def test_derived_rows_are_all_there_or_none(self, held: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        before = told(held)
        last = DERIVED[0]

        def broken(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("jirga.record.project.store.link_all", broken)
        with pytest.raises(KeyboardInterrupt):
            held.relink(force=True)
        assert told(held) == before
        assert last.name == "account"

    def test_a_newer_version_is_told(self, held: Project, place: str) -> None:
        with held.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(ProjectError, match="newer"):
            Project(place)


class TestFile(OnFile, Keeping):
    """In a file."""


class TestServer(OnServer, Keeping):
    """On a server."""
