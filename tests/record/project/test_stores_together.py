"""Several work on one project at the same time: nothing is lost."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from benchmarks.kill_loop import read_cheaply, write_report, write_reports
from sqlalchemy import select
from tests.record.project.derived import differences, rows
from tests.record.project.stores import OnFile, OnServer, Store, told
from tests.record.project.stub import read

from jirga.errors import ProjectError
from jirga.reading.types import Reading
from jirga.record.project import Filters, Project, enter, reread, rows_of, schema, statements_behind
from jirga.reports.types import Report

DECISIONS = ("reject", "merge", "split", "edit", "own")


def decided(project: Project, kind: str) -> int:
    """Enter a decision on what is there now; return how many entries that made."""
    with project.editing() as connection:
        link, r = schema.event_statement.c, schema.report.c
        events = connection.execute(select(link.event_id).distinct().order_by(link.event_id)).scalars().all()
        target, statements = ("event", events[0]), None
        if kind in {"merge", "split"}:
            told = [statements_behind(connection, "event", event) for event in events]
            some = told[:2] if kind == "merge" else [max(told, key=len)]
            statements = [several[0] for several in some]
        elif kind == "edit":
            target = ("statement", statements_behind(connection, *target)[0])
        elif kind == "own":
            current = select(r.id).where(r.replaced_by.is_(None)).order_by(r.id)
            target = ("report", connection.execute(current).scalars().first() or "")
        fields = {"polarity": "negative"} if kind == "edit" else None
        enter(connection, kind, target, who="ann", statements=statements, fields=fields)
    return 1


def up_to_date(project: Project) -> None:
    """Check that all is linked, and that linking it anew gives the same."""
    assert not project.relink()
    grown = rows(project)
    assert len(grown["linked_report"]) == len(grown["origin"])
    assert project.relink(force=True)
    assert differences(grown, rows(project)) == {}


def _preceded(
    one: Callable[..., Any], waiting: list[str], overtake: Callable[[str], None]
) -> Callable[..., Any]:
    """Let something happen before the first call."""

    def both(*given: Any, **more: Any) -> Any:
        while waiting:
            overtake(waiting.pop())
        return one(*given, **more)

    return both


class Together(Store):
    """What happens when several work on it at once."""

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

    def test_adders_and_decisions_end_as_linking_anew(
        self, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Two bring in single reports, and newer versions of some, while a third decides."""
        monkeypatch.setattr("jirga.record.project.database.PATIENCE", 60.0)  # a machine may be busy
        early, *several = (tmp_path / name for name in ("early", "ann", "bo"))
        for number, made in enumerate((early, *several)):
            write_reports(made, 4, seed=number)
        with Project(place, create=True) as project:
            project.add([early], read_cheaply)
        old = sorted(early.iterdir())[:2]
        for number, path in enumerate(old):
            write_report(path, seed=99 + number)
        begin = threading.Barrier(3)

        def add(folder: Path, newer: Path) -> int:
            with Project(place) as project:
                project.share = 1
                begin.wait(timeout=60)
                return sum(
                    project.add([path], read_cheaply).new for path in (*sorted(folder.iterdir()), newer)
                )

        def decide() -> int:
            with Project(place) as project:
                project.share = 1
                begin.wait(timeout=60)
                return sum(decided(project, kind) for kind in DECISIONS)

        with ThreadPoolExecutor(3) as threads:
            both = [threads.submit(add, folder, newer) for folder, newer in zip(several, old, strict=True)]
            made = threads.submit(decide)
            assert [adding.result() for adding in both] == [5, 5]
        with Project(place) as project:
            assert made.result() == len(project.work()) == len(DECISIONS)
            versions = rows_of(project, "report", Filters())
            assert len(versions) == 4 * 3 + 2
            assert sum(bool(row["replaced_by"]) for row in versions) == 2
            up_to_date(project)

    @pytest.mark.parametrize("force", [False, True], ids=["growing", "anew"])
    def test_one_that_is_overtaken_leaves_what_the_other_did(
        self, place: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, force: bool
    ) -> None:
        """Another one writes after a report has come in, and before it is linked; or while all is linked anew."""
        kinds = ("add", "newer version", "reread", *DECISIONS)
        folder = tmp_path / "many"
        write_reports(folder, 5 + len(kinds), seed=3)
        later, *others = sorted(folder.iterdir())
        early, others = others[:4], others[4:]

        def overtake(kind: str) -> None:
            with Project(place) as project:
                project.share = 1
                if kind == "add":
                    assert project.add([later], read_cheaply).new == 1
                elif kind == "newer version":
                    write_report(early[0], seed=77)
                    assert project.add([early[0]], read_cheaply).replaced == 1
                elif kind == "reread":
                    assert reread(project, read_cheaply).refused == ()
                else:
                    decided(project, kind)

        with Project(place, create=True) as project:
            project.share = 1
            project.add(early, read_cheaply)
            for kind, path in zip(kinds, others, strict=True):
                waiting = [kind]
                if force:
                    monkeypatch.setattr(project, "_grow", _preceded(lambda: False, waiting, overtake))
                else:
                    monkeypatch.setattr(project, "relink", _preceded(project.relink, waiting, overtake))
                project.add([path], read_cheaply)
                monkeypatch.undo()
                assert waiting == []
                up_to_date(project)
            names = {row["name"] for row in rows_of(project, "report", Filters())}
            assert names == {path.name for path in folder.iterdir()}
            assert [entry.kind for entry in project.work()] == list(DECISIONS)

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


class TestFile(OnFile, Together):
    """In a file."""


class TestServer(OnServer, Together):
    """On a server."""
