"""Which tokens of a passage stand between quotation marks, and who says them."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Doc

from jirga.reading.actors.found import Found, text_of
from jirga.reading.wordlists import word_set

__all__ = ["quoted", "speakers"]

_SPEECH = word_set("find speech")
_AFTER, _BEFORE = 16, 12  # tokens around a quotation in which its speaker stands
_MAY_SPEAK = frozenset({"person", "country", "government", "group", "body", "unknown", "part"})

_OPENS, _CLOSES, _TURNS = "“«„", "”»", ('"', "``", "''")


def quoted(doc: Doc) -> list[bool]:
    """Tell for each token whether it stands inside a quotation.

    A straight mark opens and closes in turn; a quotation that is never closed ends with its passage.
    """
    out, inside = [False] * len(doc), False
    text = text_of(doc)
    if not any(mark in text for mark in (*_OPENS, *_CLOSES, *_TURNS)):
        return out
    for token in doc:
        mark = token.text
        if any(c in _OPENS for c in mark):
            inside = True
        elif any(c in _CLOSES for c in mark):
            inside = False
        elif '"' in mark or mark in {"``", "''"}:
            inside = not inside
        else:
            out[token.i] = inside
    return out


def speakers(doc: Doc, inside: Sequence[bool], names: Sequence[Found]) -> list[Found | None]:
    """Return for each token of a quotation the name of who says it; None where that is not told by a name.

    Parameters
    ----------
    doc : spacy.tokens.Doc
    inside : sequence of bool
        As `quoted` tells.
    names : sequence of Found

    Returns
    -------
    list of Found or None
        A quotation without a speaker of its own takes the one of the quotation before it in the passage.
    """
    out: list[Found | None] = [None] * len(doc)
    roots = {one.root: one for one in names if one.kind in _MAY_SPEAK and not inside[one.root]}
    last: Found | None = None
    start = 0
    while roots and start < len(doc):
        if not inside[start]:
            start += 1
            continue
        stop = start
        while stop < len(doc) and inside[stop]:
            stop += 1
        near = [*range(stop, min(stop + _AFTER, len(doc))), *range(start - 1, max(start - _BEFORE, -1), -1)]
        found = next((roots[i] for i in near if i in roots and _speaks(doc, i)), None)
        last = found or last
        out[start:stop] = [last] * (stop - start)
        start = stop
    return out


def _speaks(doc: Doc, i: int) -> bool:
    """Tell whether a name is the subject of a verb of speaking, or in apposition to it."""
    token = doc[i]
    for _ in range(3):
        if token.dep_ not in {"appos", "flat", "compound", "conj"} or token.head.i == token.i:
            break
        token = token.head
    return token.dep_ == "nsubj" and token.head.lemma_.lower() in _SPEECH
