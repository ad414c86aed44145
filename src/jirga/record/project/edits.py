"""People's work: entries that are only ever added, found again by the words that they were made on.

An entry keeps the spans and quotes of the statements behind its target. After a new version of a report or another
reading, each is looked for by its id, then by its quote in the report's current version; one that is not found makes
the entry an orphan, which is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import Connection, insert, select

from jirga.errors import UsageError
from jirga.record.layer import Hidden, Layer, Link, change
from jirga.record.project import schema
from jirga.record.project.codec import statement_of

__all__ = [
    "DECISIONS",
    "Entry",
    "enter",
    "entries",
    "find",
    "layer_of",
    "statements_behind",
    "undo",
    "versions_of",
]

DECISIONS = ("reject", "merge", "split", "edit", "own", "undo")
"""Kinds of entries that change how the record is built."""

LEAST = 4  # signs of an id that may stand for it


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry, and what it stands on now.

    Attributes
    ----------
    id : int
    kind, target_kind, target, who, added, words : str
        As in the table ``edit``.
    undoes : int or None
    data : mapping
    live : bool
        False when it was undone.
    statements : tuple of str
        Ids of the statements it stands on today.
    lost : tuple of str
        Quotes (or an id) that were not found again; an orphan when there are any.
    """

    id: int
    kind: str
    target_kind: str
    target: str
    who: str
    added: str
    words: str
    undoes: int | None
    data: Mapping[str, Any]
    live: bool = True
    statements: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def find(connection: Connection, wanted: str) -> tuple[str, str]:
    """Return kind and id of what an id, or the begin of one, names.

    Raises
    ------
    UsageError
        When nothing or several things are named so.
    """
    hits: list[tuple[str, str]] = []
    for kind in ("statement", "event", "position", "dispute", "report", "party"):
        column = schema.metadata.tables[kind].c.id
        if connection.execute(select(column).where(column == wanted)).first():
            return kind, wanted
        if len(wanted) >= LEAST:
            like = column.startswith(wanted, autoescape=True)
            hits.extend(
                (kind, ident) for ident in connection.execute(select(column).where(like).limit(5)).scalars()
            )
    if len(hits) == 1:
        return hits[0]
    if hits:
        several = ", ".join(f"{kind} {ident}" for kind, ident in hits[:5])
        raise UsageError(f"“{wanted}” is the begin of several ids: {several}. Give more of it.")
    raise UsageError(
        f"Nothing has the id “{wanted}”. The lists show ids (at least {LEAST} signs are needed); try jirga events."
    )


def statements_behind(connection: Connection, kind: str, ident: str) -> list[str]:
    """Return the ids of the statements that a thing rests on, the leading one first."""
    if kind == "statement":
        return [ident]
    if kind == "event":
        link = schema.event_statement.c
        query = select(link.statement_id).where(link.event_id == ident).order_by(link.place)
        return list(connection.execute(query).scalars())
    if kind == "position":
        p = schema.position.c
        return list(connection.execute(select(p.statements).where(p.id == ident)).scalar() or ())
    if kind == "dispute":
        a = schema.account.c
        rows = connection.execute(
            select(a.statements).where(a.dispute_id == ident).order_by(a.place)
        ).scalars()
        return list(dict.fromkeys(s for several in rows for s in several))
    return []


def enter(
    connection: Connection,
    kind: str,
    target: tuple[str, str],
    *,
    who: str,
    words: str = "",
    statements: Sequence[str] | None = None,
    fields: Mapping[str, str] | None = None,
) -> int:
    """Add an entry and return its number.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    kind : str
        note, accept, reject, merge, split, edit, own.
    target : (str, str)
        Kind and id, as `find` gives them.
    who, words : str
    statements : sequence of str, optional
        Statements to stand on; those behind the target when not given.
    fields : mapping, optional
        For ``edit``: what is coded otherwise.
    """
    what, ident = target
    if kind == "reject" and what == "party":
        raise UsageError("A party cannot be rejected. Reject the statements or events that name it.")
    if kind == "own" and what != "report":
        raise UsageError("Only a report can be an origin of its own. See: jirga origins -p FILE")
    behind = statements if statements is not None else statements_behind(connection, what, ident)
    data: dict[str, Any] = {"anchors": _anchors(connection, behind)}
    if what == "dispute":
        d = schema.dispute.c
        row = connection.execute(select(d.aspect, d.subject).where(d.id == ident)).one()
        data["aspect"] = f"{row.aspect}:{row.subject}"
    if kind == "edit":
        data["fields"] = dict(fields or {})
        _check_fields(connection, what, ident, data["fields"])
    return _insert(connection, kind, what, ident, who, words, data)


def undo(connection: Connection, number: int, *, who: str, words: str = "") -> int:
    """Undo an entry by a new one and return its number; undoing that one brings the first back.

    Raises
    ------
    UsageError
        When there is no such entry or it is undone already.
    """
    held = {entry.id: entry for entry in _listed(connection, None)}
    if number not in held:
        raise UsageError(f"There is no entry {number}. See them with: jirga work -p FILE")
    if not held[number].live:
        raise UsageError(f"Entry {number} is undone already. See: jirga work -p FILE")
    return _insert(connection, "undo", "edit", str(number), who, words, {}, undoes=number)


def entries(
    connection: Connection, current: Mapping[str, str | None] | None = None, before: str | None = None
) -> list[Entry]:
    """Return all entries with what they stand on.

    Parameters
    ----------
    connection : Connection
    current : mapping of str to str or None, optional
        Each report to its version of the time asked about (itself, mostly; None when it has none); of now by default.
    before : str, optional
        Only entries made before this time (ISO 8601, UTC).
    """
    listed = _listed(connection, before)
    if not listed:
        return []
    versions = current if current is not None else versions_of(connection)
    return [_standing(connection, entry, versions) for entry in listed]


def layer_of(several: Iterable[Entry]) -> Layer:
    """Return what live entries change in the record."""
    without: set[str] = set()
    reports: set[str] = set()
    changed: dict[str, dict[str, str]] = {}
    links: list[Link] = []
    hidden: list[Hidden] = []
    own: set[str] = set()
    for entry in several:
        if not entry.live:
            continue
        if entry.kind == "reject" and entry.target_kind == "report":
            reports.update(() if entry.lost else (entry.target,))
        elif entry.kind == "reject" and entry.target_kind in {"position", "dispute"}:
            hidden.append(Hidden(entry.data.get("aspect", ""), frozenset(entry.statements)))
        elif entry.kind == "reject":
            without.update(entry.statements)
        elif entry.kind in {"merge", "split"} and entry.statements:
            links.append(Link(entry.kind == "merge", entry.statements))
        elif entry.kind == "own":
            own.update(() if entry.lost else (entry.target,))
        elif entry.kind == "edit":
            for ident in entry.statements:
                changed.setdefault(ident, {}).update(entry.data["fields"])
    return Layer(frozenset(without), frozenset(reports), changed, tuple(links), tuple(hidden), frozenset(own))


def versions_of(connection: Connection, before: str | None = None) -> dict[str, str | None]:
    """Return each report's version of a time: itself, the one that took its place, or None when it was not there yet."""
    r = schema.report.c
    rows = connection.execute(select(r.id, r.replaced_by, r.added)).all()
    there = {row.id: row.replaced_by for row in rows if before is None or row.added < before}
    found: dict[str, str | None] = {}
    for row in rows:
        ident = row.id if row.id in there else None
        while ident is not None and there[ident] in there:
            ident = there[ident]
        found[row.id] = ident
    return found


def _listed(connection: Connection, before: str | None) -> list[Entry]:
    table = schema.edit
    query = select(table).order_by(table.c.id)
    rows = (
        connection.execute(query if before is None else query.where(table.c.added < before)).mappings().all()
    )
    undone: set[int] = set()
    for row in reversed(rows):
        if row["undoes"] is not None and row["id"] not in undone:
            undone.add(row["undoes"])
    return [Entry(**row, live=row["id"] not in undone) for row in rows]


def _standing(connection: Connection, entry: Entry, versions: Mapping[str, str | None]) -> Entry:
    found: dict[str, None] = {}
    lost: list[str] = []
    for anchor in entry.data.get("anchors", ()):
        ident = _again(connection, anchor, versions)
        if ident is None:
            lost.append(anchor["quote"])
        else:
            found[ident] = None
    if entry.target_kind == "report" and versions.get(entry.target) != entry.target:
        lost.append(entry.target)
    if entry.target_kind == "party" and not _is_party(connection, entry.target):
        lost.append(entry.target)
    return Entry(
        entry.id, entry.kind, entry.target_kind, entry.target, entry.who, entry.added, entry.words, entry.undoes,
        entry.data, entry.live, tuple(found), tuple(lost),
    )  # fmt: skip


def _again(
    connection: Connection, anchor: Mapping[str, Any], versions: Mapping[str, str | None]
) -> str | None:
    """Return the id of the statement that an anchor stands on today."""
    report = versions.get(anchor["report"])
    if report is None:
        return None
    s, r = schema.statement.c, schema.report.c
    begin, quote = anchor["begin"], anchor["quote"]
    if report == anchor["report"]:
        text = connection.execute(select(r.text).where(r.id == report)).scalar_one()
        if text[begin : begin + len(quote)] != quote:
            return None
        known = connection.execute(select(s.id).where(s.id == anchor["id"])).first()
        if known or anchor["derived"]:
            return str(anchor["id"])
    query = select(s.id, s.type, s.begin).where(s.report_id == report, s.quote == quote)
    rows = connection.execute(query).all()
    nearest = sorted(rows, key=lambda row: (row.type != anchor["type"], abs(row.begin - begin)))
    return str(nearest[0].id) if nearest else None


def _anchors(connection: Connection, statements: Sequence[str]) -> list[dict[str, Any]]:
    s = schema.statement.c
    query = select(s.id, s.report_id, s.begin, s.quote, s.type, s.derived).where(s.id.in_(statements))
    rows = {row.id: row for row in connection.execute(query)}
    return [
        {
            "id": row.id, "report": row.report_id, "begin": row.begin, "quote": row.quote, "type": row.type,
            "derived": row.derived,
        }
        for row in (rows[ident] for ident in statements if ident in rows)
    ]  # fmt: skip


def _check_fields(connection: Connection, kind: str, ident: str, fields: Mapping[str, str]) -> None:
    if kind != "statement":
        raise UsageError(
            "Only statements can be coded otherwise. Name a statement; see: jirga search WORDS -p FILE"
        )
    if not fields:
        raise UsageError("Say what to change: --type, --mode, --polarity or --modality.")
    s = schema.statement.c
    change(statement_of(connection.execute(select(s.data).where(s.id == ident)).scalar_one()), fields)


def _is_party(connection: Connection, ident: str) -> bool:
    actor, party = schema.statement_actor.c, schema.party.c
    return any(
        connection.execute(query).first()
        for query in (
            select(party.id).where(party.id == ident).limit(1),
            select(actor.actor_id).where(actor.actor_id == ident).limit(1),
        )
    )


def _insert(
    connection: Connection, kind: str, what: str, ident: str, who: str, words: str, data: dict[str, Any],
    undoes: int | None = None,
) -> int:  # fmt: skip
    row = {
        "kind": kind, "target_kind": what, "target": ident, "undoes": undoes, "who": who,
        "added": datetime.now(UTC).isoformat(timespec="seconds"), "words": words, "data": data,
    }  # fmt: skip
    key = connection.execute(insert(schema.edit), row).inserted_primary_key
    assert key is not None
    return int(key[0])
