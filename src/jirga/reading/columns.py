"""A parse as plain lists of words, tags and heads: read from the parser's arrays at once, and once for all rules.

To ask spaCy's objects for a word or a label makes an object and decodes a string each time, which costs a third of a
microsecond; a rule asks for thousands.
"""

from __future__ import annotations

from itertools import accumulate

import numpy as np
from spacy.attrs import (  # type: ignore[import-not-found]
    DEP,
    ENT_TYPE,
    HEAD,
    LEMMA,
    LOWER,
    ORTH,
    POS,
    SPACY,
    TAG,
)
from spacy.strings import StringStore
from spacy.tokens import Doc

__all__ = ["Columns", "columns"]

_ASKED = [ORTH, LOWER, LEMMA, TAG, DEP, POS, ENT_TYPE, HEAD, SPACY]
_KEY = "jirga columns"
_MOST = 100_000  # strings remembered before the memory is wiped


class Columns:
    """The parse of one document, by token; the lists are shared and must not be changed.

    Attributes
    ----------
    words, lower, lemmas, tags, deps, pos, names : list of str
        As spaCy's ``text``, ``lower_``, ``lemma_``, ``tag_``, ``dep_``, ``pos_`` and ``ent_type_``.
    heads : list of int
        A root is its own head.
    begins : list of int
        Character offset in the document.
    sentences : list of tuple of int
        First token, and the token after the last one.
    """

    def __init__(self, doc: Doc) -> None:
        strings = _strings(doc.vocab.strings)
        *named, heads, blanks = doc.to_array(_ASKED).T
        told = [list(map(strings.__getitem__, row.tolist())) for row in named]
        self.words, self.lower, self.lemmas, self.tags, self.deps, self.pos, self.names = told
        self.heads: list[int] = (np.arange(len(doc)) + heads.astype(np.int64)).tolist()
        lengths = [len(word) + blank for word, blank in zip(self.words, blanks.tolist(), strict=True)]
        self.begins = [0, *accumulate(lengths)][: len(doc)]
        self.sentences = [(s.start, s.end) for s in doc.sents]


class _Known(dict[int, str]):
    """Strings by spaCy's number for them."""

    def __init__(self, store: StringStore) -> None:
        super().__init__()
        self.store = store

    def __missing__(self, key: int) -> str:
        found = self[key] = self.store[key]
        return found


_known: list[_Known] = []


def _strings(store: StringStore) -> _Known:
    """Return the memory of a store of strings; that of the last one is kept."""
    if not _known or _known[0].store is not store or len(_known[0]) > _MOST:
        _known[:] = [_Known(store)]
    return _known[0]


def columns(doc: Doc) -> Columns:
    """Return a document's lists, made when first asked for."""
    found: Columns | None = doc.user_data.get(_KEY)
    if found is None:
        found = doc.user_data[_KEY] = Columns(doc)
    return found
