"""Commands of the project file: add, timeline, positions, disputes, events, actors, report, search."""

from __future__ import annotations

import csv
import io
import json
import sys
from collections.abc import Callable
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table
from rich.text import Text

from jirga.cli.console import err, out, tell_refused

__all__ = ["register"]

File = Annotated[Path, typer.Option("-p", "--project", help="The project file.", show_default=False)]
FORMULA = ("=", "+", "-", "@", "\t", "\r")  # a cell that begins so could be run by a spreadsheet
HELP = {
    "timeline": "Print dated events, in the order they happened.",
    "positions": "Print who demands what of whom, and each answer.",
    "disputes": "Print where accounts differ.",
    "events": "Print all events.",
    "actors": "Print the parties and what they are called.",
    "report": "Print the reports.",
}


class Form(StrEnum):
    """How rows are printed."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


Shape = Annotated[Form, typer.Option("--format", help="A table, JSON, or CSV.")]


def register(app: typer.Typer) -> None:
    """Add the commands to the app."""
    app.command()(add)
    for name, told in HELP.items():
        app.command(name, help=told)(_listing(name))
    app.command()(search)


def add(
    paths: Annotated[list[str], typer.Argument(help="Reports, as for brief.", show_default=False)],
    project: File,
    pipeline: Annotated[
        str | None, typer.Option(help="An installed spaCy pipeline.", show_default=False)
    ] = None,
) -> None:
    """Bring reports into a project file; what is there already is passed over."""
    from jirga.reading.reader import DefaultReader
    from jirga.record.project import Project

    reader = DefaultReader(pipeline)
    with Project(project, create=True) as held:
        done = held.add(paths, reader.read)
    tell_refused(done.refused)
    err.print(
        f"{done.new} new ({done.replaced} of them newer versions), {done.known} known, {len(done.refused)} not read; "
        f"{done.statements} new statements.",
        highlight=False,
    )
    out.print(str(project.resolve()), highlight=False, markup=False)
    if done.refused and not done.new and not done.known:
        raise typer.Exit(1)


def search(
    words: Annotated[list[str], typer.Argument(help="Words that a quote must hold.", show_default=False)],
    project: File,
    form: Shape = Form.TABLE,
) -> None:
    """Print statements whose quotes hold all the words."""
    from jirga.record.project import Project
    from jirga.record.project import search as find

    with Project(project) as held:
        _print(find(held, " ".join(words)), form)


def _listing(kind: str) -> Callable[..., None]:
    def listing(
        project: File,
        form: Shape = Form.TABLE,
        since: Annotated[
            str | None, typer.Option(help="First day, such as 2025-10-01.", show_default=False)
        ] = None,
        until: Annotated[str | None, typer.Option(help="Last day.", show_default=False)] = None,
        actor: Annotated[
            str | None, typer.Option(help="An actor's id or a part of its name.", show_default=False)
        ] = None,
        event_type: Annotated[
            str | None, typer.Option("--type", help="A PLOVER event type.", show_default=False)
        ] = None,
    ) -> None:
        from jirga.record.project import Filters, Project, rows_of

        with Project(project) as held:
            _print(rows_of(held, kind, Filters(since, until, actor, event_type)), form)

    return listing


def _print(rows: list[dict[str, Any]], form: Form) -> None:
    if form is Form.JSON:
        sys.stdout.write(json.dumps(rows, ensure_ascii=False, indent=1) + "\n")
        return
    columns = list(rows[0]) if rows else []
    if form is Form.CSV:
        text = io.StringIO()
        writer = csv.writer(text, lineterminator="\n")
        writer.writerow(columns)
        writer.writerows([_safe(row[name]) for name in columns] for row in rows)
        sys.stdout.write(text.getvalue())
        return
    if not rows:
        err.print("Nothing found.")
        return
    shown = [name for name in columns if name not in {"id", "about", "statements", "begin", "end"}]
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in shown:
        table.add_column(name.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*(Text(_cell(row[name])) for name in shown))
    out.print(table)


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def _safe(value: object) -> str:
    """Keep a spreadsheet from running a cell as a formula."""
    text = _cell(value)
    return f"'{text}" if text.startswith(FORMULA) else text
