"""The first version of the project file."""

from __future__ import annotations

from alembic import op

from jirga.record.project.schema import FULL_TEXT, VIEWS, metadata

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create tables, views and the full-text index."""
    connection = op.get_bind()
    metadata.create_all(connection)
    for name, query in VIEWS.items():
        op.execute(f"CREATE VIEW {name} AS {query}")
    if connection.dialect.name == "sqlite":
        for command in FULL_TEXT:
            op.execute(command)
