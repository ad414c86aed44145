"""Quotation marks in raw text: which mark opens, which closes, what lies between. Linear in the text's length.

1. Every mark is classed by itself and by its neighbours: it can open, can close, or both.
2. A stack by family (double, single, angle) pairs them; a closing mark closes the nearest open one of its family and
   whatever was left open inside it.
3. A paragraph ends every quote. One left open is kept when the next paragraph opens with a mark of its family (the
   speaker goes on) or when it began after a colon or at the paragraph's start; else the mark is taken for a slip.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from jirga.reports.types import Span

__all__ = ["Quote", "Quotes", "find_quotes"]

_MARKS = re.compile(r"``|''|[\"“”„‟«»‹›'‘’‚‛]")
_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_FAMILY = dict.fromkeys(('"', "“", "”", "„", "‟", "``", "''"), "double")
_FAMILY |= dict.fromkeys("'‘’‚‛", "single") | dict.fromkeys("«»‹›", "angle")
_OPENS = frozenset("“„‟«‹‘‚‛") | {"``"}
_CLOSES = frozenset("”»›")
_ELIDED = re.compile(r"['’](?:\d0s|em|til|tis|twas|cause|bout|round|n)\b", re.IGNORECASE)
_INCHES = re.compile(r"[\d\s]?['’′]\d{1,2}$")
_DEEPEST = 12  # quotes in quotes in quotes: more than this is noise, and the stack must stay small


@dataclass(frozen=True, slots=True)
class Quote:
    """A stretch between quotation marks, marks included.

    Attributes
    ----------
    begin, end : int
        Code point offsets in the text.
    depth : int
        0 when not inside another quote.
    closed : bool
        False when the paragraph ended first.
    inner : Span
        The same without the marks.
    """

    begin: int
    end: int
    depth: int
    closed: bool
    inner: Span


@dataclass(slots=True)
class _Open:
    begin: int
    after: int
    family: str
    mark: str


class Quotes:
    """Quotes of a text in order, to be asked by place."""

    def __init__(self, found: Iterable[Quote]) -> None:
        self.all = sorted(found, key=lambda q: (q.begin, -q.end))
        self.outer = [q for q in self.all if q.depth == 0]
        self._begins = [q.begin for q in self.outer]
        self._ends = [q.end for q in self.outer]

    def around(self, place: int) -> Quote | None:
        """Return the outermost quote that covers a code point, or None."""
        at = bisect_right(self._begins, place) - 1
        return self.outer[at] if at >= 0 and place < self.outer[at].end else None

    def ending_in(self, lo: int, hi: int) -> Quote | None:
        """Return the last outermost quote whose end lies in ``lo`` to ``hi`` (both included), or None."""
        at = bisect_right(self._ends, hi) - 1
        return self.outer[at] if at >= 0 and self._ends[at] >= lo else None

    def beginning_in(self, lo: int, hi: int) -> Quote | None:
        """Return the first outermost quote whose begin lies in ``lo`` to ``hi`` (both included), or None."""
        at = bisect_left(self._begins, lo)
        return self.outer[at] if at < len(self.outer) and self._begins[at] <= hi else None

    def within(self, lo: int, hi: int) -> Sequence[Quote]:
        """Return the outermost quotes that begin in ``lo`` to ``hi``."""
        return self.outer[bisect_left(self._begins, lo) : bisect_left(self._begins, hi)]


def find_quotes(text: str, blocks: Iterable[Span]) -> Quotes:
    """Find the quotes in the blocks of a text.

    Parameters
    ----------
    text : str
    blocks : iterable of Span
        Stretches to read, in order; each ends at least one paragraph.

    Returns
    -------
    Quotes
    """
    paragraphs = [part for block in blocks for part in _paragraphs(text, block)]
    found: list[Quote] = []
    for at, (begin, end) in enumerate(paragraphs):
        following = paragraphs[at + 1][0] if at + 1 < len(paragraphs) else len(text)
        found.extend(_pair(text, begin, end, text[following : following + 2]))
    return Quotes(found)


def _paragraphs(text: str, block: Span) -> Iterable[Span]:
    begin, end = block
    for gap in _PARAGRAPH.finditer(text, begin, end):
        yield begin, gap.start()
        begin = gap.end()
    yield begin, end


def _pair(text: str, begin: int, end: int, following: str) -> list[Quote]:
    stack: list[_Open] = []
    found: list[Quote] = []
    for match in _MARKS.finditer(text, begin, end):
        mark, at, after = match.group(), match.start(), match.end()
        family = _FAMILY[mark]
        opens, closes = _role(text, mark, at, after, begin, end)
        level = next((n for n in range(len(stack) - 1, -1, -1) if stack[n].family == family), None)
        if closes and level is not None and _may_close(text, stack[level], mark, at, after, end, opens):
            one = stack[level]
            del stack[level:]
            found.append(Quote(one.begin, after, level, True, (one.after, at)))
        elif opens and len(stack) < _DEEPEST:
            if family == "double" and mark == '"' and level is not None:
                del stack[level:]  # a second straight mark that can only open: the first one was a slip
            stack.append(_Open(at, after, family, mark))
    if stack:
        found.extend(_unclosed(text, stack[0], begin, end, following))
    return _relevel(found)


def _unclosed(text: str, one: _Open, begin: int, end: int, following: str) -> list[Quote]:
    """Keep a quote that its paragraph leaves open, when something says that it is one."""
    if one.family == "single" or text[one.begin - 1 : one.begin].isdigit():
        return []
    goes_on = _FAMILY.get(following[:2]) == one.family or _FAMILY.get(following[:1]) == one.family
    before = text[max(begin, one.begin - 3) : one.begin].rstrip()
    if goes_on or not before or before[-1] in ":,":
        stop = one.after + len(text[one.after : end].rstrip())
        return [Quote(one.begin, stop, 0, False, (one.after, stop))] if stop > one.after else []
    return []


def _relevel(found: list[Quote]) -> list[Quote]:
    """Count the depths anew: a mark that was dropped may have stood around others."""
    done: list[Quote] = []
    stack: list[int] = []
    for one in sorted(found, key=lambda q: (q.begin, -q.end)):
        while stack and stack[-1] <= one.begin:
            stack.pop()
        done.append(Quote(one.begin, one.end, len(stack), one.closed, one.inner))
        stack.append(one.end)
    return done


def _role(text: str, mark: str, at: int, after: int, begin: int, end: int) -> tuple[bool, bool]:
    """Tell whether a mark can open and can close, by what stands beside it."""
    if mark == '"' and _INCHES.match(text, max(begin, at - 3), at):
        return False, False
    before = text[at - 1] if at > begin else " "
    behind = text[after] if after < end else " "
    free_left = before.isspace() or before in "([{-–—―/“‘«\"'`:"
    free_right = behind.isspace() or not (behind.isalnum() or behind in "$€£#@([“‘")
    if mark in ("'", "’"):
        if before.isalnum() and behind.isalnum():
            return False, False
        opens = mark == "'" and free_left and not behind.isspace() and not _ELIDED.match(text, at)
        return opens, free_right and not before.isspace()
    if mark == "‘":
        return not behind.isspace(), False
    if mark in _OPENS:
        return not (mark == "“" and behind.isspace() and not before.isspace()), mark == "“"
    if mark in _CLOSES:
        return free_left and not behind.isspace() and behind.isalnum(), True
    return free_left and not behind.isspace(), free_right or not free_left


def _may_close(text: str, one: _Open, mark: str, at: int, after: int, end: int, opens: bool) -> bool:
    """Tell whether a mark closes an open one, where it could also open or be an apostrophe."""
    if mark == "“":
        return one.mark == "„" or (at > 0 and not text[at - 1].isspace() and not opens)
    if mark in ("”", "»", "›"):
        return not (opens and text[at - 1].isspace())
    if mark in ("'", "’") and text[at - 1] in "sz":
        return not _closes_later(text, mark, after, end)
    if mark == '"':
        return not (opens and text[at - 1].isspace())
    return True


def _closes_later(text: str, mark: str, after: int, end: int) -> bool:
    """Tell whether a surer closing single mark stands within reach after a doubtful one (``reporters'``)."""
    reach = text[after : min(end, after + 300)]
    return any(stop + mark in reach for stop in (",", ".", "?", "!"))
