"""What one report has told so far: its day, its countries, acronyms and people."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from jirga.reading.actors.found import Found
from jirga.reading.actors.gazetteer import Gazetteer

__all__ = ["Scene"]


@dataclass(slots=True)
class Scene:
    """What one report has told so far: its day, its countries, acronyms and people.

    Attributes
    ----------
    gazetteer : Gazetteer
    day : datetime.date or None
    countries : dict of str to int
        How often each country is named, by ISO code; settles which of several towns is meant.
    acronyms : dict of str to Found
        What the text itself brings in, "(TTP)".
    people : dict of str to Found
        Surname, folded, to the person.
    common : set of str
        Words that the report also prints without a capital; alone they are no names.
    long_forms : dict of int to list of Found
        Names in full that stand before their acronym in a passage, by its parse's ``id``.
    compass : dict of str to set of str
        "north" to the countries named whose names begin with it.
    short : dict of str to Found
        First word, folded, of a name of several words to who bears it: "Northgate" of "Northgate Terminals".
    heads, firsts : dict of str to Found
        Last and first word, folded, of a group's name in full to the group: "Front", "Hill" of "Hill Liberation Front".
    houses : set of str
        Names of one word that have presidents, members or spokesmen of their own.
    full : dict of str to str
        Surname, folded, to the one full name of a person that ends in it.
    """

    gazetteer: Gazetteer
    day: date | None
    countries: dict[str, int] = field(default_factory=dict)
    acronyms: dict[str, Found] = field(default_factory=dict)
    people: dict[str, Found] = field(default_factory=dict)
    common: set[str] = field(default_factory=set)
    long_forms: dict[int, list[Found]] = field(default_factory=dict)
    compass: dict[str, set[str]] = field(default_factory=dict)
    short: dict[str, Found] = field(default_factory=dict)
    heads: dict[str, Found] = field(default_factory=dict)
    firsts: dict[str, Found] = field(default_factory=dict)
    houses: set[str] = field(default_factory=set)
    full: dict[str, str] = field(default_factory=dict)
