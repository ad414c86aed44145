"""A report's text with its quotes marked, for the end of the brief."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from markupsafe import Markup, escape

from jirga.reading.types import Statement
from jirga.reports.types import BlockKind, Report

__all__ = ["MarkedBlock", "marked_blocks"]


@dataclass(frozen=True, slots=True)
class MarkedBlock:
    """One block of a report as safe HTML, with its kind and language."""

    html: Markup
    kind: str
    language: str
    note: str


def marked_blocks(report: Report, statements: list[Statement], numbers: dict[str, int]) -> list[MarkedBlock]:
    """Mark the quotes in a report's text.

    Parameters
    ----------
    report : Report
    statements : list of Statement
        Those of this report; they may overlap.
    numbers : dict of str to int
        Numbers of the cited ones; the others are marked without a number.

    Returns
    -------
    list of MarkedBlock
        Text is escaped; each cited statement gets the anchor ``m<number>`` once.
    """
    ordered = sorted(statements, key=lambda s: (s.begin, -s.end))
    blocks = []
    for block in report.blocks:
        inside = [s for s in ordered if s.begin < block.end and s.end > block.begin]
        html = _mark(report.text, block.begin, block.end, inside, numbers)
        note = {
            BlockKind.FURNITURE: "not read: page furniture",
            BlockKind.FOREIGN: f"not read: language {block.language}",
            BlockKind.CAPTION: "picture caption",
        }.get(block.kind, "")
        blocks.append(MarkedBlock(html, str(block.kind), block.language, note))
    return blocks


def _mark(text: str, begin: int, end: int, statements: list[Statement], numbers: dict[str, int]) -> Markup:
    """Cut the text at every begin and end of a quote, and mark the pieces that lie in one."""
    starts: dict[int, list[Statement]] = {}
    stops: dict[int, list[Statement]] = {}
    for s in statements:
        starts.setdefault(max(s.begin, begin), []).append(s)
        stops.setdefault(min(s.end, end), []).append(s)
    cuts = sorted({begin, end, *starts, *stops})
    out: list[Markup] = []
    cited = uncited = 0  # how many quotes lie over the piece
    for left, right in pairwise(cuts):
        for s in stops.get(left, []):
            cited, uncited = cited - (s.id in numbers), uncited - (s.id not in numbers)
        for s in starts.get(left, []):
            cited, uncited = cited + (s.id in numbers), uncited + (s.id not in numbers)
            if s.id in numbers and s.begin == left:
                out.append(Markup('<a id="m{0}" href="#q{0}" class="n">{0}</a>').format(numbers[s.id]))
        piece = escape(text[left:right])
        kind = "c" if cited else "u"
        out.append(Markup('<mark class="{}">{}</mark>').format(kind, piece) if cited or uncited else piece)
    return Markup("").join(out)
