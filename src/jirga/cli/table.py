"""Rows as a table for people, made to fit the window: what belongs together in one cell, and no word broken without need."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rich.table import Table
from rich.text import Text

__all__ = ["BEGIN", "GAP", "fitted", "is_text", "least", "shared", "shown"]

HASH = re.compile(r"[0-9a-f]{16,32}")
BEGIN = 8  # signs of an id that are shown to people; any command takes them
READABLE = 32  # signs that a column of whole sentences has at least; else it stands on lines of its own
WORD = 16  # a longer word may be broken
GAP = 2  # spaces between columns
TEXTS = {"quote", "demand", "words", "title", "meaning", "names", "commitment", "threat"}
HIDDEN = {"about", "event", "begin", "end", "precision", "statement"}
PAIRS = {"actors": "recipients", "demander": "addressee", "by": "against"}


def fitted(rows: Sequence[dict[str, Any]], width: int) -> Table | None:
    """Return rows as a table for a window of so many signs; None when it has no room for all columns.

    Parameters
    ----------
    rows : sequence of dict
        At least one; all with the same keys.
    width : int
    """
    cells, names = shown(rows)
    low = {name: least(name, cells) for name in names}
    if sum(low[name] + GAP for name in names) > width + GAP:
        return None
    widest = {name: max(len(name), *(len(row[name]) for row in cells)) for name in names}
    widths = shared(low, widest, width - GAP * (len(names) - 1))
    table = Table(box=None, pad_edge=False, padding=(0, GAP, 0, 0), header_style="bold")
    for name in names:
        table.add_column(name, overflow="fold", width=widths[name])
    before: dict[str, str] = {}
    for row in cells:
        same = row.get("id") is not None and row.get("id") == before.get("id")
        told = ["" if same and row[n] == before[n] else row[n] for n in names]
        if any(told):
            table.add_row(*map(Text, told))
        before = row
    return table


def shown(rows: Sequence[dict[str, Any]]) -> tuple[list[dict[str, str]], list[str]]:
    """Return rows as people read them, and the columns that are not empty."""
    cells = [_compact(row) for row in rows]
    return cells, [name for name in cells[0] if any(row[name] for row in cells)]


def is_text(name: str) -> bool:
    """Tell whether a column holds whole sentences."""
    return name in TEXTS or name.endswith("quote")


def shared(least: dict[str, int], widest: dict[str, int], room: int) -> dict[str, int]:
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


def least(name: str, cells: Sequence[dict[str, str]]) -> int:
    """Return how narrow a column may become."""
    widest = max(len(name), *(len(row[name]) for row in cells))
    if is_text(name):
        return min(widest, READABLE)
    words = (word for row in cells for word in row[name].split())
    return min(max((*map(len, words), *map(len, name.split()))), WORD)


def _compact(row: dict[str, Any]) -> dict[str, str]:
    """Return a row as people read it: what belongs together in one cell, ids shortened."""
    shown: dict[str, str] = {}
    gone = {"when_end", *(PAIRS[name] for name in PAIRS if name in row)}
    for name, value in row.items():
        told = _cell(value)
        if name in HIDDEN or name in gone or (isinstance(value, list) and name == "statements"):
            continue
        if name == "when_start":
            shown["when"] = _when(told, _cell(row.get("when_end")), row.get("precision"))
        elif PAIRS.get(name) in row:
            whom = _cell(row.get(PAIRS[name]))
            shown["who"] = f"{told} → {whom}".strip(" ") if whom else told
        elif name == "type":
            shown["type"] = " ".join(filter(None, (told, _cell(row.get("mode")))))
        elif name == "refines":
            shown["accounts"] = "refine" if value else "differ"
        elif name == "added":
            shown["added"] = told[:16].replace("T", " ")
        elif isinstance(value, bool):
            shown[name] = name if value else ""
        elif name == "outlets":
            shown[name] = told if value != 1 else ""
        elif name != "mode" or "type" not in row:
            shown[name.removesuffix("_name").replace("_", " ")] = told
    return shown


def _when(start: str, end: str, precision: object) -> str:
    """Return a time as exactly as it is known: "2025-02", "since 2021", "2025-10-11 – 2025-10-12 (weekend)"."""
    if precision == "open":
        return f"since {start.removesuffix('-01-01')}" if start else f"until {end}"
    if start == end:
        return start
    if precision in ("month", "year") and start and start[:4] == end[:4]:
        return start[:7] if precision == "month" else start[:4]
    told = f"{start} – {end}".strip(" –")
    return f"{told} ({precision})" if precision in ("weekend", "week", "season") else told


def _cell(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value))
    told = "" if value is None else " ".join(str(value).split())
    return told[:BEGIN] if HASH.fullmatch(told) else told
