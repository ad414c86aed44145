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
from itertools import permutations
from typing import Any

import numpy as np

from jirga.conflict.states import feasible
from jirga.conflict.types import Conflict
from jirga.stability.batch import batch_words, structure_of
from jirga.stability.build import to_game
from jirga.stability.conditions import Condition, condition
from jirga.stability.game import Game
from jirga.stability.how import How, Share, game_hash
from jirga.stability.ranking_change import RankingChange, nearest_ranking
from jirga.stability.ranking_count import RankingCount, count_rankings

__all__ = ["DmInverse", "Inverse", "inverse", "inverses"]

LISTED = 1_000_000  # profiles up to which all are gone through: six states and two decision makers
CHUNK = 8192
BATCHED_STATES = 64
SHOWN = 3  # states whose condition is told
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
        Of all (m!)^n profiles of strict rankings those under which the state is an equilibrium. For Nash, GMR
        and SMR the product of the decision makers' counts. Under SEQ and SSEQ what deters one is what the
        others want, so there is no such product: up to `LISTED` profiles are gone through; of more there is no
        exact count, and `profile_share` estimates it. None when not counted.
    profile_share : Fraction or Share or None
        The same as a part of all profiles, exact or sampled; None when it is neither.
    how : How
    """

    state: int
    concept: str
    dms: tuple[DmInverse, ...]
    profiles: int | None
    how: How
    profile_share: Fraction | Share | None = None

    @property
    def holds(self) -> bool:
        """Whether the state is an equilibrium as things are."""
        return all(one.holds for one in self.dms)

    def to_json(self) -> dict[str, Any]:
        """Return the answer as plain JSON values, states numbered from 1."""
        share = self.profile_share
        return {
            "state": self.state + 1,
            "concept": self.concept,
            "holds": self.holds,
            "decision_makers": [one.to_json() for one in self.dms],
            "profiles": None if self.profiles is None else str(self.profiles),
            "profile_share": share.to_json()
            if isinstance(share, Share)
            else None
            if share is None
            else str(share),
            "how": self.how.to_json(),
        }


def inverse(game: Game, state: int, concept: str, *, samples: int = 20_000, seed: int = 0) -> Inverse:
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

    Raises
    ------
    UsageError
        For another concept or state.
    """
    model = game_hash(game)
    found = tuple(_one(game, i, state, concept, model, (samples, seed)) for i in range(game.n))
    profiles, share = _profiles(game, state, concept, found, (samples, seed))
    exact = all(one.count.count is not None for one in found) and not isinstance(share, Share)
    sampled = (None, None) if exact else (samples, seed)
    return Inverse(state, concept, found, profiles, How("inverse", model, exact, *sampled), share)


def inverses(conflict: Conflict, states: Sequence[int], concepts: Sequence[str]) -> tuple[Inverse, ...]:
    """Return the inverse of the first few of some states, under each concept.

    Parameters
    ----------
    conflict : Conflict
    states : sequence of int
        From 0; those beyond the first `SHOWN` are left out.
    concepts : sequence of str
    """
    game = to_game(conflict, feasible(conflict))
    return tuple(inverse(game, state, concept) for concept in concepts for state in states[:SHOWN])


def _profiles(
    game: Game, state: int, concept: str, found: Sequence[DmInverse], sampling: tuple[int, int]
) -> tuple[int | None, Fraction | Share | None]:
    """Count the profiles of strict rankings under which the state is an equilibrium, or estimate their share."""
    total = math.prod(one.count.total for one in found)
    if concept in OWN_ONLY:
        shares = [one.count.share for one in found]
        if all(isinstance(share, Fraction) for share in shares):
            whole = math.prod((share for share in shares if isinstance(share, Fraction)), start=Fraction(1))
            return int(total * whole), whole
    if game.m > BATCHED_STATES:
        return None, None
    structure, bit = structure_of(game), np.uint64(1 << state)
    if total <= LISTED:
        orders = np.array(list(permutations(range(game.m))), dtype=np.int32)
        hits = 0
        for first in range(0, total, CHUNK):
            at = np.unravel_index(np.arange(first, min(first + CHUNK, total)), [len(orders)] * game.n)
            ranks = np.stack([orders[row] for row in at], axis=1)
            hits += int(np.count_nonzero(batch_words(structure, ranks, (concept,))[:, 0] & bit))
        return hits, Fraction(hits, total)
    samples, seed = sampling
    rng = np.random.default_rng(seed)
    ranks = np.argsort(rng.random((samples, game.n, game.m)), axis=2).astype(np.int32)
    hits = int(np.count_nonzero(batch_words(structure, ranks, (concept,))[:, 0] & bit))
    return None, Share.of(hits, samples)


def _one(game: Game, dm: int, state: int, concept: str, model: str, sampling: tuple[int, int]) -> DmInverse:
    asked = condition(game, dm, state, concept)
    rank = game.ranks[dm]
    holds = asked.holds({s for s in asked.states if rank[s] > rank[state]})
    count = count_rankings(asked, game.m, model, samples=sampling[0], seed=sampling[1])
    nearest = nearest_ranking(asked, rank, stable=not holds)
    return DmInverse(game.dms[dm], holds, asked, count, nearest)
