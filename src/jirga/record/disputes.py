"""On what the accounts of an event differ: every version side by side, with no invented best."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import timedelta

from jirga.record.features import Count, Sight
from jirga.record.linking import make_id
from jirga.record.outcome import contested
from jirga.record.places import Lie, lie, named
from jirga.record.positions import given
from jirga.record.types import Account, Aspect, Dispute, Position
from jirga.record.within import tells_division
from jirga.record.wording import wordings
from jirga.record.words import cue

__all__ = ["disputes_of", "position_disputes", "trait_disputes"]

ANYBODY = frozenset({"person", "people", "victim", "casualty"})  # units of a toll that do not tell of whom

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
        found.extend(_who(event, Aspect.ACTOR, group, lambda s: s.doers))
    found.extend(_who(event, Aspect.RECIPIENT, group, lambda s: s.undergone))
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


def _source(sight: Sight) -> str:
    """Return who tells a thing; who lays a deed on somebody claims it."""
    return f"claim {min(sight.actors)}" if sight.blames and sight.actors else sight.source


_PLAIN: dict[Aspect, Callable[[Sight], str]] = {
    Aspect.POLARITY: lambda s: "negative" if s.negative else "positive",
    Aspect.HEDGE: _hedge,
    Aspect.ATTRIBUTION: _source,
}


def _plain(event: str, aspect: Aspect, valued: _Valued) -> list[Dispute]:
    """Values that differ between reports; a value that every report gives somewhere is no dispute."""
    if aspect is not Aspect.POLARITY:  # that a deed is denied is a difference within one report, too
        valued = [(value, s) for value, s in valued if not s.denies]
        if not _across(s for _, s in valued):
            return []
    by_report: dict[str, set[str]] = defaultdict(set)
    for value, sight in valued:
        by_report[sight.s.report].add(value)
    if aspect is not Aspect.POLARITY and set.intersection(*by_report.values()):
        return []
    made = _make(event, aspect, valued)
    return [made] if made else []


def _numbers(event: str, group: Sequence[Sight]) -> list[Dispute]:
    told: dict[tuple[str, str], list[tuple[Count, Sight]]] = defaultdict(list)
    for sight in group:
        if sight.negative:  # the figure that is denied is nobody's account
            continue
        kinds = [(c.unit, c.role) for c in sight.counts]
        for c in sight.counts:
            if kinds.count((c.unit, c.role)) == 1:  # two figures of one kind in one clause count two things
                told[c.unit, c.role].append((c, sight))
    for unit, role in [kind for kind in told if kind[0] in ANYBODY and kind[1] != "other"]:
        others = [kind for kind in told if kind[1] == role and kind[0] not in ANYBODY]
        if len(others) == 1:  # "15 dead" beside "12 civilians"
            told[others[0]].extend(told.pop((unit, role)))
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
    names = [(ids, s) for ids, s in told if not _nameless(ids, s)]
    naming = {s.s.report for _, s in names}
    told = names + [(ids, s) for ids, s in told if s.s.report not in naming]
    if not names or not _across(s for _, s in told):
        return []
    apart = _apart(ids for ids, _ in names)
    if apart:
        told = names
    elif not _apart(ids for ids, _ in told):
        return []
    kinds = {all(i.startswith(("country:", "place:")) for i in ids) for ids, _ in told}
    # A group's camp in a country: both were hit. "Gunmen" beside a name is less exact.
    refines = not apart or (aspect is Aspect.RECIPIENT and len(kinds) == 2)
    made = _make(event, aspect, [(", ".join(sorted(ids)), s) for ids, s in told], refines=refines)
    return [made] if made else []


def _apart(several: Iterable[frozenset[str]]) -> bool:
    """Whether any two of several sets of parties have nobody in common."""
    found = set(several)
    return any(not a & b for a in found for b in found)


def _nameless(ids: frozenset[str], sight: Sight) -> bool:
    """Whether parties are told without any name: "gunmen", "an organisation", "the attack near Dorn"."""
    words = {m.id: _head(m.text) for m in (*sight.s.actors, *sight.s.recipients)}
    return all(i.startswith("actor:") and words.get(i, "X").islower() for i in ids)


def _head(text: str) -> str:
    """Return the words of a mention up to its first preposition."""
    words = text.split()
    begin = 1 if len(words) > 1 and words[0].lower() in cue("small") else 0
    inner = itertools.takewhile(lambda w: w.lower() not in cue("small"), words[begin:])
    return " ".join(inner) or text


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
    told = [s for s in group if s.s.where is not None and named(s.s.where)]
    if not told or not _across(group):
        return []
    places = {s.s.where for s in told}
    apart = any(lie(a, b) is Lie.APART for a in places for b in places)
    if not apart and all(s.s.where.id.startswith("country:") for s in told if s.s.where is not None):
        return []  # that it was in a country refines nothing worth telling
    placed = {s.s.report for s in told}
    spoken = {word.casefold() for place in places if place for word in (place.name, place.text) if word}
    silent = [s for s in group if s not in told and s.s.report not in placed and not _names_any(s, spoken)]
    valued = [(s.s.where.name, s) for s in told if s.s.where is not None]
    if not apart:
        valued.extend(("", s) for s in silent)
    made = _make(event, Aspect.WHERE, valued, refines=not apart)
    return [made] if made else []


def _names_any(sight: Sight, names: Iterable[str]) -> bool:
    """Whether the sentence of an account names one of several places, if not as where it happened."""
    begin, end = sight.s.sentence if sight.s.sentence != (0, 0) else (sight.s.begin, sight.s.end)
    text = sight.report.text[begin:end].casefold()
    return any(name in text for name in names)


def _wording(event: str, group: Sequence[Sight]) -> list[Dispute]:
    told, refines = wordings(group)
    made = _make(event, Aspect.WORDING, told, refines=refines)
    return [made] if made else []


def position_disputes(positions: Sequence[Position], sights: dict[str, Sight]) -> list[Dispute]:
    """Find demands whose answer is told as yes by one report and as no by another."""
    found: list[Dispute] = []
    for position in positions:
        if position.state != "contested":
            continue
        told = [given(sights[s], a) for a in position.answers for s in a.statements]
        against = {(each.order, each.kind) for each in contested(told)}
        valued = [
            (a.kind.value, sights[s])
            for a in position.answers
            for s in a.statements
            if (sights[s].order, a.kind) in against
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
