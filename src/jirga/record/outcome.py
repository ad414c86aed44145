"""How a demand stands: what its answers come to, on any day."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jirga.record.features import Order
from jirga.record.types import AnswerKind

__all__ = ["APART", "Given", "contested", "day_told", "state_of", "with_reversals"]

CLOSE = 7  # days that a time may span and still tell on which of them something was said
APART = 3  # days within which two reports may tell of one answer
YES = frozenset({AnswerKind.ACCEPTS, AnswerKind.CONCEDES})
NO = frozenset({AnswerKind.REFUSES, AnswerKind.REVERSES})
NONE = frozenset({AnswerKind.EVADES, AnswerKind.SOFTENS})  # they leave a demand as it stands


@dataclass(frozen=True, slots=True)
class Given:
    """An answer, and when and where it is told.

    Attributes
    ----------
    kind : AnswerKind
    by : str or None
        Party id.
    day : date or None
        When it was given, or else the day of its report.
    origin, report : str
    order : tuple
        Its place in the record.
    """

    kind: AnswerKind
    by: str | None
    day: date | None
    origin: str
    report: str
    order: Order


def with_reversals(answers: Sequence[Given]) -> list[AnswerKind]:
    """Return what each answer is in the light of those before it.

    A refusal is a reversal when its author had said yes: earlier in the same report, or more than `APART` days before in
    another one. Two reports of the same days that tell yes and no contradict one another.
    """
    found: dict[int, AnswerKind] = {}
    agreed: list[Given] = []
    for place in _in_time(answers):
        given = answers[place]
        found[place] = given.kind
        if given.kind in YES:
            agreed.append(given)
        elif given.kind is AnswerKind.REFUSES and any(_earlier(yes, given) for yes in agreed):
            found[place] = AnswerKind.REVERSES
    return [found[place] for place in range(len(answers))]


def state_of(answers: Sequence[Given], asked: Iterable[date] = ()) -> str:
    """Tell how a demand stands after its answers.

    Parameters
    ----------
    answers : sequence of Given
    asked : iterable of date
        Days on which it was made.

    Returns
    -------
    str
        ``open``, ``refused``, ``accepted``, ``conditional``, ``withdrawn``; ``contested`` when reports of
        the same days tell the last answer differently. A demand that was withdrawn and not made again stays so.
    """
    last = _last(answers)
    if not last:
        return "open"
    latest = max(last, key=_when)
    dropped = max((g.day for g in answers if g.kind is AnswerKind.WITHDRAWS and g.day), default=None)
    if dropped and not any(day > dropped for day in asked) and latest.kind in NO:
        return "withdrawn"
    return "contested" if contested(answers) else _sense(latest.kind)


def contested(answers: Sequence[Given]) -> list[Given]:
    """Return the latest answers that contradict one another; nothing when they agree."""
    last = _last(answers)
    if not last:
        return []
    latest = max(last, key=_when)
    now = [given for given in last if _same_days(given, latest)]
    if latest.kind is AnswerKind.REVERSES:  # that there was a yes before is what it says
        now = [given for given in now if given.kind not in YES or given.day == latest.day]
    told = [given for given in now if given.kind in YES | NO]
    return told if len({_sense(given.kind) for given in told}) > 1 else []


def day_told(start: date | None, end: date | None, published: date | None) -> date | None:
    """Return the day on which something was said: as told, or else that of its report; never after its report."""
    told = end if start is not None and end is not None and (end - start).days <= CLOSE else None
    if told is None or (published is not None and told > published):
        return published
    return told


def _last(answers: Sequence[Given]) -> list[Given]:
    """Return the last answer that each origin tells."""
    last = {answers[p].origin: answers[p] for p in _in_time(answers) if answers[p].kind not in NONE}
    return list(last.values())


def _in_time(answers: Sequence[Given]) -> list[int]:
    return sorted(range(len(answers)), key=lambda place: _when(answers[place]))


def _when(given: Given) -> tuple[date, Order]:
    return given.day or date.max, given.order


def _earlier(yes: Given, no: Given) -> bool:
    """Whether a yes that comes first in time is taken back by a no."""
    if yes.by != no.by:
        return False
    if yes.report == no.report:
        return True
    return (
        yes.by is not None
        and yes.day is not None
        and no.day is not None
        and (no.day - yes.day).days > APART
        and yes.origin != no.origin
    )


def _sense(kind: AnswerKind) -> str:
    if kind in YES:
        return "accepted"
    if kind in NO:
        return "refused"
    return "conditional" if kind is AnswerKind.CONDITIONS else "withdrawn"


def _same_days(a: Given, b: Given) -> bool:
    if a.day is None or b.day is None:
        return True
    return abs((a.day - b.day).days) <= APART
