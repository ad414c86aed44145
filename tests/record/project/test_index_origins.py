"""Who copies whom, kept up as reports come and go, is what all reports together give."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, create_engine, event, insert, select, update

from jirga.record.passages import spans_by_report
from jirga.record.project.all_origins import fill_origins
from jirga.record.project.codec import report_row
from jirga.record.project.index_origins import spans_of, update_origins
from jirga.record.project.schema import metadata
from jirga.record.project.schema import report as report_table
from jirga.record.project.working import copied, mark, printing, wording
from jirga.reports import copying
from jirga.reports.origins import origin_groups
from jirga.reports.types import Block, BlockKind, Precision, Report, TimeSpan

TABLES = (wording, mark, copied, printing)


def day(number: int) -> TimeSpan:
    return TimeSpan(date(2031, 5, number), date(2031, 5, number), Precision.DAY)


def sentences(r: random.Random, count: int) -> list[str]:
    return [" ".join(f"w{r.randrange(4000)}" for _ in range(r.randrange(6, 26))) for _ in range(count)]


def reports(seed: int, count: int) -> list[Report]:
    """Make reports of a few sentences: whole copies, parts, re-edits, one sentence that most print."""
    r = random.Random(seed)
    stock, everybody = sentences(r, 7), sentences(r, 1)[0] + " and so it was told to all of them there"
    made: list[Report] = []
    texts: list[str] = []
    for n in range(count):
        kind = r.random()
        if texts and kind < 0.25:
            text = r.choice(texts)
        elif texts and kind < 0.4:
            words = r.choice(texts).split()
            words[r.randrange(len(words))] = f"edit{n}"
            text = " ".join(words)
        else:
            text = ". ".join([*r.sample(stock, r.randrange(0, 4)), *sentences(r, 1)])
        if r.random() < 0.5:
            text = r.choice([f"{text}. {everybody}", f"{everybody}. {text}. {everybody}"])
        texts.append(text)
        made.append(_report(r, n, text))
    return made


def _report(r: random.Random, n: int, text: str) -> Report:
    when = day(r.randrange(1, 4)) if r.random() < 0.9 else None
    cut = text.find(". ") + 1
    blocks = (
        Block(0, cut, BlockKind.BODY),
        Block(cut + 1, len(text), r.choice([BlockKind.BODY, BlockKind.FURNITURE])),
    )
    ident = f"{r.getrandbits(64):016x}"
    return Report(
        ident, f"r{n}", f"r{n}", text, b"", published=when, blocks=blocks if cut and r.random() < 0.3 else ()
    )


@pytest.fixture
def connection() -> Iterator[Connection]:
    yield from opened()


def opened(address: str = "sqlite://") -> Iterator[Connection]:
    engine = create_engine(address)
    with engine.connect() as connection:
        metadata.create_all(connection, tables=[report_table, *TABLES])
        yield connection
        connection.rollback()
    engine.dispose()


def put(connection: Connection, several: Sequence[Report]) -> None:
    for each in several:
        connection.execute(insert(report_table), report_row(each, "") | {"reading": {}, "reader": ""})


def kept(connection: Connection) -> dict[str, list[Any]]:
    return {t.name: sorted(tuple(row) for row in connection.execute(select(t))) for t in TABLES}


def origins(connection: Connection, several: Sequence[Report]) -> dict[str, str]:
    rows = connection.execute(select(report_table.c.id, report_table.c.origin))
    held = {row.id: row.origin for row in rows}
    return {each.id: held[each.id] for each in several}


def expected_origins(several: Sequence[Report], own: Collection[str]) -> dict[str, str]:
    groups = origin_groups([each for each in several if each.id not in own])
    of = {member: origin for origin, members in groups.items() for member in members}
    return {each.id: of.get(each.id, each.id) for each in several}


def with_origins(several: Sequence[Report], own: Collection[str]) -> list[Report]:
    of = expected_origins(several, own)
    return [replace(each, origin=of[each.id]) for each in several]


def check(connection: Connection, several: Sequence[Report], own: Collection[str]) -> None:
    """Hold what the tables say against the search over all reports."""
    assert origins(connection, several) == expected_origins(several, own)
    assert spans(connection, several) == spans_by_report(with_origins(several, own), own)


def check_tables(connection: Connection, several: Sequence[Report], own: Collection[str]) -> None:
    """Hold the tables against those of a rebuild."""
    found = kept(connection)
    fill_origins(connection, several, own)
    assert found == kept(connection)


def spans(connection: Connection, several: Sequence[Report]) -> dict[str, list[tuple[int, int, str]]]:
    return spans_of(connection, [each.id for each in several])


def filled(connection: Connection, several: Sequence[Report], own: Collection[str]) -> None:
    found = fill_origins(connection, several, own)
    assert found == {i: o for i, o in expected_origins(several, own).items() if i not in own}
    for ident, origin in expected_origins(several, own).items():
        connection.execute(update(report_table).where(report_table.c.id == ident).values(origin=origin))


def walk(connection: Connection, seed: int) -> None:
    """Let reports come and go in any order, some of them again."""
    r = random.Random(seed)
    waiting = reports(seed, r.randrange(4, 22))
    own = {each.id for each in waiting if r.random() < 0.08}
    put(connection, waiting)
    held = [waiting.pop() for _ in range(r.randrange(len(waiting)))]
    filled(connection, held, own)
    while waiting:
        new = [waiting.pop() for _ in range(min(len(waiting), r.randrange(1, 4)))]
        gone = r.sample(held, min(len(held), r.randrange(3))) if r.random() < 0.5 else []
        left = [each for each in held if each not in gone]
        before, spans_before = origins(connection, left), spans(connection, left)
        changed = update_origins(connection, [each.id for each in gone], new, own)
        after, spans_after = origins(connection, left), spans(connection, left)
        assert changed == {
            each.id
            for each in left
            if before[each.id] != after[each.id] or spans_before.get(each.id) != spans_after.get(each.id)
        }
        held = left + new
        check(connection, held, own)
        waiting += [each for each in gone if r.random() < 0.5]
    check_tables(connection, held, own)


@pytest.mark.parametrize("reach", [1, 2, 3, copying.REACH])
@settings(max_examples=6, deadline=None)
@given(st.integers(0, 10**6))
def test_what_is_kept_up_is_what_a_rebuild_gives(reach: int, seed: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(copying, "REACH", reach)
        for connection in opened():
            walk(connection, seed)


def test_a_crowd_falls_apart_when_its_middle_goes(
    connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Copies of copies: each shares half with the next one alone, so that one in the middle holds two groups together."""
    monkeypatch.setattr(copying, "REACH", 2)
    words = [f"p{i}" for i in range(200)]
    chain = [
        Report(
            f"{n:016x}", f"c{n}", f"c{n}", " ".join(words[20 * n : 20 * n + 60]), b"", published=day(1 + n)
        )
        for n in range(7)
    ]
    put(connection, chain)
    filled(connection, chain, ())
    assert set(origins(connection, chain).values()) == {chain[0].id}
    changed = update_origins(connection, [chain[3].id], [], ())
    left = chain[:3] + chain[4:]
    assert origins(connection, left) == {e.id: (chain[0] if e in chain[:3] else chain[4]).id for e in left}
    assert changed >= {each.id for each in chain[4:]}
    assert update_origins(connection, [], [chain[3]], ()) >= {each.id for each in chain[4:]}
    assert set(origins(connection, chain).values()) == {chain[0].id}
    update_origins(connection, [chain[0].id], [], ())  # the earliest goes: all others have another origin
    assert set(origins(connection, chain[1:]).values()) == {chain[1].id}
    check(connection, chain[1:], ())
    check_tables(connection, chain[1:], ())


def test_a_report_that_shares_nothing_changes_nobody(connection: Connection) -> None:
    several = reports(5, 20)
    alone = Report("f" * 16, "alone", "alone", " ".join(f"own{i}" for i in range(200)), b"", published=day(2))
    put(connection, [*several, alone])
    filled(connection, several, ())
    before = kept(connection)
    assert update_origins(connection, [], [alone], ()) == frozenset()
    assert origins(connection, [alone]) == {alone.id: alone.id}
    assert update_origins(connection, [alone.id], [], ()) == frozenset()
    assert kept(connection) == before


def test_who_copies_nobody_takes_no_part(connection: Connection) -> None:
    several = reports(9, 8)
    copy = replace(several[0], id="e" * 16, name="copy")
    put(connection, [*several, copy])
    filled(connection, several, ())
    before = kept(connection)
    assert update_origins(connection, [], [copy], {copy.id}) == frozenset()
    assert origins(connection, [copy]) == {copy.id: copy.id}
    assert spans(connection, [copy]) == {}
    assert update_origins(connection, [copy.id], [], {copy.id}) == frozenset()
    assert kept(connection) == before


def test_a_crowd_costs_no_more_than_its_neighbours(connection: Connection) -> None:
    """One more copy of what five hundred print: few rows are asked for and few are written."""
    r = random.Random(3)
    (told,) = sentences(r, 1)
    crowd = [
        Report(
            f"{r.getrandbits(64):016x}",
            f"c{n}",
            f"c{n}",
            f"{told} and all the rest of it",
            b"",
            published=day(1 + n % 9),
        )
        for n in range(500)
    ]
    put(connection, crowd)
    filled(connection, crowd[1:], ())
    asked = 0

    def count(*_: object) -> None:
        nonlocal asked
        asked += 1

    event.listen(connection, "before_cursor_execute", count)
    update_origins(connection, [], crowd[:1], ())
    event.remove(connection, "before_cursor_execute", count)
    assert asked < 60
    check(connection, crowd, ())
    check_tables(connection, crowd, ())


def test_a_server_keeps_the_same(address: str) -> None:
    for connection in opened(address):
        walk(connection, 1)
