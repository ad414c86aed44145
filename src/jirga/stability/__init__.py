"""What holds and why: stability of every state, coalitions, horizons, reasons.

::

    from jirga.stability import Game, explain, solve
    result = solve(game, ("Nash", "SEQ"))
    result.equilibria["SEQ"]
    explain(game, state=3, dm=0, concept="SEQ")
"""

from jirga.stability.batch import Structure, batch_equilibria, batch_words, structure_of
from jirga.stability.coalition import (
    CoalitionImprovement,
    coalition_improvements,
    coalition_stable,
    universally_stable,
)
from jirga.stability.door import explain, solve
from jirga.stability.game import Game
from jirga.stability.horizon import LimitedMove, limited_move, metarational, non_myopic
from jirga.stability.partition import parse_partition, partition_stability
from jirga.stability.types import BASIC, CONCEPTS, Sanction, Stability, Stable, Step, Unstable, Verdict

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
    "structure_of",
    "universally_stable",
]
