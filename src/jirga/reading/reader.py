"""The default reader: parse, find who is named, find who says what, find what is told."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from jirga.reading.actors import find_mentions
from jirga.reading.attribution import find_attributions
from jirga.reading.passages import READ_KINDS, parse
from jirga.reading.pipeline import load_pipeline, pipeline_version
from jirga.reading.statements import find_statements
from jirga.reading.types import Reading
from jirga.reports.types import Report, Span

__all__ = ["DefaultReader", "read_report"]


class DefaultReader:
    """Reads English reports offline with what the package installs.

    Parameters
    ----------
    pipeline : str or None
        Name of an installed spaCy pipeline to use instead of the package's own.

    Notes
    -----
    Any object with ``read(report) -> Reading`` is a reader; ``tests/reading/contract.py`` holds what each must keep.
    """

    def __init__(self, pipeline: str | None = None) -> None:
        self.nlp: Language = _pipeline(pipeline)
        self.name = f"default reader, {pipeline_version(self.nlp)}"

    def read(self, report: Report) -> Reading:
        """Read one report.

        Parameters
        ----------
        report : Report

        Returns
        -------
        Reading
            Every span lies in ``report.text``.
        """
        passages = parse(report, self.nlp)
        mentions = find_mentions(report, passages)
        attributions = find_attributions(report, passages, mentions)
        return Reading(
            report=report,
            sentences=tuple(p.span(s) for p in passages for s in p.doc.sents),
            mentions=tuple(mentions),
            attributions=tuple(attributions),
            statements=tuple(find_statements(report, passages, mentions, attributions)),
            unread=tuple(_unread(report)),
            reader=self.name,
        )


@cache
def _pipeline(name: str | None) -> Language:
    return load_pipeline(name)


def read_report(report: Report, pipeline: str | None = None) -> Reading:
    """Read one report with the default reader; see `DefaultReader`."""
    return DefaultReader(pipeline).read(report)


def _unread(report: Report) -> list[tuple[Span, str]]:
    left: list[tuple[Span, str]] = []
    for block in report.blocks:
        if block.kind not in READ_KINDS:
            reason = f"language {block.language}" if block.kind == "foreign" else "furniture"
            left.append(((block.begin, block.end), reason))
        elif block.language != "en":
            left.append(((block.begin, block.end), f"language {block.language}"))
    return left
