"""Who mediates and what each did; what reports tell of parts of a party and of division inside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from jirga.reading.types import Mention, Reading
from jirga.record.division import DIVISION
from jirga.record.features import Sight
from jirga.record.parties import Joined
from jirga.record.roles import is_mediation
from jirga.record.types import Faction, Mediation
from jirga.record.words import cue, plain_lemma

__all__ = ["find_factions", "find_mediations", "tells_division"]


def find_mediations(sights: Sequence[Sight], mediators: Sequence[str]) -> tuple[Mediation, ...]:
    """Gather what each mediator is told to have done.

    Parameters
    ----------
    sights : sequence of Sight
    mediators : sequence of str
        Party ids; an actor of a statement that tells of mediation counts too when it is no side.

    Returns
    -------
    tuple of Mediation
        By how much is told of them.
    """
    done: dict[str, list[str]] = defaultdict(list)
    for sight in sights:
        if not is_mediation(sight.s):
            continue
        for actor in sorted(sight.actors):
            if actor in mediators:
                done[actor].append(sight.s.id)
    ranked = sorted(done.items(), key=lambda item: (-len(item[1]), item[0]))
    return tuple(Mediation(party, tuple(statements)) for party, statements in ranked)


def tells_division(sight: Sight) -> bool:
    """Tell whether a statement speaks of division or want of coordination inside a party."""
    return sight.s.mode == DIVISION


def find_factions(
    readings: Sequence[Reading], sights: Sequence[Sight], joined: Joined
) -> tuple[Faction, ...]:
    """Find named parts of a party, and division inside one.

    Parameters
    ----------
    readings : sequence of Reading
    sights : sequence of Sight
    joined : Joined

    Returns
    -------
    tuple of Faction
        By party and name; each with the statements whose sentence names the part or tells of the division.
    """
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    by_report: dict[str, list[Sight]] = defaultdict(list)
    for sight in sights:
        by_report[sight.s.report].append(sight)
        if tells_division(sight):
            for party in sorted(sight.recipients or sight.actors)[:1]:
                found[party, ""].append(sight.s.id)
    for reading in readings:
        for mention in reading.mentions:
            of = _part_of(mention, joined)
            for sight in by_report[reading.report.name] if _is_faction(mention) else ():
                if sight.s.sentence[0] <= mention.begin and mention.end <= sight.s.sentence[1]:
                    whole = of or next((p for p in sorted(sight.recipients) if tells_division(sight)), None)
                    if whole is not None:
                        found[whole, mention.name].append(sight.s.id)
    return tuple(
        Faction(party, name, tuple(dict.fromkeys(statements)))
        for (party, name), statements in sorted(found.items())
    )


def _is_faction(mention: Mention) -> bool:
    """Whether a mention is a name ending in "wing", "faction" or the like."""
    words = mention.text.split()
    capitals = sum(word[:1].isupper() for word in words)
    return capitals > 1 and plain_lemma(words[-1].strip("’'”\"")) in cue("faction")


def _part_of(mention: Mention, joined: Joined) -> str | None:
    return joined.party(mention.id) if mention.of and mention.kind == "part" else None
