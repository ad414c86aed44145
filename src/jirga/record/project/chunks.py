"""Long lists for a database, in parts that it takes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection, Table, insert

__all__ = ["chunks", "write"]

PART = 500  # values of one question
ROWS = 20_000  # rows written at once

_T = TypeVar("_T")


def chunks(values: Iterable[_T], size: int = PART) -> Iterator[list[_T]]:
    """Yield lists of at most so many values."""
    left = iter(values)
    while part := list(islice(left, size)):
        yield part


def write(connection: Connection, table: Table, rows: Iterable[tuple[Any, ...]]) -> None:
    """Write rows whose values stand in the order of the table's columns.

    Parameters
    ----------
    connection : Connection
    table : Table
        Without JSON columns.
    rows : iterable of tuple
    """
    command = str(insert(table).compile(dialect=connection.dialect))
    names = [column.name for column in table.columns]
    plain = connection.dialect.name == "sqlite"  # by place and past the checks of each row: twice as fast
    for part in chunks(rows, ROWS):
        if plain:
            connection.exec_driver_sql(command, part)
        else:
            connection.execute(insert(table), [dict(zip(names, row, strict=True)) for row in part])
