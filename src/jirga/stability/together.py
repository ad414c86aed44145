"""What an analysis says of decision makers who move together: a coalition, all coalitions, or a partition."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from jirga.errors import UsageError
from jirga.stability.coalition import coalition_improvements, coalition_stable, universally_stable
from jirga.stability.game import Game
from jirga.stability.partition import parse_partition, partition_stability

__all__ = ["Together", "move_together"]


@dataclass(frozen=True, slots=True)
class Together:
    """Verdicts for decision makers who move together; states are counted from 1.

    Attributes
    ----------
    form : str
        ``coalition`` (an extra test: states that one coalition would not leave), ``all coalitions`` (states
        that no coalition would leave), or ``partition`` (as in GMCR+: each cell replaces its members).
    cells : tuple of tuple of str
        The coalition, or the cells of the partition; empty for all coalitions.
    stable : mapping of str to tuple of int
        By concept; for a partition the equilibria among the cells.
    improvements : tuple of int or None
        Where the coalition would go together from the status quo; None without a status quo or coalition.
    """

    form: str
    cells: tuple[tuple[str, ...], ...]
    stable: Mapping[str, tuple[int, ...]]
    improvements: tuple[int, ...] | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the verdicts as plain JSON values."""
        return {
            "form": self.form,
            "cells": [list(cell) for cell in self.cells],
            "stable": {name: list(states) for name, states in self.stable.items()},
            "improvements": None if self.improvements is None else list(self.improvements),
        }


def move_together(game: Game, who: str | Sequence[str], status_quo: int | None) -> Together:
    """Work out what changes when decision makers move together.

    Parameters
    ----------
    game : Game
    who : str or sequence of str
        Names or numbers (from 1) of the members; ``all`` for every coalition; ``[1,2],3`` for a partition.
    status_quo : int or None
        Counted from 0.

    Raises
    ------
    UsageError
        When somebody named is no decision maker.
    TooLargeError
        When there are too many states for coalitions.
    """
    if isinstance(who, str) and "[" in who:
        cells = parse_partition(who, game.n)
        found = partition_stability(game, cells)
        names = tuple(tuple(game.dms[i] for i in cell) for cell in cells)
        return Together(
            "partition", names, {name: _people(states) for name, states in found.equilibria.items()}
        )
    if isinstance(who, str) and who.strip().casefold() == "all" and "all" not in game.dms:
        everybody = universally_stable(game)
        return Together(
            "all coalitions", (), {name: _people(np.flatnonzero(t)) for name, t in everybody.items()}
        )
    members = _members(game, [who] if isinstance(who, str) and who in game.dms else who)
    stable = {name: _people(np.flatnonzero(t)) for name, t in coalition_stable(game, members).items()}
    names = (tuple(game.dms[i] for i in members),)
    if status_quo is None:
        return Together("coalition", names, stable)
    there = (found.states for found in coalition_improvements(game, status_quo) if found.members == members)
    return Together("coalition", names, stable, _people(next(there, ())))


def _people(states: Sequence[int] | np.typing.NDArray[np.integer[Any]]) -> tuple[int, ...]:
    return tuple(int(state) + 1 for state in states)


def _members(game: Game, who: str | Sequence[str]) -> tuple[int, ...]:
    parts = who.split(",") if isinstance(who, str) else list(who)
    out: set[int] = set()
    for part in (text.strip() for text in parts):
        if part in game.dms:
            out.add(game.dms.index(part))
        elif part.isascii() and part.isdecimal() and len(part) < 6 and 1 <= int(part) <= game.n:
            out.add(int(part) - 1)
        else:
            known = ", ".join(f"{at} {name}" for at, name in enumerate(game.dms, 1))
            raise UsageError(f"There is no decision maker “{part}”; there are {known}.")
    if len(out) < 2:
        raise UsageError("A coalition has two members or more, as in “1,2”; write “all” for every coalition.")
    return tuple(sorted(out))
