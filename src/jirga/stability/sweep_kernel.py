"""The compiled part of ``sweep.py``: counting, from words of equilibria and the bins of each draw.

This module imports numba; import it only when there is something to count.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from jirga.stability.jit import jitted

__all__ = ["count"]


@jitted
def count(
    words: NDArray[np.uint64],
    m: int,
    wanted: np.uint64,
    rows: NDArray[np.int32],
    hits: NDArray[np.int64],
    met: NDArray[np.int64],
    by_bin: NDArray[np.int64],
) -> None:
    """Count equilibria, and beside each in which bins the draw fell.

    Parameters
    ----------
    words : ndarray of uint64, shape (draws, concepts)
        Bit s: state s is an equilibrium.
    m : int
    wanted : uint64
        States of which any counts as an event of its own, per concept.
    rows : ndarray of int32, shape (draws, factors)
        Per factor the row of `by_bin` in which the draw fell; -1 where it is not to be counted.
    hits : ndarray of int64, shape (concepts, m)
        Filled in; so are the next two.
    met : ndarray of int64, shape (concepts,)
    by_bin : ndarray of int64, shape (bins of all factors, concepts * (m + 1))
        Events are all states under the first concept, under the next, ..., then "wanted" per concept.
    """
    draws, concepts = words.shape
    factors = rows.shape[1]
    one = np.uint64(1)
    fell = np.zeros(factors, dtype=np.int32)
    for at in range(draws):
        number = 0
        for f in range(factors):
            if rows[at, f] >= 0:
                fell[number] = rows[at, f]
                number += 1
        for k in range(concepts):
            word = words[at, k]
            for s in range(m):
                if word >> np.uint64(s) & one:
                    hits[k, s] += 1
                    for f in range(number):
                        by_bin[fell[f], k * m + s] += 1
            if word & wanted:
                met[k] += 1
                for f in range(number):
                    by_bin[fell[f], concepts * m + k] += 1
