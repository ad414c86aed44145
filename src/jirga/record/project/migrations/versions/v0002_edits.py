"""The second version: what people decide, as entries that are only added."""

from __future__ import annotations

from alembic import op

from jirga.record.project.schema import APPEND_ONLY, VIEWS, metadata

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Create the table of entries and its view."""
    connection = op.get_bind()
    metadata.tables["edit"].create(connection)
    op.execute(f"CREATE VIEW work AS {VIEWS['work']}")
    for command in APPEND_ONLY[connection.dialect.name]:
        connection.exec_driver_sql(command)
