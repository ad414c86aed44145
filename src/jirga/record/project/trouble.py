"""The database's troubles in words for people."""

from __future__ import annotations

__all__ = ["cause"]

CAUSES = (
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
