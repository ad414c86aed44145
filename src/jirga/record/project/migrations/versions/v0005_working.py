"""The fifth version: working tables, by which one more report is linked without reading the others again.

Events and positions are ordered by a text that follows from each alone, where a number had to change when one came before it.
"""

from __future__ import annotations

from alembic import op
from sqlalchemy import Column, Integer, inspect

from jirga.record.project.schema import VIEWS, Text, metadata
from jirga.record.project.working import WORKING

revision = "0005"
down_revision = "0004"

_PADDED = {"sqlite": "substr('0000000000' || number, -10)", "postgresql": "lpad(number::text, 10, '0')"}


def upgrade() -> None:
    """Create what is not there; a new project has it from the start, and the next report that comes in fills it."""
    connection = op.get_bind()
    metadata.create_all(connection, tables=list(WORKING))
    columns = {column["name"]: column["type"] for column in inspect(connection).get_columns("event")}
    if not isinstance(columns["place"], Integer):
        return
    for view in ("timeline", "demands"):
        connection.exec_driver_sql(f"DROP VIEW {view}")
    for name in ("event", "position"):
        connection.exec_driver_sql(f"DROP INDEX {name}_place")
        connection.exec_driver_sql(f"ALTER TABLE {name} RENAME COLUMN place TO number")
        op.add_column(name, Column("place", Text, nullable=False, server_default=""))
        connection.exec_driver_sql(f"UPDATE {name} SET place = {_PADDED[connection.dialect.name]}")  # noqa: S608 - no word of a user
        connection.exec_driver_sql(f"ALTER TABLE {name} DROP COLUMN number")
        op.create_index(f"{name}_place", name, ["place"])
    for view in ("timeline", "demands"):
        connection.exec_driver_sql(f"CREATE VIEW {view} AS {VIEWS[view]}")
