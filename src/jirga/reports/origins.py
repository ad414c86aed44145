"""Which reports copy one another: whole texts that share an origin, and single passages that were copied.

Corroboration counts origins, not outlets: ten outlets that run one agency's copy are one voice. The search
is near-linear in the number of reports: MinHash with locality-sensitive hashing (Broder 1997, *On the
resemblance and containment of documents*; datasketch) proposes pairs, word shingles confirm them.
"""

from __future__ import annotations

import itertools
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import blake2b
from typing import Any

from jirga.reports.types import BlockKind, Report

__all__ = ["Passage", "origin_groups", "shared_passages"]

SHINGLE = 5  # words; shorter runs are shared by chance in reports of one event
PASSAGE = 14  # words; a shorter run is a phrase or a name, not a copied sentence
PERMUTATIONS = 64
CANDIDATE = 0.2  # estimated resemblance from which two texts are compared in full
COPIED = 0.5  # share of the shorter text's shingles that the longer one must hold
SAMPLE = 8  # one shingle in so many is indexed to find short texts inside long ones
CROWD = 64  # reports that hold one shingle; above it the shingle is boilerplate and proposes nothing
SEED = 1

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
    """The words of a report's prose, with their places, and its shingles as 64-bit numbers in text order."""

    report: Report
    words: tuple[str, ...]
    places: tuple[tuple[int, int], ...]
    shingles: tuple[int, ...]


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
    1. Word shingles of each report's prose. 2. Pairs proposed by MinHash LSH (texts of like length) and by
    sampled shingles (a short text inside a long one). 3. A pair is a copy when the longer text holds at least
    half of the shorter text's shingles. 4. Copies of copies share an origin.
    """
    texts = sorted((_words(r) for r in reports), key=lambda t: _age(t.report))
    sets = [frozenset(t.shingles) for t in texts]
    leader = list(range(len(texts)))
    for a, b in sorted(_proposed(sets)):
        small = min(len(sets[a]), len(sets[b]))
        if small and len(sets[a] & sets[b]) >= COPIED * small:
            _join(leader, a, b)
    groups: dict[str, list[str]] = defaultdict(list)
    for i, text in enumerate(texts):
        groups[texts[_find(leader, i)].report.id].append(text.report.id)
    return {origin: tuple(sorted(set(ids))) for origin, ids in groups.items()}


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
    texts = sorted((_words(r) for r in reports), key=lambda t: _age(t.report))
    window = max(1, least - SHINGLE + 1)
    # Winnowing (Schleimer 2003): both printings of a long enough run choose the same shingle of it.
    marks: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for t, text in enumerate(texts):
        for position in _winnowed(text.shingles, window):
            marks[text.shingles[position]].append((t, position))
    runs: _Runs = defaultdict(dict)
    reached: dict[
        tuple[int, int, int], int
    ] = {}  # (text, other text, offset between them): end of the last run
    for places in marks.values():
        if len(places) > CROWD:
            continue
        for (t, position), (other, at) in itertools.combinations(places, 2):
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


def _winnowed(shingles: Sequence[int], window: int) -> list[int]:
    chosen: list[int] = []
    for begin in range(max(0, len(shingles) - window) + (1 if shingles else 0)):
        stretch = shingles[begin : begin + window]
        at = begin + min(range(len(stretch)), key=stretch.__getitem__)
        if not chosen or chosen[-1] != at:
            chosen.append(at)
    return chosen


def _words(report: Report) -> _Words:
    words: list[str] = []
    places: list[tuple[int, int]] = []
    spans = [(b.begin, b.end) for b in report.blocks if b.kind in _PROSE] or [(0, len(report.text))]
    for begin, end in spans:
        for match in _WORD.finditer(report.text, begin, end):
            words.append(match.group().lower().replace("’", "'"))
            places.append(match.span())
    shingles = tuple(_hash(words[i : i + SHINGLE]) for i in range(len(words) - SHINGLE + 1))
    return _Words(report, tuple(words), tuple(places), shingles)


def _hash(words: Iterable[str]) -> int:
    return int.from_bytes(blake2b(" ".join(words).encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _proposed(sets: Sequence[frozenset[int]]) -> set[tuple[int, int]]:
    """Pairs that may be copies; each found by resemblance or by sampled shingles in common."""
    if len(sets) < 2:
        return set()
    # Here and not above: it brings scipy, seconds that only those who compare reports need to wait.
    from datasketch import MinHash, MinHashLSH

    pairs: set[tuple[int, int]] = set()
    lsh: Any = MinHashLSH(threshold=CANDIDATE, num_perm=PERMUTATIONS, weights=(0.3, 0.7))
    holders: Mapping[int, list[int]] = defaultdict(list)
    for i, shingles in enumerate(sets):
        if not shingles:
            continue
        sketch: Any = MinHash(num_perm=PERMUTATIONS, seed=SEED, hashfunc=int)
        sketch.update_batch([s & 0xFFFFFFFF for s in sorted(shingles)])
        pairs.update((int(j), i) for j in lsh.query(sketch)[:CROWD])
        lsh.insert(str(i), sketch)
        for shingle in shingles:
            if shingle % SAMPLE == 0:
                holders[shingle].append(i)
    for group in holders.values():
        if 1 < len(group) <= CROWD:
            pairs.update((group[0], i) for i in group[1:])
            pairs.update(itertools.pairwise(group))
    return pairs


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
