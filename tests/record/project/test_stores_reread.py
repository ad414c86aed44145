"""Kept reports are read again, and texts that were changed under their spans are told."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import column, update
from tests.record.project.stores import OnFile, OnServer, Store, named, told
from tests.record.project.stub import FIRST, read

from jirga.errors import ProjectError
from jirga.record.project import Project, enter, find, reread
from jirga.record.project.schema import metadata
from jirga.record.to_json import record_to_json


class ReadingAgain(Store):
    """What reading again does."""

    def test_a_text_that_changed_under_its_spans_is_told(self, held: Project) -> None:
        with held.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE report SET text = 'X' || text WHERE name = 'a.txt'")
        with pytest.raises(ProjectError, match=r"a\.txt no longer says “The Northern Army.*jirga reread"):
            held.record()

    def test_reading_again_changes_nothing(self, held: Project, folder: Path) -> None:
        (folder / "l.jsonl").write_text(
            '{"id": "x", "text": "The Mayor refused a truce."}\n', encoding="utf-8"
        )
        held.add([folder], read)
        before = told(held), record_to_json(held.record())
        done = reread(held, read)
        assert (done.reports, done.same, done.new, done.gone, done.refused) == (3, 6, 0, 0, ())
        assert (told(held), record_to_json(held.record())) == before
        assert not held.relink()

    def test_reading_again_mends_a_text_and_keeps_peoples_work(self, held: Project) -> None:
        ident = named(held, "Dorn")
        with held.editing() as connection:
            enter(connection, "accept", find(connection, ident), who="ann", words="seen")
        before = told(held)
        with held.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE report SET text = 'X' || text WHERE name = 'a.txt'")
        reread(held, read)
        assert told(held) == before
        assert [entry.lost for entry in held.work()] == [()]

    def test_another_reader_leaves_orphans_and_they_are_told(self, held: Project) -> None:
        with held.editing() as connection:
            enter(connection, "reject", find(connection, named(held, "Dorn")), who="ann", words="seen")
        done = reread(
            held, lambda report: replace(read(report), statements=read(report).statements[1:], reader="new 2")
        )
        assert (done.same, done.new, done.gone) == (3, 0, 2)
        (entry,) = held.work()
        assert entry.lost == (FIRST.split(".")[0],)
        assert len(held.record().statements) == 3

    def test_a_rereading_that_fails_changes_nothing(
        self, held: Project, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = told(held)

        def broken(*_: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("jirga.record.project.store.link_all", broken)
        with pytest.raises(KeyboardInterrupt):
            reread(held, lambda report: replace(read(report), statements=()))
        assert told(held) == before

    def test_kept_bytes_that_were_changed_are_told(self, held: Project) -> None:
        before = told(held)
        with held.engine.begin() as connection:
            connection.execute(
                update(metadata.tables["report"]).where(column("name") == "a.txt").values(raw=b"Other.")
            )
        done = reread(held, read)
        assert done.reports == 1
        assert "kept bytes were changed" in done.refused[0].reason
        assert told(held) == before


class TestFile(OnFile, ReadingAgain):
    """In a file."""


class TestServer(OnServer, ReadingAgain):
    """On a server."""
