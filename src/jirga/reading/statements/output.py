"""A statement as other programs take it."""

from __future__ import annotations

from typing import Any

from jirga.reading.types import ActorMention, Attribution, Quantity, Statement, Why
from jirga.reports.types import TimeSpan

__all__ = ["statement_json"]


def statement_json(statement: Statement, *, why: bool = False) -> dict[str, Any]:
    """Return a statement as plain data, in the order of the fields in ``docs/codebook.md``.

    Parameters
    ----------
    statement : Statement
    why : bool
        Whether to add ``why``, a list of ``{"aspect", "begin", "end", "rule"}``, and the spans ``content``, ``condition``
        and ``sentence``.

    Returns
    -------
    dict
        Ready for `json.dumps`.
    """
    s = statement
    out: dict[str, Any] = {
        "id": s.id,
        "report": s.report,
        "begin": s.begin,
        "end": s.end,
        "quote": s.quote,
        "type": s.type.value,
        "mode": s.mode,
        "actors": [_actor(a) for a in s.actors],
        "recipients": [_actor(a) for a in s.recipients],
        "attribution": [_attribution(a) for a in s.attribution],
        "polarity": s.polarity.value,
        "modality": s.modality.value,
        "hedges": list(s.hedges),
        "when": _time(s.when) if s.when else None,
        "where": {"id": s.where.id, "name": s.where.name, "text": s.where.text} if s.where else None,
        "quantities": [_quantity(q) for q in s.quantities],
    }
    if why:
        out["content"] = list(s.content) if s.content else None
        out["condition"] = list(s.condition) if s.condition else None
        out["sentence"] = list(s.sentence)
        out["why"] = [_why(w) for w in s.why]
    return out


def _actor(a: ActorMention) -> dict[str, Any]:
    return {"id": a.id, "name": a.name, "begin": a.begin, "end": a.end, "text": a.text}


def _attribution(a: Attribution) -> dict[str, Any]:
    return {
        "kind": a.kind.value,
        "source": {"id": a.source.id, "name": a.source.name} if a.source else None,
        "source_span": list(a.source_span) if a.source_span else None,
        "cue_span": list(a.cue_span) if a.cue_span else None,
        "content_span": list(a.content_span),
    }


def _time(t: TimeSpan) -> dict[str, Any]:
    return {
        "text": t.text,
        "start": t.start.isoformat() if t.start else None,
        "end": t.end.isoformat() if t.end else None,
        "precision": t.precision.value,
    }


def _quantity(q: Quantity) -> dict[str, Any]:
    return {"low": q.low, "high": q.high, "text": q.text, "unit": q.unit, "role": q.role}


def _why(w: Why) -> dict[str, Any]:
    return {"aspect": w.aspect, "begin": w.begin, "end": w.end, "rule": w.rule}
