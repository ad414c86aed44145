"""The numbers that every engine works on: states, moves and ranks; no text.

States are numbered 0..m-1 here by increasing code (first option the lowest bit); people see them from 1.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Game", "IntArray"]

IntArray = NDArray[np.int32]


@dataclass(frozen=True, eq=False)
class Game:
    """A graph model in numbers.

    Attributes
    ----------
    dms : tuple of str
        Decision makers, in order.
    ranks : tuple of ndarray of int32, shape (m,)
        Per decision maker the dense rank of each state; larger is better, equal is indifferent, 0 is worst.
    codes : ndarray of uint64, shape (m,), or None
        Option form: feasible codes in increasing order; None in graph form.
    masks : tuple of int
        Option form: bits of the options each decision maker controls.
    to_yes, to_no : int
        Option form: bits that may only be switched on, only be switched off.
    n_options : int
    arcs : tuple of (indptr, indices), each ndarray of int32, or None
        Graph form: per decision maker its moves in compressed rows, sorted in each row.
    """

    dms: tuple[str, ...]
    ranks: tuple[IntArray, ...]
    codes: NDArray[np.uint64] | None = None
    masks: tuple[int, ...] = ()
    to_yes: int = 0
    to_no: int = 0
    n_options: int = 0
    arcs: tuple[tuple[IntArray, IntArray], ...] | None = None

    @property
    def m(self) -> int:
        """Number of states."""
        return int(self.ranks[0].shape[0])

    @property
    def n(self) -> int:
        """Number of decision makers."""
        return len(self.dms)
