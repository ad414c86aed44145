"""From the richer keys of a conflict file to the analyses that they ask for."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from itertools import product
from typing import Any

from jirga.conflict.ranking import ranks, scores
from jirga.conflict.states import StateSpace
from jirga.conflict.types import Conflict, DecisionMaker, Preference
from jirga.errors import TooLargeError
from jirga.stability.attitudes import attitude_stability
from jirga.stability.fuzzy import fuzzy_stability
from jirga.stability.game import Game, IntArray
from jirga.stability.hypergame import own_games, play
from jirga.stability.probabilistic import Levels, probabilistic_stability
from jirga.stability.relations import BoolMatrix
from jirga.stability.strength import strength_stability, strong_by_gap
from jirga.stability.unknown import unknown_from_orders, unknown_from_pairs, unknown_stability

__all__ = ["possible_orders", "richer_analyses"]

MOST_ORDERS = (
    2_000  # ways to place the statements whose place is not known; more are not told apart by anybody
)

Form = Mapping[str, Any]


def richer_analyses(
    conflict: Conflict, space: StateSpace, game: Game, levels: Levels | None = None
) -> dict[str, dict[str, Form]]:
    """Analyse what stands beside the ordinary preferences of a conflict.

    Parameters
    ----------
    conflict : Conflict
    space : StateSpace
    game : Game
        Its ordinal game.
    levels : Levels or None
        For probabilistic preferences; all three 0.5 unless told.

    Returns
    -------
    dict of str to dict of str to mapping
        By key of the file (``strength``, ``unknown``, ``fuzzy``, ``probability``, ``attitudes``, ``perceives``) and
        form; only the keys that some decision maker has. Each form has ``equilibria`` by concept, states from 1;
        or ``why_not`` when the model is too large for it.
    """
    makers = conflict.decision_makers
    wanted = {
        "strength": any(dm.strength is not None for dm in makers),
        "unknown": any(dm.unknown for dm in makers),
        "fuzzy": any(dm.fuzzy is not None for dm in makers),
        "probability": any(dm.probability is not None for dm in makers),
        "attitudes": any(dm.attitudes for dm in makers),
        "perceives": any(dm.perceives is not None for dm in makers),
    }
    run: dict[str, Callable[[], dict[str, Form]]] = {
        "strength": lambda: _strength(conflict, space, game),
        "unknown": lambda: _unknown(conflict, space, game),
        "fuzzy": lambda: _fuzzy(conflict, game),
        "probability": lambda: _probability(conflict, game, levels or Levels()),
        "attitudes": lambda: _attitudes(conflict, game),
        "perceives": lambda: {"hypergame": play(own_games(conflict, space, game), game.m).to_json()},
    }
    out: dict[str, dict[str, Form]] = {}
    for key in (key for key, asked in wanted.items() if asked):
        try:
            out[key] = run[key]()
        except TooLargeError as error:
            out[key] = {key: {"equilibria": {}, "why_not": str(error)}}
    return out


def _strength(conflict: Conflict, space: StateSpace, game: Game) -> dict[str, Form]:
    strong = tuple(
        None if dm.strength is None else strong_by_gap(scores(conflict, dm, space), dm.strength)
        for dm in conflict.decision_makers
    )
    found = strength_stability(game, strong)
    return {"general": found.general.to_json(), "strong": found.strong.to_json()}


def possible_orders(conflict: Conflict, dm: DecisionMaker, space: StateSpace) -> tuple[IntArray, ...]:
    """Return the ranks of every order that the statements of unknown place allow.

    Raises
    ------
    TooLargeError
        When there are more than 2,000 such orders.
    """
    loose = [text for text in dm.unknown if isinstance(text, str)]
    fixed = [
        place for place in dm.preferences if not (len(place.statements) == 1 and place.statements[0] in loose)
    ]
    count = 1
    for at in range(len(loose)):
        count *= len(fixed) + at + 1
    if count > MOST_ORDERS:
        raise TooLargeError(
            f"{dm.id} has {len(loose)} statements of unknown place, which make {count:,} orders; at most "
            f"{MOST_ORDERS:,} are compared. Name fewer, or use a sweep."
        )
    out = []
    for places in product(*(range(len(fixed) + at + 1) for at in range(len(loose)))):
        order = list(fixed)
        for text, place in zip(loose, places, strict=True):
            order.insert(place, Preference((text,)))
        out.append(ranks(conflict, replace(dm, preferences=tuple(order), ranking=(), weights={}), space))
    return tuple(out)


def _unknown(conflict: Conflict, space: StateSpace, game: Game) -> dict[str, Form]:
    hidden: list[BoolMatrix | None] = []
    for dm in conflict.decision_makers:
        pairs = tuple(
            (space.index(part[0]), space.index(part[1])) for part in dm.unknown if not isinstance(part, str)
        )
        relation = unknown_from_pairs(game.m, pairs)
        if any(isinstance(part, str) for part in dm.unknown):
            relation = relation | unknown_from_orders(possible_orders(conflict, dm, space))
        hidden.append(relation if dm.unknown else None)
    return {form: found.to_json() for form, found in unknown_stability(game, tuple(hidden)).items()}


def _fuzzy(conflict: Conflict, game: Game) -> dict[str, Form]:
    makers = conflict.decision_makers
    found = fuzzy_stability(game, tuple(dm.fuzzy for dm in makers), tuple(dm.gamma for dm in makers))
    return {"fuzzy": found.to_json()}


def _probability(conflict: Conflict, game: Game, levels: Levels) -> dict[str, Form]:
    found = probabilistic_stability(game, tuple(dm.probability for dm in conflict.decision_makers), levels)
    return {
        "probability": {**found.to_json(), "alpha": levels.alpha, "beta": levels.beta, "gamma": levels.gamma}
    }


def _attitudes(conflict: Conflict, game: Game) -> dict[str, Form]:
    rows = tuple(
        tuple(dm.attitudes.get(other.id, 1 if other is dm else 0) for other in conflict.decision_makers)
        for dm in conflict.decision_makers
    )
    return {"attitudes": attitude_stability(game, rows).to_json()}
