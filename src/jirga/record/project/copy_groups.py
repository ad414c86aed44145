"""Groups of reports that copy one text, after some pairs came and went, without looking at groups that stay as they are.

Where pairs only came, groups become one. Where a pair went, the search starts from all reports whose pairs changed, in all
directions at once, and ends when it has met or when all parts but the largest are known (Even and Shiloach 1981, *An on-line
edge-deletion problem*). So a copy that comes into a crowd of ten thousand costs no more than one that comes to three.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, select

from jirga.record.project.chunks import chunks
from jirga.record.project.working import copied, wording

__all__ = ["Pair", "regroup"]

Pair = tuple[str, str]


class _Filed(NamedTuple):
    """What is known of a report, the earliest first; the origin as it was."""

    day: int
    ident: str
    origin: str


def regroup(
    connection: Connection, lost: Collection[Pair], gained: Collection[Pair], gone: Collection[str]
) -> dict[str, str]:
    """Find the reports whose origin is another now.

    Parameters
    ----------
    connection : Connection
        Its table ``copied`` holds the pairs of now, its table ``wording`` the origins of before.
    lost, gained : collection of (str, str)
        Pairs that went and that came.
    gone : collection of str
        Reports that went; they are still in ``wording``.

    Returns
    -------
    dict of str to str
        Report id to its new origin.
    """
    touched = {ident for pair in (*lost, *gained) for ident in pair}
    filed = _by_id(_filed(connection, wording.c.report_id, touched))
    found: dict[str, str] = {}
    several = [(filed[a].origin, filed[b].origin) for a, b in (*lost, *gained)]
    for origins in _classes(several):
        nodes = [ident for ident in touched if filed[ident].origin in origins]
        broken = any(filed[a].origin in origins for a, _ in lost)
        left = [ident for ident in nodes if ident not in gone]
        parts, rest = _parts(connection, left, gained) if broken else ([], True)
        for part in parts:
            members = _filed(connection, wording.c.report_id, part)
            found |= _led(members)
        if rest:
            apart = set(gone).union(*parts)
            found |= _led(_rest(connection, origins, apart))
    return found


def _rest(connection: Connection, origins: set[str], apart: Collection[str]) -> list[_Filed]:
    """Return the members of some groups, but for those that are apart.

    As long as all groups keep their earliest report, it stands for those of its group that stay in it.
    """
    if origins.isdisjoint(apart):
        first = min(_filed(connection, wording.c.report_id, origins))
        others = _filed(connection, wording.c.origin, origins - {first.ident})
        return [first, *(each for each in others if each.ident not in apart)]
    return [each for each in _filed(connection, wording.c.origin, origins) if each.ident not in apart]


def _led(members: Collection[_Filed]) -> dict[str, str]:
    """Give the members of a group its earliest report as origin, where that is another one than before."""
    first = min(members).ident if members else ""
    return {each.ident: first for each in members if each.origin != first}


def _classes(pairs: Iterable[Pair]) -> Iterator[set[str]]:
    """Yield names in the sets that pairs connect."""
    held: dict[str, set[str]] = {}
    for a, b in pairs:
        both = held.get(a, {a}) | held.get(b, {b})
        held |= dict.fromkeys(both, both)
    yield from {id(each): each for each in held.values()}.values()


def _parts(
    connection: Connection, nodes: Iterable[str], gained: Iterable[Pair]
) -> tuple[list[list[str]], bool]:
    """Search from several reports at once; return the parts that are known to the last report, and whether there is one more."""
    owner = {node: node for node in nodes}
    held = {node: [node] for node in owner}
    front = {node: [node] for node in owner}

    def meet(one: str, other: str) -> None:
        a, b = owner[one], owner[other]
        if a == b:
            return
        if len(held[a]) < len(held[b]):
            a, b = b, a
        owner.update(dict.fromkeys(held[b], a))
        held[a] += held.pop(b)
        front[a] += front.pop(b)

    for one, other in gained:
        if one in owner and other in owner:
            meet(one, other)
    while len(held) > 1:
        going = sorted((part for part in held if front[part]), key=lambda part: len(held[part]))
        if len(going) < 2:
            break
        asked = [node for part in going[:-1] for node in front[part]]
        front |= {part: [] for part in going[:-1]}
        for one, other in _pairs_of(connection, asked):
            if other in owner:
                meet(one, other)
            else:
                owner[other] = owner[one]
                held[owner[one]].append(other)
                front[owner[one]].append(other)
    if len(held) <= 1:
        return [], bool(held)
    return [held[part] for part in held if not front[part]], any(front.values())


def _pairs_of(connection: Connection, reports: Iterable[str]) -> Iterator[Pair]:
    for chunk in chunks(reports):
        for one, other in ((copied.c.one, copied.c.other), (copied.c.other, copied.c.one)):
            rows = connection.execute(select(one, other).where(one.in_(chunk)))
            yield from ((row[0], row[1]) for row in rows)


def _filed(connection: Connection, column: ColumnElement[str], values: Iterable[str]) -> list[_Filed]:
    w = wording.c
    return [
        _Filed(*row)
        for chunk in chunks(values)
        for row in connection.execute(select(w.day, w.report_id, w.origin).where(column.in_(chunk)))
    ]


def _by_id(several: Iterable[_Filed]) -> Mapping[str, _Filed]:
    return {each.ident: each for each in several}
