"""Parquet: the columns of the CSV with their types, for large records."""

from __future__ import annotations

import io
from importlib import import_module
from typing import Any

from jirga.errors import OptionalPartMissing
from jirga.record.export.common import View
from jirga.record.export.rows import COLUMNS, statement_rows

__all__ = ["to_parquet"]

NUMBERS = {"begin", "end"}


def to_parquet(view: View) -> bytes:
    """Return one row per statement.

    Raises
    ------
    OptionalPartMissing
        When pyarrow is not installed.
    """
    pa, pq = _library()
    fields = [
        pa.field(name, pa.int64() if name in NUMBERS else pa.string(), metadata={"comment": told})
        for name, told in COLUMNS.items()
    ]
    table = pa.Table.from_pylist(list(statement_rows(view)), schema=pa.schema(fields))
    held = io.BytesIO()
    pq.write_table(table, held, compression="zstd")
    return held.getvalue()


def _library() -> tuple[Any, Any]:
    try:
        return import_module("pyarrow"), import_module("pyarrow.parquet")
    except ImportError:
        raise OptionalPartMissing(
            "Parquet needs the library pyarrow. Install it with: pip install 'jirga[parquet]'"
        ) from None
