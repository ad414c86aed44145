"""What tests of a project share, wherever it is kept: a file or a database on a server."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.record.project.stub import FIRST, SECOND, read

from jirga.record.project import KINDS, Filters, Project, rows_of

__all__ = ["OnFile", "OnServer", "Store", "named", "told"]


def told(project: Project) -> dict[str, list[dict[str, Any]]]:
    """Return every list without what tells a time."""
    lists = {kind: rows_of(project, kind, Filters()) for kind in KINDS}
    return {
        kind: [{k: v for k, v in row.items() if k != "added"} for row in rows] for kind, rows in lists.items()
    }


def named(project: Project, label: str) -> str:
    return next(e.id for e in project.record().events if label in e.label)


class Store:
    """A project of two reports, open; a subclass gives ``place``."""

    @pytest.fixture
    def folder(self, tmp_path: Path) -> Path:
        made = tmp_path / "in"
        made.mkdir()
        (made / "a.txt").write_text(FIRST + "\n", encoding="utf-8")
        (made / "b.txt").write_text(SECOND + "\n", encoding="utf-8")
        return made

    @pytest.fixture
    def held(self, place: str, folder: Path) -> Iterator[Project]:
        with Project(place, create=True) as project:
            project.add([folder], read)
            yield project


class OnFile:
    """The project is a file."""

    @pytest.fixture
    def place(self, tmp_path: Path) -> str:
        return str(tmp_path / "talks #1?.db")


class OnServer:
    """The project is a database on a server."""

    @pytest.fixture
    def place(self, address: str) -> str:
        return address
