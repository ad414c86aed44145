"""Treebanks as the reader will meet them: gold trees laid over spaCy's own tokens."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.tokens import Doc, DocBin

from jirga.reading.pipeline.lemmas import script_of

NLP = spacy.blank("en")
KINDS = ("PERSON", "ORG", "LOC")
NAME_LABELS = ("O", *(f"{prefix}-{kind}" for kind in KINDS for prefix in "BI"))


@dataclass(slots=True)
class Text:
    """One paragraph or document: words with everything that is to be learnt about them.

    Attributes
    ----------
    words, tags, poses, morphs, scripts, labels, names : list of str
        One per word; "" where nothing is known. Names are BIO labels.
    spaced : list of bool
        Whether space stands before the word.
    heads : list of int
        Index of the head; a root is its own head.
    starts : list of bool
        Whether a sentence begins with the word.
    """

    words: list[str]
    spaced: list[bool]
    tags: list[str]
    morphs: list[str]
    scripts: list[str]
    lemmas: list[str]
    heads: list[int]
    labels: list[str]
    starts: list[bool]
    names: list[str]

    def __len__(self) -> int:
        return len(self.words)


def read_docs(path: Path) -> list[Doc]:
    """Return the gold documents of a treebank file."""
    return list(DocBin().from_disk(path).get_docs(NLP.vocab))


def read_texts(path: Path) -> list[Text]:
    """Return the documents of a treebank file over spaCy's tokens."""
    return [project(doc) for doc in read_docs(path)]


def _cover(gold: Doc, doc: Doc) -> list[list[int]]:
    """Return for each token of `doc` the gold tokens that share letters with it."""
    owner: dict[int, int] = {}
    for token in gold:
        for place in range(token.idx, token.idx + len(token)):
            owner[place] = token.i
    return [sorted({owner[p] for p in range(t.idx, t.idx + len(t)) if p in owner}) for t in doc]


def _anchor(pieces: list[int], doc: Doc) -> int:
    """Return the token that stands for a gold word which spaCy cut up: its last piece with letters."""
    lettered = [i for i in pieces if any(letter.isalnum() for letter in doc[i].text)]
    return lettered[-1] if lettered else pieces[0]


def _top(golds: list[int], gold: Doc) -> int:
    """Return the gold word that stands for several which spaCy keeps together: the one headed from outside."""
    for j in golds:
        if gold[j].head.i not in golds or gold[j].head.i == j:
            return j
    return golds[0]


def project(gold: Doc) -> Text:
    """Lay a gold document over spaCy's tokens of the same text."""
    doc = NLP.make_doc(gold.text)
    cover = _cover(gold, doc)
    keep = [i for i, token in enumerate(doc) if not token.is_space]
    place = {i: k for k, i in enumerate(keep)}
    holders: dict[int, list[int]] = {}
    for i in keep:
        for j in cover[i]:
            holders.setdefault(j, []).append(i)
    anchors = {j: _anchor(pieces, doc) for j, pieces in holders.items()}
    text = Text([], [], [], [], [], [], [], [], [], [])
    for i in keep:
        top = gold[_top(cover[i], gold)]
        anchor = anchors[top.i]
        exact = cover[i] == [top.i] and holders[top.i] == [i]
        _add(text, doc, i)
        text.starts.append(any(gold[j].is_sent_start and holders[j][0] == i for j in cover[i]))
        if anchor != i:
            punct = not any(letter.isalnum() for letter in doc[i].text)
            text.heads.append(place[anchor])
            text.labels.append("punct" if punct else "compound")
        else:
            text.heads.append(place[anchors[top.head.i]])
            text.labels.append(top.dep_)
        text.tags.append(top.tag_ if exact or anchor == i else "")
        text.morphs.append(f"{top.pos_}|{top.morph}" if exact or anchor == i else "")
        text.scripts.append(script_of(doc[i].text, top.lemma_) if exact else "")
        text.lemmas.append(top.lemma_ if exact else "")
    text.names = _names(gold, doc, keep)
    return text


def _add(text: Text, doc: Doc, i: int) -> None:
    text.words.append(doc[i].text)
    text.spaced.append(i == 0 or bool(doc[i - 1].whitespace_) or doc[i - 1].is_space)


def _names(gold: Doc, doc: Doc, keep: list[int]) -> list[str]:
    labels = ["O"] * len(doc)
    for name in gold.ents:
        span = doc.char_span(name.start_char, name.end_char, alignment_mode="expand")
        if span is not None:
            for token in span:
                labels[token.i] = ("B-" if token.i == span.start else "I-") + name.label_
    return [labels[i] for i in keep]


def vocabulary(values: list[list[str]], least: int) -> list[str]:
    """Return the values that occur at least `least` times, most frequent first; "" (unknown) is left out."""
    counts = Counter(value for row in values for value in row if value)
    return sorted((v for v, n in counts.items() if n >= least), key=lambda v: (-counts[v], v))
