"""Counts from which it follows who belongs to whom and what each party does: they add up over reports, and can be taken off.

What a report adds is counted once, from its reading alone. The sum over all reports, in any order, is all that joining actors
and describing parties needs, so one report more or less changes the sum by what it says and nothing else.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import Protocol

from jirga.reading.types import ActorMention, Mention, Reading, Statement
from jirga.record.alliances import AGAINST, told_parts
from jirga.record.samename import name_keys

__all__ = ["Counted", "Tallies", "Tally", "kinds_of", "known_in", "tally_of"]

Tally = Counter[tuple[str, str, str]]
"""How often: by kind (below), who it is counted of, and with which other or in which words (empty where there is none)."""

# Of actors, from readings as they are.
KNOWN = "known"  # reports that name the actor
OF = "of"  # mentions that say it is of another one
KIND = "kind"  # mentions of each kind and way of naming; see `kinds_of`
CAPITAL = "capital"  # mentions with a capital, of an actor that no list knows: a name
NAME, WORDS = (
    "name",
    "words",
)  # of those that name no place: display name, words as printed where they are others
ELSE = {NAME: "other name", WORDS: "other words"}  # the same of descriptions and titles
PAIR = "pair"  # statements that set it against another one, the smaller id first
AGAINST_IT = "against"  # the same, both ways, of types that tell of opponents
ACTING, ACTED_ON = "acting", "acted on"  # times that it acts in a statement, or is acted on
SAME = "same"  # reports that name, in words that other names may share, an actor that no list knows; see `samename`
TOLD_PART = "told part"  # times that it is told to be part of another one

BY_NAME, BY_ELSE, BY_PRONOUN = "/name", "/else", "/pronoun"
OWN_NAME = frozenset({"name", "demonym", "capital", "acronym"})
LONGEST = 200  # letters of a name that are kept: a server's index holds no longer ones


class Tallies(Protocol):
    """The sum of the counts of all reports."""

    def about(self, kind: str, one: str) -> Mapping[str, int]:
        """Return how often, by the other; empty when never."""

    def ones(self, kind: str) -> Iterable[str]:
        """Return all of whom something of a kind is counted."""


class Counted:
    """The sum of tallies, in memory.

    Parameters
    ----------
    tallies : iterable of Tally
    """

    def __init__(self, tallies: Iterable[Tally]) -> None:
        self.sums: dict[str, dict[str, dict[str, int]]] = defaultdict(dict)
        for tally in tallies:
            self.add(tally)

    def add(self, tally: Tally) -> None:
        """Add what one more report says."""
        for (kind, one, other), count in tally.items():
            others = self.sums[kind].setdefault(one, {})
            others[other] = others.get(other, 0) + count

    def about(self, kind: str, one: str) -> Mapping[str, int]:
        """Return how often, by the other."""
        return self.sums[kind].get(one, {})

    def ones(self, kind: str) -> Iterable[str]:
        """Return all of whom something of a kind is counted."""
        return self.sums[kind].keys()


def tally_of(reading: Reading) -> Tally:
    """Count what one reading says of actors, before people's decisions.

    Parameters
    ----------
    reading : Reading
        As it was read.

    Returns
    -------
    Tally
    """
    tally: Tally = Counter()
    named = {m.id for m in reading.mentions if m.how in OWN_NAME}
    acting = {a.id for s in reading.statements for a in s.actors}
    tally.update(
        {(SAME, key, one): 1 for one in named for key in name_keys(one, one in acting or _is_state(one))}
    )
    for (one, kind, of, how, name, words), count in Counter(map(_seen, reading.mentions)).items():
        way = BY_NAME if how in OWN_NAME else BY_PRONOUN if how == "pronoun" else BY_ELSE
        tally[KIND, one, kind + way] += count
        if of and of != one:
            tally[OF, one, of] += count
        parts = words.split()
        shown_first = 0 if way == BY_NAME else 1  # "Eight civilians": a sentence begins with it
        told = (*name.split()[shown_first:], *parts[1:])
        if one.startswith("actor:") and any(word[:1].isupper() for word in told):
            tally[CAPITAL, one, ""] += count
        if kind != "place" and way != BY_PRONOUN:
            shown, printed = name[:LONGEST], " ".join(parts)[:LONGEST]
            tally[NAME if way == BY_NAME else ELSE[NAME], one, shown] += count
            if printed != shown:
                tally[WORDS if way == BY_NAME else ELSE[WORDS], one, printed] += count
    for s in reading.statements:
        _count_roles(tally, s)
    for part, whole in told_parts(reading):
        tally[TOLD_PART, part, whole] += 1
    for one in known_in(reading):
        tally[KNOWN, one, ""] = 1
    return tally


def _is_state(one: str) -> bool:
    return one.startswith("country:")


def _seen(m: Mention) -> tuple[str, str, str | None, str, str, str]:
    return m.id, m.kind, m.of, m.how, m.name, m.text


def _count_roles(tally: Tally, s: Statement) -> None:
    for a in s.actors:
        tally[ACTING, a.id, ""] += 1
    for r in s.recipients:
        tally[ACTED_ON, r.id, ""] += 1
    for one, other in {
        (min(a.id, r.id), max(a.id, r.id)) for a in s.actors for r in s.recipients if a.id != r.id
    }:
        tally[PAIR, one, other] += 1
        if s.type in AGAINST:
            tally[AGAINST_IT, one, other] += 1
            tally[AGAINST_IT, other, one] += 1


def kinds_of(actor: str, tallies: Tallies, *ways: str) -> Counter[str]:
    """Return how often an actor is mentioned as which kind, in some ways of naming; in all when none is given."""
    found: Counter[str] = Counter()
    for told, count in tallies.about(KIND, actor).items():
        kind, _, way = told.rpartition("/")
        if not ways or f"/{way}" in ways:
            found[kind] += count
    return found


def known_in(reading: Reading) -> frozenset[str]:
    """Return every actor that a reading names: in mentions, in statements, and as a source."""
    named: list[ActorMention] = [*reading.mentions]
    links = list(reading.attributions)
    for s in reading.statements:
        named += (*s.actors, *s.recipients)
        links += s.attribution
    named += (link.source for link in links if link.source is not None)
    return frozenset(m.id for m in named)
