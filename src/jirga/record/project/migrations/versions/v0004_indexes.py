"""The fourth version: indexes by which lists of a large record are paged without reading all of it."""

from __future__ import annotations

from alembic import op

from jirga.record.project.schema import metadata

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Create the indexes that are not there; a new project has them from the start."""
    for name in ("event", "event_statement", "position", "dispute"):
        for index in metadata.tables[name].indexes:
            index.create(op.get_bind(), checkfirst=True)
