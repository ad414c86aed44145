"""What a report is: clean text, where it came from, and what in it is content."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

__all__ = ["Block", "BlockKind", "Outcome", "Precision", "Refusal", "Report", "ReportSet", "Span", "TimeSpan"]

Span = tuple[int, int]
"""Half-open pair of Unicode code point offsets into ``Report.text``."""


class Precision(StrEnum):
    """How exactly a time is known, finest first."""

    MINUTE = "minute"
    DAY = "day"
    WEEKEND = "weekend"
    WEEK = "week"
    MONTH = "month"
    SEASON = "season"
    YEAR = "year"
    OPEN = "open"  # "since 2021": the end is the report's date and may run on
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class TimeSpan:
    """A span of days, both ends included.

    Attributes
    ----------
    start, end : datetime.date or None
        First and last day that the words allow; None when open on that side.
    precision : Precision
        How exact the words are.
    text : str
        The words themselves ("over a single weekend"); empty when from metadata.
    """

    start: date | None
    end: date | None
    precision: Precision
    text: str = ""


class BlockKind(StrEnum):
    """What a stretch of a report's text is."""

    TITLE = "title"
    HEADING = "heading"
    BODY = "body"
    CAPTION = "caption"
    FURNITURE = "furniture"  # bylines, date lines, disclaimers, section lines, "read more"
    FOREIGN = "foreign"  # text in another language than the one that is read


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch of a report's text (a paragraph or a line) and what it is.

    Attributes
    ----------
    begin, end : int
        Code point offsets into the report's text, half-open; trimmed of white space.
    kind : BlockKind
        Only BODY (and TITLE, HEADING as echoes) is prose of the report itself.
    language : str
        ISO 639-1 code, "und" when it cannot be told.
    why : str
        The rule that gave the kind, for people who ask.
    """

    begin: int
    end: int
    kind: BlockKind
    language: str = "en"
    why: str = ""


@dataclass(frozen=True, slots=True)
class Report:
    """A published text.

    Attributes
    ----------
    id : str
        First 16 hex digits of the SHA-256 of the raw bytes (or of the JSON Lines record).
    name : str
        File name, or the ``id`` of a JSON Lines record; what a statement's ``report`` names. Unique in a set.
    path : str
        As the user named it; for JSON Lines ``file:line``.
    text : str
        As decoded; for HTML the extracted text. All offsets count in it, in code points.
    raw : bytes
        As read.
    outlet, title, url : str or None
    authors : tuple of str
    published : TimeSpan or None
        With its precision; None when the report does not say.
    language : str
        Main language of the body, ISO 639-1.
    blocks : tuple of Block
        In text order, without overlap; text between blocks is white space.
    origin : str
        Id of the text that this one copies; its own id when it copies none. Set by `origins`.
    notes : tuple of str
        What a person should know of how it was read (undecodable bytes, a cut, no date).
    """

    id: str
    name: str
    path: str
    text: str
    raw: bytes
    outlet: str | None = None
    title: str | None = None
    url: str | None = None
    authors: tuple[str, ...] = ()
    published: TimeSpan | None = None
    language: str = "en"
    blocks: tuple[Block, ...] = ()
    origin: str = ""
    notes: tuple[str, ...] = ()

    def __repr__(self) -> str:
        when = self.published.start if self.published else "no date"
        return f"Report({self.name!r}, outlet={self.outlet!r}, {when}, {len(self.text)} characters)"


class Outcome(StrEnum):
    """How an input ended."""

    READ = "read"
    PARTLY = "partly read"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class Refusal:
    """An input that could not be used.

    Attributes
    ----------
    place : str
        File (and line).
    reason, advice : str
        What is wrong, and what to do.
    """

    place: str
    reason: str
    advice: str


@dataclass(frozen=True, slots=True)
class ReportSet:
    """Reports read together, and what could not be read.

    Attributes
    ----------
    reports : tuple of Report
        In the order of their paths, with origins set.
    refused : tuple of Refusal
    origins : mapping of str to tuple of str
        Origin id to the ids of the reports that share it.
    """

    reports: tuple[Report, ...]
    refused: tuple[Refusal, ...] = ()
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
