"""Words as the record compares them: one form for what stands for one another, and how much each tells."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Collection, Iterable
from functools import cache, lru_cache

from jirga._data import load_yaml

__all__ = ["Steady", "Weights", "cue", "infinitive", "likeness", "normal", "plain_lemma", "says"]


COMMON = 0.3  # a common word still tells a little
USUAL = 0.75  # and so does one of every report of fighting
GROUND = (
    200  # statements that a small record is taken to be drawn from, so that two reports have rare words too
)


@cache
def _data() -> dict[str, object]:
    loaded: dict[str, object] = load_yaml("jirga.record", "words.yaml")
    return loaded


@cache
def _heads() -> dict[str, str]:
    heads: dict[str, str] = {}
    groups = _data()["same"]
    assert isinstance(groups, list)
    for line in groups:
        words = str(line).split()
        for word in words:
            heads.setdefault(word, words[0])
    return heads


@cache
def _known() -> frozenset[str]:
    """Return every word of the data."""
    lines = [str(line) for name, line in _data().items() if name != "same"]
    return frozenset(_heads()) | frozenset(word for line in lines for word in line.split())


@cache
def cue(name: str) -> frozenset[str]:
    """Return the words of one list of ``data/words.yaml``, in normal form."""
    return frozenset(normal(word) for word in str(_data()[name]).split())


@cache
def normal(lemma: str) -> str:
    """Return the form that stands for a lemma and for the words used in its place."""
    low = lemma.lower().replace("’", "'").strip("'\"-.")
    heads = _heads()
    if (
        low.endswith("me") and low not in _known() and low[:-2] + "man" in _known()
    ):  # "policeme", of "policemen"
        low = low[:-2] + "man"
    if low not in _known() and low + "e" in _known():  # a lemma that lost its last letter
        low += "e"
    return heads.get(low) or heads.get(low.replace("-", "")) or low


@cache
def plain_lemma(word: str) -> str:
    """Return a lemma for a word outside any clause: the ending goes when the rest is known or long enough."""
    low = word.lower().replace("’", "'").removesuffix("'s").strip("'\"-.")
    heads = _heads()
    for ending, instead in (
        ("ies", "y"),
        ("ied", "y"),
        ("ing", ""),
        ("ing", "e"),
        ("ed", ""),
        ("ed", "e"),
        ("es", ""),
        ("s", ""),
    ):
        if low.endswith(ending) and low[: -len(ending)] + instead in heads:
            return low[: -len(ending)] + instead
    if low in heads or len(low) < 5 or low.endswith("ss"):
        return low
    return low[:-3] + "y" if low.endswith("ies") else low.removesuffix("s")


@cache
def infinitive(verb: str) -> str | None:
    """Return the infinitive of a verb as reports print it; None where it is not known.

    Parameters
    ----------
    verb : str
        ``left``, ``stopped``, ``withdraws``.
    """
    low = verb.lower().replace("’", "'").strip(",.;:'\"")
    table = dict(pair.split(":") for pair in str(_data()["irregular"]).split())
    if low in table:
        return table[low]
    plain = plain_lemma(low)
    if plain in _known() and (plain != low or low in table.values()):
        return plain
    return low if low in table.values() else None


def says(text: str, name: str) -> bool:
    """Tell whether a text has any form of the words of a cue: "reversed" for "reverse"; for text that no parser took apart.

    Parameters
    ----------
    text : str
    name : str
        As for `cue`.
    """
    wanted = cue(name)
    return any(not wanted.isdisjoint(_stems(word.strip("“”‘’\"'(),.;:"))) for word in text.lower().split())


@lru_cache(maxsize=4096)
def _stems(word: str) -> frozenset[str]:
    """Return what a word may be a form of."""
    found = {word}
    for ending in ("ing", "ed", "es", "s"):
        if word.endswith(ending) and len(word) > len(ending) + 2:
            stem = word.removesuffix(ending)
            found |= {stem, stem + "e", stem + "y", stem[:-1] if stem[-1] == stem[-2] else stem}
    if word.endswith(("ied", "ies")):
        found.add(word[:-3] + "y")
    return frozenset(found)


class Weights:
    """How much each word tells: rare words more, after the statements at hand and a list of common ones.

    Parameters
    ----------
    bags : iterable of collections of str
        The words of each statement, in normal form.
    """

    def __init__(self, bags: Iterable[Collection[str]]) -> None:
        self.count: Counter[str] = Counter()
        total = 0
        for bag in bags:
            self.count.update(set(bag))
            total += 1
        self.total = max(total, GROUND)
        self._known: dict[str, float] = {}
        self._totals: dict[frozenset[str], float] = {}

    def of(self, word: str) -> float:
        """Return the weight of a word: its inverse document frequency, lowered for common words."""
        weight = self._known.get(word)
        if weight is None:
            weight = math.log(1 + self.total / (1 + self.count[word]))
            if word in cue("common"):
                weight *= COMMON
            self._known[word] = weight
        return weight

    def sum(self, words: Iterable[str]) -> float:
        """Return the weight of several words."""
        return math.fsum(map(self.of, words))  # exact, so that the order of a set does not matter

    def total_of(self, words: frozenset[str]) -> float:
        """Return the weight of a statement's words; kept, since a statement is compared many times."""
        total = self._totals.get(words)
        if total is None:
            total = self._totals[words] = self.sum(words)
        return total


class Steady(Weights):
    """How much each word tells in any record: by lists of common words and of words usual in news of conflicts.

    What is likely to be one thing so depends on two accounts alone and not on what else a record holds.
    """

    def __init__(self) -> None:
        super().__init__(())

    def of(self, word: str) -> float:
        """Return the weight of a word: 100, lowered for usual and more for common words."""
        weight = self._known.get(word)
        if weight is None:
            share = USUAL if word in cue("usual") else 1.0
            if word in cue("common") or word in cue("small"):
                share = COMMON
            weight = self._known[word] = 100.0 * share
        return weight

    def sum(self, words: Iterable[str]) -> float:
        """Return the weight of several words; whole numbers, so that the order of a set does not matter."""
        return sum(map(self.of, words))


def likeness(left: Collection[str], right: Collection[str], weights: Weights) -> float:
    """Compare two bags of words.

    Parameters
    ----------
    left, right : collection of str
        Words in normal form.
    weights : Weights

    Returns
    -------
    float
        0 (nothing in common) to 1 (the same words): the weight in common over a mean of both weights
        that leans to the smaller, since a short account may say the same as a long one.
    """
    a, b = frozenset(left), frozenset(right)
    both = a & b
    if not both:
        return 0.0
    shared = weights.sum(both)
    first, second = weights.total_of(a), weights.total_of(b)
    return shared / (0.6 * min(first, second) + 0.4 * max(first, second))
