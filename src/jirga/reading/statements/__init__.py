"""Statements: what a report says happened, was said, demanded, refused, promised or threatened."""

from __future__ import annotations

from jirga.reading.statements.build import find_statements
from jirga.reading.statements.output import statement_json

__all__ = ["find_statements", "statement_json"]
