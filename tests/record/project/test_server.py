"""What holds for a server alone: addresses, passwords, and a server that goes away."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.record.project.stores import OnServer, Store, told
from tests.record.project.stub import read

from jirga.cli import main
from jirga.errors import OptionalPartMissing, ProjectError
from jirga.reading.types import Reading
from jirga.record.project import KINDS, Filters, Project, rows_of
from jirga.record.to_json import record_to_json
from jirga.reports.types import Report


def command(*words: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["jirga", *words])
        with pytest.raises(SystemExit) as ended:
            main()
    assert not ended.value.code


class TestServer(OnServer, Store):
    """A project on a server."""

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
