"""Lemmas as edits: cut so many letters off the end of the lower-cased word and add these.

Chrupała (2006) calls them edit scripts; suffixes are enough for English. A script is written ``case|cut|added``,
case being ``l`` (lower-case the word first) or ``k`` (keep its capitals): "Talks" -> "talk" is ``l|1|``.
"""

from __future__ import annotations

__all__ = ["apply_script", "script_of"]


def script_of(word: str, lemma: str) -> str:
    """Return the shortest script that turns `word` into `lemma`.

    >>> script_of("Talks", "talk"), script_of("Kabul", "Kabul"), script_of("denied", "deny")
    ('l|1|', 'k|0|', 'l|3|y')
    """
    kept, lowered = _edit(word, lemma), _edit(word.lower(), lemma)
    return f"k|{kept}" if len(kept) < len(lowered) else f"l|{lowered}"


def _edit(word: str, lemma: str) -> str:
    same = 0
    while same < min(len(word), len(lemma)) and word[same] == lemma[same]:
        same += 1
    return f"{len(word) - same}|{lemma[same:]}"


def apply_script(word: str, script: str) -> str | None:
    """Return the lemma, or None when the word is too short for the script."""
    case, cut, added = script.split("|", 2)
    base = word.lower() if case == "l" else word
    length = int(cut)
    if length > len(base):
        return None
    return (base[: len(base) - length] + added) or None
