"""CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Mapping, Sequence

from jirga.record.export.common import View
from jirga.record.export.rows import COLUMNS, statement_rows

__all__ = ["guard", "to_csv", "unguard", "write_rows"]

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")  # a cell that begins so can be run
UNSEEN = (
    "' "
    + "".join(map(chr, range(32)))
    + "\x7f\x85\xa0\u1680\u2028\u2029\u202f\u205f\u3000\ufeff\u2060"
    + "".join(map(chr, range(0x2000, 0x2010)))
)
"""What spreadsheets drop from the begin of a cell, or what nobody sees there."""


def guard(text: str) -> str:
    """Put an apostrophe before a cell that a spreadsheet could run as a formula; `unguard` takes it away."""
    return f"'{text}" if _runs(text) else text


def unguard(cell: str) -> str:
    """Return the text behind a guarded cell."""
    return cell[1:] if cell.startswith("'") and _runs(cell[1:]) else cell


def _runs(text: str) -> bool:
    return text.lstrip("' ").startswith(FORMULA) or text.lstrip(UNSEEN).startswith(FORMULA)


def write_rows(rows: Iterable[Mapping[str, object]], columns: Sequence[str]) -> str:
    """Return rows as guarded CSV (RFC 4180, but lines end in a line feed); lists are joined by commas."""
    lines = _Lines()
    writer = csv.writer(
        lines, lineterminator="\r\n"
    )  # else a carriage return in a cell would stand there unquoted
    writer.writerow(columns)
    writer.writerows([guard(_cell(row[name])) for name in columns] for row in rows)
    return "".join(lines.told)


class _Lines:
    """Takes lines of CSV and ends them in a line feed."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def write(self, line: str) -> None:
        self.told.append(line.removesuffix("\r\n") + "\n")


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    return "" if value is None else str(value)


def to_csv(view: View) -> bytes:
    """Return one row per statement."""
    return write_rows(statement_rows(view), list(COLUMNS)).encode()
