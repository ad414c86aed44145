"""Reports, readings and statements to rows and back, without loss (checked by a round trip)."""

from __future__ import annotations

from typing import Any

from pydantic import TypeAdapter

from jirga.reading.types import Attribution, Mention, Reading, Statement
from jirga.record.layer import Layer
from jirga.reports.types import Block, Report, Span, TimeSpan

__all__ = [
    "blocks_of",
    "reading_of",
    "reading_row",
    "report_of",
    "report_row",
    "statement_of",
    "statement_row",
]

_STATEMENT = TypeAdapter(Statement)
_BLOCKS = TypeAdapter(tuple[Block, ...])
_PUBLISHED = TypeAdapter(TimeSpan | None)
_LAYER = TypeAdapter(Layer)
LINKING = "5"  # the way of linking; a project that was linked in another way is linked anew
_PARTS: dict[str, TypeAdapter[Any]] = {
    "sentences": TypeAdapter(tuple[Span, ...]),
    "mentions": TypeAdapter(tuple[Mention, ...]),
    "attributions": TypeAdapter(tuple[Attribution, ...]),
    "unread": TypeAdapter(tuple[tuple[Span, str], ...]),
}


def report_row(report: Report, added: str) -> dict[str, Any]:
    """Return a report as a row of the table ``report``."""
    published = report.published
    start = published.start.isoformat() if published and published.start else None
    end = published.end.isoformat() if published and published.end else None
    return {
        "id": report.id, "name": report.name, "path": report.path, "outlet": report.outlet, "title": report.title,
        "url": report.url, "published": start, "published_until": end, "language": report.language,
        "origin": report.origin or report.id, "text": report.text, "raw": report.raw, "added": added,
        "data": {
            "authors": list(report.authors), "notes": list(report.notes),
            "published": _PUBLISHED.dump_python(published, mode="json"),
            "blocks": _BLOCKS.dump_python(report.blocks, mode="json"),
        },
    }  # fmt: skip


def report_of(row: Any) -> Report:  # noqa: ANN401 - a row of SQLAlchemy
    """Return the report of a row."""
    data = row.data
    return Report(
        id=row.id, name=row.name, path=row.path, text=row.text, raw=row.raw, outlet=row.outlet, title=row.title,
        url=row.url, authors=tuple(data["authors"]), published=_PUBLISHED.validate_python(data["published"], strict=False),
        language=row.language, blocks=blocks_of(data), origin=row.origin,
        notes=tuple(data["notes"]),
    )  # fmt: skip


def blocks_of(data: dict[str, Any]) -> tuple[Block, ...]:
    """Return the blocks of a report from its row's ``data``."""
    return _BLOCKS.validate_python(data["blocks"])


def reading_row(reading: Reading) -> dict[str, Any]:
    """Return what a reading holds besides its report and statements."""
    return {name: part.dump_python(getattr(reading, name), mode="json") for name, part in _PARTS.items()}


def reading_of(
    report: Report, data: dict[str, Any], statements: tuple[Statement, ...], reader: str
) -> Reading:
    """Put a reading together again."""
    parts = {name: part.validate_python(data[name]) for name, part in _PARTS.items()}
    return Reading(report=report, statements=statements, reader=reader, **parts)


def statement_row(statement: Statement, report: Report, place: int, derived: bool = False) -> dict[str, Any]:
    """Return a statement as a row of the table ``statement``."""
    when = statement.when
    told = [link.source.name if link.source else str(link.kind) for link in statement.attribution]
    return {
        "id": statement.id, "report_id": report.id, "place": place, "begin": statement.begin, "end": statement.end,
        "quote": statement.quote, "type": str(statement.type), "mode": statement.mode,
        "polarity": str(statement.polarity), "modality": str(statement.modality),
        "when_start": when.start.isoformat() if when and when.start else None,
        "when_end": when.end.isoformat() if when and when.end else None,
        "where_name": statement.where.name if statement.where else None, "told_by": " < ".join(told), "derived": derived,
        "data": _STATEMENT.dump_python(statement, mode="json"),
    }  # fmt: skip


def statement_of(data: dict[str, Any]) -> Statement:
    """Return the statement of a row's ``data``."""
    return _STATEMENT.validate_python(data)


def layer_text(layer: Layer) -> str:
    """Return people's decisions by which a project was linked, as its state keeps them."""
    return f"{LINKING} {_LAYER.dump_json(layer).decode()}"


def layer_of(text: str | None) -> Layer | None:
    """Return the decisions by which a project was linked; None when it was not, or in another way."""
    way, _, told = (text or "").partition(" ")
    return _LAYER.validate_json(told) if way == LINKING else None
