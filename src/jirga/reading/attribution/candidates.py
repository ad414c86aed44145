"""A possible attribution, before quotes are joined to it and rivals are weighed."""

from __future__ import annotations

from dataclasses import dataclass, field

from jirga.reports.types import Span

__all__ = ["Candidate"]


@dataclass(slots=True)
class Candidate:
    """Source, cue and content as the parse gives them.

    Attributes
    ----------
    passage : int
        Number of the passage.
    rule : str
        Which rule found it.
    head : int
        Token of the cue that carries the meaning.
    cue, source, content : tuple of Span
        Offsets in the report.
    speech : bool
        True when the cue may bring direct speech, so that a neighbouring quote can be its content.
    clause : tuple of int
        First and last token of the reporting clause (source, cue and what belongs to them), without the content.
    subject : int or None
        Token at the head of the source.
    inserted : bool
        True when the reporting clause stands inside or after the content.
    weight : int
        Strength of the rule; the stronger of two rivals stays.
    """

    passage: int
    rule: str
    head: int
    cue: tuple[Span, ...]
    source: tuple[Span, ...]
    content: tuple[Span, ...]
    speech: bool = False
    clause: tuple[int, int] = (0, 0)
    subject: int | None = None
    inserted: bool = False
    weight: int = 1
    level: int = field(default=0)
