"""A changed conflict into an existing document: only what says something else is touched.

The document is what a person wrote; ``before`` is the plain form of what it says, ``after`` the plain form of
what it shall say. Where both are equal, the person's nodes stay, with their comments and way of writing.
"""

from __future__ import annotations

from typing import Any, TypeAlias

from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark
from ruamel.yaml.tokens import CommentToken

__all__ = ["merge"]

CHOSEN = {"conflict", "options", "preferences", "ranking", "label"}  # keys whose order says nothing
Yaml: TypeAlias = Any  # a mapping, a list or a scalar of ruamel.yaml, which has no types of its own


def merge(document: CommentedMap, before: CommentedMap, after: CommentedMap) -> None:
    """Bring ``document`` from saying ``before`` to saying ``after``, in place."""
    for key in [key for key in document if str(key) in before and str(key) not in after]:
        del document[key]
    names = {str(key): key for key in document}
    for at, (name, value) in enumerate(after.items()):
        key = names.get(str(name))
        if key is None:
            document.insert(min(at, len(document)), name, value)
        elif name in before and before[name] != value:
            document[key] = _changed(document[key], before[name], value)
    _reorder(document, before, after)


def _changed(node: Yaml, before: Yaml, after: Yaml) -> Yaml:
    """Return the node for ``after``: the old one changed in place where the shapes fit, else the new one."""
    if (
        isinstance(node, CommentedMap)
        and isinstance(before, CommentedMap)
        and isinstance(after, CommentedMap)
    ):
        merge(node, before, after)
        return node
    lists = all(isinstance(part, CommentedSeq) for part in (node, before, after))
    if lists and len(node) == len(before):
        _merge_list(node, list(before), list(after))
        return node
    return after


def _merge_list(node: CommentedSeq, before: list[Yaml], after: list[Yaml]) -> None:
    """Give the list its new entries; an entry that stays or moves keeps its node and its comments."""
    keys = [repr(item) for item in before]
    notes = [_note(node, place) for place in range(len(before))]
    leads = [
        [],
        *(tail for _, tail in notes),
    ]  # the comment lines above an entry; the last are below the list
    free = list(range(len(before)))
    origin: list[int | None] = []
    for item in after:
        found = next((place for place in free if keys[place] == repr(item)), None)
        if found is not None:
            free.remove(found)
        origin.append(found)
    for at, found in enumerate(origin):
        if found is None and at in free:  # an entry that was reworded in its place
            free.remove(at)
            origin[at] = at
    old = list(node)
    fresh = [
        item
        if place is None
        else old[place]
        if keys[place] == repr(item)
        else _changed(old[place], before[place], item)
        for item, place in zip(after, origin, strict=True)
    ]
    del node[:]
    node.ca.items.clear()
    node.extend(fresh)
    unplaced = sorted({*free, *(place for place in origin[:1] if place is not None)} - {0})
    lost = [
        line for place in unplaced for line in leads[place]
    ]  # nothing stands above the first entry's lead
    above = [[] if place in (None, 0) else leads[place or 0] for place in origin[1:]]
    below = [*above, [*lost, *leads[-1]]]
    for at, place in enumerate(origin):
        _set_note(node, at, "" if place is None else notes[place][0], below[at])


def _note(node: CommentedSeq, place: int) -> tuple[str, list[str]]:
    """Return the comment behind an entry and the comment lines that follow it, above the next entry."""
    entry = node.ca.items.get(place)
    token = entry[0] if entry else None
    if not isinstance(token, CommentToken):
        return "", []
    first, _, rest = token.value.partition("\n")
    return first, rest.splitlines() if rest.strip() else []


def _set_note(node: CommentedSeq, place: int, behind: str, below: list[str]) -> None:
    if behind or below:
        text = "\n".join([behind, *below]) + "\n"
        column = node.lc.col if node.lc.col is not None else 0
        node.ca.items[place] = [CommentToken(text, CommentMark(column), None), None]


def _reorder(document: CommentedMap, before: CommentedMap, after: CommentedMap) -> None:
    """Order matters where keys are options or decision makers; a person's order of other keys stays."""
    wanted = [str(key) for key in after]
    kept = [name for name in wanted if name in before] == [str(key) for key in before if key in after]
    there = [str(key) for key in document if str(key) in wanted]
    if there == wanted or (kept and not CHOSEN.isdisjoint(wanted)):
        return
    for name in wanted:
        for key in [key for key in document if str(key) == name]:
            document.move_to_end(key)
