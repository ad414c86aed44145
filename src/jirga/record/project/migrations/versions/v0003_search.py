"""The third version: an index that tools recognise as the one of the quotes, and demands with the names of the parties."""

from __future__ import annotations

from alembic import op

from jirga.record.project.schema import FULL_TEXT, VIEWS

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make index and view again."""
    connection = op.get_bind()
    if connection.dialect.name == "sqlite":
        for name in ("statement_text_in", "statement_text_out"):
            connection.exec_driver_sql(f"DROP TRIGGER {name}")
        connection.exec_driver_sql("DROP TABLE statement_text")
        for command in FULL_TEXT["sqlite"]:
            connection.exec_driver_sql(command)
        connection.exec_driver_sql("INSERT INTO statement_text(statement_text) VALUES ('rebuild')")
    op.execute("DROP VIEW demands")
    op.execute(f"CREATE VIEW demands AS {VIEWS['demands']}")
