"""Who belongs to whom and what parties do, kept up in the project as reports come and go.

Each report's contribution to the counts is kept beside it, so that it can be taken off again. What follows from the counts is
derived anew for those alone that a change touches, by the rules that serve a new record.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from jirga.reading.types import Reading, Statement
from jirga.record import roles
from jirga.record import tally as t
from jirga.record.parties import Joined
from jirga.record.project import schema
from jirga.record.project.belonging import Actors, joined_now, rejoin
from jirga.record.project.chunks import chunks
from jirga.record.project.derived import party_row
from jirga.record.project.tallies import (
    Kept,
    add_up,
    contributions,
    insert_all,
    packed,
    replace_rows,
    unpacked,
)
from jirga.record.project.working import linked_report, report_actor, tally
from jirga.record.roles import describe_party, role_of, roles_of
from jirga.record.tally import Tally, kinds_of, known_in, tally_of

__all__ = [
    "Changed",
    "Standing",
    "count_all_roles",
    "count_readings",
    "count_roles",
    "joined_of",
    "reports_naming",
    "write_parties",
]  # fmt: skip

SIDE = "side"  # kind of a tally: the party is a side of the conflict
STALE = "stale"  # kind of a tally: the row of the party is to be written anew
BULK = 2000  # parties whose rows are written at once
NAMES = (t.KIND, t.NAME, t.WORDS, *t.ELSE.values())


@dataclass(frozen=True, slots=True)
class Changed:
    """What a change of the readings did to who belongs to whom.

    Attributes
    ----------
    joined : Joined
        After it; each actor is looked up when asked for.
    moved : frozenset of str
        Actors that were known before and whose party is another one now, or has become or is no more a thing or nameless.
    """

    joined: Joined
    moved: frozenset[str]


@dataclass(frozen=True, slots=True)
class Standing:
    """What a change of what reports tell did to the sides of the conflict.

    Attributes
    ----------
    before, after : tuple of str
        Party ids of the sides, sorted.
    faced : frozenset of (str, str)
        A party and a side that stands against it now and did not before, or the other way round; see `opponents`.
    """

    before: tuple[str, ...]
    after: tuple[str, ...]
    faced: frozenset[tuple[str, str]]


def count_readings(connection: Connection, gone: Collection[str], new: Sequence[Reading]) -> Changed:
    """Take reports off the counts and add others, and find who belongs to whom after it.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    gone : collection of str
        Report ids. What they told of parties stays until `count_roles` is called with them.
    new : sequence of Reading
        As they were read; one that is counted already takes its own place.

    Returns
    -------
    Changed
    """
    counts = {reading.report.id: tally_of(reading) for reading in new}
    reports = {*gone, *counts}
    old = contributions(connection, reports)
    change: Tally = Counter()
    for each in counts.values():
        change.update(each)
    for counted, _ in old.values():
        change.subtract(unpacked(counted))
    _keep_named(connection, reports, new)
    rows = [{"report_id": one, "tally": packed(counts.get(one, Counter()))} for one in sorted(reports)]
    _keep(connection, [row for row in rows if row["report_id"] in counts or row["report_id"] in old], old)
    actors, tallies = Actors(connection), Kept(connection)
    change, flipped = _add_up(connection, change)
    ones = {one for _, one, _ in change}
    actors.load(ones)
    rejoin(actors, tallies, change, flipped)
    moved, stale = _moved(actors)
    stale |= {row.party for one in ones if (row := actors.row(one)) is not None}
    _mark_stale(connection, stale)
    return Changed(joined_now(actors), moved)


def _keep_named(connection: Connection, reports: Collection[str], new: Sequence[Reading]) -> None:
    for some in chunks(sorted(reports)):
        connection.execute(delete(report_actor).where(report_actor.c.report_id.in_(some)))
    named = [(one, r.report.id) for r in new for one in sorted(known_in(r))]
    insert_all(connection, report_actor, named)


def _keep(connection: Connection, rows: Sequence[Mapping[str, Any]], old: Collection[str]) -> None:
    """Write contributions of reports; the other of the two that a report makes stays, or is none yet."""
    empty: dict[str, Any] = {"tally": {}, "roles": {}}
    if fresh := [empty | dict(row) for row in rows if row["report_id"] not in old]:
        connection.execute(insert(linked_report), fresh)
    for row in rows:
        if row["report_id"] in old:
            values = {name: value for name, value in row.items() if name != "report_id"}
            this = linked_report.c.report_id == row["report_id"]
            connection.execute(linked_report.update().where(this).values(values))


def _add_up(connection: Connection, change: Tally) -> tuple[Tally, frozenset[tuple[str, str, str]]]:
    """Change the sums; return what changed, and what of it came up from nothing or to nothing."""
    change = Counter({key: count for key, count in change.items() if count})
    after = add_up(connection, change)
    return change, frozenset(key for key, count in after.items() if not count or count == change[key])


def _moved(actors: Actors) -> tuple[frozenset[str], set[str]]:
    """Return the known actors that moved, and the parties of which a row may have changed."""
    moved, stale, flips = set(), set(), set()
    for one, now in list(actors.now.items()):
        before = actors.before[one]
        if now == before:
            continue
        stale |= {row.party for row in (now, before) if row is not None}
        if now is not None and before is not None:
            if now.party != before.party:
                moved.add(one)
            if (now.thing, now.nameless) != (before.thing, before.nameless):
                flips.add(one)
    members = (row.id for rows in actors.members(flips).values() for row in rows)
    moved |= {one for one in members if actors.before[one] is not None}
    return frozenset(moved), stale | flips


def _mark_stale(connection: Connection, parties: Collection[str]) -> None:
    rows = [{"kind": STALE, "one": party, "other": "", "count": 1} for party in sorted(parties)]
    replace_rows(connection, tally, rows)


def joined_of(connection: Connection, actors: Iterable[str] = ()) -> Joined:
    """Return who belongs to whom as the project has it.

    Parameters
    ----------
    connection : Connection
    actors : iterable of str
        Looked up at once; others are when asked for.
    """
    kept = Actors(connection)
    _look_up(kept, actors)
    return joined_now(kept)


def _look_up(kept: Actors, actors: Iterable[str]) -> None:
    ids = set(actors)
    kept.load(ids)
    kept.load({row.party for one in ids if (row := kept.row(one)) is not None})


def reports_naming(connection: Connection, actors: Collection[str], limit: int) -> set[str] | None:
    """Return the ids of the reports that name any of some actors; None when they are more than a limit."""
    c, found = report_actor.c, set[str]()
    for some in chunks(sorted(actors)):
        query = select(c.report_id).where(c.actor.in_(some)).distinct().limit(limit + 1 + len(found))
        found.update(connection.execute(query).scalars())
        if len(found) > limit:
            return None
    return found


def count_roles(
    connection: Connection, gone: Collection[str], told: Mapping[str, Sequence[Statement]], joined: Joined
) -> Standing:
    """Take what reports tell of parties off the counts and add what others tell, and find the sides after it.

    Parameters
    ----------
    connection : Connection
        Inside a transaction, after `count_readings`.
    gone : collection of str
        Report ids.
    told : mapping of str to sequence of Statement
        By report id: its statements with divisions, and with what people decided. One that is counted takes its own place.
    joined : Joined
        After the change.

    Returns
    -------
    Standing
    """
    flipped, stale = _add_roles(connection, gone, told, joined)
    tallies = Kept(connection)
    before = frozenset(tallies.ones(SIDE))
    after = _new_sides(connection, tallies, before, {*stale, *tallies.ones(STALE)}, joined)
    faced = _faced(tallies, flipped, before, after)
    return Standing(tuple(sorted(before)), tuple(sorted(after)), faced)


def count_all_roles(
    connection: Connection, told: Iterable[tuple[Mapping[str, Sequence[Statement]], Joined]]
) -> frozenset[str]:
    """Count what all reports tell of parties, and find the sides.

    Parameters
    ----------
    connection : Connection
        Inside a transaction, after `count_readings`; nothing of the kind is counted yet.
    told : iterable of (mapping, Joined)
        As for `count_roles`, some reports at a time.

    Returns
    -------
    frozenset of str
        Party ids of the sides.
    """
    for some, joined in told:
        _add_roles(connection, (), some, joined)
    sides = frozenset[str]()
    for parties in chunks(Kept(connection).ones(STALE), BULK):
        sides = _new_sides(connection, Kept(connection), sides, parties, joined_of(connection, parties))
    return sides


def _add_roles(
    connection: Connection, gone: Collection[str], told: Mapping[str, Sequence[Statement]], joined: Joined
) -> tuple[frozenset[tuple[str, str, str]], set[str]]:
    """Change the sums of what parties do; return what came up from nothing or to nothing, and the parties it bears on."""
    if isinstance(joined.of_party, Actors):
        every = (s for statements in told.values() for s in statements)
        _look_up(joined.of_party, {m.id for s in every for m in (*s.actors, *s.recipients)})
    counts = {report: roles_of(statements, joined) for report, statements in told.items()}
    old = contributions(connection, {*gone, *told})
    change: Tally = Counter()
    for each in counts.values():
        change.update(each)
    for _, does in old.values():
        change.subtract(unpacked(does))
    _keep(connection, [{"report_id": one, "roles": packed(counts[one])} for one in sorted(counts)], old)
    for some in chunks(sorted(set(gone) - set(told))):
        connection.execute(delete(linked_report).where(linked_report.c.report_id.in_(some)))
    change, flipped = _add_up(connection, change)
    stale = {one for _, one, _ in change}
    _mark_stale(connection, stale)
    return flipped, stale


def _new_sides(
    connection: Connection, tallies: Kept, before: frozenset[str], stale: Collection[str], joined: Joined
) -> frozenset[str]:
    """Find the sides after a change that bears on some parties, and write them."""
    tallies.load(roles.ROLES, stale)
    sides = {p for p in stale if role_of(p, tallies, p not in joined.nameless) == "party"}
    after = (before - frozenset(stale)) | sides
    add_up(connection, Counter({(SIDE, one, ""): 1 for one in after - before}))
    add_up(connection, Counter({(SIDE, one, ""): -1 for one in before - after}))
    return after


def _faced(
    tallies: Kept,
    flipped: Collection[tuple[str, str, str]],
    before: frozenset[str],
    after: frozenset[str],
) -> frozenset[tuple[str, str]]:
    """Return the pairs of a party and a side against it that are new or no more."""
    turned = {(one, other) for kind, one, other in flipped if kind == roles.FACES}
    pairs = set(turned)
    tallies.load((roles.FACES,), (before ^ after) | {one for one, _ in turned})
    pairs |= {(other, side) for side in before ^ after for other in tallies.about(roles.FACES, side)}
    for sides in (before, after):
        pairs |= {(one, other) for one in sides for other in sides - {one} if len(sides) == 2}
    found = set()
    for one, other in pairs:
        faces = other in tallies.about(roles.FACES, one)
        did = faces != ((one, other) in turned)
        was = other in before and (did or (len(before) == 2 and one in before))
        now = other in after and (faces or (len(after) == 2 and one in after))
        if was != now:
            found.add((one, other))
    return frozenset(found)


def write_parties(connection: Connection) -> None:
    """Bring the rows of the table ``party`` in line that `count_readings` and `count_roles` touched since the last time.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    """
    stale = sorted(Kept(connection).ones(STALE))
    connection.execute(delete(tally).where(tally.c.kind == STALE))
    for some in chunks(stale, BULK):
        _write_some(connection, some)


def _write_some(connection: Connection, stale: Sequence[str]) -> None:
    tallies, actors = Kept(connection), Actors(connection)
    tallies.load((roles.ACTS, roles.TOUCHED, *roles.ROLES), stale)
    actors.load(stale)
    shown = [one for one in stale if _is_shown(one, actors, tallies)]
    members = {party: rows or [] for party, rows in actors.members(shown).items()}
    naming = {p: [r.id for r in rows if r.id == p or not r.part] or [p] for p, rows in members.items()}
    tallies.load(NAMES, (one for ones in naming.values() for one in ones))
    bare = [p for p, ones in naming.items() if not any(kinds_of(one, tallies, t.BY_NAME) for one in ones)]
    tallies.load((t.KIND,), (row.id for party in bare for row in members[party]))
    rows = {}
    for party in shown:
        row = actors.row(party)
        role = role_of(party, tallies, row is None or not row.nameless)
        known = [row.id for row in members[party]] or [party]
        rows[party] = party_row(describe_party(party, known, naming[party], tallies, tallies, role))
    table, kept = schema.party, {}
    for some in chunks(stale):
        for found in connection.execute(select(table).where(table.c.id.in_(some))).mappings():
            kept[found["id"]] = dict(found)
    replace_rows(connection, table, [row for one, row in rows.items() if kept.get(one) != row])
    for some in chunks([one for one in stale if one in kept and one not in rows]):
        connection.execute(delete(table).where(table.c.id.in_(some)))


def _is_shown(party: str, actors: Actors, tallies: Kept) -> bool:
    """Whether a party acts or is acted on and is no thing."""
    row = actors.row(party)
    does = tallies.about(roles.ACTS, party) or tallies.about(roles.TOUCHED, party)
    return bool(does) and not (row is not None and row.thing)
