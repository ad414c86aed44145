"""The fifth version: working tables, by which one more report is linked without reading the others again."""

from __future__ import annotations

from alembic import op

from jirga.record.project.schema import metadata
from jirga.record.project.working import WORKING

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Create the tables that are not there; the next report that comes in fills them."""
    metadata.create_all(op.get_bind(), tables=list(WORKING))
