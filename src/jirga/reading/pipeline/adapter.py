"""Any spaCy parse as Universal Dependencies, so that one set of rules reads them all.

spaCy's own English pipelines follow ClearNLP's scheme (Choi and Palmer 2012): prepositions head their nouns, the copula
heads its predicate, conjuncts hang on one another. `ud_view` turns such a document round; one that is in Universal
Dependencies already comes back as it is.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Span

__all__ = ["is_clear", "make_view", "ud_view"]

CLEAR_ONLY = frozenset(
    (
        "pobj",
        "dobj",
        "nsubjpass",
        "auxpass",
        "prep",
        "relcl",
        "attr",
        "acomp",
        "poss",
        "prt",
        "npadvmod",
        "agent",
    )
)
RENAMED = {
    "nsubjpass": "nsubj:pass", "csubjpass": "csubj:pass", "auxpass": "aux:pass", "dobj": "obj", "dative": "iobj",
    "relcl": "acl:relcl", "poss": "nmod:poss", "prt": "compound:prt", "neg": "advmod", "intj": "discourse",
    "meta": "dep", "oprd": "xcomp", "preconj": "cc:preconj", "predet": "det:predet", "quantmod": "advmod",
    "acomp": "xcomp", "attr": "xcomp", "complm": "mark",
}  # fmt: skip
NAMES = {"PERSON": "PERSON", "PER": "PERSON", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}
ADPOSITIONS = ("prep", "agent", "dative")
KEPT_BY_COPULA = ("aux", "auxpass")


@dataclass(slots=True)
class _Tree:
    """Heads and labels that are being changed, beside the document that they came from."""

    doc: Doc
    heads: list[int]
    labels: list[str]

    def children(self, head: int) -> Iterator[int]:
        """Yield the words that hang on a word at this moment, in text order."""
        return (k for k, h in enumerate(self.heads) if h == head and k != head)

    def hang(self, word: int, head: int, label: str) -> None:
        self.heads[word], self.labels[word] = head, label


def is_clear(doc: Doc) -> bool:
    """Return whether a document's labels are ClearNLP's."""
    return any(token.dep_ in CLEAR_ONLY for token in doc)


def ud_view(doc: Doc, clear: bool | None = None) -> Doc:
    """Return the document in Universal Dependencies.

    Parameters
    ----------
    doc : Doc
        Parsed; labels of ClearNLP or of Universal Dependencies.
    clear : bool, optional
        Whether its labels are ClearNLP's; by default the labels tell, which a short text may leave open.

    Returns
    -------
    Doc
        The same object when nothing is to be changed; else a new one with the same tokens, tags, features, lemmas and
        sentences. Names are kept as PERSON, ORG and LOC; other kinds of span are dropped.
    """
    clear = is_clear(doc) if clear is None else clear
    if not clear and all(name.label_ in ("PERSON", "ORG", "LOC") for name in doc.ents):
        return doc
    tree = _Tree(doc, [t.head.i for t in doc], [t.dep_ for t in doc])
    if clear:
        for sentence in doc.sents:
            _convert(tree, sentence)
    made = Doc(
        doc.vocab,
        words=[t.text for t in doc],
        spaces=[bool(t.whitespace_) for t in doc],
        tags=[t.tag_ for t in doc],
        pos=[t.pos_ for t in doc],
        morphs=[str(t.morph) for t in doc],
        lemmas=[t.lemma_ for t in doc],
        heads=tree.heads,
        deps=tree.labels,
    )
    made.set_ents([Span(made, e.start, e.end, label=NAMES[e.label_]) for e in doc.ents if e.label_ in NAMES])
    return made


def _convert(tree: _Tree, sentence: Span) -> None:
    """Turn one sentence round; each step leaves a tree behind."""
    words = range(sentence.start, sentence.end)
    for k in words:
        _turn_preposition(tree, k)
    for k in words:
        _turn_copula(tree, k)
    for k in words:
        _flatten_conjuncts(tree, k)
    for k in words:
        _raise_subject(tree, k)
    for k in words:
        tree.labels[k] = _renamed(tree, k)


def _turn_preposition(tree: _Tree, k: int) -> None:
    """Make the noun of a preposition the dependent, and the preposition its ``case``."""
    label = tree.labels[k]
    if label not in ADPOSITIONS and not (label == "conj" and tree.doc[k].pos_ in ("ADP", "SCONJ")):
        return
    objects = [c for c in tree.children(k) if tree.labels[c] in ("pobj", "pcomp")]
    if not objects:
        return
    noun, head = objects[0], tree.heads[k]
    clause = tree.labels[noun] == "pcomp" and tree.doc[noun].pos_ in ("VERB", "AUX")
    verbal = tree.doc[head].pos_ in ("VERB", "AUX", "ADJ", "ADV")
    if label == "agent":
        made = "obl:agent"
    elif label == "conj":
        made = "conj"
    elif clause:
        made = "advcl" if verbal else "acl"
    else:
        made = "obl" if verbal else "nmod"
    for child in list(tree.children(k)):
        if child != noun:
            tree.heads[child] = noun
    tree.hang(noun, head, made)
    tree.hang(k, noun, "mark" if clause else "case")


def _turn_copula(tree: _Tree, k: int) -> None:
    """Make the predicate of "be" the head, and "be" its ``cop``."""
    if tree.doc[k].lemma_ != "be":
        return
    predicates = [c for c in tree.children(k) if tree.labels[c] in ("attr", "acomp")]
    if not predicates:
        return
    predicate, root = predicates[0], tree.heads[k] == k
    for child in list(tree.children(k)):
        if child != predicate:
            tree.heads[child] = predicate
    tree.hang(predicate, predicate if root else tree.heads[k], tree.labels[k])
    tree.hang(k, predicate, "cop")


def _flatten_conjuncts(tree: _Tree, k: int) -> None:
    """Hang conjuncts on the first one, and the conjunction on the conjunct behind it."""
    if tree.labels[k] != "conj":
        return
    before = tree.heads[k]
    for child in list(tree.children(before)):
        if tree.labels[child] == "cc" and before < child < k:
            tree.heads[child] = k
    first = before
    while tree.labels[first] == "conj" and tree.heads[first] != first:
        first = tree.heads[first]
    tree.heads[k] = first


def _raise_subject(tree: _Tree, k: int) -> None:
    """Turn "want [X to go]" into an object and an ``xcomp``."""
    if tree.labels[k] != "ccomp":
        return
    children = list(tree.children(k))
    marks = [c for c in children if tree.doc[c].tag_ == "TO" and tree.labels[c] == "aux"]
    subjects = [c for c in children if tree.labels[c] in ("nsubj", "nsubjpass") and tree.heads[k] < c < k]
    if marks and subjects and not any(tree.labels[c] == "mark" for c in children):
        tree.labels[k] = "xcomp"
        tree.hang(subjects[0], tree.heads[k], "obj")


def _renamed(tree: _Tree, k: int) -> str:
    label = tree.labels[k]
    verbal = tree.doc[tree.heads[k]].pos_ in ("VERB", "AUX", "ADJ", "ADV")
    if label == "aux" and tree.doc[k].tag_ == "TO":
        return "mark"
    if label == "npadvmod":
        return "obl:unmarked" if verbal else "nmod:unmarked"
    if label in ("prep", "agent"):  # stranded: nothing behind it
        return "obl" if verbal else "nmod"
    if label in ("pobj", "pcomp"):  # a second object of one preposition
        return "conj"
    return RENAMED.get(label, label)


@Language.factory("jirga_ud_view", retokenizes=True)
def make_view(nlp: Language, name: str) -> _View:
    """Return the component that ends a pipeline which is not jirga's own."""
    known = {label for pipe in nlp.pipe_names if pipe != name for label in nlp.pipe_labels.get(pipe, [])}
    return _View(bool(known & CLEAR_ONLY) if known & {"nsubj"} else None)


class _View:
    """`ud_view` as a component."""

    def __init__(self, clear: bool | None) -> None:
        self.clear = clear

    def __call__(self, doc: Doc) -> Doc:
        return ud_view(doc, self.clear)
