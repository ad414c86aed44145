"""A project: reports, statements, people's decisions and the record, in one SQLite file or on a PostgreSQL server."""

from jirga.record.project.codebook import codebook, codebook_for_datasette, codebook_markdown
from jirga.record.project.copies import copies
from jirga.record.project.database import is_url
from jirga.record.project.diff import Difference, compare
from jirga.record.project.edits import Entry, enter, find, statements_behind, undo
from jirga.record.project.query import KINDS, Filters, rows_of, search
from jirga.record.project.query_record import FOUND, found_rows
from jirga.record.project.query_statements import Opened, opened
from jirga.record.project.reread import Reread, reread
from jirga.record.project.store import Added, Project

__all__ = [
    "FOUND", "KINDS", "Added", "Difference", "Entry", "Filters", "Opened", "Project", "Reread", "codebook",
    "codebook_for_datasette", "codebook_markdown", "compare", "copies", "enter", "find", "found_rows", "is_url", "opened",
    "reread", "rows_of", "search", "statements_behind", "undo",
]  # fmt: skip
