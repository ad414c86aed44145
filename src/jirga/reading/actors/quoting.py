"""Which tokens of a passage stand between quotation marks."""

from __future__ import annotations

from spacy.tokens import Doc

__all__ = ["quoted"]

_OPENS, _CLOSES = "“«„", "”»"


def quoted(doc: Doc) -> list[bool]:
    """Tell for each token whether it stands inside a quotation.

    A straight mark opens and closes in turn; a quotation that is never closed ends with its passage.
    """
    out, inside = [False] * len(doc), False
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
