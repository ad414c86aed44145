"""Attribution without a verb: "according to the ministry", "in Kabul's view"."""

from __future__ import annotations

from collections.abc import Iterator

from jirga.reading.attribution.candidates import Candidate
from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.tree import Tree

__all__ = ["clause_above", "find_phrases"]

_CLAUSES = frozenset({"ROOT", "root", "ccomp", "parataxis"})


def find_phrases(tree: Tree, number: int, lex: Lexicon) -> Iterator[Candidate]:
    """Find the attributions that hang on a phrase before or around its source.

    Yields
    ------
    Candidate
    """
    starts = _starts(lex)
    for at, word in enumerate(tree.lower):
        for phrase in starts.get(word, ()):
            if tuple(tree.lower[at : at + len(phrase)]) == phrase:
                found = _before(tree, number, at, at + len(phrase) - 1)
                if found is not None:
                    yield found
                break
        if word == "in" and at + 2 < len(tree):
            found = _possessed(tree, number, at, lex)
            if found is not None:
                yield found


def _starts(lex: Lexicon) -> dict[str, list[tuple[str, ...]]]:
    starts: dict[str, list[tuple[str, ...]]] = {}
    for text in sorted(lex.phrases["before_source"], key=len, reverse=True):
        words = tuple(text.split())
        starts.setdefault(words[0], []).append(words)
    return starts


def _before(tree: Tree, number: int, lo: int, hi: int) -> Candidate | None:
    """Take the noun phrase after the phrase for the source, and the clause around for the content."""
    if hi + 1 >= len(tree) or tree.last[lo] <= hi:
        return None
    head = _noun_after(tree, lo, hi)
    if head is None:
        return None
    run = tree.trim(hi + 1, min(tree.right[head], tree.last[lo]))
    if run is None:
        return None
    if tree.lower[lo] == "per" and not tree.words[run[0]][:1].isupper():
        return None  # "five per day"
    return Candidate(
        number, "phrase", head, (tree.span(lo, hi),), (tree.span(*run),), _rest(tree, head, lo, run[1]),
        clause=(lo, run[1]), subject=head, inserted=lo > tree.first[lo], weight=5,
    )  # fmt: skip


def _noun_after(tree: Tree, lo: int, hi: int) -> int | None:
    """Return the head of the phrase that follows: the word that the last word of the phrase hangs on, or near it."""
    for at in (hi, lo):
        head = tree.heads[at]
        if head > hi and tree.left[head] <= hi + 1:
            return head
    at = hi + 1
    while tree.heads[at] > at and tree.heads[at] <= tree.last[lo] and tree.heads[at] - hi < 12:
        at = tree.heads[at]
    return at


def clause_above(tree: Tree, token: int) -> int:
    """Return the head of the clause that a token hangs in."""
    above = token
    for above in tree.ancestors(token):
        if tree.deps[above] in _CLAUSES or (
            tree.deps[above] == "conj" and tree.kid(above, "nsubj") is not None
        ):
            return above
    return above


def _rest(tree: Tree, head: int, lo: int, hi: int) -> tuple[tuple[int, int], ...]:
    """Return the clause that the phrase hangs in, without the phrase."""
    clause = clause_above(tree, head)
    root = tree.heads[clause] == clause or clause == head or _over_all(tree, clause, lo, hi)
    start, end = (tree.first[lo], tree.last[lo]) if root else (tree.left[clause], tree.right[clause])
    runs = ((start, lo - 1), (hi + 1, end))
    return tuple(tree.span(*run) for a, b in runs if a <= b and (run := tree.trim(a, b)))


def _over_all(tree: Tree, clause: int, lo: int, hi: int) -> bool:
    """Tell whether a source after the last comma is of the whole sentence: "Kabul has told Doha that it may, according to X"."""
    ends = hi + 1 >= tree.last[lo] and lo > tree.first[lo] and tree.words[lo - 1] == ","
    top = clause
    for _ in range(6):
        if tree.deps[top] not in ("ccomp", "xcomp", "advcl", "conj") or tree.heads[top] == top:
            break
        if tree.deps[top] == "advcl" and top != clause:
            return False
        top = tree.heads[top]
    return ends and tree.heads[top] == top and tree.deps[clause] in ("ccomp", "xcomp", "advcl")


def _possessed(tree: Tree, number: int, at: int, lex: Lexicon) -> Candidate | None:
    """Find "in Kabul's view", "in his words"."""
    head = tree.heads[at]
    if not (at < head <= at + 8) or tree.lower[head] not in lex.phrases["around_source"]:
        return None
    owner = tree.kid(head, "nmod:poss")
    if owner is None or owner < at:
        return None
    run = tree.trim(tree.left[owner], tree.right[owner])
    if run is None:
        return None
    content = _rest(tree, head, at, tree.right[head])
    return Candidate(
        number, "phrase", head, (tree.span(at, at), tree.span(head, head)), (tree.span(*run),), content,
        clause=(at, head), subject=owner, inserted=at > tree.first[at], weight=4,
    )  # fmt: skip
