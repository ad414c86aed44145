"""From the readings of many reports to one record."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from datetime import date

from jirga.reading.types import Reading, Statement
from jirga.record.answers import opponents_of
from jirga.record.commitments import find_commitments
from jirga.record.disputes import disputes_of, position_disputes, trait_disputes
from jirga.record.division import with_divisions
from jirga.record.features import Sight, see
from jirga.record.layer import Layer
from jirga.record.linking import lend, link, make_id, toll
from jirga.record.near import Edge
from jirga.record.parties import join_actors
from jirga.record.passages import origins_in, spans_by_report
from jirga.record.positions import find_threads, make_position
from jirga.record.relations import ANSWER, DEMAND, EVENT, TOLL, relate
from jirga.record.roles import make_parties
from jirga.record.threats import find_threats
from jirga.record.timeline import event_time, in_time_order
from jirga.record.types import Event, Record
from jirga.record.within import find_factions, find_mediations
from jirga.record.words import Steady, Weights
from jirga.reports.types import Refusal, Report

__all__ = ["build_record", "link_edges", "make_event"]

LABEL = 90  # characters of a label; it stands in drawings


def build_record(
    readings: Sequence[Reading],
    reports: Sequence[Report] | None = None,
    *,
    refused: Sequence[Refusal] = (),
    layer: Layer = Layer(),  # noqa: B008 - frozen and empty
) -> Record:
    """Make one record of what several reports tell.

    Parameters
    ----------
    readings : sequence of Reading
        In any order.
    reports : sequence of Report, optional
        Every report that was taken in, also those without statements; those of the readings when not given.
    refused : sequence of Refusal
        Inputs that were not read and why; kept so that nothing is lost silently.
    layer : Layer
        What people decided; nothing by default.

    Returns
    -------
    Record
        The same for the same reports, whatever their order.
    """
    known = {r.id: r for r in (*(reading.report for reading in readings), *(reports or ()))}
    ordered = tuple(sorted(known.values(), key=_age))
    readings = sorted(readings, key=lambda reading: _age(reading.report))
    joined = join_actors(readings)
    readings = layer.on_readings(with_divisions(readings, joined))
    sights = lend(see(readings, joined, _origin_of_statements(readings, ordered, layer.own)))
    weights = Steady()
    edges = {EVENT.number: relate(EVENT, sights, weights, ())}
    edges[TOLL] = [Edge(one, other, 0.0, 1) for one, other in toll(sights)]
    groups = layer.on_groups(link_edges(sights, edges, weights))
    place = {sight.s.id: sight.order for sight in sights}
    events = in_time_order([make_event(group) for group in groups], place)
    parties = make_parties([sight.s for sight in sights], joined)
    sides = [party.id for party in parties if party.role == "party"]
    against = opponents_of(sights, sides)
    event_of = {statement: event.id for event in events for statement in event.statements}
    edges[DEMAND.number] = relate(DEMAND, sights, weights, sides)
    edges[ANSWER.number] = relate(ANSWER, sights, weights, sides)
    threads = find_threads(
        sights, event_of, edges[DEMAND.number], edges[ANSWER.number], weights, sides,
        lambda party: against.get(party, frozenset()),
    )  # fmt: skip
    positions = tuple(filter(layer.shows_position, map(make_position, threads)))
    disputes = [d for group in groups for d in disputes_of(event_of[group[0].s.id], group)]
    disputes.extend(position_disputes(positions, {sight.s.id: sight for sight in sights}))
    disputes.extend(trait_disputes(sights))
    return Record(
        reports=ordered,
        readings=tuple(readings),
        statements={sight.s.id: sight.s for sight in sights},
        events=events,
        positions=positions,
        threats=find_threats(groups, weights, sides),
        commitments=find_commitments(groups, sights, sides),
        disputes=tuple(filter(layer.shows_dispute, disputes)),
        parties=parties,
        mediations=find_mediations(sights, [p.id for p in parties if p.role == "mediator"]),
        factions=find_factions(readings, sights, joined),
        origins=_origins(ordered),
        refused=tuple(refused),
        of_party=joined.of_party,
    )


def link_edges(
    sights: Sequence[Sight], edges: Mapping[int, Sequence[Edge]], weights: Weights
) -> list[list[Sight]]:
    """Gather statements into groups by the pairs between places in ``sights``."""
    alike = [(edge.weight, edge.one, edge.other) for edge in edges[EVENT.number]]
    return link(sights, alike, [(edge.one, edge.other) for edge in edges[TOLL]], weights)


def _age(report: Report) -> tuple[date, str, str]:
    published = report.published.start if report.published else None
    return (published or date.max, report.name, report.id)


def _origins(reports: Sequence[Report]) -> dict[str, tuple[str, ...]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for report in reports:
        groups[report.origin or report.id].append(report.id)
    return {origin: tuple(ids) for origin, ids in groups.items()}


def _origin_of_statements(
    readings: Sequence[Reading], reports: Sequence[Report], own: Collection[str] = ()
) -> dict[str, str]:
    """Give a statement inside a passage that several reports print the origin of the earliest of them."""
    spans = spans_by_report(reports, own)
    found: dict[str, str] = {}
    for reading in readings:
        found |= origins_in(spans.get(reading.report.id, ()), reading.statements)
    return found


def make_event(group: Sequence[Sight]) -> Event:
    """Return statements that tell one thing as the record keeps them."""
    best = sorted(
        group, key=lambda sight: (sight.denies or sight.blames, -_completeness(sight.s), sight.order)
    )
    accounts = [sight for sight in best if not (sight.denies or sight.blames)] or best
    modes = Counter(sight.s.mode for sight in accounts if sight.s.mode)
    types = Counter(sight.s.type for sight in accounts)
    claimed = {sight.source == "fact" for sight in accounts}
    return Event(
        id=make_id("event", (sight.s.id for sight in group)),
        type=max(types, key=lambda t: (types[t], best[0].s.type is t, t)),
        mode=max(modes, key=lambda m: (modes[m], m)) if modes else None,
        statements=tuple(dict.fromkeys(sight.s.id for sight in best)),
        actors=tuple(sorted(next((sight.doers for sight in best if sight.doers), ()))),
        recipients=tuple(sorted(next((sight.undergone for sight in best if sight.undergone), ()))),
        when=event_time(group),
        where=next((sight.s.where for sight in sorted(best, key=_vague) if sight.s.where), None),
        origins=tuple(sorted({sight.origin for sight in group})),
        standing="mixed" if len(claimed) == 2 else "fact" if True in claimed else "attributed",
        label=_label(best[0].s),
    )


def _completeness(s: Statement) -> int:
    return (
        2 * bool(s.actors)
        + 2 * any(s.begin <= actor.begin < s.end for actor in s.actors)  # "killing 58 soldiers" says not who
        + bool(s.recipients)
        + bool(s.when)
        + bool(s.where)
        + bool(s.quantities)
        + bool(s.content)
    )


def _vague(sight: Sight) -> bool:
    return sight.s.where is None or sight.s.where.id.startswith("country:")


def _label(s: Statement) -> str:
    words = " ".join(s.quote.split())
    if len(words) <= LABEL:
        return words
    return words[: LABEL - 1].rsplit(" ", 1)[0].rstrip(",;:") + "…"
