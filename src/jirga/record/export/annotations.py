"""W3C Web Annotations (JSON-LD): every statement as a note on its report.

Each target has a TextQuoteSelector (the words, with a little context) and a TextPositionSelector (code points of
the report's text); both select the same stretch. A quote that is cut selects its first part. Bodies tag the statement
with its type and its actors' ids, and identify those actors that Wikidata knows.
"""

from __future__ import annotations

import json
from typing import Any
from urllib.parse import quote as percent

from jirga.reading.types import Statement
from jirga.reading.wikidata import wikidata_id
from jirga.record.export.common import View
from jirga.reports.types import Report

__all__ = ["to_annotations"]

AROUND = 32  # characters of context on either side, as annotation tools take them
ENTITY = "http://www.wikidata.org/entity/"  # the names of Wikidata's own data, which begin with http


def to_annotations(view: View) -> bytes:
    """Return an AnnotationCollection whose first page holds all statements."""
    reports = view.reports
    items = [_annotation(s, reports[s.report], view) for s in view.record.statements.values()]
    collection = {
        "@context": "http://www.w3.org/ns/anno.jsonld",
        "id": "urn:jirga:record",
        "type": "AnnotationCollection",
        "label": "Statements",
        "total": len(items),
        "first": {"id": "urn:jirga:record:1", "type": "AnnotationPage", "startIndex": 0, "items": items},
    }
    return (json.dumps(collection, ensure_ascii=False, indent=1) + "\n").encode()


def _annotation(s: Statement, report: Report, view: View) -> dict[str, Any]:
    exact = view.quote(s)
    end = s.begin + len(exact)
    named = [a.id for a in (*s.actors, *s.recipients)]
    tags = [str(s.type), *([s.mode] if s.mode else []), *named]
    entities = list(dict.fromkeys(filter(None, map(wikidata_id, named))))
    return {
        "id": f"urn:jirga:statement:{s.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "body": [
            *({"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in tags),
            *(
                {"type": "SpecificResource", "purpose": "identifying", "source": f"{ENTITY}{q}"}
                for q in entities
            ),
        ],
        "target": {
            "source": report.url or f"urn:jirga:report:{percent(report.id)}",
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": exact,
                    "prefix": report.text[max(s.begin - AROUND, 0) : s.begin],
                    "suffix": report.text[end : end + AROUND],
                },
                {"type": "TextPositionSelector", "start": s.begin, "end": end},
            ],
        },
    }
