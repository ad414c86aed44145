"""PLOVER JSON: one object per event, with the column names of the POLECAT data where the meaning is the same.

Source: Halterman, Bagozzi, Beger, Schrodt and Scarborough (2023), *PLOVER and POLECAT*. What those names do not
cover (all accounts, their standing, the quotes, Wikidata ids) stands under ``jirga``; what jirga does not code (intensity,
contexts, sectors) is left out, not made up.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

from jirga.reading.types import EventType
from jirga.reading.wikidata import wikidata_id
from jirga.record.export.common import View, coordinates, country_of, days
from jirga.record.types import Event

__all__ = ["QUADS", "to_plover"]

QUADS = {
    "Verbal Cooperation": (EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.CONCEDE),
    "Material Cooperation": (EventType.COOPERATE, EventType.AID, EventType.RETREAT),
    "Verbal Conflict": (EventType.REQUEST, EventType.ACCUSE, EventType.REJECT, EventType.THREATEN),
    "Material Conflict": (
        EventType.PROTEST, EventType.SANCTION, EventType.MOBILIZE, EventType.COERCE, EventType.ASSAULT,
    ),
}  # fmt: skip
"""PLOVER's four quads and their event types."""

_QUAD = {event_type: quad for quad, several in QUADS.items() for event_type in several}


def to_plover(view: View) -> bytes:
    """Return a JSON array with one object per event."""
    names = view.names
    rows = [_event(event, view, names) for event in view.record.events]
    return (json.dumps(rows, ensure_ascii=False, indent=1) + "\n").encode()


def _event(event: Event, view: View, names: dict[str, str]) -> dict[str, Any]:
    best = view.leading(event)
    report = view.reports[best.report]
    dates = days(event)
    published = report.published.start if report.published else None
    row: dict[str, Any] = {
        "Event ID": event.id,
        "Event Date": dates[0].isoformat() if dates else None,
        "Event Type": str(event.type),
        "Event Mode": event.mode,
        "Quad Code": _QUAD[event.type],
        **_people("Actor", event.actors, names),
        **_people("Recipient", event.recipients, names),
        **_place(event),
        "Source": report.outlet,
        "Publication Date": published.isoformat() if published else None,
        "Headline": report.title,
    }
    row["jirga"] = {
        "date_end": dates[1].isoformat() if dates else None,
        "precision": str(event.when.precision) if event.when else None,
        "standing": event.standing, "origins": list(event.origins), "polarity": str(best.polarity),
        "modality": str(best.modality), "actors": list(event.actors), "recipients": list(event.recipients),
        "wikidata": {a: q for a in (*event.actors, *event.recipients) if (q := wikidata_id(a))},
        "statements": [
            {"id": s.id, "report": s.report, "begin": s.begin, "end": s.end, "quote": view.quote(s)}
            for s in map(view.record.statements.__getitem__, event.statements)
        ],
    }  # fmt: skip
    return row


def _people(side: str, ids: Sequence[str], names: dict[str, str]) -> dict[str, str | None]:
    countries = [code for code in map(country_of, ids) if code]
    return {
        f"{side} Name": "; ".join(names.get(ident, ident) for ident in ids) or None,
        f"{side} Country": "; ".join(countries) or None,
    }


def _place(event: Event) -> dict[str, Any]:
    if event.where is None:
        return {
            "Placename": None,
            "Raw Placename": None,
            "GeoNames ID": None,
            "Latitude": None,
            "Longitude": None,
        }
    point = coordinates(event.where)
    return {
        "Placename": event.where.name,
        "Raw Placename": event.where.text,
        "GeoNames ID": event.where.id.partition(":")[2] if point else None,
        "Latitude": point[1] if point else None,
        "Longitude": point[0] if point else None,
    }
