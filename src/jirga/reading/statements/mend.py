"""Small repairs of a parse where words that stand side by side tell better than the parser how a clause hangs."""

from __future__ import annotations

from jirga.reading.acts import acts_besides
from jirga.reading.statements.frames import Lexicon
from jirga.reading.statements.tree import Tree
from jirga.reading.statements.words import words

__all__ = ["mend"]

_SPEAK = words("mend_speak")
_RESULTS = frozenset({"kill", "wound", "injure", "destroy", "displace", "damage", "abduct", "burn"})
_PROVIDED = frozenset({"provided", "providing"})
_QUOTES = frozenset({'"', "“", "”", "'", "‘", "’", "``", "''"})


def mend(tree: Tree, lex: Lexicon) -> None:
    """Repair a parse in place: lemmas that the lexicon knows better, and heads.

    These are mended:

    1. "it has to stop", where "stop" does not hang on "has";
    2. "asked them to agree that it may": the clause after "that" hangs on the verb right before it;
    3. an infinitive of a verb that has a clause of its own is no infinitive;
    4. "it will leave, the minister said", where the minister is taken for a second subject of "leave";
    5. "demanded a truce, the release of men and": what follows the comma is joined to the object;
    6. "said that they had fled and asked for help", "vowed to stay and ruled out talks": tense tells that the joined verb
       belongs to the verb above;
    7. "asked it to close camps that lie there and to pay": the second infinitive is joined to the first;
       so is "to leave" of "to halt the raids, to leave and to pay";
    8. "will come provided that it is safe": "provided" is a word like "if", no deed;
    9. "which it accused of theft": the relative word before another subject is the object;
    10. "closed the border after men had crossed it, killing two": the participle tells what the nearest clause led to;
    11. "called on the minister to go", "fined for theft by a judge": "on" marks who is asked, "by" who did it;
    12. "the release of Bello and the return of the men": a deed is joined to the deed, not to the name;
    13. "the men killed in a raid": a participle after its noun is no past tense;
    14. "Congo, the U.S. and U.N. experts": the second of a list is no part of the third.
    """
    for i in range(len(tree)):
        word = tree.words[i]
        if tree.tags[i] == "WDT":
            _relative(tree, i)
        tree.lemmas[i] = lex.lemma(word, tree.lemmas[i], tree.tags[i])
        if word in ("on", "upon") and tree.deps[i] == "compound:prt":
            _called_on(tree, i)
        elif word == "by" and tree.deps[i] == "case":
            _by(tree, i, lex)
        elif word == "to" and 0 < i < len(tree) - 1:
            _has_to(tree, i)
        elif tree.is_verb(i) and tree.lemmas[i] in _SPEAK:
            _speaker(tree, i)
            _joined(tree, i)
        elif word == "," and i + 1 < len(tree):
            _listed(tree, i)
        elif tree.deps[i] == "conj" and tree.tags[i] in ("VBD", "VBN"):
            _joined(tree, i)
        elif tree.deps[i] == "conj" and tree.tags[i] == "VB" and i and tree.words[i - 1] == "to":
            _to_joined(tree, i)
        elif (
            tree.deps[i] in ("advcl", "xcomp")
            and tree.tags[i] == "VB"
            and i > 1
            and tree.words[i - 1] == "to"
        ):
            _to_listed(tree, i)
        elif tree.deps[i] == "conj" and tree.tags[i] in ("NN", "NNS"):
            _joined_deed(tree, i, lex)
        elif tree.deps[i] == "acl" and tree.tags[i] == "VBD" and tree.heads[i] == i - 1:
            tree.tags[i] = "VBN" if tree.kid(i, "obj", "nsubj", "ccomp") is None else "VBD"
        elif tree.deps[i] == "compound" and tree.tags[i] == "NNP" and tree.kids[i]:
            _listed_name(tree, i)
        elif word == "that" and tree.deps[i] == "mark" and i:
            _that(tree, i)
        elif (
            tree.tags[i] == "VBG"
            and tree.deps[i] == "advcl"
            and tree.lemmas[i] in _RESULTS
            and tree.words[i - 1] == ","
        ):
            _result(tree, i)
        elif word in _PROVIDED and tree.deps[i] in ("advcl", "acl"):
            _provided(tree, i)
    for i, dep in enumerate(tree.deps):
        if dep == "xcomp" and tree.kid(i, "nsubj") is not None and _mark(tree, i) == "that":
            tree.deps[i] = "ccomp"


def _relative(tree: Tree, i: int) -> None:
    verb = tree.heads[i]
    if tree.deps[i] not in ("nsubj", "obl") or verb < i or tree.kid(i, "case") is not None:
        return
    after = [k for k in tree.kids[verb] if tree.deps[k] in ("nsubj", "obj") and k != i]
    if len(after) == 1 and i < after[0] < verb and tree.deps[after[0]] == "nsubj" and not tree.passive(verb):
        tree.deps[i] = "obj"


def _result(tree: Tree, verb: int) -> None:
    """Hang ", killing two" on the nearest clause: "closed the border after men crossed it, killing two"."""
    head = tree.heads[verb]
    between = [
        k
        for k in tree.kids[head]
        if head < k < verb
        and tree.deps[k] in ("advcl", "ccomp")
        and tree.tags[k] in ("VBD", "VBN")
        and _mark(tree, k)
    ]
    if between and tree.subtree(between[-1])[-1] >= verb - 2:
        move(tree, verb, between[-1], "advcl")


def _called_on(tree: Tree, i: int) -> None:
    noun = next((k for k in tree.kids[tree.heads[i]] if k > i and tree.deps[k] in ("obl", "obj")), None)
    if noun is not None and tree.phrase(noun)[0] == i + 1:
        tree.deps[noun] = "obl"
        move(tree, i, noun, "case")


def _by(tree: Tree, i: int, lex: Lexicon) -> None:
    noun = tree.heads[i]
    thing = tree.heads[noun]
    verb = tree.heads[thing]
    if tree.deps[noun] != "nmod" or tree.deps[thing] != "obl" or not verb < thing < noun:
        return
    acts = {tree.lemmas[noun], tree.words[noun]} & lex.classes["agents"]
    deed = tree.lemmas[thing] in lex.nouns or not tree.is_verb(verb)
    if acts and not deed and tree.passive(verb) and tree.agent(verb) is None:
        move(tree, noun, verb, "obl:agent")


def _mark(tree: Tree, i: int) -> str:
    return next((tree.words[k] for k in tree.kids[i] if tree.deps[k] == "mark"), "")


def _has_to(tree: Tree, to: int) -> None:
    has, verb = to - 1, tree.heads[to]
    if tree.words[has] not in ("has", "have", "had", "need", "needs") or verb <= to or not tree.is_verb(verb):
        return
    if tree.heads[verb] == has or tree.heads[has] == verb:
        return
    if tree.heads[has] != has and tree.heads[verb] == tree.heads[has]:
        move(tree, verb, has, "xcomp")
        for k in [
            k
            for k in tree.kids[has]
            if k > verb and tree.deps[k] in ("xcomp", "obj", "obl", "advcl", "ccomp")
        ]:
            move(tree, k, verb, tree.deps[k])


def _speaker(tree: Tree, verb: int) -> None:
    if tree.kid(verb, "nsubj") is not None:
        return
    for noun in range(verb - 1, max(verb - 14, tree.first[verb]), -1):
        head = tree.heads[noun]
        if tree.deps[noun] in ("nsubj", "nsubj:pass") and head < noun and head != verb:
            first = tree.phrase(noun)[0]
            after = tree.tags[head] == "VBG" and first > head and tree.words[first - 1] == ","
            if after or any(tree.deps[k] in ("nsubj", "nsubj:pass") and k < head for k in tree.kids[head]):
                move(tree, noun, verb, "nsubj")
            return
        if tree.words[noun] == ",":
            return


def _joined(tree: Tree, verb: int) -> None:
    inner = tree.heads[verb]
    if (
        tree.deps[verb] == "conj"
        and tree.tags[verb] == "VBN"
        and tree.tags[inner] == "VB"
        and inner < verb
        and tree.deps[inner] in ("xcomp", "advcl")
        and tree.words[inner - 1] == "to"
        and any(tree.words[k] in ("has", "have", "had") for k in tree.kids[verb] if tree.deps[k] == "aux")
    ):
        move(tree, verb, tree.heads[inner], "conj")  # "has promised to go but has not gone"
        return
    if (
        tree.deps[verb] != "conj"
        or tree.tags[verb] != "VBD"
        or tree.kid(verb, "nsubj", "nsubj:pass", "aux") is not None
    ):
        return
    inner = tree.heads[verb]
    above = tree.heads[inner]
    infinitive = tree.tags[inner] == "VB" and tree.deps[inner] in ("advcl", "acl")
    if inner > verb or not (tree.is_verb(inner) or tree.kid(inner, "cop") is not None):
        return
    if tree.deps[inner] not in ("ccomp", "xcomp") and not infinitive:
        return
    aux = {tree.words[k] for k in tree.kids[inner] if tree.deps[k] in ("aux", "aux:pass")}
    other = tree.tags[inner] in ("VB", "VBP", "VBZ", "VBG") or bool(
        aux & {"had", "has", "have", "would", "will"}
    )
    other = other or acts_besides(tree.lemmas[verb], tree.lemmas[inner], tree.kid(inner, "cop") is not None)
    if other and above < inner and tree.tags[above] == "VBD":
        move(tree, verb, above, "conj")


def _to_joined(tree: Tree, verb: int) -> None:
    at = tree.heads[verb]
    for _ in range(6):
        if at and at < verb and tree.tags[at] == "VB" and tree.words[at - 1] == "to":
            if at != tree.heads[verb]:
                move(tree, verb, at, "conj")
            return
        if tree.heads[at] == at:
            return
        at = tree.heads[at]


def _to_listed(tree: Tree, verb: int) -> None:
    """Join "to halt the raids, to leave and to pay" where each infinitive hangs on the verb above."""
    first = next((k for k in tree.kids[tree.heads[verb]] if tree.deps[k] == "xcomp" and k < verb), -1)
    if first < 1 or tree.words[first - 1] != "to" or tree.words[verb - 2] not in (",", ";", "and"):
        return
    stop = min(verb + 30, tree.last[verb])
    pairs = ((tree.words[k], tree.words[k + 1]) for k in range(verb - 2, stop - 1))
    if ("and", "to") in pairs:
        move(tree, verb, first, "conj")


def _joined_deed(tree: Tree, noun: int, lex: Lexicon) -> None:
    name = tree.heads[noun]
    deed = tree.heads[name]
    if (
        tree.deps[name] == "nmod"
        and tree.tags[name].startswith("NNP")
        and deed < name < noun
        and tree.case(name) in ("of", "from")
        and tree.lemmas[deed] in lex.nouns
        and any(tree.deps[k] == "nmod" and tree.case(k) in ("of", "from") for k in tree.kids[noun])
    ):
        move(tree, noun, deed, "conj")


def _listed_name(tree: Tree, name: int) -> None:
    noun = tree.heads[name]
    own = any(tree.deps[k] == "det" for k in tree.kids[name])
    listed = own and noun > name and tree.deps[noun] == "conj" and tree.heads[noun] < name
    if listed and "and" in tree.words[name + 1 : noun]:
        move(tree, name, tree.heads[noun], "conj")


def _listed(tree: Tree, comma: int) -> None:
    for noun in range(comma + 1, min(comma + 7, tree.last[comma])):
        if tree.tags[noun].startswith("N") and tree.deps[noun] in (
            "obl",
            "appos",
            "dep",
            "nmod",
            "obl:unmarked",
        ):
            head = tree.heads[noun]
            thing = tree.kid(head, "obj") if tree.is_verb(head) else None
            bare = not any(tree.deps[k] == "case" for k in tree.kids[noun])
            common = bare and not tree.tags[noun].startswith("NNP")
            if thing is not None and thing < comma and common and _listed_on(tree, noun):
                move(tree, noun, thing, "conj")
            return


def _listed_on(tree: Tree, noun: int) -> bool:
    """Tell whether a list goes on to an "and"; otherwise it may be a time or an aside."""
    stop = min(noun + 25, tree.last[noun])
    return any(tree.words[k] in ("and", "or") for k in range(noun, stop))


def _that(tree: Tree, that: int) -> None:
    clause, before = tree.heads[that], that - 1
    while before > tree.first[that] and tree.words[before] in _QUOTES:
        before -= 1
    head = tree.heads[clause]
    if (
        not tree.is_verb(before)
        or before == head
        or head == clause
        or tree.deps[clause] not in ("ccomp", "xcomp", "advcl", "acl")
    ):
        return
    if (
        head < before < clause
        and tree.first[before] == tree.first[clause]
        and not _above(tree, clause, before)
    ):
        move(tree, clause, before, "ccomp")


def _provided(tree: Tree, i: int) -> None:
    clause = tree.kid(i, "ccomp", "xcomp", "advcl")
    if clause is None or clause < i or tree.kid(i, "nsubj", "obj", "aux") is not None or tree.heads[i] == i:
        return
    if tree.words[i + 1] != "that" and tree.kid(clause, "nsubj", "nsubj:pass") is None:
        return
    head = tree.heads[i]
    move(tree, clause, head, "advcl")
    move(tree, i, clause, "mark")
    tree.tags[i] = "IN"


def _above(tree: Tree, top: int, i: int) -> bool:
    """Tell whether `top` stands over `i`: moving it below would close a ring."""
    for _ in range(60):
        if i == top:
            return True
        if tree.heads[i] == i:
            return False
        i = tree.heads[i]
    return True


def move(tree: Tree, i: int, head: int, dep: str) -> None:
    """Hang token `i` on another head."""
    if _above(tree, i, head):
        return
    tree.kids[tree.heads[i]].remove(i)
    tree.kids[head].append(i)
    tree.kids[head].sort()
    tree.heads[i], tree.deps[i] = head, dep
