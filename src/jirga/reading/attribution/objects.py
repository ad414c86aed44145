"""Phrases as contents: "denied the charge", "called it a mistake", "accused them of lying", "called for a truce"."""

from __future__ import annotations

from jirga.reading.attribution.cue import OBJECTS, Content, Cue, about_subject, is_infinitive
from jirga.reading.attribution.ends import further
from jirga.reading.attribution.groups import DAYS
from jirga.reading.attribution.tree import Tree
from jirga.reading.wordlists import word_set

__all__ = ["accusing", "borne", "gerund", "idiom", "naming", "preposition", "relative", "thing"]

_TIMES = frozenset(
    {"time", "day", "moment", "year", "way", "reason", "place", "month", "week", "night", "instant", "minute"}
)
_MONTHS = word_set("quantities months")
_TOPICS = frozenset({"about", "on"})  # who is asked or pressed on a thing is no part of it


def accusing(cue: Cue) -> Content | None:
    """Find what somebody is accused or warned of: "accused the army of killing civilians"."""
    tree = cue.tree
    held = next(iter(cue.kids(*OBJECTS)), None)
    if held is None and not cue.passive:
        return None
    below = tree.kids[held] if held is not None else []
    for k in [*cue.kids("obl", "advcl", "acl", "xcomp", "ccomp", "nmod"), *below]:
        preposition = tree.case(k)
        if k < cue.hi or cue.key not in cue.lex.accusing.get(preposition, ()):
            continue
        if tree.lower[k] in DAYS or tree.lower[k] in _MONTHS:
            continue  # "attacked the carrier on Monday"
        at = next(m for m in tree.kids[k] if tree.lower[m] == preposition)
        if held is not None and at < held:
            continue
        if held is not None:
            begin = at + 1 if preposition in _TOPICS else max(tree.left[held], cue.hi + 1)
            end = (
                at if preposition in _TOPICS else cue.hi
            )  # "asked her about | the letter", but "accused | her of lying"
            return Content("accusing", ((begin, _meanwhile(tree, k, further(cue, tree.right[k]))),), end, 4)
        end = at if at == cue.hi + 1 else cue.hi
        return about_subject(cue, "accusing", (at + 1 if end == at else tree.left[k], tree.right[k]), end, 3)
    return None


def _meanwhile(tree: Tree, k: int, hi: int) -> int:
    """Return the end before what only went on then: "accused him of theft as fighting spread"."""
    for m in tree.kids[k]:
        if m > k and tree.deps[m] == "advcl" and tree.case(m) in ("as", "while", "whereas"):
            own = tree.kid(m, "nsubj", "nsubj:pass")
            if own is not None and tree.left[m] > k:
                return min(hi, tree.left[m] - 1)
    return hi


def naming(cue: Cue) -> Content | None:
    """Find what somebody is called: "called it a mistake", "was described as a trap"."""
    if not cue.has("naming"):
        return None
    tree = cue.tree
    held = next(iter(cue.kids(*OBJECTS)), None)
    for k in cue.kids("xcomp", "obl", "advcl", "nmod", "ccomp", "obj"):
        if k == held or is_infinitive(tree, k) or (tree.deps[k] == "ccomp" and tree.is_verb(k)):
            continue
        as_ = tree.case(k) == "as"
        if not as_ and (
            tree.deps[k] in ("obl", "advcl", "nmod") or (tree.is_verb(k) and tree.tags[k] != "VBN")
        ):
            continue
        if cue.passive:
            return about_subject(
                cue,
                "naming",
                (tree.left[k] + as_, tree.right[k]),
                cue.hi + (as_ and tree.left[k] == cue.hi + 1),
            )
        if held is not None and held < k:
            return Content(
                "naming", ((max(tree.left[held], cue.hi + 1), further(cue, tree.right[k])),), cue.hi, 3
            )
    return None


def preposition(cue: Cue) -> Content | None:
    """Find the phrase that a preposition brings: "complained about the delay", "called for a truce"."""
    tree = cue.tree
    for k in cue.kids("obl", "advcl", "ccomp", "xcomp", "obl:agent"):
        word = tree.case(k)
        if cue.key not in cue.lex.verb_prepositions.get(word, ()):
            continue
        at = next(m for m in tree.kids[k] if tree.lower[m] == word)
        if at == cue.hi + 1:
            return Content(
                "preposition",
                ((max(tree.left[k], at + 1), further(cue, tree.right[k], infinitive=word == "for")),),
                at,
                3,
            )
        if at - cue.hi <= 5:
            return Content("preposition", ((at + 1, tree.right[k]),), cue.hi, 2)
    return None


def idiom(cue: Cue) -> Content | None:
    """Find an idiom's content: "cast doubt on the count"."""
    tree = cue.tree
    lemma = cue.lex.forms[tree.lower[cue.verb]]
    for words in cue.lex.idioms.get(lemma, ()):
        end = cue.verb + len(words)
        if end + 1 < len(tree) and tuple(tree.lower[cue.verb + 1 : end + 1]) == words:
            k = _head_after(tree, cue.verb, end)
            if k is not None:
                return Content("idiom", ((end + 1, further(cue, tree.right[k])),), end, 4)
    return None


def _head_after(tree: Tree, verb: int, end: int) -> int | None:
    """Return the head of the phrase that begins after token ``end``: the highest one that hangs below the verb."""
    at = end + 1
    while end < tree.heads[at] != at and tree.heads[at] <= tree.last[verb]:
        at = tree.heads[at]
    return at if tree.first[at] == tree.first[verb] and tree.tags[at] not in (".", ",", ":") else None


def gerund(cue: Cue) -> Content | None:
    """Find a gerund: "suggested waiting", "denies taking it"."""
    if not cue.has("gerund") or cue.passive:
        return None
    tree = cue.tree
    for k in cue.kids("xcomp", "ccomp", "advcl", "obj"):
        if tree.tags[k] == "VBG" and tree.left[k] == cue.hi + 1:
            return Content("gerund", ((tree.left[k], tree.right[k]),), cue.hi, 3)
    return None


def thing(cue: Cue) -> Content | None:
    """Find a noun phrase as the content: "denied the charge"; in the passive it is the subject."""
    if not cue.has("object"):
        return None
    tree = cue.tree
    if cue.passive:
        if cue.subject is None or cue.subject > cue.lo or tree.deps[cue.subject] != "nsubj:pass":
            return None
        return Content(
            "passive " + _object_class(cue),
            ((tree.left[cue.subject], min(tree.right[cue.subject], cue.lo - 1)),),
            cue.hi,
            1,
        )
    for k in tree.kids[cue.verb]:
        if k < cue.lo and tree.deps[k] == "obj" and tree.tags[k] in ("WDT", "WP"):
            return Content(_object_class(cue), ((k, k),), cue.hi, 1)
    for k in cue.kids("obj") if not cue.has("scene") else cue.kids(*OBJECTS):
        if not tree.lower[k].endswith(("self", "selves")):
            end = further(cue, tree.right[k], infinitive=_plan(cue, k))
            run = max(tree.left[k], cue.hi + 1), _scene(cue, end) if cue.has("scene") else end
            return Content(_object_class(cue), (run,), cue.hi, 1)
    return None


def _scene(cue: Cue, hi: int) -> int:
    """Go on over what somebody is shown doing: "shows an officer | aiming a gun", "shows him | with his hands up"."""
    tree = cue.tree
    for m in tree.kids[cue.verb]:
        if tree.left[m] == hi + 1 and (
            (
                tree.tags[m] == "VBG"
                and tree.deps[m] in ("ccomp", "advcl", "xcomp", "acl")
                and tree.left[m] == m
            )
            or (tree.deps[m] == "obl" and tree.case(m) == "with")
        ):
            hi = tree.right[m]
    return hi


def relative(cue: Cue) -> Content | None:
    """Find what a relative clause without a pronoun says of a noun: "what he demanded", "the terms she offered"."""
    tree, verb = cue.tree, cue.verb
    head = tree.heads[verb]
    if tree.deps[verb] != "acl:relcl" or cue.passive or head >= verb or cue.subject is None:
        return None
    first = tree.left[cue.subject]
    if (
        tree.heads[cue.subject] != verb
        or first != tree.left[verb]
        or first - 1 < head
        or tree.tags[first][0] == "W"
    ):
        return None
    if tree.lower[head] == "what" and first == head + 1:
        named = next(cue.kids("xcomp", "obj", "obl"), None) if cue.has("naming") else None
        also = ((tree.left[named], tree.right[named]),) if named is not None else ()
        return Content("relative", ((head, head), *also), cue.hi, 1)
    if not cue.has("object") or tree.tags[head] not in ("NN", "NNS") or tree.lower[head] in _TIMES:
        return None
    return Content("relative", ((tree.left[head], first - 1),), cue.hi, 1)


def borne(cue: Cue) -> Content | None:
    """Find an utterance that is given out: "released a statement", "filed a motion"."""
    tree = cue.tree
    if cue.passive or not cue.has("bearing"):
        return None
    for k in cue.kids("obj"):
        word = tree.lower[k]
        if word in cue.lex.nouns["utterance"] or word.removesuffix("s") in cue.lex.nouns["utterance"]:
            return Content(
                "borne", ((max(tree.left[k], cue.hi + 1), further(cue, tree.right[k])),), cue.hi, 1
            )
    return None


def _plan(cue: Cue, k: int) -> bool:
    """Tell whether an object is a noun that takes an infinitive ("a request to unseal the file")."""
    word = cue.tree.lower[k]
    return (
        word in cue.lex.nouns["infinitive"]
        or word.removesuffix("s") in cue.lex.nouns["infinitive"]
        or word == "need"
    )


def _object_class(cue: Cue) -> str:
    return "object " + next(name for name, words in cue.lex.objects.items() if cue.key in words)
