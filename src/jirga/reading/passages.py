"""A report's prose as parsed passages, with the way back to the report's own offsets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from spacy.language import Language
from spacy.tokens import Doc, Token
from spacy.tokens import Span as Tokens

from jirga.reports.types import Block, BlockKind, Report, Span

__all__ = ["READ_KINDS", "Passage", "parse"]

READ_KINDS = frozenset({BlockKind.BODY, BlockKind.TITLE, BlockKind.HEADING, BlockKind.CAPTION})
"""Blocks that are parsed. Titles, headings and captions are parsed for names; statements come from BODY alone
unless the report has nothing else."""


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
        begin, end = max(span[0] - self.block.begin, 0), min(span[1] - self.block.begin, len(self.doc.text))
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
    wanted = [b for b in blocks if b.kind in READ_KINDS and b.language == "en" and b.begin < b.end]
    docs = nlp.pipe(report.text[b.begin : b.end] for b in wanted)
    for number, (block, doc) in enumerate(zip(wanted, docs, strict=True)):
        yield Passage(block, doc, number)
