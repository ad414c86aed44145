"""Working tables: what linking keeps so that one more report is linked without reading the others again.

They follow from the evidence and can be made anew at any time; nothing in them is for people. `jirga.record.project.store`
fills them when all is linked anew, and keeps them up when a few reports come or go.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    BigInteger,
    Boolean,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    SmallInteger,
    String,
    Table,
)

from jirga.record.project.schema import Text, metadata

__all__ = ["WORKING"]

# Ids in the order of their digits, on a server of any language, too.
_Ident = String(16).with_variant(String(16, collation="C"), "postgresql")

# Who belongs to whom: counts over all reports, and what follows for each actor.

linked_report = Table(
    "linked_report", metadata,
    Column("report_id", String(16), ForeignKey("report.id"), primary_key=True, comment="A report that is linked"),
    Column("tally", JSON, nullable=False, comment="What it adds to the counts of names, parts and opponents"),
    Column("roles", JSON, nullable=False, comment="What it adds to the counts of what parties do"),
)  # fmt: skip

tally = Table(
    "tally", metadata,
    Column("kind", Text, primary_key=True, comment="What is counted"),
    Column("one", Text, primary_key=True, comment="Of which actor or party"),
    Column("other", Text, primary_key=True, comment="With which other, or in which words"),
    Column("count", Integer, nullable=False, comment="How often, over all reports"),
    sqlite_with_rowid=False,
)  # fmt: skip

actor = Table(
    "actor", metadata,
    Column("id", Text, primary_key=True, comment="Actor that reports name, or say that another is of"),
    Column("above", Text, comment="Actor that its mentions say it is of"),
    Column("told", Text, comment="Party that it is told to be a part of"),
    Column("first", Text, nullable=False, comment="Party that it belongs to by its mentions alone"),
    Column("party", Text, nullable=False, comment="Party that it belongs to"),
    Column("part", Boolean, nullable=False, comment="Whether it is a person or a part of something"),
    Column("thing", Boolean, nullable=False, comment="Whether it is a party that no list knows and that never acts"),
    Column("nameless", Boolean, nullable=False, comment="Whether it is a party without any name"),
    Index("actor_above", "above"),
    Index("actor_told", "told"),
    Index("actor_first", "first"),
    Index("actor_party", "party"),
)  # fmt: skip

report_actor = Table(
    "report_actor", metadata,
    Column("actor", Text, primary_key=True, comment="Actor"),
    Column("report_id", String(16), ForeignKey("report.id"), primary_key=True, comment="A report that names it"),
    Index("report_actor_report", "report_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

# Who copies whom.

wording = Table(
    "wording", metadata,
    Column("report_id", _Ident, ForeignKey("report.id"), primary_key=True, comment="A report that may copy others"),
    Column("day", Integer, nullable=False, comment="Number of its day; without one it is younger than all others"),
    Column("origin", _Ident, nullable=False, comment="Earliest report that it is a copy of, or its own id"),
    Column("words", LargeBinary, nullable=False, comment="A hash of each word, four bytes each"),
    Column("marks", LargeBinary, nullable=False, comment="Its marks, eight bytes each"),
    Index("wording_origin", "origin"),
)  # fmt: skip

mark = Table(
    "mark", metadata,
    Column("mark", BigInteger, primary_key=True, comment="A run of words that stands for a text"),
    Column("day", Integer, primary_key=True, comment="Number of the report's day: the order among reports with this mark"),
    Column("report_id", _Ident, ForeignKey("report.id"), primary_key=True, comment="Report"),
    Column("at", Integer, nullable=False, comment="Number of the word where it first begins"),
    sqlite_with_rowid=False,
)  # fmt: skip

copied = Table(
    "copied", metadata,
    Column("one", _Ident, ForeignKey("report.id"), primary_key=True, comment="The earlier of two reports that are copies"),
    Column("other", _Ident, ForeignKey("report.id"), primary_key=True, comment="The later one"),
    Column("marks", Integer, nullable=False, comment="Under how many marks they are neighbours"),
    Index("copied_other", "other"),
    sqlite_with_rowid=False,
)  # fmt: skip

printing = Table(
    "printing", metadata,
    Column("run", BigInteger, primary_key=True, comment="Hash of the words of a passage"),
    Column("day", Integer, primary_key=True, comment="Number of the report's day"),
    Column("report_id", _Ident, ForeignKey("report.id"), primary_key=True, comment="A report that prints it"),
    Column("first", Integer, primary_key=True, comment="Number of its first word in the report"),
    Column("begin", Integer, nullable=False, comment="Begin, code points"),
    Column("end", Integer, nullable=False, comment="End, exclusive"),
    Column("met", Integer, nullable=False, comment="In how many comparisons of neighbours it was found"),
    Index("printing_report", "report_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

# Which statements are alike.

sight = Table(
    "sight", metadata,
    Column("number", Integer, primary_key=True, autoincrement=True, comment="Number of a linked statement"),
    Column("statement_id", String(32), ForeignKey("statement.id"), nullable=False, unique=True, comment="Statement"),
    Column("report_id", String(16), ForeignKey("report.id"), nullable=False, comment="Its report"),
    Column("points", Boolean, nullable=False, comment="Whether it answers without saying what"),
    Column("data", JSON, nullable=False, comment="As linking sees it"),
    Index("sight_report", "report_id"),
)  # fmt: skip

shelf = Table(
    "shelf", metadata,
    Column("key", BigInteger, primary_key=True, comment="Hash of what statements have in common"),
    Column("place", BigInteger, primary_key=True, comment="By day, then in an order of its own"),
    Column("number", Integer, ForeignKey("sight.number"), primary_key=True, comment="Linked statement"),
    sqlite_with_rowid=False,
)  # fmt: skip

likeness = Table(
    "likeness", metadata,
    Column("relation", SmallInteger, primary_key=True, comment="1 one event, 2 one demand, 3 an answer, 4 an act and its toll"),
    Column("one", Integer, ForeignKey("sight.number"), primary_key=True, comment="Linked statement"),
    Column("other", Integer, ForeignKey("sight.number"), primary_key=True, comment="Linked statement"),
    Column("weight", Float, nullable=False, comment="How alike they are"),
    Column("shelves", Integer, nullable=False, comment="Under how many keys they are neighbours"),
    Index("likeness_other", "relation", "other"),
    sqlite_with_rowid=False,
)  # fmt: skip

thread = Table(
    "thread", metadata,
    Column("number", Integer, ForeignKey("sight.number"), primary_key=True, comment="Linked statement"),
    Column("position_id", Text, primary_key=True, comment="Position that it demands or answers"),
    Column("answers", Boolean, primary_key=True, comment="Whether it answers"),
    Index("thread_position", "position_id"),
    sqlite_with_rowid=False,
)  # fmt: skip

WORKING = (
    thread,
    likeness,
    shelf,
    sight,
    printing,
    copied,
    mark,
    wording,
    report_actor,
    actor,
    tally,
    linked_report,
)
"""In the order in which rows may be deleted."""
