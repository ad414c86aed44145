"""Linking all reports of a project, few of them at a time, gives the record that `build_record` makes in one go."""

from __future__ import annotations

import random
from collections.abc import Callable, Collection
from pathlib import Path
from typing import Any

import pytest
from benchmarks.linking import ADDED, readings
from sqlalchemy import Connection, insert, select
from tests.record.crowd import crowd
from tests.record.project.stub import read
from tests.record.project.test_grow import bring, decide, invented, small_reach, told_again

from jirga.reading.types import Reading
from jirga.record.features import UNDATED
from jirga.record.project import Project, all_origins, all_shelves, enter, link_all, schema, spill
from jirga.record.project.derived import party_row, put_disputes, put_events, put_positions
from jirga.record.project.evidence import put
from jirga.record.types import Record

ROUNDS = 3


def derived(connection: Connection) -> dict[str, list[tuple[str, ...]]]:
    """Return all that people see of what is derived."""
    found = {
        table.name: sorted(tuple(map(str, row)) for row in connection.execute(select(table)))
        for table in schema.DERIVED
    }
    r, s = schema.report.c, schema.statement.c
    current = select(r.id, r.origin).where(r.replaced_by.is_(None))
    found["origin"] = sorted(map(tuple, connection.execute(current)))
    found["statement"] = sorted(map(tuple, connection.execute(select(s.id).where(s.derived))))
    return found


def written(connection: Connection, record: Record) -> dict[str, list[tuple[str, ...]]]:
    """Return the same of a record that was made in one go."""
    for table in schema.DERIVED:
        connection.execute(table.delete())
    if record.parties:
        connection.execute(insert(schema.party), [party_row(p) for p in record.parties])
    orders = {
        s.id: (_day(reading), reading.report.name, reading.report.id, place)
        for reading in record.readings
        for place, s in enumerate(reading.statements)
    }
    put_events(connection, record.events, orders)
    put_positions(connection, record.positions, orders)
    put_disputes(connection, record.disputes)
    found = derived(connection)
    known = set(
        connection.execute(select(schema.statement.c.id).where(~schema.statement.c.derived)).scalars()
    )
    found["origin"] = sorted((i, origin) for origin, ids in record.origins.items() for i in ids)
    found["statement"] = sorted((ident,) for ident in record.statements.keys() - known)
    return found


def _day(reading: Reading) -> str:
    published = reading.report.published
    return published.start.isoformat() if published and published.start else UNDATED


def held_against_one_go(project: Project) -> dict[str, Any]:
    """Return what differs from the record that is made in one go; nothing is written."""
    record = project.record()
    with project.database.reading() as connection:
        found = derived(connection)
        whole = written(connection, record)
        connection.rollback()
    return {name: (found[name], whole[name]) for name in whole if found[name] != whole[name]}


@pytest.fixture
def few(monkeypatch: pytest.MonkeyPatch) -> None:
    """Hold as little as can be, so that every step takes many parts and goes to disk."""
    for module, name, value in (
        (link_all, "PART", 3), (link_all, "GROUP", 5), (link_all, "HELD", 8), (all_origins, "PART", 2),
        (all_origins, "TOGETHER", 2), (all_shelves, "TOGETHER", 4), (all_shelves, "HELD", 10), (all_shelves, "STEP", 7),
        (spill, "HELD", 16),
    ):  # fmt: skip
        monkeypatch.setattr(module, name, value)


def crowded(seed: int) -> list[Reading]:
    return crowd(seed, 30)


@pytest.mark.parametrize("reach", [2, None])
@pytest.mark.parametrize("made", [invented, crowded, told_again])
def test_what_people_decide_and_newer_versions(
    made: Callable[[int], list[Reading]],
    reach: int | None,
    tmp_path: Path,
    few: None,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if reach is not None:
        small_reach(monkeypatch, reach)
    r = random.Random(7)
    several = made(21)
    size = -(-len(several) // ROUNDS)
    numbers: list[int] = []
    with Project(tmp_path / "talks.db", create=True) as project:
        for begin in range(0, len(several), size):
            here = _current(project)
            bring(project, several[begin : begin + size], r.choice(here) if here else None)
            project.relink(force=True)
            assert held_against_one_go(project) == {}
            decide(project, r, numbers)
            project.relink(force=True)
            assert held_against_one_go(project) == {}
    assert numbers


def _current(project: Project) -> list[str]:
    r = schema.report.c
    with project.database.reading() as connection:
        return sorted(connection.execute(select(r.id).where(r.replaced_by.is_(None))).scalars())


def test_copies_and_reports_that_copy_nobody(tmp_path: Path, few: None) -> None:
    copy = "The Northern Army shelled the village of Dorn and the Hill Council demanded a ransom for its people. "
    folder = tmp_path / "in"
    folder.mkdir()
    for number in range(9):
        text = copy * (number % 3) + f"The Mayor number {number} met the Guild in the hall of town {number}. "
        (folder / f"{number}.txt").write_text(text, encoding="utf-8")
    with Project(tmp_path / "talks.db", create=True) as project:
        project.add([folder], read)
        assert held_against_one_go(project) == {}
        assert len({origin for _, origin in _origins(project)}) < 9
        first = _current(project)[0]
        with project.editing() as connection:
            enter(connection, "own", ("report", first), who="ann")
        assert held_against_one_go(project) == {}


def _origins(project: Project) -> list[tuple[str, ...]]:
    with project.database.reading() as connection:
        return derived(connection)["origin"]


def test_a_project_without_reports_or_statements(tmp_path: Path, few: None) -> None:
    with Project(tmp_path / "talks.db", create=True) as project:
        assert project.relink(force=True)
        assert held_against_one_go(project) == {}


def test_statements_held_at_once_stay_few(tmp_path: Path, few: None, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is looked up is let go: the most that is held does not grow with the record."""
    most: list[int] = []
    seen = link_all.Seen

    class Watched(seen):  # type: ignore[misc, valid-type]
        def load(self, numbers: Collection[int]) -> Any:
            found = super().load(numbers)
            most[-1] = max(most[-1], len(self.known))
            return found

    monkeypatch.setattr(link_all, "Seen", Watched)
    for count in (30, 60):
        most.append(0)
        with Project(tmp_path / f"{count}.db", create=True) as project:
            with project.database.writing() as connection:
                for reading in readings(count):
                    put(connection, reading, ADDED)
            project.relink(force=True)
    assert most[1] < 1.5 * most[0]
    assert most[1] < 60 * 8 / 2
