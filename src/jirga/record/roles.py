"""What each party does, whether it is a side of the conflict, who stands against it, and what it is called."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet

from jirga.reading.types import EventType, Statement
from jirga.record import tally as t
from jirga.record.alliances import AGAINST
from jirga.record.parties import OPPOSED, Joined, is_part
from jirga.record.tally import Counted, Tallies, Tally, kinds_of
from jirga.record.types import Party
from jirga.record.words import cue, normal

__all__ = ["describe_party", "facing", "is_mediation", "make_parties", "opponents", "role_of", "roles_of"]

FIGHTS = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.THREATEN, EventType.MOBILIZE, EventType.RETREAT}
)
TALKS = frozenset({EventType.REQUEST, EventType.REJECT, EventType.CONCEDE, EventType.SANCTION})
HELPS = frozenset({EventType.CONSULT, EventType.COOPERATE, EventType.SUPPORT, EventType.AID, EventType.AGREE})

# Of parties, from statements with people's decisions laid over them.
ACTS, TOUCHED = "acts", "touched"  # statements in which it acts, and in which it is acted on
FOUGHT = "fights"  # statements in which it fights or is fought
ASKS, ASKED = "asks", "asked"  # statements in which it demands or answers, and in which that is put to it
MEDIATES = "mediates"  # statements in which it mediates
SHOWN = "shown"  # times that a statement gives it a display name
FACES = "faces"  # statements in which it stands against another one, both ways
ROLES = (FOUGHT, ASKS, ASKED, MEDIATES)


def roles_of(statements: Sequence[Statement], joined: Joined) -> Tally:
    """Count what parties do in statements.

    Parameters
    ----------
    statements : sequence of Statement
        With divisions, and with what people decided.
    joined : Joined

    Returns
    -------
    Tally
        Of party ids; those of several reports add up.
    """
    tally: Tally = Counter()
    for s in statements:
        actors = {joined.party(a.id) for a in s.actors}
        touched = {joined.party(r.id) for r in s.recipients}
        real = touched - joined.things
        _count(tally, ACTS, actors)
        _count(tally, TOUCHED, touched)
        if s.type in FIGHTS:
            _count(tally, FOUGHT, actors | real)
        elif s.type in TALKS:
            _count(tally, ASKS, actors)
            _count(tally, ASKED, real - actors)
        if is_mediation(s):
            _count(tally, MEDIATES, actors)
        for m in (*s.actors, *s.recipients):
            tally[SHOWN, joined.party(m.id), m.name[: t.LONGEST]] += 1
        for one, other in facing(s.type, actors, real):
            tally[FACES, one, other] += 1
    return tally


def _count(tally: Tally, kind: str, parties: AbstractSet[str]) -> None:
    for party in parties:
        tally[kind, party, ""] += 1


def facing(
    type: EventType,  # noqa: A002
    actors: AbstractSet[str],
    recipients: AbstractSet[str],
) -> Iterator[tuple[str, str]]:
    """Yield the pairs of parties that a statement sets against each other, both ways: one demands of or fights the other."""
    if type in AGAINST:
        pairs = {(actor, other) for actor in actors for other in recipients - actors}
        yield from pairs
        yield from ((other, actor) for actor, other in pairs)


def opponents(party: str, tallies: Tallies, sides: Collection[str]) -> frozenset[str]:
    """Return the sides that stand against a party; with two of them, each is the other's opponent."""
    found = {other for other in tallies.about(FACES, party) if other in sides}
    if len(sides) == 2 and party in sides:
        found.update(side for side in sides if side != party)
    return frozenset(found)


def role_of(party: str, tallies: Tallies, named: bool) -> str:
    """Tell whether a party is a side of the conflict, mediates, or stands outside.

    Parameters
    ----------
    party : str
    tallies : Tallies
    named : bool
        Whether lists know it or reports write it as a name.

    Returns
    -------
    str
        ``party``, ``mediator`` or ``outside``.

    Notes
    -----
    A side fights, threatens, or is fought; or it both demands and is demanded of (or answers). Who mediates
    or hosts and does none of that is a mediator. Who only comments is outside.
    """
    fights, asks, asked, mediates = (tallies.about(kind, party).get("", 0) for kind in ROLES)
    side = 2 * fights + min(asks, asked) * 2 + (asks > 0 and asked > 0)
    if not named and side < 2 * OPPOSED:
        return "outside"  # "fighters", "both sides": no side of its own unless much is told of it
    if (not named or party.startswith("place:")) and not tallies.about(ACTS, party).get("", 0):
        return "outside"  # "14 civilians", a town: struck, but no side
    if mediates and mediates * 2 >= side:
        return "mediator"
    return "party" if fights or (asks and asked) else "outside"


def make_parties(statements: Sequence[Statement], joined: Joined) -> tuple[Party, ...]:
    """Describe every party that acts or is acted on in the statements.

    Parameters
    ----------
    statements : sequence of Statement
    joined : Joined

    Returns
    -------
    tuple of Party
        Most active first.
    """
    told = Counted([roles_of(statements, joined)])
    members: dict[str, list[str]] = defaultdict(list)
    for actor, party in joined.of_party.items():
        members[party].append(actor)
    parties = []
    for party in {*told.ones(ACTS), *told.ones(TOUCHED)} - joined.things:
        role = role_of(party, told, party not in joined.nameless)
        known = members[party] or [party]
        naming = [m for m in known if m == party or not is_part(m, joined.tallies)]
        parties.append(describe_party(party, known, naming, joined.tallies, told, role))
    touched = {p.id: told.about(TOUCHED, p.id).get("", 0) for p in parties}
    return tuple(sorted(parties, key=lambda p: (-p.statements, -touched[p.id], p.id)))


def describe_party(
    party: str, members: Sequence[str], naming: Sequence[str], names: Tallies, told: Tallies, role: str
) -> Party:
    """Describe one party.

    Parameters
    ----------
    party : str
    members : sequence of str
        Actors that belong to it, itself among them.
    naming : sequence of str
        Those whose names are its own: itself and what governs it, no persons or parts.
    names : Tallies
        Counts over readings.
    told : Tallies
        Counts over statements.
    role : str

    Returns
    -------
    Party
    """
    own = any(kinds_of(member, names, t.BY_NAME) for member in (*naming, *members))
    shown: Counter[str] = Counter()  # display names of the whole and of what governs it
    printed: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    for member in naming:
        if not member.startswith("place:"):
            shown.update(names.about(t.NAME if own else t.ELSE[t.NAME], member))
            printed.update(names.about(t.WORDS if own else t.ELSE[t.WORDS], member))
            for kind, count in kinds_of(member, names, t.BY_NAME if own else t.BY_ELSE).items():
                if kind != "place":
                    kinds[kind] += count if member == party else 0
    if not shown:
        shown.update(told.about(SHOWN, party))
        printed.update(shown)
    ranked, others = _ranked(shown), _ranked(printed)
    return Party(
        id=party,
        name=ranked[0] if ranked else party,
        kind=min(kinds, key=lambda k: (-kinds[k], k)) if kinds else party.partition(":")[0],
        names=tuple(dict.fromkeys([*ranked, *others])),
        role=role,
        members=tuple(sorted(m for m in set(members) - {party} if not m.startswith("place:"))),
        statements=told.about(ACTS, party).get("", 0),
    )


def _ranked(counts: Mapping[str, int]) -> list[str]:
    return sorted(counts, key=lambda name: (-counts[name], name))


def is_mediation(s: Statement) -> bool:
    """Tell whether a statement tells of mediation: by its mode or by its words."""
    if s.type not in HELPS:
        return False
    if s.mode and ("mediat" in s.mode or "third" in s.mode):
        return True
    return bool({normal(term) for term in s.terms} & cue("mediation"))
