"""Events and their disputes, made anew where statements came or went."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, delete, select

from jirga.record.build import link_edges, make_event
from jirga.record.disputes import disputes_of
from jirga.record.layer import Layer
from jirga.record.near import Edge
from jirga.record.project import schema
from jirga.record.project.chunks import chunks
from jirga.record.project.derived import put_disputes, put_events
from jirga.record.project.shelves import Shelves
from jirga.record.relations import EVENT, TOLL
from jirga.record.types import Event

__all__ = ["between", "delete_disputes", "delete_events", "put_connected", "renew_events"]


def renew_events(
    connection: Connection, shelves: Shelves, new: Collection[int], gone: Collection[str], layer: Layer
) -> set[int]:
    """Make the events anew that new statements, or pairs that came or went, are connected with.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    shelves : Shelves
        Settled.
    new : collection of int
        Numbers of the statements that came.
    gone : collection of str
        Ids of events that are deleted already.
    layer : Layer

    Returns
    -------
    set of int
        Numbers of the statements whose event is another one now.
    """
    seeds = {*new, *shelves.touched[EVENT.number]}
    reached, edges = shelves.connected((EVENT.number, TOLL), seeds)
    named = shelves.seen.numbers({s for link in layer.links for s in link.statements})
    if not reached.isdisjoint(
        named.values()
    ):  # people put some of them together: all that they named hangs together
        reached, edges = shelves.connected((EVENT.number, TOLL), reached.union(named.values()))
    old = {*gone, *_events_of(connection, [sight.s.id for sight in shelves.seen.load(reached).values()])}
    delete_events(connection, old)
    events = put_connected(connection, shelves, reached, edges, layer)
    number_of = {sight.s.id: number for number, sight in shelves.seen.load(reached).items()}
    return {number_of[s] for event in events if event.id not in old for s in event.statements}


def put_connected(
    connection: Connection,
    shelves: Shelves,
    numbers: Collection[int],
    edges: Mapping[int, Collection[Edge]],
    layer: Layer,
) -> list[Event]:
    """Make events of statements and write them with their disputes.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    shelves : Shelves
    numbers : collection of int
        All statements that pairs, or what people put together, connect with any of them.
    edges : mapping
        Number of a relation to the pairs between them.
    layer : Layer
    """
    sights = shelves.seen.load(numbers)
    ordered = sorted(sights, key=lambda number: sights[number].order)
    groups = layer.on_groups(
        link_edges([sights[number] for number in ordered], between(ordered, edges), shelves.weights)
    )
    events = [make_event(group) for group in groups]
    put_events(connection, events, {sight.s.id: sight.order for sight in sights.values()})
    pairs = zip(events, groups, strict=True)
    found = (dispute for event, group in pairs for dispute in disputes_of(event.id, group))
    put_disputes(connection, filter(layer.shows_dispute, found))
    return events


def between(numbers: Collection[int], edges: Mapping[int, Collection[Edge]]) -> dict[int, list[Edge]]:
    """Return pairs of numbers as pairs of their places in a list."""
    place = {number: at for at, number in enumerate(numbers)}
    return {
        relation: [_edge(place[e.one], place[e.other], e) for e in several]
        for relation, several in edges.items()
    }


def _events_of(connection: Connection, statements: Collection[str]) -> set[str]:
    link, found = schema.event_statement.c, set[str]()
    for part in chunks(sorted(statements)):
        found.update(connection.execute(select(link.event_id).where(link.statement_id.in_(part))).scalars())
    return found


def delete_events(connection: Connection, events: Collection[str]) -> None:
    """Delete events with their disputes."""
    delete_disputes(connection, events)
    for part in chunks(sorted(events)):
        for table, column in ((schema.event_statement, "event_id"), (schema.event, "id")):
            connection.execute(delete(table).where(table.c[column].in_(part)))


def delete_disputes(connection: Connection, about: Collection[str]) -> None:
    """Delete the disputes about events or positions."""
    dispute, account = schema.dispute, schema.account
    for part in chunks(sorted(about)):
        mine = select(dispute.c.id).where(dispute.c.about.in_(part))
        connection.execute(delete(account).where(account.c.dispute_id.in_(mine)))
        connection.execute(delete(dispute).where(dispute.c.about.in_(part)))


def _edge(one: int, other: int, like: Edge) -> Edge:
    return Edge(min(one, other), max(one, other), like.weight, like.shelves)
