"""What every column of a project file means, from the comments that stand in its schema."""

from __future__ import annotations

from sqlalchemy import Column

from jirga.record.project.schema import VIEWS, metadata

__all__ = ["codebook", "codebook_markdown"]

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
}
VIEW_COLUMNS = {
    "timeline": (
        "event.when_start", "event.when_end", "event.type", "event.mode", "event.where_name", "event.standing",
        "event.origins", "statement.quote", "report.outlet", "report=report.name",
    ),
    "demands": (
        "position.demander", "position.addressee", "position.demand", "position.state", "position.origins",
        "answer=answer.kind", "answered_by=answer.by",
    ),
    "work": (
        "edit.id", "edit.added", "edit.who", "edit.kind", "edit.target_kind", "edit.target", "edit.words", "undone_by=edit.id",
    ),
}  # fmt: skip
"""Columns of the views and the columns they show."""


def codebook() -> list[dict[str, str]]:
    """Return one row per column of every table and view: ``table``, ``column``, ``type``, ``refers_to``, ``meaning``."""
    rows = [
        _row(name, column.name, column) for name, table in metadata.tables.items() for column in table.columns
    ]
    for view in VIEWS:
        for told in VIEW_COLUMNS[view]:
            shown, _, source = told.rpartition("=")
            table, _, column_name = source.partition(".")
            rows.append(_row(view, shown or column_name, metadata.tables[table].c[column_name]))
    return rows


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
            what = TABLES.get(last) or f"A view for people with an SQL tool, over {', '.join(_sources(last))}"
            lines += ["", f"## {last}", "", f"{what}.", "", "| column | type | meaning |", "|---|---|---|"]
        refers = f" (→ `{row['refers_to']}`)" if row["refers_to"] else ""
        lines.append(f"| `{row['column']}` | {row['type']} | {row['meaning']}{refers} |")
    return "\n".join(lines) + "\n"


def _sources(view: str) -> list[str]:
    return sorted({told.rpartition("=")[2].partition(".")[0] for told in VIEW_COLUMNS[view]})
