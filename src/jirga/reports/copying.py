"""Which texts stand near each other, and what they print alike: the part that one new report and all reports share.

Under each mark the reports that hold it stand in the order of their age, and each is compared with its `REACH` neighbours on both
sides (the sorted neighbourhood of Hernández and Stolfo 1995, *The merge/purge problem for large databases*). The order is the
same under every mark, so that reports that copy one text meet under all of them. A report that comes or goes changes only
what its neighbours are compared with.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from jirga.reports.wording import SHINGLE, Wording, run_of

__all__ = ["Meetings", "Printing", "copied", "copied_pairs", "meetings", "printings", "under_marks"]

REACH = 12  # neighbours on each side under each mark; a full comparison of one that few reports hold
COPIED = 0.5  # share of the shorter text's shingles that the longer one must hold
COMMON = 2  # marks in common from which two texts are compared in full
SHORT = (
    5 * SHINGLE
)  # words; a text with fewer has few marks: one in common is enough, as for one with a single mark

_LONGEST = 1 << 24  # words; a run is one number with its begin, so that runs are counted fast

_Numbers = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Meetings:
    """Pairs of texts that are neighbours, once for each mark; arrays of shape (n,).

    Attributes
    ----------
    one, other : array of int64
        Numbers of the texts.
    at, there : array of int64
        Number of the word where the mark begins in the one and in the other.
    """

    one: _Numbers
    other: _Numbers
    at: _Numbers
    there: _Numbers


class Printing(NamedTuple):
    """A run of words as one text prints it.

    Attributes
    ----------
    run : int
        Stands for the words.
    text : int
        Number of the text.
    first, last : int
        Numbers of its first word and of the word behind it.
    """

    run: int
    text: int
    first: int
    last: int


def meetings(texts: Sequence[Wording], reach: int | None = None) -> Iterator[Meetings]:
    """Yield all meetings: those of next neighbours, of next but one, and so on.

    Parameters
    ----------
    texts : sequence of Wording
        In the order of their age.
    reach : int, optional
        `REACH` by default.
    """
    marks = np.concatenate([t.marks[0] for t in texts] or [np.zeros(0, np.int64)])
    at = np.concatenate([t.marks[1] for t in texts] or [np.zeros(0, np.int32)]).astype(np.int64)
    number = np.repeat(np.arange(len(texts)), [len(t.marks[0]) for t in texts])
    order = np.argsort(marks, kind="stable")
    yield from under_marks(marks[order], number[order], at[order], reach)


def under_marks(
    marks: _Numbers, number: _Numbers, at: _Numbers, reach: int | None = None
) -> Iterator[Meetings]:
    """Yield the meetings under some marks.

    Parameters
    ----------
    marks, number, at : array of int64, shape (n,)
        Mark, number of the text and number of the word where the mark begins in it; ordered by mark, then by text.
    reach : int, optional
        `REACH` by default.
    """
    for apart in range(1, (REACH if reach is None else reach) + 1):
        (here,) = np.nonzero(marks[apart:] == marks[:-apart])
        if not len(here):
            return
        yield Meetings(number[here], number[here + apart], at[here], at[here + apart])


def copied_pairs(texts: Sequence[Wording]) -> dict[tuple[int, int], int]:
    """Find the texts that copy each other as a whole.

    Parameters
    ----------
    texts : sequence of Wording
        In the order of their age.

    Returns
    -------
    dict of (int, int) to int
        Two texts, and under how many marks they are neighbours.
    """
    codes = [met.one * len(texts) + met.other for met in meetings(texts)]
    several, counts = np.unique(np.concatenate(codes or [np.zeros(0, np.int64)]), return_counts=True)
    ones, others = np.divmod(several, max(1, len(texts)))
    pairs = zip(ones.tolist(), others.tolist(), counts.tolist(), strict=True)
    return {(a, b): count for a, b, count in pairs if copied(texts[a], texts[b])}


def copied(one: Wording, other: Wording) -> bool:
    """Tell whether the longer of two texts holds enough of the shorter one's shingles.

    Notes
    -----
    Texts of some length must have two marks in common, too; that is told faster.
    """
    held, wanted = one.mark_set, other.mark_set
    if (
        len(held & wanted) < COMMON
        and len(held) >= COMMON <= len(wanted)
        and len(one.words) >= SHORT <= len(other.words)
    ):
        return False
    small = min(len(one.shingle_set), len(other.shingle_set))
    return small > 0 and len(one.shingle_set & other.shingle_set) >= COPIED * small


def printings(texts: Sequence[Wording], met: Meetings, least: int) -> Counter[Printing]:
    """Find the runs of words that texts which meet print alike.

    Parameters
    ----------
    texts : sequence of Wording
    met : Meetings
    least : int
        Fewest words of a run.

    Returns
    -------
    Counter of Printing
        Each run in each text, and in how many meetings it was found.
    """
    found: Counter[Printing] = Counter()
    lengths = np.array([len(t.words) for t in texts], dtype=np.int64)
    begins = 1 + np.cumsum(lengths + 1) - (lengths + 1)
    words = _joined(texts, begins)
    ones, others = begins[met.one] + met.at, begins[met.other] + met.there
    first, last = _runs(words, met.one, ones, others)
    (long,) = np.nonzero(last - first >= least)
    size = (last - first)[long]
    spans = np.concatenate([first[long], (first + others - ones)[long]]) * _LONGEST + np.concatenate(
        [size, size]
    )
    several, counts = np.unique(spans, return_counts=True)
    text = np.searchsorted(begins, several // _LONGEST, side="right") - 1
    for number, span, count in zip(text.tolist(), several.tolist(), counts.tolist(), strict=True):
        begin, size = divmod(span, _LONGEST)
        at = begin - int(begins[number])
        found[Printing(run_of(words[begin : begin + size]), number, at, at + size)] += count
    return found


def _joined(texts: Sequence[Wording], begins: _Numbers) -> _Numbers:
    """Put all words in one row; between two texts stands a number that is like no other."""
    size = (int(begins[-1]) + len(texts[-1].words) if texts else 0) + 1
    row = -1 - np.arange(size)
    for text, begin in zip(texts, begins.tolist(), strict=True):
        row[begin : begin + len(text.words)] = text.words
    return row


def _runs(words: _Numbers, text: _Numbers, ones: _Numbers, others: _Numbers) -> tuple[_Numbers, _Numbers]:
    """Widen each pair of equal words to the run around it; return where it begins and ends around ``ones``.

    Notes
    -----
    Pairs are ordered by text, by the distance between their words, then by place. The first of each distance is widened, which
    settles those of its distance that lie in its run; then the first of those that are left, and so on.
    """
    begin, end = np.zeros_like(ones), np.zeros_like(ones)
    left = np.lexsort((ones, others - ones, text))
    while len(left):
        apart, of = (others - ones)[left], text[left]
        leads = np.concatenate([[True], (apart[1:] != apart[:-1]) | (of[1:] != of[:-1])])
        lead = left[leads]
        first = ones[lead] - _equal(words, ones[lead] - 1, others[lead] - 1, -1)
        last = ones[lead] + _equal(words, ones[lead], others[lead], 1)
        group = np.cumsum(leads) - 1
        inside = leads | (ones[left] < last[group])
        settled = left[inside]
        begin[settled], end[settled] = first[group[inside]], last[group[inside]]
        left = left[~inside]
    return begin, end


def _equal(words: _Numbers, ones: _Numbers, others: _Numbers, step: int) -> _Numbers:
    """Count equal words from each pair of places on, in one direction."""
    count = np.zeros_like(ones)
    going = np.arange(len(ones))
    far = 0
    while len(going):
        going = going[words[ones[going] + far] == words[others[going] + far]]
        count[going] += 1
        far += step
    return count
