"""Who belongs to whom, kept in the table ``actor``: what a change of the counts moves is found without the rest."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import asdict, dataclass, replace

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, select

from jirga.record import tally as t
from jirga.record.parties import Joined, is_named, is_part, root, told_whole, whole_of
from jirga.record.project.chunks import chunks
from jirga.record.project.tallies import Kept, replace_rows
from jirga.record.project.working import actor, tally
from jirga.record.samename import name_keys
from jirga.record.tally import Tally

__all__ = ["Actors", "Row", "joined_now", "rejoin"]


@dataclass(frozen=True, slots=True)
class Row:
    """A row of the table ``actor``."""

    id: str
    above: str | None
    told: str | None
    first: str
    party: str
    part: bool
    thing: bool
    nameless: bool

    @property
    def whole(self) -> str | None:
        """What it belongs to, one step up."""
        return self.above if self.above is not None else self.told


class Actors(Mapping[str, str]):
    """The table, as far as it was looked at, with changes that are written at once or later: actor id to party id.

    Parameters
    ----------
    connection : Connection

    Attributes
    ----------
    now, before : mapping of str to Row or None
        Rows as they are and as they were when first looked at; None for an actor that is not there.
    """

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.now: dict[str, Row | None] = {}
        self.before: dict[str, Row | None] = {}
        self._written: dict[str, Row | None] = {}

    def load(self, ids: Iterable[str]) -> None:
        """Look up actors that were not looked up yet."""
        self._load(actor.c.id, ids)

    def _load(self, column: ColumnElement[str | None], values: Iterable[str]) -> set[str]:
        """Look up the rows that have one of the values in a column; return their ids."""
        ids, by_id = set(), column is actor.c.id
        wanted = {value for value in values if not by_id or value not in self.now}
        for some in chunks(sorted(wanted)):
            for values_ in self.connection.execute(select(actor).where(column.in_(some))):
                row = Row(*values_)
                ids.add(row.id)
                if row.id not in self.now:
                    self.now[row.id] = self.before[row.id] = self._written[row.id] = row
        if by_id:
            for one in wanted - ids:
                self.now[one] = self.before[one] = self._written[one] = None
        return ids

    def row(self, one: str) -> Row | None:
        """Return the row of an actor as it is now."""
        if one not in self.now:
            self.load((one,))
        return self.now[one]

    def put(self, row: Row) -> None:
        """Change a row, or make one."""
        self.load((row.id,))
        self.now[row.id] = row

    def drop(self, one: str) -> None:
        """Take a row away."""
        self.load((one,))
        self.now[one] = None

    def write(self) -> None:
        """Write all changes."""
        changed = [one for one, row in self.now.items() if row != self._written[one]]
        rows = [asdict(row) for one in sorted(changed) if (row := self.now[one]) is not None]
        replace_rows(self.connection, actor, rows)
        gone = [{"one": one} for one in sorted(changed) if self.now[one] is None]
        if gone:
            self.connection.execute(delete(actor).where(actor.c.id == bindparam("one")), gone)
        self._written.update({one: self.now[one] for one in changed})

    def under(self, ids: Iterable[str], told: bool) -> set[str]:
        """Return all that are below some actors, and these, by mentions alone or also by what is told of parts."""
        found = {one for one in ids if self.row(one) is not None}
        new = set(found)
        while new:
            low = self._load(actor.c.above, new) | (self._load(actor.c.told, new) if told else set())
            low |= {row.id for row in self.now.values() if row is not None and row.whole in new}
            new = {one for one in low if self._step(one, told) in new} - found
            found |= new
        return found

    def top(self, ids: Collection[str], told: bool) -> dict[str, str]:
        """Return where the chains of some actors end."""
        level, seen = set(ids), set[str]()
        while level:
            self.load(level)
            seen |= level
            level = {whole for one in level if (whole := self._step(one, told)) is not None} - seen
        return {one: root(one, lambda at: self._step(at, told)) for one in ids}

    def _step(self, one: str, told: bool) -> str | None:
        row = self.row(one)
        return None if row is None else row.whole if told else row.above

    def members(self, parties: Iterable[str]) -> dict[str, list[Row]]:
        """Return the actors of parties, sorted, from what is written."""
        found: dict[str, list[Row]] = {party: [] for party in parties}
        for one in sorted(self._load(actor.c.party, found)):
            row = self.now[one]
            if row is not None and row.party in found:
                found[row.party].append(row)
        return found

    def __getitem__(self, one: str) -> str:
        row = self.row(one)
        if row is None:
            raise KeyError(one)
        return row.party

    def __iter__(self) -> Iterator[str]:
        return iter(self.connection.execute(select(actor.c.id).order_by(actor.c.id)).scalars().all())

    def __len__(self) -> int:
        return int(self.connection.execute(select(func.count()).select_from(actor)).scalar_one())


class _Flagged(AbstractSet[str]):
    """Parties that are things, or nameless; each is looked up when asked for."""

    def __init__(self, actors: Actors, flag: str) -> None:
        self.actors, self.flag = actors, flag

    def __contains__(self, one: object) -> bool:
        row = self.actors.row(one) if isinstance(one, str) else None
        return row is not None and bool(getattr(row, self.flag))

    def __iter__(self) -> Iterator[str]:
        query = select(actor.c.id).where(actor.c[self.flag]).order_by(actor.c.id)
        return iter(self.actors.connection.execute(query).scalars().all())

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __ge__(self, other: AbstractSet[object]) -> bool:
        return all(one in self for one in other)

    @classmethod
    def _from_iterable(cls, it: Iterable[str]) -> frozenset[str]:  # type: ignore[override]
        return frozenset(it)


def joined_now(actors: Actors) -> Joined:
    """Return who belongs to whom as it is written; each actor is looked up when asked for."""
    return Joined(actors, _Flagged(actors, "thing"), _Flagged(actors, "nameless"), Kept(actors.connection))


def rejoin(actors: Actors, tallies: Kept, change: Tally, flipped: AbstractSet[tuple[str, str, str]]) -> None:
    """Bring the table in line with the counts after a change of them.

    Parameters
    ----------
    actors : Actors
        Changed and written.
    tallies : Kept
        The counts after it.
    change : Tally
        By how much they changed.
    flipped : set of key
        Those that came up from nothing, or to nothing.

    Notes
    -----
    The steps of `jirga.record.parties.join_actors`, each for those alone that the change before it touches.
    """
    touched = {one for kind, one, _ in change if kind in (t.OF, t.KIND, t.KNOWN)}
    touched |= {end for kind, *pair in change if kind == t.PAIR for end in pair}
    touched |= _namesakes(actors, tallies, change)
    turned = _set_above(actors, tallies, touched)
    for one, first in actors.top(actors.under(turned, told=False), told=False).items():
        row = actors.row(one)
        if row is not None and row.first != first:
            actors.put(replace(row, first=first))
    actors.write()
    turned |= _set_told(actors, tallies, change, flipped, turned)
    for one, party in actors.top(actors.under(turned, told=True), told=True).items():
        row = actors.row(one)
        if row is not None and row.party != party:
            actors.put(replace(row, party=party))
    actors.write()
    _set_flags(actors, tallies, flipped)
    actors.write()


def _namesakes(actors: Actors, tallies: Kept, change: Tally) -> set[str]:
    """Return the actors that share a name with one that came, went, or is named by more or fewer reports."""
    keys = {key for kind, key, _ in change if kind == t.SAME}
    tallies.load((t.SAME,), keys)
    found = {one for key in keys for one in tallies.about(t.SAME, key)}
    actors.load(found)
    return {one for one in found if actors.row(one) is not None}


def _set_above(actors: Actors, tallies: Kept, touched: Collection[str]) -> set[str]:
    """Set what each actor is of; return those of which it changed, that came and that went."""
    actors.load(touched)
    tallies.load((t.OF, t.KIND, t.KNOWN), touched)
    tallies.load((t.SAME,), (key for one in touched for key in name_keys(one)))
    left, turned = set(touched), set()
    for one in sorted(touched):
        above, part = whole_of(one, tallies), is_part(one, tallies)
        row = actors.row(one)
        if row is not None and row.above is not None and row.above != above:
            left.add(row.above)
        if row is None or row.above != above:
            turned.add(one)
        actors.put(replace(row, above=above, part=part) if row else _new(one, above, part))
    wholes = {row.above for one in touched if (row := actors.row(one)) is not None and row.above is not None}
    actors.load(wholes)
    for one in wholes:
        if actors.row(one) is None:  # named by none, but another is said to be of it
            actors.put(_new(one))
            turned.add(one)
    tallies.load((t.KNOWN,), left)
    unknown = {one for one in left if not tallies.about(t.KNOWN, one)}
    actors._load(actor.c.above, unknown)
    needed = {row.above for row in actors.now.values() if row is not None}
    for one in unknown - needed:
        actors.drop(one)
    return turned | unknown


def _new(one: str, above: str | None = None, part: bool = False) -> Row:
    return Row(one, above, None, one, one, part, thing=False, nameless=False)


def _set_told(
    actors: Actors,
    tallies: Kept,
    change: Tally,
    flipped: AbstractSet[tuple[str, str, str]],
    turned: AbstractSet[str],
) -> set[str]:
    """Set what each party is told to be a part of, where that may have changed; return those of which it did."""
    moved = {one for one, row in actors.now.items() if _first(row) != _first(actors.before[one])}
    tallies.load((t.AGAINST_IT,), moved)
    foes = {other for one in moved for other in tallies.about(t.AGAINST_IT, one)}
    foes |= {one for kind, one, _ in flipped if kind == t.AGAINST_IT}
    direct = {one for kind, one, _ in change if kind == t.TOLD_PART}
    actors.load(foes | direct)
    dirty = _firsts(actors, moved | foes)
    check = _firsts(actors, direct) | turned
    if not dirty and not check:
        return set()
    wholes = _told_wholes(actors)
    check |= {part for part, counts in wholes.items() if part in dirty or not dirty.isdisjoint(counts)}
    actors.load(dirty)
    check |= {one for one in dirty if (row := actors.row(one)) is not None and row.told is not None}
    actors.load(check)
    against = _Against(actors.connection)
    changed = set()
    for one in sorted(check):
        row = actors.row(one)
        if row is None:
            continue
        own = row.above is None and row.first == one
        told = told_whole(one, wholes.get(one, {}), against.foes) if own else None
        if told != row.told:
            actors.put(replace(row, told=told))
            changed.add(one)
    return changed


def _first(row: Row | None) -> str | None:
    return None if row is None else row.first


def _firsts(actors: Actors, ones: Iterable[str]) -> set[str]:
    """Return the parties, by mentions alone, that actors belong to and belonged to."""
    rows = (row for one in ones for row in (actors.now[one], actors.before[one]))
    return {row.first for row in rows if row is not None}


def _told_wholes(actors: Actors) -> dict[str, Counter[str]]:
    """Return for each party those that it is told to be a part of; few reports tell of any."""
    c = tally.c
    rows = actors.connection.execute(select(c.one, c.other, c.count).where(c.kind == t.TOLD_PART)).all()
    actors.load({end for one, other, _ in rows for end in (one, other)})
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for one, other, count in rows:
        part, whole = actors.now[one], actors.now[other]
        if part is not None and whole is not None:
            found[part.first][whole.first] += count
    return found


class _Against:
    """Who stands against a party, by its mentions alone."""

    def __init__(self, connection: Connection) -> None:
        self.connection = connection
        self.found: dict[str, frozenset[str]] = {}

    def foes(self, party: str) -> frozenset[str]:
        if party not in self.found:
            one, other = actor.alias(), actor.alias()
            query = (
                select(other.c.first).distinct()
                .select_from(one)
                .join(tally, (tally.c.kind == t.AGAINST_IT) & (tally.c.one == one.c.id))
                .join(other, other.c.id == tally.c.other)
                .where(one.c.first == party)
            )  # fmt: skip
            self.found[party] = frozenset(self.connection.execute(query).scalars()) - {party}
        return self.found[party]


def _set_flags(actors: Actors, tallies: Kept, flipped: AbstractSet[tuple[str, str, str]]) -> None:
    """Set which parties are things and which are nameless, where that may have changed."""
    doing = {one for kind, one, _ in flipped if kind in (t.ACTING, t.ACTED_ON)}
    actors.load(doing)
    moved = {one for one, row in actors.now.items() if row != actors.before[one]} | doing
    check = {row.party for one in moved for row in (actors.now[one], actors.before[one]) if row is not None}
    check |= {one for kind, one, _ in flipped if kind == t.CAPITAL}
    check |= {row.id for one in moved if (row := actors.now[one]) is not None}
    actors.load(check)
    tallies.load((t.CAPITAL,), (one for one in check if one.startswith("actor:")))
    rows = [row for one in sorted(check) if (row := actors.now[one]) is not None]
    nameless = {row.id for row in rows if row.party == row.id and not is_named(row.id, tallies)}
    acting, acted_on = (_doing(actors.connection, kind, nameless) for kind in (t.ACTING, t.ACTED_ON))
    for row in rows:
        thing = row.id in nameless and row.id in acted_on and row.id not in acting
        if (row.thing, row.nameless) != (thing, row.id in nameless):
            actors.put(replace(row, thing=thing, nameless=row.id in nameless))


def _doing(connection: Connection, kind: str, parties: Collection[str]) -> set[str]:
    """Return those of some parties of whose actors a kind is counted."""
    found: set[str] = set()
    for some in chunks(sorted(parties)):
        query = (
            select(actor.c.party).distinct()
            .join(tally, (tally.c.kind == kind) & (tally.c.one == actor.c.id))
            .where(actor.c.party.in_(some))
        )  # fmt: skip
        found.update(connection.execute(query).scalars())
    return found
