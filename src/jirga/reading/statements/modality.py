"""How a thing is said to be: to come, required, possible, under a condition, or not at all."""

from __future__ import annotations

from dataclasses import dataclass

from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words

__all__ = ["FACT", "Force", "condition_of", "force_of", "hedges_of"]

_WILL = frozenset({"will", "'ll", "’ll", "shall", "wo", "gonna"})
_WOULD = frozenset({"would", "'d", "’d"})
_MAY = frozenset({"may", "might", "could", "can", "ca"})
_MUST = frozenset({"must", "should", "ought"})
_IS = frozenset({"is", "are", "was", "were"})
_HAVE_TO = frozenset({"have", "need", "has"})
_NOT = frozenset({"not", "n't", "n’t", "never", "neither", "nor", "hardly", "scarcely"})
_NO = frozenset({"no", "neither", "nobody", "none", "nothing"})
_IF = words("modality_if")
_OPEN = frozenset({"if", "unless", "until", "till", "lest", "whether", "whenever", "provided", "providing"})
_WHEN = frozenset({"when", "once"})
_WITHOUT = frozenset({"without", "absent", "barring", "failing"})
HEDGES = words("modalityhedges")


@dataclass(frozen=True, slots=True)
class Force:
    """What auxiliaries and negation make of a verb.

    Attributes
    ----------
    negative : bool
    when : str
        fact, will, would, may, can, must.
    word : int
        The deciding token, or -1.
    no : int
        The negating token, or -1.
    """

    negative: bool = False
    when: str = "fact"
    word: int = -1
    no: int = -1


FACT = Force()
"""What most verbs are: told as done."""


def force_of(tree: Tree, i: int) -> Force:
    """Read auxiliaries and negation of a verb, predicate or event noun."""
    found = tree.forces.get(i)
    if found is None:
        found = tree.forces[i] = _force(tree, i)
    return found


def _force(tree: Tree, i: int) -> Force:
    when, word = _time(tree, i)
    no = next((k for k in tree.kids[i] if _negates(tree, k, i)), -1)
    if i > 1 and tree.words[i - 1] == "to" and tree.words[i - 2] in ("not", "yet"):
        no = i - 2  # "has yet to leave"
    alone = tree.kid(i, "aux", "nsubj") is None
    above = tree.heads[i]
    if when == "fact" and tree.deps[i] == "conj" and tree.tags[i] in ("VB", "VBN") and alone:
        head = force_of(tree, above) if tree.is_verb(above) and above < i else FACT
        negative = no >= 0 or (head.negative and _shared(tree, i))
        return Force(negative, head.when, head.word, no if no >= 0 else head.no)
    return FACT if no < 0 and when == "fact" else Force(no >= 0, when, word, no)


def _time(tree: Tree, i: int) -> tuple[str, int]:
    """Return what the auxiliaries make of a verb, and the deciding token."""
    when, word = "fact", -1
    for k in tree.kids[i]:
        if tree.deps[k] in ("aux", "aux:pass", "cop"):
            kind = "can" if tree.words[k] == "cannot" else _aux(tree.words[k])
            if tree.deps[k] == "aux" and tree.words[k] in _IS and tree.words[k + 1] in ("to", "due"):
                kind = "will"  # "the envoy is to travel"
            if kind:
                when, word = kind, k
    if when != "fact":
        return when, word
    if i > 1 and tree.words[i - 1] == "to" and tree.lemmas[i - 2] in _HAVE_TO:
        return "must", i - 2
    above = tree.heads[i]
    if not tree.is_verb(above) or above == i:
        return when, word
    if tree.deps[i] == "xcomp":
        if tree.lemmas[above] in _HAVE_TO:
            return "must", above
        if tree.lemmas[above] == "hesitate":
            return ("will" if any(_negates(tree, k, above) for k in tree.kids[above]) else "may"), above
        if tree.lemmas[above] == "go" and tree.tags[above] == "VBG":
            return "will", above
    if tree.deps[i] in ("xcomp", "advcl"):  # "it would oblige them to leave"
        for k in tree.kids[above]:
            kind = _aux(tree.words[k]) if tree.deps[k] == "aux" else None
            if kind in ("would", "may", "can"):
                return kind, k
    return when, word


def _negates(tree: Tree, k: int, i: int) -> bool:
    w, dep = tree.words[k], tree.deps[k]
    if w == "cannot":
        return True
    if w in _NOT and dep in ("advmod", "advmod:neg", "neg", "cc", "cc:preconj"):
        theirs = (
            k > i and k + 1 < len(tree) and tree.words[k + 1] == "to"
        )  # "promised not to": the next verb's
        return not theirs
    if dep in ("nsubj", "nsubj:pass", "obj"):
        return _none(tree, k)
    if dep == "det":
        return w in _NO
    if w == "without":
        return dep in ("case", "mark")
    return w == "longer" and dep == "advmod" and k > 0 and tree.words[k - 1] == "no"


def _shared(tree: Tree, i: int) -> bool:
    """Negation runs over "or" and "nor", not over "but" ("did not sign but left")."""
    return any(tree.words[k] in ("or", "nor") for k in tree.kids[i] if tree.deps[k] == "cc")


def _none(tree: Tree, k: int) -> bool:
    if tree.words[k] in ("nobody", "none", "nothing"):
        return True
    return any(tree.deps[m] == "det" and tree.words[m] in ("no", "neither") for m in tree.kids[k]) or (
        tree.words[k] == "one" and k > 0 and tree.words[k - 1] == "no"
    )


def _aux(word: str) -> str | None:
    if word in _WILL:
        return "will"
    if word in _WOULD:
        return "would"
    if word in _MAY:
        return "can" if word in ("can", "ca", "could") else "may"
    return "must" if word in _MUST else None


def condition_of(tree: Tree, i: int, ahead: bool = True) -> int | None:
    """Return the head of the condition that a clause hangs on: an "if" clause, or "without a deal".

    Parameters
    ----------
    tree : Tree
    i : int
        Head of the clause; the clauses above it, up to `top`, are asked too.
    ahead : bool
        The clause speaks of what is to come: only then is "without a deal" a condition.
    """
    at = i
    for _ in range(6):
        for k in tree.kids[at]:
            if ahead and tree.deps[k] == "advcl" and _as_long(tree, k):
                return k
            if ahead and tree.words[k] == "long" and tree.deps[k] == "advmod":
                held = tree.kid(k, "advcl", "acl", "ccomp")
                if held is not None:
                    return held
            if tree.deps[k] == "advcl" and any(
                tree.words[m] in _IF for m in tree.kids[k] if tree.deps[m] in ("mark", "advmod", "aux")
            ):
                return k
            if tree.deps[k] == "advcl" and (_awaited(tree, k) or (_before(tree, k) and _withheld(tree, at))):
                return k
            if ahead and tree.deps[k] in ("advcl", "obl") and _conditional_phrase(tree, k):
                return k
        if tree.heads[at] == at or tree.deps[at] not in (
            "xcomp",
            "conj",
            "ccomp",
            "obj",
            "acl",
            "nsubj",
            "acl:relcl",
            "obl",
            "nmod",
        ):
            return None
        at = tree.heads[at]
    return None


def _awaited(tree: Tree, k: int) -> bool:
    """Tell whether a clause tells of what is to come first: "will return when they stop", "would sign once it is safe"."""
    marks = {tree.words[m] for m in tree.kids[k] if tree.deps[m] in ("mark", "advmod") and m < k}
    if not marks & _WHEN or any(_aux(tree.words[m]) for m in tree.kids[k] if tree.deps[m] == "aux"):
        return False
    head = tree.heads[k]
    return any(
        tree.deps[m] == "aux" and _aux(tree.words[m]) in ("will", "would", "can") for m in tree.kids[head]
    )


def _before(tree: Tree, k: int) -> bool:
    """Tell whether a clause tells what has not come yet: "needs a pledge before it signs", "will not talk before he left"."""
    if not any(tree.words[m] == "before" for m in tree.kids[k] if m < k):
        return False
    return tree.tags[k] in ("VBZ", "VBP") or _withheld(tree, tree.heads[k])


def _withheld(tree: Tree, head: int) -> bool:
    ahead = any(tree.deps[m] == "aux" and _aux(tree.words[m]) in ("will", "would") for m in tree.kids[head])
    return ahead and any(_negates(tree, m, head) for m in tree.kids[head])


def _as_long(tree: Tree, k: int) -> bool:
    """Tell whether a clause tells how long: "as long as they hold the hills", "while troops remain"."""
    marks = [m for m in tree.kids[k] if tree.deps[m] == "mark" and m < k]
    if not marks:
        return False
    at = marks[0]
    if tree.words[at] == "while":
        return tree.tags[k] in ("VBP", "VBZ", "VBD") or tree.kid(k, "cop", "aux") is not None
    return (
        tree.words[at] == "as"
        and at > 1
        and tree.words[at - 1] in ("long", "soon")
        and tree.words[at - 2]
        in (
            "as",
            "so",
        )
    )


def _conditional_phrase(tree: Tree, k: int) -> bool:
    case = tree.case(k)
    if case in _WITHOUT:
        return True
    if case == "with" and any(tree.words[m] == "no" for m in tree.kids[k] if tree.deps[m] == "det"):
        return True
    if tree.words[k] in ("absence", "event", "case") and case == "in":
        return any(tree.deps[m] == "nmod" for m in tree.kids[k])
    if case in ("provided", "providing"):
        return True
    return tree.words[k] in ("long",) and any(tree.words[m] == "as" for m in tree.kids[k])


def in_condition(tree: Tree, i: int) -> bool:
    """Tell whether a token stands inside an "if" clause."""
    at = i
    for _ in range(10):
        if (
            tree.deps[at] == "advcl"
            and _as_long(tree, at)
            and not any(tree.words[m] == "while" for m in tree.kids[at])
        ):
            return True
        if tree.deps[at] == "advcl" and any(
            tree.words[m] in _OPEN for m in tree.kids[at] if tree.deps[m] in ("mark", "advmod")
        ):
            return True
        if tree.deps[at] == "advcl" and (_awaited(tree, at) or _before(tree, at)):
            return True
        if tree.deps[at] == "ccomp" and any(
            tree.words[m] in ("whether", "if") for m in tree.kids[at] if tree.deps[m] == "mark"
        ):
            return True
        if tree.heads[at] == at:
            return False
        at = tree.heads[at]
    return False


def hedges_of(tree: Tree, start: int, end: int, heads: list[int]) -> list[int]:
    """Return the hedging words that stand beside one of `heads` (the trigger and its arguments) within a clause."""
    wanted = set(heads)
    return [
        k for k in range(start, end) if tree.words[k] in HEDGES and (tree.heads[k] in wanted or k in wanted)
    ]
