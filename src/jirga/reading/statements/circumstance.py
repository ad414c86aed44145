"""When, where and how many: asked of the actors package for one clause."""

from __future__ import annotations

from jirga.reading.statements.find import Told
from jirga.reading.statements.tree import Tree
from jirga.reading.types import Place, Quantity
from jirga.reports.types import Report, TimeSpan

__all__ = ["circumstance"]


def circumstance(report: Report, tree: Tree, told: Told, start: int, end: int) -> tuple[TimeSpan | None, Place | None, tuple[Quantity, ...]]:
    """Return when, where and the counts of a clause, tokens ``start`` to ``end``."""
    return None, None, ()
