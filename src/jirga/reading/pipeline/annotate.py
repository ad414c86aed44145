"""Write a parse into a spaCy document."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from spacy.attrs import DEP, HEAD, LEMMA, MORPH, POS, TAG  # type: ignore[import-not-found]
from spacy.parts_of_speech import IDS as POS_IDS  # type: ignore[import-not-found]
from spacy.tokens import Doc, Span
from spacy.vocab import Vocab

from jirga.reading.pipeline.lemmas import apply_script
from jirga.reading.pipeline.names import spans

__all__ = ["Annotator", "Parse"]

WRAP = 2**64 - 1  # spaCy keeps distances to heads as unsigned numbers


@dataclass(slots=True)
class Parse:
    """What was read of each word: label numbers, and heads as word numbers (a root is its own head)."""

    tags: list[int] = field(default_factory=list)
    morphs: list[int] = field(default_factory=list)
    scripts: list[int] = field(default_factory=list)
    heads: list[int] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    names: list[int] = field(default_factory=list)


class Annotator:
    """Write parses into documents.

    Parameters
    ----------
    vocab : Vocab
    labels : mapping
        Label names per task, and "lemmas": lemma by ``word|UPOS`` for words whose lemma no rule gives.
    """

    def __init__(self, vocab: Vocab, labels: Mapping[str, Any]) -> None:
        strings = vocab.strings
        self.vocab = vocab
        self._tags = [strings.add(tag) for tag in labels["tags"]]
        self._labels = [strings.add(label) for label in labels["labels"]]
        pairs = [value.split("|", 1) for value in labels["morphs"]]
        self._upos = [upos for upos, _ in pairs]
        self._pos = [POS_IDS[upos] for upos, _ in pairs]
        self._morphs = [vocab.morphology.add(feats) for _, feats in pairs]
        self._scripts: Sequence[str] = labels["scripts"]
        self._names: Sequence[str] = labels["names"]
        self._lemmas: Mapping[str, str] = labels["lemmas"]
        self._space = strings.add("_SP")
        self._dep = strings.add("dep")
        self._root = strings.add("ROOT")

    def __call__(self, doc: Doc, tokens: Sequence[int], parse: Parse) -> None:
        """Write `parse`, one entry per token listed in `tokens`; the others are white space."""
        if not len(doc):
            return
        rows = np.zeros((len(doc), 6), dtype=np.uint64)
        self._white_space(rows, doc, tokens)
        for k, i in enumerate(tokens):
            morph = parse.morphs[k]
            lemma = self._lemma(doc[i].text, self._upos[morph], self._scripts[parse.scripts[k]])
            rows[i] = (
                self._tags[parse.tags[k]],
                self._pos[morph],
                self._morphs[morph],
                self.vocab.strings.add(lemma),
                (tokens[parse.heads[k]] - i) & WRAP,
                self._labels[parse.labels[k]],
            )
        doc.from_array([TAG, POS, MORPH, LEMMA, HEAD, DEP], rows)  # type: ignore[arg-type]
        found = spans([self._names[k] for k in parse.names])
        doc.set_ents([Span(doc, tokens[b], tokens[e - 1] + 1, label=kind) for b, e, kind in found])

    def _white_space(self, rows: np.ndarray[Any, Any], doc: Doc, tokens: Sequence[int]) -> None:
        """Hang white space on the word before it, or on the first word."""
        if len(tokens) == len(doc):
            return
        words = set(tokens)
        owner = tokens[0] if tokens else 0
        for i in range(len(doc)):
            if i in words:
                owner = i
                continue
            label = self._root if owner == i else self._dep
            lemma = self.vocab.strings.add(doc[i].text)
            rows[i] = (
                self._space,
                POS_IDS["SPACE"],
                self.vocab.morphology.add(""),
                lemma,
                (owner - i) & WRAP,
                label,
            )

    def _lemma(self, word: str, upos: str, script: str) -> str:
        known = self._lemmas.get(f"{word.lower()}|{upos}")
        if known is not None:
            return known
        return apply_script(word, script) or word
