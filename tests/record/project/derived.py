"""All that is derived in a project, to be compared with what linking anew gives."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select

from jirga.record.project import Project, schema, working

__all__ = ["Rows", "differences", "rows"]

Rows = dict[str, list[Any]]


def rows(project: Project) -> Rows:
    """Return all that is derived and all that linking keeps, by statement ids in place of numbers."""
    w, found = working, {}
    with project.database.reading() as connection:

        def of(query: Any) -> list[tuple[Any, ...]]:
            return [tuple(row) for row in connection.execute(query)]

        statement = dict(of(select(w.sight.c.number, w.sight.c.statement_id)))
        for table in (
            *schema.DERIVED,
            w.tally,
            w.actor,
            w.report_actor,
            w.linked_report,
            w.mark,
            w.copied,
            w.printing,
        ):
            found[table.name] = [tuple(map(str, row)) for row in of(select(table))]
        s, r = schema.statement.c, schema.report.c
        found["statement"] = of(select(s.id, s.report_id, s.derived))
        found["origin"] = of(select(r.id, r.origin).where(r.replaced_by.is_(None)))
        found["sight"] = [(i, str(data)) for i, data in of(select(w.sight.c.statement_id, w.sight.c.data))]
        found["shelf"] = [(key, place, statement[n]) for key, place, n in of(select(w.shelf))]
        found["likeness"] = [
            (relation, *sorted((statement[one], statement[other])), round(weight, 6), shelves)
            for relation, one, other, weight, shelves in of(select(w.likeness))
        ]
        found["thread"] = [(statement[n], position, answers) for n, position, answers in of(select(w.thread))]
    return {name: sorted(several) for name, several in found.items()}


def differences(grown: Rows, whole: Rows) -> dict[str, Any]:
    """Return what is in one and not in the other."""
    names = [name for name, several in grown.items() if several != whole[name]]
    return {name: (_first(grown[name], whole[name]), _first(whole[name], grown[name])) for name in names}


def _first(some: list[Any], others: list[Any]) -> list[Any]:
    return [row for row in some if row not in others][:3]
