"""Quotes with a signature: "“We lost everything.” ― Ana Ruiz" as papers print the voices of readers and passers-by."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence

from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.quotes import Quotes
from jirga.reading.attribution.tree import Tree

__all__ = ["find_signed"]

_SIGNATURE = re.compile(
    r"\s{0,3}(―|—|–|--|-)\s{0,2}"
    r"([A-Z][\w.'’-]{0,20}(?: (?:(?:de|del|la|van|von|bin|al|of) ){0,2}[A-Z][\w.'’-]{0,20}){0,4})"
    r"(?=\.?\s{0,3}(?:[\n,(]|$))"
)
"""A dash, then a name to the line's end, a comma or a bracket. Bounded on purpose."""
_SHORTEST = 12  # code points; a shorter quote before a dash is a name or a title
_WEIGHT = 9  # above any verb inside the quote


def find_signed(text: str, trees: Sequence[Tree], quotes: Quotes) -> Iterator[Candidate]:
    """Find quotes that fill a paragraph and bear a name after a dash.

    Parameters
    ----------
    text : str
        The report's text.
    trees : sequence of Tree
        By number of passage.
    quotes : Quotes

    Yields
    ------
    Candidate
    """
    starts = [tree.begins[0] if len(tree) else 0 for tree in trees]
    for quote in quotes.outer:
        _, line, before = text[max(quote.begin - 4, 0) : quote.begin].rpartition("\n")
        if before.strip() or not (line or quote.begin < 4) or quote.end - quote.begin < _SHORTEST:
            continue  # the quote must open its paragraph
        match = _SIGNATURE.match(text, quote.end, quote.end + 140)
        if match is None:
            continue
        number = bisect_right(starts, match.start(1)) - 1
        if number < 0 or not len(trees[number]):
            continue
        tree = trees[number]
        dash, name = _token(tree, match.start(1)), _token(tree, match.start(2))
        if tree.begins[dash] != match.start(1) or tree.begins[name] != match.start(2):
            continue
        yield Candidate(
            number, "signed", dash, (match.span(1),), (match.span(2),), ((quote.begin, quote.end),),
            clause=(dash, name), subject=name, inserted=True, weight=_WEIGHT,
        )  # fmt: skip


def _token(tree: Tree, place: int) -> int:
    return max(bisect_right(tree.begins, place) - 1, 0)
