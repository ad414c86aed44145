"""What holds and why: stability of every state, coalitions, horizons, reasons.

::

    from jirga.stability import Game, explain, solve
    result = solve(game, ("Nash", "SEQ"))
    result.equilibria["SEQ"]
    explain(game, state=3, dm=0, concept="SEQ")
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from jirga.stability.door import solve
from jirga.stability.explain import explain
from jirga.stability.game import Game
from jirga.stability.types import BASIC, CONCEPTS, Sanction, Stability, Stable, Step, Unstable, Verdict

if TYPE_CHECKING:
    from jirga.stability.batch import Structure, batch_equilibria, batch_words, structure_of
    from jirga.stability.coalition import (
        CoalitionImprovement,
        coalition_improvements,
        coalition_stable,
        universally_stable,
    )
    from jirga.stability.horizon import LimitedMove, limited_move, metarational, non_myopic
    from jirga.stability.partition import parse_partition, partition_stability
    from jirga.stability.symbolic import SymbolicStability, solve_symbolic

__all__ = [
    "BASIC",
    "CONCEPTS",
    "CoalitionImprovement",
    "Game",
    "LimitedMove",
    "Sanction",
    "Stability",
    "Stable",
    "Step",
    "Structure",
    "SymbolicStability",
    "Unstable",
    "Verdict",
    "batch_equilibria",
    "batch_words",
    "coalition_improvements",
    "coalition_stable",
    "explain",
    "limited_move",
    "metarational",
    "non_myopic",
    "parse_partition",
    "partition_stability",
    "solve",
    "solve_symbolic",
    "structure_of",
    "universally_stable",
]

# Imported when first used: a small analysis needs none of them, and each costs time at the start.
_LATER = {
    "batch": ("Structure", "batch_equilibria", "batch_words", "structure_of"),
    "coalition": (
        "CoalitionImprovement",
        "coalition_improvements",
        "coalition_stable",
        "universally_stable",
    ),
    "horizon": ("LimitedMove", "limited_move", "metarational", "non_myopic"),
    "partition": ("parse_partition", "partition_stability"),
    "symbolic": ("SymbolicStability", "solve_symbolic"),
}


def __getattr__(name: str) -> object:
    for module, names in _LATER.items():
        if name in names:
            found: object = getattr(import_module(f"jirga.stability.{module}"), name)
            return found
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
