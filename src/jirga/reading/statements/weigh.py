"""What is finally told: type, polarity and modality of an event, given its auxiliaries and who says it."""

from __future__ import annotations

from dataclasses import dataclass

from jirga.reading.statements.event import Event
from jirga.reading.statements.frames import Lexicon
from jirga.reading.statements.words import words
from jirga.reading.types import EventType, Modality, Polarity

__all__ = ["Said", "Weighed", "weigh"]

_VERDICT = words("weigh_verdict")
_TABLE = frozenset(
    {EventType.REQUEST, EventType.REJECT, EventType.AGREE, EventType.THREATEN, EventType.ACCUSE}
)
_YES = frozenset({EventType.AGREE, EventType.CONCEDE})


@dataclass(frozen=True, slots=True)
class Said:
    """Who says it, seen from the event.

    Attributes
    ----------
    attributed : bool
    own : bool
        The doer speaks of himself (or an official or unnamed source of his speaks).
    conditional : bool
        The clause hangs on a condition.
    """

    attributed: bool = False
    own: bool = False
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class Weighed:
    """Type, mode, polarity and modality as told, with the rule; `type` None means that nothing is told."""

    type: EventType | None
    mode: str | None
    polarity: Polarity
    modality: Modality
    rule: str = ""


def weigh(event: Event, said: Said, lex: Lexicon) -> Weighed:
    """Apply future, duty, possibility and negation to what the frame alone tells."""
    force, kind = event.force, event.type
    negative = force.negative or event.negative
    table = event.frame.op in _VERDICT
    modality = Modality.CONDITIONAL if said.conditional else Modality.ASSERTED
    if force.when in ("will", "would"):
        return _future(event, said, lex, negative, table)
    if force.when in ("can", "may"):
        return _possible(event, said, negative, lex)
    if force.when == "must":
        return Weighed(
            None, None, Polarity.POSITIVE, Modality.HYPOTHETICAL, "duty is told by the demand rule"
        )
    if (
        negative
        and kind in _YES
        and (event.frame.op in ("agree", "promise", "allow") or kind == EventType.CONCEDE)
    ):
        mode = event.mode if event.mode != "ceasefire" else "yield"
        return Weighed(EventType.REJECT, mode, Polarity.POSITIVE, modality, "not accepted = REJECT")
    if said.conditional and kind not in _TABLE and not said.attributed:
        modality = Modality.CONDITIONAL
    return Weighed(kind, event.mode, Polarity.NEGATIVE if negative else Polarity.POSITIVE, modality)


def _future(event: Event, said: Said, lex: Lexicon, negative: bool, table: bool) -> Weighed:
    kind, force = event.type, event.force
    modality = Modality.CONDITIONAL if said.conditional else Modality.FUTURE
    group = lex.groups[kind.value]
    withheld = negative and (kind in _YES or kind == EventType.CONSULT or event.mode == "sign")
    if force.when == "would" and not (said.attributed or said.conditional or withheld):
        return Weighed(None, None, Polarity.POSITIVE, Modality.HYPOTHETICAL, "would, nobody says it")
    mode = _table_mode(event, lex)
    if negative:
        if kind == EventType.REJECT or group == "say":
            return Weighed(kind, event.mode, Polarity.NEGATIVE, modality, "will not")
        if group == "host":
            return Weighed(EventType.AGREE, "yield", Polarity.POSITIVE, modality, "will not attack = AGREE")
        return Weighed(EventType.REJECT, mode, Polarity.POSITIVE, modality, "will not + kind act = REJECT")
    if table:
        return Weighed(kind, event.mode, Polarity.POSITIVE, modality, "future of a verbal act")
    if group == "host" and said.attributed and not said.own:
        return Weighed(kind, event.mode, Polarity.POSITIVE, modality, "somebody else foretells it")
    told = lex.compose("will", kind.value)
    if told == "AGREE":
        mode = "ceasefire" if event.mode == "ceasefire" else mode
    if told == "THREATEN":
        mode = lex.threat_modes.get(kind.value) if kind != EventType.THREATEN else event.mode
    if told == kind.value:
        mode = event.mode
    return Weighed(
        EventType(told) if told else None, mode, Polarity.POSITIVE, modality, f"will + {kind.value} = {told}"
    )


def _possible(event: Event, said: Said, negative: bool, lex: Lexicon) -> Weighed:
    kind = event.type
    group = lex.groups[kind.value]
    if not negative and said.own and event.force.when == "can" and event.frame.op == "agree":
        return Weighed(
            EventType.AGREE, event.mode, Polarity.POSITIVE, Modality.HYPOTHETICAL, "says it could = AGREE"
        )
    if negative and event.force.when == "can" and said.own and group == "coop":
        return Weighed(
            EventType.REJECT,
            _table_mode(event, lex),
            Polarity.POSITIVE,
            Modality.ASSERTED,
            "says it cannot = REJECT",
        )
    if not negative and said.own and group == "host":
        return Weighed(
            EventType.THREATEN,
            lex.threat_modes.get(kind.value),
            Polarity.POSITIVE,
            Modality.HYPOTHETICAL,
            "says it may",
        )
    if (
        not negative
        and said.own
        and event.force.when == "may"
        and kind in (EventType.CONSULT, EventType.AID, EventType.RETREAT)
    ):
        return Weighed(
            EventType.AGREE, _table_mode(event, lex), Polarity.POSITIVE, Modality.HYPOTHETICAL, "says it may"
        )
    return Weighed(None, None, Polarity.POSITIVE, Modality.HYPOTHETICAL, "only possible")


def _table_mode(event: Event, lex: Lexicon) -> str | None:
    if event.type in (EventType.AGREE, EventType.REJECT):
        return event.mode
    if event.mode == "sign":
        return "meet"
    return lex.table_modes.get(event.type.value, lex.table_modes["any"])
