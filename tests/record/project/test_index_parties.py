"""What is kept of actors and parties as reports come and go is what linking all of them anew would give."""

from __future__ import annotations

import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import Connection, create_engine, insert, select
from tests.record.crowd import NAMESAKES, crowd, plain
from tests.record.project.rebuilt_parties import fill_parties

from jirga.reading.types import EventType, Reading, Statement
from jirga.record.parties import join_actors
from jirga.record.project.codec import report_row
from jirga.record.project.derived import party_row
from jirga.record.project.index_parties import (
    Changed,
    Standing,
    count_readings,
    count_roles,
    joined_of,
    reports_naming,
    write_parties,
)
from jirga.record.project.schema import metadata, party, report
from jirga.record.project.store import Project
from jirga.record.project.tallies import Kept
from jirga.record.project.working import actor, linked_report, report_actor, tally
from jirga.record.roles import FACES, make_parties, opponents, roles_of
from jirga.record.tally import Counted

TABLES = (actor, tally, report_actor, linked_report, party)
MANY = 14  # reports that a test has in hand
Told = dict[str, Sequence[Statement]]


def _connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection, tables=[*TABLES, report])
        yield connection
    engine.dispose()


connection = pytest.fixture(_connection)
anew = pytest.fixture(_connection)


def _told(reading: Reading, without: frozenset[str]) -> Sequence[Statement]:
    return [s for s in reading.statements if s.id not in without]


def _fill(connection: Connection, now: Mapping[str, Reading], without: frozenset[str]) -> None:
    """Link all reports anew."""
    readings = list(now.values())
    joined = join_actors(readings)
    told: Told = {ident: _told(reading, without) for ident, reading in now.items()}
    parties = make_parties([s for each in told.values() for s in each], joined)
    fill_parties(connection, readings, told, joined, parties)
    connection.execute(party.delete())
    if parties:
        connection.execute(insert(party), [party_row(p) for p in parties])


def _rows(connection: Connection) -> dict[str, list[Any]]:
    return {
        table.name: [tuple(row) for row in connection.execute(select(table).order_by(*table.primary_key))]
        for table in TABLES
    }


def _step(
    connection: Connection, gone: set[str], new: Sequence[Reading], now: Mapping[str, Reading],
    changed: set[str], without: frozenset[str],
) -> tuple[Changed, Standing]:  # fmt: skip
    """Bring reports in and out as a project does; ``now`` is what there is after it."""
    found = count_readings(connection, gone, new)
    naming = reports_naming(connection, found.moved, limit=MANY)
    assert naming is not None
    again = (naming | changed | {r.report.id for r in new}) & set(now)
    standing = count_roles(connection, gone, {one: _told(now[one], without) for one in again}, found.joined)
    write_parties(connection)
    return found, standing


def _faced(now: Mapping[str, Reading], without: frozenset[str], sides: Sequence[str]) -> set[tuple[str, str]]:
    joined = join_actors(list(now.values()))
    sums = Counted([roles_of(_told(reading, without), joined) for reading in now.values()])
    return {(one, other) for one in {*sums.ones(FACES), *sides} for other in opponents(one, sums, sides)}


def _standing(now: Mapping[str, Reading]) -> dict[str, tuple[str, bool, bool]]:
    joined = join_actors(list(now.values()))
    return {
        one: (party, party in joined.things, party in joined.nameless)
        for one, party in joined.of_party.items()
    }


@pytest.mark.parametrize("seed", range(36))
def test_reports_that_come_and_go_leave_what_a_rebuild_gives(
    seed: int, connection: Connection, anew: Connection
) -> None:
    r = random.Random(seed)
    every = {x.report.id: x for x in crowd(seed, MANY)}
    other = {x.report.id: x for x in crowd(seed + 1000, MANY)}  # the same reports, read otherwise
    mute = {one: replace(x, statements=()) for one, x in every.items()}
    connection.execute(insert(report), [report_row(x.report, "") for x in every.values()])
    now = {one: every[one] for one in sorted(r.sample(sorted(every), r.randrange(MANY)))}
    without: frozenset[str] = frozenset()
    _fill(connection, now, without)
    for _ in range(6):
        before, sides = (
            dict(now),
            [p for (p,) in connection.execute(select(party.c.id).where(party.c.role == "party"))],
        )
        faced = _faced(now, without, sides)
        gone = set(r.sample(sorted(now), min(len(now), r.choice((0, 0, 1, 2)))))
        pool = r.sample(sorted(every), r.choice((0, 1, 1, 2)))
        new = [r.choice((every, other, mute))[one] for one in pool if one not in gone or r.random() < 0.5]
        told = sorted(s.id for x in now.values() for s in x.statements)
        turned = set(r.sample(told, min(len(told), r.choice((0, 0, 2)))))
        without ^= turned
        now = {one: x for one, x in now.items() if one not in gone} | {x.report.id: x for x in new}
        changed = {one for one, x in now.items() if turned & {s.id for s in x.statements}}
        found, standing = _step(connection, gone, new, now, changed, without)
        _fill(anew, now, without)
        assert _rows(connection) == _rows(anew)
        assert sorted(sides) == list(standing.before)
        assert standing.faced == faced ^ _faced(now, without, standing.after)
        was, is_now = _standing(before), _standing(now)
        assert found.moved == {one for one in was if one in is_now and was[one] != is_now[one]}


E = EventType
RING, WING, GUARD = (
    ("group:ring", None, "Ring"),
    ("part:wing", "group:ring", "Wing"),
    ("group:guard", None, "Guard"),
)
SHELLED = ((E.ASSAULT, "group:ring", "country:VEL"), (E.ASSAULT, "group:guard", "country:VEL"))
COUNCIL, LAND = ("body:council", "country:VEL", "Council"), ("country:VEL", None, "Veldland")
ROSE = (E.ASSAULT, "actor:raiders", "country:VEL")
CASES: dict[str, tuple[list[Reading], Reading, dict[str, str]]] = {
    "a circle closes on a told part": (
        [plain(0, [RING, GUARD], SHELLED, ", part of the "), plain(1, [WING])],
        plain(2, [("group:ring", "part:wing", "Ring")]),
        {"group:ring": "group:ring", "part:wing": "group:ring"},
    ),
    "a circle opens for a told part": (
        [plain(0, [RING, GUARD], SHELLED, ", part of the "), plain(1, [WING]), plain(2, [("group:ring", "part:wing", "Ring")])],
        plain(2, [RING]),
        {"group:ring": "group:guard", "part:wing": "group:guard"},
    ),
    "a civil war ends": (
        [plain(0, [COUNCIL, LAND], [(E.ACCUSE, "body:council", "country:VEL")] * 2)],
        plain(0, [COUNCIL, LAND]),
        {"body:council": "country:VEL"},
    ),
    "a civil war begins": (
        [plain(0, [COUNCIL, LAND], [(E.ACCUSE, "body:council", "country:VEL")])],
        plain(0, [COUNCIL, LAND], [(E.ACCUSE, "body:council", "country:VEL")] * 2),
        {"body:council": "body:council"},
    ),
    "a name is lost": (
        [plain(0, [("actor:raiders", None, "Raiders"), LAND], [ROSE])],
        plain(0, [("actor:raiders", None, "raiders"), LAND], [ROSE]),
        {"actor:raiders": "actor:raiders"},
    ),
    "the last mention goes": ([plain(0, [WING]), plain(1, [LAND])], plain(0, []), {}),
}  # fmt: skip


@pytest.mark.parametrize(("first", "then", "party_of"), CASES.values(), ids=CASES)
def test_one_more_report(
    first: list[Reading], then: Reading, party_of: dict[str, str], connection: Connection, anew: Connection
) -> None:
    now = {x.report.id: x for x in first}
    _fill(connection, now, frozenset())
    now[then.report.id] = then
    _step(connection, set(), [then], now, set(), frozenset())
    _fill(anew, now, frozenset())
    assert _rows(connection) == _rows(anew)
    joined = joined_of(connection)
    assert {one: joined.party(one) for one in party_of} == party_of


def test_the_sequences_meet_every_case() -> None:
    """The invented reports hold chains, told parts, things, names that come and go: else the test above shows little."""
    joined = [join_actors(crowd(seed, MANY)) for seed in range(36)]
    assert sum("group:guard" in j.of_party and j.party("group:guard") != "group:guard" for j in joined) > 3
    assert 3 < sum(j.party("body:council") == "country:VEL" for j in joined) < 33
    assert sum(bool(j.things) for j in joined) > 3
    assert 3 < sum("actor:envoys" in j.nameless for j in joined) < 33
    assert sum(j.of_party.get(one, one) != one for j in joined for one in NAMESAKES) > 3


def test_actors_are_looked_up_as_a_rebuild_has_them(connection: Connection) -> None:
    now = {x.report.id: x for x in crowd(3, MANY)}
    _fill(connection, now, frozenset())
    kept, joined = joined_of(connection, ["group:front"]), join_actors(list(now.values()))
    assert dict(kept.of_party) == joined.of_party
    assert len(kept.of_party) == len(joined.of_party)
    assert kept.party("nobody") == "nobody"
    assert (set(kept.things), set(kept.nameless)) == (joined.things, joined.nameless)
    every = frozenset(joined.of_party.values())
    assert every - kept.nameless == every - joined.nameless
    assert joined.nameless <= kept.nameless
    assert not every <= kept.nameless
    tallies, sums = Kept(connection), Counted([roles_of(x.statements, joined) for x in now.values()])
    assert [(one, opponents(one, tallies, every)) for one in sorted(tallies.ones(FACES))] == [
        (one, opponents(one, sums, every)) for one in sorted(sums.ones(FACES))
    ]


def test_reports_are_found_by_whom_they_name(connection: Connection) -> None:
    now = {x.report.id: x for x in crowd(5, MANY)}
    _fill(connection, now, frozenset())
    naming = {one for one, x in now.items() if "group:guard" in {m.id for m in x.mentions}}
    found = reports_naming(connection, {"group:guard"}, limit=MANY)
    assert found is not None
    assert naming <= found
    assert reports_naming(connection, {"group:guard", "nobody"}, limit=len(found)) == found
    assert reports_naming(connection, {"group:guard"}, limit=len(found) - 1) is None
    assert reports_naming(connection, set(), limit=0) == set()


def test_a_name_of_any_length_is_counted(connection: Connection) -> None:
    reading = next(x for x in crowd(5, MANY) if x.mentions)
    long = replace(reading, mentions=tuple(replace(m, name="Ä" * 5000) for m in reading.mentions))
    _step(connection, set(), [long], {long.report.id: long}, set(), frozenset())
    assert max(map(len, connection.execute(select(tally.c.other)).scalars())) <= 200


def test_a_server_counts_as_a_file_does(address: str, anew: Connection) -> None:
    every = {x.report.id: x for x in crowd(7, MANY)}
    first, last = dict(list(every.items())[:9]), dict(list(every.items())[4:])
    with Project(address, create=True) as project, project.database.writing() as connection:
        connection.execute(insert(report), [report_row(x.report, "") for x in every.values()])
        _fill(connection, first, frozenset())
        new = [x for one, x in last.items() if one not in first]
        _step(connection, set(first) - set(last), new, last, set(), frozenset())
        _fill(anew, last, frozenset())
        assert _rows(connection) == _rows(anew)
