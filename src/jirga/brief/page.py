"""The brief as one self-contained HTML file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from jirga._version import __version__
from jirga.brief import sections
from jirga.brief.change import change_lines
from jirga.brief.cites import Cites, Line
from jirga.brief.differing import differing
from jirga.brief.marked import marked_blocks
from jirga.brief.names import Names, formula_words, letter
from jirga.brief.outcomes import assumed_wishes, ending, outcomes
from jirga.brief.story import headline, story
from jirga.brief.timeline import drawable, timeline_svg
from jirga.brief.view import Brief
from jirga.brief.words import day, quoted, span_words
from jirga.conflict.statements import Vocabulary, parse
from jirga.conflict.states import rule_formula
from jirga.conflict.types import Conflict, DecisionMaker, Evidence, Preference
from jirga.errors import UsageError
from jirga.record.types import Event, Record
from jirga.reports.types import BlockKind

__all__ = ["render", "write_html"]

ASSUMED = (
    "The analysis takes one model that all sides know and share, wishes weighed strictly in their order, and looks one round of "
    "answers ahead; moves can be taken back unless the model says otherwise."
)

DRAFTED = (
    "The model was drafted by rule from what the reports tell; a person should edit it before it is used."
)

MOST_EVENTS = 120  # told in the timeline; a longer one is no brief
MOST_TEXTS = 60  # reports whose whole text is printed; beyond it the cited ones first


def write_html(brief: Brief, path: str | Path) -> Path:
    """Write a brief under a temporary name and rename it.

    Raises
    ------
    UsageError
        When it cannot be written there.
    """
    place = Path(path)
    temporary = place.with_name(f".{place.name}.{os.getpid()}.tmp")
    text = render(brief)
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        temporary.write_text(text, encoding="utf-8")
        temporary.replace(place)
    except OSError as error:
        temporary.unlink(missing_ok=True)
        raise UsageError(f"{place}: cannot be written ({error.strerror}). Name another file.") from None
    return place


def render(brief: Brief) -> str:
    """Return the brief as HTML; all text from reports is escaped by the template."""
    record = brief.record
    names, cites = Names(record), Cites(record)
    lines = story(record, names, cites, ending(brief.analysis, brief.sweep))
    shown, below, more = _shown(record)
    days = sections.days(shown, names, cites)
    cards, more_cards = sections.answers_at_table(record, names, cites)
    context: dict[str, Any] = {
        "version": __version__,
        "css": Markup(_text("brief.css")),  # noqa: S704 - our own file
        "title": headline(record, names),
        "subtitle": _subtitle(record),
        "counts": {"reports": len(record.reports), "origins": len(_origins(record))},
        "story": lines,
        "days": days,
        "more_events": more,
        "told_below": below,
        "cards": cards,
        "more_cards": more_cards,
        "others": sections.others(record, names, cites),
        "agreed": sections.agreed(record, names, cites),
        "differs": differing(record, names, cites),
        "model": _model(brief.conflict, cites),
        "drafted": brief.drafted,
        "outcomes": outcomes(brief.analysis, brief.trouble, brief.sweep),
        "change": change_lines(brief.analysis, brief.levers),
        "how": _how(brief),
        "how_foot": _foot(brief),
        "inputs": _inputs(record),
    }
    dots = drawable(shown, cites.numbers)
    context["drawing"], context["drawing_note"] = timeline_svg(dots)
    context["narrow_drawing"], _ = timeline_svg(dots, narrow=True)
    context["reports"], context["left_out"] = _texts(record, cites)
    context["quotes"] = cites.quotes()
    context["tips"] = {q.number: f"{quoted(q.text)} ({q.outlet})" for q in context["quotes"]}
    return str(_template().render(context))


@cache
def _template() -> Any:  # noqa: ANN401 - jinja2's template
    environment = Environment(
        loader=FunctionLoader(_text),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["quoted"] = quoted
    return environment.get_template("brief.html.j2")


def _text(name: str) -> str:
    return files("jirga.brief").joinpath("templates", name).read_text(encoding="utf-8")


def _origins(record: Record) -> set[str]:
    return {report.origin or report.id for report in record.reports}


def _subtitle(record: Record) -> str:
    dates = sorted(r.published.start for r in record.reports if r.published and r.published.start)
    count = len(record.reports)
    parts = [f"{count} report{'s' if count != 1 else ''} of {len(_origins(record))} independent origin"]
    parts[0] += "s" if len(_origins(record)) != 1 else ""
    if dates:
        first, last = dates[0], dates[-1]
        parts.append(f"published {day(first)}" if first == last else f"published {day(first)} to {day(last)}")
    parts.append(f"{len(record.statements)} statements read")
    return " · ".join(parts)


def _shown(record: Record) -> tuple[list[Event], int, int]:
    """Choose the events to tell, in time order.

    Returns
    -------
    list of Event
        Undated demands, answers, threats and promises are told at the table and not a second time here; of very
        many events those with most origins.
    int, int
        How many are told at the table only, and how many are left out for want of room.
    """
    table = {
        s for p in record.positions for s in (*p.statements, *(i for a in p.answers for i in a.statements))
    }
    table |= {s for threat in record.threats for s in threat.statements}
    table |= {s for commitment in record.commitments for s in commitment.statements}
    dated = [e for e in record.events if (e.when and e.when.start) or not set(e.statements) <= table]
    below = len(record.events) - len(dated)
    if len(dated) <= MOST_EVENTS:
        return dated, below, 0
    ranked = sorted(dated, key=lambda e: (-len(e.origins), -len(e.statements)))[:MOST_EVENTS]
    chosen = {event.id for event in ranked}
    return [e for e in dated if e.id in chosen], below, len(dated) - MOST_EVENTS


@dataclass(frozen=True, slots=True)
class _Wish:
    """A preference as the template shows it: a line and why it stands where it does."""

    text: str
    cites: tuple[int, ...]
    mark: str
    why: str
    lead: str = ""


def _model(conflict: Conflict, cites: Cites) -> Mapping[str, Any]:
    vocabulary = Vocabulary.of(conflict)
    rules = [
        _evidenced(f"Not together: {formula_words(rule_formula(r, vocabulary), conflict)}", r.evidence, cites)
        for r in conflict.infeasible
    ]
    return {
        "notes": [Line(note, mark="method") for note in conflict.notes],
        "makers": [_maker(dm, conflict, vocabulary, cites) for dm in conflict.decision_makers],
        "rules": rules,
    }


def _maker(dm: DecisionMaker, conflict: Conflict, vocabulary: Vocabulary, cites: Cites) -> Mapping[str, Any]:
    return {
        "name": dm.label,
        "cites": cites(dm.evidence.statements, most=3),
        "options": [
            _evidenced(o.label, o.evidence, cites, letter(bit))
            for bit, o in enumerate(conflict.options)
            if o.dm == dm.id
        ],
        "preferences": [_wish(p, conflict, vocabulary, cites) for p in dm.preferences],
    }


def _wish(preference: Preference, conflict: Conflict, vocabulary: Vocabulary, cites: Cites) -> _Wish:
    text = "; ".join(formula_words(parse(s, vocabulary), conflict) for s in preference.statements)
    numbers = cites(preference.evidence.statements, most=4)
    return _Wish(text, numbers, "" if numbers else "assumption", preference.evidence.reason)


def _evidenced(text: str, evidence: Evidence, cites: Cites, lead: str = "") -> Line:
    why = f" ({evidence.reason.rstrip('.')})" if evidence.assumption and evidence.reason else ""
    return cites.line(text + why, evidence.statements, lead=lead)


def _how(brief: Brief) -> list[Line]:
    record = brief.record
    readers = sorted({reading.reader for reading in record.readings if reading.reader})
    foreign = sum(b.kind is BlockKind.FOREIGN for r in record.reports for b in r.blocks)
    assumed, wishes = assumed_wishes(brief.conflict)
    lines = [
        f"A program ({'; '.join(readers) or 'no reader'}) read the reports, sentence by sentence.",
        "It makes mistakes: check a line against its quote before you rely on it.",
        "Quotes are exact. What is told of a quote (who, whom, when, a demand or a threat) is the program's reading.",
        "Reports that copy one text count as one origin. Nothing here says which account is true.",
        *([ASSUMED] if brief.analysis else []),
    ]
    if brief.analysis or not brief.drafted:
        lines.append(DRAFTED if brief.drafted else "The model was given by a person.")
    if assumed:
        lines.append(
            f"{assumed} of the model's {wishes} preferences rest on no statement and are marked as assumptions."
        )
    if foreign:
        lines.append(
            f"{foreign} passage{'s' if foreign != 1 else ''} in other languages were kept and not read."
        )
    if brief.analysis:
        lines.append(
            f"The analysis is exact for the model: engine “{brief.analysis.engine}”, model {brief.analysis.model_hash[:12]}."
        )
    return [Line(text, mark="method") for text in lines]


def _foot(brief: Brief) -> str:
    if brief.analysis is None:
        return "The same reports and the same version give the same brief."
    return (
        f"The same reports and the same version give the same brief (model {brief.analysis.model_hash[:12]})."
    )


def _inputs(record: Record) -> list[dict[str, str]]:
    counts: dict[str, int] = {}
    for statement in record.statements.values():
        counts[statement.report] = counts.get(statement.report, 0) + 1
    rows = []
    for report in record.reports:
        count = counts.get(report.name, 0)
        partly = any(b.kind is BlockKind.FOREIGN for b in report.blocks)
        rows.append(
            {
                "name": report.name, "anchor": f"r-{report.id}", "outlet": report.outlet or "not told",
                "published": span_words(report.published) if report.published else "not told",
                "result": f"{'partly read' if partly else 'read'}, {count} statements", "notes": " ".join(report.notes),
            }
        )  # fmt: skip
    for refusal in record.refused:
        told = f"{refusal.reason} {refusal.advice}"
        rows.append(
            {
                "name": refusal.place,
                "anchor": "",
                "outlet": "",
                "published": "",
                "result": "refused",
                "notes": told,
            }
        )
    return rows


def _texts(record: Record, cites: Cites) -> tuple[list[Mapping[str, Any]], str]:
    """Return the reports to print in full: all, or the cited ones when there are very many."""
    by_report: dict[str, list[Any]] = {}
    for statement in record.statements.values():
        by_report.setdefault(statement.report, []).append(statement)
    cited = {record.statements[s].report for s in cites.numbers}
    chosen = [r for r in record.reports if len(record.reports) <= MOST_TEXTS or r.name in cited]
    left = len(record.reports) - len(chosen)
    told = (
        f"{left} reports that no line rests on are left out here; the JSON output holds them all."
        if left
        else ""
    )
    out: list[Mapping[str, Any]] = []
    for report in chosen:
        when = span_words(report.published) if report.published else "no date"
        outlet = report.outlet or "no outlet named"
        out.append(
            {
                "anchor": f"r-{report.id}", "title": report.title, "name": report.name, "language": report.language,
                "meta": " · ".join(filter(None, [outlet, when, ", ".join(report.authors), report.name])),
                "blocks": marked_blocks(report, by_report.get(report.name, []), cites.numbers),
            }
        )  # fmt: skip
    return out, told
