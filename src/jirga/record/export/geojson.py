"""GeoJSON (RFC 7946): events with a place; a place without known coordinates has a null geometry and is not lost."""

from __future__ import annotations

import json
from typing import Any

from jirga.reading.types import Place
from jirga.record.export.common import View, coordinates, days
from jirga.record.types import Event

__all__ = ["to_geojson"]


def to_geojson(view: View) -> bytes:
    """Return a FeatureCollection with one feature per event that has a place."""
    names = view.names
    features = [_feature(event, event.where, view, names) for event in view.record.events if event.where]
    page = {"type": "FeatureCollection", "features": features}
    return (json.dumps(page, ensure_ascii=False, indent=1) + "\n").encode()


def _feature(event: Event, where: Place, view: View, names: dict[str, str]) -> dict[str, Any]:
    point, dates = coordinates(where), days(event)
    return {
        "type": "Feature",
        "id": event.id,
        "geometry": {"type": "Point", "coordinates": list(point)} if point else None,
        "properties": {
            "type": str(event.type),
            "mode": event.mode,
            "place": where.name,
            "place_id": where.id,
            "start": dates[0].isoformat() if dates else None,
            "end": dates[1].isoformat() if dates else None,
            "actors": [names.get(ident, ident) for ident in event.actors],
            "recipients": [names.get(ident, ident) for ident in event.recipients],
            "standing": event.standing,
            "outlets": view.outlets(event.statements),
            "quote": view.quote(view.leading(event)),
        },
    }
