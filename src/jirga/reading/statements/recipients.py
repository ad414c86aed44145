"""Whom an event is done to, or said to: slot by slot, then wherever a party still stands in the clause."""

from __future__ import annotations

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.event import Event
from jirga.reading.statements.frames import Frame, Lexicon
from jirga.reading.statements.roles import Clause, deep_heads, noun_actors, slot_heads
from jirga.reading.statements.tree import Tree
from jirga.reading.types import EventType

__all__ = ["Recipients"]

_OF_DEEDS = frozenset({EventType.ACCUSE, EventType.SUPPORT, EventType.REJECT})
_BODILY = frozenset(
    {
        EventType.ASSAULT,
        EventType.COERCE,
        EventType.RETREAT,
        EventType.ACCUSE,
        EventType.SANCTION,
        EventType.PROTEST,
    }
)
_TABLE = frozenset({EventType.REQUEST, EventType.AGREE, EventType.REJECT})
_THINGS = frozenset({"release", "ease", "disarm", "troops", "resign", "amnesty", "reform"})
_PARTY = frozenset({EventType.REQUEST, EventType.AGREE, EventType.THREATEN, EventType.CONSULT})
_ANY = (
    "against",
    "with",
    "to",
    "toward",
    "towards",
    "for",
    "on",
    "from",
    "of",
    "over",
)  # where a party may stand


class Recipients:
    """Finds the recipients of verbs' events in one passage."""

    def __init__(self, tree: Tree, cast: Cast, lex: Lexicon) -> None:
        self.tree, self.cast, self.lex = tree, cast, lex

    def find(self, event: Event, frame: Frame, slots: tuple[str, ...], clause: Clause) -> list[int]:
        """Return the heads of the recipients, [] when none is named.

        Parameters
        ----------
        event : Event
            With its actors, content and inner event.
        frame : Frame
            The verb's.
        slots : tuple of str
            Where to look, in order.
        clause : Clause
        """
        noun = event.word if event.word != event.at else None
        for slot in slots:
            found = self._slot(event, slot, clause, noun)
            found = [
                k
                for k in found
                if k not in event.actors
                and k not in (event.content, noun)
                and self._may_be(k, slot, event, frame)
                and not self._doer(k, event)
            ]
            if event.type in _TABLE and slot not in ("inner", "csubj"):
                found = [k for k in found if self._party(k) or self.tree.tags[k] == "PRP"]
            if found:
                return self._doers(found) if event.type in _OF_DEEDS else found
        return self._anywhere(event, frame, slots, clause, noun)

    def _slot(self, event: Event, slot: str, clause: Clause, noun: int | None) -> list[int]:
        if slot == "inner":
            return self._inner(event)
        if slot == "csubj":
            return self._clause_subject(event, clause)
        if slot == "deep":
            return [n for case in ("to", "for", "in") for n in deep_heads(self.tree, clause, case)]
        if slot in ("obj", "iobj"):
            if event.content is not None and event.content in clause.slots.get(slot, ()):
                return []
            return slot_heads(self.tree, clause, None, (slot,), self.cast, "to")
        thing = noun if noun is not None else clause.first("obj")
        of_thing = noun is None and event.type == EventType.REQUEST and thing == event.content
        if of_thing and thing is not None and slot not in ("from", "of"):
            thing = None  # "demanded access to the crew"
        return slot_heads(self.tree, clause, thing, (slot,), self.cast, "to")

    def _inner(self, event: Event) -> list[int]:
        inner = event.inner
        if inner is None:
            return []
        found = list(inner.recipients)
        if (
            event.type in _TABLE
        ):  # who is asked, or answered, is a party: not the deed, the place or the prisoners
            if inner.mode in _THINGS and inner.type in (
                EventType.RETREAT,
                EventType.CONCEDE,
                EventType.MOBILIZE,
            ):
                return []
            found = [k for k in found if self._party(k) and not self._deed(k)]
        if not found and inner.type in (EventType.CONSULT, EventType.AGREE):
            found = [a for a in inner.actors if a not in event.actors]
        return found

    def _party(self, k: int) -> bool:
        here = self.cast.at(k)
        return any(m.kind != "place" for m in here) or (not here and self.cast.known(k))

    def _deed(self, k: int) -> bool:
        return not self.tree.tags[k].startswith("NNP") and self.tree.lemmas[k] in self.lex.nouns

    def _clause_subject(self, event: Event, clause: Clause) -> list[int]:
        tree, who = self.tree, None
        at = event.end if event.end is not None else event.content
        if at is None and event.type == EventType.ACCUSE:
            at = clause.first("ccomp")  # "said that troops were responsible"
        if at is not None and tree.deps[at] in ("ccomp", "parataxis"):
            if tree.passive(at):  # "demanded that the men be freed": who is to do it may stand after "by"
                agent = tree.agent(at)
                return tree.conjuncts(agent) if agent is not None else []
            who = tree.subject(at)
        inner = event.inner
        if who is None and inner is not None and inner.frame.noun and inner.content is not None:
            who = tree.subject(inner.content)
        return tree.conjuncts(who) if who is not None else []

    def _anywhere(
        self, event: Event, frame: Frame, slots: tuple[str, ...], clause: Clause, noun: int | None
    ) -> list[int]:
        if frame.op == "deny" and event.content in clause.slots.get("ccomp", ()):
            return []  # "denied that its men had left the town"
        if event.mode == "mediate":
            found = [k for k in deep_heads(self.tree, clause, "between") if k not in event.actors]
            within = self.tree.subtree(event.at) if not found else []
            rift = next((k for k in within if self.tree.case(k) == "between" and self.cast.known(k)), None)
            found = found or (self.tree.conjuncts(rift) if rift is not None else [])
            if found:
                return [k for k in found if k not in event.actors]
        if slots and slots != ("whose",):
            thing = noun if noun is not None else clause.first("obj")
            freed = (
                event.type == EventType.REQUEST and event.inner is not None and event.inner.mode in _THINGS
            )
            for slot in _ANY if not frame.both else ("with",):
                if freed and slot == "of":
                    continue  # "called for the release of the hostages" asks nothing of them
                if (
                    (slot in ("of", "for") or (slot == "to" and event.type == EventType.REQUEST))
                    and event.type in _TABLE
                    and thing is not None
                    and thing == event.content
                ):
                    continue
                found = slot_heads(self.tree, clause, thing, (slot,), self.cast, "to")
                found = [k for k in found if k not in event.actors and k != event.content]
                found = found or [k for k in deep_heads(self.tree, clause, slot) if k not in event.actors]
                if any(self.cast.at(k) and self.cast.at(k)[0].kind != "place" for k in found):
                    return found
        if event.type in _TABLE:
            return []
        if event.inner is not None and frame.op and "inner" not in frame.to:
            return [k for k in event.inner.recipients if k not in event.actors]
        return []

    def _doer(self, k: int, event: Event) -> bool:
        """Tell whether a noun phrase is the actor himself, or his own ("closed its border")."""
        own = {a.id for i in event.actors for a in self.cast.actors(i)}
        other = {a.id for a in self.cast.actors(k)}
        return bool(other) and other <= own and not event.both

    def _doers(self, heads: list[int]) -> list[int]:
        """Turn deeds into their doers: who criticises Ankara's decision criticises Ankara."""
        out: list[int] = []
        for k in heads:
            owners = [] if self.cast.at(k) else noun_actors(self.tree, k, self.cast, "to")
            out.extend([o for o in owners if self.cast.at(o)] or [k])
        return out

    def _may_be(self, k: int, slot: str, event: Event, frame: Frame) -> bool:
        """Tell whether a noun phrase may be the recipient: no word of the phrase itself; of some types, a party only."""
        tree, known = self.tree, self.cast.known(k)
        if self._in_phrase(k, event, frame):
            return False
        if event.type == EventType.PROTEST and tree.case(k) == "over":
            return known  # "a strike over pay" is against nobody
        if event.type in _PARTY and slot not in ("whose", "inner"):
            return known or tree.tags[k] in ("PRP", "WP", "WDT")
        if event.type == EventType.RETREAT and event.mode == "withdraw":
            return tree.lemmas[k] not in self.lex.classes["forces"]
        if (
            event.type == EventType.SANCTION
            and slot == "obj"
            and tree.lemmas[k] not in self.lex.classes["human"]
        ):
            return known
        if event.type == EventType.REJECT and slot not in ("whose", "inner", "csubj"):
            return known
        return True

    def _in_phrase(self, k: int, event: Event, frame: Frame) -> bool:
        tree = self.tree
        if event.type in _BODILY and tree.lemmas[k] not in self.lex.nouns:
            return False  # "burned the village": the word of the phrase is what it is done to
        for part in frame.rest:
            words = self.lex.classes.get(part[1:], frozenset()) if part.startswith("@") else frozenset({part})
            if (tree.lemmas[k] in words or tree.words[k] in words) and not self.cast.at(k):
                return True
        return False
