"""An event that is told, in tokens: what a statement is made from."""

from __future__ import annotations

from dataclasses import dataclass, field

from jirga.reading.statements.event import Event
from jirga.reading.statements.weigh import Weighed
from jirga.reading.types import ActorMention, Attribution

__all__ = ["Told"]


@dataclass(slots=True)
class Told:
    """An event that a passage tells, with how.

    Attributes
    ----------
    event : Event
    weighed : Weighed
    chain : tuple of Attribution
        Outermost first.
    condition : int or None
        Head of the condition.
    actors, recipients : list of ActorMention
    without : frozenset of int
        Heads of the other parts of a list, which are no part of this one's content.
    stop : int or None
        Token after the last one of this part of a list.
    extra : list of (str, int, str)
        Reasons found later: aspect, token, rule.
    """

    event: Event
    weighed: Weighed
    chain: tuple[Attribution, ...]
    condition: int | None
    actors: list[ActorMention]
    recipients: list[ActorMention]
    without: frozenset[int] = frozenset()
    stop: int | None = None
    extra: list[tuple[str, int, str]] = field(default_factory=list)
