"""Reporting clauses inside or after what they report: "The talks, he said, had failed", "They lost, officials said"."""

from __future__ import annotations

from jirga.reading.attribution.cue import Content, Cue
from jirga.reading.attribution.groups import noun_phrase
from jirga.reading.attribution.tree import Tree

__all__ = ["clause_range", "inserted"]

_ADVERBIAL = frozenset({
    "obl", "obl:unmarked", "obl:tmod", "obl:npmod", "obl:agent", "advmod", "iobj", "obj", "compound:prt",
    "aux", "aux:pass", "nmod", "nmod:unmarked",
})  # fmt: skip
_COMMAS = frozenset(",:;—–-―") | {"--"}
_CLOSING = frozenset({"”", '"', "''", "’", "?", "!", "»"})
_FAR = 200  # tokens looked back over: a sentence without end must not cost its square
_SHORT = 10  # tokens
_NESTED = frozenset({"ccomp", "advcl", "acl:relcl", "acl"})


def clause_range(cue: Cue, source: tuple[int, int] | None) -> tuple[int, int]:
    """Return the reporting clause's first and last token: source, cue, and adverbials that follow on directly."""
    tree = cue.tree
    near = source if source and abs(source[0] - cue.verb) < 60 else None
    lo = min(cue.lo, near[0]) if near and near[0] >= tree.first[cue.verb] else cue.lo
    hi = max(cue.hi, near[1]) if near and near[1] <= tree.last[cue.verb] else cue.hi
    for k in tree.kids[cue.verb]:
        if tree.left[k] == hi + 1 and tree.deps[k] in _ADVERBIAL:
            hi = tree.right[k]
    return lo, hi


def inserted(cue: Cue) -> Content | None:
    """Find an unmarked content that the reporting clause interrupts or follows.

    1. The clause has its own subject, is set off by a mark on the left, and ends at a mark or with the sentence.
    2. What is around it is the content: the whole sentence, or the clause that it is put into.
    3. "As he said" is such a clause too.
    """
    tree, verb = cue.tree, cue.verb
    if cue.subject is None or cue.passive or not cue.has("insert"):
        return None
    own = tree.kid(verb, "nsubj")
    if own is not None and own < cue.subject < verb and tree.deps[cue.subject] == "nsubj":
        own = (
            cue.subject
        )  # "Debris set fire to a mill, officials said", where "debris" is a subject of "said" too
    if own is None:
        return None
    lo, hi = clause_range(cue, noun_phrase(tree, own, verb))
    first, last = tree.first[verb], tree.last[verb]
    hi = _to_mark(tree, hi, last)
    as_ = lo > first and tree.lower[lo - 1] == "as" and tree.heads[lo - 1] in (verb, own)
    if as_:
        lo -= 1
    if lo - 1 <= first or not _set_off(tree, lo) or not _closes(tree, hi, last):
        return None
    before = any(tree.deps[k] in ("ccomp", "parataxis") and k < lo for k in tree.kids[verb])
    final = hi + 1 >= last
    put_in = tree.deps[verb] == "parataxis" or _taken_for_relative(tree, verb, lo, hi)
    if not (before or as_ or put_in or (final and _clausal(tree, first, lo))):
        return None
    start, end = _region(tree, verb, whole=before or final or tree.deps[verb] == "acl:relcl")
    runs = [(min(start, lo - 1), lo - 1)]
    rest = max(hi, tree.right[verb]) if tree.deps[verb] == "parataxis" else hi
    if rest + 2 < end and tree.words[rest + 1] in _COMMAS and (as_ or put_in):
        runs.append((rest + 1, end))
    return Content("inserted", tuple(runs), cue.hi, 5)


def _to_mark(tree: Tree, hi: int, last: int) -> int:
    """Go on over a time or place that the parse hung on the content: "he explained earlier in the hearing, ..."."""
    if hi + 1 > last or tree.tags[hi + 1] != "IN" or tree.deps[hi + 1] != "case":
        return hi
    for at in range(hi + 1, min(last, hi + _SHORT)):
        if tree.words[at] == ",":
            return at - 1
        if tree.is_verb(at) or tree.tags[at] in ("MD", "WDT", "WP", "``", "''", ":"):
            return hi
    return hi


def _taken_for_relative(tree: Tree, verb: int, lo: int, hi: int) -> bool:
    """Tell whether the parse took an inserted clause for a relative one: "All of this, he concedes, may fail"."""
    return (
        tree.deps[verb] == "acl:relcl"
        and tree.heads[verb] < lo
        and tree.words[lo - 1] == ","
        and hi + 1 < len(tree)
        and tree.words[hi + 1] == ","
        and tree.kid(verb, "obj", "ccomp", "xcomp") is None
        and tree.tags[lo] not in ("WDT", "WP", "WP$", "WRB", "IN")
    )


def _region(tree: Tree, verb: int, *, whole: bool) -> tuple[int, int]:
    """Return what the clause is put into: the sentence, or the clause of its head when that is nested."""
    head = tree.heads[verb]
    if whole or head == verb or tree.deps[head] not in _NESTED:
        return tree.first[verb], tree.last[verb]
    return tree.left[head], tree.right[head]


def _set_off(tree: Tree, lo: int) -> bool:
    return (tree.words[lo - 1] in _COMMAS and tree.words[lo - 1] != ":") or tree.words[lo - 1] in _CLOSING


def _closes(tree: Tree, hi: int, last: int) -> bool:
    return hi >= last or tree.words[hi + 1] in _COMMAS or tree.words[hi + 1] in (".", "?", "!", "”", '"', ")")


def _clausal(tree: Tree, lo: int, hi: int) -> bool:
    """Tell whether tokens ``lo`` up to ``hi`` hold a main clause: a subject, and no conjunction that subordinates it."""
    if tree.deps[lo] == "mark" or tree.tags[lo] in ("VBG", "VBN", "WRB"):
        return False
    return any(tree.deps[i].startswith("nsubj") for i in range(max(lo, hi - _FAR), hi))
