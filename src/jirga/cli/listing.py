"""Rows as a table for people, as JSON, or as CSV."""

from __future__ import annotations

import json
import re
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from jirga.cli.console import err, out

if TYPE_CHECKING:
    from jirga.record.project import Entry, Project

__all__ = ["File", "Form", "Shape", "print_rows", "tell_orphans"]

File = Annotated[
    str,
    typer.Option("-p", "--project", help="The project: a file, or a PostgreSQL address.", show_default=False),
]
HASH = re.compile(r"[0-9a-f]{16,32}")
NARROW = 10  # a column that is no wider is not broken
READABLE = 22  # signs that a column of whole sentences keeps even in a small window
TEXTS = {"quote", "demand", "words", "title", "meaning", "change"}
BEGIN = 8  # signs of an id that are shown to people; any command takes them
HIDDEN = {"about", "statements", "begin", "end"}


class Form(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


Shape = Annotated[Form, typer.Option("--format", help="A table, JSON, or CSV.")]


def print_rows(rows: Sequence[dict[str, Any]], form: Form) -> None:
    """Print rows that all have the same keys."""
    if form is Form.JSON:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return
    columns = list(rows[0]) if rows else []
    if form is Form.CSV:
        from jirga.record.export import write_rows

        sys.stdout.write(write_rows(rows, columns))
        return
    if not rows:
        err.print("Nothing found.")
        return
    out.print(_table([_compact(row) for row in rows]))


def _compact(row: dict[str, Any]) -> dict[str, str]:
    """Return a row as people read it: what belongs together in one cell, ids shortened."""
    cells = {name: _cell(value) for name, value in row.items() if name not in HIDDEN}
    shown: dict[str, str] = {}
    for name, told in cells.items():
        if name == "when_start":
            end = cells.get("when_end", "")
            shown["when"] = told if told == end else f"{told} – {end}".strip(" –")
        elif name == "type" and "mode" in cells:
            shown["type"] = "/".join(filter(None, (told, cells["mode"])))
        elif name == "added":
            shown["added"] = told[:16].replace("T", " ")
        elif name not in {"when_end", "mode"} or (name == "mode" and "type" not in cells):
            shown[name.removesuffix("_name").replace("_", " ")] = told
    return shown


def _table(rows: list[dict[str, str]]) -> Table:
    """Return a table without empty columns; short columns are never broken, so that long ones share the rest."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    names = [name for name in rows[0] if any(row[name] for row in rows)]
    for name in names:
        widest = max(len(row[name]) for row in rows)
        least = min(widest, READABLE if name in TEXTS else NARROW if name == "when" else 1)
        table.add_column(name, overflow="fold", no_wrap=widest <= NARROW, min_width=least)
    for row in rows:
        table.add_row(*(Text(row[name]) for name in names))
    return table


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    told = "" if value is None else str(value)
    return told[:BEGIN] if HASH.fullmatch(told) else told


def tell_orphans(held: Project) -> None:
    """Tell loudly which of people's work no longer finds the words that it was made on."""
    for entry in held.work():
        if entry.live and entry.lost and entry.kind != "undo":
            err.print(Text(orphan(entry), style="yellow"))


def orphan(entry: Entry) -> str:
    """Return the message for an entry that has lost its words."""
    words = f" (“{entry.words}”)" if entry.words else ""
    many = f" and {len(entry.lost) - 1} more" if len(entry.lost) > 1 else ""
    return (
        f"Orphan: entry {entry.id}, {entry.kind} of {entry.target_kind} {entry.target[:BEGIN]} by {entry.who}{words} "
        f"no longer finds “{entry.lost[0]}”{many}. Look at the new version, enter it again, and undo {entry.id}."
    )
