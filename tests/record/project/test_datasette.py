"""``datasette talks.db`` shows every table and view, follows keys, and searches quotes."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from tests.record.project.browsing import ask

from jirga.reading.reader import DefaultReader
from jirga.record.project import Project, codebook, codebook_for_datasette, enter, find
from jirga.record.project.schema import VIEWS, metadata

ROOT = Path(__file__).resolve().parents[3]
EXAMPLE = ROOT / "examples" / "istanbul-2025" / "reports"


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a project of the example."""
    path = tmp_path_factory.mktemp("shown") / "talks.db"
    with Project(path, create=True) as project:
        project.add([EXAMPLE], DefaultReader().read)
        with project.editing() as connection:
            enter(
                connection,
                "note",
                find(connection, project.record().events[0].id),
                who="ann",
                words="<b>ask</b>",
            )
    return path


def test_every_table_and_view_is_shown(file: Path) -> None:
    names = [*metadata.tables, *VIEWS]
    pages = ask(
        file,
        "/talks",
        *(f"/talks/{name}" for name in names),
        *(f"/talks/{name}.json?_shape=array" for name in names),
    )
    for address, (status, page) in pages.items():
        assert status == 200, (address, page[:500])
    with sqlite3.connect(file) as connection:
        for name in names:
            (rows,) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            assert len(json.loads(pages[f"/talks/{name}.json?_shape=array"][1])) == min(rows, 100), name
    assert "<b>ask</b>" not in pages["/talks/edit"][1]


def test_quotes_are_searched_and_keys_are_followed(file: Path) -> None:
    search = "/talks/statement.json?_shape=array&_search=guarantees"
    pages = ask(file, search, "/talks/statement?_search=guarantees", "/talks/event_statement")
    found = json.loads(pages[search][1])
    assert found
    assert all("guarantees" in row["quote"].lower() for row in found)
    assert 'name="_search"' in pages["/talks/statement?_search=guarantees"][1]
    assert '<a href="/talks/event/' in pages["/talks/event_statement"][1]
    assert '<a href="/talks/statement/' in pages["/talks/event_statement"][1]


def test_columns_are_explained(file: Path) -> None:
    (status, page), (_, demands) = ask(
        file, "/talks/event", "/talks/demands", described=codebook_for_datasette("talks")
    ).values()
    assert status == 200
    for row in codebook():
        if row["table"] == "event":
            assert row["meaning"] in page
    assert "Party that demands" in demands


def test_the_index_survives_a_vacuum(file: Path, tmp_path: Path) -> None:
    """Tools offer it, and it may number rows anew; the index goes by those numbers."""
    copy = tmp_path / "copy.db"
    with sqlite3.connect(file) as source, sqlite3.connect(copy) as target:
        source.backup(target)
    query = "SELECT s.id FROM statement_text t JOIN statement s ON s.rowid = t.rowid WHERE statement_text MATCH ? ORDER BY 1"
    with Project(copy) as project:
        reports = [r.id for r in project.record().reports]
        with project.editing() as connection:
            enter(connection, "reject", find(connection, reports[0]), who="ann")
    with sqlite3.connect(copy, isolation_level=None) as connection:
        before = connection.execute(query, ("guarantees",)).fetchall()
        connection.execute(
            "DELETE FROM statement_actor WHERE statement_id IN (SELECT id FROM statement WHERE report_id = ?)",
            reports[:1],
        )
        connection.execute("DELETE FROM event_statement")
        connection.execute("DELETE FROM statement WHERE report_id = ?", reports[:1])
        kept = connection.execute(query, ("guarantees",)).fetchall()
        connection.execute("VACUUM")
        assert connection.execute(query, ("guarantees",)).fetchall() == kept
        connection.execute("INSERT INTO statement_text(statement_text) VALUES ('integrity-check')")
    assert set(kept) <= set(before)
