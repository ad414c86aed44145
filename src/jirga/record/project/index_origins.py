"""Who copies whom, kept up in the project as reports come and go, exactly as all reports together would give it.

The tables ``mark``, ``copied`` and ``printing`` hold what `jirga.reports.copying` finds over all reports, with the number of
meetings that each finding rests on. A report that comes meets its neighbours under each of its marks and pushes pairs of them
out of each other's reach; one that goes lets them in again. So counts go up and down near that report alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from sqlalchemy import Connection, bindparam, delete, select, tuple_, update

from jirga.record.project.chunks import chunks
from jirga.record.project.copied_runs import (
    Run,
    count_runs,
    put_runs,
    spans_of,
    write_origins,
    write_rows,
)
from jirga.record.project.copy_groups import Pair, regroup
from jirga.record.project.working import copied, mark, wording
from jirga.reports import copying
from jirga.reports.copying import Meetings
from jirga.reports.types import Report
from jirga.reports.wording import Wording, wording_of

__all__ = ["spans_of", "update_origins", "wording_row", "wordings"]


def update_origins(
    connection: Connection, gone: Collection[str], new: Sequence[Report], own: Collection[str]
) -> frozenset[str]:
    """Keep up who copies whom as reports go and come; origins of reports are written, too.

    Parameters
    ----------
    connection : Connection
        Inside a transaction.
    gone : collection of str
        Ids of reports that a newer version replaced.
    new : sequence of Report
        Reports that came in.
    own : collection of str
        As when the tables were filled; reports that copy nobody take no part.

    Returns
    -------
    frozenset of str
        Other reports than these whose origin, or the place or origin of one of whose passages, is another now.
    """
    change = _Change(connection)
    filed = list(change.load(gone).values())
    for text in filed:
        change.shift(text, -1)
    for report in new:
        if report.id not in own:
            change.shift(change.file(report), 1)
    lost, gained = _put_pairs(connection, change.pairs)
    moved = regroup(connection, lost, gained, gone)
    fresh = {report.id: report for report in new}
    days = {ident: text.day for ident, text in change.texts.items()}
    changed = put_runs(connection, change.runs, days, moved, fresh)
    write_origins(connection, {report.id: moved.get(report.id, report.id) for report in new})
    for chunk in chunks(text.id for text in filed):
        connection.execute(delete(wording).where(wording.c.report_id.in_(chunk)))
    return frozenset((changed | moved.keys()) - fresh.keys() - set(gone))


class _Change:
    """What some reports that come and go change in the findings; the marks themselves are written at once."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.pairs: Counter[Pair] = Counter()
        self.runs: Counter[Run] = Counter()
        self.texts: dict[str, Wording] = {}

    def load(self, idents: Collection[str]) -> dict[str, Wording]:
        """Return the words of reports that are filed."""
        self.texts |= wordings(self.connection, [ident for ident in idents if ident not in self.texts])
        return {ident: self.texts[ident] for ident in idents if ident in self.texts}

    def file(self, report: Report) -> Wording:
        """Write the words of a new report; for now it is an origin of its own."""
        text = self.texts[report.id] = wording_of(report)
        write_rows(self.connection, wording, [wording_row(text, text.id)])
        return text

    def shift(self, text: Wording, sign: int) -> None:
        """Put a report in its places or take it out, and count who meets and who parts."""
        meets: list[tuple[str, str, int, int]] = []
        parts: list[tuple[str, str, int, int]] = []
        reach = copying.REACH
        for value, at in _marks(text):
            before, after = self._neighbours(value, text, reach)
            meets += ((ident, text.id, there, at) for ident, there in before)
            meets += ((text.id, ident, at, there) for ident, there in after)
            for i in range(max(0, reach - len(after)), min(reach, len(before))):  # `reach` apart until now
                (a, one), (b, other) = before[i], after[reach - 1 - i]
                parts.append((a, b, one, other))
        self._tally(meets, sign)
        self._tally(parts, -sign)
        if sign > 0:
            write_rows(self.connection, mark, (_mark_row(value, text, at) for value, at in _marks(text)))
        else:
            values = [value for value, _ in _marks(text)]
            for chunk in chunks(values):
                gone = (mark.c.day == text.day) & (mark.c.report_id == text.id)
                self.connection.execute(delete(mark).where(mark.c.mark.in_(chunk), gone))

    def _neighbours(
        self, value: int, text: Wording, reach: int
    ) -> tuple[list[tuple[str, int]], list[tuple[str, int]]]:
        """Return who stands before and behind a report under a mark, the nearest first, with the place of the mark."""
        given = {"value": value, "day": text.day, "ident": text.id, "reach": reach}
        before, after = (self.connection.execute(side, given).all() for side in (_BEFORE, _AFTER))
        return [(row[0], row[1]) for row in before], [(row[0], row[1]) for row in after]

    def _tally(self, met: Sequence[tuple[str, str, int, int]], sign: int) -> None:
        if not met:
            return
        number = {ident: n for n, ident in enumerate(dict.fromkeys(i for pair in met for i in pair[:2]))}
        held = self.load(number)
        texts = [held[ident] for ident in number]
        for (a, b), count in Counter(pair[:2] for pair in met).items():
            if copying.copied(held[a], held[b]):
                self.pairs[a, b] += sign * count
        ones, others, at, there = zip(*met, strict=True)
        rows = [[number[i] for i in ones], [number[i] for i in others], at, there]
        count_runs(self.runs, texts, Meetings(*(np.array(row, dtype=np.int64) for row in rows)), sign)


def _side(before: bool) -> Any:  # noqa: ANN401 - a statement of SQLAlchemy
    m = mark.c
    here, place = tuple_(m.day, m.report_id), tuple_(bindparam("day"), bindparam("ident"))
    order = (m.day.desc(), m.report_id.desc()) if before else (m.day, m.report_id)
    query = select(m.report_id, m.at).where(m.mark == bindparam("value"))
    return query.where(here < place if before else here > place).order_by(*order).limit(bindparam("reach"))


_BEFORE, _AFTER = _side(True), _side(False)


def _put_pairs(connection: Connection, change: Mapping[Pair, int]) -> tuple[list[Pair], list[Pair]]:
    """Add to the counts of pairs; return those that are no more and those that are new."""
    change = {pair: count for pair, count in change.items() if count}
    c = copied.c
    old: dict[Pair, int] = {}
    for chunk in chunks({one for one, _ in change}):
        for one, other, count in connection.execute(select(c.one, c.other, c.marks).where(c.one.in_(chunk))):
            old[one, other] = count
    now = {pair: old.get(pair, 0) + count for pair, count in change.items()}
    lost = [pair for pair, count in now.items() if not count]
    gained = [pair for pair in now if pair not in old]
    here = (c.one == bindparam("a")) & (c.other == bindparam("b"))
    kept = [{"a": a, "b": b, "n": n} for (a, b), n in now.items() if n and (a, b) in old]
    if kept:
        connection.execute(update(copied).where(here).values(marks=bindparam("n")), kept)
    if lost:
        connection.execute(delete(copied).where(here), [{"a": a, "b": b} for a, b in lost])
    write_rows(connection, copied, ({"one": a, "other": b, "marks": now[a, b]} for a, b in gained))
    return lost, gained


def _marks(text: Wording) -> Iterator[tuple[int, int]]:
    values, at = text.marks
    return zip(values.tolist(), at.tolist(), strict=True)


def wordings(connection: Connection, idents: Iterable[str]) -> dict[str, Wording]:
    """Return the words of reports that are filed, by id."""
    w, found = wording.c, {}
    for chunk in chunks(idents):
        query = select(w.report_id, w.day, w.words, w.marks).where(w.report_id.in_(chunk))
        for row in connection.execute(query):
            words, marks = np.frombuffer(row.words, "<u4"), np.frombuffer(row.marks, "<i8")
            found[row.report_id] = Wording(row.report_id, row.day, words, chosen=marks)
    return found


def wording_row(text: Wording, origin: str) -> dict[str, Any]:
    """Return the words of a report as a row of the table ``wording``."""
    return {
        "report_id": text.id, "day": text.day, "origin": origin, "words": text.words.astype("<u4").tobytes(),
        "marks": text.marks[0].astype("<i8").tobytes(),
    }  # fmt: skip


def _mark_row(value: int, text: Wording, at: int) -> dict[str, Any]:
    return {"mark": value, "day": text.day, "report_id": text.id, "at": at}
