"""Files that cannot be used: one clear message each, and nothing is damaged."""

from __future__ import annotations

import os
import resource
import sqlite3
import subprocess
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from tests.record.project.stub import FIRST, SECOND, read

from jirga.errors import ProjectError
from jirga.record.project import Filters, Project, rows_of, search

MANY = 60  # reports, more than the small disk below can hold


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "in"
    made.mkdir()
    for number in range(MANY):
        words = f"Number {number}. {FIRST} " + "Snow fell on the hills. " * 2000
        (made / f"{number:02}.txt").write_text(f"{words}\n", encoding="utf-8")
    return made


@pytest.fixture
def small(tmp_path: Path) -> Path:
    made = tmp_path / "small"
    made.mkdir()
    (made / "a.txt").write_text(FIRST + "\n", encoding="utf-8")
    return made


def sound(path: Path) -> None:
    """Check a file with SQLite's own checks."""
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


@contextmanager
def mounted(*words: str) -> Iterator[None]:
    """Mount something for a while, where this may be done."""
    done = subprocess.run(["mount", *words], capture_output=True, check=False)
    if done.returncode:
        pytest.skip("nothing can be mounted here")
    try:
        yield
    finally:
        subprocess.run(["umount", words[-1]], capture_output=True, check=False)


def add_until_full(path: Path, folder: Path, more_room: Callable[[], object]) -> None:
    """Add until there is no room, look at what is left, and add the rest when there is."""
    with Project(path, create=True) as project:
        with pytest.raises(
            ProjectError, match=r"(the disk is full|the disk gave an error).*what was complete is kept"
        ):
            project.add([folder], read)
        assert 0 < len(rows_of(project, "report", Filters())) < MANY
    sound(path)
    more_room()
    with Project(path) as project:
        done = project.add([folder], read)
        assert done.known > 0
        assert done.new + done.known == MANY
        assert len(search(project, "ransom")) > 0
        assert not project.relink()
    sound(path)


def test_a_full_disk(tmp_path: Path, folder: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted("-t", "tmpfs", "-o", "size=2m", "tmpfs", str(disk)):
        room = ["mount", "-o", "remount,size=200m", str(disk)]
        add_until_full(disk / "p.db", folder, lambda: subprocess.run(room, check=True))


def test_a_file_that_may_not_grow(tmp_path: Path, folder: Path) -> None:
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2 * 2**20, hard))
    try:
        add_until_full(
            tmp_path / "p.db", folder, lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))
        )
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def read_only(path: Path) -> Iterator[None]:
    """Keep everybody, root among them, from writing a file."""
    if os.geteuid():
        path.chmod(0o444)
        yield
        path.chmod(0o644)
        return
    with mounted("--bind", str(path), str(path)):
        subprocess.run(["mount", "-o", "remount,ro,bind", str(path)], check=True, capture_output=True)
        yield


def test_a_file_that_is_read_only(tmp_path: Path, small: Path) -> None:
    path = tmp_path / "p.db"
    with Project(path, create=True) as project:
        project.add([small], read)
    (small / "b.txt").write_text(SECOND + "\n", encoding="utf-8")
    before = path.read_bytes()
    with read_only(path), Project(path) as project:
        assert len(rows_of(project, "report", Filters())) == 1
        with pytest.raises(ProjectError, match="cannot be written to"):
            project.add([small], read)
    assert path.read_bytes() == before
    sound(path)


def test_a_folder_that_is_read_only(tmp_path: Path, small: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with mounted("-t", "tmpfs", "-o", "size=4m", "tmpfs", str(disk)):
        with Project(disk / "p.db", create=True) as project:
            project.add([small], read)
        subprocess.run(["mount", "-o", "remount,ro", str(disk)], check=True)
        with Project(disk / "p.db") as project:
            assert len(rows_of(project, "report", Filters())) == 1
        (small / "b.txt").write_text(SECOND + "\n", encoding="utf-8")
        with Project(disk / "p.db") as project, pytest.raises(ProjectError, match="cannot be written to"):
            project.add([small], read)
        with pytest.raises(ProjectError, match=r"cannot be (written|opened)"):
            Project(disk / "new.db", create=True)


def use(path: Path) -> None:
    """Ask for everything that a project can tell."""
    with Project(path) as project:
        for kind in ("report", "events"):
            rows_of(project, kind, Filters())
        project.record()
        search(project, "ransom")
        project.relink(force=True)


@pytest.mark.parametrize("at", [0, 100, 4096, 20_000])
def test_a_damaged_file(tmp_path: Path, small: Path, at: int) -> None:
    path = tmp_path / "p.db"
    with Project(path, create=True) as project:
        project.add([small], read)
    whole = path.read_bytes()
    path.write_bytes(whole[:at] + b"\xff" * 3000 + whole[at + 3000 :])
    damaged = path.read_bytes()
    with pytest.raises(ProjectError, match=r"damaged|not a database|refused"):
        use(path)
    assert path.read_bytes() == damaged


def test_a_file_that_was_cut(tmp_path: Path, small: Path) -> None:
    path = tmp_path / "p.db"
    with Project(path, create=True) as project:
        project.add([small], read)
    path.write_bytes(path.read_bytes()[:30_000])
    with pytest.raises(ProjectError, match=r"damaged|not a database"):
        use(path)


def test_asking_an_empty_file_makes_no_project_of_it(tmp_path: Path) -> None:
    path = tmp_path / "p.db"
    path.touch()
    with pytest.raises(ProjectError, match="empty"):
        Project(path)
    assert not path.stat().st_size


def test_an_empty_file_becomes_a_project(tmp_path: Path, small: Path) -> None:
    """As ``mktemp`` and file dialogs leave them."""
    path = tmp_path / "p.db"
    path.touch()
    with Project(path, create=True) as project:
        assert project.add([small], read).new == 1
