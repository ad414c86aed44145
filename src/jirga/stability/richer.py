"""From a conflict file to the stabilities of its richer preferences: what it says of strength, doubt and feeling."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import permutations

import numpy as np

from jirga.conflict.ranking import scores
from jirga.conflict.states import StateSpace, feasible
from jirga.conflict.types import Conflict, DecisionMaker
from jirga.errors import UsageError
from jirga.stability.attitudes import attitude_stability
from jirga.stability.build import to_game
from jirga.stability.edits import places_of, ranks_of_places
from jirga.stability.fuzzy import fuzzy_stability
from jirga.stability.game import IntArray
from jirga.stability.probabilistic import Levels, probabilistic_stability
from jirga.stability.relations import BoolMatrix, RelationalStability
from jirga.stability.strength import StrengthStability, strength_stability, strong_by_gap
from jirga.stability.unknown import FORMS, unknown_from_orders, unknown_from_pairs, unknown_stability

__all__ = ["attitudes_of", "fuzzy_of", "probabilistic_of", "strength_of", "unknown_of"]

EVEN = Levels()
ORDERS_LIMIT = 5_000  # possible orders of one decision maker's statements that are compared


def strength_of(conflict: Conflict) -> StrengthStability:
    """Return strong and weak stability by the ``strength`` of each decision maker (without it: nothing strong)."""
    space = feasible(conflict)
    strong = tuple(
        None if maker.strength is None else strong_by_gap(scores(conflict, maker, space), maker.strength)
        for maker in conflict.decision_makers
    )
    return strength_stability(to_game(conflict, space), strong)


def unknown_of(conflict: Conflict, forms: tuple[str, ...] = FORMS) -> Mapping[str, RelationalStability]:
    """Return the stabilities under unknown preference, by the ``unknown`` of each decision maker.

    A statement whose place is not known may stand at any place; pairs of states on which the orders that this
    leaves differ are unknown.
    """
    space = feasible(conflict)
    unknown = tuple(_unknown(conflict, i, maker, space) for i, maker in enumerate(conflict.decision_makers))
    return unknown_stability(to_game(conflict, space), unknown, forms)


def _unknown(conflict: Conflict, dm: int, maker: DecisionMaker, space: StateSpace) -> BoolMatrix | None:
    pairs = tuple((space.index(u[0]), space.index(u[1])) for u in maker.unknown if not isinstance(u, str))
    loose = {u for u in maker.unknown if isinstance(u, str)}
    found = unknown_from_pairs(space.m, pairs)
    if loose:
        found = found | unknown_from_orders(_possible(conflict, dm, loose, space))
    return found if maker.unknown else None


def _possible(conflict: Conflict, dm: int, loose: set[str], space: StateSpace) -> tuple[IntArray, ...]:
    """Return the ranks under every order that keeps the statements of known place in their order."""
    places = places_of(conflict, dm, space)
    free = [k for k, place in enumerate(places) if set(place.statements) & loose]
    fixed = [k for k in range(len(places)) if k not in free]
    count = 1
    for k in range(len(fixed) + 1, len(places) + 1):
        count *= k
    if count > ORDERS_LIMIT:
        raise UsageError(
            f"{conflict.decision_makers[dm].id}: {len(free)} statements of unknown place leave {count:,} orders; "
            f"at most {ORDERS_LIMIT:,} are compared. Use a sweep (vary unknown) instead."
        )
    found = []
    for spots in permutations(range(len(places)), len(free)):
        order: list[int | None] = [None] * len(places)
        for spot, k in zip(spots, free, strict=True):
            order[spot] = k
        rest = iter(fixed)
        whole = [next(rest) if k is None else k for k in order]
        found.append(ranks_of_places([places[k] for k in whole], space.m))
    return tuple(found)


def fuzzy_of(conflict: Conflict) -> RelationalStability:
    """Return the fuzzy stabilities by the ``fuzzy`` and ``gamma`` of each decision maker (without: its ranking)."""
    makers = conflict.decision_makers
    return fuzzy_stability(
        to_game(conflict),
        tuple(None if maker.fuzzy is None else np.array(maker.fuzzy) for maker in makers),
        tuple(maker.gamma for maker in makers),
    )


def probabilistic_of(conflict: Conflict, levels: Levels = EVEN) -> RelationalStability:
    """Return the probabilistic stabilities by the ``probability`` of each decision maker (without: its ranking)."""
    makers = conflict.decision_makers
    given = tuple(None if maker.probability is None else np.array(maker.probability) for maker in makers)
    return probabilistic_stability(to_game(conflict), given, levels)


def attitudes_of(conflict: Conflict) -> RelationalStability:
    """Return the relational stabilities by the ``attitudes`` of each decision maker.

    Without an entry it is neutral to others and positive to itself.
    """
    names = [maker.id for maker in conflict.decision_makers]
    table = tuple(
        tuple(maker.attitudes.get(name, int(name == maker.id)) for name in names)
        for maker in conflict.decision_makers
    )
    return attitude_stability(to_game(conflict), table)
