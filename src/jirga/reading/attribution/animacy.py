"""Who can say, think or want: people, bodies of people, and documents that speak."""

from __future__ import annotations

from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.tree import Tree

__all__ = ["can_speak"]

_PRONOUNS = frozenset({
    "he", "she", "it", "they", "who", "we", "i", "you", "him", "her", "them", "us", "me", "his", "their",
    "my", "our", "whom",
})  # fmt: skip
_ENDINGS = (
    "er",
    "ers",
    "or",
    "ors",
    "ist",
    "ists",
    "man",
    "men",
    "woman",
    "women",
    "ian",
    "ians",
    "ant",
    "ants",
)
_NOT = frozenset({
    "number", "order", "letter", "matter", "power", "answer", "offer", "border", "winter", "summer",
    "paper", "water", "corner", "weather", "error", "terror", "factor", "mirror", "member-state",
    "october", "november", "december", "september", "river", "fiver", "fear", "computer", "server",
    "helicopter",
})  # fmt: skip


def can_speak(tree: Tree, subject: int | None, lex: Lexicon) -> bool:
    """Tell whether a noun phrase's head names somebody or something that can be a source.

    Parameters
    ----------
    tree : Tree
    subject : int or None
        Head of the phrase; None is nobody.
    lex : Lexicon
    """
    if subject is None:
        return False
    word, tag = tree.lower[subject], tree.tags[subject]
    if tree.names[subject] or tag.startswith("NNP") or word in _PRONOUNS or tag == "CD":
        return True
    single = word[:-1] if word.endswith("s") and not word.endswith("ss") else word
    forms = {word, single, tree.lemmas[subject]}
    if any(forms & lex.sources[kind] for kind in ("people", "official", "anonymous", "outlet", "document")):
        return True
    return word.endswith(_ENDINGS) and not forms & _NOT
