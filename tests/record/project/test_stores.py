"""One file or one server: the same project, held to the same tests."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import column, inspect, update
from sqlalchemy.exc import DatabaseError
from tests.record.project.stub import FIRST, SECOND, read

from jirga.cli import main
from jirga.errors import OptionalPartMissing, ProjectError
from jirga.reading.types import Reading
from jirga.reading.wikidata import wikidata_id
from jirga.record.project import KINDS, Filters, Project, compare, enter, find, reread, rows_of, search, undo
from jirga.record.project.schema import DERIVED, VIEWS, metadata
from jirga.record.to_json import record_to_json
from jirga.reports.types import Report

QUOTES = {
    "a.txt": "Zoë Ärmel met the Guild of Kôr-el in 2031. Envoys refused half of it. The Mayor refused the Mayor's plan.",
    "b.txt": "Old Ärmel refused all. The KÔR council demanded 1,500 tents, Zoe camp_site. He met x@y.example at noon by km².",
    "c.txt": "Envoy Иван Петров refused the ransom. The Hill Council demanded a written ransom note of 3.5 pages at once.",
}
ASKED = (
    "guild", "GUILD", "zoe", "zoë", "armel", "kor el", "KOR-EL", "2031", "mayor", "mayor's", "1,500", "3.5", "camp_site",
    "y.example", "иван", "ПЕТРОВ", "refused the", "nothing here", "ransom hill", "km²",
)  # fmt: skip
HOSTILE = [
    '"',
    "guarantees AND (",
    "NEAR(",
    "*",
    "''--",
    "",
    "a' & 'b",
    "\\",
    "\0x",
    "'; DROP TABLE report; --",
    ":x",
    "%",
]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    (made / "a.txt").write_text(FIRST + "\n", encoding="utf-8")
    (made / "b.txt").write_text(SECOND + "\n", encoding="utf-8")
    return made


@pytest.fixture
def words(tmp_path: Path) -> Path:
    made = tmp_path / "words"
    made.mkdir()
    for name, text in QUOTES.items():
        (made / name).write_text(text + "\n", encoding="utf-8")
    return made


def told(project: Project) -> dict[str, list[dict[str, Any]]]:
    """Return every list without what tells a time."""
    lists = {kind: rows_of(project, kind, Filters()) for kind in KINDS}
    return {
        kind: [{k: v for k, v in row.items() if k != "added"} for row in rows] for kind, rows in lists.items()
    }


def named(project: Project, label: str) -> str:
    return next(e.id for e in project.record().events if label in e.label)


def command(*words: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["jirga", *words])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code


class StoreContract:
    """What holds wherever a project is kept; a subclass gives ``place``."""

    @pytest.fixture
    def held(self, place: str, folder: Path) -> Iterator[Project]:
        with Project(place, create=True) as project:
            project.add([folder], read)
            yield project

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

    def test_search_finds_the_same_in_the_same_order(self, place: str, words: Path, tmp_path: Path) -> None:
        with Project(place, create=True) as one, Project(tmp_path / "other.db", create=True) as other:
            for project in (one, other):
                project.add([words], read)
            for asked in ASKED:
                assert search(one, asked) == search(other, asked), asked
            assert [
                len(search(one, asked)) for asked in ("armel", "ПЕТРОВ", "camp_site", "nothing here")
            ] == [2, 1, 1, 0]

    @pytest.mark.parametrize("asked", HOSTILE)
    def test_search_takes_any_words(self, held: Project, asked: str) -> None:
        assert isinstance(search(held, asked), list)

    def test_filters(self, held: Project) -> None:
        def ids(kind: str, **given: str) -> list[str]:
            return list(dict.fromkeys(row["id"] for row in rows_of(held, kind, Filters(**given))))

        assert len(ids("events", type="assault")) == len(ids("events", actor="NORTHERN"))
        assert ids("actors", actor="northern", type="ASSAULT") == ["actor:the-northern-army"]
        assert ids("actors", actor="northern", type="REQUEST") == []
        for row in rows_of(held, "actors", Filters()):
            assert row["wikidata"] == (wikidata_id(row["id"]) or "")
        assert ids("positions", actor="hill", type="REQUEST") == ids("positions")
        assert ids("positions", type="THREATEN") == []
        assert len(ids("report", actor="mayor")) == 1
        assert len(ids("report", type="ASSAULT")) == 2
        assert ids("events", actor="%") == ids("events", actor="_") == []
        assert len(search(held, "the", Filters(type="ASSAULT"))) == 2
        assert len(search(held, "the", Filters(actor="mayor"))) == 1
        for kind in ("timeline", "events", "positions", "disputes", "report", "actors"):
            assert ids(kind, since="1990-01-01", until="1990-01-02") == []
        assert search(held, "the", Filters(since="1990-01-01")) == []

    def test_all_at_once_end_as_one(self, place: str, folder: Path, tmp_path: Path) -> None:
        with Project(tmp_path / "calm.db", create=True) as calm:
            calm.add([folder], read)
            expected = told(calm)
        begin = threading.Barrier(4)

        def slowly(report: Report) -> Reading:
            begin.wait(timeout=30)  # all four read the same report before one of them writes it
            return read(report)

        def run(_: int) -> int:
            with Project(place, create=True) as project:
                return project.add([folder / "a.txt"], slowly).new + project.add([folder], read).new

        with ThreadPoolExecutor(4) as several:
            assert sum(several.map(run, range(4))) == 2
        with Project(place) as project:
            assert told(project) == expected
            assert not project.relink()

    def test_a_linking_that_is_overtaken_leaves_the_newer_one(
        self, held: Project, place: str, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Another adds and links while this one is still linking what was there before."""
        from jirga.record.project import store

        build, inside = store.link_reports, []

        def overtaken(*given: Any, **more: Any) -> Any:
            record = build(*given, **more)
            if not inside:
                inside.append(True)
                (folder / "d.txt").write_text("The Mayor refused the ransom at dawn.\n", encoding="utf-8")
                with Project(place) as other:
                    other.add([folder], read)
            return record

        monkeypatch.setattr(store, "link_reports", overtaken)
        held.relink(force=True)
        assert any("at dawn" in row["quote"] for row in rows_of(held, "events", Filters()))
        assert not held.relink()

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

        monkeypatch.setattr("jirga.record.project.store.write_all", broken)
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

    def test_derived_rows_are_all_there_or_none(self, held: Project, monkeypatch: pytest.MonkeyPatch) -> None:
        before = told(held)
        last = DERIVED[0]

        def broken(*_: object, **__: object) -> None:
            raise KeyboardInterrupt

        monkeypatch.setattr("jirga.record.project.store.write_all", broken)
        with pytest.raises(KeyboardInterrupt):
            held.relink(force=True)
        assert told(held) == before
        assert last.name == "account"

    def test_a_newer_version_is_told(self, held: Project, place: str) -> None:
        with held.engine.begin() as connection:
            connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        with pytest.raises(ProjectError, match="newer"):
            Project(place)

    def test_a_lock_is_told(
        self, held: Project, place: str, folder: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("jirga.record.project.database.PATIENCE", 0.2)
        (folder / "b2.txt").write_text("The army refused the demand.\n", encoding="utf-8")
        with (
            held.database.writing(),
            Project(place) as again,
            pytest.raises(ProjectError, match="another process"),
        ):
            again.add([folder], read)


class TestFile(StoreContract):
    @pytest.fixture
    def place(self, tmp_path: Path) -> str:
        return str(tmp_path / "talks #1?.db")


class TestServer(StoreContract):
    @pytest.fixture
    def place(self, address: str) -> str:
        return address

    def test_the_record_is_that_of_a_file(self, held: Project, folder: Path, tmp_path: Path) -> None:
        with Project(tmp_path / "p.db", create=True) as other:
            other.add([folder], read)
            assert told(held) == told(other)
            assert record_to_json(held.record()) == record_to_json(other.record())

    def test_the_password_is_never_told(self, address: str, folder: Path) -> None:
        from sqlalchemy import make_url

        url = make_url(address)
        assert url.password
        wrong = url.set(password="not-the-secret").render_as_string(hide_password=False)
        nowhere = url.set(port=1).render_as_string(hide_password=False)
        missing = url.set(database="nothing_here").render_as_string(hide_password=False)
        for place, why in (
            (wrong, "user and password"),
            (nowhere, "does not answer"),
            (missing, "no such database"),
        ):
            with pytest.raises(ProjectError, match=why) as caught:
                Project(place, create=True)
            assert url.password not in str(caught.value)
            assert "not-the-secret" not in str(caught.value)
        with Project(address, create=True) as project:
            assert url.password not in project.name + repr(project.database)
            assert url.password not in str(project.add([folder], read))

    def test_commands_take_the_address(
        self, address: str, folder: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
    ) -> None:
        out = str(tmp_path / "out.csv")
        for words in (
            ("add", str(folder), "-p", address),
            ("add", str(folder), "-p", address),
            *((kind, "-p", address) for kind in KINDS),
            ("search", "ransom", "-p", address),
            ("diff", "--since", "2001-01-01", "-p", address),
            ("export", "--as", "csv", "-o", out, "-p", address),
            ("brief", "-p", address, "-o", str(tmp_path / "b.html")),
        ):
            command(*words)
        told = "".join(capfd.readouterr())
        assert "0 new (0 of them newer versions), 2 known" in told
        assert address.split(":")[2].split("@")[0] not in told
        assert "ransom" in Path(out).read_text(encoding="utf-8")

    def test_an_empty_or_foreign_database_is_told(self, address: str) -> None:
        from sqlalchemy import create_engine

        with pytest.raises(ProjectError, match="no project in this database"):
            Project(address)
        engine = create_engine(address)
        with engine.begin() as connection:
            connection.exec_driver_sql("CREATE TABLE mine (x int)")
        engine.dispose()
        with pytest.raises(ProjectError, match="not a jirga project"):
            Project(address, create=True)

    def test_what_it_cannot_hold_is_told(self, address: str, folder: Path) -> None:
        (folder / "n.jsonl").write_text('{"text": "The army refused\\u0000 it."}\n', encoding="utf-8")
        with Project(address, create=True) as project:
            (refusal,) = project.add([folder], read).refused
        assert "NUL" in refusal.reason

    def test_a_server_that_goes_away_is_told_and_nothing_is_lost(
        self, own_server: Callable[[str], str], folder: Path, tmp_path: Path
    ) -> None:
        place = own_server("start")
        with Project(tmp_path / "calm.db", create=True) as calm:
            calm.add([folder], read)
            expected = told(calm)
        for at in (1, 2):  # before the first report is written, and between the reports
            seen: list[str] = []

            def reading(report: Report, at: int = at, seen: list[str] = seen) -> Reading:
                seen.append(report.name)
                if len(seen) == at:
                    own_server("kill")
                return read(report)

            with Project(place, create=True) as project:
                if at == 2:
                    project.engine.dispose()
                with pytest.raises(ProjectError, match="server") as caught:
                    project.add([folder], reading)
                assert "try again" in str(caught.value) or "do the same again" in str(caught.value)
            with pytest.raises(ProjectError, match="does not answer"):
                Project(place)
            assert own_server("start") == place
            if at == 1:
                with Project(place) as project:
                    assert rows_of(project, "report", Filters()) == []
        with Project(place) as project:
            assert project.add([folder], read).new == 1
            assert told(project) == expected


@pytest.mark.parametrize(
    ("place", "why"),
    [
        ("mysql://ann:secret@host/talks", "PostgreSQL as"),
        ("postgresql://ann:secret@host:port/talks", "cannot be read"),
        ("postgresql://ann:secret@host", "names no database"),
        ("postgresql://host/talks?password=secret", "PGPASSWORD"),
    ],
)
def test_a_wrong_address_is_told_without_its_password(place: str, why: str) -> None:
    with pytest.raises(ProjectError, match=why) as caught:
        Project(place)
    assert "secret" not in str(caught.value)


def test_a_missing_driver_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "psycopg", None)
    with pytest.raises(OptionalPartMissing, match=r"pip install 'jirga\[postgres\]'") as caught:
        Project("postgresql+psycopg://ann:secret@host/talks")
    assert "secret" not in str(caught.value)
