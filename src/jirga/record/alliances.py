"""Groups that a report says belong to a larger one: "the River Alliance, which includes the Coast Guard"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from jirga.reading.types import EventType, Mention, Reading

__all__ = ["AGAINST", "told_parts"]

REACH = 60  # characters between the names of a whole and its part
GROUPS = frozenset({"group", "part", "unknown"})
"""Kinds that can be one side with another; a country in a union of states keeps its own voice."""

AGAINST = frozenset(
    {EventType.REQUEST, EventType.REJECT, EventType.THREATEN, EventType.ACCUSE, EventType.COERCE,
     EventType.ASSAULT, EventType.SANCTION, EventType.MOBILIZE}
)  # fmt: skip
_CUE = re.compile(r"clud|compris|contain| of\b", re.IGNORECASE)  # nothing below matches without it
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


def told_parts(reading: Reading) -> Iterator[tuple[str, str]]:
    """Find groups that a report tells to be part of another one.

    Parameters
    ----------
    reading : Reading

    Yields
    ------
    tuple of (str, str)
        Actor ids of the part and the whole, each time that words for it stand between their names ("includes",
        "part of"). Whether they are on the same side is for the record to tell.
    """
    text = reading.report.text
    named = sorted((m for m in reading.mentions if m.how != "pronoun"), key=lambda m: (m.begin, -m.end))
    for at, first in enumerate(named):
        if first.kind not in GROUPS:
            continue
        for second in named[at + 1 : at + 4]:
            if not first.end <= second.begin <= first.end + REACH or second.kind not in GROUPS:
                continue
            whole, part = _pair(first, second, text[first.end : second.begin])
            if whole is not None and part is not None and whole.id != part.id:
                yield part.id, whole.id


def _pair(first: Mention, second: Mention, between: str) -> tuple[Mention | None, Mention | None]:
    """Return whole and part, when the words between two names say that one belongs to the other."""
    if not _CUE.search(between):
        return None, None
    if _HOLDS.match(between):
        return first, second
    if _BELONGS.match(between):
        return second, first
    return None, None
