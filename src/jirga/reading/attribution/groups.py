"""Who does it and with which words: the subject of a verb, its noun phrase, and the run of words of a cue."""

from __future__ import annotations

from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.tree import Tree

__all__ = ["DAYS", "cue_run", "noun_phrase", "passive", "subject_of"]

_RELATIVE = frozenset({"who", "which", "that", "whom"})
_CLOSING = frozenset({"”", '"', "''", "»", "’"})
_VERBAL = frozenset({
    "aux", "aux:pass", "advmod", "cop", "punct", "obl:unmarked", "cc", "cc:preconj", "mark", "advcl",
    "discourse", "expl", "nmod:unmarked", "obl:tmod",
})  # fmt: skip
_OF_NOUNS = frozenset({
    "of", "for", "from", "with", "to", "against", "among", "close", "like", "behind",
})  # fmt: skip  # these rarely tell when or where
_TITLES = frozenset({
    "nsubj", "nsubj:pass", "nsubj:outer", "nmod:desc", "compound", "dep", "vocative", "nmod", "appos", "flat",
})  # fmt: skip
_DESCRIBES = frozenset({"who", "whose", "a", "an", "the", "now", "one", "another"})
DAYS = frozenset({
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "today", "yesterday", "tomorrow",
    "week", "month", "year", "night", "morning", "evening", "afternoon", "day", "time",
})  # fmt: skip
_CLIMBS = frozenset({"conj", "xcomp", "advcl", "parataxis", "dep", "ccomp"})


def passive(tree: Tree, verb: int) -> bool:
    """Tell whether a verb is in the passive: by its auxiliary, its subject, or as a bare participle after a noun."""
    if tree.tags[verb] not in ("VBN", "VBD"):
        return False
    deps = {tree.deps[k] for k in tree.kids[verb]}
    if "aux:pass" in deps or "nsubj:pass" in deps:
        return True
    return tree.tags[verb] == "VBN" and tree.deps[verb] == "acl" and "aux" not in deps


def subject_of(tree: Tree, verb: int) -> int | None:
    """Find the token at the head of a verb's subject.

    Own subject first; else that of the verb it is joined to, hangs under or is controlled by; else the noun that a
    participle or relative clause describes.

    Returns
    -------
    int or None
    """
    at = verb
    for _ in range(8):  # a chain of conjoined and controlled verbs longer than this is a broken parse
        own = tree.subjects[at]
        if own is not None and own != verb:
            return own
        dep, head = tree.deps[at], tree.heads[at]
        if dep == "acl:relcl" or dep == "acl":
            relative = next((k for k in tree.kids[at] if tree.lower[k] in _RELATIVE and k < at), None)
            return relative if relative is not None else (head if head < at else None)
        if head == at or dep.split(":")[0] not in _CLIMBS:
            return None
        if dep == "ccomp" and tree.tags[at] not in ("VBG", "VBN", "VB"):
            return None
        if dep == "xcomp":
            held = tree.kid(head, "obj", "iobj")
            if held is not None and held < at and tree.lemmas[head] not in ("promise", "threaten", "offer"):
                return held
        if not tree.is_verb(head) and dep == "advcl" and tree.subjects[head] is None:
            return None
        at = head
    return None


def noun_phrase(tree: Tree, head: int, verb: int) -> tuple[int, int]:
    """Return the first and last token of the phrase around a subject, not running into its verb.

    Parameters
    ----------
    tree : Tree
    head : int
        Token at the head of the phrase.
    verb : int
        The cue; words at or beyond it, seen from the head, do not belong to the phrase.

    Notes
    -----
    The comma that closes an apposition belongs to the phrase, as in PolNeAR.
    """
    lo, hi = tree.left[head], tree.right[head]
    for k in tree.kids[head]:
        if tree.deps[k] in ("parataxis", "cc", "advcl", "dep") and k < head:
            lo = max(lo, tree.right[k] + 1)
        if tree.deps[k] in ("parataxis", "advcl", "dep") and k > head:
            hi = min(hi, tree.left[k] - 1)
    if head < verb:
        hi = min(hi, verb - 1)
        lo = _titled(tree, _after_quote(tree, lo, head))
        hi = _torn(tree, hi, verb)
        while hi > head and tree.tags[hi] in ("IN", "TO"):
            hi -= 1  # "an offer to | say", "a way of | saying": the parse took the verb for a part of the phrase
    else:
        lo, hi = max(lo, verb + 1), _apposed(tree, hi, verb)
    lo, hi = tree.trim(min(lo, head), max(hi, head)) or (head, head)
    closed = head < verb and hi + 1 < verb and tree.words[hi + 1] == ","
    return lo, hi + 1 if closed and "," in tree.words[head:hi] else hi


def _after_quote(tree: Tree, lo: int, head: int) -> int:
    """Return the first token after a quote that ends within the phrase: `“My hope,” he said`."""
    for at in range(head, lo, -1):
        if tree.words[at] == "," and at + 1 < head and tree.words[at + 1] in _CLOSING:
            return at + 2
    return lo


def _titled(tree: Tree, lo: int) -> int:
    """Take in a title right before a name that the parse hung elsewhere: "Spokeswoman | Jessica Ditto"."""
    for _ in range(3):
        at = lo - 1
        if at < tree.first[lo] or tree.lower[at] in DAYS:
            return lo
        owner = tree.tags[at] == "POS" or tree.lower[lo] == "of"
        if not owner and (not tree.tags[at].startswith("NN") or tree.tags[at] == "NNS"):
            return lo
        while at != tree.heads[at] and tree.heads[at] < lo and tree.right[tree.heads[at]] < lo:
            at = tree.heads[at]
        if (
            not (owner or tree.deps[at] in _TITLES)
            or tree.right[at] != lo - 1
            or tree.case(at) not in ("", "'s", "'")
        ):
            return lo
        lo = tree.left[at]
        if tree.words[lo] in _CLOSING or tree.words[lo] == ",":
            return lo + 1
    return lo


def _apposed(tree: Tree, hi: int, verb: int) -> int:
    """Take in what describes a speaker after the verb, up to the sentence's end: "said Orla Venn, who left in May"."""
    last = tree.last[verb]
    if hi + 2 >= last or tree.words[hi + 1] != "," or tree.lower[hi + 2] not in _DESCRIBES:
        return hi
    if any(k > hi and tree.deps[k] in ("obl", "ccomp", "conj", "obl:unmarked") for k in tree.kids[verb]):
        return hi
    while last > hi and tree.tags[last] in (".", "''", "_SP", "-RRB-"):
        last -= 1
    return last


def _torn(tree: Tree, hi: int, verb: int) -> int:
    """Take in what stands between a subject and its verb without a comma and is no adverbial of the verb."""
    for k in tree.kids[verb]:
        if k > hi and tree.left[k] == hi + 1 and k < verb:
            if tree.deps[k] in _VERBAL or (tree.deps[k] == "obl" and tree.case(k) not in _OF_NOUNS):
                return hi
            hi = tree.right[k]
    return hi


def cue_run(tree: Tree, verb: int, lex: Lexicon) -> tuple[int, int]:
    """Return the first and last token of a verb's group: auxiliaries, negation, adverbs before it, its particle.

    A verb that only carries this one ("went on to say", "declined to comment") is taken in.
    """
    lo, hi = verb, verb
    for _ in range(4):  # carriers of carriers: "seemed to want to say"
        lo = _leftwards(tree, verb, lo, lex)
        head = tree.heads[verb]
        if tree.deps[verb] not in ("xcomp", "advcl", "ccomp") or head >= lo or not carries(tree, head, lex):
            break
        if any(tree.deps[k] in ("obj", "iobj") for k in tree.kids[head] if head < k < lo):
            break
        if not all(
            tree.deps[k] in ("mark", "advmod", "compound:prt", "aux", "aux:pass") for k in range(head + 1, lo)
        ):
            break
        verb, lo = head, head
    bare = lo > 0 and tree.tags[lo] == "VB" and tree.lower[lo - 1] == "to" and tree.heads[lo - 1] == verb
    return lo - bare, hi


def carries(tree: Tree, verb: int, lex: Lexicon) -> bool:
    """Tell whether a verb only carries the attribution of another one."""
    lemma = lex.forms.get(tree.lower[verb], tree.lemmas[verb])
    if lemma in lex.verbs["refuser"]:
        inner = next((k for k in tree.kids[verb] if k > verb and tree.deps[k] == "xcomp"), None)
        return inner is not None and tree.kid(inner, "ccomp") is not None
    if lemma in lex.verbs["carrier"]:
        return True
    following = tree.lower[verb + 1] if verb + 1 < len(tree) else ""
    return f"{lemma}_{following}" in lex.verbs["carrier"]


def _leftwards(tree: Tree, verb: int, lo: int, lex: Lexicon) -> int:
    owned = {k for k in tree.kids[verb] if k < verb and tree.deps[k] in ("aux", "aux:pass", "advmod", "cop")}
    at = lo - 1
    while at >= 0 and (at in owned or (tree.tags[at] in ("MD", "RB") and tree.heads[at] == verb)):
        if tree.deps[at] == "advmod" and not tree.tags[at].startswith("RB"):
            break
        if tree.lower[at] in lex.phrases["adverbs"] and tree.lower[at] not in lex.phrases["weak_adverbs"]:
            break  # "reportedly" attributes by itself
        lo = tree.left[at] if tree.deps[at] == "advmod" else at
        at = lo - 1
    return lo
