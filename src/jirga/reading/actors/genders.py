"""Whether a person is a she or a he: by a title, by a pronoun that was settled before, else by the first name."""

from __future__ import annotations

from functools import lru_cache

from jirga.reading.actors.found import Found
from jirga.reading.actors.words import fold
from jirga.reading.wordlists import word_set

__all__ = ["gender_of"]

_HER, _HIS = word_set("persons her"), word_set("persons his")


def gender_of(found: Found, told: dict[str, str]) -> str:
    """Return ``f``, ``m`` or an empty string where nothing tells.

    Parameters
    ----------
    found : Found
        A person.
    told : dict of str to str
        Id of a person to what earlier pronouns told.
    """
    return found.gender or told.get(found.id, "") or by_first_name(found.name)


@lru_cache(maxsize=4096)
def by_first_name(name: str) -> str:
    """Return ``f`` or ``m`` where the first word of a full name is mostly a woman's or a man's, else an empty string."""
    first = fold(name.split(" ", 1)[0]) if " " in name else ""
    return "f" if first in _HER else "m" if first in _HIS else ""
