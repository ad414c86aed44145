"""Make the countries' Wikidata ids: ``python training/make_wikidata.py``, in an environment that has `rigour`.

The ids stand in the territories of rigour (OpenSanctions, MIT); `countries.tsv` says which countries there are. The
same version gives the same bytes. Ids of groups and bodies are written by hand, in `wikidata.tsv`.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parent.parent / "src" / "jirga" / "reading" / "data" / "gazetteer"
FILE = FOLDER / "wikidata_countries.tsv"
HEAD = "# id\twikidata\tits name there"
CODES = {
    "XKX": "xk", "XAB": "ge-ab", "XSO": "x-so", "XSL": "so-som", "XTN": "cy-trnc", "XTR": "md-pmr",
    "SUN": "suhh", "YUG": "yucs", "CSK": "cshh", "DDR": "dd",
}  # fmt: skip
"""Codes of our own, and of states that are gone, as rigour writes them."""
COUNTRIES = {"DNK": "Q35", "NLD": "Q55"}
"""Where rigour names the whole realm first: the country in Europe, which is among its other ids."""


def rows() -> Iterator[str]:
    """Yield the lines of the file, one for each country that rigour knows."""
    from rigour.territories import get_territory

    for line in (FOLDER / "countries.tsv").read_text(encoding="utf-8").splitlines():
        ident = line.split("\t", 1)[0]
        code = ident.removeprefix("country:")
        found = get_territory(CODES.get(code, code.lower())) if code != ident else None
        if found is None or not found.qid:
            continue
        chosen = COUNTRIES.get(code, found.qid)
        if chosen not in {found.qid, *found.other_qids}:
            raise SystemExit(f"{ident}: rigour no longer knows {chosen}. Look at COUNTRIES.")
        yield f"{ident}\t{chosen}\t{found.name}"


def main() -> None:
    """Write ``wikidata_countries.tsv``."""
    lines = [HEAD, *rows()]
    FILE.write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")
    print(f"{FILE.name}: {len(lines) - 1} lines")


if __name__ == "__main__":
    main()
