"""Demands step by step, from the tables of a project."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from jirga.record.features import UNDATED
from jirga.record.outcome import day_told
from jirga.record.project import schema
from jirga.record.project.chunks import chunks
from jirga.record.steps import Reply, Saying, Step, standing, steps
from jirga.record.types import AnswerKind

__all__ = ["step_rows"]

Rows = list[dict[str, Any]]
NO_FIGURE = frozenset({"duration", "share"})  # fewer days is more asked for; a share says of what elsewhere


def step_rows(connection: Connection, demands: Sequence[Mapping[str, Any]], as_of: str | None) -> Rows:
    """Return a row for each step of some demands.

    Parameters
    ----------
    connection : Connection
    demands : sequence of mapping
        Rows of ``position`` with the columns demander, addressee, demand, state, origins, statements, id.
    as_of : str or None
        A day: steps after it are left out, and the state is that of this day.
    """
    until = date.fromisoformat(as_of) if as_of else None
    answers = _answers(connection, [row["id"] for row in demands])
    idents = {s for row in demands for s in row["statements"]}
    idents.update(s for several in answers.values() for row in several for s in row.statements)
    told, shown = _sayings(connection, idents)
    found: Rows = []
    for row in demands:
        replies = [
            Reply(AnswerKind(a.kind), a.by, tuple(told[s] for s in a.statements), a.inferred)
            for a in answers[row["id"]]
        ]
        made = steps(row["demander"], [told[s] for s in row["statements"]], replies)
        state = row["state"] if until is None else standing(made, until)
        if state != "not yet asked":
            known = [step for step in made if until is None or (step.day is not None and step.day <= until)]
            found += [_row(row, state, step, shown) for step in known]
    return found


def _row(row: Mapping[str, Any], state: str, step: Step, shown: Mapping[str, Any]) -> dict[str, Any]:
    lead = shown[step.sayings[0].id]
    return {
        "demander": row["demander"], "addressee": row["addressee"], "demand": row["demand"], "state": state,
        "origins": row["origins"], "day": step.day.isoformat() if step.day else None, "step": step.kind, "by": step.by,
        "quote": lead.quote, "outlet": lead.outlet or lead.name, "told_by": lead.told_by,
        "outlets": len({shown[s.id].outlet or shown[s.id].name for s in step.sayings}), "inferred": step.inferred,
        "statements": [s.id for s in step.sayings], "id": row["id"],
    }  # fmt: skip


def _answers(connection: Connection, positions: Iterable[str]) -> dict[str, list[Any]]:
    a = schema.answer.c
    found: dict[str, list[Any]] = defaultdict(list)
    for part in chunks(positions):
        query = select(schema.answer).where(a.position_id.in_(part)).order_by(a.position_id, a.place)
        for row in connection.execute(query):
            found[row.position_id].append(row)
    return found


def _sayings(connection: Connection, idents: Iterable[str]) -> tuple[dict[str, Saying], dict[str, Any]]:
    """Return statements as steps are made of them, and as they are shown."""
    s, r = schema.statement.c, schema.report.c
    told: dict[str, Saying] = {}
    shown: dict[str, Any] = {}
    for part in chunks(sorted(idents)):
        query = (
            select(s.id, s.place, s.quote, s.told_by, s.data, r.id.label("report"), r.name, r.outlet, r.published, r.origin)
            .join(schema.report, r.id == s.report_id)
            .where(s.id.in_(part))
        )  # fmt: skip
        for row in connection.execute(query):
            told[row.id] = _saying(row)
            shown[row.id] = row
    return told, shown


def _saying(row: Any) -> Saying:  # noqa: ANN401 - a row
    """Return a statement as steps are made of it, straight from what is kept of it: a record has many thousands."""
    kept = row.data
    when = kept["when"] or {"start": None, "end": None}
    content = kept["content"][0] if kept["content"] else kept["end"]
    figures: dict[str, float] = {}
    for quantity in kept["quantities"]:
        if quantity["low"] is not None and quantity["unit"] and quantity["role"] not in NO_FIGURE:
            figures.setdefault(quantity["unit"], quantity["low"])
    return Saying(
        row.id, row.name, row.origin, day_told(_day(when["start"]), _day(when["end"]), _day(row.published)),
        (row.published or UNDATED, row.name, row.report, row.place), tuple(kept["sentence"]),
        row.quote[: max(0, content - kept["begin"])], figures,
    )  # fmt: skip


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None
