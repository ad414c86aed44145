"""From a trigger word to an event: its frame, what is inside it, who does it to whom."""

from __future__ import annotations

from dataclasses import dataclass, field

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.frames import Frame, Lexicon
from jirga.reading.statements.modality import Force, force_of
from jirga.reading.statements.roles import Clause, deep_heads, matches, noun_actors, slot_heads
from jirga.reading.statements.tree import Tree
from jirga.reading.types import EventType

__all__ = ["Event", "EventReader"]

_CONTENT = ("ccomp", "xcomp")
_DEEP = 6  # operators inside operators; prose has three at most
_NO_CLAUSE = frozenset({"do", "try", "intend", "ready"})  # these take an infinitive or a noun, not "that ..."
_INFINITIVE = frozenset("ready promise refuse fail threaten vow intend agree ask try do allow force".split())
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
_SAME = frozenset({"do", "cause", "deny"})
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
)  # where a party may still stand
_QUESTION = frozenset("how why what who whom where when whether if which".split())
_OBJECT_DOES = frozenset({"ask", "force", "cause", "allow", "prevent"})


@dataclass(slots=True)
class Event:
    """An event as read from one trigger, in tokens.

    Attributes
    ----------
    at : int
        The trigger's token; the head of the clause.
    word : int
        The token that carries the type (a noun under a light verb).
    type : EventType
    mode : str or None
    frame : Frame
    actors, recipients : list of int
        Heads of noun phrases.
    content : int or None
        Head of what is demanded, refused, promised, threatened.
    inner : Event or None
        The event inside an operator.
    negative : bool
    force : Force
    both : bool
        Several actors act on one another.
    caused : bool
        The actors are those who were brought to do it ("got both sides to agree").
    end : int or None
        Head of a clause that carries the content on ("guarantees" ... "that they will stop").
    why : list of (str, int, str)
        Aspect, token, rule.
    """

    at: int
    word: int
    type: EventType
    mode: str | None
    frame: Frame
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    content: int | None = None
    inner: Event | None = None
    negative: bool = False
    force: Force = field(default_factory=Force)
    both: bool = False
    caused: bool = False
    end: int | None = None
    why: list[tuple[str, int, str]] = field(default_factory=list)


class EventReader:
    """Reads events off one passage's tree."""

    def __init__(self, tree: Tree, cast: Cast, lex: Lexicon) -> None:
        self.tree, self.cast, self.lex = tree, cast, lex
        self.control: set[int] = set()
        self.questions: dict[int, int] = {}
        self._memo: dict[int, Event | None] = {}
        self._clauses: dict[int, Clause] = {}

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
            elif tag in ("VBN", "VBG") and lemma != tree.words[i] and tree.words[i] in lex.predicates:
                found = lex.predicates[tree.words[i]] + found
            return found
        if tree.kid(i, "cop") is not None or tag in ("JJ", "IN", "RB"):
            found = lex.predicates.get(lemma) or lex.predicates.get(tree.words[i])
            if found and (
                tree.kid(i, "cop") is not None or tree.deps[i] in ("acl", "xcomp", "conj", "advcl")
            ):
                return found
        if tag.startswith("N") or (tag == "JJ" and tree.deps[i] in ("obj", "nsubj", "nsubj:pass")):
            return (
                lex.nouns.get(lemma)
                or lex.nouns.get(tree.words[i])
                or lex.nouns.get(lex.plurals.get(tree.words[i], ""), ())
            )
        return ()

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
        if frame.op in _OBJECT_DOES or (frame.type == EventType.ACCUSE):
            self.control.add(i)
        if frame.op:
            event = self._operator(i, frame, clause, depth)
        else:
            assert frame.type is not None
            event = Event(i, i, frame.type, frame.mode, frame, both=frame.both)
        if event is None:
            return None
        event.why.insert(0, ("type", i, f"{'verb' if not frame.copula else 'predicate'} “{frame.name}”"))
        self._verb_actors(event, frame, clause)
        if not event.recipients:
            event.recipients = self._recipients(event, frame, frame.to, clause)
        if not event.recipients and event.inner is not None and frame.op in ("do", "cause", "try", "stop"):
            event.recipients = self._recipients(event, frame, event.inner.frame.to, clause)
        event.force = force_of(self.tree, i)
        return event

    def _verb_actors(self, event: Event, frame: Frame, clause: Clause) -> None:
        tree = self.tree
        if frame.actor != ("subj",):
            heads = slot_heads(
                tree,
                clause,
                event.word if event.word != event.at else clause.first("obj"),
                frame.actor,
                self.cast,
                "actor",
            )
            event.actors = heads
            if not heads and frame.subject:
                noun = clause.first("obj") if clause.passive else tree.subject(event.at)
                event.actors = noun_actors(tree, noun, self.cast, "actor") if noun is not None else []
                told = self.read(noun) if noun is not None and event.mode is None else None
                event.mode = told.mode if told is not None and told.type == event.type else event.mode
                if not event.recipients and noun is not None and event.type == EventType.ASSAULT:
                    event.recipients = slot_heads(
                        tree, None, noun, ("on", "against", "in", "into"), self.cast, "to"
                    )
            return
        if event.caused and event.actors:
            return
        doer = clause.first("agent") if clause.passive else tree.subject(event.at, frozenset(self.control))
        if doer is not None:
            event.actors = tree.conjuncts(doer)
        elif event.inner is not None and frame.op in ("do", "cause", "stop"):
            event.actors = list(event.inner.actors)
        if doer is not None and event.type == EventType.ASSAULT:
            event.actors = [k for a in event.actors for k in self._behind(a)]

    def _behind(self, a: int) -> list[int]:
        """Who stands behind a weapon or an attack that is the subject: "a Taliban attack killed", "missiles fired by X"."""
        tree = self.tree
        if self.cast.at(a) or not {tree.lemmas[a], tree.words[a]} & (
            self.lex.classes["weaponry"] | self.lex.classes["violence"]
        ):
            return [a]
        return noun_actors(tree, a, self.cast, "actor")

    def _recipients(self, event: Event, frame: Frame, slots: tuple[str, ...], clause: Clause) -> list[int]:
        noun = event.word if event.word != event.at else None
        content = event.content
        for slot in slots:
            found: list[int] = []
            if slot == "inner":
                found = list(event.inner.recipients) if event.inner else []
                if not found and event.inner and event.inner.type in (EventType.CONSULT, EventType.AGREE):
                    found = [a for a in event.inner.actors if a not in event.actors]
            elif slot == "csubj":
                clause_at = event.end if event.end is not None else content
                who = (
                    self.tree.subject(clause_at)
                    if clause_at is not None and self.tree.deps[clause_at] in ("ccomp", "parataxis")
                    else None
                )
                if (
                    who is None
                    and event.inner is not None
                    and event.inner.frame.noun
                    and event.inner.content is not None
                ):
                    who = self.tree.subject(event.inner.content)
                found = self.tree.conjuncts(who) if who is not None else []
            elif slot == "deep":
                found = [n for case in ("to", "for", "in") for n in deep_heads(self.tree, clause, case)]
            elif slot in ("obj", "iobj") and content is not None and content in clause.slots.get(slot, ()):
                found = []
            else:
                thing = noun if noun is not None else clause.first("obj")
                found = slot_heads(
                    self.tree,
                    clause,
                    thing if slot not in ("obj", "iobj") else None,
                    (slot,),
                    self.cast,
                    "to",
                )
            found = [
                k
                for k in found
                if k not in event.actors
                and k != content
                and k != noun
                and self._may_be(k, slot, event, frame)
            ]
            found = [k for k in found if not self._doer(k, event)]
            if found:
                return self._doers(found) if event.type in _OF_DEEDS else found
        if event.mode == "mediate":
            found = [k for k in deep_heads(self.tree, clause, "between") if k not in event.actors]
            if found:
                return found
        if slots and slots != ("whose",):
            for slot in _ANY if not frame.both else ("with",):
                thing = noun if noun is not None else clause.first("obj")
                found = [
                    k
                    for k in slot_heads(self.tree, clause, thing, (slot,), self.cast, "to")
                    if k not in event.actors and k != content
                ]
                found = found or [k for k in deep_heads(self.tree, clause, slot) if k not in event.actors]
                if found and any(self.cast.at(k) and self.cast.at(k)[0].kind != "place" for k in found):
                    return found
        if event.inner is not None and frame.op and "inner" not in frame.to:
            return [k for k in event.inner.recipients if k not in event.actors]
        return []

    def _doer(self, k: int, event: Event) -> bool:
        """Tell whether a noun phrase is the actor himself, or his own ("closed its border")."""
        own = {a.id for i in event.actors for a in self.cast.actors(i)}
        other = {a.id for a in self.cast.actors(k)}
        return bool(other) and other <= own and not event.both

    def _doers(self, heads: list[int]) -> list[int]:
        """Who praises or blames a deed, praises or blames its doer: "criticised Ankara's decision"."""
        out: list[int] = []
        for k in heads:
            owners = [] if self.cast.at(k) else noun_actors(self.tree, k, self.cast, "to")
            out.extend([o for o in owners if self.cast.at(o)] or [k])
        return out

    def _may_be(self, k: int, slot: str, event: Event, frame: Frame) -> bool:
        """Tell whether a noun phrase may be the recipient: not a word of the phrase itself; with a party's type, a party."""
        tree, known = self.tree, self.cast.known(k)
        for part in frame.rest:
            if event.type in _BODILY and tree.lemmas[k] not in self.lex.nouns:
                break  # "banned the paper", "burned the village": the word of the phrase is what it is done to
            words = self.lex.classes.get(part[1:], frozenset()) if part.startswith("@") else frozenset({part})
            if (tree.lemmas[k] in words or tree.words[k] in words) and not self.cast.at(k):
                return False
        if event.type in _PARTY and slot not in ("whose", "inner"):
            return known or tree.tags[k] in ("PRP", "WP", "WDT")
        if (
            event.type == EventType.RETREAT
            and event.mode == "withdraw"
            and tree.lemmas[k] in self.lex.classes["forces"]
        ):
            return False
        if event.type == EventType.REJECT and (
            slot in ("of", "to", "from", "by", "with", "on", "for") or event.content is None
        ):
            return known
        return True

    # ------------------------------------------------------------------ operators

    def _operator(self, i: int, frame: Frame, clause: Clause, depth: int) -> Event | None:
        assert frame.op is not None
        content, inner = self._inside(frame, clause, depth)
        if frame.op == "ask" and content is not None and not self._asked(content, clause):
            return None
        told = inner.type.value if inner is not None and frame.op in _SAME else self._told(inner)
        kind = self.lex.compose(frame.op, told)
        if kind is None:
            if inner is not None and content is not None and frame.op not in ("do", "cause"):
                self.questions[i] = content
            return None
        if frame.op == "allow" and inner is None and content is None:
            return None
        event = Event(i, i, EventType(kind), frame.mode, frame, content=content, inner=inner, both=frame.both)
        if content is not None and content in clause.slots.get("obj", ()):
            event.end = next((k for k in clause.slots.get("ccomp", ()) if k > content), None)
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
        if inner is not None:
            event.why.extend(inner.why)
            event.why.append(("type", i, f"{frame.op} + {self._told(inner)} = {kind}"))
            if inner.negative and frame.op in _SAME:
                event.negative = not event.negative
        event.mode = self._mode(event, frame, inner)
        return event

    def _asked(self, content: int, clause: Clause) -> bool:
        """A question ("asked how") and a claim ("insists that it is") are no demand."""
        tree = self.tree
        if tree.deps[content] == "ccomp":
            if any(
                tree.words[k] in _QUESTION for k in (content, *tree.kids[content]) if tree.deps[k] != "advcl"
            ):
                self.questions[clause.head] = content
                return False
            if tree.lemmas[clause.head] in ("insist", "propose", "advise", "recommend", "appeal"):
                return tree.tags[content] in ("VB", "VBP") or any(
                    tree.words[k] in ("should", "must", "be") for k in tree.kids[content]
                )
        return True

    def _told(self, inner: Event | None) -> str | None:
        """The type inside; what is not done counts as its halt: "agreed not to attack"."""
        if inner is None:
            return None
        if inner.negative:
            return self.lex.compose("stop", inner.type.value) or inner.type.value
        return inner.type.value

    def _mode(self, event: Event, frame: Frame, inner: Event | None) -> str | None:
        if event.mode and frame.op not in ("stop",):
            return event.mode
        kind, lex = event.type.value, self.lex
        inside = self._told(inner)
        if kind == "AGREE" and inner is not None and inner.mode == "ceasefire":
            return "ceasefire"
        if kind in ("REQUEST", "REJECT", "AGREE", "CONCEDE"):
            if inside is None:
                return lex.table_modes["any"] if kind != "CONCEDE" else "yield"
            if inner is not None and inner.mode == "sign" and kind != "AGREE":
                return "meet"
            if inside in ("REQUEST", "REJECT", "AGREE") and inner is not None and inner.mode:
                return inner.mode
            return lex.table_modes.get(inside, lex.table_modes["any"])
        if kind == "THREATEN":
            return lex.threat_modes.get(
                inside or "", "violence" if inside is None and frame.op == "vow" else None
            )
        if kind == "RETREAT" and frame.op == "stop" and inner is not None:
            return "ceasefire" if inner.type == EventType.ASSAULT else "ease"
        if kind == "SANCTION" and frame.op == "stop" and inner is not None:
            return "aid" if inner.type == EventType.AID else "discontinue"
        if kind == "COERCE":
            return event.mode or "restrict"
        return event.mode

    def _inside(self, frame: Frame, clause: Clause, depth: int) -> tuple[int | None, Event | None]:
        """Return the head of what an operator stands over, and the event there."""
        tree = self.tree
        thing = clause.first("obj")
        if frame.op == "ask":
            for k in clause.slots.get("parataxis", ()):
                if k > clause.head and force_of(tree, k).when == "must":
                    return k, self._under(k, depth)
        wants_thing = (
            frame.op == "ask" and thing is not None and not self.cast.at(thing) and not clause.passive
        )
        for k in sorted(k for dep in _CONTENT for k in clause.slots.get(dep, ())):
            dep = tree.deps[k]
            if dep == "ccomp" and (frame.op in _NO_CLAUSE or wants_thing):
                continue
            event = self._under(k, depth)
            if event is not None or tree.is_verb(k) or dep == "ccomp":
                return k, event
        if frame.op in _INFINITIVE:
            for k in clause.slots.get("advcl", ()):
                if (
                    any(tree.words[m] == "to" for m in tree.kids[k] if tree.deps[m] == "mark")
                    and k > clause.head
                ):
                    event = self._under(k, depth)
                    if event is not None:
                        return k, event
        for slot in ("obj", "to", "for", "on", "in", "of", "with", "from", "upon", "against", "at"):
            for k in clause.slots.get(slot, ()):
                if slot == "obj" and frame.op in _OBJECT_DOES and self.cast.at(k) and not self._eventish(k):
                    continue
                event = self._under(k, depth)
                if event is not None:
                    return k, event
        if frame.op in _OBJECT_DOES and thing is not None and self.cast.known(thing) and frame.op != "ask":
            return None, None
        return (thing if thing is not None else clause.first("for", "to", "on", "with")), None

    def _eventish(self, k: int) -> bool:
        return self.tree.lemmas[k] in self.lex.nouns

    def _under(self, k: int, depth: int) -> Event | None:
        """The event of a content's head; "agreed not to attack" and "no talks" are negative there."""
        event = self.read(k, depth + 1)
        if event is not None and event.force.negative:
            event.negative = True
        return event

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
            content, inner = self._noun_inside(i, depth)
            told = self.lex.compose(frame.op, self._told(inner))
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
            event.mode = self._mode(event, frame, inner)
        event.force = force_of(tree, i)
        return event

    def _noun_inside(self, i: int, depth: int) -> tuple[int | None, Event | None]:
        tree = self.tree
        for k in tree.kids[i]:
            if (
                tree.deps[k] in ("acl", "ccomp", "acl:relcl", "xcomp", "advcl")
                and k > i
                and tree.tags[k] != "VBN"
            ):
                return k, self._under(k, depth)
        for k in tree.kids[i]:
            if (
                tree.deps[k] in ("nmod", "obl")
                and k > i
                and tree.case(k) in ("of", "for", "to", "on", "against")
            ):
                event = self._under(k, depth)
                if event is not None:
                    return k, event
        for k in tree.kids[i]:
            if tree.deps[k] == "nmod" and k > i and tree.case(k) in ("of", "for"):
                return k, None
        return None, None
