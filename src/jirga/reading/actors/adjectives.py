"""Names of countries and groups that no list knows, and the adjectives made from them: "Dravia", "Dravian"."""

from __future__ import annotations

from jirga.reading.wordlists import word_set

__all__ = ["derived", "stem"]

_ENDINGS = word_set("newstates endings")
_LONGEST_FIRST = sorted(_ENDINGS, key=lambda end: (-len(end), end))
_SHORT = 3  # letters of a stem


def derived(word: str, state: str) -> bool:
    """Tell whether a folded word may be the adjective of a name: "dravian" of "dravia", "sarhadi" of "sarhad"."""
    if word == state or word[:3] != state[:3]:
        return False
    bare = state.rstrip("aeiouy")
    bases = {bare if len(bare) > 2 else state, state}
    return any(word == base + end for base in bases for end in _ENDINGS)


def stem(word: str) -> str:
    """Return what a name and all adjectives made from it have in common; other names may have it too.

    Parameters
    ----------
    word : str
        Folded, without blanks.
    """
    while True:
        cut = next((word[: -len(end)] for end in _LONGEST_FIRST if word.endswith(end)), word)
        bare = cut.rstrip("aeiouy")
        if bare == word or len(bare) < _SHORT:
            return word
        word = bare
