"""Positions and their answers, made anew where statements came or went.

A demand is made anew with all the demands that it is connected with. An answer is linked anew when it is near a demand that
changed; the demands that it turns to, or from, are written anew with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select

from jirga.record.answers import Link, Opponents, Voice, points_back, reply_to, told_in, voice
from jirga.record.demands import Thread, Wish, threads, wish
from jirga.record.disputes import position_disputes
from jirga.record.layer import Layer
from jirga.record.positions import by_statement, ident_of, linked, make_position
from jirga.record.project import schema
from jirga.record.project.chunks import chunks, write
from jirga.record.project.derived import put_disputes, put_positions
from jirga.record.project.grow_events import delete_disputes
from jirga.record.project.shelves import Shelves
from jirga.record.project.working import sight as sight_table
from jirga.record.project.working import thread as table
from jirga.record.relations import ANSWER, DEMAND

__all__ = ["Talk", "put_all_positions", "renew_positions"]


@dataclass(frozen=True, slots=True)
class Talk:
    """What linking demands and answers needs beside them.

    Attributes
    ----------
    layer : Layer
    sides : frozenset of str
        Party ids of the sides of the conflict.
    opponents : callable
        Party to the sides that stand against it.
    """

    layer: Layer
    sides: frozenset[str]
    opponents: Opponents


def renew_positions(
    connection: Connection, shelves: Shelves, moved: Collection[int], gone: Collection[str], talk: Talk
) -> None:
    """Make the positions anew that changed statements are connected with.

    Parameters
    ----------
    connection : Connection
        Inside a transaction; events are up to date.
    shelves : Shelves
        Settled.
    moved : collection of int
        Numbers of the statements that came, whose event is another one, or whose answers may be others'.
    gone : collection of str
        Ids of positions that rested on statements that are gone.
    talk : Talk
    """
    _Renewal(connection, shelves, talk).run(moved, gone)


def put_all_positions(connection: Connection, shelves: Shelves, asked: Collection[int], talk: Talk) -> None:
    """Write the positions of some demands, when all are linked anew.

    Parameters
    ----------
    connection : Connection
        Inside a transaction; events are written, of these demands no position is.
    shelves : Shelves
    asked : collection of int
        Numbers of statements; of all that are connected as demands, or of none.
    talk : Talk
    """
    _Renewal(connection, shelves, talk).write_first(asked)


class _Renewal:
    """One bringing up to date."""

    def __init__(self, connection: Connection, shelves: Shelves, talk: Talk) -> None:
        self.connection, self.shelves, self.seen, self.talk = connection, shelves, shelves.seen, talk

    def run(self, moved: Collection[int], gone: Collection[str]) -> None:
        touched = self.shelves.touched
        seeds = self._wishes({*moved, *touched[DEMAND.number], *self._rows(gone, answers=False)})
        core, _ = self.shelves.connected((DEMAND.number,), seeds)
        old = {*gone, *self._positions(core)}
        beside = self._beside(core)
        replies = self._voices(
            {*moved, *touched[ANSWER.number], *self._rows(old, answers=True), *beside}, asks=False
        )
        found, links = self._linked(core, replies)
        changed = [thread for thread in found if not core.isdisjoint(self._numbers(thread))]
        changed += self._others(found, changed, replies, links)
        self._write(changed, old)

    def write_first(self, asked: Collection[int]) -> None:
        core = self._wishes(asked).keys()
        found, _ = self._linked(core, self._voices(self._beside(core), asks=False))
        self._write([thread for thread in found if not core.isdisjoint(self._numbers(thread))], ())

    def _linked(
        self, core: AbstractSet[int], replies: Mapping[int, Voice]
    ) -> tuple[list[Thread], list[tuple[Voice, list[Link]]]]:
        """Link answers to threads; return the threads of some demands and all others that the answers may go to."""
        near = self.shelves.edges((ANSWER.number,), replies)[ANSWER.number]
        reports = self._reports(replies)
        asked = {end for edge in near for end in (edge.one, edge.other)}
        asked.update(number for several in reports.values() for number in several)
        found = self._threads(core | self._wishes(asked).keys())
        of = by_statement(found)
        asks = self._voices({end for edge in near for end in (edge.one, edge.other)}, asks=True)

        def told(report: str) -> list[tuple[int, Thread | None]]:
            sights = sorted(
                (self.seen.known[n] for n in reports.get(report, ())), key=lambda sight: sight.order
            )
            return told_in(sights, of, self.talk.sides)

        links = linked({**replies, **asks}, near, of, told, self.talk.opponents)
        for reply, several in links:
            for link in several:
                link.thread.replies.append(reply_to(reply.sight, link))
        return found, links

    def _wishes(self, numbers: Collection[int]) -> dict[int, Wish]:
        sights = self.seen.load(numbers)
        return {n: made for n, sight in sights.items() if (made := wish(sight, self.talk.sides)) is not None}

    def _voices(self, numbers: Collection[int], *, asks: bool) -> dict[int, Voice]:
        sights = self.seen.load(numbers)
        made = {n: said for n, sight in sights.items() if (said := voice(sight, self.talk.sides)) is not None}
        return {n: said for n, said in made.items() if bool(said.asks) == asks}

    def _numbers(self, thread: Thread) -> set[int]:
        return {self.seen.number_of[sight.s.id] for sight in thread.asked}

    def _rows(self, positions: Collection[str], *, answers: bool) -> set[int]:
        """Return the statements that ask for some positions, or answer them, as it stood."""
        found = set[int]()
        for part in chunks(sorted(positions)):
            query = select(table.c.number).where(table.c.position_id.in_(part), table.c.answers == answers)
            found.update(self.connection.execute(query).scalars())
        return found

    def _positions(self, asked: Collection[int]) -> set[str]:
        found = set[str]()
        for part in chunks(sorted(asked)):
            query = select(table.c.position_id).where(table.c.number.in_(part), ~table.c.answers)
            found.update(self.connection.execute(query).scalars())
        return found

    def _beside(self, asked: Collection[int]) -> set[int]:
        """Return the statements that may answer some demands: by their words, or in their reports by their place."""
        edges = self.shelves.edges((ANSWER.number,), asked)[ANSWER.number]
        found = {end for edge in edges for end in (edge.one, edge.other)}
        mine = {sight.report.id for sight in self.seen.load(asked).values()}
        for part in chunks(sorted(mine)):
            query = select(sight_table.c.number).where(
                sight_table.c.report_id.in_(part), sight_table.c.points
            )
            found.update(self.connection.execute(query).scalars())
        return found

    def _reports(self, replies: Mapping[int, Voice]) -> dict[str, list[int]]:
        """Return all statements of the reports where an answer points back at what was asked for there."""
        mine = {made.sight.report.id for made in replies.values() if points_back(made.sight)}
        found: dict[str, list[int]] = defaultdict(list)
        for number, sight in self.seen.load(self.seen.of_reports(mine)).items():
            found[sight.s.report].append(number)
        return dict(found)

    def _threads(self, asked: Collection[int]) -> list[Thread]:
        """Return the threads that some demands are in, whole."""
        reached, edges = self.shelves.connected((DEMAND.number,), asked)
        wishes = self._wishes(reached)
        event: dict[str, object] = {}
        link = schema.event_statement.c
        for part in chunks(sorted(made.sight.s.id for made in wishes.values())):
            query = select(link.statement_id, link.event_id).where(link.statement_id.in_(part))
            event.update((row.statement_id, row.event_id) for row in self.connection.execute(query))
        return threads(wishes, edges[DEMAND.number], event, self.shelves.weights)

    def _others(
        self,
        found: Sequence[Thread],
        changed: Collection[Thread],
        replies: Mapping[int, Voice],
        links: Sequence[tuple[Voice, list[Link]]],
    ) -> list[Thread]:
        """Return the threads that did not change but have other answers now, or had."""
        fresh = {thread.key for thread in changed}
        others = {
            link.thread.key: link.thread
            for _, several in links
            for link in several
            if link.thread.key not in fresh
        }
        left = self._answered(replies)
        others |= {
            thread.key: thread for thread in found if thread.key not in fresh and ident_of(thread) in left
        }
        for thread in others.values():
            self._keep_answers(thread, replies)
        return list(others.values())

    def _answered(self, replies: Collection[int]) -> set[str]:
        found = set[str]()
        for part in chunks(sorted(replies)):
            query = select(table.c.position_id).where(table.c.number.in_(part), table.c.answers)
            found.update(self.connection.execute(query).scalars())
        return found

    def _keep_answers(self, thread: Thread, replies: Collection[int]) -> None:
        """Give a thread that did not change its answers that are not linked anew."""
        ident = ident_of(thread)
        kept = self.seen.load(self._rows([ident], answers=True) - set(replies))
        if not kept:
            return
        answer = schema.answer.c
        rows = self.connection.execute(
            select(answer.statements, answer.inferred).where(answer.position_id == ident)
        )
        inferred = {statement for row in rows if row.inferred for statement in row.statements}
        asked, alike = self._numbers(thread), defaultdict[int, float](float)
        for edge in self.shelves.edges((ANSWER.number,), kept)[ANSWER.number]:
            for one, other in ((edge.one, edge.other), (edge.other, edge.one)):
                if one in kept and other in asked:
                    alike[one] = max(alike[one], edge.weight)
        for number, sight in kept.items():
            guessed = sight.s.id in inferred
            thread.replies.append(reply_to(sight, Link(thread, 1.0 if guessed else alike[number], guessed)))

    def _write(self, changed: Sequence[Thread], old: Collection[str]) -> None:
        idents = {*old, *map(ident_of, changed)}
        delete_disputes(self.connection, idents)
        for part in chunks(sorted(idents)):
            for rows, column in (
                (schema.answer, "position_id"),
                (schema.position, "id"),
                (table, "position_id"),
            ):
                self.connection.execute(delete(rows).where(rows.c[column].in_(part)))
        layer, sights = self.talk.layer, {sight.s.id: sight for sight in self.seen.known.values()}
        for thread in changed:
            thread.replies.sort(key=lambda reply: reply.sight.order)
        positions = [position for position in map(make_position, changed) if layer.shows_position(position)]
        put_positions(self.connection, positions, {ident: sight.order for ident, sight in sights.items()})
        put_disputes(self.connection, filter(layer.shows_dispute, position_disputes(positions, sights)))
        write(self.connection, table, _thread_rows(changed, self.seen.number_of))


def _thread_rows(threads: Iterable[Thread], numbers: Mapping[str, int]) -> list[tuple[int, str, bool]]:
    """Return which statements ask for a position and which answer it, as rows of the table ``thread``."""
    rows: set[tuple[int, str, bool]] = set()
    for thread in threads:
        ident = ident_of(thread)
        rows.update((numbers[reply.sight.s.id], ident, True) for reply in thread.replies)
        rows.update((numbers[sight.s.id], ident, False) for sight in thread.asked)
    return sorted(rows)
