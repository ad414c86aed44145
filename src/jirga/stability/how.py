"""How a result was got: exact or sampled, by which engine, from which model; and numbers with an interval."""

from __future__ import annotations

import hashlib
import math
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from jirga.conflict.types import Conflict
from jirga.stability.game import Game

__all__ = ["How", "Share", "conflict_hash", "game_hash", "wilson"]

CONFIDENCE_Z = 1.959963984540054  # the normal quantile of a two-sided interval of 95 %


@dataclass(frozen=True, slots=True)
class How:
    """The origin of a result.

    Attributes
    ----------
    engine : str
        Which algorithm gave it.
    model_hash : str
        Hash of the numbers it was computed from (see `game_hash`).
    exact : bool
        False when it is an estimate from a sample, or a bound.
    samples, seed : int or None
        Size and seed of the sample, when there is one.
    """

    engine: str
    model_hash: str
    exact: bool = True
    samples: int | None = None
    seed: int | None = None

    def to_json(self) -> dict[str, Any]:
        """Return the origin as plain JSON values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Share:
    """An estimated share with its 95 % Wilson interval.

    Attributes
    ----------
    hits, samples : int
    low, high : float
        Ends of the interval, between 0 and 1.
    """

    hits: int
    samples: int
    low: float
    high: float

    @property
    def value(self) -> float:
        """The share itself."""
        return self.hits / self.samples if self.samples else math.nan

    @classmethod
    def of(cls, hits: int, samples: int) -> Share:
        """Return the share of `hits` among `samples` with its interval."""
        low, high = wilson(hits, samples)
        return cls(hits, samples, low, high)

    def to_json(self) -> dict[str, Any]:
        """Return the share as plain JSON values."""
        return {**asdict(self), "share": self.value if self.samples else None}


def wilson(hits: int, samples: int) -> tuple[float, float]:
    """Return the 95 % score interval of a share (Wilson, 1927).

    Parameters
    ----------
    hits, samples : int
        ``0 <= hits <= samples``; without samples the interval is (0, 1).
    """
    if samples == 0:
        return 0.0, 1.0
    z2 = CONFIDENCE_Z**2
    share = hits / samples
    middle = share + z2 / (2 * samples)
    half = CONFIDENCE_Z * math.sqrt(share * (1 - share) / samples + z2 / (4 * samples**2))
    scale = 1 + z2 / samples
    # At the ends the score interval touches 0 and 1; rounding must not leave them a hair away.
    low = 0.0 if hits == 0 else max(0.0, (middle - half) / scale)
    high = 1.0 if hits == samples else min(1.0, (middle + half) / scale)
    return low, high


def game_hash(game: Game) -> str:
    """Return a hash of all numbers of a game, the same in every process (first 16 hex digits of SHA-256)."""
    digest = hashlib.sha256()
    digest.update(repr((game.dms, game.masks, game.to_yes, game.to_no, game.n_options)).encode())
    if game.codes is not None:
        digest.update(np.ascontiguousarray(game.codes, dtype="<u8").tobytes())
    for ranks in game.ranks:
        digest.update(np.ascontiguousarray(ranks, dtype="<i4").tobytes())
    for indptr, indices in game.arcs or ():
        digest.update(np.ascontiguousarray(indptr, dtype="<i4").tobytes())
        digest.update(np.ascontiguousarray(indices, dtype="<i4").tobytes())
    return digest.hexdigest()[:16]


def conflict_hash(conflict: Conflict) -> str:
    """Return a hash of what a conflict says of options, rules and preferences, for models that are not listed."""
    makers = [
        (
            maker.id,
            maker.options,
            [one.statements for one in maker.preferences],
            maker.ranking,
            dict(maker.weights),
        )
        for maker in conflict.decision_makers
    ]
    options = [[(o.id, o.direction.value) for o in row[1]] for row in makers]
    rules = [(rule.kind, rule.terms) for rule in conflict.infeasible]
    text = repr(([(row[0], *row[2:]) for row in makers], options, rules, conflict.states))
    return hashlib.sha256(text.encode()).hexdigest()[:16]
