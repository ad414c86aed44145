"""What a verb's source says, thinks or wants: one finder for each shape of content.

Each finder takes a `Cue` and returns a `Content` or None. They are tried in the order of `FINDERS`; the first that
finds something decides.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.tree import Tree

__all__ = ["FINDERS", "Content", "Cue"]

_OBJECTS = ("obj", "iobj")
_STRAYS = ("obj", "csubj", "ccomp", "dep", "nsubj", "nsubj:pass", "amod", "compound", "nmod", "det")
_STOPS = frozenset({",", ".", ":", "``", "''", '"', "-LRB-", "-RRB-", "CC", "_SP"})
_QUOTES = frozenset({"“", "”", '"', "``", "''", "«", "»"})
_STARTS = frozenset({"DT", "PRP", "PRP$", "NNP", "NN", "NNS", "NNPS", "EX", "CD", "JJ"})
_LOOSE = frozenset("obl obl:unmarked advmod nmod punct acl obl:agent advcl:relcl acl:relcl".split())
_CONTRASTS = frozenset("although though while whereas as even when after before since".split())


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that may attribute: where it stands, its lexicon entry, the run of its words, whether it is passive."""

    tree: Tree
    lex: Lexicon
    verb: int
    key: str
    lo: int
    hi: int
    passive: bool
    subject: int | None

    def has(self, frame: str) -> bool:
        """Tell whether the lexicon lists the verb under a shape."""
        return self.key in self.lex.verbs[frame]

    def kids(self, *deps: str) -> Iterable[int]:
        """Yield the verb's dependents to its right that bear one of the labels."""
        tree = self.tree
        return (k for k in tree.kids[self.verb] if k > self.hi and tree.deps[k] in deps)


@dataclass(frozen=True, slots=True)
class Content:
    """Runs of tokens of a content, and how far the cue reaches with it."""

    rule: str
    runs: tuple[tuple[int, int], ...]
    cue_end: int
    weight: int = 2


Finder = Callable[[Cue], Content | None]


def clause(cue: Cue) -> Content | None:
    """Find a finite clause after the verb: "said that it holds", "asked whether it holds"."""
    if not (cue.has("clause") or cue.has("quote")):
        return None
    tree = cue.tree
    for k in cue.kids("ccomp", "advcl", "xcomp", "parataxis", "obj", "dep"):
        if _finite(tree, k, cue) and not _nearer(cue, k):
            return Content("clause", (_clause_run(cue, k),), cue.hi, 5)
    k = _told(cue) or _marked(cue)
    if k is not None:
        return Content("clause", ((tree.left[k], onwards(tree, tree.right[k])),), cue.hi, 5)
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


def _told(cue: Cue) -> int | None:
    """Return a clause with "that" which the parse hung on the person who is told."""
    tree = cue.tree
    if cue.key not in cue.lex.verbs["telling"]:
        return None
    for held in cue.kids(*_OBJECTS):
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


def _clause_run(cue: Cue, k: int) -> tuple[int, int]:
    """Return a complement clause's run, mended where the parse hung a part of it on the cue."""
    tree = cue.tree
    lo, hi = max(tree.left[k], cue.hi + 1), tree.right[k]
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
    return lo, _cut(tree, lo, onwards(tree, hi))


def _cut(tree: Tree, lo: int, hi: int) -> int:
    """Stop a content at a full stop that the parse ran over, and before ", but" with a subject of its own."""
    quoted = 0
    for at in range(lo, hi):
        if tree.words[at] in _QUOTES:
            quoted += 1
        if quoted % 2:
            continue
        if tree.tags[at] == "." and tree.words[at] in (".", "?", "!"):
            return at - 1
        if tree.words[at] == "," and tree.lower[at + 1] == "but" and _has_subject(tree, tree.heads[at + 1]):
            return at - 1
    return hi


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


def _belongs(cue: Cue, m: int) -> bool:
    """Tell whether a later dependent of the cue is rather a part of its complement."""
    tree = cue.tree
    dep, comma = tree.deps[m], tree.words[tree.left[m] - 1] == ","
    if dep in _LOOSE:
        return True
    if dep == "advcl":
        return not comma or (tree.tags[m] != "VBG" and tree.case(m) not in _CONTRASTS)
    if dep != "conj":
        return False
    if tree.case(m) == "that":
        return True
    if _has_subject(tree, m):
        return not comma
    return tree.lower[m] not in cue.lex.forms and (_tense(tree, m) != _tense(tree, cue.verb))


def _tense(tree: Tree, verb: int) -> str:
    modal = next((k for k in tree.kids[verb] if tree.deps[k] in ("aux", "cop")), verb)
    return {"VBP": "VBZ"}.get(tree.tags[modal], tree.tags[modal])


def _finite(tree: Tree, k: int, cue: Cue) -> bool:
    dep = tree.deps[k]
    if dep == "ccomp":
        return not _infinitive(tree, k) and (tree.tags[k] != "VBG" or _has_subject(tree, k))
    marker = tree.case(k)
    if dep == "xcomp" and tree.tags[k] == "VB" and not _infinitive(tree, k) and _has_subject(tree, k):
        return True
    if dep in ("advcl", "xcomp", "dep"):
        return marker == "that" or (marker == "whether" and dep != "advcl")
    if dep == "obj":
        return tree.is_verb(k) and tree.kid(k, "nsubj", "nsubj:pass") is not None and cue.has("quote")
    before = tree.words[tree.left[k] - 1]
    return cue.has("insert") and before in (":", "“", '"') and _has_subject(tree, k)


def _has_subject(tree: Tree, k: int) -> bool:
    return tree.kid(k, "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl") is not None


def _infinitive(tree: Tree, k: int) -> bool:
    return any(tree.lower[m] == "to" and tree.tags[m] == "TO" for m in tree.kids[k] if m < k)


def infinitive(cue: Cue) -> Content | None:
    """Find an infinitive: "plans to leave", "urged the army to leave", "is said to have left"."""
    tree = cue.tree
    if not (cue.has("infinitive") or cue.has("causing")):
        return None
    held = next(iter(cue.kids(*_OBJECTS)), None) or _called_on(cue)
    for k in cue.kids("xcomp", "ccomp", "advcl", "acl"):
        if not (_infinitive(tree, k) or (tree.tags[k] == "VB" and tree.deps[k] == "ccomp")):
            continue
        lo = max(tree.left[k], cue.hi + 1)
        if cue.passive:
            if cue.key not in cue.lex.phrases["passive_infinitive"] or tree.kid(cue.verb, "aux:pass") is None:
                return None
            return _about_subject(cue, "passive infinitive", (lo, tree.right[k]), cue.hi)
        if held is not None and held < k:
            rule = Content("causing", ((max(tree.left[held], cue.hi + 1), tree.right[k]),), cue.hi, 4)
            return rule if cue.has("causing") else None
        if _has_subject(tree, k) and cue.has("causing"):
            return Content("causing", ((lo, tree.right[k]),), cue.hi, 4)
        if cue.has("infinitive") and tree.deps[k] != "acl" and _joined(tree, cue.hi, lo):
            return Content("infinitive", ((lo, tree.right[k]),), cue.hi, 4)
    if held is not None and cue.has("causing") and not cue.passive:
        k = next(
            (m for m in tree.kids[held] if m > held and tree.deps[m] == "acl" and _infinitive(tree, m)), None
        )
        if k is not None and not cue.has("object"):
            return Content("causing", ((max(tree.left[held], cue.hi + 1), tree.right[k]),), cue.hi, 4)
    return None


def _called_on(cue: Cue) -> int | None:
    """Return who is called on or appealed to, after the verb's preposition."""
    tree = cue.tree
    if "_" not in cue.key:
        return None
    return next((k for k in cue.kids("obl") if tree.case(k) == tree.lower[cue.hi]), None)


def _joined(tree: Tree, end: int, lo: int) -> bool:
    """Tell whether only adverbs and times stand between a cue and its infinitive."""
    return lo - end <= 5 and not any(tree.words[i] in (",", ";", ":") for i in range(end + 1, lo))


def _about_subject(cue: Cue, rule: str, run: tuple[int, int], end: int, weight: int = 3) -> Content:
    """Join the passive's subject to what is said of it."""
    tree, subject = cue.tree, cue.subject
    if subject is None or subject > cue.lo or tree.tags[subject] in ("WDT", "WP", "EX"):
        return Content(rule, (run,), end, weight)
    return Content(rule, ((tree.left[subject], min(tree.right[subject], cue.lo - 1)), run), end, weight)


def accusing(cue: Cue) -> Content | None:
    """Find what somebody is accused or warned of: "accused the army of killing civilians"."""
    tree = cue.tree
    held = next(iter(cue.kids(*_OBJECTS)), None)
    if held is None and not cue.passive:
        return None
    below = tree.kids[held] if held is not None else []
    for k in [*cue.kids("obl", "advcl", "acl", "xcomp", "ccomp", "nmod"), *below]:
        preposition = tree.case(k)
        if k < cue.hi or cue.key not in cue.lex.accusing.get(preposition, ()):
            continue
        at = next(m for m in tree.kids[k] if tree.lower[m] == preposition)
        if held is not None and at < held:
            continue
        if held is not None:
            run = max(tree.left[held], cue.hi + 1), _further(cue, tree.right[k])
            return Content("accusing", (run,), cue.hi, 4)
        end = at if at == cue.hi + 1 else cue.hi
        return _about_subject(cue, "accusing", (at + 1 if end == at else tree.left[k], tree.right[k]), end, 3)
    return None


def _further(cue: Cue, hi: int) -> int:
    """Go on over the grounds that are given: "attacked them on stage for taking the money"."""
    tree = cue.tree
    for m in tree.kids[cue.verb]:
        if m > hi and tree.deps[m] in ("obl", "advcl") and tree.left[m] == hi + 1 and tree.case(m) in ("for", "of", "as", "over"):
            hi = tree.right[m]
    return hi


def naming(cue: Cue) -> Content | None:
    """Find what somebody is called: "called it a mistake", "was described as a trap"."""
    if not cue.has("naming"):
        return None
    tree = cue.tree
    held = next(iter(cue.kids(*_OBJECTS)), None)
    for k in cue.kids("xcomp", "obl", "advcl", "nmod", "ccomp", "obj"):
        if k == held or _infinitive(tree, k) or (tree.deps[k] == "ccomp" and tree.is_verb(k)):
            continue
        as_ = tree.case(k) == "as"
        if not as_ and (tree.deps[k] in ("obl", "advcl", "nmod") or tree.is_verb(k)):
            continue
        if cue.passive:
            return _about_subject(
                cue,
                "naming",
                (tree.left[k] + as_, tree.right[k]),
                cue.hi + (as_ and tree.left[k] == cue.hi + 1),
            )
        if held is not None and held < k:
            return Content("naming", ((max(tree.left[held], cue.hi + 1), _further(cue, tree.right[k])),), cue.hi, 3)
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
            return Content("preposition", ((max(tree.left[k], at + 1), restrictive(tree, k)),), at, 3)
        if at - cue.hi <= 5:
            return Content("preposition", ((min(tree.left[k], at), tree.right[k]),), cue.hi, 2)
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
                return Content("idiom", ((end + 1, tree.right[k]),), end, 4)
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
            "object", ((tree.left[cue.subject], min(tree.right[cue.subject], cue.lo - 1)),), cue.hi, 1
        )
    for k in tree.kids[cue.verb]:
        if k < cue.lo and tree.deps[k] == "obj" and tree.tags[k] in ("WDT", "WP"):
            return Content(_object_class(cue), ((k, k),), cue.hi, 1)
    for k in cue.kids("obj"):
        if not tree.lower[k].endswith(("self", "selves")):
            run = max(tree.left[k], cue.hi + 1), restrictive(tree, k)
            return Content(_object_class(cue), (run,), cue.hi, 1)
    return None


def restrictive(tree: Tree, k: int) -> int:
    """Return the last token of a noun phrase, without a relative clause that a comma sets off."""
    for m in tree.kids[k]:
        if (
            m > k
            and tree.deps[m] in ("acl:relcl", "advcl", "parataxis")
            and tree.words[tree.left[m] - 1] == ","
        ):
            return tree.left[m] - 2
    return tree.right[k]


def _object_class(cue: Cue) -> str:
    return "object " + next(name for name, words in cue.lex.objects.items() if cue.key in words)


FINDERS: tuple[Finder, ...] = (clause, idiom, accusing, infinitive, naming, preposition, gerund, thing)
"""In the order of how surely each shape speaks."""
