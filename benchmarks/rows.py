"""One measured figure, and the table they make."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

__all__ = ["Row", "table"]


@dataclass(frozen=True)
class Row:
    """One figure.

    Attributes
    ----------
    what : str
        What was measured, for people.
    value : float
    unit : str
    must, aim : float or None
        Limits; None when there is none.
    more_is_better : bool
    note : str
        What the number means.
    """

    what: str
    value: float
    unit: str
    must: float | None = None
    aim: float | None = None
    more_is_better: bool = False
    note: str = ""

    def reaches(self, limit: float | None) -> bool:
        """Whether the figure keeps a limit."""
        if limit is None:
            return True
        return self.value >= limit if self.more_is_better else self.value <= limit

    @property
    def verdict(self) -> str:
        """One word: ``aim``, ``must``, ``missed``, or nothing when there is no limit."""
        if self.must is None and self.aim is None:
            return ""
        if not self.reaches(self.must):
            return "missed"
        return "aim" if self.reaches(self.aim) else "must"


def figure(value: float | None, unit: str) -> str:
    """Return a figure with its unit, three digits of it."""
    if value is None:
        return ""
    text = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return text + unit if unit == "x" else f"{text} {unit}".strip()


def table(rows: Iterable[Row]) -> str:
    """Return the rows as a Markdown table."""
    lines = ["| what | measured | must | aim | reached | meaning |", "|---|---|---|---|---|---|"]
    for row in rows:
        cells = [row.what, figure(row.value, row.unit), figure(row.must, row.unit), figure(row.aim, row.unit)]
        lines.append("| " + " | ".join([*cells, row.verdict, row.note]) + " |")
    return "\n".join(lines)
