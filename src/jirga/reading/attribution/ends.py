"""Where a content ends: on over what the parse tore off, and back before asides that are the author's own."""

from __future__ import annotations

from jirga.reading.acts import acts_besides
from jirga.reading.attribution.cue import Cue, has_subject
from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.tree import Tree

__all__ = ["cut", "further", "onwards", "says_besides", "says_on", "tense"]

_STOPS = frozenset({",", ".", ":", "``", "''", '"', "-LRB-", "-RRB-", "CC", "_SP"})
_FAR = 400  # tokens looked through: a sentence without end must not cost its square
_QUOTES = frozenset({"“", "”", '"', "``", "''", "«", "»"})
_ASIDES = frozenset({"which", "who", "where", "whose"})
_RELATIVE = ("acl:relcl", "advcl:relcl")
_CLOSING = (".", "?", "!")
_DASHES = frozenset({"―", "—", "--", "–"})
_CONTRASTS = frozenset({"though", "although", "while", "but"})
_GROUNDS = frozenset({"for", "of", "as", "over"})


def onwards(tree: Tree, hi: int) -> int:
    """Go on to the end of what follows without any mark between: a sentence that the parse has torn."""
    for _ in range(6):
        at = hi + 1
        if hi >= tree.last[hi] or tree.tags[at] in _STOPS or tree.deps[at] in ("punct", "cc", "mark"):
            return hi
        while tree.heads[at] != at and tree.heads[at] > hi and tree.left[tree.heads[at]] > hi:
            at = tree.heads[at]
        if tree.deps[at] in ("advcl", "parataxis", "conj") and not tree.tags[hi + 1].startswith(("VB", "MD")):
            return hi
        hi = min(max(hi + 1, tree.right[at]), tree.last[hi])
    return hi


def further(cue: Cue, hi: int, *, infinitive: bool = False) -> int:
    """Go on over what follows a noun phrase directly and was hung on the verb.

    Grounds and roles ("attacked them on stage for taking the money", "hailed him as a leader"), participles ("his tweets
    shaming a rival"), and, where the caller says so, infinitives ("called for the guards to leave").
    """
    tree = cue.tree
    for m in tree.kids[cue.verb]:
        if m <= hi or tree.left[m] != hi + 1 or tree.deps[m] not in ("obl", "advcl", "acl", "xcomp"):
            continue
        case, tag = tree.case(m), tree.tags[m]
        if case in _GROUNDS or (tag == "VBG" and not case) or (infinitive and case == "to"):
            hi = tree.right[m]
    return hi


def cut(tree: Tree, lo: int, hi: int, lex: Lexicon, verb: int) -> int:
    """Stop a content before what is no longer the source's.

    1. A full stop that the parse ran over, outside quotes.
    2. ", but" with a subject of its own; ", saying ...": the source goes on to say something else.
    3. A relative clause after a comma, an aside after a dash or in brackets, when it runs to the content's end.
    """
    quoted, aside = False, None
    for at in range(lo, min(hi, lo + _FAR)):
        word = tree.words[at]
        if word in _QUOTES:
            quoted = not quoted
        if quoted:
            continue
        if tree.tags[at] == "." and word in _CLOSING:
            hi = at - 1
            break
        if at == lo:
            continue
        following = tree.lower[at + 1]
        if tree.deps[at] == "cc" and says_besides(tree, at, verb, lex):
            hi = at - 1
            break
        if word == "," and (
            concedes(tree, at + 1, lex)
            or (following == "but" and has_subject(tree, tree.heads[at + 1]))
            or says_on(tree, at + 1, lex)
        ):
            hi = at - 1
            break
        if aside is not None and at > aside[1]:
            aside = None
        if aside is None:
            aside = _aside(tree, at, hi)
    if aside is None or aside[0] <= lo:
        return hi
    ends = aside[1] >= hi or (tree.words[hi] in _CLOSING and aside[1] == hi - 1 and _tells(tree, aside, lex))
    return aside[0] - 1 if ends else hi


def _tells(tree: Tree, aside: tuple[int, int], lex: Lexicon) -> bool:
    """Tell whether somebody else speaks in an aside: "the town, where residents said that 17 were killed"."""
    verbs = (i for i in range(aside[0], min(aside[1] + 1, aside[0] + 60)) if tree.deps[i] in _RELATIVE)
    return any(lex.forms.get(tree.lower[i], "") in lex.verbs["saying"] for i in verbs)


def concedes(tree: Tree, at: int, lex: Lexicon) -> bool:
    """Tell whether the speaker says something else after "though": ", though she admitted that"."""
    if (
        tree.lower[at] not in _CONTRASTS
        or at + 2 >= len(tree)
        or tree.lower[at + 1] not in ("he", "she", "they", "it")
    ):
        return False
    verb = tree.heads[at + 1]
    said = lex.forms.get(tree.lower[verb], "")
    return at + 1 < verb <= at + 4 and (said in lex.verbs["saying"] or said in lex.verbs["insert"])


def says_on(tree: Tree, at: int, lex: Lexicon) -> bool:
    """Tell whether a participle of saying begins at token ``at``: ", saying that", ", falsely claiming"."""
    at += tree.tags[at] == "RB" and at + 1 < len(tree)
    return tree.tags[at] == "VBG" and lex.forms.get(tree.lower[at], "") in lex.verbs["saying"]


def says_besides(tree: Tree, at: int, verb: int, lex: Lexicon) -> bool:
    """Tell whether "and" leads back to the speaker: "said he would go and warned that", by the tenses."""
    conj = tree.heads[at]
    above = tree.heads[conj]
    infinitive = tree.tags[above] == "VB" and any(
        tree.lower[k] == "to" for k in tree.kids[above] if k < above
    )
    if (
        tree.deps[conj] == "conj"
        and tree.tags[conj] == "VBD"
        and infinitive
        and above > verb
        and tree.tags[verb] == "VBD"
    ):
        return True  # "offered to help and closed the road"
    subject = tree.subjects[conj]
    if tree.deps[conj] == "conj" and subject == at + 1 and tree.lower[subject] in ("i", "we"):
        return tree.lower[conj] in lex.forms  # "I doubt that they will, and we fear": the writer goes on
    if tree.deps[conj] != "conj" or not at < conj <= at + 3 or not tree.tags[conj] == tree.tags[verb] != "VB":
        return False
    act = lex.forms.get(tree.lower[conj], "")
    if (
        above != verb
        and not has_subject(tree, conj)
        and acts_besides(act, tree.lemmas[above], tree.kid(above, "cop") is not None)
    ):
        return True
    if has_subject(tree, conj) or lex.forms.get(tree.lower[conj], "") not in lex.verbs["saying"]:
        return False
    return tense(tree, conj) == tense(tree, verb) != tense(tree, tree.heads[conj])


def tense(tree: Tree, verb: int) -> str:
    """Return the tag of the verb that bears a group's tense, present persons as one."""
    modal = next((k for k in tree.kids[verb] if tree.deps[k] in ("aux", "cop")), verb)
    return {"VBP": "VBZ"}.get(tree.tags[modal], tree.tags[modal])


def _aside(tree: Tree, at: int, hi: int) -> tuple[int, int] | None:
    """Return where an aside that may begin here begins and ends."""
    word = tree.words[at]
    if word == "," and tree.lower[at + 1] in _ASIDES:
        verb = tree.heads[at + 1]
        while tree.deps[verb] not in (*_RELATIVE, "ROOT") and tree.heads[verb] > at:
            verb = tree.heads[verb]
        return (at, tree.right[verb]) if tree.deps[verb] in _RELATIVE and verb > at else None
    if word == "(":
        close = next((i for i in range(at + 1, min(hi + 1, at + 60)) if tree.words[i] == ")"), None)
        return (at, close) if close is not None and any(tree.is_verb(i) for i in range(at, close)) else None
    if word in _DASHES:
        again = any(tree.words[i] in _DASHES for i in range(at + 1, min(hi + 1, at + 60)))
        return None if again else (at, hi)
    return None
