"""Common nouns for actors, offices, and the words that settle what a capital's name stands for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from jirga.reading.actors.gazetteer import table
from jirga.reading.actors.words import join

__all__ = ["Lexicon", "Noun", "lexicon"]

_CALENDAR = (
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august "
    "september october november december mon tue wed thu fri sat sun jan feb mar apr jun jul aug sep sept oct nov dec "
    "ramadan eid christmas easter ramzan diwali nowruz hanukkah passover gmt est utc ist am pm i english arabic"
)


@dataclass(frozen=True, slots=True)
class Noun:
    """A common noun (or several words) for actors: its class and the part of a party that it names."""

    group: str
    part: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The words of ``nouns.tsv``, ``titles.tsv`` and ``metonymy.tsv``.

    Attributes
    ----------
    nouns : mapping of str to Noun
        By folded words with blanks.
    titles : mapping of str to str
        Office, folded, to its class.
    title_words : frozenset of str
        Words that offices are made of.
    metonymy : mapping of str to frozenset of str
    calendar : frozenset of str
        Capitalised words that are no names of actors.
    """

    nouns: Mapping[str, Noun]
    titles: Mapping[str, str]
    title_words: frozenset[str]
    metonymy: Mapping[str, frozenset[str]]
    calendar: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """Return the words, read once."""
    nouns: dict[str, Noun] = {}
    for row in table("nouns.tsv"):
        for word in row[1].split("|"):
            nouns.setdefault(join(word), Noun(row[0], row[2]))
    titles = {join(word): row[0] for row in table("titles.tsv") for word in row[1].split("|")}
    small = {"of", "for", "and", "the", "general", "in"}
    title_words = frozenset(w for t in titles for w in t.split(" ") if w not in small) | {
        "gen",
        "field",
        "general",
    }
    metonymy = {row[0]: frozenset(row[1].split("|")) for row in table("metonymy.tsv")}
    return Lexicon(nouns, titles, title_words, metonymy, frozenset(_CALENDAR.split()))
