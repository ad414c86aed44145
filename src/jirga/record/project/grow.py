"""One more report: what it changes in what is derived, found without reading the other reports again.

The result is what linking all anew would give. What one report changes is followed step by step: who copies whom, who belongs
to whom, which statements are near the new ones, which events and demands they are connected with. Where that is so
much that linking all anew is less work, nothing is done here (`TooMuch`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, or_, select, update

from jirga.reading.types import Reading
from jirga.record.disputes import trait_disputes
from jirga.record.division import DIVISION
from jirga.record.features import Sight
from jirga.record.layer import Layer
from jirga.record.project import schema, working
from jirga.record.project.chunks import chunks
from jirga.record.project.coded import coded, put_sights, sights_of
from jirga.record.project.derived import put_disputes
from jirga.record.project.grow_events import delete_events, renew_events
from jirga.record.project.grow_positions import Talk, renew_positions
from jirga.record.project.index_origins import update_origins
from jirga.record.project.index_parties import count_readings, count_roles, reports_naming, write_parties
from jirga.record.project.seen import Seen, alike_but_origin, sight_row
from jirga.record.project.shelves import Shelves
from jirga.record.roles import opponents
from jirga.record.within import tells_division
from jirga.record.words import Steady

__all__ = ["Delta", "TooMuch", "grow", "renew_traits"]

Read = Callable[[Collection[str]], list[Reading]]


class TooMuch(Exception):  # noqa: N818 - no error: another way is taken
    """Linking all anew is less work."""


@dataclass(frozen=True, slots=True)
class Delta:
    """What changes.

    Attributes
    ----------
    new, gone : frozenset of str
        Ids of reports that came, and of those that count no more.
    before, layer : Layer
        What people had decided when all was linked last, and what they have decided now.
    most : int
        Reports that may be looked at again.
    """

    new: frozenset[str]
    gone: frozenset[str]
    before: Layer
    layer: Layer
    most: int


def grow(connection: Connection, delta: Delta, read: Read) -> None:
    """Bring what is derived up to date.

    Parameters
    ----------
    connection : Connection
        Inside a transaction; it is to be given up when this raises.
    delta : Delta
    read : callable
        Ids of reports to their readings as they are kept.

    Raises
    ------
    TooMuch
        When too much changes.
    """
    layer = delta.layer
    if layer.own != delta.before.own or len(delta.new) + len(delta.gone) > delta.most:
        raise TooMuch
    came = read(delta.new)
    copies = update_origins(connection, delta.gone, [reading.report for reading in came], layer.own)
    belongs = count_readings(connection, delta.gone, came)
    recoded = _reports_of(connection, layer.coded_otherwise(delta.before))
    again = _limited(copies | recoded | _naming(connection, belongs.moved, delta), delta)
    readings = [*read(delta.new), *read(again)]  # with the origins that they have now
    told = coded(readings, belongs.joined, layer)
    standing = count_roles(connection, delta.gone, {r.report.id: r.statements for r in told}, belongs.joined)
    before, sides = frozenset(standing.before), frozenset(standing.after)
    if before != sides:
        more = _turned(connection, before, sides, delta) - again
        again = _limited(again | more, delta)
        told += coded(read(more), belongs.joined, layer)
    seen = Seen(connection)
    shelves = Shelves(connection, seen, Steady())
    old = seen.load(seen.of_reports(delta.gone | again))
    sights = sights_of(connection, told, belongs.joined)
    same = _same(old, sights) if before == sides else {}
    _tell_origins(connection, seen, same)
    was = old
    old = {number: sight for number, sight in old.items() if number not in same}
    positions, events, left = _take_out(connection, shelves, old, before)
    there = {sight.s.id for sight in same.values()}
    new = _put_in(connection, shelves, [sight for sight in sights if sight.s.id not in there], sides)
    shelves.settle(sides)
    decided = {*same, *left, *seen.numbers(layer.shown_otherwise(delta.before)).values()}
    moved = renew_events(connection, shelves, {*new, *decided}, events, layer)
    talk = Talk(layer, sides, lambda party: opponents(party, belongs.joined.tallies, sides))
    facing = _facing(connection, standing.faced)
    renew_positions(connection, shelves, {*new, *moved, *facing, *decided}, positions, talk)
    if layer.hidden != delta.before.hidden or any(map(tells_division, (*was.values(), *new.values()))):
        renew_traits(connection, seen, layer)
    write_parties(connection)


def _reports_of(connection: Connection, told: Collection[str]) -> set[str]:
    """Return the reports of statements; ids of reports stand for themselves."""
    s, r, reports, found = schema.statement.c, schema.report.c, set[str](), 0
    for part in chunks(sorted(told)):
        mine = connection.execute(select(s.report_id).where(s.id.in_(part))).scalars().all()
        named = connection.execute(select(r.id).where(r.id.in_(part))).scalars().all()
        reports.update(mine, named)
        found += len(mine) + len(named)
    if found < len(told):  # what linking had found is found again only by linking all
        raise TooMuch
    c, current = working.linked_report.c.report_id, set[str]()
    for part in chunks(sorted(reports)):
        current.update(connection.execute(select(c).where(c.in_(part))).scalars())
    return current


def _limited(reports: AbstractSet[str], delta: Delta) -> frozenset[str]:
    if len(reports) > delta.most:
        raise TooMuch
    return frozenset(reports) - delta.new - delta.gone


def _naming(connection: Connection, actors: Collection[str], delta: Delta) -> set[str]:
    """Return the reports that name actors."""
    found = reports_naming(connection, actors, delta.most)
    if found is None:
        raise TooMuch
    return found - delta.new


def _turned(
    connection: Connection, before: AbstractSet[str], sides: AbstractSet[str], delta: Delta
) -> set[str]:
    """Return the reports that name a party that became a side, or is none any more."""
    if 2 in (len(before), len(sides)):  # of two sides each is the other's opponent, wherever it is told
        raise TooMuch
    actor = working.actor.c
    turned = sorted(before ^ sides)
    members = {
        m
        for part in chunks(turned)
        for m in connection.execute(select(actor.id).where(actor.party.in_(part))).scalars()
    }
    return _naming(connection, members | set(turned), delta)


def _same(old: Mapping[int, Sight], sights: Sequence[Sight]) -> dict[int, Sight]:
    """Return the statements of reports of which nothing but the origin changed, by the numbers that they have."""
    number_of = {sight.s.id: number for number, sight in old.items()}
    found: dict[str, list[tuple[int, Sight]]] = defaultdict(list)
    other = {old[number].report.id for number in old} - {sight.report.id for sight in sights}
    for sight in sights:
        number = number_of.get(sight.s.id)
        if number is not None and alike_but_origin(old[number], sight):
            found[sight.report.id].append((number, sight))
        else:
            other.add(sight.report.id)
    count = Counter(sight.report.id for sight in old.values())
    whole = (
        several for ident, several in found.items() if ident not in other and len(several) == count[ident]
    )
    return {number: sight for several in whole for number, sight in several}


def _tell_origins(connection: Connection, seen: Seen, same: Mapping[int, Sight]) -> None:
    """Write statements of which nothing but the origin changed."""
    for number, sight in same.items():
        row = sight_row(number, sight)
        connection.execute(
            update(working.sight).where(working.sight.c.number == number).values(data=row["data"])
        )
    seen.learn(same)


def _take_out(
    connection: Connection, shelves: Shelves, old: Mapping[int, Sight], sides: Collection[str]
) -> tuple[set[str], set[str], set[int]]:
    """Take statements out; return the ids of the positions and events that rested on them, and who is left of these."""
    shelves.take_out(old, sides)
    positions, events = set[str](), set[str]()
    thread, link, statement = working.thread, schema.event_statement.c, schema.statement
    for part in chunks(sorted(old)):
        positions.update(
            connection.execute(select(thread.c.position_id).where(thread.c.number.in_(part))).scalars()
        )
        connection.execute(delete(thread).where(thread.c.number.in_(part)))
        ids = [old[number].s.id for number in part]
        events.update(connection.execute(select(link.event_id).where(link.statement_id.in_(ids))).scalars())
        connection.execute(delete(working.sight).where(working.sight.c.number.in_(part)))
    left = set[int]()  # what only people put together with one that is gone hangs on it by no pair
    for several in chunks(sorted(events)):
        rests = connection.execute(select(link.statement_id).where(link.event_id.in_(several))).scalars()
        left.update(shelves.seen.numbers(rests).values())
    delete_events(connection, events)
    for several in chunks(sorted(sight.s.id for sight in old.values())):
        connection.execute(delete(statement).where(statement.c.derived, statement.c.id.in_(several)))
    shelves.seen.forget(old)
    return positions, events, left


def _put_in(
    connection: Connection, shelves: Shelves, sights: Sequence[Sight], sides: Collection[str]
) -> dict[int, Sight]:
    """Write new statements and put them on their shelves; return them by number."""
    last = connection.execute(select(func.max(working.sight.c.number))).scalar() or 0
    new = dict(enumerate(sights, start=last + 1))
    put_sights(connection, last + 1, sights)
    shelves.seen.learn(new)
    shelves.put_in(new, sides)
    return new


def _facing(connection: Connection, faced: Collection[tuple[str, str]]) -> set[int]:
    """Return the statements that demand something of nobody, for parties whom other sides stand against now."""
    p, thread = schema.position.c, working.thread.c
    found = set[int]()
    for part in chunks(sorted({party for party, _ in faced})):
        open_to_all = select(p.id).where(p.demander.in_(part), p.addressee.is_(None))
        query = select(thread.number).where(thread.position_id.in_(open_to_all), ~thread.answers)
        found.update(connection.execute(query).scalars())
    return found


def renew_traits(connection: Connection, seen: Seen, layer: Layer) -> None:
    """Write anew of whom reports tell a trait, such as division.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    seen : Seen
    layer : Layer
    """
    dispute, account, s = schema.dispute, schema.account, schema.statement.c
    mine = select(dispute.c.id).where(dispute.c.about.is_(None))
    connection.execute(delete(account).where(account.c.dispute_id.in_(mine)))
    connection.execute(delete(dispute).where(dispute.c.about.is_(None)))
    told = or_(
        s.mode == DIVISION, s.id.in_([ident for ident, fields in layer.changed.items() if "mode" in fields])
    )
    ids = connection.execute(select(s.id).where(told)).scalars().all()
    sights = seen.load(seen.numbers(ids).values()).values()
    put_disputes(
        connection, filter(layer.shows_dispute, trait_disputes(sorted(sights, key=lambda sight: sight.order)))
    )
