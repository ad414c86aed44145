"""Adverbs that say that somebody else says so: "reportedly", "allegedly"."""

from __future__ import annotations

from collections.abc import Iterator

from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.phrases import clause_above
from jirga.reading.attribution.tree import Tree

__all__ = ["find_adverbs"]


def find_adverbs(tree: Tree, number: int, lex: Lexicon) -> Iterator[Candidate]:
    """Find the attributions that hang on an adverb; they name no source.

    Yields
    ------
    Candidate
    """
    wanted = lex.phrases["adverbs"] - lex.phrases["weak_adverbs"]
    for at, word in enumerate(tree.lower):
        if word not in wanted:
            continue
        head = tree.heads[at]
        clause = head if tree.is_verb(head) else clause_above(tree, at)
        lo, hi = tree.left[clause], tree.right[clause]
        if not lo <= at <= hi:
            continue
        content = tuple(
            tree.span(*run) for a, b in ((lo, at - 1), (at + 1, hi)) if a <= b and (run := tree.trim(a, b))
        )
        if content:
            yield Candidate(
                number, "adverb", at, (tree.span(at, at),), (), content, clause=(at, at), weight=3
            )
