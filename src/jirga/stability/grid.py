"""The fast engine when every combination of options is feasible and may be left again.

The states then form a grid with one axis per decision maker, and each verdict of decision maker i is a
comparison of its rank with a threshold that its whole group shares (``linear.py`` derives it):

- Nash: the best of the group.
- GMR: the best over i's choices of the worst that the others can add to it (maximin).
- SMR: the worst over the others' choices of i's best answer (minimax).
- SEQ, SSEQ: a flood along improvements of the others, one fibre (one choice of i) after the other, so that
the
  arrays in use stay small and near.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from jirga.stability.game import Game, IntArray
from jirga.stability.types import BoolArray

__all__ = ["bytes_needed", "fits", "solve_grid"]

MOST_BITS = 16  # the sorted groups hold choices in 16 bits


def fits(game: Game) -> bool:
    """Whether every code is feasible, every option goes both ways, and each one's options stand together."""
    if not game.option_form or game.codes is None or game.to_yes | game.to_no:
        return False
    if game.m != 1 << game.n_options or int(game.codes[-1]) != game.m - 1:
        return False
    together = all(_run(mask) == mask.bit_count() <= MOST_BITS for mask in game.masks)
    return together and sum(mask.bit_count() for mask in game.masks) == game.n_options


def _run(mask: int) -> int:
    """Width from the lowest bit of the mask to its highest."""
    return mask.bit_length() - _low_bit(mask)


def _low_bit(mask: int) -> int:
    return (mask & -mask).bit_length() - 1 if mask else 0


def bytes_needed(game: Game, concepts: Sequence[str]) -> int:
    """Return about how much memory ``solve_grid`` takes beyond the game itself."""
    width = 2 if max(mask.bit_count() for mask in game.masks) > 8 else 1
    fibre = max((game.m >> mask.bit_count() for mask in game.masks if mask), default=1)
    apart = max((16 >> _low_bit(mask) for mask in game.masks if mask), default=1)
    flood = 2 * width * game.n * game.m + fibre * (25 + width * game.n + max(1, apart) * (4 + width * game.n))
    return len(concepts) * game.n * game.m + (flood if {"SEQ", "SSEQ"} & set(concepts) else 8 * fibre)


def solve_grid(game: Game, concepts: Sequence[str]) -> dict[str, BoolArray]:
    """Return the verdicts for a game that ``fits``.

    Returns
    -------
    dict of str to ndarray of bool, shape (n, m)
    """
    from jirga.stability.grid_kernel import sort_groups, worst_of_fibres

    layout = np.array([(_low_bit(mask), mask.bit_count()) for mask in game.masks], dtype=np.int64)
    tables: dict[str, BoolArray] = {name: np.empty((game.n, game.m), dtype=np.bool_) for name in concepts}
    lower = member = np.empty((0, 0), dtype=np.uint8)
    if "SEQ" in tables or "SSEQ" in tables:
        kind = np.uint8 if layout[:, 1].max() <= 8 else np.uint16
        lower, member = np.empty((game.m, game.n), dtype=kind), np.empty((game.n, game.m), dtype=kind)
        for j, rank in enumerate(game.ranks):
            sort_groups(rank, layout[j, 0], layout[j, 1], lower[:, j], member[j])
    for i, rank in enumerate(game.ranks):
        worst = np.empty(1 << layout[i, 1], dtype=np.int32)
        best = np.empty(game.m >> layout[i, 1], dtype=np.int32)
        worst_of_fibres(rank, layout[i, 0], layout[i, 1], worst, best)
        for name, table in tables.items():
            threshold = _threshold(name, rank, i, (worst, best), layout, (lower, member))
            _compare(rank, threshold, int(layout[i, 0]), table[i])
    return tables


def _threshold(
    name: str, rank: IntArray, i: int, extremes: tuple[IntArray, IntArray], layout: NDArray[np.int64],
    groups: tuple[NDArray[np.uint8], NDArray[np.uint8]],
) -> IntArray | int:  # fmt: skip
    """Return the rank from which a state is stable: one number, or one for each group of i."""
    worst, best = extremes
    if name == "Nash":
        return best
    if name == "GMR":
        return int(worst.max())
    if name == "SMR":
        return int(best.min())
    from jirga.stability.grid_kernel import sequential

    threshold = np.empty_like(best)
    sequential(rank, *groups, i, layout, best, name == "SSEQ", threshold)
    return threshold


def _compare(rank: IntArray, threshold: IntArray | int, low_bit: int, out: BoolArray) -> None:
    """Write whether each rank reaches its threshold."""
    if isinstance(threshold, int):
        np.greater_equal(rank, threshold, out=out)
        return
    run = 1 << low_bit
    shape = (threshold.size // run, -1, run)
    np.greater_equal(rank.reshape(shape), threshold.reshape(shape), out=out.reshape(shape))
