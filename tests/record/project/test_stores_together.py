"""Several work on one project at the same time: nothing is lost."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from tests.record.project.stores import OnFile, OnServer, Store, told
from tests.record.project.stub import read

from jirga.errors import ProjectError
from jirga.reading.types import Reading
from jirga.record.project import Filters, Project, rows_of
from jirga.reports.types import Report


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
