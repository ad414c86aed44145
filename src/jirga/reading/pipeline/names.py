"""Names out of label scores: the best sequence in which every name begins with B."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_labels", "spans"]

FORBIDDEN = -1e9


def _allowed(before: str, after: str) -> bool:
    return not after.startswith("I-") or before[2:] == after[2:]


def transitions(labels: Sequence[str]) -> NDArray[np.float64]:
    """Return the table of shape (labels + 1, labels) of what may follow what; the last row is a sentence's begin."""
    rows = [*labels, "O"]
    return np.array([[0.0 if _allowed(a, b) else FORBIDDEN for b in labels] for a in rows])


def best_labels(scores: NDArray[np.float32], table: NDArray[np.float64]) -> NDArray[np.int64]:
    """Return the best allowed label per word (Viterbi), scores of shape (words, labels)."""
    greedy: NDArray[np.int64] = scores.argmax(1)
    before = np.concatenate([[len(table) - 1], greedy[:-1]])
    if not (table[before, greedy] < 0).any():
        return greedy
    total = scores[0].astype(np.float64) + table[-1]
    back = []
    for row in scores[1:]:
        step = total[:, None] + table[:-1]
        back.append(step.argmax(0))
        total = step.max(0) + row
    best = [int(total.argmax())]
    for pointers in reversed(back):
        best.append(int(pointers[best[-1]]))
    return np.array(best[::-1])


def spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """Return ``(begin, end, kind)`` of each name in a valid sequence of BIO labels."""
    found: list[tuple[int, int, str]] = []
    for k, label in enumerate(labels):
        if label.startswith("B-"):
            found.append((k, k + 1, label[2:]))
        elif label.startswith("I-") and found:
            begin, _, kind = found[-1]
            found[-1] = (begin, k + 1, kind)
    return found
