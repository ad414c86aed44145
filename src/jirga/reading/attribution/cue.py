"""A verb that may attribute, and the content that is found for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from jirga.reading.attribution.lexicon import Lexicon
from jirga.reading.attribution.tree import Tree

__all__ = ["OBJECTS", "Content", "Cue", "Finder", "about_subject", "has_subject", "is_infinitive"]

OBJECTS = ("obj", "iobj")


@dataclass(frozen=True, slots=True)
class Cue:
    """A verb that may attribute: where it stands, its lexicon entry, the run of its words, whether it is passive."""

    tree: Tree
    lex: Lexicon
    verb: int
    key: str
    lo: int
    hi: int
    passive: bool
    subject: int | None

    def has(self, frame: str) -> bool:
        """Tell whether the lexicon lists the verb under a shape."""
        return self.key in self.lex.verbs[frame]

    def kids(self, *deps: str) -> Iterator[int]:
        """Yield the verb's dependents to its right that bear one of the labels."""
        tree = self.tree
        return (k for k in tree.kids[self.verb] if k > self.hi and tree.deps[k] in deps)


@dataclass(frozen=True, slots=True)
class Content:
    """Runs of tokens of a content, and how far the cue reaches with it."""

    rule: str
    runs: tuple[tuple[int, int], ...]
    cue_end: int
    weight: int = 2


Finder = Callable[[Cue], Content | None]


def has_subject(tree: Tree, k: int) -> bool:
    """Tell whether a clause has a subject of its own."""
    return tree.kid(k, "nsubj", "nsubj:pass", "nsubj:outer", "csubj", "expl") is not None


def is_infinitive(tree: Tree, k: int) -> bool:
    """Tell whether a verb stands with "to"."""
    return any(tree.lower[m] == "to" and tree.tags[m] == "TO" for m in tree.kids[k] if m < k)


def about_subject(cue: Cue, rule: str, run: tuple[int, int], end: int, weight: int = 3) -> Content:
    """Join the passive's subject to what is said of it."""
    tree, subject = cue.tree, cue.subject
    if subject is None or subject > cue.lo or tree.tags[subject] in ("WDT", "WP", "EX"):
        return Content(rule, (run,), end, weight)
    return Content(rule, ((tree.left[subject], min(tree.right[subject], cue.lo - 1)), run), end, weight)
