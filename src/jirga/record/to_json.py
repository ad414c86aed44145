"""The record as plain values for ``jirga brief --json``."""

from __future__ import annotations

from typing import Any

from jirga.reading.types import Place
from jirga.reading.wikidata import wikidata_id
from jirga.record.types import Dispute, Event, Position, Record
from jirga.reports.types import TimeSpan

__all__ = ["record_to_json"]


def record_to_json(record: Record) -> dict[str, Any]:
    """Return the record's own parts as values that JSON can hold.

    Parameters
    ----------
    record : Record

    Returns
    -------
    dict
        ``events``, ``positions``, ``disputes`` (the format of ``docs/codebook.md``), ``threats``, ``commitments``,
        ``parties``, ``mediations``, ``factions``, ``origins``. Reports and statements are written by their
        own packages.
    """
    return {
        "events": [_event(e) for e in record.events],
        "positions": [_position(p) for p in record.positions],
        "disputes": [_dispute(d) for d in record.disputes],
        "threats": [
            {
                "id": t.id, "by": t.by, "against": t.against, "words": t.words, "condition": t.condition,
                "running": t.running, "statements": list(t.statements),
            }
            for t in record.threats
        ],
        "commitments": [
            {
                "id": c.id, "by": list(c.by), "words": c.words, "statements": list(c.statements),
                "offer": c.offer, "breaches": [{"by": b.by, "statements": list(b.statements)} for b in c.breaches],
            }
            for c in record.commitments
        ],
        "parties": [
            {
                "id": p.id, "name": p.name, "kind": p.kind, "names": list(p.names), "role": p.role,
                "members": list(p.members), "statements": p.statements, "wikidata": wikidata_id(p.id),
            }
            for p in record.parties
        ],
        "mediations": [{"party": m.party, "statements": list(m.statements)} for m in record.mediations],
        "factions": [
            {"party": f.party, "name": f.name, "statements": list(f.statements)} for f in record.factions
        ],
        "origins": [{"id": origin, "reports": list(reports)} for origin, reports in record.origins.items()],
    }  # fmt: skip


def _event(e: Event) -> dict[str, Any]:
    return {
        "id": e.id, "type": e.type.value, "mode": e.mode, "statements": list(e.statements),
        "actors": list(e.actors), "recipients": list(e.recipients), "when": _when(e.when), "where":
        _where(e.where), "origins": list(e.origins), "standing": e.standing, "label": e.label,
    }  # fmt: skip


def _position(p: Position) -> dict[str, Any]:
    return {
        "id": p.id, "demander": p.demander, "addressee": p.addressee, "demand": p.demand, "mode": p.mode,
        "statements": list(p.statements), "state": p.state, "origins": list(p.origins),
        "answers": [
            {"kind": a.kind.value, "by": a.by, "statements": list(a.statements), "inferred": a.inferred}
            for a in p.answers
        ],
    }  # fmt: skip


def _dispute(d: Dispute) -> dict[str, Any]:
    return {
        "id": d.id, "event": d.event, "aspect": d.aspect.value, "refines": d.refines, "subject": d.subject,
        "accounts": [
            {"value": a.value, "statements": list(a.statements), "origins": list(a.origins)} for a in
            d.accounts
        ],
    }  # fmt: skip


def _when(when: TimeSpan | None) -> dict[str, Any] | None:
    if when is None:
        return None
    return {
        "text": when.text,
        "start": when.start.isoformat() if when.start else None,
        "end": when.end.isoformat() if when.end else None,
        "precision": when.precision.value,
    }


def _where(where: Place | None) -> dict[str, Any] | None:
    return {"id": where.id, "name": where.name, "text": where.text} if where else None
