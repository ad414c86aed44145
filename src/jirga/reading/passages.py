"""A report's prose as parsed passages, with the way back to the report's own offsets."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from jirga.reading.prose import stretches
from jirga.reports.types import Block, BlockKind, Report, Span

__all__ = ["READ_KINDS", "Passage", "parse"]

READ_KINDS = frozenset({BlockKind.BODY, BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION})
"""Blocks that are parsed. Titles, headings and captions are parsed for names; statements come from BODY alone
unless the report has nothing else."""


_CLOCK = re.compile(
    r"\d{1,2}[:.]\d\d ?(?:[ap]m|GMT|UTC|BST|CET|CEST|EST|EDT|ET|IST|PKT|local time)? ?[-–—:|]? ?(?=[A-Z\"“‘'])"
)
"""The minute of an entry of a live blog."""
_DATELINE = re.compile(
    r"(?:[A-Z][A-Z.'’-]{2,30}(?:[ ,/]{1,2}(?:of |the |and )?[A-Z0-9][\w.'’-]{0,20}){0,6},?"
    r"(?: ?\([\w ./]{1,30}\))? ?(?:--|[-–—:]) "
    r"|(?!The |An? )[A-Z][\w.'’-]{1,20}(?:,? [A-Z0-9][\w.'’-]{0,20}){0,5},?(?: \([\w ./]{1,30}\))? (?:--|[-–—]) )(?=[A-Z\"“‘'])"
)
"""Where and for whom a text was filed ("KABUL, May 15 (AP) -- "): no part of its first sentence. Bounded on purpose."""


@dataclass(frozen=True, slots=True)
class Passage:
    """One block of a report and its parse.

    Attributes
    ----------
    block : Block
    doc : spacy.tokens.Doc
        Parse of exactly ``report.text[block.begin:block.end]``.
    number : int
        Place among the passages of the report.
    """

    block: Block
    doc: Doc
    number: int

    def span(self, tokens: Tokens | Token) -> Span:
        """Return the code point offsets, in the report, of a token or a run of tokens."""
        if isinstance(tokens, Token):
            return self.block.begin + tokens.idx, self.block.begin + tokens.idx + len(tokens)
        return self.block.begin + tokens.start_char, self.block.begin + tokens.end_char

    def tokens(self, span: Span) -> Tokens | None:
        """Return the run of tokens that the report's span touches in this passage, or None."""
        begin, end = max(span[0] - self.block.begin, 0), min(span[1], self.block.end) - self.block.begin
        return self.doc.char_span(begin, end, alignment_mode="expand") if begin < end else None


def parse(report: Report, nlp: Language) -> Sequence[Passage]:
    """Parse what is prose, and English, in a report.

    Parameters
    ----------
    report : Report
        Its blocks tell what is prose; a report without blocks is taken as one block of prose.
    nlp : spacy.language.Language
        A pipeline that sets tags, lemmas, Universal Dependencies heads and labels, sentence starts and names.

    Returns
    -------
    sequence of Passage
        In text order.
    """
    return list(_passages(report, nlp))


def _passages(report: Report, nlp: Language) -> Iterator[Passage]:
    blocks = report.blocks or (Block(0, len(report.text), BlockKind.BODY, report.language),)
    wanted = [
        _undated(report, part)
        for b in blocks
        if b.kind in READ_KINDS and b.language == "en" and b.begin < b.end
        for part, why in stretches(report.text, b)
        if not why
    ]
    docs = nlp.pipe(report.text[b.begin : b.end] for b in wanted)
    for number, (block, doc) in enumerate(zip(wanted, docs, strict=True)):
        yield Passage(block, doc, number)


def _undated(report: Report, block: Block) -> Block:
    """Leave the dateline out: parsers take it for the subject of the first sentence."""
    found = _CLOCK.match(report.text, block.begin, min(block.end, block.begin + 40))
    found = found or _DATELINE.match(report.text, block.begin, block.end)
    if found is None or found.end() >= block.end:
        return block
    return replace(block, begin=found.end())
