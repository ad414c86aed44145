"""Which stretches of a long block are sentences that a person could read, and which are left unread, and why.

Reports have sentences. A block of a million words without a full stop, a word printed ten thousand times or a dump of
data would cost minutes and yield nothing. Only blocks longer than a page are looked at; their order and text stay.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from jirga.reports.types import Block, Report, Span

__all__ = ["PAGE", "stretches", "unread_stretches"]

PAGE = 4000  # letters; some 650 words, longer than any sentence that is meant to be read
LEAST_NEW = 0.08  # share of different words in a page; prose has five times as many
LONGEST_MEAN = 15  # letters of a word, on average; beyond it is code or data
ENDLESS = f"no sentence end within {PAGE} letters"
REPEATED = "the same words again and again"
DATA = "no words"

_END = re.compile(r"[.!?…؟۔。;:][”’\"')\]»]{0,3}(?=\s)|\n")


def stretches(text: str, block: Block) -> Iterator[tuple[Block, str]]:
    """Divide a block into what is read and what is not.

    Parameters
    ----------
    text : str
        The report's.
    block : Block

    Yields
    ------
    (Block, str)
        A part of the block, and why it is not read; an empty string where it is.
    """
    if block.end - block.begin <= PAGE:
        yield block, ""
        return
    kept: Span | None = None
    first = True
    for begin, end, why in _pages(text, block.begin, block.end):
        why = why or _why(text[begin:end], first)
        first = False
        if not why:
            kept = (kept[0] if kept else begin, end)
            continue
        if kept:
            yield from _part(text, block, kept, "")
        kept = None
        yield from _part(text, block, (begin, end), why)
    if kept:
        yield from _part(text, block, kept, "")


def unread_stretches(report: Report, block: Block) -> list[tuple[Span, str]]:
    """Return what of a block is left unread, and why."""
    return [((part.begin, part.end), why) for part, why in stretches(report.text, block) if why]


def _pages(text: str, begin: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Cut at a sentence end about every page; a sentence that does not end is read for one page."""
    start = begin
    while start < end:
        last = None
        for match in _END.finditer(text, start, min(start + PAGE, end)):
            last = match.end()
        if end - start <= PAGE:
            last = end
        if last is not None:
            yield start, last, ""
            start = last
            continue
        cut = text.rfind(" ", start, start + PAGE) + 1 or start + PAGE
        yield start, cut, ""
        found = _END.search(text, cut, end)
        stop = found.end() if found else end
        if stop > cut:
            yield cut, stop, ENDLESS
        start = stop


def _why(page: str, first: bool) -> str:
    words = page.split()
    if len(page.strip()) > LONGEST_MEAN * 40 and len(page) > LONGEST_MEAN * len(words):
        return DATA
    if not first and len(words) > 100 and len(set(words)) < LEAST_NEW * len(words):
        return REPEATED
    return ""


def _part(text: str, block: Block, span: Span, why: str) -> Iterator[tuple[Block, str]]:
    """Yield a part of the block without the white space around it."""
    begin, end = span
    found = text[begin:end]
    begin += len(found) - len(found.lstrip())
    end -= len(found) - len(found.rstrip())
    if begin < end:
        yield replace(block, begin=begin, end=end), why
