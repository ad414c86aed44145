"""The project file: reports, statements and the record in one SQLite file."""

from jirga.record.project.query import KINDS, Filters, rows_of, search
from jirga.record.project.store import Added, Project

__all__ = ["KINDS", "Added", "Filters", "Project", "rows_of", "search"]
