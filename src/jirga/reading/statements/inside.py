"""What an operator stands over: the clause, infinitive or noun that is demanded, refused, promised, stopped."""

from __future__ import annotations

from collections.abc import Callable

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.event import Event
from jirga.reading.statements.frames import Frame, Lexicon
from jirga.reading.statements.modality import force_of
from jirga.reading.statements.roles import Clause
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words

__all__ = ["OBJECT_DOES", "Inside"]

OBJECT_DOES = frozenset({"ask", "force", "cause", "allow", "prevent"})
"""Operators whose object is the doer of what is inside."""
_NO_CLAUSE = frozenset({"do", "try", "intend", "ready"})  # these take an infinitive or a noun, not "that ..."
_MISSED = frozenset(
    {"fail", "stop", "refuse"}
)  # "missed a deadline to sign", "abandoned an effort to mediate"
_GERUND = frozenset({"refuse", "deny", "stop", "think"})
_BEHEST = frozenset({"request", "invitation", "insistence", "urging"})  # "put off at their request"
_INFINITIVE = words("inside_infinitive")
_ADDRESS = words("inside_address")
_THAT_SHALL = frozenset({"insist", "propose", "advise", "recommend", "appeal"})
_QUESTION = words("inside_question")
_SLOTS = ("obj", "to", "for", "on", "in", "of", "with", "from", "upon", "against", "at")

Found = tuple[int | None, Event | None]


class Inside:
    """Finds contents in one passage.

    Parameters
    ----------
    tree : Tree
    cast : Cast
    lex : Lexicon
    read : callable
        Reads the event of a token, at a depth.

    Attributes
    ----------
    void : dict of int to int
        Trigger to the content that is only asked about or thought of, and so tells nothing.
    """

    def __init__(
        self, tree: Tree, cast: Cast, lex: Lexicon, read: Callable[[int, int], Event | None]
    ) -> None:
        self.tree, self.cast, self.lex, self._read = tree, cast, lex, read
        self.void: dict[int, int] = {}

    def of_verb(self, frame: Frame, clause: Clause, depth: int) -> Found:
        """Return the head of what a verb stands over, and the event there."""
        thing = clause.first("obj")
        found = self._clausal(frame, clause, thing, depth)
        if found is not None:
            return found
        if frame.op == "do" and thing is not None and self.tree.kid(thing, "nummod") is not None:
            for k in self.tree.kids[thing]:  # "announced 12 million euros in aid"
                if self.tree.deps[k] == "nmod" and self.tree.case(k) in ("in", "of"):
                    event = self.under(k, depth)
                    if event is not None:
                        return k, event
        if "responsibility" in frame.rest and thing is not None:
            for k in (*self.tree.kids[thing], *clause.slots.get("for", ())):
                event = self.under(k, depth) if self.tree.case(k) == "for" else None
                if event is not None:
                    return k, event
        for slot in _SLOTS:
            for k in clause.slots.get(slot, ()):
                if slot == "at" and self.tree.lemmas[k] in _BEHEST:
                    continue
                if slot == "obj" and frame.op in OBJECT_DOES and self.cast.at(k) and not self._eventish(k):
                    continue
                event = self.under(k, depth)
                if event is not None:
                    return k, event
        if frame.op in _MISSED and thing is not None:
            found = self._addressed(thing, depth)
            if found[1] is not None:
                return found
        if frame.op in OBJECT_DOES and thing is not None and self.cast.known(thing):
            if frame.op != "ask":
                return None, None
            if frame.key in _ADDRESS:
                return self._addressed(thing, depth)
        if (
            frame.op == "warn"
            and thing is not None
            and (self.cast.at(thing) or self.tree.tags[thing] == "PRP")
        ):
            return clause.first("against", "of", "about", "over"), None  # "warned Chad against any attempt"
        asked = clause.first("on", "upon", "to") if frame.op == "ask" and thing is None else None
        if asked is not None and self.tree.kid(asked, "acl") is not None:
            found = self._addressed(asked, depth)  # "called on all parties to exercise restraint"
            if found[0] is not None:
                return found
        return (thing if thing is not None else clause.first("for", "to", "on", "with")), None

    def _clausal(self, frame: Frame, clause: Clause, thing: int | None, depth: int) -> Found | None:
        tree, ask = self.tree, frame.op == "ask"
        if ask:
            for k in clause.slots.get("parataxis", ()):
                if k > clause.head and force_of(tree, k).when == "must":
                    return k, self.under(k, depth)
        wants_thing = ask and thing is not None and not self.cast.at(thing) and not clause.passive
        for k in sorted(k for dep in ("ccomp", "xcomp") for k in clause.slots.get(dep, ())):
            if tree.deps[k] == "ccomp" and (frame.op in _NO_CLAUSE or wants_thing):
                continue
            event = self.under(k, depth)
            if event is None and thing is not None and tree.tags[k] == "VBN" and ask and not clause.passive:
                return thing, None  # "want the deal scrapped"
            if event is not None or tree.is_verb(k) or tree.deps[k] == "ccomp":
                return k, event
        for k in clause.slots.get("advcl", ()) if frame.op in _GERUND else ():
            if tree.tags[k] == "VBG" and not tree.case(k) and "," not in tree.words[clause.head : k]:
                return k, self.under(k, depth)  # "ruled out giving up land"
        against = frame.op in ("warn", "think") or frame.rest == ("against",)
        for k in clause.slots.get("advcl", ()) if against else ():
            if k > clause.head and tree.case(k) in ("against", "of", "about", "from"):
                return k, self.under(k, depth)  # "warned them against leaving", "stopped short of asking"
        for k in clause.slots.get("advcl", ()) if frame.op in _INFINITIVE else ():
            marks = (tree.words[m] for m in tree.kids[k] if tree.deps[m] == "mark")
            if k > clause.head and "to" in marks:
                event = self.under(k, depth)
                asked = ask and frame.rest in (("on",), ("upon",))
                if event is not None or asked or frame.mode == "ultimatum":
                    return k, event
        return None

    def _addressed(self, thing: int, depth: int) -> Found:
        """Return what the object is urged to, where the infinitive hangs on the object."""
        tree = self.tree
        for k in tree.kids[thing]:
            if tree.deps[k] == "acl" and k > thing and tree.tags[k] == "VB":
                return k, self.under(k, depth)
        return None, None

    def of_noun(self, i: int, depth: int) -> Found:
        """Return the head of what a noun stands over ("the demand that", "a refusal to"), and the event there."""
        tree = self.tree
        for k in tree.kids[i]:
            if (
                tree.deps[k] in ("acl", "ccomp", "acl:relcl", "xcomp", "advcl")
                and k > i
                and tree.tags[k] != "VBN"
            ):
                return k, self.under(k, depth)
        for k in tree.kids[i]:
            if (
                tree.deps[k] in ("nmod", "obl")
                and k > i
                and tree.case(k) in ("of", "for", "to", "on", "against")
            ):
                event = self.under(k, depth)
                if event is not None:
                    return k, event
        for k in tree.kids[i]:
            if tree.deps[k] == "nmod" and k > i and tree.case(k) in ("of", "for") and tree.words[k] != "own":
                return k, None
        return None, None

    def asked(self, content: int, clause: Clause) -> bool:
        """Tell whether a clause is really asked for: a question ("asked how") or a claim ("insists that it is") is not."""
        tree = self.tree
        if tree.deps[content] == "ccomp":
            if any(
                tree.words[k] in _QUESTION for k in (content, *tree.kids[content]) if tree.deps[k] != "advcl"
            ):
                self.void[clause.head] = content
                return False
            if tree.lemmas[clause.head] in _THAT_SHALL:
                return tree.tags[content] in ("VB", "VBP") or any(
                    tree.words[k] in ("should", "must", "be") for k in tree.kids[content]
                )
        return True

    def under(self, k: int, depth: int) -> Event | None:
        """Return the event of a content's head; negative for "agreed not to attack" and "no talks"."""
        event = self._read(k, depth + 1)
        if event is not None and event.force.negative:
            event.negative = True
        return event

    def _eventish(self, k: int) -> bool:
        return self.tree.lemmas[k] in self.lex.nouns
