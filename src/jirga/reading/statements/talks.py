"""Who sits at the table: "the talks" are those between the parties that were last named as talking."""

from __future__ import annotations

from dataclasses import replace

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.frames import Lexicon
from jirga.reading.statements.told import Told
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words
from jirga.reading.types import ActorMention, EventType

__all__ = ["TalksMemory"]

_TALKS = words("talks_talks")


class TalksMemory:
    """Remembers, through a report, who talks with whom, and who mediates."""

    def __init__(self, lex: Lexicon) -> None:
        self.lex = lex
        self.table: list[ActorMention] = []
        self.mediators: set[str] = set()

    def settle(self, tree: Tree, cast: Cast, told: list[Told]) -> None:
        """Give talks without a named party those that were last named, in text order."""
        nouns = [i for i in range(len(tree)) if tree.lemmas[i] in _TALKS and tree.tags[i].startswith("N")]
        marks = sorted(
            [(i, None) for i in nouns] + [(t.event.at, t) for t in told],
            key=lambda m: (m[0], m[1] is not None),
        )
        for i, one in marks:
            if one is None:
                self._hear(tree, cast, i)
            elif one.weighed.type in (
                EventType.CONSULT,
                EventType.REJECT,
                EventType.AGREE,
                EventType.RETREAT,
            ):
                self._seat(one)

    def _hear(self, tree: Tree, cast: Cast, i: int) -> None:
        found: list[ActorMention] = []
        for k in tree.kids[i]:
            if tree.deps[k] == "nmod" and tree.case(k) == "between":
                found = [a for c in tree.conjuncts(k) for a in cast.actors(c)]
        if len(found) < 2:
            named = cast.modifiers(i)
            found = [a for k in named for a in cast.actors(k)]
        found = [a for a in found if not a.id.startswith("place:")]
        ids = {a.id for a in found}
        if len(ids) >= 2:
            self.table = list({a.id: a for a in found}.values())[:4]

    def _seat(self, one: Told) -> None:
        ids = {a.id for a in one.actors}
        if one.weighed.type == EventType.CONSULT:
            named = any(
                {a.text.lower().split()[-1], a.name.lower().split()[-1]} & self.lex.classes["mediator"]
                for a in one.actors
                if a.text.split()
            )
            if one.weighed.mode == "mediate" or named:
                self.mediators |= ids
            if (named or (ids & self.mediators and not one.recipients)) and one.weighed.mode in (
                "talks",
                "sign",
                None,
                "meet",
                "change",
            ):
                one.weighed = replace(one.weighed, mode="mediate")
            if ids & self.mediators:
                return
        if (
            len({a.id for a in one.actors}) >= 2
            and one.event.both
            and not one.recipients
            and one.weighed.type in (EventType.AGREE, EventType.REJECT)
        ):
            self.table = list(one.actors)
        elif (
            not one.actors
            and not one.recipients
            and self.table
            and one.event.frame.subject in ("talks", "ceasefire", "violence")
        ):
            one.actors = list(self.table)
            one.extra.append(("actor", one.event.at, "parties last named at the talks"))
