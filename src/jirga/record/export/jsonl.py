"""JSON Lines: statements as ``jirga read --format jsonl`` prints them, and reports as ``jirga add`` takes them."""

from __future__ import annotations

import json
from typing import Any

from jirga.reading.statements import statement_json
from jirga.record.export.common import View
from jirga.reports.types import Report

__all__ = ["reports_to_jsonl", "to_jsonl"]


def to_jsonl(view: View) -> bytes:
    """Return one line per statement; a quote that was cut ends where its ``end`` says no longer, and ``cut`` tells so."""
    lines = []
    for s in view.record.statements.values():
        row = statement_json(s)
        row["quote"] = view.quote(s)
        if row["quote"] != s.quote:
            row["cut"] = True
        lines.append(json.dumps(row, ensure_ascii=False))
    return "".join(f"{line}\n" for line in lines).encode()


def reports_to_jsonl(view: View) -> bytes:
    """Return one line per report; with full text the file can be read again as reports."""
    rows = [_report(report, view.full_text) for report in view.record.reports]
    return "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode()


def _report(report: Report, full_text: bool) -> dict[str, Any]:
    published = report.published.start if report.published else None
    row = {
        "id": report.name, "hash": report.id, "title": report.title, "outlet": report.outlet, "url": report.url,
        "authors": ", ".join(report.authors), "published": published.isoformat() if published else None,
        "language": report.language, "origin": report.origin or report.id,
    }  # fmt: skip
    return row | {"text": report.text} if full_text else row
