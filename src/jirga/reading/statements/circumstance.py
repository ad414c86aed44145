"""When, where and how many: asked of the modules for these, for one clause."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from jirga.reading.actors import Mentions
from jirga.reading.columns import columns
from jirga.reading.passages import Passage
from jirga.reading.quantities import quantities_for
from jirga.reading.statements.frames import lexicon
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words
from jirga.reading.types import Mention, Place, Quantity
from jirga.reading.when import when_for
from jirga.reading.where import place_before, where_for
from jirga.reports.types import Report, TimeSpan

__all__ = ["Circumstances"]


_MANY = words("circumstance_many")  # words that may begin a count without a number
_MEANWHILE = words("find_meanwhile") - {"when", "if", "once"}
_TIMES = words("roles_time")
_CLAUSAL = frozenset({"advcl", "acl", "acl:relcl", "ccomp", "xcomp", "parataxis", "nsubj"})


def _gapped(tree: Tree, k: int) -> bool:
    """Tell whether a joined clause has no auxiliary of its own: "20 were killed and a dozen others wounded on Tuesday"."""
    return tree.tags[k] == "VBN" and tree.kid(k, "aux", "aux:pass") is None


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
        self._events, classes = lexicon().nouns, lexicon().classes
        self._papers = classes["deal"] | classes["pact"] | classes["ceasefire"] | classes["demand"]

    def of(
        self, tree: Tree, head: int, start: int, end: int, others: frozenset[int]
    ) -> tuple[TimeSpan | None, Place | None, tuple[Quantity, ...]]:
        """Return when, where and the counts of a clause.

        Parameters
        ----------
        tree : Tree
        head : int
            The trigger.
        start, end : int
            First token of the clause, and the token after its last.
        others : frozenset of int
            Triggers of other statements; what stands below them is theirs.
        """
        passage, doc = tree.passage, tree.passage.doc
        theirs = {
            i for k in others if start <= k < end and self._below(tree, k, head) for i in tree.subtree(k)
        }
        kept, read = [i for i in range(start, end) if i not in theirs], columns(doc)
        tokens: list[Token] = [doc[i] for i in kept]
        aside = {
            i
            for k in range(start, end)
            if (tree.deps[k] == "acl:relcl" and tree.lemmas[tree.heads[k]] not in self._events)
            or (
                tree.deps[k] == "acl" and tree.tags[k] == "VBN" and tree.lemmas[tree.heads[k]] in self._papers
            )
            for i in tree.subtree(k)
        }
        if (
            aside and head not in aside
        ):  # "who have camped there for a month" is no time of what they demand, nor "signed in May"
            tokens = [t for t in tokens if t.i not in aside]
        when = when_for(passage, tokens, self.report)
        if when is None:
            around = self._around(tree, head)
            when = when_for(passage, [doc[i] for i in around], self.report) if around else None
        counts = (
            quantities_for(passage, tokens)
            if any(read.tags[i] == "CD" or read.lower[i] in _MANY for i in kept)
            else ()
        )
        beside = self._meanwhile(tree, head)
        where = where_for(passage, [t for t in tokens if t.i not in beside], self.index)
        if where is None and (at := _relative_where(tree, head)) is not None:
            where = place_before(passage, at, self.index)
        return when, where, counts

    def _meanwhile(self, tree: Tree, head: int) -> frozenset[int]:
        """Return what is told of another place: "accused the rebels of theft, as shells fell on Goma"."""
        clauses = (
            k for k in tree.kids[head] if k > head and tree.deps[k] == "advcl" and tree.case(k) in _MEANWHILE
        )
        return frozenset(i for k in clauses for i in tree.subtree(k))

    def _below(self, tree: Tree, k: int, head: int) -> bool:
        if k == head:
            return False
        for _ in range(30):
            if tree.heads[k] == k:
                return False
            k = tree.heads[k]
            if k == head:
                return True
        return False

    def _when(self, tree: Tree, noun: int) -> bool:
        """Tell whether what a relative clause tells happened when its noun did: "raids that killed", "the day it fell"."""
        return (
            not tree.tags[noun].startswith("N")
            or tree.lemmas[noun] in self._events
            or tree.lemmas[noun] in _TIMES
        )

    def _around(self, tree: Tree, head: int) -> list[int]:
        """Return what shares its time: "killed 58 and destroyed 20 over a weekend", "on 9 October, when raids ..."."""
        at = head
        for _ in range(4):
            up = tree.heads[at]
            if up == at or tree.deps[at] not in ("conj", "advcl", "xcomp", "acl:relcl", "acl"):
                break
            if tree.deps[at].startswith("acl") and not self._when(tree, up):
                return []  # "a soldier killed in May was buried on Monday"
            at = up
        if at == head:
            beside = [
                k
                for k in tree.kids[at]
                if tree.deps[k] == "conj" and (tree.kid(k, "nsubj", "nsubj:pass") is None or _gapped(tree, k))
            ]
            return sorted({i for k in beside for i in tree.subtree(k, _CLAUSAL)})
        if not tree.is_verb(at) and tree.heads[at] != at:
            at = tree.heads[at]
        beside = [
            k
            for k in tree.kids[at]
            if tree.deps[k] in ("obl", "obl:tmod", "obl:unmarked", "advmod", "nmod:tmod", "conj")
        ]
        return sorted({i for k in beside for i in tree.subtree(k, _CLAUSAL)})


def _relative_where(tree: Tree, head: int) -> int | None:
    """Return the "where" of the relative clause that a head stands in or under: "Goma, where medics said 12 died"."""
    at = head
    for _ in range(4):
        if tree.deps[at] in ("acl:relcl", "advcl:relcl"):
            return next((k for k in tree.kids[at] if tree.words[k] == "where" and k < at), None)
        if tree.heads[at] == at or tree.deps[at] not in ("ccomp", "xcomp", "conj"):
            return None
        at = tree.heads[at]
    return None
