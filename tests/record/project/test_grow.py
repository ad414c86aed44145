"""One more report, or one less, gives what linking all anew gives."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from benchmarks.linking import readings
from sqlalchemy import select, update
from tests.record.crowd import crowd
from tests.record.labelled_reports import GROUPS, read_group
from tests.record.project.derived import Rows, differences, rows

from jirga.reading.types import Reading, Statement
from jirga.record import build, relations
from jirga.record.project import Project, schema, shelves, store
from jirga.record.project.edits import enter, find, statements_behind, undo
from jirga.record.project.evidence import put

ADDED = {"added": "2031-01-01T00:00:00+00:00"}


def anew(project: Project, path: Path) -> Rows:
    """Return the same of a copy in which all is linked anew."""
    path.unlink(missing_ok=True)
    with sqlite3.connect(project.path) as source, sqlite3.connect(path) as copy:
        source.backup(copy)
    with Project(path) as other:
        other.relink(force=True)
        return rows(other)


@pytest.fixture
def grown(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Count the times that few reports were linked without the others."""
    count: list[int] = []
    one = store.grow

    def counted(*given: Any) -> None:
        one(*given)
        count.append(1)

    monkeypatch.setattr(store, "grow", counted)
    return count


def small_reach(monkeypatch: pytest.MonkeyPatch, reach: int) -> None:
    """Let statements be compared with few neighbours, so that many pairs come into reach and fall out of it."""
    near = tuple(replace(relation, reach=reach) for relation in relations.RELATIONS)
    for place in (relations, shelves):
        monkeypatch.setattr(place, "RELATIONS", near)
    for name, relation in zip(("EVENT", "DEMAND", "ANSWER"), near, strict=True):
        for place in (relations, build):
            monkeypatch.setattr(place, name, relation)


def bring(project: Project, several: list[Reading], old: str | None = None) -> None:
    """Put readings in, the last of them in the place of an older one, and link them."""
    with project.database.writing() as connection:
        for reading in several:
            put(connection, reading, ADDED)
        if old is not None:
            newer = update(schema.report).where(schema.report.c.id == old)
            connection.execute(newer.values(replaced_by=several[-1].report.id))
    project.relink()


def walk(
    project: Project, made: list[Reading], r: random.Random, copy: Path, *, decisions: bool = False
) -> Iterator[dict[str, Any]]:
    """Bring readings in, a few at a time, some in the place of older ones; yield how it differs from linking anew."""
    made_so_far: list[int] = []
    project.share = 1  # even in a small record, link what is new without the rest
    here: list[str] = []
    while made:
        few = [made.pop() for _ in range(min(len(made), r.choice((1, 1, 2, 3))))]
        old = here.pop(r.randrange(len(here))) if len(here) > 2 and r.random() < 0.4 else None
        here += [reading.report.id for reading in few]
        bring(project, few, old)
        yield differences(rows(project), anew(project, copy))
        if decisions and decide(project, r, made_so_far):
            yield differences(rows(project), anew(project, copy))


def decide(project: Project, r: random.Random, numbers: list[int]) -> bool:
    """Reject, merge, split, code otherwise or undo at random; return whether there was something to decide on."""
    kind = r.choice(
        ("statement", "statement", "event", "position", "dispute", "report", "code", "merge", "split", "undo")
    )
    with project.editing() as connection:

        def some(table: Any, *, least: int = 1) -> list[str]:
            found = sorted(connection.execute(select(table.c.id)).scalars())
            return r.sample(found, least) if len(found) >= least else []

        if kind == "undo":
            if numbers:
                numbers.append(undo(connection, numbers.pop(r.randrange(len(numbers))), who="ann"))
            return bool(numbers)
        table = {"code": schema.statement, "merge": schema.event, "split": schema.event}.get(kind)
        target = some(
            schema.metadata.tables[kind] if table is None else table, least=2 if kind == "merge" else 1
        )
        if not target:
            return False
        statements = [s for each in target for s in statements_behind(connection, "event", each)[:1]]
        act = kind if kind in ("merge", "split") else "edit" if kind == "code" else "reject"
        more: dict[str, Any] = {"statements": statements} if kind in ("merge", "split") else {}
        if kind == "code":
            more = {"fields": {"type": r.choice(("request", "reject", "assault")), "polarity": "positive"}}
        numbers.append(enter(connection, act, find(connection, target[0]), who="ann", **more))
    return True


def invented(seed: int) -> list[Reading]:
    """Many incidents told several times, with demands and answers."""
    return readings(16, seed=seed)


def crowded(seed: int) -> list[Reading]:
    """Actors that belong to one another in every way."""
    return crowd(seed, 20)


def told_again(seed: int) -> list[Reading]:
    """Sentences that were read by the real reader, in several reports of other days."""
    r = random.Random(seed)
    found = [reading for name in GROUPS for reading in read_group(name)[0]]
    again = [_later(reading, number, r) for number, reading in enumerate(found)]
    several = [*found, *again]
    r.shuffle(several)
    return several


def _later(reading: Reading, number: int, r: random.Random) -> Reading:
    """Return a copy of a reading that came out some days later, without some of its statements."""
    report = reading.report
    assert report.published is not None
    assert report.published.start is not None
    later = report.published.start + timedelta(days=r.choice((0, 1, 3)))
    name = f"{report.name}-again-{number}"
    copy = replace(
        report, id=f"{number:016x}", name=name, path=name, origin=f"{number:016x}",
        published=replace(report.published, start=later, end=later),
    )  # fmt: skip
    kept = tuple(_renamed(s, name, number) for s in reading.statements if r.random() < 0.7)
    return replace(reading, report=copy, statements=kept)


def _renamed(s: Statement, report: str, number: int) -> Statement:
    return replace(s, id=f"{number:04x}{s.id[4:]}", report=report)


@pytest.mark.parametrize("reach", [1, 3, None])
@pytest.mark.parametrize(
    ("made", "seed"),
    [(invented, 1), (invented, 2), (crowded, 3), (crowded, 4), (told_again, 5), (told_again, 6)],
    ids=lambda value: getattr(value, "__name__", value),
)
def test_reports_that_come_and_go(
    made: Callable[[int], list[Reading]],
    seed: int,
    reach: int | None,
    tmp_path: Path,
    grown: list[int],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    if reach is not None:
        small_reach(monkeypatch, reach)
    several = made(seed)
    with Project(tmp_path / "grown.db", create=True) as project:
        steps = list(walk(project, several, random.Random(seed), tmp_path / "whole.db"))
    assert [step for step in steps if step] == []
    assert len(grown) >= len(steps) // 3


@pytest.mark.parametrize(
    ("made", "seed"), [(invented, 11), (crowded, 12), (told_again, 13), (told_again, 14)]
)
def test_what_people_decide(
    made: Callable[[int], list[Reading]], seed: int, tmp_path: Path, grown: list[int]
) -> None:
    with Project(tmp_path / "grown.db", create=True) as project:
        steps = list(walk(project, made(seed), random.Random(seed), tmp_path / "whole.db", decisions=True))
    assert [step for step in steps if step] == []
    assert len(grown) >= len(steps) // 3


def test_what_is_left_when_a_part_of_a_merged_event_is_rejected(tmp_path: Path, grown: list[int]) -> None:
    """Only people's decision held the two together: no pair leads from what is rejected to what is left."""
    with Project(tmp_path / "grown.db", create=True) as project:
        project.share = 1
        bring(project, readings(6, seed=3))
        with project.editing() as connection:
            events = sorted(connection.execute(select(schema.event.c.id)).scalars())
            told = {event: statements_behind(connection, "event", event) for event in events}
            reports = {
                event: {s[:10] for s in several} for event, several in told.items()
            }  # as `readings` names them
            one, other = next((a, b) for a in events for b in events if told[b][0][:10] not in reports[a])
            ends = [told[one][0], told[other][0]]
            enter(connection, "merge", find(connection, one), who="ann", statements=ends)
        with project.editing() as connection:
            enter(connection, "reject", find(connection, ends[1]), who="ann")
        assert differences(rows(project), anew(project, tmp_path / "whole.db")) == {}
    assert len(grown) >= 2
