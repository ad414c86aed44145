"""What kind of source an attribution has."""

from __future__ import annotations

from collections.abc import Sequence

from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.tree import Tree
from jirga.reading.types import ActorMention, Mention, SourceKind

__all__ = ["kind_of"]

_OFFICE = ("government", "country", "group", "body", "part")
_PRONOUNS = frozenset({
    "he", "she", "they", "who", "we", "i", "you", "it", "which", "that", "his", "her", "their", "its", "him", "them",
})  # fmt: skip


def kind_of(tree: Tree, one: Candidate, mention: ActorMention | None, lex: Lexicon) -> SourceKind:
    """Tell whether a source is named, official, anonymous, a document or an outlet.

    Parameters
    ----------
    tree : Tree
    one : Candidate
    mention : ActorMention or None
        The actor found at the source, when there is one.
    lex : Lexicon

    Returns
    -------
    SourceKind
        ``outlet`` when nobody is named and the words are the outlet's own (an adverb, "it is said").
    """
    if not one.source or one.subject is None:
        return SourceKind.OUTLET if one.rule == "adverb" else SourceKind.ANONYMOUS
    words = _words(tree, one.source)
    head = _singular(tree.lower[one.subject])
    named = any(tree.names[i] for i in words) or any(tree.tags[i].startswith("NNP") for i in words)
    lower = {tree.lower[i] for i in words} | {_singular(tree.lower[i]) for i in words}
    if lower & lex.sources["hidden"]:
        return SourceKind.ANONYMOUS
    if isinstance(mention, Mention) and mention.kind == "outlet":
        return SourceKind.OUTLET
    if (
        head in lex.sources["document"]
        and tree.tags[one.subject].startswith("NNP")
        and lower & lex.sources["outlet"]
    ):
        return SourceKind.OUTLET  # "the daily Harbour Post"
    for kind in ("document", "outlet", "official", "anonymous"):
        if head in lex.sources[kind]:
            return _weigh(SourceKind(kind), named, tree, one)
    if lower & lex.sources["official"]:
        return SourceKind.OFFICIAL
    if isinstance(mention, Mention) and mention.kind in _OFFICE:
        return SourceKind.OFFICIAL
    if named or mention is not None or tree.lower[one.subject] in _PRONOUNS:
        return SourceKind.NAMED
    return SourceKind.NAMED if _definite(tree, one.subject) else SourceKind.ANONYMOUS


def _definite(tree: Tree, subject: int) -> bool:
    """Tell whether a noun points at somebody whom the text has named: "the union", "their lawyer"."""
    return any(tree.lower[k] == "the" or tree.deps[k] == "nmod:poss" for k in tree.kids[subject])


def _weigh(kind: SourceKind, named: bool, tree: Tree, one: Candidate) -> SourceKind:
    if kind is SourceKind.ANONYMOUS and named and one.subject is not None and tree.names[one.subject]:
        return SourceKind.NAMED
    return kind


def _words(tree: Tree, parts: Sequence[tuple[int, int]]) -> list[int]:
    (begin, _), (_, end) = parts[0], parts[-1]
    size = len(tree)
    lo, hi = 0, size
    while lo < hi:  # first token that begins at or after the source's begin
        mid = (lo + hi) // 2
        if tree.begins[mid] < begin:
            lo = mid + 1
        else:
            hi = mid
    found = []
    while lo < size and tree.begins[lo] < end:
        found.append(lo)
        lo += 1
    return found


def _singular(word: str) -> str:
    return word[:-1] if word.endswith("s") and len(word) > 3 and not word.endswith("ss") else word
