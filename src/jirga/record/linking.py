"""Which statements speak of one thing: events, each with every account of it.

The search never compares all pairs: `jirga.record.near` proposes them, `jirga.record.likeness` judges each, and
`jirga.record.gather` makes groups of them. Whether two statements are compared and how alike they are depends on them
and their neighbours alone, so that a new report touches only the groups near its statements.
"""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from jirga.reading.types import EventType
from jirga.record.features import Sight
from jirga.record.follow import followed, with_followers
from jirga.record.gather import gather
from jirga.record.likeness import ENOUGH, score
from jirga.record.near import Filed, file_under, key_of
from jirga.record.words import Weights

__all__ = ["REACH", "edge", "filed", "lend", "link", "make_id", "toll"]

RARE = 6  # words of a statement, the most telling first, whose pairs are keys
REACH = 8  # neighbours on each side under one key that a statement is compared with
FACES = 4  # sentences that stand for a group when it is compared
SLICE = 8  # members at each end of a group among which they are looked for
DOUBT = 1.8  # how far below `ENOUGH` any of the faces may lie: one bridge must not chain two things together


def make_id(kind: str, parts: Iterable[str]) -> str:
    """Return an id that depends on the kind and the parts alone (SHA-256, 16 hex digits)."""
    return sha256("\x1f".join((kind, *sorted(parts))).encode()).hexdigest()[:16]


def lend(sights: Sequence[Sight]) -> list[Sight]:
    """Give a clause that tells the toll of an act the place of the act, and one that points back to a deed what tells of that.

    Parameters
    ----------
    sights : sequence of Sight
        Of one report, or of several.
    """
    lent = with_followers(sights)
    for one, other in toll(sights):
        if lent[other].where is None and lent[one].where is not None:
            lent[other] = replace(lent[other], where=lent[one].where)
        elif lent[one].where is None and lent[other].where is not None:
            lent[one] = replace(lent[one], where=lent[other].where)
    return lent


def edge(a: Sight, b: Sight, weights: Weights) -> float | None:
    """Return the evidence that two statements are one thing, or None when it is not enough."""
    evidence = score(a, b, weights)
    return round(evidence, 6) if evidence >= ENOUGH else None


def link(
    sights: Sequence[Sight],
    alike: Iterable[tuple[float, int, int]],
    together: Iterable[tuple[int, int]],
    weights: Weights,
) -> list[list[Sight]]:
    """Gather statements into groups that speak of one thing.

    Parameters
    ----------
    sights : sequence of Sight
        In their order; the result depends on nothing else.
    alike : iterable of (float, int, int)
        Evidence for pairs that are alike; see `edge`.
    together : iterable of (int, int)
        Clauses of one sentence that tell one act and its toll; see `toll`.
    weights : Weights

    Returns
    -------
    list of list of Sight
        Each statement in one group; groups in the order of their first statement.

    Notes
    -----
    Groups are joined along the pairs with the most evidence, where all faces agree; where any of the faces doubt, they
    stay two.
    """

    def may_join(first: Sequence[int], second: Sequence[int]) -> bool:
        ones, others = _faces(first, sights), _faces(second, sights)
        return all(
            any(score(sights[a], sights[b], weights) > ENOUGH - DOUBT for a in one for b in other)
            for one in ones
            for other in others
        )

    return [[sights[i] for i in group] for group in gather(len(sights), alike, together, may_join)]


def _faces(members: Sequence[int], sights: Sequence[Sight]) -> list[list[int]]:
    """Return what stands for a group: its first sentences and its latest, each with all its members."""
    if len(members) <= 2 * SLICE:
        units = _units(members, sights)
        return units if len(units) <= FACES else [*units[: FACES // 2], *units[-(FACES - FACES // 2) :]]
    first, last = _units(members[:SLICE], sights), _units(members[-SLICE:], sights)
    return [*first[: FACES // 2], *last[-(FACES - FACES // 2) :]]


def _units(members: Sequence[int], sights: Sequence[Sight]) -> list[list[int]]:
    """Return members by sentence: clauses of one sentence that tell one act speak together."""
    units: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for member in members:
        s = sights[member].s
        units[(s.report, s.sentence) if s.sentence != (0, 0) else (s.report, s.begin)].append(member)
    return list(units.values())


def toll(sights: Sequence[Sight]) -> Iterator[tuple[int, int]]:
    """Yield pairs of clauses of one sentence that tell one act of force and its toll, and of one report that speak of one."""
    yield from followed(sights)
    sentences: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, sight in enumerate(sights):
        if sight.s.type is not EventType.ASSAULT or sight.s.sentence == (0, 0):
            continue
        before = sentences[sight.s.report, sight.s.sentence]
        found = next((other for other in reversed(before) if _one_act(sight, sights[other])), None)
        if found is not None:
            yield found, number
        before.append(number)


def _one_act(sight: Sight, other: Sight) -> bool:
    s, t = sight.s, other.s
    if not (sight.counts or other.counts) or s.modality is not t.modality or s.polarity is not t.polarity:
        return False
    if sight.actors and other.actors and sight.actors != other.actors:
        return False
    if sight.recipients and other.recipients and not sight.recipients & other.recipients:
        return False
    if s.when is not None and t.when is not None and s.when != t.when:
        return False
    return s.where is None or t.where is None or s.where == t.where


def filed(sight: Sight, weights: Weights) -> Filed:
    """Return what a statement is filed under; two accounts of one thing share some, other statements few."""
    kind = sight.family
    rare = sorted(sight.told, key=lambda w: (-weights.of(w), -len(w), w))[:RARE]  # longer words are rarer
    keys = [key_of(kind, "words", *sorted(pair)) for pair in itertools.combinations(rare, 2)]
    keys.extend(key_of(kind, "word", word) for word in rare[: 2 if len(rare) > 2 else 1])
    keys.extend(key_of(kind, "figure", f"{c.low:g}", c.role) for c in sight.counts if c.exact and c.low >= 3)
    who = ",".join(sorted(sight.actors))
    if sight.dated and sight.first is not None:
        keys.append(key_of(kind, "day", sight.first, who))
        if sight.last is not None and sight.last != sight.first:
            keys.append(key_of(kind, "day", sight.last, who))
    if sight.published is not None:
        keys.append(key_of(kind, "issue", *sight.published.isocalendar()[:2], who, sight.s.mode))
    if sight.broke_up and sight.published is not None:  # told of both parties or of one, in few words
        days = sight.published.toordinal()
        weeks = {days // 7, (days + 3) // 7}  # so that reports three days apart meet across the end of a week
        keys.extend(
            key_of(kind, "broke up", week, one) for week in sorted(weeks) for one in sorted(sight.actors)
        )
    return file_under(keys, sight.anchor, sight.s.id)
