"""Verbs that attribute: a reporting clause and its content, after it, before it or around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jirga.reading.attribution.animacy import can_speak
from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.complements import clause
from jirga.reading.attribution.cue import Content, Cue, Finder
from jirga.reading.attribution.ends import cut, says_besides, says_on
from jirga.reading.attribution.groups import carries, cue_run, noun_phrase, passive, subject_of
from jirga.reading.attribution.infinitives import infinitive
from jirga.reading.attribution.inserted import clause_range, inserted
from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.objects import (
    accusing,
    borne,
    gerund,
    idiom,
    naming,
    preposition,
    relative,
    thing,
)
from jirga.reading.attribution.tree import Tree

__all__ = ["find_verbs"]

FINDERS: tuple[Finder, ...] = (
    clause,
    idiom,
    accusing,
    infinitive,
    naming,
    preposition,
    gerund,
    thing,
    relative,
    borne,
)
"""Shapes of content, in the order of how surely each speaks: the first that finds something decides."""
_THINGS = frozenset({"object showing", "object utterance"})  # polls show, letters mention
_CLOSED = frozenset({",", "”", '"', "''", "’", "»"})
_RELATIVE = frozenset({"which", "that"})
_DEEDS = frozenset(
    {"passive object " + name for name in ("will", "ruling", "stance", "thought", "showing", "feeling")}
)


def find_verbs(tree: Tree, number: int, lex: Lexicon) -> Iterator[Candidate]:
    """Find the attributions that hang on a verb.

    Parameters
    ----------
    tree : Tree
    number : int
        Number of the passage.
    lex : Lexicon

    Yields
    ------
    Candidate
        Without content when the verb may bring direct speech that stands beside it.
    """
    for verb in range(len(tree)):
        lemma = lex.forms.get(tree.lower[verb])
        if lemma is None or not tree.is_verb(verb):
            continue
        cue = _cue(tree, verb, lemma, lex)
        if cue is None or _only_carries(tree, cue, lex):
            continue
        found = _candidate(cue, number)
        if cue.key != lemma and lemma in lex.known and (found is None or not found.content):
            plain = replace(cue, key=lemma, hi=cue_run(tree, verb, lex)[1])
            other = _candidate(plain, number)  # "spoke of the war": the particle is a preposition here
            found = other if other is not None and other.content else found
        if found is not None:
            yield found


def _cue(tree: Tree, verb: int, lemma: str, lex: Lexicon) -> Cue | None:
    key, particle = lemma, verb
    for k in (
        *[k for k in tree.kids[verb] if verb < k <= verb + 4 and tree.deps[k] == "compound:prt"],
        verb + 1,
    ):
        if k < len(tree) and f"{lemma}_{tree.lower[k]}" in lex.phrasal:
            key, particle = f"{lemma}_{tree.lower[k]}", k
            break
    if key not in lex.known:
        return None
    if key in lex.verbs["insert"]:
        _turn(tree, verb, lex)
    lo, hi = cue_run(tree, verb, lex)
    hi = particle if particle == hi + 1 else hi
    return Cue(tree, lex, verb, key, lo, hi, passive(tree, verb), _subject(tree, verb, lex))


def _turn(tree: Tree, verb: int, lex: Lexicon) -> None:
    """Take for the subject who stands after the verb: "No deal this year, says president"."""
    if verb < 2 or tree.words[verb - 1] not in _CLOSED or verb + 1 >= len(tree):
        return
    k = tree.kid(verb, "obj")
    if k is None or k < verb or tree.left[k] != verb + 1 or not can_speak(tree, k, lex):
        return
    if all(tree.tags[i] in (".", "''", "_SP") for i in range(tree.right[k] + 1, tree.last[verb] + 1)):
        tree.deps[k], tree.subjects[verb] = "nsubj", k
        for other in tree.kids[verb]:
            if other < verb and tree.deps[other] in ("nsubj", "csubj"):
                tree.deps[other] = "parataxis"


def _subject(tree: Tree, verb: int, lex: Lexicon) -> int | None:
    """Return the head of the subject; of ", saying" after a content it is the one who speaks already."""
    joint = next((k for k in tree.kids[verb] if tree.deps[k] == "cc" and verb - 3 <= k < verb), None)
    if joint is not None and tree.deps[verb] == "conj" and tree.subjects[verb] is None:
        for above in tree.ancestors(verb):
            if tree.is_verb(above) and tree.deps[above] != "ccomp" and says_besides(tree, joint, above, lex):
                return subject_of(tree, above)
    if tree.tags[verb] == "VBG" and tree.lower[verb - 1] == "as" and tree.is_verb(head := tree.heads[verb]):
        told = tree.subjects[head] if passive(tree, head) else tree.kid(head, "obj")
        if told is not None and told < verb:
            return told
    before = verb - 1 - (tree.tags[verb - 1] == "RB")
    if before > 0 and tree.words[before] == "," and says_on(tree, before + 1, lex):
        below = verb
        for above in tree.ancestors(verb):
            if tree.deps[below] == "ccomp" and lex.forms.get(tree.lower[above], "") in lex.verbs["clause"]:
                return subject_of(tree, above)
            below = above
    return subject_of(tree, verb)


def _only_carries(tree: Tree, cue: Cue, lex: Lexicon) -> bool:
    """Tell whether the verb's own complement is the cue ("declined to say that")."""
    if not carries(tree, cue.verb, lex):
        return False
    for k in tree.kids[cue.verb]:
        if k > cue.verb and tree.deps[k] in ("xcomp", "advcl") and tree.lower[k] in lex.forms:
            inner = lex.forms[tree.lower[k]]
            if inner in lex.verbs["quote"] and cue_run(tree, k, lex)[0] <= cue.verb:
                return True
    return False


def _candidate(cue: Cue, number: int) -> Candidate | None:
    around = inserted(cue) if cue.has("insert") or cue.has("quote") else None
    found = next((c for c in (find(cue) for find in FINDERS) if c is not None), None)
    if around is not None and (found is None or found.weight < 5 or found.runs[0][0] <= cue.verb):
        found = around
    speech = cue.has("quote")
    if found is not None and not _plausible(cue, found):
        found = None
    if (found is None and not speech) or _imagined(cue):
        return None
    return _assemble(cue, found, number, speech)


def _imagined(cue: Cue) -> bool:
    """Tell whether a verb speaks to the reader: "Say the deal holds", "Let us suppose that"."""
    tree, verb = cue.tree, cue.verb
    if tree.tags[verb] != "VB":
        return False
    if tree.lower[tree.heads[verb]] == "let" and tree.heads[verb] < verb:
        return True
    return cue.subject is None and cue.lo == verb == tree.first[verb]


def _plausible(cue: Cue, found: Content) -> bool:
    """Tell whether a weak shape has a source that can say, think or want, or is a full passive."""
    weak = found.rule.startswith(
        ("object", "passive object", "preposition", "gerund", "infinitive", "causing", "relative", "borne")
    )
    if not weak:
        return True
    if cue.passive:
        if _agent(cue) is not None:
            return True
        return found.rule not in _DEEDS and cue.tree.kid(cue.verb, "aux:pass") is not None
    subject = cue.subject
    if subject is None:  # "read the rest" speaks to the reader; "a way to avoid praising him" names no source
        return cue.lo > cue.tree.first[cue.verb]
    if found.rule in _THINGS:
        return True
    return can_speak(cue.tree, _meant(cue.tree, cue.verb, subject), cue.lex)


def _meant(tree: Tree, verb: int, subject: int) -> int:
    """Return the noun that "that" or "which" stands for; other subjects stand for themselves."""
    if tree.lower[subject] not in _RELATIVE:
        return subject
    clause = verb
    while tree.deps[clause] in ("conj", "xcomp") and tree.heads[clause] != clause:
        clause = tree.heads[clause]
    return tree.heads[clause] if tree.deps[clause].startswith("acl") else subject


def _agent(cue: Cue) -> int | None:
    tree = cue.tree
    return next(
        (k for k in tree.kids[cue.verb] if tree.deps[k].startswith("obl") and tree.case(k) == "by"), None
    )


def _assemble(cue: Cue, found: Content | None, number: int, speech: bool) -> Candidate:
    tree = cue.tree
    cue_end = found.cue_end if found else cue.hi
    source, subject = _source(cue)
    lo, hi = clause_range(cue, source)
    runs = list(found.runs) if found else []
    if runs and found is not None and found.rule != "inserted":
        runs[-1] = runs[-1][0], cut(tree, *runs[-1], cue.lex, cue.verb)
    content = tuple(tree.span(*run) for a, b in runs if (run := tree.trim(a, b)))
    return Candidate(
        passage=number,
        rule=f"verb {found.rule}" if found else "verb quote",
        head=cue.verb,
        cue=(tree.span(cue.lo, cue_end),),
        source=(tree.span(*source),) if source else (),
        content=content,
        speech=speech,
        clause=(lo, hi),
        subject=subject,
        inserted=bool(found and found.rule == "inserted"),
        weight=found.weight if found else 3,
    )


def _source(cue: Cue) -> tuple[tuple[int, int] | None, int | None]:
    """Return the source's run of tokens and its head; none for an expletive or a passive without an agent."""
    tree = cue.tree
    subject = cue.subject
    if cue.passive:
        agent = next(
            (k for k in tree.kids[cue.verb] if tree.deps[k].startswith("obl") and tree.case(k) == "by"), None
        )
        if agent is not None:
            by = next(m for m in tree.kids[agent] if tree.lower[m] == "by")
            run = noun_phrase(tree, agent, cue.verb)
            return (tree.trim(max(run[0], by + 1), run[1]) or run), agent
        return None, None
    if subject is None or tree.deps[subject] == "expl" or (tree.lower[subject] == "it" and _impersonal(cue)):
        return None, None
    return noun_phrase(tree, subject, cue.verb), subject


def _impersonal(cue: Cue) -> bool:
    return cue.key in cue.lex.phrases["impersonal"]
