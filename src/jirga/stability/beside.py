"""Which of the richer analyses a conflict file asks for, run and gathered as plain values."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from jirga.conflict.types import Conflict
from jirga.errors import TooLargeError, UsageError
from jirga.stability.hypergame import hypergame_of
from jirga.stability.richer import attitudes_of, fuzzy_of, probabilistic_of, strength_of, unknown_of

__all__ = ["beside"]

Form = Mapping[str, Any]


def beside(conflict: Conflict) -> dict[str, dict[str, Form]]:
    """Analyse what stands beside the ordinary preferences of a conflict.

    Parameters
    ----------
    conflict : Conflict

    Returns
    -------
    dict of str to dict of str to mapping
        By key of the file (``strength``, ``unknown``, ``fuzzy``, ``probability``, ``attitudes``, ``perceives``)
        and form; only the keys that some decision maker has. Each form has ``equilibria`` by concept, states from
        1; or ``why_not`` when the model is too large for it.
    """
    makers = conflict.decision_makers
    run: dict[str, tuple[bool, Callable[[Conflict], dict[str, Form]]]] = {
        "strength": (any(dm.strength is not None for dm in makers), _strength),
        "unknown": (any(dm.unknown for dm in makers), _unknown),
        "fuzzy": (any(dm.fuzzy is not None for dm in makers), lambda c: {"fuzzy": fuzzy_of(c).to_json()}),
        "probability": (
            any(dm.probability is not None for dm in makers),
            lambda c: {"probability": probabilistic_of(c).to_json()},
        ),
        "attitudes": (any(dm.attitudes for dm in makers), lambda c: {"attitudes": attitudes_of(c).to_json()}),
        "perceives": (any(dm.perceives is not None for dm in makers), _perceives),
    }
    out: dict[str, dict[str, Form]] = {}
    for key, (asked, analyse) in run.items():
        if asked:
            try:
                out[key] = analyse(conflict)
            except (TooLargeError, UsageError) as error:
                out[key] = {key: {"equilibria": {}, "why_not": str(error)}}
    return out


def _strength(conflict: Conflict) -> dict[str, Form]:
    found = strength_of(conflict)
    return {"general": found.general.to_json(), "strong": found.strong.to_json()}


def _unknown(conflict: Conflict) -> dict[str, Form]:
    return {form: found.to_json() for form, found in unknown_of(conflict).items()}


def _perceives(conflict: Conflict) -> dict[str, Form]:
    found = hypergame_of(conflict).to_json()
    return {"hypergame": {"equilibria": found["holds"], **found}}
