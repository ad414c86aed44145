"""People's work: kept with who and when, undone by entries, alive after new versions, loud when orphaned."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy.exc import DatabaseError
from tests.record.project.stub import FIRST, SECOND, read

from jirga.errors import ProjectError, UsageError
from jirga.reading.types import EventType
from jirga.record.layer import FIELDS
from jirga.record.project import Filters, Project, enter, find, rows_of, statements_behind, undo
from jirga.record.project.store import VERSION


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.txt").write_text(FIRST + "\n", encoding="utf-8")
    (made / "b.txt").write_text(SECOND + "\n", encoding="utf-8")
    return made


@pytest.fixture
def held(tmp_path: Path, folder: Path) -> Iterator[Project]:
    with Project(tmp_path / "p.db", create=True) as project:
        project.add([folder], read)
        yield project


def event_of(project: Project, words: str) -> str:
    return next(e.id for e in project.record().events if words in e.label)


def decide(project: Project, kind: str, ident: str, **more: object) -> int:
    with project.editing() as connection:
        return enter(connection, kind, find(connection, ident), who="ann", **more)


def labels(project: Project) -> set[str]:
    """Return the events of the tables and of the record, which must agree."""
    told = {str(row["quote"]) for row in rows_of(project, "events", Filters())}
    assert told == {project.record().statements[e.statements[0]].quote for e in project.record().events}
    return told


def test_a_rejected_event_is_out_until_it_is_undone(held: Project) -> None:
    before = labels(held)
    number = decide(held, "reject", event_of(held, "village of Dorn"))
    assert before - labels(held) == {"The Northern Army shelled the village of Dorn"}
    with held.editing() as connection:
        back = undo(connection, number, who="bo")
    assert labels(held) == before
    with held.editing() as connection:
        undo(connection, back, who="ann")
    assert len(labels(held)) == len(before) - 1
    assert [e.live for e in held.work()] == [True, False, True]


def test_what_cannot_be_undone_is_told(held: Project) -> None:
    number = decide(held, "note", event_of(held, "Dorn"), words="see the map")
    with held.editing() as connection:
        undo(connection, number, who="ann")
    for wrong, words in ((number, "already"), (99, "no entry")):
        with pytest.raises(UsageError, match=words), held.editing() as connection:
            undo(connection, wrong, who="ann")


def test_marks_are_listed_where_they_stand(held: Project) -> None:
    assert "marks" not in rows_of(held, "events", Filters())[0]
    decide(held, "accept", event_of(held, "Dorn"))
    decide(held, "note", event_of(held, "Dorn"), words="see the map")
    marked = [row["marks"] for row in rows_of(held, "events", Filters()) if row["marks"]]
    assert marked == ["accepted by ann; note by ann: see the map"]


def test_merge_and_split(held: Project) -> None:
    one, other = event_of(held, "Dorn"), event_of(held, "harbour")
    with held.editing() as connection:
        leading = [statements_behind(connection, "event", e)[0] for e in (one, other)]
    joined = decide(held, "merge", one, statements=leading)
    event = next(e for e in held.record().events if set(leading) <= set(e.statements))
    assert len(event.origins) == 2
    apart = decide(held, "split", event.id, statements=leading[1:])
    assert not any(set(leading) <= set(e.statements) for e in held.record().events)
    for number in (apart, joined):
        with held.editing() as connection:
            undo(connection, number, who="ann")
    assert {one, other} <= {e.id for e in held.record().events}


def test_a_statement_is_coded_otherwise(held: Project) -> None:
    ident = next(s.id for s in held.record().statements.values() if "Guild" in s.quote)
    decide(held, "edit", ident, fields={"type": "threaten", "modality": "future"})
    changed = held.record().statements[ident]
    assert (changed.type, str(changed.modality)) == (EventType.THREATEN, "future")
    for fields in ({"type": "GREET"}, {"quote": "x"}, {}):
        with pytest.raises(UsageError):
            decide(held, "edit", ident, fields=fields)
    assert {"quote", "begin", "id"}.isdisjoint(FIELDS)


def test_work_survives_a_new_version_that_keeps_the_words(held: Project, folder: Path) -> None:
    decide(held, "reject", event_of(held, "Dorn"))
    (folder / "a.txt").write_text("An update of the morning's news. " + FIRST + "\n", encoding="utf-8")
    assert held.add([folder], read).replaced == 1
    assert not any("Dorn" in label for label in labels(held))
    assert not held.work()[0].lost


def test_an_orphan_is_told(held: Project, folder: Path) -> None:
    decide(held, "reject", event_of(held, "Dorn"))
    (folder / "a.txt").write_text(
        FIRST.replace("village of Dorn", "village of Torn") + "\n", encoding="utf-8"
    )
    held.add([folder], read)
    assert any("Torn" in label for label in labels(held))
    assert held.work()[0].lost == ("The Northern Army shelled the village of Dorn",)


def test_work_survives_another_reading(held: Project) -> None:
    ident = next(s.id for s in held.record().statements.values() if "Guild" in s.quote)
    decide(held, "reject", ident)
    with sqlite3.connect(
        held.path
    ) as connection:  # as another reader would have it: other ids, the same words
        connection.execute(
            "UPDATE statement_actor SET statement_id = 'new1' WHERE statement_id = ?", (ident,)
        )
        data = "json_set(data, '$.id', 'new1')"
        connection.execute(f"UPDATE statement SET id = 'new1', data = {data} WHERE id = ?", (ident,))
    (entry,) = held.work()
    assert (entry.statements, entry.lost) == (("new1",), ())
    assert not any("Guild" in s.quote for s in held.record().statements.values())


def test_a_rejected_report_says_nothing(held: Project) -> None:
    ident = next(r.id for r in held.record().reports if r.name == "b.txt")
    decide(held, "reject", ident)
    record = held.record()
    assert {s.report for s in record.statements.values()} == {"a.txt"}
    assert len(record.reports) == 2


def test_positions_and_disputes_are_hidden_and_their_statements_stay(held: Project) -> None:
    (position,) = held.record().positions
    decide(held, "reject", position.id)
    record = held.record()
    assert not record.positions
    assert set(position.statements) <= set(record.statements)


def test_ids_are_found_by_their_begin(held: Project) -> None:
    ident = event_of(held, "Dorn")

    def named(words: str) -> tuple[str, str]:
        with held.engine.connect() as connection:
            return find(connection, words)

    assert named(ident) == named(ident[:10]) == ("event", ident)
    report = held.record().reports[0].id
    assert named(report) == ("report", report)
    for wrong in ("zzzz", "%%%%", "", ident[:2]):
        with pytest.raises(UsageError, match="Nothing"):
            named(wrong)
    with pytest.raises(UsageError, match="several"):
        named(report[:8])


def test_entries_cannot_be_changed(held: Project) -> None:
    decide(held, "note", event_of(held, "Dorn"), words="x")
    for command in ("UPDATE edit SET words = 'y'", "DELETE FROM edit"):
        with pytest.raises(DatabaseError, match="never changed"), held.engine.begin() as connection:
            connection.exec_driver_sql(command)


def test_a_party_cannot_be_rejected(held: Project) -> None:
    with pytest.raises(UsageError, match="party"):
        decide(held, "reject", held.record().parties[0].id)


def test_a_file_of_the_first_version_is_brought_up(tmp_path: Path, held: Project) -> None:
    old = tmp_path / "old.db"
    with sqlite3.connect(held.path) as source, sqlite3.connect(old) as target:
        source.backup(target)
        target.executescript(
            "DROP VIEW work; DROP TABLE edit; UPDATE alembic_version SET version_num = '0001'"
        )
    with Project(old) as project:
        assert labels(project) == labels(held)
        decide(project, "note", event_of(project, "Dorn"), words="kept")
    with sqlite3.connect(old) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchone() == (VERSION,)
        assert connection.execute("SELECT words FROM work").fetchone() == ("kept",)


def test_other_tools_can_open_the_file(held: Project) -> None:
    decide(held, "note", event_of(held, "Dorn"), words="x")
    with sqlite3.connect(f"file:{held.path}?mode=ro", uri=True) as connection:
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        for (view,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'view'").fetchall():
            connection.execute(f'SELECT * FROM "{view}"').fetchall()


def test_several_may_make_one_file_at_once(tmp_path: Path) -> None:
    def opened(_: int) -> int:
        with Project(tmp_path / "new.db", create=True) as project:
            return len(project.work())

    with ThreadPoolExecutor(4) as several:
        assert list(several.map(opened, range(8))) == [0] * 8


def test_a_file_in_a_folder_that_cannot_be_written_is_read(
    held: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = labels(held)
    (tmp_path / "archive #1?").mkdir()
    kept = tmp_path / "archive #1?" / "p.db"
    with sqlite3.connect(held.path) as source, sqlite3.connect(kept) as target:
        source.backup(target)
    for side in ("-wal", "-shm"):
        kept.with_name(f"p.db{side}").unlink(missing_ok=True)
    monkeypatch.setattr("jirga.record.project.database.os.access", lambda *_: False)
    with Project(kept) as project:
        assert labels(project) == before
        with pytest.raises(ProjectError, match="cannot be written"):
            decide(project, "note", event_of(project, "Dorn"), words="x")
    assert [file.name for file in kept.parent.iterdir()] == ["p.db"]
