"""Which statements speak of one thing: events, each with every account of it.

The search never compares all pairs. A statement is looked up under a few keys (rare words in pairs,
figures, day and parties), meets the groups filed there, and joins the one with the most evidence or opens
its own. Every list of groups is cut to the latest, so that the work grows with the number of statements and
not with its square.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

from jirga.reading.types import EventType
from jirga.record.features import Sight
from jirga.record.likeness import ENOUGH, score
from jirga.record.words import Weights

__all__ = ["Group", "link", "make_id"]

RARE = 7  # words of a statement, rarest first, whose pairs are keys
SHELF = 24  # groups kept under one key, the latest
MEET = 8  # groups that a statement is compared with, those sharing most keys
FACES = 4  # members that stand for a group when it is compared
DOUBT = 1.8  # how far below `ENOUGH` any of the faces may lie: one bridge must not chain two things together

_Shelves = dict[tuple[object, ...], list[int]]  # key to numbers of groups


@dataclass
class Group:
    """Statements of one thing while they are being gathered."""

    number: int
    members: list[Sight] = field(default_factory=list)

    def faces(self) -> list[Sight]:
        """Return the members that stand for the group: the first ones and the latest."""
        if len(self.members) <= FACES:
            return self.members
        return [*self.members[: FACES // 2], *self.members[-(FACES - FACES // 2) :]]


def make_id(kind: str, parts: Iterable[str]) -> str:
    """Return an id that depends on the kind and the parts alone (SHA-256, 16 hex digits)."""
    return sha256("\x1f".join((kind, *sorted(parts))).encode()).hexdigest()[:16]


def link(sights: Sequence[Sight], weights: Weights) -> list[list[Sight]]:
    """Gather statements into groups that speak of one thing.

    Parameters
    ----------
    sights : sequence of Sight
        In the order of publication; the result depends on nothing else.
    weights : Weights

    Returns
    -------
    list of list of Sight
        Each statement in one group; groups in the order of their first statement.

    Notes
    -----
    1. Clauses of one sentence that tell one act and its toll are one thing. 2. Each statement joins the
    group with the most evidence, where the best face has `ENOUGH` and no face speaks against it. 3. Groups
    of one statement are tried once more when all are there.
    """
    groups: list[Group] = []
    shelves: _Shelves = defaultdict(list)
    sentence: dict[tuple[object, ...], list[int]] = defaultdict(
        list
    )  # groups that clauses of a sentence went to
    for sight in sights:
        here = (sight.s.report, sight.s.sentence)
        group = _toll(sight, [groups[n] for n in sentence[here]]) or _best(sight, groups, shelves, weights)
        if group is None:
            group = Group(len(groups))
            groups.append(group)
        group.members.append(sight)
        sentence[here].append(group.number)
        _file(sight, group, shelves, weights)
    for group in groups:
        if len(_units(group.members)) == 1:
            _again(group, groups, shelves, weights)
    return [sorted(g.members, key=lambda m: m.order) for g in groups if g.members]


def _units(members: Sequence[Sight]) -> list[list[Sight]]:
    """Return members by sentence: clauses of one sentence that tell one act speak together."""
    units: dict[tuple[object, ...], list[Sight]] = defaultdict(list)
    for member in members:
        s = member.s
        units[(s.report, s.sentence) if s.sentence != (0, 0) else (s.report, s.begin)].append(member)
    return list(units.values())


def _again(group: Group, groups: list[Group], shelves: _Shelves, weights: Weights) -> None:
    for sight in group.members:
        better = _best(sight, groups, shelves, weights, but=group.number)
        if better is not None:
            better.members.extend(group.members)
            group.members.clear()
            return


def _best(
    sight: Sight, groups: list[Group], shelves: _Shelves, weights: Weights, but: int = -1
) -> Group | None:
    """Return the group with the most evidence that a statement is one with it, or None."""
    hits: Counter[int] = Counter()
    for key in _keys(sight, weights):
        hits.update(shelves.get(key, ()))
    best, most = None, ENOUGH
    for number, _ in sorted(hits.items(), key=lambda item: (-item[1], item[0]))[:MEET]:
        group = groups[number]
        if number == but or not group.members:
            continue
        scores = [max(score(sight, face, weights) for face in unit) for unit in _units(group.faces())]
        if min(scores) > ENOUGH - DOUBT and max(scores) >= most:
            best, most = group, max(scores)
    return best


def _toll(sight: Sight, groups: Sequence[Group]) -> Group | None:
    """Return the group of the clause before when both tell one act of force and its toll."""
    if sight.s.type is not EventType.ASSAULT or sight.s.sentence == (0, 0):
        return None
    for group in reversed(groups):
        other = next(m for m in reversed(group.members) if m.s.sentence == sight.s.sentence)
        s, t = sight.s, other.s
        if t.type is not s.type:
            continue
        same_who = not (sight.actors and other.actors) or sight.actors == other.actors
        same_whom = not (sight.recipients and other.recipients) or bool(sight.recipients & other.recipients)
        same_real = s.modality is t.modality and s.polarity is t.polarity
        same_when = s.when is None or t.when is None or s.when == t.when
        same_where = s.where is None or t.where is None or s.where == t.where
        if (
            (sight.counts or other.counts)
            and same_who
            and same_whom
            and same_real
            and same_when
            and same_where
        ):
            return group
    return None


def _file(sight: Sight, group: Group, shelves: _Shelves, weights: Weights) -> None:
    for key in _keys(sight, weights):
        shelf = shelves[key]
        if group.number in shelf:
            continue
        shelf.append(group.number)
        if len(shelf) > SHELF:
            del shelf[0]


def _keys(sight: Sight, weights: Weights) -> list[tuple[object, ...]]:
    """Return what a statement is filed under; two accounts of one thing share some, other statements few."""
    kind = sight.family
    rare = sorted(sight.words, key=lambda w: (-weights.of(w), w))[:RARE]
    keys: list[tuple[object, ...]] = [
        (kind, "words", *sorted(pair)) for pair in itertools.combinations(rare, 2)
    ]
    keys.extend((kind, "word", word) for word in rare[:2])
    keys.extend((kind, "figure", c.low, c.role) for c in sight.counts if c.exact and c.low >= 3)
    who = tuple(sorted(sight.actors))
    if sight.dated and sight.first is not None:
        keys.append((kind, "day", sight.first, who))
        if sight.last != sight.first:
            keys.append((kind, "day", sight.last, who))
    if sight.published is not None:
        keys.append((kind, "issue", sight.published.isocalendar()[:2], who, sight.s.mode))
    return keys
