"""When things happened: one time for an event from all its accounts, and the order of events."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from jirga.record.features import Order, Sight
from jirga.record.types import Event
from jirga.reports.types import Precision, TimeSpan

__all__ = ["event_time", "in_time_order"]

_FINEST = {precision: rank for rank, precision in enumerate(Precision)}


def event_time(group: Sequence[Sight]) -> TimeSpan | None:
    """Return when an event happened, as exact as any account has it.

    Parameters
    ----------
    group : sequence of Sight

    Returns
    -------
    TimeSpan or None
        Of the finest times the one that most origins give, the earliest when they are even; None when no
        account tells.
    """
    times = [(s.s.when, s.origin) for s in group if s.s.when is not None and (s.s.when.start or s.s.when.end)]
    if not times:
        return None
    finest = min(_FINEST[when.precision] for when, _ in times)
    exact = [(when, origin) for when, origin in times if _FINEST[when.precision] == finest]
    votes = Counter((when.start, when.end) for when, _ in dict.fromkeys(exact))
    days = min(votes, key=lambda d: (-votes[d], d[0] or date.min, d[1] or date.max))
    return next(when for when, _ in exact if (when.start, when.end) == days)


def in_time_order(events: Sequence[Event], place: Mapping[str, Order]) -> tuple[Event, ...]:
    """Order events by the first day they may have happened; undated ones last.

    Parameters
    ----------
    events : sequence of Event
    place : mapping of str to tuple
        Statement id to its place in the record, which orders events of one day.
    """

    def key(event: Event) -> tuple[bool, date, date, Order]:
        when = event.when
        first = (when.start or when.end) if when else None
        last = (when.end or when.start) if when else None
        return (first is None, first or date.max, last or date.max, min(place[s] for s in event.statements))

    return tuple(sorted(events, key=key))
