"""From a trigger word to an event: its frame, what is inside it, who does it to whom."""

from __future__ import annotations

from dataclasses import replace

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.event import Event, mode_of, told_inside
from jirga.reading.statements.frames import Frame, Lexicon
from jirga.reading.statements.inside import OBJECT_DOES, Inside
from jirga.reading.statements.modality import force_of
from jirga.reading.statements.recipients import Recipients
from jirga.reading.statements.roles import Clause, matches, noun_actors, slot_heads
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words
from jirga.reading.types import EventType

__all__ = ["EventReader"]

_DEEP = 6  # operators inside operators; prose has three at most
_ARMED = frozenset(
    {"air", "airstrike", "airstrikes", "army", "military", "troops", "missiles", "drones", "rebels", "jets"}
)
_FOR_OTHERS = frozenset({EventType.SUPPORT, EventType.AID})
_FOR = frozenset(
    {"retaliation", "reprisal", "response", "revenge"}
)  # "in retaliation for a raid" is another raid
_WAGES = words("events_wages")
_SELF = frozenset({"itself", "themselves", "himself", "herself", "ourselves", "myself"})
_SAME = frozenset({"do", "cause", "deny"})  # these keep the type inside as it is


class EventReader:
    """Reads events off one passage's tree."""

    def __init__(self, tree: Tree, cast: Cast, lex: Lexicon) -> None:
        self.tree, self.cast, self.lex = tree, cast, lex
        self.control: set[int] = set()
        self.recipients = Recipients(tree, cast, lex)
        self.inside = Inside(tree, cast, lex, self.read)
        self._memo: dict[int, Event | None] = {}
        self._clauses: dict[int, Clause] = {}
        self._labour: bool | None = None

    def clause(self, i: int) -> Clause:
        """Return the clause of a verb, built once."""
        if i not in self._clauses:
            self._clauses[i] = Clause(self.tree, i)
        return self._clauses[i]

    def read(self, i: int, depth: int = 0) -> Event | None:
        """Return the event that token `i` tells, or None."""
        if i not in self._memo:
            self._memo[i] = None  # a word inside its own content, in a broken parse, reads as nothing
            self._memo[i] = self._read(i, depth)
        return self._memo[i]

    def frames(self, i: int) -> tuple[Frame, ...]:
        """Return the frames that a token may head."""
        tree, lex = self.tree, self.lex
        tag, lemma = tree.tags[i], tree.lemmas[i]
        if tag.startswith("V"):
            if lemma in ("have", "need") and i + 1 < len(tree) and tree.words[i + 1] == "to":
                return ()  # "has to": a duty, not an act
            found = lex.verbs.get(lemma)
            if found is None:
                found = lex.verbs.get(lex.forms.get(tree.words[i], ""), ())
            if tree.kid(i, "cop") is not None:
                found = (
                    lex.predicates.get(lemma, ()) + lex.predicates.get(tree.words[i], ())
                    if lemma != tree.words[i]
                    else lex.predicates.get(lemma, ())
                )
            elif (
                tree.words[i] in lex.predicates
                and lemma != tree.words[i]
                and (tag == "VBG" or tree.passive(i))
            ):
                found = lex.predicates[tree.words[i]] + found
            return found
        if tree.kid(i, "cop") is not None or tag in ("JJ", "IN", "RB"):
            found = lex.predicates.get(lemma) or lex.predicates.get(tree.words[i])
            if found and (
                tree.kid(i, "cop") is not None or tree.deps[i] in ("acl", "xcomp", "conj", "advcl")
            ):
                return found
        if lemma == "strike" and tag.startswith("N") and self._of_labour(i):
            return lex.nouns["walkout"]
        if tag.startswith("N") or (tag == "JJ" and tree.deps[i] in ("obj", "nsubj", "nsubj:pass")):
            return (
                lex.nouns.get(lemma)
                or lex.nouns.get(tree.words[i])
                or lex.nouns.get(lex.plurals.get(tree.words[i], ""), ())
            )
        return ()

    def _of_labour(self, i: int) -> bool:
        """Tell whether a strike is a stoppage: its passage is of workers and pay, and it is a strike on nothing."""
        tree, classes = self.tree, self.lex.classes
        if self._labour is None:
            told = {*tree.words}
            arms = (classes["weaponry"] | _ARMED) - {
                "strike",
                "operation",
                "attack",
                "clash",
                "stone",
                "raid",
            }
            self._labour = bool(told & classes["labour"]) and not told & arms
        return self._labour and not any(
            tree.case(k) in ("on", "at") and self.cast.known(k) for k in tree.kids[i]
        )

    def _read(self, i: int, depth: int) -> Event | None:
        frames = self.frames(i)
        if not frames or depth > _DEEP:
            return None
        if frames[0].noun:
            return self._noun(i, frames, depth)
        clause = self.clause(i)
        for frame in frames:
            if matches(self.tree, frame, clause, self.lex, self.cast):
                event = self._verb(i, frame, clause, depth)
                if event is not None:
                    return event
        return None

    # ------------------------------------------------------------------ verbs

    def _verb(self, i: int, frame: Frame, clause: Clause, depth: int) -> Event | None:
        if frame.op in OBJECT_DOES or (frame.type == EventType.ACCUSE):
            self.control.add(i)
        if frame.op:
            event = self._operator(i, frame, clause, depth)
        else:
            assert frame.type is not None
            event = Event(i, i, frame.type, frame.mode, frame, both=frame.both)
        if event is None or (event.type in _FOR_OTHERS and self._himself(clause)):
            return None
        event.why.insert(0, ("type", i, f"{'verb' if not frame.copula else 'predicate'} “{frame.name}”"))
        self._verb_actors(event, frame, clause)
        if not event.recipients:
            event.recipients = self.recipients.find(event, frame, frame.to, clause)
        if not event.recipients and event.inner is not None and frame.op in ("do", "cause", "try", "stop"):
            event.recipients = self.recipients.find(event, frame, event.inner.frame.to, clause)
        if (
            not event.recipients
            and event.inner is not None
            and frame.op == "try"
            and event.type == EventType.CONSULT
        ):
            event.recipients = [
                k for k in event.inner.actors if k not in event.actors
            ]  # "tried to get both to sign"
        if event.type == EventType.ASSAULT and event.inner is None:
            self._by_attack(event, clause)
        if event.mode == "strike" and frame.key == "walk" and not self._of_labour(i):
            event.type, event.mode = EventType.REJECT, "meet"  # a party that walks out leaves the table
        event.force = force_of(self.tree, i)
        if {"no", "none", "nothing"} & set(frame.rest):
            event.force = replace(event.force, negative=False)  # the phrase itself denies: "made no progress"
        inner = event.inner
        if inner is not None and inner.force.negative and event.force.no == inner.at:
            event.force = replace(
                event.force, negative=False
            )  # "offered no assurances": denied once, not twice
        return event

    def _verb_actors(self, event: Event, frame: Frame, clause: Clause) -> None:
        tree = self.tree
        if frame.actor == ("nobody",):
            return
        if frame.actor != ("subj",):
            heads = slot_heads(
                tree,
                clause,
                event.word if event.word != event.at else clause.first("obj"),
                frame.actor,
                self.cast,
                "actor",
            )
            event.actors = heads = self._seated(heads, frame)
            if not heads and frame.subject:
                noun = clause.first("obj") if clause.passive else tree.subject(event.at)
                named = noun_actors(tree, noun, self.cast, "actor") if noun is not None else []
                event.actors = self._seated(named, frame)
                told = self.read(noun) if noun is not None and event.mode is None else None
                event.mode = told.mode if told is not None and told.type == event.type else event.mode
                if not event.recipients and noun is not None and event.type == EventType.ASSAULT:
                    event.recipients = slot_heads(
                        tree, None, noun, ("on", "against", "in", "into"), self.cast, "to"
                    )
            return
        if event.caused and event.actors:
            return
        doer = (
            clause.first("agent")
            if clause.passive and not frame.copula and frame.op != "intend"
            else tree.subject(event.at, frozenset(self.control))
        )
        inner = event.inner
        if doer is not None and frame.op == "intend" and inner is not None and inner.frame.subject == "talks":
            event.actors = list(inner.actors)  # "talks are due to open": between those who talk
            return
        if doer is not None:
            event.actors = tree.conjuncts(doer)
        elif event.inner is not None and frame.op in ("do", "cause", "stop"):
            event.actors = list(event.inner.actors)
        if doer is not None and event.type == EventType.ASSAULT:
            event.actors = [k for a in event.actors for k in self._behind(a)]
        elif doer is None and clause.passive and event.type == EventType.ASSAULT:
            event.actors = self._attackers(clause)

    def _seated(self, heads: list[int], frame: Frame) -> list[int]:
        """Leave the talks themselves out of who talks: "a round of talks"."""
        talks = self.lex.classes["talks"] if frame.subject == "talks" else frozenset()
        return [k for k in heads if self.tree.lemmas[k] not in talks]

    def _by_attack(self, event: Event, clause: Clause) -> None:
        """Take kind and target from the attack that did it: "the bombing of the market killed 20"."""
        within = (k for k in clause.slots.get("in", ()) if self.tree.lemmas[k] not in _FOR)
        for k in (*clause.slots.get("subj", ()), *clause.slots.get("agent", ()), *within):
            attack = self.read(k) if self.tree.tags[k][0] in "NV" and not self.cast.at(k) else None
            if attack is not None and attack.frame.noun and attack.type == EventType.ASSAULT:
                event.mode = event.mode or attack.mode
                event.recipients = [
                    *event.recipients,
                    *(r for r in attack.recipients if r not in event.recipients and r not in event.actors),
                ]
                return

    def _attackers(self, clause: Clause) -> list[int]:
        """Who made the attack in which somebody was killed: "in an ambush by gunmen", "in a gunfight with police"."""
        violent = self.lex.classes["weaponry"] | self.lex.classes["violence"]
        for case in ("in", "during", "when", "from", "after"):
            for k in clause.slots.get(case, ()):
                if {self.tree.lemmas[k], self.tree.words[k]} & violent and not self.cast.at(k):
                    between = any(self.tree.case(m) == "between" for m in self.tree.kids[k])
                    if between:
                        return []
                    return noun_actors(self.tree, k, self.cast, "actor") or slot_heads(
                        self.tree, None, k, ("with",), self.cast, "to"
                    )
        return []

    def _behind(self, a: int) -> list[int]:
        """Who stands behind a weapon or an attack that is the subject: "a Taliban attack killed", "missiles fired by X"."""
        tree = self.tree
        thrown = next((k for k in tree.kids[a] if tree.deps[k] == "acl" and tree.tags[k] == "VBN"), None)
        doer = tree.agent(thrown) if thrown is not None else None
        if doer is not None and not self.cast.agentive(a):
            return tree.conjuncts(doer)  # "hurt by bottles thrown by demonstrators"
        if any(m.kind not in ("unknown", "people") for m in self.cast.at(a)) or not {
            tree.lemmas[a],
            tree.words[a],
        } & (self.lex.classes["weaponry"] | self.lex.classes["violence"]):
            return [a]
        found, head = noun_actors(tree, a, self.cast, "actor"), tree.heads[a]
        if found or tree.deps[a] not in ("obj", "obl") or tree.lemmas[head] not in _WAGES:
            return found
        doer = tree.subject(head) if not tree.passive(head) else None  # "launched raids that killed three"
        return tree.conjuncts(doer) if doer is not None else []

    # ------------------------------------------------------------------ operators

    def _operator(self, i: int, frame: Frame, clause: Clause, depth: int) -> Event | None:
        assert frame.op is not None
        if frame.op == "try" and self._pressed(clause):
            return None
        content, inner = self.inside.of_verb(frame, clause, depth)
        if frame.op == "ask" and self._wish(frame, inner):
            return None
        if frame.key == "expect" and self._foretold(clause, inner):
            if content is not None:
                self.inside.void[i] = content
            return None
        if frame.op == "ask" and content is not None and not self.inside.asked(content, clause):
            return None
        told = inner.type.value if inner is not None and frame.op in _SAME else told_inside(inner, self.lex)
        kind = self.lex.compose(frame.op, told)
        if (
            frame.op == "stop"
            and inner is not None
            and inner.type == EventType.RETREAT
            and inner.mode != "ceasefire"
        ):
            kind = EventType.REJECT.value  # "delayed the release": withheld, no attack
        if kind is None:
            if inner is not None and content is not None and frame.op not in ("do", "cause"):
                self.inside.void[i] = content
            return None
        if frame.op == "allow" and inner is None and content is None:
            return None
        event = Event(i, i, EventType(kind), frame.mode, frame, content=content, inner=inner, both=frame.both)
        if inner is not None and inner.at == content and inner.content is not None and _alike(inner, event):
            event.content = content = inner.content  # "repeated its demand that the men be freed"
        if content is not None and content in clause.slots.get("obj", ()):
            event.end = next(
                (k for slot in ("ccomp", "xcomp") for k in clause.slots.get(slot, ()) if k > content), None
            )
        if frame.op in ("do", "cause", "stop", "try", "deny") and inner is not None:
            event.word = inner.word
            if frame.op == "try" and event.type == EventType.CONSULT and inner.type != EventType.CONSULT:
                inner.mode = "talks"
            event.both = event.both or inner.both
            event.recipients = [] if frame.op == "stop" else list(inner.recipients)
            if frame.op in ("do", "cause", "try", "deny"):
                event.mode = inner.mode
                event.content, event.end = inner.content, inner.end
            if frame.op == "cause" and content is not None:
                who = self.tree.subject(content)
                event.actors = self.tree.conjuncts(who) if who is not None else list(inner.actors)
                event.caused = True
            elif frame.op == "do" and inner.caused:
                event.actors, event.caused = list(inner.actors), True
        if frame.op == "deny":
            event.negative = kind != EventType.REJECT
            whose = inner is not None and any(
                self.tree.tags[k][:3] != "PRP" or self.cast.at(k) for k in inner.actors
            )
            if (
                whose
                and inner is not None
                and content is not None
                and self.tree.kid(content, "nsubj") is not None
            ):
                event.actors, event.caused = list(inner.actors), bool(inner.actors)
        if inner is not None:
            event.why.extend(inner.why)
            event.why.append(("type", i, f"{frame.op} + {told_inside(inner, self.lex)} = {kind}"))
            if inner.negative and frame.op in _SAME:
                event.negative = not event.negative
        event.mode = mode_of(event, frame, inner, self.lex)
        return event

    def _foretold(self, clause: Clause, inner: Event | None) -> bool:
        """Tell whether others only expect it: "expects them to free the men", "is expected to attack"."""
        others = clause.first("obj") is not None and not clause.passive
        return others or (inner is not None and self.lex.groups[inner.type.value] == "host")

    def _himself(self, clause: Clause) -> bool:
        tree, thing = self.tree, clause.first("obj")
        if thing is None:
            return False
        own = tree.lemmas[clause.head] == "defend" and any(tree.tags[k] == "PRP$" for k in tree.kids[thing])
        return own or tree.words[thing] in _SELF

    def _pressed(self, clause: Clause) -> bool:
        """Tell whether somebody else is to do it: "pressed him to accept" is no try."""
        thing = clause.first("obj")
        return thing is not None and (self.tree.tags[thing] == "PRP" or bool(self.cast.at(thing)))

    def _wish(self, frame: Frame, inner: Event | None) -> bool:
        """Tell whether a hostile act is wanted or not wanted by its doer: "nobody wants a war" demands nothing."""
        return (
            frame.key in ("want", "seek", "desire")
            and inner is not None
            and inner.frame.noun
            and self.lex.groups[inner.type.value] == "host"
        )

    # ------------------------------------------------------------------ nouns

    def _noun(self, i: int, frames: tuple[Frame, ...], depth: int) -> Event | None:
        tree = self.tree
        if tree.deps[i] in ("compound", "amod", "flat", "case") or (
            tree.tags[i].startswith("NNP") and tree.deps[i] != "obj" and self.cast.at(i)
        ):
            return None
        near = {tree.words[k] for k in tree.kids[i]} | {tree.lemmas[k] for k in tree.kids[i]}
        near |= {tree.words[m] for k in tree.kids[i] for m in tree.kids[k] if tree.deps[m] == "case"}
        for frame in frames:
            if all(part in near for part in frame.rest):
                return self._noun_event(i, frame, depth)
        return None

    def _noun_event(self, i: int, frame: Frame, depth: int) -> Event | None:
        tree = self.tree
        content: int | None = None
        inner: Event | None = None
        kind = frame.type
        if frame.op:
            content, inner = self.inside.of_noun(i, depth)
            told = self.lex.compose(frame.op, told_inside(inner, self.lex))
            if told is None:
                return None
            kind = EventType(told)
        assert kind is not None
        event = Event(i, i, kind, frame.mode, frame, content=content, inner=inner, both=frame.both)
        event.why.append(("type", i, f"noun “{frame.name}”"))
        event.actors = noun_actors(tree, i, self.cast, "actor" if frame.of == "actor" else "to")
        for slot in frame.to:
            if slot == "inner":
                found = list(inner.recipients) if inner else []
            elif slot == "csubj":
                who = (
                    tree.subject(content)
                    if content is not None and tree.deps[content] in ("ccomp", "acl")
                    else None
                )
                found = tree.conjuncts(who) if who is not None and who != i else []
            else:
                found = slot_heads(tree, None, i, (slot,), self.cast, frame.of)
            found = [k for k in found if k not in event.actors and k != content]
            if found:
                event.recipients = found
                break
        if frame.op:
            event.mode = mode_of(event, frame, inner, self.lex)
        event.force = force_of(tree, i)
        return event


def _alike(inner: Event, event: Event) -> bool:
    """Tell whether a noun only names the act again: "repeated its threat to use force"."""
    return inner.frame.op == event.frame.op or (inner.frame.noun and inner.type == event.type)
