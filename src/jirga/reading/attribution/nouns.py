"""Nouns and adjectives that attribute: "the claim that", "his promise to", "is confident that"."""

from __future__ import annotations

from collections.abc import Iterator

from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.groups import cue_run, noun_phrase, subject_of
from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.tree import Tree

__all__ = ["find_nouns"]

_SOURCELESS = frozenset(
    {"about", "over", "against"}
)  # prepositions that make a noun speak even with no owner
_PLURALS = (("ies", "y"), ("es", ""), ("s", ""))


def find_nouns(tree: Tree, number: int, lex: Lexicon) -> Iterator[Candidate]:
    """Find the attributions that hang on a noun or an adjective.

    Yields
    ------
    Candidate
    """
    for at in range(len(tree)):
        tag = tree.tags[at]
        if tag in ("NN", "NNS"):
            found = (
                _noun(tree, number, at, lex)
                or _holds(tree, number, at, lex)
                or _equated(tree, number, at, lex)
            )
        elif tag.startswith("JJ") or tag == "VBN":
            found = _adjective(tree, number, at, lex)
        elif tag == "IN" and tree.deps[at] == "case" and tree.lower[at] in lex.phrases["predicates"]:
            found = _predicate(tree, number, at)
        else:
            continue
        if found is not None:
            yield found


def _lemma(tree: Tree, at: int, words: frozenset[str]) -> str | None:
    word = tree.lower[at]
    for form in (word, tree.lemmas[at], *(word[: -len(e)] + r for e, r in _PLURALS if word.endswith(e))):
        if form in words:
            return form
    return None


def _noun(tree: Tree, number: int, at: int, lex: Lexicon) -> Candidate | None:
    found = _noun_content(tree, at, lex)
    if found is None:
        return None
    rule, lo, hi, end = found
    governor = _light(tree, at, lex)
    if governor is not None:
        cue_lo = cue_run(tree, governor, lex)[0]
        subject = subject_of(tree, governor)
        source = noun_phrase(tree, subject, governor) if subject is not None else None
    else:
        subject = next((k for k in tree.kids[at] if tree.deps[k] == "nmod:poss" and k < at), None)
        source = tree.trim(tree.left[subject], tree.right[subject]) if subject is not None else None
        if subject is None:
            subject = _people(tree, at)
            source = (subject, subject) if subject is not None else None
        if subject is None:
            subject = next((k for k in tree.kids[at] if at < k < lo and tree.case(k) == "by"), None)
            source = tree.trim(at + 2, min(tree.right[subject], lo - 1)) if subject is not None else None
        cue_lo = source[1] + 1 if source and source[1] < at else _with_adjectives(tree, at)
        if source and tree.lower[cue_lo] in ("'s", "'") and cue_lo < at:
            cue_lo += 1
    if source is None and not (rule == "noun clause" or tree.lower[end] in _SOURCELESS):
        return None
    run = tree.trim(lo, hi)
    if run is None:
        return None
    return Candidate(
        number, rule, at, (tree.span(cue_lo, end),), (tree.span(*source),) if source else (), (tree.span(*run),),
        clause=(cue_lo, end), subject=subject, weight=3 if governor is not None else 2,
    )  # fmt: skip


def _people(tree: Tree, at: int) -> int | None:
    """Return an adjective or name of a people or country that says whose the noun is: "Russian claims that"."""
    for k in tree.kids[at]:
        capital = tree.words[k][:1].isupper() and (k > tree.first[k] or bool(tree.names[k]))
        if k < at and tree.deps[k] in ("amod", "compound") and capital and not tree.kids[k]:
            return k
    return None


def _with_adjectives(tree: Tree, at: int) -> int:
    """Return the first token of a noun with the adjectives right before it."""
    while at > 0 and tree.deps[at - 1] in ("amod", "compound") and tree.heads[at - 1] >= at:
        at -= 1
    return at


def _noun_content(tree: Tree, at: int, lex: Lexicon) -> tuple[str, int, int, int] | None:
    """Return the rule, the content's first and last token, and the cue's last."""
    for k in tree.kids[at]:
        if k < at:
            continue
        marker, dep = tree.case(k), tree.deps[k]
        if (
            dep in ("acl", "ccomp", "appos", "acl:relcl")
            and marker == "that"
            and _lemma(tree, at, lex.nouns["clause"])
        ):
            return "noun clause", tree.left[k], tree.right[k], at
        to = dep in ("acl", "xcomp") and tree.tags[tree.left[k]] == "TO"
        if to and _lemma(tree, at, lex.nouns["infinitive"]):
            return "noun infinitive", tree.left[k], tree.right[k], at
        takes = lex.noun_prepositions.get(marker) if dep in ("nmod", "acl", "obl", "advcl") else None
        if takes and _lemma(tree, at, takes):
            case = next(m for m in tree.kids[k] if tree.lower[m] == marker)
            if case == at + 1:
                return "noun preposition", case + 1, tree.right[k], case
    return None


def _light(tree: Tree, at: int, lex: Lexicon) -> int | None:
    """Return the verb that lends the noun its subject: "issued a warning"."""
    head = tree.heads[at]
    if head < at and at - head <= 6 and tree.deps[at] == "obj" and tree.is_verb(head):
        lemma = lex.forms.get(tree.lower[head], "")
        if lemma in lex.verbs["light"]:
            return head
    return None


def _adjective(tree: Tree, number: int, at: int, lex: Lexicon) -> Candidate | None:
    word = tree.lower[at]
    subject = tree.kid(at, "nsubj", "nsubj:pass")
    be = tree.kid(at, "cop", "aux:pass")
    governor = tree.heads[at] if be is None and tree.deps[at] == "xcomp" else at
    if be is None and not (at - 4 < governor < at and tree.lemmas[governor] in lex.phrases["linking"]):
        return None
    if governor != at:
        subject, be = subject_of(tree, governor), governor
    if subject is None:
        subject = subject_of(tree, at)
    if subject is None or subject > at or tree.lower[subject] in ("it", "there"):
        return None
    for k in tree.kids[at]:
        if k < at:
            continue
        marker, rule, end, lo = tree.case(k), "", at, tree.left[k]
        if (
            tree.deps[k] in ("ccomp", "advcl")
            and word in lex.nouns["adjective_clause"]
            and marker in ("that", "whether", "")
        ):
            rule = "adjective clause" if tree.deps[k] == "ccomp" or marker == "that" else ""
        elif (
            tree.deps[k] in ("xcomp", "advcl")
            and word in lex.nouns["adjective_infinitive"]
            and tree.tags[lo] == "TO"
        ):
            rule = "adjective infinitive"
        elif word in lex.adjective_prepositions.get(marker, ()) and tree.deps[k] in ("obl", "advcl"):
            case = next(m for m in tree.kids[k] if tree.lower[m] == marker)
            if case == at + 1:
                rule, end, lo = "adjective preposition", case, case + 1
        run = tree.trim(lo, tree.right[k]) if rule else None
        if run is not None:
            begin = min(
                min(
                    (
                        m
                        for m in tree.kids[governor]
                        if tree.deps[m] in ("aux", "cop", "aux:pass") and subject < m < at
                    ),
                    default=governor,
                ),
                governor,
            )
            return Candidate(
                number, rule, at, (tree.span(begin, end),), (tree.span(*noun_phrase(tree, subject, at)),),
                (tree.span(*run),), clause=(begin, end), subject=subject, weight=3,
            )  # fmt: skip
    return None


def _holds(tree: Tree, number: int, at: int, lex: Lexicon) -> Candidate | None:
    """Find what somebody is to a plan: "is a staunch opponent of the deal", "is in favour of talks"."""
    be, subject = tree.kid(at, "cop"), tree.kid(at, "nsubj")
    if be is None or subject is None or not subject < be < at:
        return None
    case = tree.case(at)
    if f"{case}_{tree.lower[at]}" not in lex.nouns["states"] and (
        case or not _lemma(tree, at, lex.nouns["agent"])
    ):
        return None
    for k in tree.kids[at]:
        marker = tree.case(k) if k > at else ""
        if marker and tree.lower[at + 1] == marker and tree.deps[k] in ("nmod", "obl", "acl", "advcl"):
            run = tree.trim(at + 2, tree.right[k])
            if run is None:
                return None
            lo = min((m for m in tree.kids[at] if tree.deps[m] in ("aux", "cop") and subject < m), default=be)
            return Candidate(
                number, "predicate", at, (tree.span(lo, at + 1),), (tree.span(*noun_phrase(tree, subject, lo)),),
                (tree.span(*run),), clause=(lo, at + 1), subject=subject, weight=3,
            )  # fmt: skip
    return None


def _equated(tree: Tree, number: int, at: int, lex: Lexicon) -> Candidate | None:
    """Find "his fear is that the truce will fail"."""
    head = tree.heads[at]
    if (
        tree.deps[at] not in ("nsubj", "nsubj:outer")
        or head < at
        or not _lemma(tree, at, lex.nouns["clause"])
    ):
        return None
    at_that = next(
        (i for i in range(at + 1, min(head, at + 9)) if tree.lower[i] == "that" and tree.deps[i] == "mark"),
        None,
    )
    if at_that is None or tree.lower[at_that - 1] not in ("is", "was", "'s", "remains", "be", "been"):
        return None
    owner = next((k for k in tree.kids[at] if tree.deps[k] == "nmod:poss" and k < at), None)
    source = tree.trim(tree.left[owner], tree.right[owner]) if owner is not None else None
    run = tree.trim(at_that, tree.right[head])
    if run is None or (source is None and tree.kids[at] and tree.lower[tree.left[at]] == "the"):
        return None
    lo = source[1] + 1 if source else tree.left[at]
    return Candidate(
        number, "noun is", at, (tree.span(lo, at_that - 1),), (tree.span(*source),) if source else (), (tree.span(*run),),
        clause=(lo, at_that), subject=owner, weight=3,
    )  # fmt: skip


def _predicate(tree: Tree, number: int, at: int) -> Candidate | None:
    """Find "is against the plan"."""
    head = tree.heads[at]
    be = tree.kid(head, "cop")
    subject = tree.kid(head, "nsubj")
    if be is None or subject is None or not subject < be < at < head:
        return None
    run = tree.trim(at + 1, tree.right[head])
    if run is None:
        return None
    source = noun_phrase(tree, subject, be)
    return Candidate(
        number, "predicate", at, (tree.span(be, at),), (tree.span(*source),), (tree.span(*run),),
        clause=(be, at), subject=subject, weight=2,
    )  # fmt: skip
