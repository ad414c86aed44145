"""One name that reports take for several things: "Dravia" a country, a person, a place; "Dravian" its adjective.

No list knows such names, so that each report tells by its own words what they are. Here they become one, by counts of
reports: they add up in any order and can be taken off again.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from jirga.reading.actors.adjectives import derived, stem
from jirga.reading.wordlists import word_set

__all__ = ["name_keys", "same_as"]

_NAMING, _SMALL = word_set("names naming"), word_set("shortened small")
_ANYBODY = ("country", "actor", "person")
_PLACE = "place:text:"
_SHORTEST = 4  # letters of a name that adjectives are made from
_LETTERS = 3  # of an acronym


def _word(actor: str) -> str:
    """Return the one word that an id has for a name that no list knows, or an empty string."""
    kind, _, name = actor.partition(":")
    name = actor[len(_PLACE) :] if actor.startswith(_PLACE) else name if kind in _ANYBODY else ""
    return name if name.isalpha() and name.islower() else ""


def _initials(actor: str) -> str:
    """Return the letters that stand for a group's name in full: "hlf" for ``actor:hill-liberation-front``."""
    words = actor.removeprefix("actor:").split("-") if actor.startswith("actor:") else []
    if len(words) < _LETTERS or not _NAMING.intersection(words):
        return ""
    return "".join(word[:1] for word in words if word not in _SMALL)


def name_keys(actor: str, acts: bool = True) -> tuple[str, ...]:
    """Return the keys under which an actor is counted, so that those that may be the same share one.

    Parameters
    ----------
    actor : str
        Id of one that is told of by a name.
    acts : bool
        Whether it does anything; a town is only one with somebody who does.
    """
    word, letters = _word(actor), _initials(actor)
    if actor.startswith(_PLACE):
        return (f"@{word}",) if len(word) >= _SHORTEST else ()
    return (*_keys(actor, word, letters), *((f"@{word}",) if acts and len(word) >= _SHORTEST else ()))


def _keys(actor: str, word: str, letters: str) -> tuple[str, ...]:
    stems = (stem(word),) if len(word) >= _SHORTEST else ()
    short = word if actor.startswith("actor:") and len(word) >= _LETTERS else letters
    return (*stems, f"={short}") if len(short) >= _LETTERS else stems


def same_as(actor: str, counted: Callable[[str], Mapping[str, int]]) -> str | None:
    """Return the actor of the same name that one belongs to, or None when it is the first of its name.

    Parameters
    ----------
    actor : str
    counted : callable
        Key to the actors that are counted under it and in how many reports.

    Notes
    -----
    1. Letters are those of the one group whose name in full they spell. 2. Of the same word, or a word and an adjective
    made from it where either is a country, the country goes first, the word that others are made from, what most
    reports take it for. The order is one for all, so that no two belong to each other.
    """
    word = _word(actor)
    if not word:
        return None
    if actor.startswith("actor:"):
        spelled = counted(f"={word}")
        full = [one for one in spelled if _initials(one)]
        if len(full) == 1 and actor in spelled:
            return full[0]
    if len(word) < _SHORTEST:
        return None
    alike = counted(f"@{word}" if actor.startswith(_PLACE) else stem(word))
    if actor not in alike:
        return None  # no report tells of it by a name
    words = {_word(one) for one in alike}
    first = min(
        (one for one in alike if _fits(actor, one)), key=lambda one: _rank(one, words, alike), default=actor
    )
    return first if _rank(first, words, alike) < _rank(actor, words, alike) else None


def _rank(one: str, words: set[str], counts: Mapping[str, int]) -> tuple[bool, bool, bool, int, str]:
    word = _word(one)
    made = any(derived(word, other) for other in words)
    return not one.startswith("country:"), made, one.startswith(_PLACE), -counts.get(one, 0), one


def _fits(actor: str, other: str) -> bool:
    """Tell whether two may be one: by the same word, or by a country's name and its adjective."""
    kinds = {actor.partition(":")[0], other.partition(":")[0]}
    one, two = _word(actor), _word(other)
    if one == two:
        return kinds != {"person", "place"}
    return "person" not in kinds and "country" in kinds and (derived(one, two) or derived(two, one))
