"""Towns, provinces and regions of the gazetteer, and which of several with one name is meant."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from jirga.reading.actors.gazetteer import raw, table
from jirga.reading.actors.words import join
from jirga.reading.wordlists import word_set

__all__ = ["PlaceEntry", "Places"]

CACHE = 20_000  # names remembered before the memory is wiped
_LARGE = 100_000  # inhabitants of a city that reports know without its country
_NAMESAKE = 6  # times as large
_SURROUNDINGS = word_set("places surroundings")


@dataclass(frozen=True, slots=True)
class PlaceEntry:
    """A known place: ``place:<GeoNames id>``, ``place:<ISO 3166-2 code>`` or ``place:region:<slug>``; its country's id."""

    id: str
    name: str
    country: str | None
    inhabitants: int


class Places:
    """Places by name.

    The table of 80,000 names is kept as the bytes of its file, sorted by name, and searched there: to make a dictionary of
    it would take a fifth of a second at every start.
    """

    def __init__(self, regions: Mapping[str, Sequence[str]], sorted_lines: bytes) -> None:
        self._regions, self._lines = regions, sorted_lines
        self._known: dict[str, tuple[PlaceEntry, ...]] = {}

    @classmethod
    @cache
    def default(cls) -> Places:
        """Return the package's places; read once."""
        regions: dict[str, list[str]] = {}
        for row in table("regions.tsv"):
            line = f"region:{row[0]}\t{row[1]}\t{row[3]}\t0"
            for name in [row[1], *row[2].split("|")] if row[2] else [row[1]]:
                regions.setdefault(join(name), []).append(line)
        _, _, lines = raw("places.tsv").partition(b"\n")  # the first line names the columns
        return cls(regions, lines)

    def of_key(self, key: str) -> tuple[PlaceEntry, ...]:
        """Return the places of a folded name, regions first, then towns by size."""
        found = self._known.get(key)
        if found is None:
            if len(self._known) >= CACHE:
                self._known.clear()
            lines = [*self._regions.get(key, ()), *self._listed(key)]
            found = self._known[key] = tuple(map(_entry, lines))
        return found

    def _listed(self, key: str) -> Iterator[str]:
        """Yield the lines of a key: a search by halves for the first of them, by the bytes at which lines begin."""
        lines, wanted = self._lines, key.encode()
        low, high = 0, len(lines)
        while low < high:
            begin = lines.rfind(b"\n", 0, (low + high) // 2) + 1
            if lines[begin : lines.index(b"\t", begin)] < wanted:
                low = lines.index(b"\n", begin) + 1
            else:
                high = begin
        start = wanted + b"\t"
        while lines.startswith(start, low):
            end = lines.index(b"\n", low)
            yield lines[low + len(start) : end].decode()
            low = end + 1

    def find(self, name: str, countries: Mapping[str, int]) -> PlaceEntry | None:
        """Return the place of a name, or None.

        Parameters
        ----------
        name : str
            As printed; words around the name proper ("northern", "province") may stand with it.
        countries : mapping of str to int
            How often the report names each country (ISO code): a place in one of them goes before a larger one elsewhere,
            unless it is a small namesake of a city ("Geneva" in Illinois).
        """
        key = join(name)
        known = self.of_key(key)
        if not known:
            core = [w for w in key.split(" ") if w not in _SURROUNDINGS]
            known = self.of_key(" ".join(core)) if core else ()
        if not known:
            return None
        large = max(e.inhabitants for e in known)

        def fits(entry: PlaceEntry) -> tuple[bool, bool, int]:
            told = countries.get((entry.country or "")[8:], 0) > 0
            namesake = large >= _LARGE and 0 < entry.inhabitants * _NAMESAKE < large
            return told and not namesake, ":region:" in entry.id, entry.inhabitants

        return max(known, key=fits)

    def is_region(self, name: str) -> bool:
        """Tell whether a province or a region has a name, whatever towns have it too."""
        return any(not e.id.removeprefix("place:").isdigit() for e in self.of_key(join(name)))


def _entry(line: str) -> PlaceEntry:
    identity, name, code, size = line.split("\t")
    return PlaceEntry(f"place:{identity}", name, f"country:{code}" if code else None, int(size))
