"""Verbs that attribute: a reporting clause and its content, after it, before it or around it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from jirga.reading.attribution.animacy import can_speak
from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.contents import FINDERS, Content, Cue
from jirga.reading.attribution.groups import carries, cue_run, noun_phrase, passive, subject_of
from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.tree import Tree

__all__ = ["find_verbs"]

_ADVERBIAL = frozenset(
    ["obl", "obl:unmarked", "obl:tmod", "obl:npmod", "obl:agent", "advmod", "iobj", "obj", "compound:prt", "aux", "aux:pass", "nmod", "nmod:unmarked", "xcomp"]
)
_RELATIVE = frozenset({"who", "which", "that"})
_COMMAS = frozenset(",:;—–-―") | {"--"}


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
    lo, hi = cue_run(tree, verb, lex)
    hi = particle if particle == hi + 1 else hi
    return Cue(tree, lex, verb, key, lo, hi, passive(tree, verb), subject_of(tree, verb))


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
    around = _around(cue) if cue.has("insert") or cue.has("quote") else None
    found = next((c for c in (find(cue) for find in FINDERS) if c is not None), None)
    if around is not None and (found is None or found.weight < 5 or found.runs[0][0] <= cue.verb):
        found = around
    speech = cue.has("quote")
    if found is not None and not _plausible(cue, found):
        found = None
    if found is None and not speech:
        return None
    return _assemble(cue, found, number, speech)


def _plausible(cue: Cue, found: Content) -> bool:
    """Tell whether a weak shape has a source that can say, think or want, or a passive that names one."""
    weak = found.rule.startswith(("object", "passive object", "preposition", "gerund", "infinitive", "causing"))
    if not weak:
        return True
    if cue.passive:
        return _agent(cue) is not None or found.rule == "passive object utterance"
    subject = cue.subject
    return subject is not None and (cue.tree.lower[subject] in _RELATIVE or can_speak(cue.tree, subject, cue.lex))


def _agent(cue: Cue) -> int | None:
    tree = cue.tree
    return next((k for k in tree.kids[cue.verb] if tree.deps[k].startswith("obl") and tree.case(k) == "by"), None)


def _assemble(cue: Cue, found: Content | None, number: int, speech: bool) -> Candidate:
    tree = cue.tree
    cue_end = found.cue_end if found else cue.hi
    source, subject = _source(cue, found)
    lo, hi = _clause_range(cue, source)
    content = tuple(
        span
        for a, b in (found.runs if found else ())
        if (run := tree.trim(a, b))
        for span in (tree.span(*run),)
    )
    return Candidate(
        passage=number,
        rule=(f"verb {found.rule}" if found else "verb quote") + _dbg(cue, subject),
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


def _source(cue: Cue, found: Content | None) -> tuple[tuple[int, int] | None, int | None]:
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


def _clause_range(cue: Cue, source: tuple[int, int] | None) -> tuple[int, int]:
    """Return the reporting clause's first and last token: source, cue, and adverbials that follow on directly."""
    tree = cue.tree
    near = source if source and abs(source[0] - cue.verb) < 60 else None
    lo = min(cue.lo, near[0]) if near and near[0] >= tree.first[cue.verb] else cue.lo
    hi = max(cue.hi, near[1]) if near and near[1] <= tree.last[cue.verb] else cue.hi
    for k in tree.kids[cue.verb]:
        if tree.left[k] == hi + 1 and tree.deps[k] in _ADVERBIAL:
            hi = tree.right[k]
    return lo, hi


def _around(cue: Cue) -> Content | None:
    """Find an unmarked content that the reporting clause interrupts or follows: "The talks, he said, had failed"."""
    tree, verb = cue.tree, cue.verb
    if cue.subject is None or cue.passive or not cue.has("insert"):
        return None
    own = tree.kid(verb, "nsubj")
    source = noun_phrase(tree, cue.subject, verb)
    lo, hi = _clause_range(cue, source if own is not None else None)
    first, last = tree.first[verb], tree.last[verb]
    before = next((k for k in tree.kids[verb] if tree.deps[k] in ("ccomp", "parataxis") and k < lo), None)
    if own is None or lo - 1 <= first or not _set_off(tree, lo) or not _closes(tree, hi, last):
        return None
    if before is None and tree.deps[verb] != "parataxis" and not (hi + 1 >= last and _clausal(tree, first, lo)):
        return None
    head = tree.heads[verb]
    start, end = (
        (first, last)
        if before is not None or tree.heads[head] == head or head == verb
        else (tree.left[head], tree.right[head])
    )
    runs = [(min(start, lo - 1), lo - 1)]
    rest = max(hi, tree.right[verb]) if tree.deps[verb] == "parataxis" else hi
    if rest < end and tree.words[rest + 1] in _COMMAS and tree.deps[verb] == "parataxis" and rest + 2 < end:
        runs.append((rest + 1, end))
    return replace(Content("inserted", (), cue.hi, 5), runs=tuple(runs))


def _set_off(tree: Tree, lo: int) -> bool:
    return tree.words[lo - 1] in _COMMAS or tree.words[lo - 1] in ("”", '"', "''", "’", "?", "!", "»")


def _closes(tree: Tree, hi: int, last: int) -> bool:
    return hi >= last or tree.words[hi + 1] in _COMMAS or tree.words[hi + 1] in (".", "?", "!", "”", '"')


def _clausal(tree: Tree, lo: int, hi: int) -> bool:
    """Tell whether tokens ``lo`` up to ``hi`` hold a main clause: a subject, and no conjunction that subordinates it."""
    if tree.deps[lo] == "mark" or tree.tags[lo] in ("IN", "VBG", "VBN", "WRB"):
        return False
    return any(tree.deps[i].startswith("nsubj") for i in range(lo, hi))


def _dbg(cue, subject):
    import os
    if not os.environ.get("DBG"):
        return ""
    from jirga.reading.attribution.animacy import can_speak
    t = cue.tree
    a = "N" if subject is None else "A" if can_speak(t, subject, cue.lex) else "I"
    w = t.lower[subject] if subject is not None else ""
    if w in ("that", "which", "it", "this"): a = "R"
    to = any(t.lower[k] == "to" and t.tags[k] == "TO" for k in t.kids[cue.verb] if k < cue.verb)
    f = "pass" if cue.passive else "to-" + ("run" if cue.lo < cue.verb and any(t.lower[i]=="to" for i in range(cue.lo,cue.verb)) and t.lower[cue.lo]!="to" else t.deps[cue.verb]) if to else "ger-" + t.deps[cue.verb] if t.tags[cue.verb] == "VBG" and cue.lo==cue.verb else "fin"
    return f" {a} {f}" if os.environ["DBG"] == "2" else f" {a}" if os.environ["DBG"] == "a" else f" {f}"
