"""Where the actor, the recipient and the content of a frame stand in the sentence."""

from __future__ import annotations

from collections.abc import Sequence

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.frames import Frame, Lexicon
from jirga.reading.statements.tree import CLAUSES, Tree
from jirga.reading.statements.words import words
from jirga.reading.types import EventType

__all__ = ["Clause", "clause_of", "deep_heads", "matches", "noun_actors", "slot_heads"]

_NO_GAP = words("roles_no_gap")
_MANY = words("roles_many")
_DONE = words("roles_done")
_ASIDE = frozenset({"despite", "amid"})
_CASUALTY = frozenset(
    {"dead", "death", "deaths", "killed", "victim", "victims", "casualty", "casualties", "wounded"}
)
_TERM = frozenset({"until", "till"})
_UNITS = frozenset({"hour", "day", "week", "month"})
PLACE_CASES = (
    "in",
    "into",
    "at",
    "near",
    "across",
    "inside",
    "around",
    "outside",
    "over",
    "along",
    "throughout",
    "within",
)


class Clause:
    """A verb with its arguments by slot.

    Attributes
    ----------
    head : int
    passive : bool
    slots : dict of str to list of int
        Slot name (obj, iobj, subj, agent, xcomp, ccomp, advcl, parataxis, or a preposition) to token heads.
    near : set of str
        Particles and prepositions of the verb itself, which a frame may ask for.
    things, mods : dict of str to set of str
        By slot, words and lemmas of the nouns that stand there, and of what modifies them.
    """

    __slots__ = ("head", "mods", "near", "passive", "slots", "things")

    def __init__(self, tree: Tree, i: int) -> None:
        self.head = i
        self.passive = tree.passive(i)
        self.slots: dict[str, list[int]] = {}
        self.near: set[str] = set()
        self.things: dict[str, set[str]] = {}
        self.mods: dict[str, set[str]] = {}
        for k in tree.kids[i]:
            self._child(tree, k)
        if "iobj" in self.slots and "obj" not in self.slots:
            self.slots["obj"] = self.slots["iobj"]  # "accused Congo of arming": the only object there is
        if self.passive and tree.deps[i] in ("acl", "amod") and "obj" not in self.slots:
            self.slots["obj"] = [tree.heads[i]]
        shared = (
            tree.subject(i) if self.passive and tree.deps[i] == "conj" and "obj" not in self.slots else None
        )
        if shared is not None and not tree.passive(tree.heads[i]):
            self._add("obj", shared)  # "the boats came too close and were driven away"
        if i + 1 < tree.last[i]:
            self.near.add(tree.words[i + 1])
        if tree.deps[i] == "acl:relcl" and not self.passive and "obj" not in self.slots:
            self._object_relative(tree, i)

    def _child(self, tree: Tree, k: int) -> None:
        dep = tree.deps[k]
        if (
            dep in ("nsubj", "nsubj:outer")
            and k > self.head
            and "subj" in self.slots
            and tree.is_verb(self.head)
            and "," not in tree.words[self.head : k]
        ):
            self._add("obj", k)  # "asked Kabul to": a second subject, after the verb, is its object
            self._thing(tree, k, "obj")
        elif dep in ("nsubj", "nsubj:outer") or (dep == "nsubj:pass" and not self.passive):
            self._add("subj", k)
        elif dep == "nsubj:pass":
            self._add("obj", tree.antecedent(k))
            self._thing(tree, tree.antecedent(k), "obj")
        elif dep in ("obj", "iobj"):
            self._add(dep, tree.antecedent(k))
            self._thing(tree, tree.antecedent(k), "obj")
        elif dep in ("obl", "obl:agent", "nmod", "obl:tmod", "obl:npmod", "obl:unmarked"):
            case = tree.case(k) or "bare"
            if _is_time(tree, k):
                if case in _TERM:
                    self.near.add(case)  # "gave them until Friday"
                elif case == "bare" and tree.lemmas[k] in _UNITS:
                    self.near.add(tree.lemmas[k])  # "gave them 48 hours"
                return
            self.near.add(case)
            for m in tree.kids[k]:
                if tree.deps[m] in ("case", "mark"):
                    self.near.add(tree.words[m])
                    self.near.update(tree.words[f] for f in tree.kids[m])
            self._add("agent" if case == "by" and self.passive else case, k)
            self._thing(tree, k, case)
        elif dep in CLAUSES:
            self._add(dep, k)
            self.near.update(tree.words[m] for m in tree.kids[k] if tree.deps[m] in ("mark", "case"))
            if dep in ("xcomp", "ccomp"):
                self.things.setdefault("obj", set()).update((tree.words[k], tree.lemmas[k]))
        elif dep in (
            "compound:prt",
            "compound",
            "advmod",
            "case",
            "mark",
            "advmod:emph",
            "discourse",
            "obl:prt",
        ):
            if dep != "mark" or tree.words[k] != "for":  # "for it to leave" is no "leave for"
                self.near.add(tree.words[k])
            if dep == "advmod":
                self.near.update(
                    tree.words[m] for m in tree.kids[k] if tree.deps[m] in ("case", "obl", "fixed")
                )

    def _add(self, slot: str, k: int) -> None:
        self.slots.setdefault(slot, []).append(k)

    def _thing(self, tree: Tree, k: int, slot: str) -> None:
        """Note a noun argument, what is joined to it, and its modifiers."""
        things, mods = self.things.setdefault(slot, set()), self.mods.setdefault(slot, set())
        for noun in tree.conjuncts(k)[:6]:
            things.update((tree.words[noun], tree.lemmas[noun]))
            for m in tree.kids[noun]:
                if tree.deps[m] in (
                    "compound",
                    "amod",
                    "nmod",
                    "flat",
                    "det",
                    "nmod:poss",
                    "nummod",
                    "fixed",
                ) or (tree.deps[m] == "acl" and tree.tags[m] == "JJ"):
                    mods.update((tree.words[m], tree.lemmas[m]))
                    if tree.deps[m] == "compound" or tree.words[noun] in _MANY:
                        things.add(tree.lemmas[m])
                        things.add(f"{tree.lemmas[m]}-{tree.lemmas[noun]}")

    def asked(self, part: str, glue: frozenset[str]) -> bool:
        """Tell whether a word stands by the verb, or in its object, or after a preposition that the frame names."""
        if part in self.near:
            return True
        for slot in self.things:
            if slot in ("obj", "bare") or slot in glue or not glue & self.things.keys():
                if slot not in ("obj", "bare") and slot not in glue and "obj" in self.slots:
                    continue
                if part in self.things[slot] or part in self.mods.get(slot, ()):
                    return True
        return False

    def has(self, words: frozenset[str], glue: frozenset[str]) -> bool:
        """Tell whether a noun of a class stands in the object, or after a preposition that the frame names."""
        return any(
            things & words for slot, things in self.things.items() if slot in ("obj", "bare") or slot in glue
        )

    def _object_relative(self, tree: Tree, i: int) -> None:
        """Take the noun before as the object: "the attacks that it launched"."""
        subject = self.slots.get("subj")
        noun = tree.heads[i]
        if tree.lemmas[noun] in _NO_GAP:
            return
        if subject and tree.antecedent(subject[0]) != noun:
            self._add("obj", noun)
            self._thing(tree, noun, "obj")

    def first(self, *slots: str) -> int | None:
        """Return the first head in the first of these slots that is filled."""
        for slot in slots:
            if slot in self.slots:
                return self.slots[slot][0]
        return None


def clause_of(tree: Tree, i: int) -> Clause:
    """Return the clause of a verb or predicate."""
    return Clause(tree, i)


def slot_heads(
    tree: Tree, clause: Clause | None, noun: int | None, slots: Sequence[str], cast: Cast, of: str
) -> list[int]:
    """Return the heads that fill the first slot with anything in it.

    Parameters
    ----------
    tree : Tree
    clause : Clause or None
        The verb's clause; None for a noun that stands by itself.
    noun : int or None
        The event noun, or the verb's object, whose own phrases ("attack on X") count as well.
    slots : sequence of str
        In order; "inner" and "csubj" are the caller's.
    cast : Cast
    of : str
        What stands after "of" of the noun: "to" when it may be the recipient.
    """
    for slot in slots:
        if slot == "place":
            found = [
                k for case in PLACE_CASES for k in _at(tree, clause, noun, case, of) if not _is_time(tree, k)
            ]
        elif slot == "whose":
            owned = (
                noun
                if noun is not None
                else (clause.first("obj", "of", "to", "with", "on") if clause else None)
            )
            found = noun_actors(tree, owned, cast, "to") if owned is not None and not cast.at(owned) else []
        elif slot == "subj":
            found = list(clause.slots.get("subj", []) or clause.slots.get("obj", [])) if clause else []
        else:
            found = _at(tree, clause, noun, slot, of)
        if found:
            return [c for k in found for c in tree.conjuncts(k)]
    return []


def deep_heads(tree: Tree, clause: Clause, slot: str) -> list[int]:
    """Return what stands after a preposition further down: "gave 20 million in aid to Lebanon"."""
    for k in (k for found in clause.slots.values() for k in found if k > clause.head):
        if tree.case(k) in _ASIDE:
            continue
        for m in tree.kids[k]:
            if tree.deps[m] not in ("nmod", "obl", "obj"):
                continue
            for n in (m, *tree.kids[m]):
                if (
                    n > clause.head
                    and tree.deps[n] in ("nmod", "obl")
                    and tree.case(n) == slot
                    and not _is_time(tree, n)
                ):
                    return tree.conjuncts(n)
    return []


def _at(tree: Tree, clause: Clause | None, noun: int | None, slot: str, of: str) -> list[int]:
    found: list[int] = []
    if slot == "of" and noun is not None and any(tree.case(k) == "by" for k in tree.kids[noun]):
        of = "to"  # "the bombing of the market by jets"
    if noun is not None and slot not in ("obj", "iobj") and (slot != "of" or of == "to"):
        found = [
            k
            for k in tree.kids[noun]
            if tree.deps[k] in ("nmod", "obl") and tree.case(k) == slot and k > noun
        ]
    if not found and clause is not None and (slot not in ("obj",) or noun is None):
        found = [k for k in clause.slots.get(slot, []) if k != noun]
    return [k for k in found if not _is_time(tree, k)]


_TIME = words("roles_time")


def _is_time(tree: Tree, i: int) -> bool:
    word = tree.words[i]
    if (
        tree.lemmas[i] in _TIME
        or word in _TIME
        or (word[0].isdigit() and word.endswith(("am", "pm", ".m", ".m.")))
    ):
        return True
    counted = tree.deps[i] in ("obj", "nsubj:pass")  # "left 14 dead"
    return (
        tree.tags[i] == "CD"
        and not counted
        and all(tree.words[k] in _TIME or tree.deps[k] in ("case", "punct") for k in tree.kids[i])
    )


def noun_actors(tree: Tree, noun: int, cast: Cast, of: str) -> list[int]:
    """Return who does what an event noun says: "X's attack", "attack by X", "the Russian attack", "demands from X"."""
    for k in tree.kids[noun]:
        if tree.deps[k] == "nmod:poss" and not _is_time(tree, k):
            return tree.conjuncts(k)
    for case in ("by", "from", "between", "of"):
        if case == "of" and (of != "actor" or (_violent(tree, noun, cast) and cast.modifiers(noun))):
            continue  # "the Chadian shelling of the port"
        for k in tree.kids[noun]:
            if (
                tree.deps[k] in ("nmod", "obl", "obl:agent")
                and tree.case(k) == case
                and not _is_time(tree, k)
            ):
                if case in ("from",) and not cast.known(k):
                    continue
                return tree.conjuncts(k)
    for k in tree.kids[noun]:
        if tree.deps[k] == "acl" and tree.tags[k] in ("VBN", "VBD") and tree.lemmas[k] in _DONE:
            doer = tree.agent(k)
            if doer is not None:
                return tree.conjuncts(doer)
    return cast.modifiers(noun)


def _violent(tree: Tree, noun: int, cast: Cast) -> bool:
    classes = cast.lex.classes
    return tree.lemmas[noun] in classes["violence"] or tree.lemmas[noun] in classes["weaponry"]


def matches(tree: Tree, frame: Frame, clause: Clause, lex: Lexicon, cast: Cast) -> bool:
    """Tell whether the words and classes that a frame asks for are there."""
    glue = frozenset(frame.rest)
    for part in frame.rest:
        if part.startswith("!"):
            if clause.asked(part[1:], glue):
                return False
        elif part.startswith("@"):
            named = part == "@place" and _is_taken(tree, clause, cast)
            if not named and not clause.has(lex.classes.get(part[1:], frozenset()), glue):
                return False
        elif not clause.asked(part, glue):
            return False
    if frame.passive and not clause.passive:
        return False
    if frame.key == "tell" and frame.op == "ask" and not _told_to(tree, clause):
        return False  # "tell that to the judges", "told them what to say"
    if (
        frame.key == "call"
        and "obj" in clause.slots
        and any(tree.tags[k][0] in "JN" for k in clause.slots.get("xcomp", ()))
        and not any(part in ("@bad", "@false") for part in frame.rest)
    ):
        return False  # "called the strike a lockout" only names it
    if frame.type == EventType.ASSAULT and "ccomp" in clause.slots and not frame.weak:
        return False  # "shot back that they had lied"
    if frame.object == "none":
        return clause.first("obj") is None and _subject_is(tree, frame.subject or "agents", clause, cast)
    if frame.object and frame.object != "any":
        thing = clause.first("obj")
        if thing is None:
            return frame.object == "party-or-none"
        if frame.object == "party-or-none":
            if not cast.known(thing) and tree.tags[thing] != "PRP":
                return False
        elif frame.object == "party":
            if tree.deps[clause.head] == "acl:relcl" or "what" in (
                tree.words[k] for k in tree.kids[clause.head]
            ):
                return False
            if tree.words[thing] in ("it", "them", "this", "that"):
                return False  # "calling it a provocation"
            if not cast.at(thing) or clause.passive or thing < clause.head or "xcomp" in clause.slots:
                return False
        elif not _in(tree, thing, lex.classes[frame.object]):
            return False
    if frame.object == "any" and clause.first("obj") is None:
        return False
    if frame.subject:
        return _subject_is(tree, frame.subject, clause, cast)
    return True


def _is_taken(tree: Tree, clause: Clause, cast: Cast) -> bool:
    """Tell whether the thing of a clause is a place by name and its doer may hold one: "captured Bara"; no candidate does."""
    thing = clause.first("obj")
    who = clause.first("agent") if clause.passive else tree.subject(clause.head)
    if thing is None or not _is_place(thing, cast):
        return False
    doers = [] if who is None else cast.at(who)
    return not any(m.kind == "person" or m.name.endswith("Party") for m in doers)


def _is_place(i: int, cast: Cast) -> bool:
    return any(
        (m.kind in ("place", "country") and m.how != "pronoun") or m.how == "capital" for m in cast.at(i)
    )


def _told_to(tree: Tree, clause: Clause) -> bool:
    inside = clause.first("xcomp")
    return inside is not None and not any(tree.tags[k] in ("WP", "WRB", "WDT") for k in tree.kids[inside])


def _subject_is(tree: Tree, name: str, clause: Clause, cast: Cast) -> bool:
    lex = cast.lex
    who = clause.first("agent", "obj") if clause.passive else tree.subject(clause.head)
    if who is None:
        return False
    if name in ("agents", "visitor"):
        moved = clause.first("obj") if name == "visitor" else None
        if name == "visitor" and any(
            _in(tree, k, lex.classes["forces"]) for k in (who, moved) if k is not None
        ):
            return False  # "flew 4,000 troops into the province"
        weapon = lex.classes["weaponry"] | lex.classes["violence"] | lex.classes["talks"]
        return not _in(tree, who, weapon) or tree.words[who] in lex.classes["agents"]
    if name == "toll" and tree.lemmas[who] in ("number", "count"):
        return any(tree.lemmas[k] in _CASUALTY or tree.words[k] in _CASUALTY for k in tree.kids[who])
    thing = clause.first("obj")
    if name == "armed" and tree.tags[who].startswith("NNP") and thing is not None and _is_place(thing, cast):
        return any(m.kind == "group" and not m.name.endswith("Party") for m in cast.at(who))
    if name == "place" and _is_place(who, cast):
        return True
    return _in(tree, who, lex.classes[name])


def _in(tree: Tree, i: int, words: frozenset[str]) -> bool:
    if tree.lemmas[i] in words or tree.words[i] in words:
        return True
    if tree.words[i] in (
        "some",
        "dozens",
        "hundreds",
        "thousands",
        "scores",
        "number",
        "group",
        "handful",
        "round",
        "members",
        "series",
        "wave",
    ):
        return any(_in(tree, k, words) for k in tree.kids[i] if tree.deps[k] == "nmod")
    return False
