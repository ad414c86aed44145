"""The project file: nothing lost, nothing twice, one message for each trouble."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from jirga.errors import ProjectError
from jirga.reading.reader import DefaultReader
from jirga.record.build import build_record
from jirga.record.project import KINDS, Filters, Project, rows_of, search
from jirga.record.project.schema import metadata
from jirga.record.project.working import WORKING
from jirga.record.to_json import record_to_json
from jirga.reports.load import load_reports

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "istanbul-2025" / "reports"


@pytest.fixture(scope="module")
def reader() -> DefaultReader:
    return DefaultReader()


@pytest.fixture
def held(tmp_path: Path, reader: DefaultReader) -> Project:
    with Project(tmp_path / "talks.db", create=True) as project:
        project.add([EXAMPLE], reader.read)
        yield project


def dump(path: Path) -> list[str]:
    """Return every row that does not tell a time."""
    with sqlite3.connect(path) as connection:
        working = {table.name for table in WORKING}  # numbered as reports came in; see test_grow.py
        tables = [t for t in metadata.tables if t != "refusal" and t not in working]
        rows = []
        for table in tables:
            columns = [
                c.name for c in metadata.tables[table].columns if c.name not in {"added", "path", "raw"}
            ]
            rows += [
                repr((table, row))
                for row in connection.execute(
                    f'SELECT {", ".join(f"{c!r}".replace(chr(39), chr(34)) for c in columns)} FROM "{table}"'
                )
            ]
    return sorted(rows)


def test_the_record_of_a_project_is_the_record_of_its_reports(held: Project, reader: DefaultReader) -> None:
    reports = load_reports([EXAMPLE]).reports
    direct = build_record([reader.read(r) for r in reports], reports)
    kept = held.record()
    assert record_to_json(kept) == record_to_json(direct)
    assert kept.statements == direct.statements
    assert [r.raw for r in kept.reports] == [r.raw for r in direct.reports]


def test_adding_twice_changes_nothing(held: Project, reader: DefaultReader) -> None:
    before = dump(held.path)
    done = held.add([EXAMPLE], reader.read)
    assert (done.new, done.known, done.statements) == (0, 3, 0)
    assert dump(held.path) == before


def test_adding_one_by_one_gives_the_same(held: Project, reader: DefaultReader, tmp_path: Path) -> None:
    with Project(tmp_path / "other.db", create=True) as other:
        for file in sorted(EXAMPLE.iterdir(), reverse=True):
            other.add([file], reader.read)
        assert dump(other.path) == dump(held.path)


def test_a_changed_report_is_a_new_version_and_the_old_one_stays(
    tmp_path: Path, reader: DefaultReader
) -> None:
    file = tmp_path / "a.txt"
    file.write_text("The rebels demanded the release of prisoners.\n", encoding="utf-8")
    with Project(tmp_path / "p.db", create=True) as project:
        project.add([file], reader.read)
        file.write_text(
            "The rebels demanded the release of all prisoners. The army refused.\n", encoding="utf-8"
        )
        done = project.add([file], reader.read)
        assert (done.new, done.replaced) == (1, 1)
        assert len(rows_of(project, "report", Filters())) == 2
        assert [r.text for r in project.record().reports] == [file.read_text(encoding="utf-8")]


def test_refusals_are_kept(tmp_path: Path, reader: DefaultReader) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("The rebels refused.\n", encoding="utf-8")
    (tmp_path / "in" / "b.txt").write_bytes(b"")
    with Project(tmp_path / "p.db", create=True) as project:
        project.add([tmp_path / "in"], reader.read)
        (refusal,) = project.record().refused
    assert refusal.place.endswith("b.txt")


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_every_listing_answers(held: Project, kind: str) -> None:
    rows = rows_of(held, kind, Filters())
    assert rows
    assert (
        rows_of(held, kind, Filters(since="1990-01-01", until="1990-02-01", actor="nobody at all")) != rows
        or kind == "disputes"
    )


def test_listings_filter(held: Project) -> None:
    demands = rows_of(held, "events", Filters(type="request"))
    assert demands
    assert {row["type"] for row in demands} == {"REQUEST"}
    assert all(
        row["when_start"] >= "2025-10-15"
        for row in rows_of(held, "timeline", Filters(since="2025-10-15"))
        if row["when_start"] == row["when_end"]
    )


def test_search_takes_any_words(held: Project) -> None:
    assert search(held, "guarantees")
    for hostile in ['"', "guarantees AND (", "NEAR(", "*", "''--", ""]:
        assert isinstance(search(held, hostile), list)


def test_every_column_is_explained() -> None:
    for table in metadata.tables.values():
        for column in table.columns:
            assert column.comment, f"{table.name}.{column.name}"


def test_other_files_are_refused_unharmed(tmp_path: Path) -> None:
    text = tmp_path / "notes.db"
    text.write_text(
        "these are notes, not a database, and they are long enough to be read as a page " * 20,
        encoding="utf-8",
    )
    before = text.read_bytes()
    with pytest.raises(ProjectError, match="not a database"):
        Project(text)
    assert text.read_bytes() == before
    foreign = tmp_path / "foreign.db"
    with sqlite3.connect(foreign) as connection:
        connection.execute("CREATE TABLE mine (x)")
    with pytest.raises(ProjectError, match="not a jirga project"):
        Project(foreign)
    with pytest.raises(ProjectError, match="no such"):
        Project(tmp_path / "missing.db")
    with pytest.raises(ProjectError, match="folder"):
        Project(tmp_path)


def test_a_newer_version_is_told(held: Project) -> None:
    with sqlite3.connect(held.path) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(ProjectError, match="newer"):
        Project(held.path)


def test_a_lock_is_told(
    held: Project, reader: DefaultReader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("jirga.record.project.database.PATIENCE", 0.2)
    other = sqlite3.connect(held.path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    (tmp_path / "b.txt").write_text("The army refused the demand.\n", encoding="utf-8")
    with Project(held.path) as again, pytest.raises(ProjectError, match="another process"):
        again.add([tmp_path / "b.txt"], reader.read)
    other.close()


def test_runs_killed_at_random_points_lose_nothing() -> None:
    """Sixteen kills; the whole loop of two hundred is ``python -m benchmarks.kill_loop``."""
    few = ["--kills", "8", "--growing", "8", "--real", "0", "--reports", "8", "--seed", "7"]
    command = [sys.executable, "-m", "benchmarks.kill_loop", *few]
    done = subprocess.run(command, capture_output=True, text=True, timeout=240, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr[-2000:]
    assert "16 kills, seed 7: no damage, nothing lost" in done.stdout
