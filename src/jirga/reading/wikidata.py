"""Wikidata ids of known actors, so that a record can be joined with other people's data."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["wikidata_id"]


def wikidata_id(identity: str) -> str | None:
    """Return the Wikidata id of an actor, such as ``Q843`` for ``country:PAK``, or None when none is known for sure.

    Parameters
    ----------
    identity : str
        A gazetteer id. Parts of a party, persons and unknown names have no id here.
    """
    return _ids().get(identity)


@cache
def _ids() -> dict[str, str]:
    found = {}
    for name in ("wikidata_countries.tsv", "wikidata.tsv"):
        text = files("jirga.reading").joinpath("data", "gazetteer", name).read_text(encoding="utf-8")
        for line in text.splitlines():
            if not line.startswith("#"):
                identity, item, _ = line.split("\t", 2)
                found[identity] = item
    return found
