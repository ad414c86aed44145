"""What every column of a project file means, from the comments that stand in its schema."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column

from jirga._data import load_yaml
from jirga.record.export.rows import COLUMNS
from jirga.record.project.schema import VIEWS, metadata
from jirga.record.project.working import WORKING

__all__ = ["codebook", "codebook_for_datasette", "codebook_markdown"]

TABLES = {
    "report": "A report and where it came from",
    "statement": "One thing that a report tells, with its exact quote",
    "statement_actor": "Who acts in a statement and who is acted on",
    "state": "What the derived tables were made from",
    "refusal": "An input that could not be read",
    "edit": "What a person decided or noted; entries are only added",
    "party": "An actor of the record (derived)",
    "event": "What several statements tell (derived)",
    "event_statement": "Which statements tell an event (derived)",
    "position": "A demand (derived)",
    "answer": "An answer to a demand (derived)",
    "dispute": "An aspect on which accounts differ (derived)",
    "account": "One account in a dispute (derived)",
    "linked_report": "What a report adds to the counts of actors (working table)",
    "tally": "Counts of names, parts and opponents (working table)",
    "actor": "Which party an actor belongs to (working table)",
    "report_actor": "Which reports name an actor (working table)",
    "wording": "The words of a report as numbers (working table)",
    "mark": "Runs of words by which copies are found (working table)",
    "copied": "Reports that copy one another as a whole (working table)",
    "printing": "Passages that several reports print (working table)",
    "sight": "A statement as linking sees it (working table)",
    "shelf": "What statements have in common (working table)",
    "likeness": "Statements that are alike (working table)",
    "thread": "Which demand a statement makes or answers (working table)",
}
VIEW_COLUMNS = {
    "timeline": (
        "event.when_start", "event.when_end", "event.type", "event.mode", "event.where_name", "event.standing",
        "event.origins", "statement.quote", "report.outlet", "report=report.name",
    ),
    "demands": (
        "demander=party.name", "addressee=party.name", "position.demand", "position.state", "position.origins",
        "answer=answer.kind", "answered_by=party.name",
    ),
    "work": (
        "edit.id", "edit.added", "edit.who", "edit.kind", "edit.target_kind", "edit.target", "edit.words", "undone_by=edit.id",
    ),
}  # fmt: skip
"""Columns of the views and the columns they show."""

VIEW_MEANINGS = {
    "timeline.report": "Name of its report",
    "demands.demander": "Party that demands",
    "demands.addressee": "Party that is asked, if told",
    "demands.answered_by": "Party that answers, if told",
    "work.undone_by": "Entry that undoes this one",
}
"""What columns of the views mean where the column behind them says too little."""

LABELS = {
    "report": "name", "statement": "quote", "party": "name", "event": "label", "position": "demand", "dispute": "subject",
}  # fmt: skip
"""What a row is called where another one points at it."""


def codebook() -> list[dict[str, str]]:
    """Return one row per column: ``table``, ``column``, ``type``, ``refers_to``, ``meaning``.

    First of every table and view, then of every list that a command prints (“jirga timeline”).
    """
    return [*_kept(), *_printed()]


def _kept() -> list[dict[str, str]]:
    """Return the columns of tables and views."""
    rows = [
        _row(name, column.name, column) for name, table in metadata.tables.items() for column in table.columns
    ]
    for view in VIEWS:
        for told in VIEW_COLUMNS[view]:
            shown, _, source = told.rpartition("=")
            table, _, column_name = source.partition(".")
            row = _row(view, shown or column_name, metadata.tables[table].c[column_name])
            meaning = VIEW_MEANINGS.get(f"{view}.{row['column']}", row["meaning"])
            rows.append(row | {"meaning": meaning})
    return rows


def _printed() -> list[dict[str, str]]:
    """Return the columns of the lists that commands print."""
    told = load_yaml("jirga.record", "lists.yaml")
    meanings = [
        (name, column, told["own"].get(f"{name}.{column}") or told["columns"][column])
        for name, columns in told["lists"].items()
        for column in columns.split()
    ]
    meanings += [("export --as csv", column, meaning) for column, meaning in COLUMNS.items()]
    return [
        {"table": f"jirga {name}", "column": column, "type": "", "refers_to": "", "meaning": meaning}
        for name, column, meaning in meanings
    ]


def _row(table: str, name: str, column: Column[object]) -> dict[str, str]:
    refers = ", ".join(sorted(key.target_fullname for key in column.foreign_keys))
    return {
        "table": table, "column": name, "type": str(column.type).lower(), "refers_to": refers,
        "meaning": column.comment or "",
    }  # fmt: skip


def codebook_markdown() -> str:
    """Return the codebook as a page."""
    lines = ["# Columns of the project file", "", "Made by `jirga codebook --format markdown`."]
    last = ""
    for row in codebook():
        if row["table"] != last:
            last = row["table"]
            lines += [
                "",
                f"## {last}",
                "",
                f"{_described(last)}.",
                "",
                "| column | type | meaning |",
                "|---|---|---|",
            ]
        refers = f" (→ `{row['refers_to']}`)" if row["refers_to"] else ""
        lines.append(f"| `{row['column']}` | {row['type']} | {row['meaning']}{refers} |")
    return "\n".join(lines) + "\n"


def codebook_for_datasette(database: str) -> dict[str, Any]:
    """Return the codebook as the metadata file of Datasette: what tables, views and columns mean, and what rows are called.

    Parameters
    ----------
    database : str
        Name of the project file without its ending.
    """
    tables: dict[str, dict[str, Any]] = {}
    for row in _kept():
        name = row["table"]
        if name not in tables:
            tables[name] = {"description": _described(name), "columns": {}}
            if name in LABELS:
                tables[name]["label_column"] = LABELS[name]
        tables[name]["columns"][row["column"]] = row["meaning"]
    for name in ("event", "position"):
        tables[name]["sort"] = "place"
    for table in WORKING:
        tables[table.name]["hidden"] = True
    tables["alembic_version"] = {"hidden": True}
    return {"databases": {database: {"tables": tables}}}


def _described(name: str) -> str:
    if name.startswith("jirga "):
        return "Columns of the list in JSON and CSV; a table shows those that are not empty"
    return TABLES.get(name) or f"A view for people with an SQL tool, over {', '.join(_sources(name))}"


def _sources(view: str) -> list[str]:
    return sorted({told.rpartition("=")[2].partition(".")[0] for told in VIEW_COLUMNS[view]})
