"""Who the record is about: actors joined into the party that they belong to, from counts over all readings.

Each rule here looks at one actor or party and at the counts, never at the readings, so that the same rules serve for all actors
of a new record and for the few that one more report touches.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from jirga.reading.types import Reading
from jirga.record import tally as t
from jirga.record.samename import same_as
from jirga.record.tally import Counted, Tallies, kinds_of, tally_of

__all__ = ["Joined", "join_actors"]

PARTS = frozenset({"person", "part"})
OPPOSED = 2  # statements that set two joined names against each other before they are kept apart


@dataclass(frozen=True, slots=True)
class Joined:
    """Actors and the parties that they belong to.

    Attributes
    ----------
    of_party : mapping of str to str
        Actor id to party id, for every actor that the readings name.
    things : set of str
        Party ids that no list knows, that no report writes as a name, and that never act: things, not actors.
    nameless : set of str
        Party ids that no list knows and no report writes as a name: "gunmen", "residents".
    tallies : Tallies
        The counts that it follows from.
    """

    of_party: Mapping[str, str]
    things: AbstractSet[str]
    nameless: AbstractSet[str]
    tallies: Tallies

    def party(self, actor: str) -> str:
        """Return the party of an actor, itself when it belongs to none."""
        return self.of_party.get(actor, actor)


@dataclass(frozen=True, slots=True)
class Belonging:
    """Who belongs to whom, step by step.

    Attributes
    ----------
    above : mapping of str to str
        Actor id to what its mentions say it is of.
    told : mapping of str to str
        Party that follows from ``above`` to the one that it is told to be a part of.
    first : mapping of str to str
        Actor id to the party that follows from ``above`` alone.
    of_party : mapping of str to str
        Actor id to the party that follows from both.
    """

    above: Mapping[str, str]
    told: Mapping[str, str]
    first: Mapping[str, str]
    of_party: Mapping[str, str]


def join_actors(readings: Sequence[Reading]) -> Joined:
    """Join delegations, office holders, parts and governing bodies to the party that they belong to.

    Parameters
    ----------
    readings : sequence of Reading
        In any order.

    Returns
    -------
    Joined

    Notes
    -----
    1. An actor belongs to what most of its mentions say it is of. 2. A body or group that governs a country
    is one party with it only where the reports use them for one another: when they are set against each
    other in several statements (a civil war), they stay two. 3. Chains are followed to their end; a circle
    ends at its first name. 4. A group that a report says is part of another, on the same side, belongs to it.
    5. Names that no list knows and that reports take for different things are one; see `jirga.record.samename`.
    """
    return joined_by(Counted(map(tally_of, readings)))


def joined_by(tallies: Tallies) -> Joined:
    """Join actors by the counts of all readings."""
    of_party = belonging(tallies).of_party
    nameless = frozenset(p for p in set(of_party.values()) if not is_named(p, tallies))
    acting = {of_party[actor] for actor in tallies.ones(t.ACTING)}
    acted_on = {of_party[actor] for actor in tallies.ones(t.ACTED_ON)}
    return Joined(of_party, nameless & (acted_on - acting), nameless, tallies)


def belonging(tallies: Tallies) -> Belonging:
    """Find out who belongs to whom, for all actors that the counts know."""
    told_of = {*tallies.ones(t.OF), *tallies.ones(t.KNOWN)}
    above = {actor: whole for actor in sorted(told_of) if (whole := whole_of(actor, tallies)) is not None}
    every = sorted({*tallies.ones(t.KNOWN), *above.values()})
    first = {actor: root(actor, above.get) for actor in every}
    told = {part: whole for part, whole in _told(tallies, first).items() if part not in above}
    both = above | told
    return Belonging(above, told, first, {actor: root(actor, both.get) for actor in every})


def whole_of(actor: str, tallies: Tallies) -> str | None:
    """Return what an actor is of: what most mentions say, unless the two stand against each other; else its namesake."""
    counts = tallies.about(t.OF, actor)
    if not counts:
        return same_as(actor, lambda key: tallies.about(t.SAME, key))
    whole = min(counts, key=lambda of: (-counts[of], of))
    if is_part(actor, tallies):
        return whole
    one, other = min(actor, whole), max(actor, whole)
    return None if tallies.about(t.PAIR, one).get(other, 0) >= OPPOSED else whole


def is_part(actor: str, tallies: Tallies) -> bool:
    """Tell whether an actor is mostly mentioned as a person or a part of something."""
    kinds = kinds_of(actor, tallies)
    return bool(kinds) and min(kinds, key=lambda kind: (-kinds[kind], kind)) in PARTS


def is_named(party: str, tallies: Tallies) -> bool:
    """Tell whether a party is one that lists know or that reports write with a capital."""
    return not party.startswith("actor:") or bool(tallies.about(t.CAPITAL, party))


def root(actor: str, above: Callable[[str], str | None]) -> str:
    """Follow a chain to its end; one that ends in a circle ends at the first name of the circle."""
    chain = [actor]
    while (whole := above(chain[-1])) is not None:
        if whole in chain:
            return min(chain[chain.index(whole) :])
        chain.append(whole)
    return chain[-1]


def told_whole(
    part: str, wholes: Mapping[str, int], against: Callable[[str], AbstractSet[str]]
) -> str | None:
    """Return the party that another one is told to be a part of.

    Parameters
    ----------
    part : str
        Party id.
    wholes : mapping of str to int
        Parties that it is told to be a part of and how often.
    against : callable
        Party id to the parties that it is set against.

    Returns
    -------
    str or None
        The most told; a common opponent is needed, and no statement that sets the two against each other.
    """
    foes = against(part) if wholes else frozenset[str]()
    fit = [w for w in wholes if w != part and w not in foes and foes & against(w)]
    return min(fit, key=lambda whole: (-wholes[whole], whole), default=None)


def _told(tallies: Tallies, first: Mapping[str, str]) -> dict[str, str]:
    wholes: dict[str, Counter[str]] = defaultdict(Counter)
    for part in tallies.ones(t.TOLD_PART):
        for whole, count in tallies.about(t.TOLD_PART, part).items():
            wholes[first[part]][first[whole]] += count
    foes: dict[str, set[str]] = defaultdict(set)
    for actor in tallies.ones(t.AGAINST_IT) if wholes else ():
        foes[first[actor]].update(first[other] for other in tallies.about(t.AGAINST_IT, actor))
    fit = {part: told_whole(part, counts, lambda p: foes[p] - {p}) for part, counts in wholes.items()}
    return {part: whole for part, whole in fit.items() if whole is not None}
