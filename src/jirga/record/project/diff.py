"""What changed between two states of a record, compared by the statements that things rest on.

Ids of events and disputes are hashes of their statements and change when an account joins; statements keep theirs.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TypeVar

from jirga.reading.types import Statement
from jirga.record.types import Answer, Dispute, Event, Position, Record
from jirga.reports.types import Report

__all__ = ["Difference", "compare"]

_T = TypeVar("_T", Event, Position)


@dataclass(frozen=True, slots=True)
class Difference:
    """What a later record has that an earlier one had not, and the other way round.

    Attributes
    ----------
    before, after : Record
    reports, reports_gone : tuple of Report
        Came in; gave way to newer versions.
    statements, withdrawn : tuple of Statement
        Came in; are told no more, because their report was replaced or a person rejected them.
    events, events_gone : tuple of Event
        None of its statements was in an event before; none is in one now.
    further : tuple of (Event, int)
        Known events with the number of statements that joined them.
    disputes, settled : tuple of Dispute
        New; no longer there.
    positions : tuple of Position
    answers : tuple of (Position, Answer)
        New answers to demands, old or new.
    states : tuple of (Position, str)
        Known positions whose state is another now, with the state before.
    """

    before: Record
    after: Record
    reports: tuple[Report, ...]
    reports_gone: tuple[Report, ...]
    statements: tuple[Statement, ...]
    withdrawn: tuple[Statement, ...]
    events: tuple[Event, ...]
    events_gone: tuple[Event, ...]
    further: tuple[tuple[Event, int], ...]
    disputes: tuple[Dispute, ...]
    settled: tuple[Dispute, ...]
    positions: tuple[Position, ...]
    answers: tuple[tuple[Position, Answer], ...]
    states: tuple[tuple[Position, str], ...]

    def replaced(self, statement: Statement) -> bool:
        """Tell whether a withdrawn statement went with its report rather than by a person's decision."""
        return any(report.name == statement.report for report in self.reports_gone)


def compare(before: Record, after: Record) -> Difference:
    """Compare two states of one project; what a newer version of a report still says is neither new nor withdrawn.

    Parameters
    ----------
    before, after : Record

    Returns
    -------
    Difference
        Empty in all its parts when nothing changed.
    """
    known, now = {r.id for r in before.reports}, {r.id for r in after.reports}
    kept = _kept(before, after)
    came = kept.values()
    if kept:
        before = _renamed(before, kept)
    return Difference(
        before=before,
        after=after,
        reports=tuple(r for r in after.reports if r.id not in known),
        reports_gone=tuple(r for r in before.reports if r.id not in now),
        statements=tuple(
            s for s in after.statements.values() if s.id not in before.statements and s.id not in came
        ),
        withdrawn=tuple(
            s for s in before.statements.values() if s.id not in after.statements and s.id not in kept
        ),
        events=_without(after.events, before.events),
        events_gone=_without(before.events, after.events),
        further=tuple(_further(before, after, came)),
        disputes=_new_disputes(before.disputes, after.disputes),
        settled=_new_disputes(after.disputes, before.disputes),
        positions=_without(after.positions, before.positions),
        answers=tuple(_answers(before, after)),
        states=tuple(_states(before, after)),
    )


def _kept(before: Record, after: Record) -> dict[str, str]:
    """Return which statement of a newer version says what one of the older version said, by the id of that one."""
    known = {r.id for r in before.reports}
    gone = {r.name for r in before.reports} & {r.name for r in after.reports if r.id not in known}
    there: dict[tuple[object, ...], list[str]] = {}
    for s in after.statements.values():
        if s.report in gone and s.id not in before.statements:
            there.setdefault(_says(s), []).append(s.id)
    found: dict[str, str] = {}
    for s in before.statements.values():
        same = there.get(_says(s), []) if s.report in gone and s.id not in after.statements else []
        if same:
            found[s.id] = same.pop(0)
    return found


def _says(s: Statement) -> tuple[object, ...]:
    return s.report, s.quote, s.type, s.polarity, *sorted(a.id for a in s.actors)


def _renamed(record: Record, kept: Mapping[str, str]) -> Record:
    """Return a record whose events, demands and disputes rest on statements by the ids that they have now."""

    def now(statements: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(kept.get(s, s) for s in statements)

    return replace(
        record,
        events=tuple(replace(e, statements=now(e.statements)) for e in record.events),
        positions=tuple(
            replace(
                p,
                statements=now(p.statements),
                answers=tuple(replace(a, statements=now(a.statements)) for a in p.answers),
            )
            for p in record.positions
        ),
        disputes=tuple(
            replace(d, accounts=tuple(replace(a, statements=now(a.statements)) for a in d.accounts))
            for d in record.disputes
        ),
    )


def _without(several: Sequence[_T], others: Sequence[_T]) -> tuple[_T, ...]:
    """Return those that share no statement with any of the others."""
    told = {s for other in others for s in other.statements}
    return tuple(each for each in several if told.isdisjoint(each.statements))


def _further(before: Record, after: Record, kept: Collection[str]) -> Iterable[tuple[Event, int]]:
    told = {s for event in before.events for s in event.statements}
    for event in after.events:
        joined = sum(s not in before.statements and s not in kept for s in event.statements)
        if joined and not told.isdisjoint(event.statements):
            yield event, joined


def _new_disputes(before: Sequence[Dispute], after: Sequence[Dispute]) -> tuple[Dispute, ...]:
    """Return disputes that have no counterpart: the same aspect and subject, resting on a common statement."""
    known: dict[tuple[str, str, bool], set[str]] = {}
    for dispute in before:
        known.setdefault(_aspect(dispute), set()).update(_rests(dispute))
    return tuple(d for d in after if known.get(_aspect(d), set()).isdisjoint(_rests(d)))


def _aspect(dispute: Dispute) -> tuple[str, str, bool]:
    return str(dispute.aspect), dispute.subject, dispute.refines


def _rests(dispute: Dispute) -> set[str]:
    return {s for account in dispute.accounts for s in account.statements}


def _answers(before: Record, after: Record) -> Iterable[tuple[Position, Answer]]:
    known = {(a.kind, s) for p in before.positions for a in p.answers for s in a.statements}
    for position in after.positions:
        for answer in position.answers:
            if not any((answer.kind, s) in known for s in answer.statements):
                yield position, answer


def _states(before: Record, after: Record) -> Iterable[tuple[Position, str]]:
    state = {s: p.state for p in before.positions for s in p.statements}
    for position in after.positions:
        old = next((state[s] for s in position.statements if s in state), None)
        if old is not None and old != position.state:
            yield position, old
