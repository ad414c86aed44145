"""Which reports copy one another: whole texts that share an origin, and single passages that were copied.

Corroboration counts origins, not outlets: ten outlets that run one agency's copy are one voice. The search
is near-linear in the number of reports: winnowing (Schleimer, Wilkerson and Aiken 2003, *Winnowing: local algorithms
for document fingerprinting*) chooses marks of each text that copies choose alike, and word shingles confirm what marks propose.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from hashlib import blake2b

import numpy as np

from jirga.reports.types import BlockKind, Report

__all__ = ["Passage", "origin_groups", "shared_passages"]

SHINGLE = 5  # words; shorter runs are shared by chance in reports of one event
PASSAGE = 14  # words; a shorter run is a phrase or a name, not a copied sentence
COPIED = 0.5  # share of the shorter text's shingles that the longer one must hold
COMMON = 2  # marks in common from which two texts are compared in full
CROWD = 24  # reports that hold one mark; above it each is compared with its neighbours in time alone
NEIGHBOURS = 4
_PRIME = np.uint64(0x9E3779B97F4A7C15)

_WORD = re.compile(r"\w+(?:['’]\w+)?")
_Runs = dict[tuple[str, ...], dict[str, tuple[int, int]]]  # words to report id to place
_PROSE = {BlockKind.BODY, BlockKind.TITLE, BlockKind.HEADING}


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that several reports print.

    Attributes
    ----------
    words : int
        Length of the run.
    places : tuple of (str, int, int)
        Report id, begin, end (code points) of each printing, by report id; one per report.
    """

    words: int
    places: tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class _Words:
    """The words of a report's prose with their places, its shingles as 64-bit numbers in text order, and its marks."""

    report: Report
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    shingles: tuple[int, ...]
    marks: tuple[int, ...]


def origin_groups(reports: Sequence[Report]) -> dict[str, tuple[str, ...]]:
    """Group reports that copy one text.

    Parameters
    ----------
    reports : sequence of Report

    Returns
    -------
    dict of str to tuple of str
        Origin id (the id of the group's earliest report) to the ids of its reports. Every report is in one
        group; the result does not depend on the order of ``reports``.

    Notes
    -----
    1. Word shingles of each report's prose; winnowing chooses some of them as marks. 2. Texts with two marks in common
    are compared. 3. A pair is a copy when the longer text holds at least half of the shorter text's shingles.
    4. Copies of copies share an origin.
    """
    texts = _texts(reports)
    sets = [frozenset(t.shingles) for t in texts]
    leader = list(range(len(texts)))
    for (a, b), shared in _proposed(texts).items():
        small = min(len(sets[a]), len(sets[b]))
        if (shared < COMMON and small >= 4 * SHINGLE) or _find(leader, a) == _find(leader, b):
            continue
        if small and len(sets[a] & sets[b]) >= COPIED * small:
            _join(leader, a, b)
    groups: dict[str, list[str]] = defaultdict(list)
    for i, text in enumerate(texts):
        groups[texts[_find(leader, i)].report.id].append(text.report.id)
    return {origin: tuple(sorted(set(ids))) for origin, ids in groups.items()}


def _proposed(texts: Sequence[_Words]) -> Counter[tuple[int, int]]:
    """Count the marks that two texts have in common."""
    holders: dict[int, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        for mark in {text.shingles[position] for position in text.marks}:
            holders[mark].append(number)
    found: Counter[tuple[int, int]] = Counter()
    for group in holders.values():
        found.update(_near(group))
    return found


def _near(group: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Return pairs of things that share a mark; in a crowd, neighbours in time, so that none is left out."""
    if len(group) <= CROWD:
        return itertools.combinations(group, 2)
    return ((one, other) for at, one in enumerate(group) for other in group[at + 1 : at + 1 + NEIGHBOURS])


def shared_passages(reports: Sequence[Report], *, least: int = PASSAGE) -> tuple[Passage, ...]:
    """Find runs of words that several reports print alike.

    Parameters
    ----------
    reports : sequence of Report
    least : int
        Fewest words that count as a copied passage.

    Returns
    -------
    tuple of Passage
        Longest first. A quoted speech is one source, however many print it.
    """
    texts = _texts(reports, least)
    marks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for t, text in enumerate(texts):
        for position in text.marks:
            marks[text.shingles[position]].append((t, position))
    runs: _Runs = defaultdict(dict)
    reached: dict[
        tuple[int, int, int], int
    ] = {}  # (text, other text, offset between them): end of the last run
    for places in marks.values():
        for one, two in _near(range(len(places))):
            (t, position), (other, at) = places[one], places[two]
            diagonal = (t, other, at - position)
            if t == other or reached.get(diagonal, -1) > position:
                continue
            first, last = _extend(texts[t].words, texts[other].words, position, at)
            reached[diagonal] = last
            if last - first >= least:
                _note(runs, texts[t], first, last)
                _note(runs, texts[other], first + at - position, last + at - position)
    passages = [
        Passage(len(run), tuple(sorted((i, b, e) for i, (b, e) in places.items())))
        for run, places in runs.items()
        if len(places) > 1
    ]
    return tuple(sorted(passages, key=lambda p: (-p.words, p.places)))


def _note(
    runs: dict[tuple[str, ...], dict[str, tuple[int, int]]], text: _Words, first: int, last: int
) -> None:
    span = (text.places[first][0], text.places[last - 1][1])
    runs[text.words[first:last]].setdefault(text.report.id, span)


def _extend(left: Sequence[str], right: Sequence[str], i: int, j: int) -> tuple[int, int]:
    """Widen the shingle at ``left[i]`` and ``right[j]``; return the first and last word in ``left``."""
    first, last = i, i
    while first and j - (i - first) and left[first - 1] == right[j - (i - first) - 1]:
        first -= 1
    while last < len(left) and j + last - i < len(right) and left[last] == right[j + last - i]:
        last += 1
    return first, last


def _texts(reports: Sequence[Report], least: int = PASSAGE) -> list[_Words]:
    return sorted((_words(r, least) for r in reports), key=lambda t: _age(t.report))


def _winnowed(shingles: np.ndarray[tuple[int], np.dtype[np.uint64]], window: int) -> tuple[int, ...]:
    """Return the places of the smallest shingle in each window, the first when several are."""
    if not len(shingles):
        return ()
    views = np.lib.stride_tricks.sliding_window_view(shingles, min(window, len(shingles)))
    return tuple(np.unique(np.arange(len(views)) + views.argmin(axis=1)).tolist())


def _words(report: Report, least: int) -> _Words:
    words: list[str] = []
    places: list[tuple[int, int]] = []
    spans = [(b.begin, b.end) for b in report.blocks if b.kind in _PROSE] or [(0, len(report.text))]
    for begin, end in spans:
        for match in _WORD.finditer(report.text, begin, end):
            words.append(match.group().lower().replace("’", "'"))
            places.append(match.span())
    shingles = _shingles(words)
    # Both printings of a run of `least` words choose one of its shingles alike.
    marks = _winnowed(shingles, max(1, least - SHINGLE + 1))
    return _Words(report, tuple(words), tuple(places), tuple(shingles.tolist()), marks)


def _shingles(words: Sequence[str]) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    """Return a 64-bit number for each run of `SHINGLE` words: a polynomial of their hashes, stirred."""
    count = max(0, len(words) - SHINGLE + 1)
    hashes = np.array([_hash(word) for word in words], dtype=np.uint64)
    value = np.zeros(count, dtype=np.uint64)
    for i in range(SHINGLE if count else 0):
        value = value * _PRIME + hashes[i : i + count]
    value ^= value >> np.uint64(31)
    value *= np.uint64(0xBF58476D1CE4E5B9)
    return value ^ (value >> np.uint64(29))


@lru_cache(maxsize=1 << 17)
def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _age(report: Report) -> tuple[date, str]:
    published = report.published.start if report.published else None
    return (published or date.max, report.id)


def _find(leader: list[int], i: int) -> int:
    while leader[i] != i:
        leader[i] = leader[leader[i]]
        i = leader[i]
    return i


def _join(leader: list[int], a: int, b: int) -> None:
    a, b = _find(leader, a), _find(leader, b)
    leader[max(a, b)] = min(a, b)  # the earliest report leads
