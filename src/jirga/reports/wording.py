"""The words of a report as numbers: what two reports are held against each other by.

Winnowing (Schleimer, Wilkerson and Aiken 2003, *Winnowing: local algorithms for document fingerprinting*) chooses marks
of each text that copies choose alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

from jirga.reports.types import BlockKind, Report

__all__ = ["PASSAGE", "SHINGLE", "Wording", "age_of", "places_of", "run_of", "wording_of"]

SHINGLE = 5  # words; shorter runs are shared by chance in reports of one event
PASSAGE = 14  # words; a shorter run is a phrase or a name, not a copied sentence
_PRIME = np.uint64(0x9E3779B97F4A7C15)
_WORD = re.compile(r"\w+(?:['’]\w+)?")
_PROSE = {BlockKind.BODY, BlockKind.TITLE, BlockKind.HEADING}


@dataclass(frozen=True)
class Wording:
    """The words of a report's prose.

    Attributes
    ----------
    id : str
        The report's.
    day : int
        Number of the day that it was published on; without one it is younger than all others.
    words : array of uint32, shape (n,)
        A hash of each word, in text order.
    least : int
        Length of the runs that marks are chosen for.
    chosen : array of int64, optional
        The marks, when they are known already.
    """

    id: str
    day: int
    words: NDArray[np.uint32]
    least: int = PASSAGE
    chosen: NDArray[np.int64] | None = None

    @property
    def age(self) -> tuple[int, str]:
        """The key by which reports are ordered, the earliest first."""
        return self.day, self.id

    @cached_property
    def marks(self) -> tuple[NDArray[np.int64], NDArray[np.int32]]:
        """Shingles that stand for the text, each once, in order, and the number of the word where each first begins.

        Two texts that print one run of `least` words both have one of its shingles among their marks, unless one of them
        prints that shingle twice.
        """
        shingles = _shingles(self.words)
        places = _winnowed(shingles, max(1, self.least - SHINGLE + 1))
        values, first = np.unique(shingles[places], return_index=True)
        return values, places[first].astype(np.int32)

    @cached_property
    def mark_set(self) -> frozenset[int]:
        """The marks, for asking how many of them another text has."""
        return frozenset((self.marks[0] if self.chosen is None else self.chosen).tolist())

    @cached_property
    def shingle_set(self) -> frozenset[int]:
        """All shingles."""
        return frozenset(_shingles(self.words).tolist())


def age_of(report: Report) -> tuple[int, str]:
    """Return the key by which reports are ordered, the earliest first: their day, then their id."""
    published = report.published.start if report.published else None
    return (published or date.max).toordinal(), report.id


def wording_of(report: Report, least: int = PASSAGE) -> Wording:
    """Return the words of a report's prose.

    Parameters
    ----------
    report : Report
    least : int
        Fewest words that count as a copied passage.
    """
    hashes = [
        _hash(word.lower().replace("’", "'"))
        for begin, end in _prose(report)
        for word in _WORD.findall(report.text, begin, end)
    ]
    return Wording(report.id, age_of(report)[0], np.array(hashes, dtype=np.uint32), least)


def places_of(report: Report) -> list[tuple[int, int]]:
    """Return begin and end of each word that `wording_of` takes, in code points."""
    return [m.span() for begin, end in _prose(report) for m in _WORD.finditer(report.text, begin, end)]


def run_of(words: NDArray[np.uint32] | NDArray[np.int64]) -> int:
    """Return a number of 63 bits that stands for a run of words, the same in every process."""
    return int.from_bytes(blake2b(words.astype("<u4").tobytes(), digest_size=8).digest(), "big") >> 1


def _prose(report: Report) -> list[tuple[int, int]]:
    return [(b.begin, b.end) for b in report.blocks if b.kind in _PROSE] or [(0, len(report.text))]


def _winnowed(shingles: NDArray[np.int64], window: int) -> NDArray[np.intp]:
    """Return the places of the smallest shingle in each window, the first when several are."""
    if not len(shingles):
        return np.zeros(0, dtype=np.intp)
    views = np.lib.stride_tricks.sliding_window_view(shingles, min(window, len(shingles)))
    chosen = np.zeros(len(shingles), dtype=bool)
    chosen[np.arange(len(views)) + views.argmin(axis=1)] = True
    return np.flatnonzero(chosen)


def _shingles(words: NDArray[np.uint32]) -> NDArray[np.int64]:
    """Return a number of 63 bits for each run of `SHINGLE` words: a polynomial of their hashes, stirred."""
    count = max(0, len(words) - SHINGLE + 1)
    value = np.zeros(count, dtype=np.uint64)
    for i in range(SHINGLE if count else 0):
        value = value * _PRIME + words[i : i + count]
    value ^= value >> np.uint64(31)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    return ((value ^ (value >> np.uint64(29))) >> np.uint64(1)).astype(np.int64)


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=4).digest(), "big")
