"""The inverse question for one state: which rankings make it an equilibrium, how many, and which is nearest.

Kinsara, Kilgour and Hipel (2015), *Inverse approach to the graph model for conflict resolution*, IEEE
Transactions on SMC: Systems 45(5). The conditions are exact (`jirga.stability.conditions`), the number of
rankings too unless it says that it was sampled, and the nearest ranking is found per decision maker, the
others as they are.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from jirga.stability.conditions import Condition, condition
from jirga.stability.game import Game
from jirga.stability.how import How, game_hash
from jirga.stability.ranking_change import RankingChange, nearest_ranking
from jirga.stability.ranking_count import RankingCount, count_rankings

__all__ = ["DmInverse", "Inverse", "inverse"]

OWN_ONLY = ("Nash", "GMR", "SMR")  # concepts where nobody's stability depends on the others' preferences


@dataclass(frozen=True, slots=True)
class DmInverse:
    """What one decision maker's ranking has to be.

    Attributes
    ----------
    dm : str
    holds : bool
        Whether the state is stable for it as things are.
    condition : Condition
    count : RankingCount
        Strict rankings of this decision maker that satisfy it.
    nearest : RankingChange or None
        The smallest change of its ranking that turns the verdict round; None when no ranking does.
    """

    dm: str
    holds: bool
    condition: Condition
    count: RankingCount
    nearest: RankingChange | None

    def to_json(self) -> dict[str, Any]:
        """Return it as plain JSON values, states numbered from 1."""
        return {
            "dm": self.dm,
            "holds": self.holds,
            "condition": self.condition.to_json(),
            "rankings": self.count.to_json(),
            "nearest": None if self.nearest is None else self.nearest.to_json(),
        }


@dataclass(frozen=True, slots=True)
class Inverse:
    """The answer for one state and one concept.

    Attributes
    ----------
    state : int
        From 0.
    concept : str
    dms : tuple of DmInverse
    profiles : int or None
        Of all (m!)^n profiles of strict rankings those under which the state is an equilibrium: exact for
        Nash, GMR and SMR, where it is the product of the decision makers' counts; None otherwise.
    how : How
    """

    state: int
    concept: str
    dms: tuple[DmInverse, ...]
    profiles: int | None
    how: How

    @property
    def holds(self) -> bool:
        """Whether the state is an equilibrium as things are."""
        return all(one.holds for one in self.dms)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as plain JSON values, states numbered from 1."""
        return {
            "state": self.state + 1,
            "concept": self.concept,
            "holds": self.holds,
            "decision_makers": [one.to_json() for one in self.dms],
            "profiles": None if self.profiles is None else str(self.profiles),
            "how": self.how.to_json(),
        }


def inverse(
    game: Game, state: int, concept: str, *, samples: int = 20_000, seed: int = 0, limit_s: float = 2.0
) -> Inverse:
    """Return conditions, counts and nearest rankings for one state.

    Parameters
    ----------
    game : Game
    state : int
        From 0.
    concept : str
        Nash, GMR, SMR, SEQ or SSEQ.
    samples, seed : int
        For counts that are out of exact reach.
    limit_s : float
        Seconds for each 0-1 program among tied states.

    Raises
    ------
    UsageError
        For another concept or state.
    """
    model = game_hash(game)
    found = tuple(_one(game, i, state, concept, model, (samples, seed), limit_s) for i in range(game.n))
    exact = all(one.count.count is not None for one in found)
    profiles = _product(found) if concept in OWN_ONLY and exact else None
    sampled = (None, None) if exact else (samples, seed)
    return Inverse(state, concept, found, profiles, How("inverse", model, exact, *sampled))


def _one(
    game: Game, dm: int, state: int, concept: str, model: str, sampling: tuple[int, int], limit_s: float
) -> DmInverse:
    asked = condition(game, dm, state, concept)
    rank = game.ranks[dm]
    holds = asked.holds({s for s in asked.states if rank[s] > rank[state]})
    count = count_rankings(asked, game.m, model, samples=sampling[0], seed=sampling[1])
    nearest = nearest_ranking(asked, rank, stable=not holds, limit_s=limit_s)
    return DmInverse(game.dms[dm], holds, asked, count, nearest)


def _product(found: Sequence[DmInverse]) -> int:
    shares = [one.count.share for one in found]
    total = math.prod(one.count.total for one in found)
    return int(total * math.prod(share for share in shares if isinstance(share, Fraction)))
