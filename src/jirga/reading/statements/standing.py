"""May it stand: whether an event that words tell is told of somebody, or only says which thing is meant."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.event import Event
from jirga.reading.statements.events import EventReader
from jirga.reading.statements.frames import Lexicon
from jirga.reading.statements.sift import Sift
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words
from jirga.reading.types import ActorMention, Attribution, EventType

__all__ = ["MEANT", "ONLY_MEANT", "Standing", "of_troops", "speaks"]

MEANT = words("find_meant")
ONLY_MEANT = MEANT - {"allow", "fail", "force", "prevent"}
_ALONE = frozenset({EventType.ASSAULT, EventType.COERCE, EventType.RETREAT, EventType.SANCTION, EventType.ACCUSE, EventType.AID,
                    EventType.REJECT, EventType.AGREE, EventType.CONSULT})  # fmt: skip
_FINDINGS = words("find_findings")
_MANY = words("circumstance_many")
_COURSE = frozenset({None, "intend"})  # "talks resumed", "talks are due to resume"
_UNREAL = words("find_unreal")
_AT_TABLE = frozenset({EventType.CONSULT, EventType.SUPPORT, EventType.AGREE})


class Standing:
    """Judges the events of one passage.

    Parameters
    ----------
    tree : Tree
    cast : Cast
    lex : Lexicon
    chains : mapping of int to tuple of Attribution
        Over each token, outermost first.
    reader : EventReader
    sift : Sift
    """

    def __init__(
        self,
        tree: Tree,
        cast: Cast,
        lex: Lexicon,
        chains: Mapping[int, tuple[Attribution, ...]],
        reader: EventReader,
        sift: Sift,
    ) -> None:
        self.tree, self.cast, self.lex, self.chains = tree, cast, lex, chains
        self.reader, self.sift = reader, sift

    def stands(self, event: Event) -> bool:
        """Tell whether an event that words tell is told of somebody, and not only meant."""
        known = self.cast.known
        if event.frame.noun:
            return self._noun_stands(event)
        if self._empty_demand(event):
            return False
        if self._background(event):
            return False
        if event.frame.weak and event.type == EventType.ASSAULT:
            return self.sift.victims(event)
        subject = event.frame.subject or (event.inner.frame.subject if event.inner is not None else None)
        if subject in ("talks", "ceasefire", "violence") and not event.actors and event.frame.op in _COURSE:
            return True  # the parties at the table, or a place, may still be found for it
        if self.sift.cliche(event) or (event.mode == "occupy" and not self._holds(event)):
            return False
        if event.type == EventType.ASSAULT and not event.actors and self.sift.victims(event):
            return True
        found = event.type == EventType.ACCUSE and any(self.tree.lemmas[k] in _FINDINGS for k in event.actors)
        if found and any(known(k) for k in event.recipients):
            return True  # "the report blames both armies"
        if event.type == EventType.PROTEST and any(self.tree.words[k] in _MANY for k in event.actors):
            return True  # "thousands marched"
        if event.mode == "arrest" and not event.actors and self.sift.counted(event):
            return True  # "26 were taken into custody"
        if event.frame.subject == "weaponry" and event.recipients and not event.actors:
            within = self.tree.subtree(event.at)
            if any(m.kind == "place" for k in within for m in self.cast.at(k)):
                return True  # "drones struck a depot in Port Sudan"
        if any(known(k) or self.sift.paper(k) for k in event.actors):
            return True
        if event.frame.op in ONLY_MEANT and any(self.cast.agentive(k) for k in event.actors):
            return True
        chain = self.chains.get(event.at, ())
        if chain and chain[-1].source is not None and any(speaks(self.tree, k) for k in event.actors):
            return True
        if event.actors and not any(known(k) for k in event.actors) and not self._pronoun(event.actors):
            return event.type in (EventType.ASSAULT, EventType.PROTEST) and any(
                known(k) for k in event.recipients
            )
        if of_troops(event) and not event.actors:
            said = chain and chain[-1].source is not None  # "the minister said that troops would be deployed"
            if said or self._moved(event) is not None:
                return True
        return event.type in _ALONE and (any(known(k) for k in event.recipients) or self._demand(event))

    def _holds(self, event: Event) -> bool:
        """Tell whether somebody who fights takes ground: no firm that takes over a mine, no party that takes the house."""
        if not any(map(self._is_ground, self.tree.subtree(event.at))):
            return False
        doers = [m for k in event.actors for m in self.cast.at(k)]
        near = any(map(self._is_ground, event.recipients))
        return not doers or any(
            m.kind != "person"
            and "person:" not in m.id
            and not m.name.endswith("Party")
            and (near or m.kind != "unknown" or m.how != "name")
            for m in doers
        )

    def _is_ground(self, k: int) -> bool:
        if self.tree.lemmas[k] in self.lex.classes["place"]:
            return True
        return any(m.kind in ("place", "country") or m.how == "capital" for m in self.cast.at(k))

    def _moved(self, event: Event) -> int | None:
        """Return the troops that are told to be on the move, by whomever: "extra troops were flown to the province"."""
        tree, forces, clause = self.tree, self.lex.classes["forces"], self.reader.clause(event.at)
        thing = clause.first("obj") if clause.passive and tree.deps[event.at] not in ("acl", "amod") else None
        return thing if thing is not None and {tree.lemmas[thing], tree.words[thing]} & forces else None

    def whose_forces(self, event: Event) -> list[ActorMention]:
        """Return whose troops they are that were moved: "2,000 Kenyan soldiers were deployed"."""
        thing = self._moved(event)
        owner = self.cast.owner(thing) if thing is not None else None
        return (
            [] if owner is None else [ActorMention(owner.id, owner.name, owner.begin, owner.end, owner.text)]
        )

    def _background(self, event: Event) -> bool:
        """Tell whether a clause only says which thing is meant.

        "Talks, which were held ..." of talks, "prisoners accused of" without an accuser, and infinitives that hang on a
        noun ("an order to attack") tell nothing of their own.
        """
        tree, at = self.tree, event.at
        dep, head = tree.deps[at], tree.heads[at]
        if dep == "amod" and at + 1 <= head:
            return True  # "armed men"
        marks = [k for k in tree.kids[at] if tree.deps[k] == "mark" and tree.words[k] == "for"]
        if tree.tags[at] == "VB" and any(tree.words[max(k - 1, 0)] != "only" for k in marks):
            return True  # "time for them to leave"
        if dep == "acl":
            if tree.tags[at] == "VB" and at and tree.words[at - 1] == "to":
                return True
            if tree.tags[at] == "VBG" and tree.case(at) in ("for", "on", "about"):
                return True  # "a plan for ending the war"
            if tree.tags[at] == "VBN" and any(tree.words[k] == "to" for k in tree.kids[at] if k < at):
                return True  # "want ... the house to be dissolved"
            none = not event.actors or (tree.tags[at] == "VBN" and tree.agent(at) is None)
            return none and event.type in (
                EventType.ACCUSE,
                EventType.CONSULT,
            )  # "a person briefed on the talks"
        if dep == "acl:relcl" and event.type == EventType.CONSULT and (not event.actors or tree.passive(at)):
            return tree.lemmas[head] in self.lex.classes["talks"] and tree.agent(at) is None
        if event.type == EventType.SUPPORT and event.mode is None and not event.recipients:
            return not event.inner and self.reader.clause(at).first("obj") is None  # "stood by"
        return False

    def _empty_demand(self, event: Event) -> bool:
        """Tell whether nothing is said of what is demanded: "they have a big demand"."""
        inner = event.inner
        return (
            inner is not None
            and not self._proposed(inner.at)
            and (
                event.type == EventType.REQUEST or (event.type == EventType.THREATEN and not event.recipients)
            )
            and inner.frame.noun
            and inner.type == event.type
            and inner.content is None
            and inner.at == event.content
        )

    def _proposed(self, noun: int) -> bool:
        """Tell whether a proposal is said to be made: "submitted a proposal"; not "her proposals", known before."""
        return self.tree.lemmas[noun] == "proposal" and self.tree.kid(noun, "nmod:poss") is None

    def _pronoun(self, heads: Iterable[int]) -> bool:
        return any(self.tree.tags[k] in ("PRP", "DT", "WP", "WDT") for k in heads)

    def _demand(self, event: Event) -> bool:
        """Tell whether a thing of the table was answered: "the demands were rejected"."""
        demands = self.lex.classes["demand"]
        clause = self.reader.clause(event.at)
        thing = clause.first("obj")
        if thing is None:
            return False
        if event.type not in (EventType.REJECT, EventType.AGREE):
            return False
        return self.tree.lemmas[thing] in demands or (
            self.tree.words[thing] in ("this", "that", "it", "both", "these", "they")
            and bool(self.chains.get(event.at))
        )

    def _noun_stands(self, event: Event) -> bool:
        tree, i = self.tree, event.at
        if not event.frame.bare and event.type not in (EventType.REQUEST,):
            return False
        if event.frame.op == "ask" and (event.content is None or event.content == event.word):
            return False
        if not any(self.cast.known(k) for k in event.actors):
            return False
        head = tree.heads[i]
        if tree.deps[i] in ("nmod", "obl", "compound") and (
            tree.lemmas[head] in _UNREAL or tree.case(i) in ("without", "against", "for", "like", "such")
        ):
            return False
        if tree.lemmas[head] in self.lex.classes["violence"] and tree.case(i) in (
            "on",
            "at",
            "against",
            "of",
        ):
            return event.type in (EventType.ASSAULT, EventType.COERCE)  # "an attack on an aid convoy"
        if event.both and len(event.actors) > 1:
            return tree.deps[i] not in (("nmod", "obl", "appos") if event.type in _AT_TABLE else ("nmod",))
        if event.mode == "mediate" and event.type == EventType.CONSULT:
            return True
        return bool(event.recipients) and (
            event.type == EventType.ASSAULT or any(self.cast.known(k) for k in event.recipients)
        )


def speaks(tree: Tree, k: int) -> bool:
    """Tell whether a pronoun may stand for the speaker: any but "you"."""
    return tree.tags[k] == "PRP" and tree.words[k] != "you"


def of_troops(event: Event) -> bool:
    """Tell whether it tells of troops that are moved."""
    return event.type == EventType.MOBILIZE or event.mode == "peacekeeping"
