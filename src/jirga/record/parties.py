"""Who the record is about: actors joined into parties, with every name they go by and the role they play."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from jirga.reading.types import EventType, Mention, Reading, Statement
from jirga.record.alliances import told_members
from jirga.record.types import Party
from jirga.record.words import cue, normal

__all__ = ["Joined", "join_actors", "make_parties"]

FIGHTS = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.THREATEN, EventType.MOBILIZE, EventType.RETREAT}
)
TALKS = frozenset({EventType.REQUEST, EventType.REJECT, EventType.CONCEDE, EventType.SANCTION})
OWN_NAME = frozenset({"name", "demonym", "capital", "acronym"})
PARTS = frozenset({"person", "part"})
OPPOSED = 2  # statements that set two joined names against each other before they are kept apart


@dataclass(frozen=True, slots=True)
class Joined:
    """Actors and the parties that they belong to.

    Attributes
    ----------
    of_party : mapping of str to str
        Actor id to party id, for every actor that the readings name.
    mentions : mapping of str to tuple of Mention
        Actor id to its mentions, in the order of the readings.
    things : frozenset of str
        Party ids that no list knows, that no report writes as a name, and that never act: things, not actors.
    nameless : frozenset of str
        Party ids that no list knows and no report writes as a name: "gunmen", "residents".
    """

    of_party: Mapping[str, str]
    mentions: Mapping[str, tuple[Mention, ...]]
    things: frozenset[str] = frozenset()
    nameless: frozenset[str] = frozenset()

    def party(self, actor: str) -> str:
        """Return the party of an actor, itself when it belongs to none."""
        return self.of_party.get(actor, actor)


def join_actors(readings: Sequence[Reading]) -> Joined:
    """Join delegations, office holders, parts and governing bodies to the party that they belong to.

    Parameters
    ----------
    readings : sequence of Reading

    Returns
    -------
    Joined

    Notes
    -----
    1. An actor belongs to what most of its mentions say it is of. 2. A body or group that governs a country
    is one party with it only where the reports use them for one another: when they are set against each
    other in several statements (a civil war), they stay two. 3. Chains are followed to their end; a circle
    ends at its first name. 4. A group that a report says is part of another, on the same side, belongs to it.
    """
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for reading in readings:
        for mention in reading.mentions:
            mentions[mention.id].append(mention)
    against = _against(readings)
    above: dict[str, str] = {}
    for actor, found in mentions.items():
        counts = Counter(m.of for m in found if m.of and m.of != actor)
        if not counts:
            continue
        whole = min(counts, key=lambda of: (-counts[of], of))
        if not _is_part(found) and against[frozenset((actor, whole))] >= OPPOSED:
            continue
        above[actor] = whole
    known = set(mentions) | {m.id for r in readings for s in r.statements for m in (*s.actors, *s.recipients)}
    for part, whole in told_members(readings, lambda actor: _root(actor, above)).items():
        above.setdefault(part, whole)
    of_party = {actor: _root(actor, above) for actor in sorted(known | set(above.values()))}
    told = {actor: tuple(found) for actor, found in mentions.items()}
    nameless = frozenset(p for p in set(of_party.values()) if not _named(p, told.get(p, ())))
    return Joined(of_party, told, _things(readings, of_party, told), nameless)


def _things(
    readings: Sequence[Reading], of_party: Mapping[str, str], mentions: Mapping[str, tuple[Mention, ...]]
) -> frozenset[str]:
    acting = {of_party[a.id] for r in readings for s in r.statements for a in s.actors}
    acted_on = {of_party[a.id] for r in readings for s in r.statements for a in s.recipients}
    return frozenset(p for p in acted_on - acting if not _named(p, mentions.get(p, ())))


def _named(party: str, mentions: Sequence[Mention]) -> bool:
    """Whether a party is one that lists know or that reports write with a capital."""
    return not party.startswith("actor:") or any(
        word[:1].isupper() for m in mentions for word in m.text.split()[1:] + m.name.split()
    )


def _is_part(mentions: Sequence[Mention]) -> bool:
    return Counter(m.kind for m in mentions).most_common(1)[0][0] in PARTS


def _against(readings: Sequence[Reading]) -> Counter[frozenset[str]]:
    pairs: Counter[frozenset[str]] = Counter()
    for reading in readings:
        for s in reading.statements:
            ids = {frozenset((a.id, r.id)) for a in s.actors for r in s.recipients if a.id != r.id}
            pairs.update(sorted(ids, key=sorted))
    return pairs


def _root(actor: str, above: Mapping[str, str]) -> str:
    seen = {actor}
    while actor in above and above[actor] not in seen:
        actor = above[actor]
        seen.add(actor)
    return actor if actor not in above else min(seen)


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
    acts: Counter[str] = Counter()
    touched: Counter[str] = Counter()
    for s in statements:
        acts.update({joined.party(a.id) for a in s.actors})
        touched.update({joined.party(r.id) for r in s.recipients})
    members: dict[str, list[str]] = defaultdict(list)
    for actor, party in joined.of_party.items():
        members[party].append(actor)
    roles = _roles(statements, joined)
    shown: dict[str, Counter[str]] = defaultdict(Counter)
    for s in statements:
        for m in (*s.actors, *s.recipients):
            shown[joined.party(m.id)][m.name] += 1
    parties = [
        _describe(
            party, members[party] or [party], shown[party], joined, acts[party], roles.get(party, "outside")
        )
        for party in sorted((set(acts) | set(touched)) - joined.things)
    ]
    return tuple(sorted(parties, key=lambda p: (-p.statements, -touched[p.id], p.id)))


def _describe(
    party: str, members: Sequence[str], told: Counter[str], joined: Joined, acts: int, role: str
) -> Party:
    shown: Counter[str] = Counter()  # display names of the whole and of what governs it
    printed: Counter[str] = Counter()
    kinds: Counter[str] = Counter()
    how_else = not any(m.how in OWN_NAME for member in members for m in joined.mentions.get(member, ()))
    for member in members:
        mentions = joined.mentions.get(member, ())
        if member.startswith("place:") or (member != party and mentions and _is_part(mentions)):
            continue
        for m in mentions:
            if m.kind != "place" and (m.how in OWN_NAME or (how_else and m.how != "pronoun")):
                shown[m.name] += 1
                printed[" ".join(m.text.split())] += 1
                kinds[m.kind] += member == party
    if not shown:
        shown.update(told)
        printed.update(shown)
    ranked = [name for name, _ in sorted(shown.items(), key=lambda item: (-item[1], item[0]))]
    others = [name for name, _ in sorted(printed.items(), key=lambda item: (-item[1], item[0]))]
    return Party(
        id=party,
        name=ranked[0] if ranked else party,
        kind=min(kinds, key=lambda k: (-kinds[k], k)) if kinds else party.partition(":")[0],
        names=tuple(dict.fromkeys([*ranked, *others])),
        role=role,
        members=tuple(sorted(m for m in set(members) - {party} if not m.startswith("place:"))),
        statements=acts,
    )


def _roles(statements: Sequence[Statement], joined: Joined) -> dict[str, str]:
    """Tell who is a side of the conflict and who mediates.

    A side fights, threatens, or is fought; or it both demands and is demanded of (or answers). Who mediates
    or hosts and does none of that is a mediator. Who only comments is outside.
    """
    fights: Counter[str] = Counter()
    asks: Counter[str] = Counter()
    asked: Counter[str] = Counter()
    mediates: Counter[str] = Counter()
    for s in statements:
        actors = {joined.party(a.id) for a in s.actors}
        others = {joined.party(r.id) for r in s.recipients} - actors - joined.things
        if s.type in FIGHTS:
            fights.update(actors)
            fights.update(others)
        elif s.type in TALKS:
            asks.update(actors)
            asked.update(others)
        if is_mediation(s):
            mediates.update(actors)
    roles: dict[str, str] = {}
    for party in set(fights) | set(asks) | set(asked) | set(mediates):
        side = 2 * fights[party] + min(asks[party], asked[party]) * 2 + (asks[party] > 0 and asked[party] > 0)
        if not _named(party, joined.mentions.get(party, ())) and side < 2 * OPPOSED:
            continue  # "fighters", "both sides": no side of its own unless much is told of it
        if mediates[party] and mediates[party] * 2 >= side:
            roles[party] = "mediator"
        elif fights[party] or (asks[party] and asked[party]):
            roles[party] = "party"
    return roles


def is_mediation(s: Statement) -> bool:
    """Tell whether a statement tells of mediation: by its mode or by its words."""
    if s.type not in (
        EventType.CONSULT,
        EventType.COOPERATE,
        EventType.SUPPORT,
        EventType.AID,
        EventType.AGREE,
    ):
        return False
    if s.mode and ("mediat" in s.mode or "third" in s.mode):
        return True
    return bool({normal(t) for t in s.terms} & cue("mediation"))
