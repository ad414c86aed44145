"""What the engines hand back: verdicts for every state, and reasons as data.

States are numbered from 0 here, decision makers by their place in ``Game.dms``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

import numpy as np
from numpy.typing import NDArray

__all__ = [
    "BASIC",
    "CONCEPTS",
    "BoolArray",
    "Sanction",
    "Stability",
    "Stable",
    "Step",
    "Unstable",
    "Verdict",
]

BoolArray = NDArray[np.bool_]

BASIC: Final = ("Nash", "GMR", "SMR", "SEQ")
"""The four concepts of Fang, Hipel and Kilgour (1993)."""

CONCEPTS: Final = (*BASIC, "SSEQ", "SIM", "SEQ+SIM")
"""Concepts with a name of their own; ``L1``, ``L2``.., ``NM`` and ``MR1``, ``MR2``.. are understood too."""


@dataclass(frozen=True, eq=False)
class Stability:
    """Verdicts for every state.

    Attributes
    ----------
    dms : tuple of str
        Decision makers (or the players of a partition), in order.
    stable : mapping of str to ndarray of bool, shape (n, m)
        By concept: whether the state is stable for the decision maker.
    equilibria : mapping of str to ndarray of int32
        By concept: states that are stable for every decision maker, in increasing order.
    engine : str
        ``plain``, ``grid``, ``linear`` or ``general``: how it was computed. All are exact.
    """

    dms: tuple[str, ...]
    stable: Mapping[str, BoolArray]
    equilibria: Mapping[str, NDArray[np.int32]]
    engine: str

    @classmethod
    def of(cls, dms: tuple[str, ...], stable: Mapping[str, BoolArray], engine: str) -> Stability:
        """Build it from the verdicts; equilibria follow from them."""
        equilibria = {name: _everywhere(table) for name, table in stable.items()}
        return cls(dms, stable, equilibria, engine)

    @property
    def concepts(self) -> tuple[str, ...]:
        """The concepts that were asked for, in order."""
        return tuple(self.stable)

    def __repr__(self) -> str:
        counts = ", ".join(f"{name} {len(states)}" for name, states in self.equilibria.items())
        return f"Stability({self.engine}; equilibria: {counts})"


def _everywhere(table: BoolArray) -> NDArray[np.int32]:
    """Return the states (columns) that hold in every row, one row at a time to stay lean."""
    held = table[0].copy()
    for row in table[1:]:
        held &= row
    return np.flatnonzero(held).astype(np.int32)


@dataclass(frozen=True, slots=True)
class Step:
    """One move.

    Attributes
    ----------
    dm : int
        Who moves.
    state : int
        Where it arrives.
    """

    dm: int
    state: int


@dataclass(frozen=True, slots=True)
class Sanction:
    """How others take the gain out of one improvement.

    Attributes
    ----------
    improvement : int
        The state that the decision maker would move to.
    path : tuple of Step
        Moves of the others from there, a shortest legal sequence that ends in a state not preferred to the
        start. Under ``SIM`` they are made at once from the start: a step names where its mover alone would
        go.
    end : int
        The state where it all ends.
    """

    improvement: int
    path: tuple[Step, ...]
    end: int


@dataclass(frozen=True, slots=True)
class Stable:
    """The decision maker stays.

    Attributes
    ----------
    dm, state, concept
        What the verdict is about.
    sanctions : tuple of Sanction
        One for each improvement; empty because there is no improvement.
    joint : bool
        Under ``SEQ+SIM``: stable only because all who would leave the state at once would regret it.
    """

    dm: int
    state: int
    concept: str
    sanctions: tuple[Sanction, ...] = ()
    joint: bool = False

    @property
    def no_improvement(self) -> bool:
        """Whether it has nowhere better to go."""
        return not self.sanctions


@dataclass(frozen=True, slots=True)
class Unstable:
    """The decision maker has a move that nothing deters.

    Attributes
    ----------
    dm, state, concept
        What the verdict is about.
    improvement : int
        The best of the unsanctioned improvements for the decision maker.
    unsanctioned : tuple of int
        All unsanctioned improvements, in increasing order.
    """

    dm: int
    state: int
    concept: str
    improvement: int
    unsanctioned: tuple[int, ...]


Verdict = Stable | Unstable
