"""The tables of a project file: plain SQL that any SQLite tool can read.

Reports and statements are evidence and are only ever added; so are the entries of ``edit``, which people make. Everything from
``party`` on is derived from them and is written anew whenever reports or decisions come in.
"""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    types,
)

__all__ = ["APPEND_ONLY", "DERIVED", "FULL_TEXT", "VIEWS", "metadata"]

metadata = MetaData()

# SQLite orders by code points; so does PostgreSQL where it is told to, whatever its database's language.
Text = types.Text().with_variant(types.Text(collation="C"), "postgresql")

report = Table(
    "report", metadata,
    Column("id", String(16), primary_key=True, comment="First 16 hex digits of the SHA-256 of the raw bytes"),
    Column("name", Text, nullable=False, comment="What statements name their report by"),
    Column("path", Text, nullable=False, comment="Where it was read from"),
    Column("outlet", Text, comment="Who published it, if told"),
    Column("title", Text, comment="Headline, if told"),
    Column("url", Text, comment="Address, if told"),
    Column("published", String(10), comment="First day of publication that its words allow, ISO 8601"),
    Column("published_until", String(10), comment="Last such day"),
    Column("language", String(8), nullable=False, comment="Main language, ISO 639-1"),
    Column("origin", String(16), nullable=False, comment="Report whose text this one copies; its own id when none"),
    Column("text", Text, nullable=False, comment="As decoded; all offsets count in it, in code points"),
    Column("raw", LargeBinary, nullable=False, comment="As read"),
    Column("added", String(32), nullable=False, comment="When it came in, UTC"),
    Column("replaced_by", String(16), ForeignKey("report.id"), comment="A newer version from the same path"),
    Column("reader", Text, comment="Reader and model that read it"),
    Column("data", JSON, nullable=False, comment="The rest: authors, blocks, notes, precision"),
    Column("reading", JSON, comment="Sentences, mentions, attributions, what was left unread"),
)  # fmt: skip

statement = Table(
    "statement", metadata,
    Column("id", String(32), primary_key=True, comment="Hash of report, span, type and actors"),
    Column("report_id", String(16), ForeignKey("report.id"), nullable=False, comment="Its report"),
    Column("place", Integer, nullable=False, comment="Order in its report, from 0"),
    Column("begin", Integer, nullable=False, comment="Begin of the quote, code points"),
    Column("end", Integer, nullable=False, comment="End of the quote, exclusive"),
    Column("quote", Text, nullable=False, comment="Exactly the report's words"),
    Column("type", String(16), nullable=False, comment="PLOVER event type"),
    Column("mode", Text, comment="PLOVER mode"),
    Column("polarity", String(8), nullable=False, comment="positive or negative"),
    Column("modality", String(16), nullable=False, comment="asserted, future, conditional, hypothetical"),
    Column("when_start", String(10), comment="First day that its words allow"),
    Column("when_end", String(10), comment="Last such day"),
    Column("where_name", Text, comment="Place, if told"),
    Column("told_by", Text, comment="Its sources, outermost first; empty when told as fact"),
    Column("derived", Boolean, nullable=False, comment="Found by linking reports, not by reading one report"),
    Column("data", JSON, nullable=False, comment="The whole statement"),
    Index("statement_report", "report_id", "place"),
    Index("statement_type", "type"),
)  # fmt: skip

statement_actor = Table(
    "statement_actor", metadata,
    Column("statement_id", String(32), ForeignKey("statement.id"), primary_key=True, comment="Statement"),
    Column("role", String(9), primary_key=True, comment="actor or recipient"),
    Column("place", Integer, primary_key=True, comment="Order among those of the role"),
    Column("actor_id", Text, nullable=False, comment="Actor"),
    Column("name", Text, nullable=False, comment="Its display name"),
    Column("text", Text, nullable=False, comment="Its words here"),
    Index("statement_actor_actor", "actor_id"),
)  # fmt: skip

state = Table(
    "state", metadata,
    Column("key", Text, primary_key=True, comment="Name"),
    Column("value", Text, nullable=False, comment="Value; “linked” is the hash of the evidence behind what is derived"),
)  # fmt: skip

refusal = Table(
    "refusal", metadata,
    Column("place", Text, primary_key=True, comment="File and line"),
    Column("reason", Text, nullable=False, comment="Why it was not read"),
    Column("advice", Text, nullable=False, comment="What to do"),
    Column("added", String(32), nullable=False, comment="When it was tried, UTC"),
)  # fmt: skip

edit = Table(
    "edit", metadata,
    Column("id", Integer, primary_key=True, comment="Number of the entry; later ones win"),
    Column("kind", Text, nullable=False, comment="note, accept, reject, merge, split, edit, own, undo"),
    Column("target_kind", Text, nullable=False, comment="statement, event, position, dispute, report, party, edit"),
    Column("target", Text, nullable=False, comment="Its id when the entry was made"),
    Column("undoes", Integer, ForeignKey("edit.id"), comment="Entry that this one undoes"),
    Column("who", Text, nullable=False, comment="Who made the entry"),
    Column("added", String(32), nullable=False, comment="When, UTC"),
    Column("words", Text, nullable=False, comment="The note, or the reason"),
    Column("data", JSON, nullable=False, comment="Spans and quotes by which the target is found again, and changed fields"),
)  # fmt: skip

party = Table(
    "party", metadata,
    Column("id", Text, primary_key=True, comment="Party"),
    Column("name", Text, nullable=False, comment="Display name"),
    Column("kind", Text, nullable=False, comment="country, group, body, person, ..."),
    Column("role", Text, nullable=False, comment="party, mediator, outside"),
    Column("names", JSON, nullable=False, comment="Every way the reports name it, most frequent first"),
    Column("members", JSON, nullable=False, comment="Actors that speak for it"),
    Column("statements", Integer, nullable=False, comment="Statements it acts in"),
)  # fmt: skip

event = Table(
    "event", metadata,
    Column("id", Text, primary_key=True, comment="Hash of its statements"),
    Column("place", Text, nullable=False, server_default="", comment="Orders events in time, undated last"),
    Column("type", String(16), nullable=False, comment="PLOVER event type"),
    Column("mode", Text, comment="PLOVER mode"),
    Column("when_start", String(10), comment="First day that its accounts allow"),
    Column("when_end", String(10), comment="Last such day"),
    Column("when_precision", Text, comment="How exact that is"),
    Column("where_name", Text, comment="Place, if told"),
    Column("actors", JSON, nullable=False, comment="Party ids"),
    Column("recipients", JSON, nullable=False, comment="Party ids"),
    Column("origins", Integer, nullable=False, comment="Independent origins that tell it"),
    Column("standing", Text, nullable=False, comment="fact, attributed or mixed"),
    Column("label", Text, nullable=False, comment="Its leading quote, shortened"),
    Index("event_place", "place"),
)  # fmt: skip

event_statement = Table(
    "event_statement", metadata,
    Column("event_id", Text, ForeignKey("event.id"), primary_key=True, comment="Event"),
    Column("statement_id", String(32), ForeignKey("statement.id"), primary_key=True, comment="Statement"),
    Column("place", Integer, nullable=False, comment="The most complete statement first"),
    Index("event_statement_statement", "statement_id"),
)  # fmt: skip

position = Table(
    "position", metadata,
    Column("id", Text, primary_key=True, comment="Thread of a demand and its answers"),
    Column("place", Text, nullable=False, server_default="", comment="Orders demands by when they were first made"),
    Column("demander", Text, nullable=False, comment="Party"),
    Column("addressee", Text, comment="Party, if told"),
    Column("demand", Text, nullable=False, comment="Words of the demand"),
    Column("mode", Text, comment="assist, change, yield, meet"),
    Column("state", Text, nullable=False, comment="open, refused, accepted, conditional, withdrawn, contested"),
    Column("origins", Integer, nullable=False, comment="Independent origins that tell it"),
    Column("statements", JSON, nullable=False, comment="Statement ids, first asked first"),
    Index("position_place", "place"),
)  # fmt: skip

answer = Table(
    "answer", metadata,
    Column("position_id", Text, ForeignKey("position.id"), primary_key=True, comment="Position"),
    Column("place", Integer, primary_key=True, comment="Order"),
    Column("kind", Text, nullable=False, comment="accepts, refuses, concedes, sets a condition, evades, reverses, softens, ..."),
    Column("by", Text, comment="Party, if told"),
    Column("inferred", Boolean, nullable=False, comment="Linked by its place in the text, not by words"),
    Column("statements", JSON, nullable=False, comment="Statement ids"),
)  # fmt: skip

dispute = Table(
    "dispute", metadata,
    Column("id", Text, primary_key=True, comment="An aspect on which accounts differ"),
    Column("about", Text, comment="Event or position; empty for a trait told of different parties"),
    Column("aspect", Text, nullable=False, comment="What they differ on: number, actor, when, where, attribution, ..."),
    Column("subject", Text, nullable=False, comment="What is counted, or the trait"),
    Column("refines", Boolean, nullable=False, comment="One account is only more exact"),
    Index("dispute_about", "about"),
)  # fmt: skip

account = Table(
    "account", metadata,
    Column("dispute_id", Text, ForeignKey("dispute.id"), primary_key=True, comment="Dispute"),
    Column("place", Integer, primary_key=True, comment="Order"),
    Column("value", Text, nullable=False, comment="What this account says"),
    Column("statements", JSON, nullable=False, comment="Statement ids"),
    Column("origins", JSON, nullable=False, comment="Independent origins that say so"),
)  # fmt: skip

DERIVED = (account, dispute, answer, position, event_statement, event, party)
"""Tables that are written anew from the evidence, in the order in which rows may be deleted."""

VIEWS = {
    "timeline": (
        "SELECT e.when_start, e.when_end, e.type, e.mode, e.where_name, e.standing, e.origins, s.quote, "
        "r.outlet, r.name AS report FROM event e JOIN event_statement es ON es.event_id = e.id AND es.place = 0 "
        "JOIN statement s ON s.id = es.statement_id JOIN report r ON r.id = s.report_id ORDER BY e.place"
    ),
    "demands": (
        "SELECT d.name AS demander, e.name AS addressee, p.demand, p.state, p.origins, a.kind AS answer, b.name AS answered_by "
        "FROM position p LEFT JOIN answer a ON a.position_id = p.id LEFT JOIN party d ON d.id = p.demander "
        "LEFT JOIN party e ON e.id = p.addressee LEFT JOIN party b ON b.id = a.by ORDER BY p.place, a.place"
    ),
    "work": (
        "SELECT e.id, e.added, e.who, e.kind, e.target_kind, e.target, e.words, u.id AS undone_by "
        "FROM edit e LEFT JOIN edit u ON u.undoes = e.id ORDER BY e.id, u.id"
    ),
}
"""Views for people who open the file with an SQL tool."""

_INDEX = 'CREATE VIRTUAL TABLE statement_text USING fts5(quote, content="statement", content_rowid="rowid")'
_COMES = """CREATE TRIGGER statement_text_in AFTER INSERT ON statement BEGIN
    INSERT INTO statement_text(rowid, quote) VALUES (new.rowid, new.quote); END"""
_GOES = """CREATE TRIGGER statement_text_out AFTER DELETE ON statement BEGIN
    INSERT INTO statement_text(statement_text, rowid, quote) VALUES ('delete', old.rowid, old.quote); END"""
# The words of a quote as FTS5 takes them apart: without accents, in small letters, split at what is no letter or digit.
_WORDS = r"""CREATE FUNCTION jirga_words(told text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT array_to_tsvector(coalesce(array_agg(DISTINCT left(word, 200)), '{}')) FROM regexp_split_to_table(
        lower(regexp_replace(normalize(left(told, 100000), NFD), '[\u0300-\u036f]', '', 'g') COLLATE "und-x-icu"),
        '[^[:alnum:]]+') AS word WHERE word <> '' $$"""
_FOUND = "CREATE INDEX statement_text ON statement USING gin (jirga_words(quote))"
FULL_TEXT = {"sqlite": (_INDEX, _COMES, _GOES), "postgresql": (_WORDS, _FOUND)}
"""Full-text search over quotes: SQLite's FTS5, kept up by triggers; a GIN index on PostgreSQL."""

_STAYS = "entries are never changed; undo them instead"
_RAISES = f"""CREATE FUNCTION edit_stays() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN RAISE EXCEPTION '{_STAYS}'; END $$"""
_HOLDS = (
    "CREATE TRIGGER edit_stays BEFORE UPDATE OR DELETE ON edit FOR EACH ROW EXECUTE FUNCTION edit_stays()"
)
APPEND_ONLY = {
    "sqlite": tuple(
        f"CREATE TRIGGER edit_stays_{act} BEFORE {act} ON edit BEGIN SELECT RAISE(ABORT, '{_STAYS}'); END"
        for act in ("UPDATE", "DELETE")
    ),
    "postgresql": (_RAISES, _HOLDS),
}
"""What keeps people's entries as they were made."""
