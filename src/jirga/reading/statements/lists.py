"""Demands that a list tells: "its conditions include a truce, the release of ... and ...", "three demands: ..."."""

from __future__ import annotations

from collections.abc import Iterator

from jirga.reading.statements.cast import Cast
from jirga.reading.statements.demands import speech_frame
from jirga.reading.statements.event import Event
from jirga.reading.statements.events import EventReader
from jirga.reading.statements.modality import force_of
from jirga.reading.statements.roles import noun_actors
from jirga.reading.statements.told import Told
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.weigh import Weighed
from jirga.reading.statements.words import words
from jirga.reading.types import ActorMention, Attribution, EventType, Modality, Polarity

__all__ = ["LISTED", "LIST_NOUNS", "listed_demands"]

LISTED = "one of the demands"
"""Name of the frame of what a list tells."""

LIST_NOUNS = words("lists_nouns")
_ARE = words("lists_are")
_ANSWER = words("lists_answer")
_MOST = 12  # a longer list is a broken parse
_REACH = 150  # tokens after the colon; bounds hostile text
_HANGS = ("appos", "conj", "list", "parataxis", "dep")


def listed_demands(
    tree: Tree, cast: Cast, reader: EventReader, chain: tuple[Attribution, ...], i: int
) -> Iterator[Told]:
    """Yield a demand for each item of the list that the noun `i` ("demands", "conditions", "terms") opens.

    Parameters
    ----------
    tree : Tree
    cast : Cast
    reader : EventReader
    chain : tuple of Attribution
        Over the noun, outermost first.
    i : int
        Any token; others than such nouns yield nothing.
    """
    if tree.lemmas[i] not in LIST_NOUNS or not tree.tags[i].startswith("NN"):
        return
    items = _said_to_be(tree, i) or _after_colon(tree, i) or _duties(tree, i)
    if not items:
        return
    top = _top(tree, i)
    actors, recipients = _whose(tree, cast, i, chain)
    if not actors:
        return
    for item in items:
        inner = reader.read(item)
        frame = speech_frame(LISTED, EventType.REQUEST, "ask")
        event = Event(top, i, EventType.REQUEST, None, frame, content=item)
        event.why.append(("type", i, "item of a list of demands = REQUEST"))
        modes = reader.lex.table_modes
        mode = modes.get(inner.type.value if inner is not None else "any", modes["any"])
        weighed = Weighed(
            EventType.REQUEST, mode, Polarity.POSITIVE, Modality.ASSERTED, "item of a list of demands"
        )
        others = frozenset(items) - {item}
        others |= {k for k in tree.kids[item] if tree.deps[k] in ("nsubj", "nsubj:outer", "cop")}
        after = next((k for k in items if k > item), None)
        stop = _before(tree, after) if after is not None else max(tree.content(item, without=others)) + 1
        who = tree.subject(item) if tree.is_verb(item) else None
        acts = who is not None and who > i and not tree.passive(item) and cast.known(who)
        asked = cast.actors(who) if acts and who is not None else recipients
        yield Told(event, weighed, chain, None, actors, asked, others, max(stop, i + 1))


def _before(tree: Tree, item: int) -> int:
    """Return the token after the last one before an item and what parts it from the one before."""
    at = min(tree.phrase(item)[0], item)
    while at > tree.first[item] and tree.words[at - 1] in (",", ";", "and", "or", "as", "well", "to"):
        at -= 1
    return at


def _said_to_be(tree: Tree, i: int) -> list[int]:
    """Return the items of "X's demands are A and B", "the terms include A, B and C"."""
    if tree.deps[i] not in ("nsubj", "nsubj:outer"):
        return []
    head = tree.heads[i]
    if force_of(tree, head).negative:
        return []
    if tree.lemmas[head] in _ARE and tree.is_verb(head):
        first = tree.kid(head, "obj")
    else:
        first = head if tree.kid(head, "cop") is not None and tree.tags[head].startswith("N") else None
    return _items(tree, first) if first is not None and first > i else []


def _after_colon(tree: Tree, i: int) -> list[int]:
    """Return the items after the colon that closes the noun's phrase."""
    colon = _colon(tree, i)
    if colon < 0 or any(tree.is_verb(k) and tree.deps[k] not in ("acl", "amod") for k in range(i + 1, colon)):
        return []
    out: list[int] = []
    for k in range(colon + 1, min(tree.last[i], colon + _REACH)):
        if tree.heads[k] <= colon and tree.deps[k] != "punct" and len(out) < _MOST:
            if not _thing(tree, k):
                continue
            out.extend(m for m in _items(tree, k) if m not in out)
    return sorted(out) if all(tree.kid(k, "nsubj", "expl") is None for k in out) else []


def _colon(tree: Tree, i: int) -> int:
    return next((k for k in range(i + 1, min(i + 10, tree.last[i])) if tree.words[k] in (":", "–", "—")), -1)


def _duties(tree: Tree, i: int) -> list[int]:
    """Return the clauses after the colon that say what must be: "one condition: the army has to leave and ..."."""
    colon, out = _colon(tree, i), list[int]()
    for k in range(colon + 1, min(tree.last[i], colon + _REACH)) if colon > 0 else ():
        at = tree.heads[k] if tree.deps[k] == "xcomp" else k
        beside = tree.heads[at] <= colon or (tree.deps[at] == "conj" and tree.heads[at] > colon)
        if beside and tree.is_verb(k) and force_of(tree, k).when == "must" and len(out) < _MOST:
            out.append(k)
    return out


def _items(tree: Tree, first: int) -> list[int]:
    out: list[int] = []
    todo = [first]
    while todo and len(out) < _MOST:
        at = todo.pop(0)
        out.append(at)
        for k in tree.kids[at]:
            if k > at and tree.deps[k] in _HANGS and _thing(tree, k):
                todo.append(k)
    return sorted(out)


def _thing(tree: Tree, k: int) -> bool:
    """Tell whether a token heads a noun phrase or an infinitive, and no clause."""
    if tree.kid(k, "nsubj:pass") is not None or (
        tree.kid(k, "nsubj") is not None and tree.kid(k, "cop") is None
    ):
        return False
    return tree.tags[k].startswith("N") or (tree.tags[k] == "VB" and k > 0 and tree.words[k - 1] == "to")


def _top(tree: Tree, i: int) -> int:
    """Return the head of the clause that the noun stands in."""
    at = i
    for _ in range(8):
        if tree.is_verb(at) or tree.heads[at] == at or tree.kid(at, "cop") is not None:
            break
        at = tree.heads[at]
    above = tree.heads[at]
    return above if tree.lemmas[at] in _ANSWER and tree.is_verb(above) else at


def _whose(
    tree: Tree, cast: Cast, i: int, chain: tuple[Attribution, ...]
) -> tuple[list[ActorMention], list[ActorMention]]:
    """Return who demands, and of whom, where the clause tells."""
    owners = [k for k in noun_actors(tree, i, cast, "actor") if cast.agentive(k) and tree.words[k] != "own"]
    recipients: list[ActorMention] = []
    verb = _top(tree, i)
    if not owners and tree.lemmas[tree.heads[i]] in _ANSWER:
        if verb == tree.heads[i]:
            return [], []  # "accepted three demands: ...": who made them is not told here
        asked, who = tree.kid(verb, "iobj", "obj"), tree.subject(verb)
        owners = tree.conjuncts(who) if who is not None else []
        recipients = [a for k in (tree.conjuncts(asked) if asked is not None else []) for a in cast.actors(k)]
    elif not owners and tree.is_verb(verb) and verb != tree.heads[verb]:
        who = tree.subject(verb)
        owners = tree.conjuncts(who) if who is not None else []
    elif not owners and tree.is_verb(verb):
        who = tree.kid(verb, "nsubj")
        owners = tree.conjuncts(who) if who is not None and who != i else []
    actors = [a for k in owners if cast.agentive(k) for a in cast.actors(k)]
    if not actors and chain and chain[-1].source is not None:
        actors = [chain[-1].source]
    return actors, recipients
