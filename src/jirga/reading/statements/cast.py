"""Who a noun phrase is: the mention that it is, or an actor of its own made from its words."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace

from jirga.reading.statements.frames import Lexicon
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words
from jirga.reading.types import ActorMention, Mention
from jirga.reading.where import EDGES, SPOTS
from jirga.reports.types import Report

__all__ = ["Cast"]

_SLUG = re.compile(r"[^\w]+")
_LEAD = frozenset(
    {
        "the",
        "a",
        "an",
        "its",
        "their",
        "his",
        "her",
        "some",
        "any",
        "our",
        "these",
        "those",
        "this",
        "that",
        "'s",
        "’s",
    }
)
_TRADES = ("ers", "ors", "ists", "men", "ees")  # ends of words for people of a trade or cause
_SELVES = frozenset({"itself", "himself", "herself", "themselves", "alone", "too", "also"})
_FAR = 20  # tokens looked back over for the name that an apposition describes
_BOTH = frozenset({"-", "–", "—", "/"})
_ABOUT = words("cast_about")
_QUANT = words("cast_quant")
_PRONOUNS = words("cast_pronouns")


class Cast:
    """The actors of one passage, by token.

    Parameters
    ----------
    report : Report
    tree : Tree
    mentions : sequence of Mention
        Those of the whole report, in text order.
    begins : sequence of int
        ``begin`` of each mention.
    lex : Lexicon
    """

    def __init__(
        self, report: Report, tree: Tree, mentions: Sequence[Mention], begins: Sequence[int], lex: Lexicon
    ) -> None:
        self.report, self.tree, self.lex = report, tree, lex
        self._at: dict[int, list[Mention]] = {}
        block = tree.passage.block
        at = bisect_left(begins, block.begin)
        while at < len(mentions) and mentions[at].begin < block.end:
            self._place(mentions[at], block.begin)
            at += 1

    def _place(self, mention: Mention, base: int) -> None:
        tree = self.tree
        start = bisect_left(tree.begins, mention.begin - base)
        if start and (start == len(tree) or tree.begins[start] > mention.begin - base):
            start -= 1
        for i in range(start, len(tree)):
            if tree.begins[i] >= mention.end - base:
                break
            here = self._at.setdefault(i, [])
            size = mention.end - mention.begin
            rivals = [m for m in here if m.begin < mention.end and mention.begin < m.end]
            if any(m.end - m.begin > size for m in rivals):
                continue
            here[:] = [m for m in here if m not in rivals or m.end - m.begin == size]
            here.append(mention)

    def at(self, i: int) -> list[Mention]:
        """Return the largest mentions over a token (several when one phrase stands for several, as "both sides")."""
        return self._at.get(i, [])

    def known(self, i: int) -> bool:
        """Tell whether a noun phrase is, or belongs to, a mention, or is of a kind that acts."""
        tree = self.tree
        if self.at(i):
            return True
        if tree.words[i] in _PRONOUNS:
            return False
        if tree.lemmas[i] in self.lex.classes["agents"] or tree.words[i] in self.lex.classes["agents"]:
            return True
        if tree.tags[i] in ("NNP", "NNPS"):
            return True
        if tree.lemmas[i] in self.lex.classes["crafts"] and self.owner(i) is not None:
            return True  # "a Chinese cutter"
        return self._counts(i) and any(self.known(k) for k in tree.kids[i] if tree.deps[k] == "nmod")

    def _counts(self, i: int) -> bool:
        """Whether a word says how many of some: "some of", "23 of"."""
        return self.tree.words[i] in _QUANT or self.tree.tags[i] == "CD"

    def agentive(self, i: int) -> bool:
        """Tell whether a noun may demand and refuse: it is known, or of a known party, or of a trade ("dockers")."""
        tree = self.tree
        if self.known(i):
            return True
        if tree.tags[i] == "NNS" and tree.words[i].endswith(_TRADES) and tree.lemmas[i] not in self.lex.nouns:
            return True
        return any(
            tree.deps[m] == "nmod:poss" and any(o.kind != "place" for o in self.at(m)) for m in tree.kids[i]
        )

    def actors(self, i: int) -> list[ActorMention]:
        """Return the actors that a noun phrase names: its mention, the party that it belongs to, or its own words."""
        found = self.at(i)
        if found and (named := self._described(i, found)):
            found = [replace(m, begin=found[0].begin, end=found[0].end, text=found[0].text) for m in named]
        if found:
            return [ActorMention(m.id, m.name, m.begin, m.end, m.text) for m in found]
        tree = self.tree
        if tree.tags[i] in ("PRP", "WP", "WDT", "EX"):
            return []
        if tree.tags[i] == "CD" and not tree.words[i].isalpha() and tree.kid(i, "nmod", "compound") is None:
            return []  # "at least 37": the count tells it
        if tree.words[i] in _PRONOUNS and not any(tree.deps[k] == "nmod" for k in tree.kids[i]):
            return []
        start, end = tree.phrase(i)
        named = (
            self.at(tree.heads[i]) if tree.deps[i] == "appos" else []
        )  # "the TTP, an organisation that ..."
        while start < end - 1 and (
            tree.words[start] in _LEAD
            or (tree.words[start] in _ABOUT and start < i)
            or not tree.words[start][-1].isalnum()
            or tree.deps[start] in ("punct", "cc", "case")
        ):
            start += 1
        while end - 1 > i and (
            tree.deps[end - 1] in ("punct", "case", "cc") or tree.words[end - 1] in _SELVES
        ):
            end -= 1
        begin, stop = tree.span(start, end)
        text = self.report.text[begin:stop]
        if not named and any(tree.words[k] == "whose" for k in tree.kids[i]) and self._belongs(i):
            whose = [
                m
                for k in tree.conjuncts(self._whose(i))
                for m in self._described(k, self.at(k)) or self.at(k)
            ]
            return [ActorMention(m.id, m.name, begin, stop, text) for m in whose]
        owner = named[0] if named else self.owner(i) or self._town(i)
        if owner is not None:
            return [ActorMention(owner.id, owner.name, begin, stop, text)]
        slug = _SLUG.sub("-", text.lower()).strip("-")[:80]
        return [ActorMention(f"actor:{slug}", " ".join(text.split()), begin, stop, text)] if slug else []

    def _described(self, i: int, found: Sequence[Mention]) -> list[Mention]:
        """Return who is meant by what stands in apposition: "the Shabaab, a group that killed 20"."""
        if self.tree.deps[i] != "appos" or any(m.how != "description" or m.of for m in found):
            return []
        if not all(m.id.startswith("actor:") for m in found):
            return []
        for k in range(i - 1, max(self.tree.heads[i], i - _FAR) - 1, -1):
            named = [m for m in self.at(k) if m.how in ("name", "acronym")]
            if named or k == self.tree.heads[i]:
                return [m for m in named if m.kind not in ("place", "outlet", "person")]
        return []

    def _belongs(self, i: int) -> bool:
        belongs = self.lex.classes["belongs"]
        return self.tree.lemmas[i] in belongs or self.tree.words[i] in belongs

    def owner(self, i: int) -> Mention | None:
        """Return the party that a thing or body belongs to: "Pakistani soldiers", "camps of the TTP"."""
        tree = self.tree
        if not self._belongs(i):
            if not self._counts(i):
                return None
            inner = [k for k in tree.kids[i] if tree.deps[k] == "nmod"]
            return next((m for k in inner for m in (self.at(k) or filter(None, [self.owner(k)]))), None)
        for dep in ("nmod:poss", "amod", "compound", "nmod"):
            for k in tree.kids[i]:
                if dep == "nmod:poss" and tree.deps[k] == dep and tree.words[k] == "whose":
                    found = self.at(self._whose(i))
                    if found:
                        return found[0]
                if (
                    tree.deps[k] == dep
                    and self.at(k)
                    and (dep != "nmod" or tree.case(k) in ("of", "from", "loyal"))
                ):
                    return self.at(k)[0]
        return None

    def _town(self, i: int) -> Mention | None:
        """Return the place of "the town of X", "the east of X"."""
        tree = self.tree
        if tree.lemmas[i] not in SPOTS and tree.lemmas[i] not in EDGES:
            return None
        after = [k for k in tree.kids[i] if k > i and (tree.case(k) == "of" or tree.deps[k] == "appos")]
        return next((m for k in after for m in self.at(k) if m.kind in ("place", "country")), None)

    def _whose(self, i: int) -> int:
        """Return the noun that "whose" stands for: "the army, whose leaders refused"."""
        at = i
        for _ in range(6):
            if self.tree.deps[at] == "acl:relcl":
                return self.tree.heads[at]
            at = self.tree.heads[at]
        return i

    def modifiers(self, i: int) -> list[int]:
        """Return the names that stand as adjectives before a noun: "Russian strikes", "the Sudan-Chad talks"."""
        tree = self.tree
        for k in tree.kids[i]:
            if (
                tree.deps[k] in ("amod", "compound", "nmod")
                and k < i
                and self.at(k)
                and self.at(k)[0].kind != "place"
            ):
                joined = [
                    m
                    for m in tree.kids[k]
                    if m < k and tree.deps[m] in ("compound", "amod", "nmod") and self.at(m)
                ]
                joined += [
                    m
                    for m in (*tree.kids[i], *tree.kids[k])
                    if m in (k - 2, k + 2) and tree.words[(m + k) // 2] in _BOTH and self.at(m)
                ]
                joined += [
                    m
                    for m in tree.kids[k]
                    if tree.deps[m] == "conj" and k < m < i and m not in joined and self.at(m)
                ]
                joined = [m for m in joined if self.at(m) != self.at(k) and self.at(m)[0].kind != "place"]
                return sorted({*joined, k})
        return []
