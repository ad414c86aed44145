"""Which words the encoder sees at once: windows over a text of any length.

A window takes whole paragraphs while they fit. Where a paragraph is too long for one window, its last sentence in the
window is left to the next one, which begins there: nothing is read with its end cut off, and the cost stays linear.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

__all__ = ["LIMIT", "LONGEST", "Plan", "accept", "plan"]

LIMIT = 176  # pieces per window, the longest seen in training
LONGEST = 352  # pieces, for a sentence that does not fit; beyond it is cut by force
MARGIN = 3  # words that must follow a sentence start before it is trusted at a window's end
WORTH = 3  # a window must yield this part of its words: so none goes through the encoder more than five times


@dataclass(frozen=True, slots=True)
class Plan:
    """Words ``begin`` to ``end`` go into one window; `closed` when a paragraph ends there."""

    begin: int
    end: int
    closed: bool


def plan(sizes: Sequence[int], breaks: Sequence[bool], begin: int, limit: int) -> Plan:
    """Return the window that begins at a word.

    Parameters
    ----------
    sizes : sequence of int
        Pieces of each word, at least 1.
    breaks : sequence of bool
        Whether a paragraph begins with the word.
    begin : int
        First word.
    limit : int
        Pieces that fit, the two at the ends and those between paragraphs included.
    """
    used, last, at_last = 2, begin, 0
    for k in range(begin, len(sizes)):
        if breaks[k] and k > begin:
            last, at_last = k, used
            used += 1
        used += sizes[k]
        if used > limit and k > begin:
            if at_last * 2 >= limit:
                return Plan(begin, last, True)
            return Plan(begin, k, breaks[k])
    return Plan(begin, len(sizes), True)


def accept(window: Plan, starts: Sequence[bool], limit: int) -> int | None:
    """Return the word up to which a window's reading is taken, or None: read again with a larger window.

    Parameters
    ----------
    window : Plan
    starts : sequence of bool
        Whether a sentence begins with the word, one per word of the window.
    limit : int
        The limit under which the window was planned.
    """
    if window.closed:
        return window.end
    count = window.end - window.begin
    for k in range(count - 1, max(count // WORTH, 1) - 1, -1):
        if starts[k] and (k <= count - MARGIN or count <= MARGIN):
            return window.begin + k
    return None if limit < LONGEST else window.end
