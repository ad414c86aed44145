"""Where accounts differ: event by event, what differs first, then who says it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from jirga.brief.cites import Cites, Line, Quote
from jirga.brief.names import Names
from jirga.brief.tellings import account_source, outlets, sources_of
from jirga.brief.words import capital, day, joined, quoted, span_words, words
from jirga.record.types import Account, Aspect, Dispute, Record

__all__ = ["Difference", "Group", "Side", "differing"]

LONGEST = 90  # characters of what differs, where it stands as a heading
ORDER = (
    Aspect.NUMBER, Aspect.POLARITY, Aspect.ACTOR, Aspect.RECIPIENT, Aspect.WHERE, Aspect.WHEN,
)  # fmt: skip
"""What matters most to a reader; on whose word a thing is told comes last, where nothing else tells it."""


@dataclass(frozen=True, slots=True)
class Side:
    """One account of something told differently."""

    value: str
    quotes: tuple[Quote, ...]
    outlets: str
    origins: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect on which accounts contradict each other, with the sides."""

    aspect: str
    values: str
    sides: tuple[Side, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """All that differs about one event or demand: contradictions, and where one account is only more exact."""

    about: str
    rows: tuple[Difference, ...]
    finer: tuple[Line, ...]


def differing(record: Record, names: Names, cites: Cites) -> list[Group]:
    """Return what is told differently, by event, the most told first.

    Parameters
    ----------
    record : Record
    names : Names
    cites : Cites

    Returns
    -------
    list of Group
        A dispute on whose word a thing is told is left out where another one of the same event shows its accounts
        with who tells them.
    """
    about = _abouts(record, names)
    groups: dict[str, list[Dispute]] = {}
    for dispute in record.disputes:
        groups.setdefault(dispute.event or about(dispute), []).append(dispute)
    ranked = sorted(
        groups.values(), key=lambda group: (all(d.refines for d in group), -max(map(_told, group)))
    )
    return [_group(group, about(group[0]), names, cites) for group in ranked]


def _told(dispute: Dispute) -> int:
    return sum(len(a.origins) for a in dispute.accounts)


def _rank(dispute: Dispute) -> int:
    last = len(ORDER) + (dispute.aspect is Aspect.ATTRIBUTION)
    return ORDER.index(dispute.aspect) if dispute.aspect in ORDER else last


def _group(group: Sequence[Dispute], about: str, names: Names, cites: Cites) -> Group:
    shown = {s for d in group if not _only_who(d) for s in _statements(d.accounts)}
    kept = [
        d for d in sorted(group, key=_rank) if not (_only_who(d) and set(_statements(d.accounts)) <= shown)
    ]
    rows = tuple(_difference(d, about, names, cites) for d in kept if not d.refines)
    return Group(about, rows, tuple(_finer(d, names, cites) for d in kept if d.refines))


def _only_who(dispute: Dispute) -> bool:
    return dispute.aspect is Aspect.ATTRIBUTION


def _statements(accounts: Iterable[Account]) -> list[str]:
    return [s for account in accounts for s in account.statements]


def _in_order(dispute: Dispute) -> list[Account]:
    """Put numbers in their order; other accounts as the record has them, the most told first."""
    if dispute.aspect is not Aspect.NUMBER:
        return list(dispute.accounts)
    return sorted(dispute.accounts, key=lambda a: _leading(a.value))


def _leading(value: str) -> float:
    first = value.replace(",", "").partition(" ")[0]
    return float(first) if first.replace(".", "", 1).isdecimal() else 0.0


def _difference(dispute: Dispute, about: str, names: Names, cites: Cites) -> Difference:
    sides = []
    for account in _in_order(dispute):
        numbers = cites(account.statements, most=3)
        quotes = tuple(cites.quote(s) for s in account.statements if cites.numbers.get(s) in numbers)
        value = _account(account.value, dispute.aspect, names) or "Not told"
        if _only_who(dispute):
            value = account_source(account, value, cites)
        sides.append(Side(value, quotes, outlets(account.statements, cites), len(account.origins)))
    aspect = words()["aspects"][str(dispute.aspect)]
    if dispute.aspect is Aspect.POLARITY and about.startswith("the demand"):
        aspect = words()["aspects"]["answer"]
    if dispute.aspect is Aspect.NUMBER and dispute.subject:
        aspect = f"{aspect} ({dispute.subject})"
    values = " / ".join(side.value for side in sides)
    return Difference(
        aspect, values if len(values) <= LONGEST and not _only_who(dispute) else "", tuple(sides)
    )


def _finer(dispute: Dispute, names: Names, cites: Cites) -> Line:
    """Tell, in one line, where an account is more exact than another without contradicting it, and who says which."""
    sides = [(_account(a.value, dispute.aspect, names), a) for a in _in_order(dispute)]
    told = [f"{value} ({_who(a, cites)})" for value, a in sides if value]
    silent = [outlets(a.statements, cites) for value, a in sides if not value]
    text = " / ".join(told) + (f"; not in {joined(silent)}" if silent else "")
    what = f" ({dispute.subject})" if dispute.aspect is Aspect.NUMBER and dispute.subject else ""
    lead = f"{words()['aspects'][str(dispute.aspect)]}{what}, one account more exact:"
    return cites.line(text, [s for _, a in sides for s in a.statements], lead=lead)


def _who(account: Account, cites: Cites) -> str:
    """Say who tells an account: the source in the reports' words, and the outlet."""
    sources = list(dict.fromkeys(filter(None, sources_of(account.statements, cites))))
    where = outlets(account.statements, cites)
    return f"{joined(sources)}, in {where}" if sources and len(sources) <= 2 else where


def _abouts(record: Record, names: Names) -> Callable[[Dispute], str]:
    events = {event.id: event for event in record.events}
    positions = {position.id: position for position in record.positions}

    def about(dispute: Dispute) -> str:
        if dispute.event in events:
            event = events[dispute.event]
            return f"{names.event(event)}, {span_words(event.when)}" if event.when else names.event(event)
        if dispute.event in positions:
            return f"the demand {quoted(positions[dispute.event].demand)}"
        return dispute.subject

    return about


def _days(value: str) -> str:
    """Say the days of a record's code ("2031-05-14/2031-05-15") as people write them; empty where it is none."""
    try:
        return " to ".join(day(date.fromisoformat(part)) for part in value.split("/"))
    except ValueError:
        return ""


def _account(value: str, aspect: Aspect, names: Names) -> str:
    """Say the value of an account: codes of the record become words, words of the reports stay."""
    kind, _, rest = value.partition(" ")
    told: dict[str, str] = words()["accounts"]
    if aspect is Aspect.ATTRIBUTION and kind in told:
        return told[kind].format(names.party(rest) if rest else "").strip()
    if aspect is Aspect.WHEN and (days := _days(value)):
        return days
    if ":" in value and " " not in value:
        return capital(names.party(value))
    if aspect is Aspect.HEDGE and value not in told:
        return quoted(value)  # the reserve in the report's own word: “reportedly”
    return told.get(value, value)
