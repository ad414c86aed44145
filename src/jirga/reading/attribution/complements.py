"""Clauses as contents: "said that it holds", "asked whether it holds", mended where the parse tore them."""

from __future__ import annotations

from jirga.reading.attribution.cue import OBJECTS, Content, Cue, has_subject, is_infinitive
from jirga.reading.attribution.ends import onwards, tense
from jirga.reading.attribution.groups import noun_phrase
from jirga.reading.attribution.tree import Tree

__all__ = ["clause"]

_STRAYS = ("obj", "csubj", "ccomp", "dep", "nsubj", "nsubj:pass", "amod", "compound", "nmod", "det")
_STARTS = frozenset({"DT", "PRP", "PRP$", "NNP", "NN", "NNS", "NNPS", "EX", "CD", "JJ"})
_LOOSE = frozenset({
    "obl", "obl:unmarked", "advmod", "nmod", "punct", "acl", "obl:agent", "advcl:relcl", "acl:relcl",
})  # fmt: skip
_CONTRASTS = frozenset({
    "although", "though", "while", "whereas", "as", "even", "when", "after", "before", "since",
})  # fmt: skip


def clause(cue: Cue) -> Content | None:
    """Find a finite clause after the verb: "said that it holds", "asked whether it holds"."""
    if not (cue.has("clause") or cue.has("quote")):
        return None
    tree = cue.tree
    for k in cue.kids("ccomp", "advcl", "xcomp", "parataxis", "obj", "dep"):
        if _finite(tree, k, cue) and not _nearer(cue, k) and not _afterwards(cue, k):
            return Content("clause", (*_fronted(cue, k), _clause_run(cue, k)), cue.hi, 5)
    hung = _told(cue) or _marked(cue)
    if hung is not None:
        return Content("clause", ((tree.left[hung], onwards(tree, tree.right[hung])),), cue.hi, 5)
    return _unhung(cue)


def _nearer(cue: Cue, k: int) -> bool:
    """Tell whether another cue stands right before a clause with "that": the clause is that one's."""
    tree = cue.tree
    lo = tree.left[k]
    return (
        lo - 1 > cue.hi
        and tree.lower[lo] == "that"
        and tree.is_verb(lo - 1)
        and tree.lower[lo - 1] in cue.lex.forms
    )


def _afterwards(cue: Cue, k: int) -> bool:
    """Tell whether a clause after a comma only goes on: "The hall fell, aides said on Sunday, hours after they met".

    What stands before the speaker is what he said.
    """
    tree = cue.tree
    begin = tree.left[k] + (tree.words[tree.left[k]] == ",")
    if tree.words[begin - 1] != "," or tree.lower[begin] in ("that", "whether"):
        return False
    if cue.subject is None or cue.subject > cue.verb:
        return False
    return any(
        tree.deps[m] == "ccomp"
        and m < cue.subject
        and has_subject(tree, m)
        and tree.words[noun_phrase(tree, cue.subject, cue.verb)[0] - 1] == ","
        for m in tree.kids[cue.verb]
    )


def _told(cue: Cue) -> int | None:
    """Return a clause with "that" which the parse hung on the person who is told."""
    tree = cue.tree
    if cue.key not in cue.lex.verbs["telling"]:
        return None
    for held in cue.kids(*OBJECTS):
        for k in tree.kids[held]:
            if (
                k > held
                and tree.deps[k] in ("acl:relcl", "acl", "ccomp")
                and _complementiser(tree, tree.left[k])
            ):
                return k
    return None


def _marked(cue: Cue) -> int | None:
    """Return the clause that "that" opens right after the cue, wherever the parse hung it."""
    tree, at = cue.tree, cue.hi + 1
    if at >= len(tree) or not cue.has("clause") or not _complementiser(tree, at):
        return None
    k = tree.heads[at]
    while tree.heads[k] != k and tree.heads[k] > at and tree.left[tree.heads[k]] >= at:
        k = tree.heads[k]
    return k if k > at and tree.left[k] == at else None


def _complementiser(tree: Tree, at: int) -> bool:
    return tree.lower[at] in ("that", "whether") and tree.deps[at] == "mark"


def _unhung(cue: Cue) -> Content | None:
    """Find a clause that follows a verb of saying directly and that the parse hung elsewhere."""
    tree = cue.tree
    at, last = cue.hi + 1, tree.last[cue.verb]
    if not cue.has("insert") or cue.subject is None or cue.subject > cue.lo or at + 2 >= last:
        return None
    if (
        tree.tags[at] not in _STARTS
        or tree.heads[at] == cue.verb
        or any(True for _ in cue.kids("obj", "xcomp", "ccomp"))
    ):
        return None
    subject = next((i for i in range(at, min(last, at + 12)) if tree.deps[i].startswith("nsubj")), None)
    if subject is None or not at <= tree.left[subject] <= at or tree.heads[subject] <= subject:
        return None
    return Content("clause", ((at, onwards(tree, tree.right[tree.heads[subject]])),), cue.hi, 4)


def _fronted(cue: Cue, k: int) -> tuple[tuple[int, int], ...]:
    """Return the part of a complement that stands before its reporting clause: "The bridge, he said, will stay"."""
    tree = cue.tree
    if cue.subject is None or not tree.left[k] < cue.subject < cue.verb:
        return ()
    begin = noun_phrase(tree, cue.subject, cue.verb)[0]
    if begin - 1 <= tree.left[k] or tree.words[begin - 1] != ",":
        return ()
    return ((tree.left[k], begin - 1),)


def _clause_run(cue: Cue, k: int) -> tuple[int, int]:
    """Return a complement clause's run, mended where the parse hung a part of it on the cue."""
    tree = cue.tree
    lo, hi = max(tree.left[k], cue.hi + 1), tree.right[k]
    opening = next((m for m in tree.kids[k] if lo < m < min(k, lo + 12) and _complementiser(tree, m)), None)
    if opening is not None and not any(tree.is_verb(i) for i in range(lo, opening)):
        lo = opening  # "said at a rally in the capital that": the place was hung on the complement
    marked = tree.lower[lo] in ("that", "whether")
    for m in tree.kids[cue.verb]:
        if (
            not marked
            and cue.hi < m < k
            and m != cue.subject
            and tree.deps[m] in _STRAYS
            and tree.left[m] > cue.hi
        ):
            if not (tree.deps[m] == "obj" and cue.key in cue.lex.verbs["telling"]):
                lo = min(lo, tree.left[m])
        elif m > k and hi < m:
            if not _belongs(cue, m):
                break
            hi = max(hi, tree.right[m])
    if tree.lower[lo - 1] in ("that", "whether", "if") and lo - 1 > cue.hi:
        lo -= 1
    return lo, onwards(tree, hi)


def _belongs(cue: Cue, m: int) -> bool:
    """Tell whether a later dependent of the cue is rather a part of its complement."""
    tree = cue.tree
    dep, comma = tree.deps[m], tree.words[tree.left[m] - 1] == ","
    if dep in _LOOSE or (dep == "ccomp" and not comma):
        return True
    if dep == "advcl":
        return not comma or (tree.tags[m] != "VBG" and tree.case(m) not in _CONTRASTS)
    if dep != "conj":
        return False
    if tree.case(m) == "that":
        return True
    if has_subject(tree, m):
        return not comma
    return tree.lower[m] not in cue.lex.forms and (tense(tree, m) != tense(tree, cue.verb))


def _finite(tree: Tree, k: int, cue: Cue) -> bool:
    dep = tree.deps[k]
    if dep == "ccomp":
        return not is_infinitive(tree, k) and (tree.tags[k] != "VBG" or has_subject(tree, k))
    marker = tree.case(k)
    if dep == "xcomp" and tree.tags[k] == "VB" and not is_infinitive(tree, k) and has_subject(tree, k):
        return True
    if dep == "advcl" and tree.tags[cue.hi + 1] == "WRB" and tree.left[k] == cue.hi + 1 and cue.has("clause"):
        return tree.lower[cue.hi + 1] != "when" or tree.kid(cue.verb, "aux") is not None
    if dep in ("advcl", "xcomp", "dep"):
        return marker == "that" or (marker == "whether" and dep != "advcl")
    if dep == "obj":
        return tree.is_verb(k) and tree.kid(k, "nsubj", "nsubj:pass") is not None and cue.has("quote")
    before = tree.words[tree.left[k] - 1]
    return cue.has("insert") and before in (":", "“", '"') and has_subject(tree, k)
