"""Towns, provinces and regions of the gazetteer, and which of several with one name is meant."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jirga.reading.actors.gazetteer import lines, table
from jirga.reading.actors.words import join
from jirga.reading.wordlists import word_set

__all__ = ["PlaceEntry", "Places"]

_SURROUNDINGS = word_set("places surroundings")


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A known place: ``place:<GeoNames id>``, ``place:<ISO 3166-2 code>`` or ``place:region:<slug>``; its country's id."""

    id: str
    name: str
    country: str | None
    inhabitants: int


class Places:
    """Places by name."""

    def __init__(self) -> None:
        self._by_name: dict[str, list[str]] = {}

    @classmethod
    @cache
    def default(cls) -> Places:
        """Return the package's places; read once."""
        made = cls()
        names = made._by_name
        for row in table("regions.tsv"):
            line = f"region:{row[0]}\t{row[1]}\t{row[3]}\t0"
            for name in [row[1], *row[2].split("|")] if row[2] else [row[1]]:
                names.setdefault(join(name), []).append(line)
        for full in lines("places.tsv"):  # 46,000 lines: split only when one is asked for
            line, _, keys = full.rpartition("\t")
            for key in keys.split("|"):
                names.setdefault(key, []).append(line)
        return made

    def find(self, name: str, countries: Mapping[str, int]) -> PlaceEntry | None:
        """Return the place of a name, or None.

        Parameters
        ----------
        name : str
            As printed; words around the name proper ("northern", "province") may stand with it.
        countries : mapping of str to int
            How often the report names each country (ISO code): a place in one of them goes before a larger one elsewhere.
        """
        key = join(name)
        known = self._by_name.get(key)
        if known is None:
            core = [w for w in key.split(" ") if w not in _SURROUNDINGS]
            known = self._by_name.get(" ".join(core)) if core else None
        if not known:
            return None
        entries = [_entry(line) for line in known]
        return max(
            entries,
            key=lambda e: (countries.get((e.country or "")[8:], 0) > 0, ":region:" in e.id, e.inhabitants),
        )


def _entry(line: str) -> PlaceEntry:
    identity, name, code, size = line.split("\t")
    return PlaceEntry(f"place:{identity}", name, f"country:{code}" if code else None, int(size))
