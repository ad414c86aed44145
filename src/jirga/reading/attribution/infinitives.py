"""Infinitives as contents: "plans to leave", "urged the army to leave", "is said to have left"."""

from __future__ import annotations

from jirga.reading.attribution.cue import OBJECTS, Content, Cue, about_subject, has_subject, is_infinitive
from jirga.reading.attribution.tree import Tree

__all__ = ["infinitive"]


def infinitive(cue: Cue) -> Content | None:
    """Find an infinitive: "plans to leave", "urged the army to leave", "is said to have left"."""
    tree = cue.tree
    if not (cue.has("infinitive") or cue.has("causing")):
        return None
    held = next(iter(cue.kids(*OBJECTS)), None) or _called_on(cue)
    for k in cue.kids("xcomp", "ccomp", "advcl", "acl"):
        if not (is_infinitive(tree, k) or (tree.tags[k] == "VB" and tree.deps[k] == "ccomp")):
            continue
        lo = max(tree.left[k], cue.hi + 1)
        if cue.passive:
            if cue.key not in cue.lex.phrases["passive_infinitive"] or tree.kid(cue.verb, "aux:pass") is None:
                return None
            return about_subject(cue, "passive infinitive", (lo, tree.right[k]), cue.hi)
        if held is not None and held < k:
            return _causing(cue, tree.left[held], k)
        if has_subject(tree, k) and cue.has("causing"):
            return _causing(cue, lo, k)
        if cue.has("infinitive") and tree.deps[k] != "acl" and _joined(tree, cue.hi, lo):
            return Content("infinitive", ((lo, tree.right[k]),), cue.hi, 4)
    return _held_infinitive(cue, held) if held is not None else None


def _causing(cue: Cue, lo: int, k: int) -> Content | None:
    if not cue.has("causing"):
        return None
    return Content("causing", ((max(lo, cue.hi + 1), cue.tree.right[k]),), cue.hi, 4)


def _held_infinitive(cue: Cue, held: int) -> Content | None:
    """Find an infinitive that the parse hung on the person who is urged."""
    tree = cue.tree
    if cue.passive or cue.has("object"):
        return None
    below = (m for m in tree.kids[held] if m > held and tree.deps[m] == "acl" and is_infinitive(tree, m))
    k = next(below, None)
    return _causing(cue, tree.left[held], k) if k is not None else None


def _called_on(cue: Cue) -> int | None:
    """Return who is called on or appealed to, after the verb's preposition."""
    tree = cue.tree
    if "_" not in cue.key:
        return None
    return next((k for k in cue.kids("obl") if tree.case(k) == tree.lower[cue.hi]), None)


def _joined(tree: Tree, end: int, lo: int) -> bool:
    """Tell whether only adverbs and times stand between a cue and its infinitive."""
    return lo - end <= 5 and not any(tree.words[i] in (",", ";", ":") for i in range(end + 1, lo))
