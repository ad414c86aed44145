"""The database's troubles in words for people."""

from __future__ import annotations

__all__ = ["cause"]

GONE = "Start it and do the same again; what was complete is kept, and what was not leaves no trace."
CAUSES = (
    (
        "lock timeout",
        "another process is writing to it.",
        "Wait until it is done and try again; nothing was lost.",
    ),
    (
        "password authentication failed",
        "the server does not take this user and password.",
        "Check both; the password may also stand in PGPASSWORD or in ~/.pgpass.",
    ),
    (
        "no password supplied",
        "the server wants a password.",
        "Put it before the @ of the address, in PGPASSWORD or in ~/.pgpass.",
    ),
    (
        "does not exist",
        "the server has no such database, user or table.",
        "Check the address; a database is made with: createdb NAME",
    ),
    (
        "permission denied",
        "the server does not let this user do that.",
        "Ask for the right to create tables in this database.",
    ),
    ("starting up", "the server is starting up.", "Wait a moment and try again; what was complete is kept."),
    ("server closed the connection", "the server has gone away.", GONE),
    ("terminating connection", "the server has gone away.", GONE),
    ("connection is lost", "the server has gone away.", GONE),
    ("consuming input failed", "the server has gone away.", GONE),
    ("sending query", "the server has gone away.", GONE),
    ("connection already closed", "the server has gone away.", GONE),
    ("the connection is closed", "the server has gone away.", GONE),
    ("shutting down", "the server is shutting down.", GONE),
    (
        "connection failed",
        "the server does not answer.",
        "Check host and port and that it runs, then try again; what was complete is kept.",
    ),
    (
        "connection timeout",
        "the server does not answer.",
        "Check host and port and that it runs, then try again; what was complete is kept.",
    ),
    ("No space left", "the disk is full.", "Make room and try again; what was complete is kept."),
    ("locked", "another process is writing to it.", "Wait until it is done and try again; nothing was lost."),
    ("readonly", "it cannot be written to.", "Check its permissions and those of its folder."),
    ("unable to open", "it cannot be opened.", "Check that its folder exists and may be written to."),
    ("disk is full", "the disk is full.", "Make room and try again; what was complete is kept."),
    ("disk I/O", "the disk gave an error.", "Check the disk; what was complete is kept."),
    ("not a database", "this is not a database.", "Name a project file, or a new one."),
    ("malformed", "the file is damaged.", "Restore a copy, or add the reports to a new file."),
)


def cause(told: str) -> tuple[str, str]:
    """Return reason and advice for an error that the database told."""
    for words, reason, advice in CAUSES:
        if words in told:
            return reason, advice
    return f"the database refused ({told}).", "Nothing was changed."
