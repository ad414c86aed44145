"""jirga: reads reports of a conflict and its talks, keeps one record, models and analyses it, and shows its sources.

>>> import jirga
>>> record = jirga.read(["examples/istanbul-2025/reports"])  # doctest: +SKIP
>>> jirga.load("conflict.yaml").analyse()  # doctest: +SKIP
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from jirga._version import __version__
from jirga.errors import (
    ConflictError,
    JirgaError,
    NoReportsError,
    OptionalPartMissing,
    ProjectError,
    ReadingError,
    ReportError,
    StatementError,
    TooLargeError,
    UsageError,
)

if TYPE_CHECKING:
    from jirga.conflict.types import Conflict
    from jirga.record.types import Record
    from jirga.stability.analysis import Analysis, Model

__all__ = [
    "ConflictError",
    "JirgaError",
    "NoReportsError",
    "OptionalPartMissing",
    "ProjectError",
    "ReadingError",
    "ReportError",
    "StatementError",
    "TooLargeError",
    "UsageError",
    "__version__",
    "analyse",
    "draft",
    "load",
    "read",
    "write_brief",
]


def read(paths: str | Path | Iterable[str | Path], pipeline: str | None = None) -> Record:
    """Read reports into one record.

    Parameters
    ----------
    paths : path or iterable of paths
        Files, folders or globs of ``.txt``, ``.html`` and ``.jsonl`` reports.
    pipeline : str, optional
        Name of an installed spaCy pipeline to use instead of the package's own.

    Returns
    -------
    Record
        Statements, events, positions and disputes; `Record.refused` tells what was not read and why.

    Raises
    ------
    NoReportsError
        When nothing among the paths can be read.
    """
    from jirga.reading.reader import DefaultReader
    from jirga.record.build import build_record
    from jirga.reports.load import load_reports

    several = [paths] if isinstance(paths, str | Path) else list(paths)
    found = load_reports(several)
    reader = DefaultReader(pipeline)
    return build_record(
        [reader.read(report) for report in found.reports], found.reports, refused=found.refused
    )


def draft(record: Record) -> Conflict:
    """Draft a conflict model from a record; every element names its statements or says that it is assumed."""
    from jirga.conflict.draft import draft as draft_conflict

    return draft_conflict(record)


def load(path: str | Path) -> Model:
    """Load a conflict file (YAML or ``.gmcr``).

    Raises
    ------
    ConflictError
        With every problem of the file at once.
    """
    from jirga.stability.analysis import load_model

    return load_model(path)


def analyse(conflict: Conflict | str | Path) -> Analysis:
    """Work out which states of a conflict are stable for whom, and which are equilibria.

    Parameters
    ----------
    conflict : Conflict or path
        A model, or the file of one.
    """
    from jirga.stability.analysis import analyse as analyse_conflict

    return load(conflict).analyse() if isinstance(conflict, str | Path) else analyse_conflict(conflict)


def write_brief(
    paths: str | Path | Iterable[str | Path],
    output: str | Path = "brief.html",
    conflict: str | Path | None = None,
    pipeline: str | None = None,
) -> Path:
    """Read reports and write the brief: one self-contained HTML file.

    Parameters
    ----------
    paths : path or iterable of paths
        Reports, as in `read`.
    output : path
        Where the brief goes; written under a temporary name first.
    conflict : path, optional
        A conflict file to use instead of the drafted model.
    pipeline : str, optional
        As in `read`.

    Returns
    -------
    Path
        The file written.
    """
    from jirga.brief import make_brief, write_html

    given = None if conflict is None else load(conflict).conflict  # a wrong model is told before the reading
    return write_html(make_brief(read(paths, pipeline), given), output)
