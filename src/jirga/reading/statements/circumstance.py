"""When, where and how many: asked of the modules for these, for one clause."""

from __future__ import annotations

from collections.abc import Sequence

from jirga.reading.actors import Mentions
from jirga.reading.passages import Passage
from jirga.reading.statements.tree import Tree
from jirga.reading.types import Mention, Place, Quantity
from jirga.reading.where import where_for
from jirga.reports.types import Report, TimeSpan

__all__ = ["Circumstances"]


class Circumstances:
    """Asks when, where and how many for the clauses of one report.

    Parameters
    ----------
    report : Report
    passages : sequence of Passage
    mentions : sequence of Mention
    """

    def __init__(self, report: Report, passages: Sequence[Passage], mentions: Sequence[Mention]) -> None:
        self.report = report
        self.index = Mentions(passages, mentions)

    def of(
        self, tree: Tree, start: int, end: int
    ) -> tuple[TimeSpan | None, Place | None, tuple[Quantity, ...]]:
        """Return when, where and the counts of a clause, tokens ``start`` to ``end``."""
        tokens = tree.passage.doc[start:end]
        return None, where_for(tree.passage, list(tokens), self.index), ()
