"""Commitments, threats, mediators and factions as rows.

They are kept in no table: they are found anew from the evidence, as the brief does it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from jirga.reading.types import Polarity, Statement
from jirga.record.outcome import day_told
from jirga.record.project.query import Filters
from jirga.record.project.store import Project
from jirga.record.types import Record
from jirga.record.words import says

__all__ = ["FOUND", "found_rows"]

Rows = list[dict[str, Any]]
_Found = tuple[dict[str, Any], list[tuple[dict[str, Any], str]]]
"""A thing: what is told of it as a whole, and its statements, each with what is told of that."""


def found_rows(project: Project, kind: str, filters: Filters) -> Rows:
    """Return rows of one kind (a key of `FOUND`): one for each statement, things that pass the filters whole.

    Parameters
    ----------
    project : Project
    kind : str
    filters : Filters
        A thing passes when one of its statements does. At most so many things are given.
    """
    record = project.record()
    days = {r.name: r.published.start if r.published else None for r in record.reports}
    outlets = {r.name: r.outlet or r.name for r in record.reports}
    passes = _Passes(record, filters, days)
    things = [thing for thing in FOUND[kind](record) if any(passes(s) for _, s in thing[1])]
    things = things[filters.offset :]
    if filters.limit:
        things = things[: filters.limit]
    rows: Rows = []
    for whole, statements in things:
        told = [(more, record.statements[ident]) for more, ident in statements]
        of = {s.id: _day(s, days[s.report]) for _, s in told}
        printed: dict[tuple[str, ...], dict[str, Any]] = {}
        for more, s in sorted(told, key=lambda each: of[each[1].id] or date.max):
            row = _row(more, s, of[s.id], outlets[s.report])
            known = printed.setdefault((s.quote, str(of[s.id]), *map(str, more.values())), row)
            if known is not row and row["outlet"] not in known["outlet"].split(
                ", "
            ):  # a copy, or the same words
                known["outlet"] += f", {row['outlet']}"
        ident = whole["id"]
        head = {name: value for name, value in whole.items() if name != "id"}
        rows += [{**head, **row, "id": ident} for row in printed.values()]
    return rows


def _row(more: Mapping[str, Any], s: Statement, day: date | None, outlet: str) -> dict[str, Any]:
    sources = [link.source.name if link.source else str(link.kind) for link in s.attribution]
    return {
        "day": day.isoformat() if day else None, **more, "quote": s.quote, "outlet": outlet,
        "told_by": " < ".join(sources), "statement": s.id,
    }  # fmt: skip


class _Passes:
    """Whether a statement passes filters."""

    def __init__(self, record: Record, filters: Filters, days: Mapping[str, date | None]) -> None:
        self.record, self.filters = record, filters
        wanted = (filters.actor or "").casefold()
        self.parties = {
            p.id for p in record.parties if wanted == p.id or any(wanted in name.casefold() for name in (p.name, *p.names))
        }  # fmt: skip
        self.published = days

    def __call__(self, ident: str) -> bool:
        s, f = self.record.statements[ident], self.filters
        day = _day(s, self.published[s.report])
        told = day.isoformat() if day else ""
        if (f.since and told < f.since) or (f.until and not "" < told <= f.until):
            return False
        if f.type and s.type != f.type.upper():
            return False
        acting = _acting(self.record, s) | {self.record.of_party.get(a.id, a.id) for a in s.recipients}
        return f.actor is None or not self.parties.isdisjoint(acting) or f.actor in acting


def _commitments(record: Record) -> Iterator[_Found]:
    names = _names(record)
    denied = [
        s for s in record.statements.values() if s.polarity is Polarity.NEGATIVE and says(s.quote, "breach")
    ]
    for c in record.commitments:
        state = "breach told" if c.breaches else "offered" if c.offer else "stands"
        whole = {"who": names(c.by), "commitment": " ".join(c.words.split()), "state": state, "id": c.id}
        made = [({"step": "offered" if c.offer else "committed", "by": names(c.by)}, s) for s in c.statements]
        for b in c.breaches:
            made += [({"step": "breach told", "by": names([b.by] if b.by else [])}, s) for s in b.statements]
        blamed = {b.by for b in c.breaches}
        made += [
            ({"step": "breach denied", "by": names(sorted(acting & blamed))}, s.id)
            for s in denied
            if (acting := _acting(record, s)) & blamed
        ]
        yield whole, made


def _threats(record: Record) -> Iterator[_Found]:
    names = _names(record)
    for t in record.threats:
        whole = {
            "by": names([t.by]), "against": names([t.against] if t.against else []),
            "threat": " ".join(t.words.split()), "state": "going on" if t.running else "threatened",
            "condition": " ".join(t.condition.split()), "id": t.id,
        }  # fmt: skip
        yield whole, [({}, s) for s in t.statements]


def _mediators(record: Record) -> Iterator[_Found]:
    names = _names(record)
    done: dict[str, list[Statement]] = {m.party: [] for m in record.mediations}
    for s in record.statements.values():
        for party in _acting(record, s) & done.keys():
            done[party].append(s)
    for party, several in done.items():
        yield (
            {"name": names([party]), "id": party},
            [({"step": _deed(s), "with": _whom(record, s)}, s.id) for s in several],
        )


def _factions(record: Record) -> Iterator[_Found]:
    names = _names(record)
    for f in record.factions:
        yield (
            {"party": names([f.party]), "name": f.name or "(division)", "id": f.party},
            [({}, s) for s in f.statements],
        )


FOUND: dict[str, Callable[[Record], Iterable[_Found]]] = {
    "commitments": _commitments, "threats": _threats, "mediators": _mediators, "factions": _factions,
}  # fmt: skip
"""What can be asked for, by the name of the command."""


def _names(record: Record) -> Callable[[Sequence[str]], str]:
    known = {a.id: a.name for s in record.statements.values() for a in (*s.actors, *s.recipients)}
    known |= {party.id: party.name for party in record.parties}
    return lambda parties: ", ".join(known.get(each, each) for each in parties)


def _acting(record: Record, s: Statement) -> set[str]:
    return {record.of_party.get(a.id, a.id) for a in s.actors}


def _deed(s: Statement) -> str:
    return " ".join(filter(None, (str(s.type), s.mode)))


def _whom(record: Record, s: Statement) -> str:
    return _names(record)(list(dict.fromkeys(record.of_party.get(a.id, a.id) for a in s.recipients)))


def _day(s: Statement, published: date | None) -> date | None:
    return day_told(s.when.start if s.when else None, s.when.end if s.when else None, published)
