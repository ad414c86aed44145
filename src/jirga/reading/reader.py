"""The default reader: parse, find who is named, find who says what, find what is told."""

from __future__ import annotations

from functools import cache

from spacy.language import Language

from jirga.reading.actors import find_mentions
from jirga.reading.attribution import find_attributions
from jirga.reading.clean import clean
from jirga.reading.columns import columns
from jirga.reading.passages import READ_KINDS, Passage, parse
from jirga.reading.pipeline import load_pipeline, pipeline_version
from jirga.reading.prose import unread_stretches
from jirga.reading.restore import restore
from jirga.reading.statements import find_statements
from jirga.reading.types import Reading
from jirga.reports.blocks import NO_PROSE
from jirga.reports.types import BlockKind, Report, Span

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
        cleaned = clean(report)
        return restore(self._read(cleaned.report), cleaned, report)

    def _read(self, report: Report) -> Reading:
        passages = parse(report, self.nlp)
        mentions = find_mentions(report, passages)
        attributions = find_attributions(report, passages, mentions)
        return Reading(
            report=report,
            sentences=tuple(_sentence(p, *s) for p in passages for s in columns(p.doc).sentences),
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


def _sentence(passage: Passage, start: int, end: int) -> Span:
    read, base = columns(passage.doc), passage.block.begin
    return base + read.begins[start], base + read.begins[end - 1] + len(read.words[end - 1])


def _unread(report: Report) -> list[tuple[Span, str]]:
    left: list[tuple[Span, str]] = []
    for block in report.blocks:
        if block.kind not in READ_KINDS:
            reason = block.why if block.why in NO_PROSE else "furniture"
            foreign = block.kind is BlockKind.FOREIGN
            left.append(((block.begin, block.end), f"language {block.language}" if foreign else reason))
        elif block.language != "en":
            left.append(((block.begin, block.end), f"language {block.language}"))
        else:
            left.extend(unread_stretches(report, block))
    return left
