"""How much two statements look like accounts of one thing: a sum of evidence, each part with its reason."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

from jirga.reading.types import EventType, Modality
from jirga.record.features import Count, Sight
from jirga.record.kinds import SPOKEN
from jirga.record.places import Lie, lie
from jirga.record.words import Weights, cue, likeness

__all__ = ["ENOUGH", "NEVER", "score"]

ENOUGH = 3.0
"""Evidence from which two statements are one thing; set on invented reports for few wrong links."""

SAME_CONTENT = 0.5  # likeness of contents from which two clauses of one sentence are one

NEVER = -100.0
"""What rules a link out, whatever else agrees."""


def _broke_up(a: Sight, b: Sight) -> bool:
    """Whether both tell that talks of the same parties failed, in reports of the same days."""
    if a.s.type is not EventType.REJECT or b.s.type is not EventType.REJECT or a.family != "talks":
        return False
    if not a.actors or a.actors != b.actors or a.published is None or b.published is None:
        return False
    return abs(a.published - b.published) <= timedelta(days=4)


@dataclass(frozen=True, slots=True)
class _Parts:
    """Evidence for one thing, part by part; the sum decides."""

    words: float
    kind: float
    who: float
    figures: float
    day: float
    place: float
    said: float


def score(a: Sight, b: Sight, weights: Weights) -> float:
    """Return the evidence that two statements speak of one thing.

    Parameters
    ----------
    a, b : Sight
    weights : Weights

    Returns
    -------
    float
        `ENOUGH` or more for one thing; `NEVER` where something rules it out (other days, the roles
        reversed, a threatened thing and a done one). Attribution plays no part: "they claim 58" and "58
        died" are one thing.
    """
    if a.family != b.family or _other_day(a, b) or _reversed(a, b) or _other_reality(a, b):
        return NEVER
    if _nested(a, b):
        return _same_clause(a, b, weights)
    words = likeness(a.words, b.words, weights)
    parts = _Parts(
        words=4.0 * words,
        kind=_kind(a, b),
        who=_parties(a, b),
        figures=_figures(a.counts, b.counts),
        day=_day(a, b),
        place=_place(a, b),
        said=_said(a, b),
    )
    if parts.place <= -3.0 and parts.said:  # one phrase, used of two places
        parts = replace(parts, said=0.0)
    if not _anchored(a, b, parts):
        return min(parts.words, ENOUGH - 1)
    total = sum((parts.words, parts.kind, parts.who, parts.figures, parts.day, parts.place, parts.said))
    return total - (0.5 if a.s.report == b.s.report else 0.0)  # one report seldom tells a thing twice


def _nested(a: Sight, b: Sight) -> bool:
    return a.s.report == b.s.report and a.s.begin < b.s.end and b.s.begin < a.s.end


def _same_clause(a: Sight, b: Sight, weights: Weights) -> float:
    """Compare two clauses of one sentence: their words overlap because their spans do, and tell nothing."""
    if a.s.type is not b.s.type or not a.actors or a.actors != b.actors or b.recipients - a.recipients:
        return NEVER
    if a.s.content and b.s.content and likeness(a.content, b.content, weights) < SAME_CONTENT:
        return NEVER  # "asked it to open the road and to free the crew": two demands
    return ENOUGH


def _anchored(a: Sight, b: Sight, parts: _Parts) -> bool:
    """Ask for one thing in common that is not just the type and the parties of the conflict."""
    if a.family in SPOKEN and parts.said < 1.0 and not _telling(a) & _telling(b):
        return False  # "rejected both demands", "refused": what was refused is told elsewhere
    if parts.words >= 1.0 or parts.figures >= 1.0 or parts.said >= 1.0:
        return True
    if _broke_up(a, b):
        return True
    return parts.day >= 1.0 and bool(a.actors & b.actors) and a.s.mode == b.s.mode


def _telling(sight: Sight) -> frozenset[str]:
    return sight.words - cue("bare") - cue("common")


def _kind(a: Sight, b: Sight) -> float:
    value = 0.5 if a.s.type is b.s.type else -0.3
    if {a.s.type, b.s.type} == {EventType.CONSULT, EventType.REJECT}:
        return -2.0  # talks that were held, and talks that failed
    if _broke_up(a, b):
        return 2.5
    if a.s.mode and b.s.mode:
        value += 0.4 if a.s.mode == b.s.mode else -0.4
    if a.s.polarity is not b.s.polarity and a.s.type is b.s.type:
        value -= 1.0
    return value


def _parties(a: Sight, b: Sight) -> float:
    if a.family in ("truce", "talks"):  # one account names who brokered, another who agreed
        everyone = (a.actors | a.recipients, b.actors | b.recipients)
        return _who(*everyone, 0.9, -0.6)
    return _who(a.actors, b.actors, 0.7, -2.5) + _who(a.recipients, b.recipients, 0.5, -0.5)


def _who(a: frozenset[str], b: frozenset[str], same: float, other: float) -> float:
    if not a or not b:
        return 0.0
    if a & b:
        return same if a == b else same / 2
    return other


def _reversed(a: Sight, b: Sight) -> bool:
    if not (a.actors and b.actors and a.recipients and b.recipients) or a.actors & b.actors:
        return False
    return bool(a.actors & b.recipients and b.actors & a.recipients)


def _figures(a: tuple[Count, ...], b: tuple[Count, ...]) -> float:
    value = 0.0
    for x in a:
        for y in b:
            if x.unit != y.unit and x.role != y.role:
                continue
            if x.unit != y.unit and "other" in (x.role, y.role):
                continue
            if x.exact and y.exact and x.low == y.low:
                value += (2.0 if x.low >= 10 else 1.0) * (1.0 if x.unit == y.unit else 0.5)
            elif max(x.low, y.low) > min(x.high, y.high):
                near = min(x.high, y.high) >= 0.7 * max(x.low, y.low)  # tolls rise from report to report
                value -= 0.3 if near or x.unit != y.unit else 1.2
    return max(-1.5, min(value, 3.0))


def _other_day(a: Sight, b: Sight) -> bool:
    if _long(a) != _long(b) and (a.dated or b.dated or _figures(a.counts, b.counts) < 0):
        return True  # "since 2021" beside a day of this month, or beside the toll of one
    slack = timedelta(days=1)  # night attacks, time zones, "on Monday" of a report after midnight
    return a.dated and b.dated and _gap(a, b) > slack


def _long(sight: Sight) -> bool:
    """Whether a statement sums up months or years."""
    when = sight.s.when
    if when is None or when.start is None:
        return False
    end = when.end or sight.published
    return end is not None and end - when.start > timedelta(days=62)


def _gap(a: Sight, b: Sight) -> timedelta:
    """Return how far apart two dated statements lie; zero or less when they may be of one day."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return timedelta(0)
    return max(a.first - b.last, b.first - a.last)


def _length(a: Sight) -> timedelta:
    return a.last - a.first if a.first and a.last else timedelta.max


def _day(a: Sight, b: Sight) -> float:
    if a.dated and b.dated:
        if _gap(a, b) > timedelta(0):
            return -1.2
        return 1.0 if max(_length(a), _length(b)) <= timedelta(days=3) else 0.3
    if a.published and b.published and not (a.first or b.first):
        apart = abs(a.published - b.published)
        return 0.2 if apart <= timedelta(days=2) else (0.0 if apart <= timedelta(days=14) else -1.5)
    return 0.0


def _place(a: Sight, b: Sight) -> float:
    where = lie(a.s.where, b.s.where)
    if where is Lie.UNKNOWN and a.places and b.places:
        return 0.3 if a.places & b.places else -3.0
    return _PLACES[where]


_PLACES = {Lie.SAME: 0.6, Lie.INSIDE: 0.3, Lie.OTHER: -4.0, Lie.APART: -4.0, Lie.UNKNOWN: 0.0}


def _other_reality(a: Sight, b: Sight) -> bool:
    """Tell apart a thing done and a thing foreseen, unless foreseeing it is the act."""
    if a.family in ("truce", "accord") and bool(a.words & cue("offer")) != bool(b.words & cue("offer")):
        return True
    if a.family in SPOKEN:
        return False
    return (a.s.modality is Modality.ASSERTED) != (b.s.modality is Modality.ASSERTED)


def _said(a: Sight, b: Sight) -> float:
    """Count the same words in a row: a quotation, or copy."""
    shared = len(a.runs & b.runs)
    if not shared:
        return 0.0
    return 3.0 if 2 * shared >= min(len(a.runs), len(b.runs)) else 1.0
