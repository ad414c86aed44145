"""An event as read from one trigger, in tokens."""

from __future__ import annotations

from dataclasses import dataclass, field

from jirga.reading.statements.frames import Frame, Lexicon
from jirga.reading.statements.modality import FACT, Force
from jirga.reading.types import EventType

__all__ = ["Event", "mode_of", "told_inside"]


@dataclass(slots=True)
class Event:
    """An event as read from one trigger, in tokens.

    Attributes
    ----------
    at : int
        The trigger's token; the head of the clause.
    word : int
        The token that carries the type (a noun under a light verb).
    type : EventType
    mode : str or None
    frame : Frame
    actors, recipients : list of int
        Heads of noun phrases.
    content : int or None
        Head of what is demanded, refused, promised, threatened.
    inner : Event or None
        The event inside an operator.
    negative : bool
    force : Force
    both : bool
        Several actors act on one another.
    caused : bool
        The actors are those who were brought to do it ("got both sides to agree").
    end : int or None
        Head of a clause that carries the content on ("guarantees" ... "that they will stop").
    why : list of (str, int, str)
        Aspect, token, rule.
    """

    at: int
    word: int
    type: EventType
    mode: str | None
    frame: Frame
    actors: list[int] = field(default_factory=list)
    recipients: list[int] = field(default_factory=list)
    content: int | None = None
    inner: Event | None = None
    negative: bool = False
    force: Force = FACT
    both: bool = False
    caused: bool = False
    end: int | None = None
    why: list[tuple[str, int, str]] = field(default_factory=list)


def told_inside(inner: Event | None, lex: Lexicon) -> str | None:
    """Return the type inside an operator; what is not done counts as its halt ("agreed not to attack")."""
    if inner is None:
        return None
    if inner.negative:
        return lex.compose("stop", inner.type.value) or inner.type.value
    return inner.type.value


def mode_of(event: Event, frame: Frame, inner: Event | None, lex: Lexicon) -> str | None:
    """Return the mode of an operator's event: what a demand and its answer share, what a threat threatens."""
    if event.mode and frame.op != "stop":
        return event.mode
    kind, inside = event.type, told_inside(inner, lex)
    if kind in (EventType.REQUEST, EventType.REJECT, EventType.AGREE, EventType.CONCEDE):
        return _table_mode(kind, inside, inner, lex)
    if kind == EventType.THREATEN:
        return lex.threat_modes.get(
            inside or "", "violence" if inside is None and frame.op == "vow" else None
        )
    if frame.op == "stop" and inner is not None:
        if kind == EventType.RETREAT:
            return "ceasefire" if inner.type == EventType.ASSAULT else "ease"
        if kind == EventType.SANCTION:
            return "aid" if inner.type == EventType.AID else "discontinue"
    return event.mode or ("restrict" if kind == EventType.COERCE else None)


def _table_mode(kind: EventType, inside: str | None, inner: Event | None, lex: Lexicon) -> str | None:
    if inner is None or inside is None:
        return "yield" if kind == EventType.CONCEDE else lex.table_modes["any"]
    if kind == EventType.AGREE and inner.mode == "ceasefire":
        return "ceasefire"
    if inner.mode == "sign":
        return "meet"
    if inner.mode == "ceasefire":
        return "yield"
    if inside in ("REQUEST", "REJECT", "AGREE") and inner.mode:
        return inner.mode
    return lex.table_modes.get(inside, lex.table_modes["any"])
