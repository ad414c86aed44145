"""Repairs of a parse around verbs of several words: "is said to have massed", "is to travel", "wants her to go, a date set"."""

from __future__ import annotations

from jirga.reading.statements.frames import Lexicon
from jirga.reading.statements.mend import move
from jirga.reading.statements.tree import Tree

__all__ = ["mend_verbs"]

_HELD = frozenset({"say", "report", "believe", "think", "allege", "suspect", "understand", "know"})
_OF_CLAUSE = frozenset(
    {"nsubj", "nsubj:outer", "aux", "advmod", "mark", "punct", "parataxis", "advcl", "cc", "conj"}
)
_HURT = frozenset({"hurt", "injured", "wounded"})
_TERMS = frozenset({"hours", "days", "weeks", "months"})
_PLANS = frozenset(
    {
        "condition",
        "term",
        "plan",
        "proposal",
        "roadmap",
        "deadline",
        "formula",
        "demand",
        "strategy",
        "framework",
    }
)
_WISH = frozenset({"want", "demand", "ask", "need", "require"})
_IS_TO = frozenset({"is", "are", "was", "were"})


def mend_verbs(tree: Tree, lex: Lexicon) -> None:
    """Repair a parse in place, after `mend`.

    These are mended:

    1. "were hurt", "were killed and 30 wounded": a participle with or under the auxiliary of a passive is a verb;
    2. "is said to have massed tanks": "have" is an auxiliary;
    3. "the envoy is to travel", "the round is due to open": "is" is an auxiliary of what is to come;
    4. "gave them 72 hours to leave": the term hangs on who gives it;
    5. "was behind the attack": "was" is what was done;
    6. "his terms for ending the war": the clause hangs on the terms;
    7. "wants her to go, the house to be dissolved and a date set": each has a subject of its own.
    """
    for i in range(len(tree)):
        word = tree.words[i]
        if tree.lemmas[i] == "want":
            _list_wanted(tree, i)
        if word in _IS_TO and tree.deps[i] == "cop":
            _is_to(tree, i, lex)
            _is_behind(tree, i, lex)
        elif tree.tags[i] in ("JJ", "VBD"):
            _participle(tree, i, lex)
        elif word == "have" and i and tree.words[i - 1] == "to":
            _to_have(tree, i)
        elif tree.tags[i] == "VBG" and tree.deps[i] == "advcl" and i and tree.words[i - 1] == "for":
            _terms_for(tree, i)
        elif word in _TERMS and i + 1 < len(tree):
            _given(tree, i)
        if tree.deps[i] in ("conj", "advcl", "xcomp") and tree.deps[tree.heads[i]] == "xcomp":
            _wanted(tree, i)


def _participle(tree: Tree, i: int, lex: Lexicon) -> None:
    shared = (
        tree.deps[i] == "conj" and tree.kid(i, "nsubj:pass") is not None and tree.kid(i, "obj", "aux") is None
    )
    gap = tree.deps[i] == "conj" and tree.words[i] in _HURT and tree.passive(tree.heads[i])
    if gap and tree.tags[i - 1] == "CD":  # "six were killed and 20 hurt"
        tree.tags[i] = "VBN"
        tree.lemmas[i] = lex.lemma(tree.words[i], tree.lemmas[i], "VBN")
        move(tree, i - 1, i, "nsubj:pass")
    if (tree.tags[i] == "VBD" and shared) or (tree.tags[i] == "JJ" and tree.kid(i, "aux:pass") is not None):
        tree.tags[i] = "VBN"
        tree.lemmas[i] = lex.lemma(tree.words[i], tree.lemmas[i], "VBN")


def _to_have(tree: Tree, have: int) -> None:
    """Make "have" an auxiliary: "is said to have massed tanks", where both hang on "said"."""
    done = next((k for k in range(have + 1, min(have + 4, tree.last[have])) if tree.tags[k] == "VBN"), have)
    above, thing = tree.heads[have], tree.heads[done]
    if done == have or above == have or thing == have:
        return
    taken = tree.deps[done] == "amod" and tree.heads[thing] == have and tree.lemmas[above] in _HELD
    if taken:  # "to have massed tanks", where tanks are taken for massed ones
        move(tree, done, above, tree.deps[have])
    if taken or thing == above:
        for k in [k for k in tree.kids[have] if k != done]:
            move(tree, k, done, tree.deps[k])
        move(tree, have, done, "aux")


def _is_to(tree: Tree, i: int, lex: Lexicon) -> None:
    """Make "is" an auxiliary of what is to come: "the envoy is to travel"; not of "to blame", which is a verdict."""
    verb = tree.heads[i]
    to = i + 1 if tree.words[i + 1] != "due" else i + 2
    who = tree.kid(verb, "nsubj", "nsubj:outer")
    if not to < verb or tree.words[to] != "to" or tree.tags[verb] != "VB" or tree.lemmas[verb] == "blame":
        return
    acts = lex.classes["agents"] | lex.classes["envoys"] | lex.classes["talks"] | lex.classes["forces"]
    named = [] if who is None else [who, *(k for k in tree.kids[who] if tree.deps[k] == "appos")]
    if any(tree.tags[k] in ("NNP", "NNPS", "PRP", "WDT", "WP") or tree.lemmas[k] in acts for k in named):
        tree.deps[i] = "aux"  # "the plan is to travel" tells what the plan is


def _terms_for(tree: Tree, verb: int) -> None:
    """Hang "for ending the war" on the noun right before: "his terms for ending the war", "a plan for ending it"."""
    noun = verb - 2
    if noun >= tree.first[verb] and tree.lemmas[noun] in _PLANS and tree.heads[verb] < noun:
        move(tree, verb, noun, "acl")


def _given(tree: Tree, hours: int) -> None:
    """Hang a term on who gives it: "gave the envoys 72 hours to leave"."""
    verb = tree.heads[hours]
    if tree.deps[hours] != "obl:unmarked" or verb < hours or tree.words[hours + 1] != "to":
        return
    if tree.heads[verb] < hours and tree.lemmas[tree.heads[verb]] == "give":
        move(tree, hours, tree.heads[verb], "obl:unmarked")


def _is_behind(tree: Tree, be: int, lex: Lexicon) -> None:
    """Read "it was behind the attack" as "it committed the attack": "was" becomes the verb, the attack its object."""
    deed = tree.heads[be]
    if tree.case(deed) != "behind" or not {tree.lemmas[deed], tree.words[deed]} & lex.classes["violence"]:
        return
    above, dep = tree.heads[deed], tree.deps[deed]
    for k in [k for k in tree.kids[deed] if k != be and tree.deps[k] in _OF_CLAUSE]:
        move(tree, k, be, tree.deps[k])
    tree.kids[deed].remove(be)
    if above == deed:
        tree.heads[be] = be
    else:
        tree.kids[above] = sorted({*tree.kids[above], be} - {deed})
        tree.heads[be] = above
    tree.kids[be] = sorted([*tree.kids[be], deed])
    tree.deps[be], tree.heads[deed], tree.deps[deed], tree.lemmas[be] = dep, be, "obj", "commit"


def _list_wanted(tree: Tree, want: int) -> None:
    """Make clauses of "wants the camps closed, the leaders handed over and the border fenced", all of them wanted."""
    thing, done = tree.kid(want, "obj"), tree.kid(want, "xcomp")
    if thing is None or done is None or not want < thing < done or tree.tags[done] != "VBN":
        return
    if tree.words[done - 1] == "to" or tree.kid(done, "obj", "aux", "aux:pass", "mark") is not None:
        return
    first = [k for k in tree.kids[want] if k > done and tree.deps[k] in ("conj", "parataxis")]
    beside = [m for k in first if tree.deps[k] == "parataxis" for m in tree.kids[k] if tree.deps[m] == "conj"]
    others = [k for k in (*first, *beside) if _done_to(tree, k) is not None]
    if not others or (len(others) == 1 and tree.tags[others[0]] != "VBN"):
        return  # "wants the camp closed, and talks resumed"
    move(tree, thing, done, "nsubj:pass")
    tree.deps[done] = "ccomp"
    for k in others:
        who = _done_to(tree, k)
        if who is not None:
            tree.tags[k], tree.deps[who] = "VBN", "nsubj:pass"
            move(tree, k, done, "conj")


def _done_to(tree: Tree, k: int) -> int | None:
    """Return the noun of what may be a participle: "the border fenced"; None when it is none."""
    if tree.tags[k] not in ("VBN", "VBD") or tree.kid(k, "obj", "aux", "ccomp") is not None:
        return None
    who = tree.kid(k, "nsubj", "nsubj:pass", "compound")
    return who if who is not None and who < k and tree.tags[who].startswith("N") else None


def _wanted(tree: Tree, i: int) -> None:
    """Join "wants her to go, the house to be dissolved and a date set", where each has a subject of its own."""
    first = tree.heads[i]
    if tree.deps[first] != "xcomp" or tree.lemmas[tree.heads[first]] not in _WISH or first > i:
        return
    if tree.deps[i] == "conj" and tree.tags[i].startswith("N") and tree.tags[first] == "VB":
        done = next(
            (k for k in tree.kids[i] if k > i and tree.deps[k] == "acl" and tree.tags[k] == "VBN"), None
        )
        if done is not None:
            move(tree, done, first, "conj")
            move(tree, i, done, "nsubj:pass")
    elif tree.deps[i] in ("advcl", "conj", "xcomp") and tree.tags[i] in ("VB", "VBN"):
        who = [k for k in tree.kids[first] if first < k < i and tree.deps[k] == "nsubj"]
        if tree.kid(i, "nsubj", "nsubj:pass") is not None:
            tree.deps[i] = "conj"
        elif who:
            move(tree, who[-1], i, "nsubj:pass" if tree.tags[i] == "VBN" else "nsubj")
            tree.deps[i] = "conj"
