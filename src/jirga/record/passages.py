"""What origin a statement has when it lies in words that several reports print."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence

from jirga.reading.types import Statement
from jirga.reports.origins import shared_passages
from jirga.reports.types import Report
from jirga.reports.wording import age_of

__all__ = ["Spans", "origins_in", "spans_by_report"]

Spans = Sequence[tuple[int, int, str]]
"""Begin, end and origin of each passage that a report has in common with others, in order."""

EDGE = 10  # code points; quotation marks and a full stop may lie outside


def spans_by_report(
    reports: Iterable[Report], own: Collection[str] = ()
) -> dict[str, list[tuple[int, int, str]]]:
    """Find the passages of reports, each with the origin of the earliest report that prints it.

    Parameters
    ----------
    reports : iterable of Report
        With their origins.
    own : collection of str
        Ids of reports that copy nobody, as a person said.
    """
    known = {report.id: report for report in reports if report.id not in own}
    spans: dict[str, list[tuple[int, int, str]]] = defaultdict(list)
    for passage in shared_passages(list(known.values())):
        first = min((known[report] for report, _, _ in passage.places), key=age_of)
        for report, begin, end in passage.places:
            spans[report].append((begin, end, first.origin or first.id))
    return {report: sorted(several) for report, several in spans.items()}


def origins_in(spans: Spans, statements: Iterable[Statement]) -> dict[str, str]:
    """Give each statement of a report that lies in a passage the passage's origin.

    Parameters
    ----------
    spans : sequence of (int, int, str)
        The report's, as `spans_by_report` gives them.
    statements : iterable of Statement
        Of this report.
    """
    begins = [begin for begin, _, _ in spans]
    found: dict[str, str] = {}
    for s in statements:
        for begin, end, origin in reversed(spans[: bisect_right(begins, s.begin + EDGE)]):
            if end >= s.end - EDGE and begin <= s.begin + EDGE:
                found[s.id] = origin
                break
    return found
