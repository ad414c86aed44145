"""The lines of a text; those that were wrapped at a fixed width are put together to paragraphs again.

Wire copy, e-mails and text taken from PDF files end their lines after so many letters, in the middle of sentences. Such a
text shows itself by its lines: nearly all are full (the next line's first word would not have fitted), and many begin in
the middle of a sentence. Nothing of the text is changed: a paragraph is a span with the line ends inside.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from jirga.reports.types import Span

__all__ = ["paragraphs"]

NARROW, WIDE = (
    40,
    110,
)  # letters of a full line; outside of this a line is a heading, or a paragraph of its own
FULL = 0.88  # a line is full when it and the next word reach this part of the width
MOST = 0.6  # share of full lines from which a text is wrapped
INSIDE = 0.3  # share of lines that must begin inside a sentence
LEAST = 3  # pairs of lines to judge by
BULLETS = tuple("-–—•*>#|◦▪·")
ENDS = tuple('.!?…:”"’)]')


@dataclass(frozen=True, slots=True)
class _Line:
    begin: int
    end: int
    indent: int
    first: str  # its first word
    follows: bool  # no empty line stands before it

    @property
    def size(self) -> int:
        return self.end - self.begin


def paragraphs(text: str) -> list[Span]:
    """Return the paragraphs of a text, trimmed, without the empty ones.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of Span
        Each line for itself; in a text that was wrapped, the lines of a paragraph together.
    """
    lines = list(_lines(text))
    width = _width(lines)
    out: list[Span] = []
    for k, line in enumerate(lines):
        if width and k and line.follows and _goes_on(text, lines[k - 1], line, width):
            out[-1] = (out[-1][0], line.end)
        else:
            out.append((line.begin, line.end))
    return out


def _lines(text: str) -> Iterator[_Line]:
    begin, follows = 0, False
    for line in text.splitlines(keepends=True):
        core = line.strip()
        if core:
            at = line.index(core[0])
            first = core[:WIDE].split(maxsplit=1)[0]
            yield _Line(begin + at, begin + at + len(core), at, first, follows)
        follows = bool(core) and "\f" not in line
        begin += len(line)


def _width(lines: Sequence[_Line]) -> int:
    """Return the width at which a text was wrapped, or 0."""
    pairs = [(a, b) for a, b in pairwise(lines) if b.follows]
    if len(pairs) < LEAST:
        return 0
    sizes = sorted(a.size for a, _ in pairs)
    width = sizes[min(len(sizes) - 1, int(0.95 * len(sizes)))]
    if not NARROW <= width <= WIDE:
        return 0
    full = sum(_full(a, b, width) for a, b in pairs)
    inside = sum(b.first[:1].islower() for _, b in pairs)
    return width if full >= MOST * len(pairs) and inside >= INSIDE * len(pairs) else 0


def _full(line: _Line, after: _Line, width: int) -> bool:
    return line.size + 1 + len(after.first) >= FULL * width


def _goes_on(text: str, line: _Line, after: _Line, width: int) -> bool:
    """Tell whether a line of a wrapped text goes on in the next one."""
    if line.first.endswith(":") or after.first.endswith(":"):  # header lines, as of an e-mail
        return False
    if after.first.startswith(BULLETS) and not after.first[1:2].isalpha():
        return False
    if after.indent >= line.indent + 2 or line.size > WIDE or not _has_letters(text, line):
        return False
    if after.first[:1].islower() and not text[line.begin : line.end].endswith(ENDS[:4]):
        return True
    return _full(line, after, width)


def _has_letters(text: str, line: _Line) -> bool:
    return any(letter.isalpha() for letter in text[line.begin : line.end])
