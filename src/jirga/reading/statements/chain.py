"""The chain of attribution over a word: who is said to have said it, outermost first."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence

from jirga.reading.passages import Passage
from jirga.reading.statements.tree import Tree
from jirga.reading.types import ActorMention, Attribution, Mention

__all__ = ["Chains", "Parties", "once"]


_OF_DEEDS = tuple(
    f"verb {passive}object {stance}"
    for passive in ("", "passive ")
    for stance in ("criticism", "praise", "refusal", "feeling", "stance")
)
"""Rules for what takes a thing for known: who condemns an attack that killed 20 does not say that it did."""


class Chains:
    """Attributions of a report, to be asked by passage and token.

    Parameters
    ----------
    passages : sequence of Passage
    attributions : sequence of Attribution
    """

    def __init__(self, passages: Sequence[Passage], attributions: Sequence[Attribution]) -> None:
        self._passages = passages
        self._starts = [p.block.begin for p in passages]
        self._parts: dict[int, list[tuple[int, int, Attribution]]] = {}
        self._spoken: dict[int, list[tuple[int, int]]] = {}
        for one in attributions:
            cues = one.cue_parts or ((one.cue_span,) if one.cue_span else ())
            sources = one.source_parts or ((one.source_span,) if one.source_span else ())
            for begin, end in (*cues, *sources):
                for number in self._touched(begin, end):
                    self._spoken.setdefault(number, []).append((begin, end))
            for begin, end in one.content_parts or (one.content_span,):
                for number in self._touched(begin, end):
                    self._parts.setdefault(number, []).append((begin, end, one))

    def _touched(self, begin: int, end: int) -> Iterator[int]:
        """Return the numbers of the passages that a stretch of the report reaches into."""
        at = max(bisect_right(self._starts, begin) - 1, 0)
        while at < len(self._passages) and self._starts[at] < end:
            yield self._passages[at].number
            at += 1

    def speech(self, tree: Tree) -> frozenset[int]:
        """Return the tokens of one passage that are the source or the cue of some attribution."""
        base = tree.passage.block.begin
        out: set[int] = set()
        for begin, end in self._spoken.get(tree.passage.number, ()):
            out.update(_tokens(tree, begin - base, end - base))
        return frozenset(out)

    def over(self, tree: Tree) -> dict[int, tuple[Attribution, ...]]:
        """Return, by token of one passage, the attributions whose content covers it, outermost first."""
        base = tree.passage.block.begin
        found: dict[int, list[Attribution]] = {}
        for begin, end, one in self._parts.get(tree.passage.number, ()):
            cues = one.cue_parts or ((one.cue_span,) if one.cue_span else ())
            spoken = {i for b, e in cues for i in _tokens(tree, b - base, e - base)}
            taken = one.rule.startswith(_OF_DEEDS) or (
                one.rule == "verb accusing" and end <= min(cues, default=(0, 0))[0]
            )
            for i in _tokens(tree, begin - base, end - base):
                if i in spoken or (taken and _aside(tree, i, begin - base)):
                    continue
                held = found.setdefault(i, [])
                if len(held) < 8 and one not in held:  # deeper nesting than prose has; bounds hostile text
                    held.append(one)
        return {i: tuple(sorted(ones, key=_outer)) for i, ones in found.items()}


def once(chain: Sequence[Attribution]) -> tuple[Attribution, ...]:
    """Return a chain in which nobody quotes himself: "X also wrote of it, stating that" has one source."""
    kept: list[Attribution] = []
    for one in chain:
        if (
            kept
            and one.source is not None
            and kept[-1].source is not None
            and kept[-1].source.id == one.source.id
        ):
            kept.pop()
        kept.append(one)
    return tuple(kept)


def _aside(tree: Tree, i: int, begin: int) -> bool:
    """Tell whether a word stands in a clause that says which thing is meant: "condemned the attack that killed 20"."""
    for _ in range(12):
        if tree.begins[i] < begin or tree.heads[i] == i:
            return False
        if tree.deps[i] in ("acl:relcl", "acl", "advcl") and tree.tags[i] in (
            "VBD",
            "VBN",
            "VBZ",
            "VBP",
            "VBG",
        ):
            return True
        i = tree.heads[i]
    return False


def _tokens(tree: Tree, begin: int, end: int) -> range:
    """Return the tokens that begin within a stretch of their passage."""
    return range(bisect_left(tree.begins, begin), bisect_left(tree.begins, end))


def _outer(one: Attribution) -> tuple[int, int]:
    return one.level, one.content_span[0] - one.content_span[1]


class Parties:
    """Which actor ids belong to one party: a delegation to its country, an office holder to his government.

    Attributes
    ----------
    voice : ActorMention or None
        Who spoke last, outermost; "the statement" is his.
    violent : bool
        Whether the report has told of violence.
    """

    voice: ActorMention | None = None
    violent: bool = False

    def __init__(self, mentions: Sequence[Mention]) -> None:
        self._of = {m.id: m.of for m in mentions if m.of}

    def of(self, actor: str) -> frozenset[str]:
        """Return the id itself and the ids of what it belongs to."""
        out: list[str] = []
        at: str | None = actor
        while at is not None and at not in out:
            out.append(at)
            at = self._of.get(at)
        return frozenset(out)

    def known(self, actor: str) -> bool:
        """Tell whether it is known whom an actor speaks for."""
        return not actor.startswith(("actor:", "person:")) or len(self.of(actor)) > 1

    def same(self, a: str, b: str) -> bool:
        """Tell whether two actors are of one party."""
        return bool(self.of(a) & self.of(b))
