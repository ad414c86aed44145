"""Which reports copy one another: whole texts that share an origin, and single passages that were copied.

Corroboration counts origins, not outlets: ten outlets that run one agency's copy are one voice. The search
is near-linear in the number of reports: marks (`jirga.reports.wording`) propose, and neighbours under a mark
(`jirga.reports.copying`) are compared.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jirga.reports.copying import Printing, copied_pairs, meetings, printings
from jirga.reports.types import Report
from jirga.reports.wording import PASSAGE, Wording, age_of, places_of, wording_of

__all__ = ["Passage", "joined", "origin_groups", "shared_passages"]


@dataclass(frozen=True, slots=True)
class Passage:
    """A run of words that several reports print.

    Attributes
    ----------
    words : int
        Length of the run.
    places : tuple of (str, int, int)
        Report id, begin, end (code points) of each printing, by report id; one per report, the first in its text.
    """

    words: int
    places: tuple[tuple[str, int, int], ...]


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
    1. Word shingles of each report's prose; winnowing chooses some of them as marks. 2. Reports that are neighbours in age
    among those with one mark are compared. 3. A pair is a copy when the longer text holds at least half of the shorter
    text's shingles. 4. Copies of copies share an origin.
    """
    texts = _texts(reports)
    lead = joined(len(texts), copied_pairs(texts))
    groups: dict[str, list[str]] = defaultdict(list)
    for text, first in zip(texts, lead, strict=True):
        groups[texts[first].id].append(text.id)
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
    held = sorted(reports, key=age_of)
    texts = [wording_of(report, least) for report in held]
    found: Counter[Printing] = Counter()
    for met in meetings(texts):
        found.update(printings(texts, met, least))
    spans: dict[tuple[int, int], dict[str, tuple[int, int]]] = defaultdict(dict)
    ordered = sorted(found, key=lambda printing: (printing.text, printing.first))
    places: list[tuple[int, int]] = []
    of = -1
    for printing in ordered:
        report = held[printing.text]
        if of != printing.text:
            of, places = printing.text, places_of(report)
        span = (places[printing.first][0], places[printing.last - 1][1])
        spans[printing.run, printing.last - printing.first].setdefault(report.id, span)
    passages = [
        Passage(length, tuple(sorted((i, *span) for i, span in several.items())))
        for (_, length), several in spans.items()
    ]
    return tuple(sorted(passages, key=lambda p: (-p.words, p.places)))


def joined(count: int, pairs: Iterable[tuple[int, int]]) -> list[int]:
    """Join pairs of things to groups; return the lowest number in the group of each."""
    lead = list(range(count))

    def find(i: int) -> int:
        while lead[i] != i:
            lead[i] = lead[lead[i]]
            i = lead[i]
        return i

    for a, b in pairs:
        a, b = find(a), find(b)
        lead[max(a, b)] = min(a, b)
    return [find(i) for i in range(count)]


def _texts(reports: Sequence[Report]) -> list[Wording]:
    return [wording_of(report) for report in sorted(reports, key=age_of)]
