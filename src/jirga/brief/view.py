"""The brief as an object: the record, the model, what follows, and all of it as JSON."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from jirga._version import __version__
from jirga.conflict.draft import draft
from jirga.conflict.types import Conflict
from jirga.errors import JirgaError
from jirga.reading.statements import statement_json
from jirga.record.to_json import record_to_json
from jirga.record.types import Record
from jirga.reports.types import Report, TimeSpan
from jirga.stability.analysis import Analysis, analyse
from jirga.stability.lever_types import Levers
from jirga.stability.sweep import Sweep, SweepOptions, sweep

__all__ = ["Brief", "brief_json", "make_brief"]


SAMPLES, SEED = 1000, 1  # an interval of about three points either way
FEW_STATES, MOST_SWEPT = 64, 1024  # beyond the first each sample is solved on its own


@dataclass(frozen=True, eq=False)
class Brief:
    """All that a brief shows.

    Attributes
    ----------
    record : Record
    conflict : Conflict
        Drafted from the record, or given by a person.
    drafted : bool
    analysis : Analysis or None
        None when the model has nothing to analyse.
    levers : tuple of (str, Levers)
        What was wanted, in words, and the smallest changes for it.
    trouble : str
        Why there is no analysis; empty when there is one.
    sweep : Sweep or None
        How often outcomes hold when the same wishes stand in other orders; None when nothing could be varied.
    """

    record: Record
    conflict: Conflict
    drafted: bool
    analysis: Analysis | None
    levers: tuple[tuple[str, Levers], ...] = ()
    trouble: str = ""
    sweep: Sweep | None = None

    def __repr__(self) -> str:
        return f"Brief({len(self.record.reports)} reports, {len(self.record.statements)} statements)"


def make_brief(record: Record, conflict: Conflict | None = None) -> Brief:
    """Model and analyse a record.

    Parameters
    ----------
    record : Record
    conflict : Conflict, optional
        Used instead of the drafted model.

    Returns
    -------
    Brief
        With the analysis where the model allows one, else with the reason why not.
    """
    from jirga.brief.change import wanted_levers

    drafted = conflict is None
    model = draft(record) if conflict is None else conflict
    if len(model.decision_makers) < 2 or not (model.options or model.states):
        return Brief(record, model, drafted, None, trouble="too little")
    try:
        found = analyse(model)
        return Brief(record, model, drafted, found, wanted_levers(found, record), sweep=_swept(found))
    except JirgaError as error:
        if not drafted:
            raise
        return Brief(record, model, drafted, None, trouble=str(error))


def _swept(found: Analysis) -> Sweep | None:
    """Sample other orders of the same wishes, where there are any and the model is small enough to do it at once."""
    if found.space.m > MOST_SWEPT:
        return None
    samples = SAMPLES if found.space.m <= FEW_STATES else SAMPLES // 4
    try:
        return sweep(found.conflict, SweepOptions(samples=samples, seed=SEED))
    except JirgaError:
        return None  # rankings and weights have no order of wishes to vary


def brief_json(brief: Brief) -> dict[str, Any]:
    """Return everything as plain JSON values: reports, statements, events, positions, disputes, conflict, analysis."""
    record = brief.record
    from jirga.conflict.plain import to_nodes

    return {
        "jirga": __version__,
        "reports": [_report_json(report) for report in record.reports],
        "refused": [{"place": r.place, "reason": r.reason, "advice": r.advice} for r in record.refused],
        "statements": [statement_json(s) for s in record.statements.values()],
        **record_to_json(record),
        "conflict": json.loads(json.dumps(to_nodes(brief.conflict))),
        "analysis": brief.analysis.to_json() if brief.analysis else {"why_not": brief.trouble},
        "sweep": brief.sweep.to_json() if brief.sweep else None,
        "levers": [{"wanted": wanted, **found.to_json()} for wanted, found in brief.levers],
    }


def _report_json(report: Report) -> dict[str, Any]:
    return {
        "id": report.id, "name": report.name, "path": report.path, "outlet": report.outlet, "title": report.title,
        "url": report.url, "authors": list(report.authors), "published": _span_json(report.published),
        "language": report.language, "origin": report.origin, "notes": list(report.notes), "text": report.text,
        "blocks": [
            {"begin": b.begin, "end": b.end, "kind": str(b.kind), "language": b.language} for b in report.blocks
        ],
    }  # fmt: skip


def _span_json(span: TimeSpan | None) -> dict[str, Any] | None:
    if span is None:
        return None
    start, end = (d.isoformat() if d else None for d in (span.start, span.end))
    return {"text": span.text, "start": start, "end": end, "precision": str(span.precision)}
