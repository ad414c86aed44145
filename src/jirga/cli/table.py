"""Rows as a table for people, made to fit the window: what belongs together in one cell, and no word broken without need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

__all__ = ["BEGIN", "fitted"]

HASH = re.compile(r"[0-9a-f]{16,32}")
BEGIN = 8  # signs of an id that are shown to people; any command takes them
READABLE = 22  # signs that a column of whole sentences keeps even in a small window
WORD = 16  # a longer word may be broken
GAP = 2  # spaces between columns
TEXTS = {"quote", "demand", "words", "title", "meaning", "change", "names"}
SPARE = (
    "wikidata", "answer quote", "marks", "report", "name", "language", "added", "origin", "standing", "origins", "kind",
    "refers to", "where",
)  # fmt: skip
"""What may be left out of a small window, the first first; CSV and JSON show all."""
HIDDEN = {"about", "begin", "end"}
PAIRS = {"actors": "recipients", "demander": "addressee"}


def fitted(rows: Sequence[dict[str, Any]], width: int) -> tuple[Table, tuple[str, ...]]:
    """Return rows as a table for a window of so many signs, and the columns that found no room.

    Parameters
    ----------
    rows : sequence of dict
        At least one; all with the same keys.
    width : int
    """
    cells = [_compact(row) for row in rows]
    names = [name for name in cells[0] if any(row[name] for row in cells)]
    if "name" in names and "title" not in names:
        spare = [
            name for name in SPARE if name not in {"name", "kind"}
        ]  # then they are what the rows are about
    else:
        spare = [name for name in SPARE if name in names]
    least = {name: _least(name, cells) for name in names}
    dropped = []
    for name in (each for each in spare if each in names):
        if sum(least[n] + GAP for n in names) <= width:
            break
        names.remove(name)
        dropped.append(name)
    widest = {name: max(len(name), *(len(row[name]) for row in cells)) for name in names}
    widths = _shared({name: least[name] for name in names}, widest, width - GAP * len(names))
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold", width=widths[name])
    shown: dict[str, str] = {}
    for row in cells:
        same = row.get("id") is not None and row.get("id") == shown.get("id")
        told = ["" if same and row[n] == shown[n] else row[n] for n in names]
        if any(told):  # what is left out for want of room may be all that two rows differ in
            table.add_row(*map(Text, told))
        shown = row
    return table, tuple(dropped)


def _shared(least: dict[str, int], widest: dict[str, int], room: int) -> dict[str, int]:
    """Share a window's room: what is over goes to columns that need it, what is missing is taken from the widest."""
    widths = dict(least)
    over = room - sum(widths.values())
    while over > 0 and (needy := [name for name in widths if widths[name] < widest[name]]):
        name = min(needy, key=lambda n: widths[n] / widest[n])
        widths[name] += 1
        over -= 1
    while over < 0 and max(widths.values()) > 1:
        name = max(widths, key=lambda n: widths[n])
        widths[name] -= 1
        over += 1
    return widths


def _least(name: str, cells: Sequence[dict[str, str]]) -> int:
    """Return how narrow a column may become."""
    widest = max(len(name), *(len(row[name]) for row in cells))
    if name in TEXTS or name.endswith("quote"):
        return min(widest, READABLE)
    words = (word for row in cells for word in row[name].split())
    return min(max((*map(len, words), *map(len, name.split()))), WORD)


def _compact(row: dict[str, Any]) -> dict[str, str]:
    """Return a row as people read it: what belongs together in one cell, ids shortened."""
    shown: dict[str, str] = {}
    gone = {"when_end", *(PAIRS[name] for name in PAIRS if name in row), "answered_by"}
    for name, value in row.items():
        told = _cell(value)
        if name in HIDDEN or name in gone or (isinstance(value, list) and name == "statements"):
            continue
        if name == "when_start":
            end = _cell(row.get("when_end"))
            shown["when"] = told if told == end else f"{told} – {end}".strip(" –")
        elif name in PAIRS:
            shown["who"] = " → ".join(filter(None, (told, _cell(row.get(PAIRS[name])))))
        elif name == "type":
            shown["type"] = " ".join(filter(None, (told, _cell(row.get("mode")))))
        elif name == "answer":
            by = _cell(row.get("answered_by"))
            shown["answer"] = f"{told} ({by})" if told and by else told
        elif name == "refines":
            shown["accounts"] = "refine" if value else "differ"
        elif name == "added":
            shown["added"] = told[:16].replace("T", " ")
        elif name != "mode" or "type" not in row:
            shown[name.removesuffix("_name").replace("_", " ")] = told
    return shown


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    told = "" if value is None else str(value)
    return told[:BEGIN] if HASH.fullmatch(told) else told
