"""Rows in a window too narrow for all their columns: short fields in a line, the quote on lines of its own beneath."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from typing import Any

from rich.text import Text

from jirga.cli.table import GAP, is_text, least, shared, shown

__all__ = ["stacked"]

STEPS = ("day", "step", "by", "value")  # what rows of one id differ in, beneath their common head
BESIDE = {
    "outlet": "{}", "report": "{}", "reported": "reported {}", "told by": "told by {}", "outlets": "{} outlets",
    "origins": "{} origins", "standing": "{}", "inferred": "{}", "marks": "{}", "why": "why: {}",
    "with": "with {}",
}  # fmt: skip
"""What stands in brackets behind the quote, and how it is told there."""
USUAL = {"origins": "1", "standing": "fact"}  # what goes without saying
SPARE = (
    "wikidata",
    "language",
    "added",
    "origin",
    "kind",
    "refers to",
    "where",
    "name",
)  # the first gives way first
INDENT = "  "


def stacked(rows: Sequence[dict[str, Any]], width: int) -> list[Text]:
    """Return rows as lines for a window of so many signs; nothing is left out.

    Parameters
    ----------
    rows : sequence of dict
        At least one; all with the same keys.
    width : int
    """
    cells, names = shown(rows)
    steps = [name for name in STEPS if name in names] if {"step", "value"} & set(names) else []
    beside = BESIDE.keys() - ({"origins"} if steps else set())
    head = [name for name in names if not is_text(name) and name not in steps and name not in beside]
    low = {name: least(name, cells) for name in names}
    for name in SPARE:
        if sum(low[n] + GAP for n in head) > width and name in head and len(head) > 2:
            head.remove(name)
    if "id" in head:
        head = [*(name for name in head if name != "id"), "id"]
    widest = {name: max(len(name), *(len(row[name]) for row in cells)) for name in head}
    widths = shared({name: low[name] for name in head}, widest, width - GAP * len(head))
    lines = [Text(line, style="bold") for line in _head({name: name for name in head}, widths)]
    before = ""
    for row in cells:
        fresh = not steps or row["id"] != before
        before = row.get("id", "")
        if fresh:
            lines += [Text("")] if steps and len(lines) > 1 else []
            lines += map(Text, _head(row, widths))
        rest = [name for name in names if name not in head and name not in steps]
        lines += map(Text, _beneath(row, steps, rest, fresh, width))
    return lines


def _head(row: dict[str, str], widths: dict[str, int]) -> list[str]:
    """Return the short fields of a row side by side, each folded to its width."""
    folded = {name: textwrap.wrap(row[name], width) or [""] for name, width in widths.items()}
    return [
        (" " * GAP)
        .join(
            (folded[name][line] if line < len(folded[name]) else "").ljust(width)
            for name, width in widths.items()
        )
        .rstrip()
        for line in range(max(map(len, folded.values())))
    ]


def _beneath(row: dict[str, str], steps: list[str], rest: list[str], fresh: bool, width: int) -> list[str]:
    """Return what stands beneath the short fields: the texts, and in brackets what is told of them."""
    lines: list[str] = []
    common = [name for name in rest if steps and is_text(name) and name != "quote"]
    for name in common if fresh else ():
        lines += _wrapped(row[name], width, INDENT)
    if steps:
        lines += _wrapped(" · ".join(row[name] for name in steps if row[name]), width, INDENT)
    known = row.get("name", "")  # the names of a party beneath its name, when there are more than that
    texts = [row[n] for n in rest if is_text(n) and n not in common and row[n] not in ("", known)]
    more = "; ".join(
        BESIDE.get(name, f"{name} {{}}").format(row[name])
        for name in rest
        if not is_text(name) and row[name] not in ("", USUAL.get(name))
    )
    for text in texts[:-1]:
        lines += _wrapped(text, width, INDENT)
    told = " ".join([*texts[-1:], *([f"({more})"] if more else [])])
    return lines + _wrapped(told, width, INDENT * (2 if steps else 1))


def _wrapped(text: str, width: int, indent: str) -> list[str]:
    return textwrap.wrap(" ".join(text.split()), width, initial_indent=indent, subsequent_indent=indent)
