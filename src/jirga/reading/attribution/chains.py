"""Chains: "sources said, quoting the Taliban, that ...": the one who is quoted says what the other tells."""

from __future__ import annotations

from collections.abc import Sequence

from jirga.reading.attribution.animacy import can_speak
from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.lexicon import lexicon
from jirga.reading.attribution.tree import Tree

__all__ = ["chain"]


def chain(trees: Sequence[Tree], ordered: Sequence[Candidate]) -> list[Candidate]:
    """Turn a quoted source into an attribution of its own, one level below the one who quotes.

    Parameters
    ----------
    trees : sequence of Tree
        By number of passage.
    ordered : sequence of Candidate
        In text order, levels set.

    Returns
    -------
    list of Candidate
        The same, those that quote somebody changed: source who is quoted, content what the other clause tells.
    """
    verbs = lexicon().phrases["chain"]
    told = {(one.passage, one.head): one for one in ordered if one.speech}
    for one in ordered:
        tree = trees[one.passage]
        if lexicon().forms.get(tree.lower[one.head]) not in verbs or not one.rule.startswith("verb object"):
            continue
        outer = next(
            (told[one.passage, a] for a in tree.ancestors(one.head) if (one.passage, a) in told), None
        )
        quoted = tree.kid(one.head, "obj")
        if (
            outer is None
            or outer is one
            or quoted is None
            or not outer.content
            or not can_speak(tree, quoted, lexicon())
        ):
            continue
        run = tree.trim(tree.left[quoted], tree.right[quoted])
        if run is not None:
            one.source, one.subject, one.content = (tree.span(*run),), quoted, outer.content
            one.level, one.rule = outer.level + 1, "chain"
    return list(ordered)
