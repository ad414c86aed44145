"""Plain text files: header lines, blocks, the date and outlet that the page's furniture tells."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import PurePath

from jirga.reports.blocks import find_blocks, furniture, main_language
from jirga.reports.dateline import find_dateline
from jirga.reports.dates import find_published, parse_published
from jirga.reports.types import Block, BlockKind, Report, TimeSpan

__all__ = ["describe", "plain_report"]

HEADER = re.compile(r"^[\s\ufeff]{0,3}([A-Za-z][A-Za-z ]{2,20}):[ \t]{1,3}(\S[^\n]{0,300})$")
DISCLAIMER = re.compile(r"users[’'] views, not ([A-Z][\w. -]{1,40}?)[’']s\b")
RIGHTS = re.compile(
    r"(?:©|\(c\)|copyright)\s{0,2}(?:\d{4}\s{0,2})?(?:by )?"
    r"([A-Z][\w&.' -]{1,40}?)(?:[.,|]|\s{0,2}all rights|$)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"<[^<>]{0,200}>")
HEADER_LINES = 8  # only the first lines of a file can be headers
FILE_DATE = re.compile(r"(?<!\d)(\d{4}-\d{2}-\d{2})(?!\d)")


def plain_report(
    ident: str, name: str, path: str, text: str, raw: bytes, notes: tuple[str, ...] = ()
) -> Report:
    """Make a report of a plain text file.

    Parameters
    ----------
    ident, name, path : str
        As in `Report`.
    text : str
        As decoded.
    raw : bytes
    notes : tuple of str
        What decoding found.
    """
    headers, begin = _headers(text)
    main = main_language(text)
    blocks = tuple(_mark_headers(find_blocks(text, main), begin))
    return describe(ident, name, path, text, raw, headers, blocks, main, notes)


def describe(
    ident: str, name: str, path: str, text: str, raw: bytes, known: dict[str, str],
    blocks: tuple[Block, ...], main: str, notes: tuple[str, ...],
) -> Report:  # fmt: skip
    """Put a report together from what is known of it and what its furniture tells."""
    published = parse_published(known["published"]) if known.get("published") else None
    dateline = find_dateline(text, blocks)
    if published is None:
        told = dateline.published if dateline else None
        published = _published(text, blocks) or told or _from_name(path)
        if published is None:
            notes = (*notes, "No date found: words such as “yesterday” stay unresolved.")
        elif published.text.startswith("file name"):
            notes = (*notes, "Dated by its file name.")
    title = known.get("title") or next(
        (text[b.begin : b.end].strip("\ufeff") for b in blocks if b.kind is BlockKind.TITLE), None
    )
    authors = tuple(a.strip() for a in re.split(r",|;| and ", known.get("authors", "")) if a.strip())
    outlet = ADDRESS.sub("", known.get("outlet", "")).strip() or _outlet(text, blocks)
    outlet = outlet or (dateline.outlet if dateline else None)
    return Report(
        id=ident, name=name, path=path, text=text, raw=raw, outlet=outlet,
        title=title, url=known.get("url"), authors=authors, published=published, language=main,
        blocks=blocks, origin=ident, notes=notes,
    )  # fmt: skip


def _headers(text: str) -> tuple[dict[str, str], int]:
    """Read ``Outlet: ...`` lines at the very top; return them and where they end."""
    found: dict[str, str] = {}
    begin = 0
    for line in text.splitlines(keepends=True)[:HEADER_LINES]:
        match = HEADER.match(line.rstrip("\r\n"))
        field = furniture().headers.get(match[1].strip().lower()) if match else None
        if match is None or field is None:
            break
        found.setdefault(field, match[2].strip())
        begin += len(line)
    return found, begin


def _mark_headers(blocks: tuple[Block, ...], begin: int) -> list[Block]:
    kind = BlockKind.FURNITURE
    return [Block(b.begin, b.end, kind, b.language, "header line") if b.end <= begin else b for b in blocks]


def _published(text: str, blocks: tuple[Block, ...]) -> TimeSpan | None:
    """Look for a date in the furniture: "first published" before "published" before any other."""
    furniture_text = [text[b.begin : b.end] for b in blocks if b.kind is BlockKind.FURNITURE]
    ranked: list[tuple[int, int, TimeSpan]] = []
    label = ""
    for number, line in enumerate(furniture_text):
        found = find_published(line)
        low = (line if re.search(r"[a-z]{4}", line.lower()) else label + line).lower()
        if found is not None and len(line) < 160:
            told = label.lower() + " " + low
            rank = 0 if "first published" in told else 1 if "publish" in told or "posted" in told else 2
            ranked.append((rank, number, found))
        label = line if line.rstrip().endswith(":") else ""
    return min(ranked, key=lambda r: r[:2])[2] if ranked else None


def _from_name(path: str) -> TimeSpan | None:
    match = FILE_DATE.search(PurePath(path).name)
    found = parse_published(match[1]) if match else None
    return None if found is None else replace(found, text=f"file name {found.text}")


def _outlet(text: str, blocks: tuple[Block, ...]) -> str | None:
    for block in blocks:
        if block.kind is BlockKind.FURNITURE:
            line = text[block.begin : min(block.end, block.begin + 600)]
            match = DISCLAIMER.search(line) or RIGHTS.search(line)
            if match:
                return match[1].strip()
    return None
