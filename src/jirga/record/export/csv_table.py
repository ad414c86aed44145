"""CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence

from jirga.record.export.common import View
from jirga.record.export.rows import COLUMNS, statement_rows

__all__ = ["guard", "to_csv", "unguard", "write_rows"]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a cell that begins so can be run


def guard(text: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet could run as a formula; `unguard` takes it away."""
    return f"'{text}" if text.lstrip("' ").startswith(FORMULA) else text


def unguard(cell: str) -> str:
    """Return the text behind a guarded cell."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip("' ").startswith(FORMULA) else cell


def write_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Return rows as guarded CSV (RFC 4180, but lines end in a line feed); lists are joined by commas."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns)
    writer.writerows([guard(_cell(row[name])) for name in columns] for row in rows)
    return text.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def to_csv(view: View) -> bytes:
    """Return one row per statement."""
    return write_rows(statement_rows(view), list(COLUMNS)).encode()
