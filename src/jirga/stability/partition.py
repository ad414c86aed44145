"""GMCR+'s coalitions: the decision makers are parted into cells, and each cell is one player.

This differs from the coalition stabilities of the literature (``coalition.py``): the members' own
improvements are no longer looked at, so a state can become an equilibrium because a coalition forms. A cell
moves by legal sequences of its members; it improves when every member strictly gains; any state that is no
improvement deters it. Sanctions come from the other cells, as players.
"""

from __future__ import annotations

from collections.abc import Sequence

from jirga.errors import TooLargeError, UsageError
from jirga.stability.game import Game
from jirga.stability.plain import View, legal_reach, stable, view_of
from jirga.stability.types import BASIC, Stability

__all__ = ["parse_partition", "partition_stability", "partition_view"]

MOST_STATES = 3000  # the plain engine works it out, with sets


def parse_partition(text: str, n: int) -> tuple[tuple[int, ...], ...]:
    """Read ``[1,2],3``: numbers of decision makers counted from 1, cells in brackets, others may stand alone.

    Returns
    -------
    tuple of tuple of int
        The cells, counted from 0; who is not named is a cell of its own at the end.

    Raises
    ------
    UsageError
        Something else stands there, a number is out of range, or somebody is in two cells.
    """
    cells: list[tuple[int, ...]] = []
    rest = text.replace(" ", "")
    while rest:
        if rest.startswith("["):
            inner, closed, rest = rest[1:].partition("]")
            if not closed:
                raise UsageError(f"A bracket is not closed in the partition “{text}”; write it as [1,2],3.")
        else:
            inner, comma, rest = rest.partition(",")
            rest = comma + rest
        cells.append(tuple(_number(part, n, text) for part in inner.split(",")))
        if rest and not rest.startswith(","):
            raise UsageError(f"A comma is missing in the partition “{text}”; write it as [1,2],3.")
        rest = rest[1:]
    return complete_partition(cells, n)


def _number(part: str, n: int, text: str) -> int:
    if not (part.isascii() and part.isdigit() and len(part) < 6 and 1 <= int(part) <= n):
        raise UsageError(f"“{part}” in the partition “{text}” is not a decision maker from 1 to {n}.")
    return int(part) - 1


def complete_partition(cells: Sequence[Sequence[int]], n: int) -> tuple[tuple[int, ...], ...]:
    """Return the cells with everybody who is missing as a cell of its own.

    Raises
    ------
    UsageError
        Somebody is in two cells, or does not exist, or a cell is empty.
    """
    named = [member for cell in cells for member in cell]
    if len(named) != len(set(named)) or any(not 0 <= member < n for member in named) or not all(cells):
        raise UsageError(f"Each decision maker from 1 to {n} may stand in one cell of the partition only.")
    alone = [(member,) for member in range(n) if member not in named]
    return (*(tuple(sorted(cell)) for cell in cells), *alone)


def partition_view(game: Game, cells: Sequence[Sequence[int]]) -> View:
    """Return the model in which each cell is one player."""
    view, states = view_of(game), range(game.m)
    everything = frozenset(states)
    moves = tuple(tuple(legal_reach(s, cell, view.moves) - {s} for s in states) for cell in cells)
    deterring = tuple(
        tuple(frozenset().union(*(view.deterring[i][s] for i in cell)) for s in states) for cell in cells
    )
    improvements = tuple(
        tuple(row[s] & (everything - deter[s]) for s in states)
        for row, deter in zip(moves, deterring, strict=True)
    )
    return View(game.m, moves, improvements, improvements, deterring)


def partition_stability(
    game: Game, cells: Sequence[Sequence[int]], concepts: Sequence[str] = BASIC
) -> Stability:
    """Return the verdicts when each cell of a partition is one player.

    Parameters
    ----------
    cells : sequence of sequence of int
        Decision makers, counted from 0; who is missing is a cell of its own.
    concepts : sequence of str
        Among Nash, GMR, SMR, SEQ, SSEQ.

    Returns
    -------
    Stability
        Its ``dms`` are the cells, members joined by ``+``.

    Raises
    ------
    UsageError
        A wrong partition or concept.
    TooLargeError
        More than 3000 states.
    """
    whole = complete_partition(cells, game.n)
    if game.m > MOST_STATES:
        raise TooLargeError(
            f"The partition form is worked out for up to {MOST_STATES} states; this model has {game.m}. "
            "Use the coalition concepts, or add rules that make states infeasible."
        )
    view = partition_view(game, whole)
    names = tuple("+".join(game.dms[i] for i in cell) for cell in whole)
    return Stability.of(names, {name: stable(view, name) for name in concepts}, "plain")
