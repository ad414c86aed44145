"""A list of demands is several demands: "asked it to free the men and to pay for the damage"."""

from __future__ import annotations

from dataclasses import replace

from jirga.reading.statements.events import EventReader
from jirga.reading.statements.told import Told
from jirga.reading.statements.tree import Tree
from jirga.reading.types import EventType

__all__ = ["split"]

_LISTED = frozenset({EventType.REQUEST, EventType.AGREE, EventType.THREATEN})
_OWN = ("obj", "obl", "ccomp", "xcomp")
_MODIFIED = ("amod", "nmod", "compound", "acl", "nmod:poss", "nummod")
_MOST = 12  # a longer list is a broken parse


def split(told: Told, tree: Tree, reader: EventReader) -> list[Told]:
    """Return one `Told` for each demand, promise or threat of a list; the one given when it is no list."""
    content = told.event.content
    if told.weighed.type not in _LISTED or content is None or content == told.event.at:
        return [told]
    heads = _parts(tree, content, reader)
    if len(heads) < 2:
        return [told]
    out = []
    for head in heads:
        inner = reader.read(head)
        mode = told.weighed.mode
        if told.weighed.type != EventType.THREATEN and mode != "ceasefire" and head != content:
            kind = inner.type.value if inner is not None else "any"
            mode = reader.lex.table_modes.get(kind, reader.lex.table_modes["any"])
        event = replace(told.event, content=head, end=None)
        others = frozenset(heads) - {head}
        stop = max(tree.content(head, without=others), default=head) + 1
        who = tree.kid(head, "nsubj") if head != content and tree.is_verb(head) else None
        nobody = head != content and tree.kid(head, "nsubj:pass") is not None
        named = reader.cast.actors(who) if who is not None and reader.cast.known(who) else []
        out.append(
            replace(
                told,
                recipients=[] if nobody else named or told.recipients,
                event=event,
                weighed=replace(told.weighed, mode=mode),
                without=others,
                stop=stop,
                extra=[*told.extra, ("content", head, "one of a list")],
            )
        )
    return out


def _goes_on(tree: Tree, content: int, k: int) -> bool:
    """Tell whether a clause with a subject of its own is demanded too: "that A leave and that B pay"."""
    if any(tree.words[m] in ("but", "while", "yet") for m in tree.kids[k]):
        return False
    marked = any(tree.deps[m] == "mark" and tree.words[m] == "that" for m in tree.kids[k])
    bare = (
        tree.tags[k] == "VB"
        or (tree.deps[content] == "xcomp" and tree.tags[k] == "VBN")
        or (tree.tags[content] == tree.tags[k] == "VBN" and tree.kid(content, "aux", "aux:pass") is None)
        or any(tree.words[m] == "be" for m in tree.kids[k])
    )
    same = tree.tags[k] == tree.tags[content] and tree.passive(k) == tree.passive(content)
    return marked or bare or (tree.deps[content] == "advcl" and same)


def _parts(tree: Tree, content: int, reader: EventReader) -> list[int]:
    joined = [k for k in tree.kids[content] if tree.deps[k] == "conj" and k > content]
    if any(tree.words[m] in ("or", "nor") for k in joined for m in tree.kids[k] if tree.deps[m] == "cc"):
        return [content]  # a choice is one thing
    if tree.is_verb(content):
        clause = tree.deps[content] in ("ccomp", "advcl", "xcomp")
        whole = [
            k
            for k in joined
            if tree.is_verb(k)
            and (
                any(content < m < k and tree.deps[m] in _OWN for m in tree.kids[content])
                if tree.kid(k, "nsubj", "nsubj:pass") is None
                else clause and _goes_on(tree, content, k)
            )
        ]
        return [content, *whole][:_MOST]
    nouns = [k for k in joined if tree.tags[k].startswith("N")]
    if nouns and all(reader.frames(k) or tree.kid(k, *_MODIFIED) is not None for k in (content, *nouns)):
        return [content, *nouns][:_MOST]
    return [content]
