"""Rows as a table for people, as JSON, or as CSV."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from jirga.cli.console import err, out
from jirga.cli.stacked import stacked
from jirga.cli.table import BEGIN, fitted

if TYPE_CHECKING:
    from jirga.record.project import Entry, Project

__all__ = ["BEGIN", "File", "Form", "Shape", "print_rows", "tell_orphans"]

File = Annotated[
    str,
    typer.Option("-p", "--project", help="The project: a file, or a PostgreSQL address.", show_default=False),
]


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
    table = fitted(rows, out.width)
    if table is not None:
        out.print(table, soft_wrap=False)
        return
    for line in stacked(rows, out.width):
        out.print(line, soft_wrap=True)


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
