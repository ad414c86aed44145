"""Exports: the record in formats that other tools read.

Quotes are short unless full text is asked for; reports leave whole only then.
"""

from __future__ import annotations

from collections.abc import Callable

from jirga.errors import UsageError
from jirga.record.export.annotations import to_annotations
from jirga.record.export.bibtex import to_bibtex
from jirga.record.export.common import View
from jirga.record.export.csv_table import guard, to_csv, unguard, write_rows
from jirga.record.export.geojson import to_geojson
from jirga.record.export.graph import to_gexf, to_graphml
from jirga.record.export.ics import to_ics
from jirga.record.export.jsonl import reports_to_jsonl, to_jsonl
from jirga.record.export.parquet import to_parquet
from jirga.record.export.plover import to_plover
from jirga.record.export.timelinejs import to_timelinejs
from jirga.record.types import Record

__all__ = ["FORMATS", "export", "guard", "unguard", "write_rows"]

FORMATS: dict[str, Callable[[View], bytes]] = {
    "annotations": to_annotations,
    "bibtex": to_bibtex,
    "csv": to_csv,
    "geojson": to_geojson,
    "gexf": to_gexf,
    "graphml": to_graphml,
    "ics": to_ics,
    "jsonl": to_jsonl,
    "parquet": to_parquet,
    "plover": to_plover,
    "reports": reports_to_jsonl,
    "timelinejs": to_timelinejs,
}
"""What writes each format, by the name that the command takes."""


def export(record: Record, form: str, *, full_text: bool = False) -> bytes:
    """Return a record in a format of other tools.

    Parameters
    ----------
    record : Record
    form : str
        A key of `FORMATS`.
    full_text : bool
        Let whole sentences and whole reports leave, in the formats that hold them (csv, parquet, jsonl, reports).

    Returns
    -------
    bytes
        The file; the same for the same record.

    Raises
    ------
    UsageError
        For an unknown format.
    OptionalPartMissing
        When a format needs a library that is not installed.
    """
    if form not in FORMATS:
        raise UsageError(f"There is no format “{form}”. Choose one of: {', '.join(FORMATS)}.")
    return FORMATS[form](View(record, full_text))
