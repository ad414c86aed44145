"""What came in since a time, what was withdrawn, what is disputed or answered now."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest

from jirga.reading.reader import DefaultReader
from jirga.record.project import Project, compare, enter, find

MONDAY = (
    "Monday, 5 May 2031\n\n"
    "The Hill Council demanded the release of prisoners. The army killed 12 rebels in Dorn on Sunday.\n"
)
TUESDAY = (
    "Tuesday, 6 May 2031\n\n"
    "The army killed 30 rebels in Dorn on Sunday, a spokesman said. The army refused to release prisoners.\n"
)
EARLY, LATER = "2001-01-01T00:00:00+00:00", "2001-01-02T00:00:00+00:00"


@pytest.fixture(scope="module")
def reader() -> DefaultReader:
    return DefaultReader()


@pytest.fixture
def held(tmp_path: Path, reader: DefaultReader) -> Project:
    (tmp_path / "mon.txt").write_text(MONDAY, encoding="utf-8")
    with Project(tmp_path / "p.db", create=True) as project:
        project.add([tmp_path / "mon.txt"], reader.read)
        with sqlite3.connect(project.path) as connection:
            connection.execute("UPDATE report SET added = ?", (EARLY,))
        yield project


def test_nothing_changed(held: Project) -> None:
    change = compare(held.record(before=LATER), held.record())
    assert not any(
        getattr(change, part) for part in change.__dataclass_fields__ if part not in {"before", "after"}
    )
    assert held.record(before="2000-01-01T00:00:00+00:00").reports == ()


def test_a_second_report(held: Project, reader: DefaultReader, tmp_path: Path) -> None:
    (tmp_path / "tue.txt").write_text(TUESDAY, encoding="utf-8")
    held.add([tmp_path / "tue.txt"], reader.read)
    change = compare(held.record(before=LATER), held.record())
    assert [r.name for r in change.reports] == ["tue.txt"]
    assert {s.report for s in change.statements} == {"tue.txt"}
    assert change.withdrawn == ()
    known = {s for e in change.before.events for s in e.statements}
    assert all(known.isdisjoint(e.statements) for e in change.events)
    for dispute in change.disputes:
        assert any(s in {x.id for x in change.statements} for a in dispute.accounts for s in a.statements)
    back = compare(held.record(), held.record(before=LATER))
    assert back.withdrawn == change.statements
    assert len(back.settled) == len(change.disputes)


def test_a_replaced_report_withdraws_what_it_no_longer_says(
    held: Project, reader: DefaultReader, tmp_path: Path
) -> None:
    (tmp_path / "mon.txt").write_text(MONDAY.replace("12 rebels", "13 rebels"), encoding="utf-8")
    held.add([tmp_path / "mon.txt"], reader.read)
    change = compare(held.record(before=LATER), held.record())
    assert len(change.reports) == len(change.reports_gone) == 1
    assert change.withdrawn
    assert all(change.replaced(s) for s in change.withdrawn)


def test_what_a_newer_version_still_says_is_neither_new_nor_withdrawn(
    held: Project, reader: DefaultReader, tmp_path: Path
) -> None:
    (tmp_path / "mon.txt").write_text(MONDAY.replace("12 rebels", "13 rebels"), encoding="utf-8")
    held.add([tmp_path / "mon.txt"], reader.read)
    change = compare(held.record(before=LATER), held.record())
    assert change.statements
    assert all("rebels" in s.quote for s in (*change.statements, *change.withdrawn))
    assert (change.positions, change.answers, change.states) == ((), (), ())
    assert all("rebels" in e.label for e in (*change.events, *change.events_gone))


def test_a_rejected_statement_is_withdrawn_by_a_person(held: Project) -> None:
    ident = next(iter(held.record().statements))
    with held.editing() as connection:
        enter(connection, "reject", find(connection, ident), who="ann")
    change = compare(held.record(before=LATER), held.record())
    assert [s.id for s in change.withdrawn] == [ident]
    assert not change.replaced(change.withdrawn[0])
