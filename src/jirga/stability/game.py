"""The numbers that every engine works on: states, moves and ranks; no text.

States are numbered 0..m-1 here by increasing code (first option the lowest bit); people see them from 1.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from jirga.errors import UsageError

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

    @property
    def option_form(self) -> bool:
        """Whether moves come from options (arcs, where given, go before them)."""
        return self.arcs is None

    def moves(self, dm: int, state: int) -> IntArray:
        """Return the states that one decision maker can move to from a state, in increasing order.

        Parameters
        ----------
        dm, state : int
            Counted from 0.

        Returns
        -------
        ndarray of int32
            R_i(s) of the literature.
        """
        if self.arcs is not None:
            indptr, indices = self.arcs[dm]
            return indices[indptr[state] : indptr[state + 1]]
        return self._option_moves(dm, state)

    def improvements(self, dm: int, state: int) -> IntArray:
        """Return the moves that end better for the mover: R_i^+(s), in increasing order."""
        moves = self.moves(dm, state)
        rank = self.ranks[dm]
        better: IntArray = moves[rank[moves] > rank[state]]
        return better

    def _option_moves(self, dm: int, state: int) -> IntArray:
        if self.codes is None:
            raise UsageError("A game needs codes or arcs; build it from a conflict or give one of them.")
        codes, mask, here = self.codes, self.masks[dm], int(self.codes[state])
        if mask.bit_count() < 62 and (1 << mask.bit_count()) <= max(256, self.m // 4):
            targets = np.uint64(here & ~mask) | submasks(mask)
            places = np.minimum(np.searchsorted(codes, targets), self.m - 1)
            places = places[codes[places] == targets]
        else:
            places = np.flatnonzero((codes & ~np.uint64(mask)) == np.uint64(here & ~mask))
        return places[self._may_change(here, codes[places])].astype(np.int32)

    def _may_change(self, here: int, there: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Whether no bit changes the wrong way, and the state is another one."""
        kept_on = np.uint64(here & self.to_yes)
        never_on = np.uint64(~here & self.to_no)
        allowed: NDArray[np.bool_] = (there & kept_on) == kept_on
        allowed &= (there & never_on) == 0
        allowed &= there != np.uint64(here)
        return allowed

    def edges(self, dm: int) -> tuple[IntArray, IntArray]:
        """Return all moves of one decision maker in compressed rows, sorted in each row.

        Returns
        -------
        indptr : ndarray of int32, shape (m + 1,)
        indices : ndarray of int32
        """
        if self.arcs is not None:
            return self.arcs[dm]
        bits = self.masks[dm].bit_count()
        if self.codes is not None and bits < 20 and 1 << bits <= max(64, self.m):
            return self._option_edges(self.codes, self.masks[dm])
        rows = [self._option_moves(dm, state) for state in range(self.m)]
        return _compressed(self.m, [len(row) for row in rows], np.concatenate(rows))

    def count_moves(self, dm: int) -> int:
        """Return how many moves one decision maker has; with irreversible options, at most how many."""
        if self.arcs is not None:
            return int(self.arcs[dm][1].size)
        if self.codes is None:
            return 0
        sizes = np.unique(self.codes & ~np.uint64(self.masks[dm]), return_counts=True)[1]
        return int((sizes * (sizes - 1)).sum())

    def _option_edges(self, codes: NDArray[np.uint64], mask: int) -> tuple[IntArray, IntArray]:
        """List the moves pattern after pattern: each is one change of the options of the mask."""
        sources, targets = [], []
        everyone = np.arange(self.m, dtype=np.int32)
        on, off = np.uint64(self.to_yes), np.uint64(self.to_no)
        for change in submasks(mask)[1:]:
            wanted = codes ^ change
            allowed = ((codes & change & on) == 0) & ((wanted & change & off) == 0)
            places = np.minimum(np.searchsorted(codes, wanted), self.m - 1).astype(np.int32)
            allowed &= codes[places] == wanted
            sources.append(everyone[allowed])
            targets.append(places[allowed])
        if not sources:
            return _compressed(self.m, [0] * self.m, np.zeros(0, dtype=np.int32))
        source, target = np.concatenate(sources), np.concatenate(targets)
        order = np.lexsort((target, source))
        return _compressed(self.m, np.bincount(source, minlength=self.m), target[order])

    def with_ranks(self, ranks: tuple[IntArray, ...]) -> Game:
        """Return the same states and moves with other preferences."""
        return Game(
            self.dms, ranks, self.codes, self.masks, self.to_yes, self.to_no, self.n_options, self.arcs
        )

    def as_graph(self) -> Game:
        """Return the same game in graph form: every move listed."""
        return Game(self.dms, self.ranks, arcs=tuple(self.edges(dm) for dm in range(self.n)))


def _compressed(
    m: int, counts: Sequence[int] | NDArray[np.int64], indices: IntArray
) -> tuple[IntArray, IntArray]:
    """Return compressed rows from the length of each row and the rows one after the other."""
    indptr = np.zeros(m + 1, dtype=np.int32)
    np.cumsum(counts, out=indptr[1:])
    return indptr, indices.astype(np.int32)


def submasks(mask: int) -> NDArray[np.uint64]:
    """Return every code that has bits in the mask only, in increasing order; shape (2 ** bits,)."""
    found = np.zeros(1, dtype=np.uint64)
    for bit in range(mask.bit_length()):
        if mask >> bit & 1:
            found = np.concatenate([found, found | np.uint64(1 << bit)])
    return found
