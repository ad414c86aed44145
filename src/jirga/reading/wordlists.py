"""Short lists of words that the rules for actors, places and counts look up, kept in ``data/word_lists.tsv``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files

__all__ = ["word_set"]


@cache
def _lists() -> dict[str, frozenset[str]]:
    text = files("jirga.reading").joinpath("data", "word_lists.tsv").read_text(encoding="utf-8")
    rows = (line.split("\t") for line in text.splitlines() if line and line[0] != "#")
    return {row[0]: frozenset(row[1].split("|")) for row in rows}


def word_set(name: str) -> frozenset[str]:
    """Return one of the lists by its name."""
    return _lists()[name]
