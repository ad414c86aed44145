"""Getting text: files, pages and JSON Lines to `Report`, and which reports copy one another."""

from jirga.reports.load import find_files, iter_reports, load_reports
from jirga.reports.origins import origin_groups
from jirga.reports.types import Block, BlockKind, Outcome, Precision, Refusal, Report, ReportSet, TimeSpan

__all__ = [
    "Block",
    "BlockKind",
    "Outcome",
    "Precision",
    "Refusal",
    "Report",
    "ReportSet",
    "TimeSpan",
    "find_files",
    "iter_reports",
    "load_reports",
    "origin_groups",
]
