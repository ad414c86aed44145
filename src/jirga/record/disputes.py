"""On what the accounts of an event differ: every version side by side, with no invented best."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from jirga.record.features import Count, Sight
from jirga.record.linking import make_id
from jirga.record.places import Lie, lie
from jirga.record.types import Account, Aspect, Dispute, Position
from jirga.record.within import tells_division

__all__ = ["disputes_of", "position_disputes", "trait_disputes"]

RUN = 5  # words in a row that two printings of one quotation share

_Valued = list[tuple[str, Sight]]


def disputes_of(event: str, group: Sequence[Sight]) -> list[Dispute]:
    """Find every aspect on which the accounts of one event differ.

    Parameters
    ----------
    event : str
        Event id.
    group : sequence of Sight
        Its statements.

    Returns
    -------
    list of Dispute
        Ordered by aspect. An account that is only more exact refines and is marked so.
    """
    if len(group) < 2:
        return []
    found: list[Dispute] = []
    found.extend(_numbers(event, group))
    for aspect, value in _PLAIN.items():
        found.extend(_plain(event, aspect, [(value(s), s) for s in group]))
    if group[0].family not in ("truce", "talks"):  # one account names who brokered, another who agreed
        found.extend(_who(event, Aspect.ACTOR, group, lambda s: s.actors))
    found.extend(_who(event, Aspect.RECIPIENT, group, lambda s: s.recipients))
    found.extend(_when(event, group))
    found.extend(_where(event, group))
    found.extend(_wording(event, group))
    return found


def _make(
    event: str | None,
    aspect: Aspect,
    valued: Iterable[tuple[str, Sight]],
    refines: bool = False,
    subject: str = "",
) -> Dispute | None:
    """Gather equal values into accounts; no dispute when there is one account or one telling."""
    told: dict[str, list[Sight]] = defaultdict(list)
    for value, sight in valued:
        told[value].append(sight)
    if len(told) < 2:
        return None
    accounts = tuple(
        Account(
            value,
            tuple(dict.fromkeys(s.s.id for s in sights)),
            tuple(sorted({s.origin for s in sights})),
        )
        for value, sights in told.items()
    )
    if len({statement for a in accounts for statement in a.statements}) < 2:
        return None
    parts = [f"{a.value}={','.join(a.statements)}" for a in accounts]
    return Dispute(
        make_id(f"{aspect}{subject}", [event or "", *parts]), event, aspect, accounts, refines, subject
    )


def _across(sights: Iterable[Sight]) -> bool:
    return len({s.s.report for s in sights}) > 1


def _hedge(sight: Sight) -> str:
    return ", ".join(dict.fromkeys(h.lower() for h in sight.s.hedges)) or "unhedged"


_PLAIN: dict[Aspect, Callable[[Sight], str]] = {
    Aspect.POLARITY: lambda s: s.s.polarity.value,
    Aspect.HEDGE: _hedge,
    Aspect.ATTRIBUTION: lambda s: s.source,
}


def _plain(event: str, aspect: Aspect, valued: _Valued) -> list[Dispute]:
    """Values that differ between reports; a value that every report gives somewhere is no dispute."""
    if not _across(s for _, s in valued):
        return []
    by_report: dict[str, set[str]] = defaultdict(set)
    for value, sight in valued:
        by_report[sight.s.report].add(value)
    if set.intersection(*by_report.values()) and aspect is not Aspect.POLARITY:
        return []
    made = _make(event, aspect, valued)
    return [made] if made else []


def _numbers(event: str, group: Sequence[Sight]) -> list[Dispute]:
    told: dict[tuple[str, str], list[tuple[Count, Sight]]] = defaultdict(list)
    for sight in group:
        kinds = [(c.unit, c.role) for c in sight.counts]
        for c in sight.counts:
            if kinds.count((c.unit, c.role)) == 1:  # two figures of one kind in one clause count two things
                told[c.unit, c.role].append((c, sight))
    found: list[Dispute] = []
    for (unit, _), counts in sorted(told.items()):
        valued = [(_figure(c), s) for c, s in counts]
        apart = max(c.low for c, _ in counts) > min(c.high for c, _ in counts)
        made = _make(event, Aspect.NUMBER, valued, refines=not apart, subject=unit)
        if made:
            found.append(made)
    return found


def _figure(c: Count) -> str:
    if c.exact:
        return f"{c.low:g}"
    if c.high == float("inf"):
        return f"{c.low:g} or more"
    return f"up to {c.high:g}" if c.low <= 0 else f"{c.low:g} to {c.high:g}"


def _who(
    event: str, aspect: Aspect, group: Sequence[Sight], who: Callable[[Sight], frozenset[str]]
) -> list[Dispute]:
    told = [(who(s), s) for s in group if who(s)]
    several = {ids for ids, _ in told}
    if not _across(s for _, s in told) or all(a & b for a in several for b in several):
        return []
    kinds = {all(i.startswith(("country:", "place:")) for i in ids) for ids, _ in told}
    refines = aspect is Aspect.RECIPIENT and len(kinds) == 2  # a group's camp in a country: both were hit
    made = _make(event, aspect, [(", ".join(sorted(ids)), s) for ids, s in told], refines=refines)
    return [made] if made else []


def _when(event: str, group: Sequence[Sight]) -> list[Dispute]:
    told = [s for s in group if s.dated and s.s.when is not None]
    if not _across(told):
        return []
    apart = max(s.first for s in told if s.first) > min(s.last for s in told if s.last)
    made = _make(event, Aspect.WHEN, [(_days(s), s) for s in told], refines=not apart)
    return [made] if made else []


def _days(sight: Sight) -> str:
    assert sight.first is not None
    assert sight.last is not None
    if sight.last - sight.first < timedelta(days=1):
        return sight.first.isoformat()
    return f"{sight.first.isoformat()}/{sight.last.isoformat()}"


def _where(event: str, group: Sequence[Sight]) -> list[Dispute]:
    """Places that differ; a silent account beside one that names a place is refined by it."""
    told = [s for s in group if s.s.where is not None]
    if not told or not _across(group):
        return []
    places = {s.s.where for s in told}
    apart = any(lie(a, b) is Lie.APART for a in places for b in places)
    if not apart and all(s.s.where.id.startswith("country:") for s in told if s.s.where is not None):
        return []  # that it was in a country refines nothing worth telling
    placed = {s.s.report for s in told}
    silent = [s for s in group if s.s.where is None and s.s.report not in placed]
    valued = [(s.s.where.name, s) for s in told if s.s.where is not None]
    if not apart:
        valued.extend(("", s) for s in silent)
    made = _make(event, Aspect.WHERE, valued, refines=not apart)
    return [made] if made else []


def _wording(event: str, group: Sequence[Sight]) -> list[Dispute]:
    """One quotation printed in several wordings: alike in a run of words, and not the same."""
    told: _Valued = []
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for sight in group:
        for quote in sight.quotations:
            for run in _runs(quote):
                holders[run].add(sight.s.id)
    for sight in group:
        mine = [q for q in sight.quotations if any(len(holders[run]) > 1 for run in _runs(q))]
        told.extend((quote, sight) for quote in mine[:1])
    if not _across(s for _, s in told):
        return []
    words = [_letters(value) for value, _ in told]
    if len(set(words)) < 2:
        return []
    shortest = min(words, key=len)
    made = _make(event, Aspect.WORDING, told, refines=all(shortest in w for w in words))
    return [made] if made else []


def _runs(quotation: str) -> set[tuple[str, ...]]:
    """Return every run of five words of a quotation; two that share one are printings of one."""
    words = _letters(quotation).split()
    return {tuple(words[i : i + RUN]) for i in range(len(words) - RUN + 1)}


def _letters(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())


def position_disputes(positions: Sequence[Position], sights: dict[str, Sight]) -> list[Dispute]:
    """Find demands whose answer is told as yes by one report and as no by another."""
    found: list[Dispute] = []
    for position in positions:
        if position.state != "contested":
            continue
        valued = [
            (a.kind.value, sights[s])
            for a in position.answers
            for s in a.statements
            if a.kind.value != "evades"
        ]
        made = _make(position.id, Aspect.POLARITY, valued, subject="answer")
        if made:
            found.append(made)
    return found


def trait_disputes(sights: Sequence[Sight]) -> list[Dispute]:
    """Find a trait (division, want of coordination) that reports tell of different parties."""
    told: _Valued = []
    for sight in sights:
        if tells_division(sight):
            whom = sorted(sight.recipients or sight.actors)
            told.extend((party, sight) for party in whom[:1])
    by_report: dict[str, set[str]] = defaultdict(set)
    for party, sight in told:
        by_report[sight.s.report].add(party)
    if len(by_report) < 2 or set.intersection(*by_report.values()):
        return []
    made = _make(None, Aspect.TRAIT, told, subject="division")
    return [made] if made else []
