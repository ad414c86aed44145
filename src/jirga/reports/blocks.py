"""What each stretch of a page's text is: prose, heading, caption, furniture, another language.

The rules are about form (a line without a full stop, a credit in brackets, a byline's words) and come from
``data/furniture.yaml``; none knows an outlet.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from jirga._data import load_yaml
from jirga.reports import language
from jirga.reports.dates import find_published
from jirga.reports.language import language_of, latin_share
from jirga.reports.lines import paragraphs
from jirga.reports.types import Block, BlockKind, Span

__all__ = ["NO_PROSE", "Furniture", "find_blocks", "furniture", "main_language"]

ENDS = tuple(".!?…:;") + tuple("”\"'’)»]")
WORDS_OF_PROSE = 12  # a line of this many words with a full stop is prose whatever stands in it
LONGEST_HEADING = 26  # words
LONGEST_WORD = 60  # letters without a space; a stretch of more is data or an address
LETTERS = 0.4  # least share of letters among the signs of a heading; rows of tables have fewer
NO_PROSE = frozenset({"encoded data", "data", "table row", "list of short lines"})
"""Reasons for which lines are furniture that a reader may miss, unlike a menu or a byline."""
LONGEST_LOOK = 2000  # letters by which a line is judged
AGAIN = 3  # a line that is printed so often is a page's, not the report's
LIST = 30  # short lines in a row, without prose between, that a report may have before they are a list
STOP = re.compile(r"[.!?…:;]")
SLUG = re.compile(
    r"[A-Z]{2,12}[-/][A-Z][A-Z0-9/-]{1,40}(?: ?\([A-Z0-9 ,]{1,30}\)| ?/\d)?"
)  # wire services' names for a story
PAGE_NUMBER = re.compile(r"(?:page|p\.|pg\.)\s{0,2}\d{1,4}(?:\s{0,2}(?:of|/)\s{0,2}\d{1,4})?", re.IGNORECASE)
MARK = re.compile(r"https?://|pic\.twitter\.com/|t\.co/|(?<![\w.])@\w{2,30}")
LEAD = re.compile(
    r"(?:date|published|updated|posted)?[:\s]{0,3}"
    r"(?:\d{4}-\d{2}-\d{2}|\d{1,2} [A-Z][a-z]{2,8},? \d{4}|[A-Z][a-z]{2,8} \d{1,2},? \d{4})\s+",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Furniture:
    """The lists of ``data/furniture.yaml``."""

    longest: int
    starts: tuple[str, ...]
    is_: frozenset[str]
    ends: tuple[str, ...]
    starts_long: tuple[str, ...]
    jobs: tuple[str, ...]
    credits: tuple[str, ...]
    headers: dict[str, str]


@cache
def furniture() -> Furniture:
    """Load the lists once."""
    data = load_yaml("jirga.reports", "furniture.yaml")
    headers = {name: field for field, names in data["headers"].items() for name in names}
    return Furniture(
        data["longest"], tuple(data["starts"]), frozenset(data["is"]), tuple(data["ends"]),
        tuple(data["starts_long"]), tuple(data["jobs"]), tuple(data["credits"]), headers,
    )  # fmt: skip


def main_language(text: str) -> str:
    """Return the language that most of a text's lines are in."""
    return language.main_language(text[begin:end] for begin, end in paragraphs(text))


def find_blocks(text: str, main: str) -> tuple[Block, ...]:
    """Divide a report's text into blocks.

    Parameters
    ----------
    text : str
    main : str
        The report's main language, ISO 639-1.

    Returns
    -------
    tuple of Block
        In text order, without overlap; what lies between is white space.
    """
    pieces = [piece for line in paragraphs(text) for piece in _split_lead(text, line)]
    blocks = [_classify(text, span, main) for span in pieces]
    return tuple(_settle(text, blocks))


def _split_lead(text: str, line: Span) -> list[Span]:
    """Cut a date that leads a line of prose off as a piece of its own."""
    begin, end = line
    match = LEAD.match(text, begin, min(begin + 60, end))
    if match is None or len(text[match.end() : end].split()) < WORDS_OF_PROSE:
        return [line]
    cut = begin + len(text[begin : match.end()].rstrip())
    return [(begin, cut), (match.end(), end)]


def _classify(text: str, span: Span, main: str) -> Block:
    begin, end = span
    line = text[begin:end]
    if latin_share(line) < 0.5 and main in {"en", "fr", "de", "es", "it", "pt", "nl", "tr"}:
        return Block(begin, end, BlockKind.FOREIGN, language_of(line, main), "another script")
    why = _furniture(line)
    if why:
        return Block(begin, end, BlockKind.FURNITURE, main, why)
    if _caption(line):
        return Block(begin, end, BlockKind.CAPTION, main, "picture credit")
    spoken = language_of(line, main)
    if spoken != main:
        return Block(begin, end, BlockKind.FOREIGN, spoken, "another language")
    closed = line.endswith(ENDS) and not (line.endswith((")", "]")) and not STOP.search(line))
    if not closed and len(line.split()) <= LONGEST_HEADING:
        return Block(begin, end, BlockKind.HEADING, main, "short line without a full stop")
    return Block(begin, end, BlockKind.BODY, main, "prose")


def _furniture(line: str) -> str:
    """Return the reason why a line is furniture, or an empty string."""
    lists, low = furniture(), line.lower().lstrip("•*-–—|> ").strip()
    words = low.split()
    if not words or PAGE_NUMBER.fullmatch(low):  # nothing but bullets or a rule
        return "page element"
    if SLUG.fullmatch(line):
        return "wire slug"
    if reason := _no_prose(line, words):
        return reason
    if low.startswith(lists.starts_long):
        return "notice"
    if len(line) > lists.longest:
        return ""
    prose = len(words) >= WORDS_OF_PROSE and line.endswith((".", "!", "?", "”", '"'))
    if low in lists.is_ or low.rstrip(".:") in lists.is_:
        return "page element"
    if not prose and low.startswith(lists.starts):
        return "page element"
    if len(words) <= 12 and low.endswith(lists.ends):
        return "page element"
    if prose:
        return ""
    if find_published(line) and len(words) <= 10:
        return "date line"
    if not line.endswith(".") and len(words) <= 14 and _byline(low, words):
        return "byline"
    if " | " in line or " » " in line or " › " in line:
        return "section line"
    if MARK.search(line) and len(words) <= 8:
        return "link"
    return ""


def _no_prose(line: str, words: list[str]) -> str:
    """Return the reason why a line holds no words that a person reads, or an empty string."""
    longest = max(map(len, words))
    if longest > LONGEST_WORD and 2 * longest > len(line):
        return "link" if MARK.search(line[:200]) else "encoded data"
    if line[0] in "{[" and line[-1] in "}]" and line.count('":') + line.count("':") > 1:
        return "data"
    if len(words) >= WORDS_OF_PROSE and line.endswith(ENDS):
        return ""
    if line.count("\t") > 1:
        return "table row"
    signs = sum(not c.isspace() for c in line[:LONGEST_LOOK])
    letters = sum(c.isalpha() or c in "'’" for c in line[:LONGEST_LOOK])
    return "table row" if letters < LETTERS * signs else ""


def _byline(low: str, words: list[str]) -> bool:
    if words[0] == "by" and 2 <= len(words) <= 8:
        return True
    plain = {word.strip(",.&()") for word in words}
    return (
        len(words) <= 10 and ("," in low or len(words) <= 4) and any(job in plain for job in furniture().jobs)
    )


def _caption(line: str) -> bool:
    low = line.lower()
    tail = low[-60:]
    return len(line) < 600 and any(credit in tail for credit in furniture().credits)


def _settle(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Give the last word to a block's surroundings: the title, and headings with no prose after them."""
    blocks = list(_without_echoes(text, blocks))
    last = max((i for i, b in enumerate(blocks) if b.kind is BlockKind.BODY), default=-1)
    seen_body = seen_title = False
    in_a_row = 0
    for i, block in enumerate(blocks):
        kind, why = block.kind, block.why
        in_a_row = in_a_row + 1 if kind is BlockKind.HEADING else 0
        if in_a_row > LIST:
            kind, why = BlockKind.FURNITURE, "list of short lines"
        elif kind is BlockKind.HEADING and last < 0:
            kind, why = BlockKind.BODY, "the text has nothing but lines without full stops"
        elif kind is BlockKind.HEADING and i > last:
            kind, why = BlockKind.FURNITURE, "short line after the last prose"
        elif kind is BlockKind.HEADING and not seen_body and not seen_title:
            quoted = text[block.begin] in "“\"'‘"
            kind, why = (
                (BlockKind.HEADING, why) if quoted else (BlockKind.TITLE, "first line without a full stop")
            )
            seen_title = not quoted
        elif kind is BlockKind.BODY:
            seen_body = True
        yield Block(block.begin, block.end, kind, block.language, why)


def _without_echoes(text: str, blocks: list[Block]) -> Iterator[Block]:
    """Take lines that are printed again and again for furniture; of prose, the first is kept."""
    printed = Counter(text[b.begin : b.end] for b in blocks)
    seen: set[str] = set()
    for block in blocks:
        line = text[block.begin : block.end]
        running = block.kind is BlockKind.HEADING  # the head of every page of a paper; else the first is kept
        if printed[line] >= AGAIN and (running or line in seen):
            block = Block(block.begin, block.end, BlockKind.FURNITURE, block.language, "the same line again")
        seen.add(line)
        yield block
