"""What the accounts of a dispute say, in words for a table."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from jirga.brief.words import words

__all__ = ["readable"]


def readable(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows of `rows_of` for ``disputes`` with words for the record's codes, for people."""
    return [row | {"value": _account(str(row["value"]), row["aspect"])} for row in rows]


def _account(value: str, aspect: str) -> str:
    told: dict[str, str] = words()["accounts"]
    if not value:
        return "Not told"
    if aspect != "attribution":
        return told.get(value, value)
    links = []
    for link in value.split(" > "):
        kind, _, who = link.partition(" ")
        links.append(told[kind].format(who).strip() if kind in told else link)
    return ", ".join([links[0], *(link[0].lower() + link[1:] for link in links[1:])])
