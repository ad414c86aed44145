"""A demand step by step: first asked, asked again, raised, softened, withdrawn, and each answer, by the day it was given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from jirga.record.features import Order
from jirga.record.outcome import APART, Given, state_of
from jirga.record.types import AnswerKind
from jirga.record.words import says

__all__ = ["Reply", "Saying", "Step", "StepKind", "standing", "steps"]

ASKED = frozenset({"first asked", "asked before", "repeated", "raised", "softened"})


class StepKind(StrEnum):
    """What the demander does with its demand; answers keep the names of `AnswerKind`."""

    FIRST = "first asked"
    BEFORE = "asked before"  # known only from its being dropped or softened
    REPEATED = "repeated"
    RAISED = "raised"
    SOFTENED = "softened"
    WITHDRAWN = "withdrawn"


NAMES = {AnswerKind.SOFTENS: StepKind.SOFTENED, AnswerKind.WITHDRAWS: StepKind.WITHDRAWN}
ANSWERS = {str(NAMES.get(kind, kind)): kind for kind in AnswerKind}


@dataclass(frozen=True, slots=True)
class Saying:
    """A statement that asks or answers, with what a step needs to know of it.

    Attributes
    ----------
    id, report, origin : str
    day : date or None
        See `day_told`.
    order : tuple
        Its place in the record.
    sentence : tuple of (int, int)
    asking : str
        Its words up to what is asked for: "Ostmark again demanded".
    figures : mapping of str to float
        How many of what are asked for.
    """

    id: str
    report: str
    origin: str
    day: date | None
    order: Order
    sentence: tuple[int, int]
    asking: str
    figures: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as a position keeps it."""

    kind: AnswerKind
    by: str | None
    sayings: tuple[Saying, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a demand.

    Attributes
    ----------
    kind : str
        A `StepKind` or an `AnswerKind`.
    by : str or None
        Party id.
    day : date or None
    sayings : tuple of Saying
        Everything that tells it.
    inferred : bool
        An answer linked by its place in the text.
    """

    kind: str
    by: str | None
    day: date | None
    sayings: tuple[Saying, ...]
    inferred: bool = False


def steps(demander: str, asked: Sequence[Saying], answers: Sequence[Reply]) -> tuple[Step, ...]:
    """Tell a demand step by step.

    Parameters
    ----------
    demander : str
        Party id.
    asked : sequence of Saying
        Each time it was made.
    answers : sequence of Reply

    Returns
    -------
    tuple of Step
        By day, those without one last.

    Notes
    -----
    1. Reports of the same days tell one asking, unless they say "again". 2. It is raised or softened when a figure is, or the
    words say so. 3. "Dropped its demand that ..." makes the demand no second time.
    """
    taken = {
        (s.report, s.sentence) for a in answers if a.kind in (AnswerKind.SOFTENS, AnswerKind.WITHDRAWS) for s in a.sayings
    }  # fmt: skip
    found = [*_asking(demander, asked, taken), *_answers(answers)]
    return tuple(sorted(found, key=lambda step: (_day(step), step.sayings[0].order)))


def standing(told: Iterable[Step], until: date | None = None) -> str:
    """Tell how a demand stands on a day, from what was said until then; "not yet asked" before that.

    Parameters
    ----------
    told : iterable of Step
    until : date, optional
        The last day that counts; all of them, by default.
    """
    known = [step for step in told if until is None or (step.day is not None and step.day <= until)]
    if not any(step.kind in ASKED for step in known):
        return "not yet asked"
    given = [
        Given(ANSWERS[step.kind], step.by, s.day, s.origin, s.report, s.order)
        for step in known
        if step.kind in ANSWERS
        for s in step.sayings
    ]
    return state_of(given, (step.day for step in known if step.day and step.kind in ASKED - {"softened"}))


def _asking(demander: str, asked: Sequence[Saying], taken: set[tuple[str, tuple[int, int]]]) -> list[Step]:
    ordered = sorted(asked, key=lambda s: (s.day or date.max, s.order))
    plain = [s for s in ordered if (s.report, s.sentence) not in taken]
    if not plain:
        return [Step(StepKind.BEFORE, demander, ordered[0].day, tuple(ordered))] if ordered else []
    found: list[Step] = []
    figures: dict[str, float] = {}
    for s in plain:
        kind = _change(s, figures) if found else StepKind.FIRST
        figures.update(s.figures)
        last = found[-1] if found else None
        if last is not None and kind is None and _close(last, s):
            found[-1] = Step(last.kind, demander, last.day, (*last.sayings, s))
        else:
            found.append(Step(kind or StepKind.REPEATED, demander, s.day, (s,)))
    return found


def _change(s: Saying, before: Mapping[str, float]) -> StepKind | None:
    """Return what a demand made once more says of itself; None when it says nothing."""
    ways = {
        s.figures[unit] > before[unit]
        for unit in s.figures
        if unit in before and s.figures[unit] != before[unit]
    }
    if len(ways) == 1:
        return StepKind.RAISED if ways.pop() else StepKind.SOFTENED
    for name, kind in (
        ("harden", StepKind.RAISED),
        ("soften", StepKind.SOFTENED),
        ("again", StepKind.REPEATED),
    ):
        if says(s.asking, name):
            return kind
    return None


def _answers(answers: Sequence[Reply]) -> list[Step]:
    given = [(a, s) for a in answers for s in a.sayings]
    found: list[Step] = []
    for a, s in sorted(given, key=lambda pair: (pair[1].day or date.max, pair[1].order)):
        kind = str(NAMES.get(a.kind, a.kind))
        last = found[-1] if found else None
        if last is not None and (last.kind, last.by) == (kind, a.by) and _close(last, s):
            found[-1] = Step(kind, a.by, last.day, (*last.sayings, s), last.inferred and a.inferred)
        else:
            found.append(Step(kind, a.by, s.day, (s,), a.inferred))
    return found


def _close(step: Step, s: Saying) -> bool:
    if step.day is None or s.day is None:
        return step.day is s.day
    return (s.day - step.day).days <= APART


def _day(step: Step) -> date:
    return step.day or date.max
