"""The first version of the project file."""

from __future__ import annotations

from alembic import op

from jirga.record.project.schema import FULL_TEXT, VIEWS, metadata

revision = "0001"
down_revision = None

TABLES = (
    "report", "statement", "statement_actor", "state", "refusal", "party", "event", "event_statement", "position",
    "answer", "dispute", "account",
)  # fmt: skip


def upgrade() -> None:
    """Create tables, views and the full-text index."""
    connection = op.get_bind()
    metadata.create_all(connection, tables=[metadata.tables[name] for name in TABLES])
    for name in ("timeline", "demands"):
        op.execute(f"CREATE VIEW {name} AS {VIEWS[name]}")
    for command in FULL_TEXT[connection.dialect.name]:
        connection.exec_driver_sql(command)
