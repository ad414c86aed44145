"""A parsed passage as plain lists: read once from the Doc, walked cheaply by every rule."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from jirga.reading.columns import columns
from jirga.reading.passages import Passage
from jirga.reports.types import Span

__all__ = ["Tree", "tree_of"]

EDGE = frozenset(",;:.–—―-…") | {"--", "---", "...", "|", "/", "•", "*"}
SUBJECTS = frozenset({"nsubj", "nsubj:pass", "nsubj:outer", "csubj", "csubj:pass"})
OPENING = frozenset("([{<“‘«‹`") | {"``"}


@dataclass(slots=True)
class Tree:
    """The parse of one passage.

    Attributes
    ----------
    words, lower, lemmas, tags, deps : list of str
        By token.
    heads : list of int
        Index of each token's head; a root is its own head.
    kids : list of list of int
        Dependents in text order.
    left, right : list of int
        First and last token (both included) of each token's subtree.
    first, last : list of int
        First and last token of each token's sentence.
    begins, ends : list of int
        Code point offsets in the report.
    names : list of str
        Entity label of each token, empty when none.
    subjects : list of int or None
        The subject that hangs on each token; of two before it the nearer one, for the other is a torn quote.
    """

    words: list[str]
    lower: list[str]
    lemmas: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    kids: list[list[int]]
    left: list[int]
    right: list[int]
    first: list[int]
    last: list[int]
    begins: list[int]
    ends: list[int]
    names: list[str]
    subjects: list[int | None]

    def __len__(self) -> int:
        return len(self.words)

    def kid(self, token: int, *deps: str) -> int | None:
        """Return the first dependent with one of the labels, or None."""
        return next((k for k in self.kids[token] if self.deps[k] in deps), None)

    def case(self, token: int) -> str:
        """Return the preposition or marker that stands before a token's phrase, lower case, or an empty string."""
        for k in self.kids[token]:
            if k < token and self.deps[k] in ("case", "mark"):
                return self.lower[k]
        return ""

    def is_verb(self, token: int) -> bool:
        """Tell whether the token is tagged as a verb."""
        return self.tags[token].startswith("VB")

    def is_space(self, token: int) -> bool:
        """Tell whether the token is white space alone."""
        return self.words[token].isspace()

    def trim(self, lo: int, hi: int) -> tuple[int, int] | None:
        """Drop white space and loose punctuation at both ends of tokens ``lo`` to ``hi`` (included)."""
        while lo <= hi and (self.words[lo] in EDGE or self.is_space(lo) or self.words[lo] in ")]}"):
            lo += 1
        while lo <= hi and (self.words[hi] in EDGE or self.is_space(hi) or self.words[hi] in OPENING):
            hi -= 1
        return (lo, hi) if lo <= hi else None

    def span(self, lo: int, hi: int) -> Span:
        """Return the offsets of tokens ``lo`` to ``hi`` (included)."""
        return self.begins[lo], self.ends[hi]

    def spans(self, tokens: Iterable[int]) -> tuple[Span, ...]:
        """Return the offsets of each run of tokens, ends trimmed."""
        parts = (self.trim(lo, hi) for lo, hi in runs(sorted(set(tokens))))
        return tuple(self.span(*part) for part in parts if part)

    def ancestors(self, token: int) -> Iterator[int]:
        """Yield the heads above a token, nearest first, at most 40 (deeper chains are broken parses)."""
        for _ in range(40):
            head = self.heads[token]
            if head == token:
                return
            yield head
            token = head


def runs(tokens: list[int]) -> Iterator[tuple[int, int]]:
    """Yield the first and last of each stretch of consecutive numbers in a sorted list."""
    start = 0
    for at in range(1, len(tokens) + 1):
        if at == len(tokens) or tokens[at] != tokens[at - 1] + 1:
            yield tokens[start], tokens[at - 1]
            start = at


def tree_of(passage: Passage) -> Tree:
    """Read a passage's parse into a `Tree`; linear in its length."""
    read, tokens = columns(passage.doc), list(passage.doc)
    size, base = len(tokens), passage.block.begin
    heads, words, deps = list(read.heads), read.words, list(read.deps)  # some are mended
    kids: list[list[int]] = [[] for _ in tokens]
    for i, head in enumerate(heads):
        if head != i:
            kids[head].append(i)
    first, last = list(range(size)), list(range(size))
    for start, end in read.sentences:
        for i in range(start, end):
            first[i], last[i] = start, end - 1
    subjects = _mend(deps, kids)
    return Tree(
        words=words,
        lower=[w.lower().replace("’", "'") for w in words],
        lemmas=[lemma.lower() for lemma in read.lemmas],
        tags=list(read.tags),
        deps=deps,
        subjects=subjects,
        heads=heads,
        kids=kids,
        left=[t.left_edge.i for t in tokens],
        right=[t.right_edge.i for t in tokens],
        first=first,
        last=last,
        begins=[base + begin for begin in read.begins],
        ends=[base + begin + len(word) for begin, word in zip(read.begins, words, strict=True)],
        names=read.names,
    )


def _mend(deps: list[str], kids: list[list[int]]) -> list[int | None]:
    """Return each token's subject; call a second one, after its verb, an object."""
    found: list[int | None] = [None] * len(deps)
    for verb, below in enumerate(kids):
        own = [k for k in below if deps[k] in SUBJECTS]
        before = [k for k in own if k < verb]
        if before and own[-1] > verb and deps[own[-1]] == "nsubj":
            deps[own[-1]] = "obj"
        found[verb] = before[-1] if before else (own[0] if own else None)
    return found
