"""Groups that a report says belong to a larger one: "the River Alliance, which includes the Coast Guard"."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence

from jirga.reading.types import EventType, Mention, Reading

__all__ = ["told_members"]

REACH = 60  # characters between the names of a whole and its part
GROUPS = frozenset({"group", "part", "unknown"})
"""Kinds that can be one side with another; a country in a union of states keeps its own voice."""

AGAINST = frozenset(
    {EventType.REQUEST, EventType.REJECT, EventType.THREATEN, EventType.ACCUSE, EventType.COERCE,
     EventType.ASSAULT, EventType.SANCTION, EventType.MOBILIZE}
)  # fmt: skip
_WHO = r"(?:(?:which|that|who|and)\s+)?(?:also\s+)?"
_THE = r"(?:(?:the|its|an?)\s+)?(?:[a-z]{2,20}\s+){0,2}"
_HOLDS = re.compile(
    rf"^[)\s]*,?\s*{_WHO}(?:includes?|comprises?|contains?|is made up of)\s+{_THE}$", re.IGNORECASE
)
_BELONGS = re.compile(
    r"^[)\s]*,?\s*(?:(?:which|that|who)\s+)?(?:is\s+|are\s+)?(?:an?\s+|the\s+)?(?:[a-z]{2,20}\s+)?"
    r"(?:part|member|wing|branch|component)\s+of\s+(?:the\s+)?(?:[a-z]{2,20}\s+){0,2}$",
    re.IGNORECASE,
)


def told_members(readings: Sequence[Reading], party: Callable[[str], str]) -> Mapping[str, str]:
    """Find groups that are told to be part of another one and stand on the same side.

    Parameters
    ----------
    readings : sequence of Reading
    party : callable
        Actor id to the id of the party that it belongs to so far.

    Returns
    -------
    mapping of str to str
        Party id of the part to that of the whole. Words for it are needed ("includes", "part of"), a common
        opponent, and no statement that sets the two against each other.
    """
    against = _against(readings, party)
    found: dict[str, str] = {}
    for reading in readings:
        named = sorted((m for m in reading.mentions if m.how != "pronoun"), key=lambda m: (m.begin, -m.end))
        for at, first in enumerate(named):
            for second in named[at + 1 : at + 4]:
                between = reading.report.text[first.end : second.begin]
                if second.begin < first.end or len(between) > REACH:
                    continue
                whole, part = _pair(first, second, between)
                if whole is None or part is None or not {whole.kind, part.kind} <= GROUPS:
                    continue
                one, other = party(part.id), party(whole.id)
                if one != other and other not in against[one] and against[one] & against[other]:
                    found.setdefault(one, other)
    return found


def _pair(first: Mention, second: Mention, between: str) -> tuple[Mention | None, Mention | None]:
    """Return whole and part, when the words between two names say that one belongs to the other."""
    if _HOLDS.match(between):
        return first, second
    if _BELONGS.match(between):
        return second, first
    return None, None


def _against(readings: Sequence[Reading], party: Callable[[str], str]) -> Mapping[str, set[str]]:
    found: dict[str, set[str]] = defaultdict(set)
    for s in (s for reading in readings for s in reading.statements if s.type in AGAINST):
        for actor in {party(a.id) for a in s.actors}:
            for recipient in {party(r.id) for r in s.recipients} - {actor}:
                found[actor].add(recipient)
                found[recipient].add(actor)
    return found
