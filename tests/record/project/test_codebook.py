"""The codebook names every table, view and column, and the page in the documents is the one it prints."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from jirga.record.project import Project, codebook, codebook_markdown
from jirga.record.project.codebook import TABLES
from jirga.record.project.schema import metadata

PAGE = Path(__file__).resolve().parents[3] / "docs" / "columns.md"


def test_the_codebook_is_complete(tmp_path: Path) -> None:
    with Project(tmp_path / "p.db", create=True):
        pass
    with sqlite3.connect(tmp_path / "p.db") as connection:
        query = "SELECT name FROM sqlite_master WHERE type IN ('table', 'view')"
        names = {name for (name,) in connection.execute(query)}
        names = {n for n in names if not n.startswith(("statement_text", "sqlite_", "alembic_"))}
        there = {
            (n, row[1]) for n in names for row in connection.execute(f'PRAGMA table_info("{n}")').fetchall()
        }
    assert {
        (row["table"], row["column"]) for row in codebook() if not row["table"].startswith("jirga ")
    } == there
    assert all(row["meaning"] for row in codebook())
    assert set(TABLES) == set(metadata.tables)


def test_the_page_is_what_is_printed() -> None:
    assert PAGE.read_text(encoding="utf-8") == codebook_markdown(), (
        "jirga codebook --format markdown > docs/columns.md"
    )
