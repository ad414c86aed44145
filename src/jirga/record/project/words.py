"""Words in quotes: one question, answered by FTS5 in a file and by a GIN index on a server.

Both take a quote apart alike: no accents, small letters, split at whatever is neither letter nor digit.
"""

from __future__ import annotations

import re

from sqlalchemy import ColumnElement, Connection, column, func, literal_column, select, table, text
from sqlalchemy.dialects.postgresql import TSVECTOR

from jirga.record.project import schema

__all__ = ["holds"]

WORD = re.compile(r"[^\W_]+")
_INDEX = table("statement_text", column("rowid"))


def holds(connection: Connection, words: str) -> ColumnElement[bool] | None:
    """Return the condition that a statement's quote holds all of some words; None when there is no word among them.

    Parameters
    ----------
    connection : Connection
    words : str
        Anything that a person types; nothing in it is an operator.
    """
    words = words.replace("\0", " ")
    if connection.dialect.name == "sqlite":
        terms = " ".join(f'"{word}"' for word in WORD.findall(words))
        if not terms:
            return None
        hits = select(_INDEX.c.rowid).where(text("statement_text MATCH :terms").bindparams(terms=terms))
        return literal_column("statement.rowid").in_(hits)
    taken = func.jirga_words(words, type_=TSVECTOR)
    several = connection.execute(select(func.tsvector_to_array(taken))).scalar() or []
    if not several:
        return None
    asked = " & ".join(f"'{word}'" for word in several)  # letters and digits alone
    return func.jirga_words(schema.statement.c.quote, type_=TSVECTOR).op("@@")(
        text("CAST(:asked AS tsquery)").bindparams(asked=asked)
    )
