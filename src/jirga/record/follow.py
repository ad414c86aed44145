"""Which statement goes on about the deed of an earlier one in its report: "the raid killed only soldiers", "they denied it".

A report names place and day of a deed once. What it tells of it further on, who denies it and whom it is laid on are told
beside that, with words that point back. So such a statement belongs to the earlier one, and is seen with its day, its place and
its words, which another report tells it by.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace

from jirga.reading.types import EventType
from jirga.record.answers import MANY, REPLIES, points_back
from jirga.record.demands import speaks_of_demands
from jirga.record.features import Sight
from jirga.record.kinds import tells_offer
from jirga.record.places import Lie, lie
from jirga.record.words import cue, normal, plain_lemma
from jirga.reports.types import Span

__all__ = ["followed", "with_followers"]

BACK = 900  # characters before a statement in which the deed that it points back to is looked for
REACH = 3  # words after "the" that may be what it points at
DEFINITE = frozenset({"the", "this", "that", "these", "those"})
DAYS = frozenset({"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"})
_MARKS = "“”\"'‘’,.;:()"


def followed(sights: Sequence[Sight]) -> Iterator[tuple[int, int]]:
    """Yield pairs of an account of a deed and a later statement of the same report that points back to it.

    Parameters
    ----------
    sights : sequence of Sight
        Of one report, or of several.
    """
    reports: dict[str, list[int]] = defaultdict(list)
    for number, sight in enumerate(sights):
        reports[sight.s.report].append(number)
    for numbers in reports.values():
        numbers.sort(key=lambda n: sights[n].order)
        for at, number in enumerate(numbers):
            found = _antecedent(sights[number], [sights[n] for n in reversed(numbers[max(0, at - 12) : at])])
            if found is not None:
                yield numbers[at - 1 - found], number


def with_followers(sights: Sequence[Sight]) -> list[Sight]:
    """See each statement that points back to a deed with the day, the place and the words of that deed."""
    lent = list(sights)
    # Clauses of one sentence tell one deed.
    told: dict[tuple[str, Span], frozenset[str]] = defaultdict(frozenset)
    for sight in sights:
        if sight.family == "force":
            told[sight.s.report, sight.s.sentence] |= sight.told
    for one, other in followed(sights):
        deed, sight = lent[one], lent[other]
        timed = sight.dated or sight.first is not None
        lent[other] = replace(
            sight,
            family=deed.family,
            told=sight.told | deed.told | told[deed.s.report, deed.s.sentence],
            where=sight.where or deed.where,
            first=sight.first if timed else deed.first,
            last=sight.last if timed else deed.last,
        )
    return _with_objects(lent)


def _with_objects(sights: list[Sight]) -> list[Sight]:
    """See an answer to "that demand" with the words of the one demand or offer that it points back to."""
    last: dict[str, Sight] = {}
    for number in sorted(range(len(sights)), key=lambda n: sights[n].order):
        sight = sights[number]
        asked = last.get(sight.s.report)
        if sight.s.type is EventType.REQUEST or tells_offer(sight.s):
            last[sight.s.report] = sight
        elif asked is not None and _points_at(sight, asked):
            sights[number] = replace(sight, told=sight.told | asked.about)
    return sights


def _points_at(sight: Sight, asked: Sight) -> bool:
    if sight.s.type not in REPLIES or sight.denies or sight.s.begin - asked.s.end > BACK:
        return False
    if not sight.doers or sight.doers & asked.actors:
        return False
    if sight.told - cue("bare") - cue("common"):  # "accepted the demand to leave": has an object of its own
        return False
    if not asked.about - cue("common") - cue("bare") or not points_back(sight):
        return False
    said = {word.strip(_MARKS).lower() for word in sight.s.quote.split()}
    return not said & MANY and not cue("another") & said and not speaks_of_demands(asked)


def _antecedent(sight: Sight, before: Sequence[Sight]) -> int | None:
    """Return which of the statements before, nearest first, a statement points back to."""
    if not (sight.family == "force" and sight.s.type in _ACTS) and not sight.denies:
        return None
    pointed = _pointed_at(sight)
    if not pointed and not sight.denies:
        return None
    for place, deed in enumerate(before):
        if sight.s.begin - deed.s.end > BACK:
            break
        if deed.s.sentence == sight.s.sentence or deed.family != "force":
            continue
        if pointed & deed.words or (sight.denies and _answers(sight, deed, before)):
            return place if _fits(sight, deed) else None
    return None


_ACTS = frozenset({EventType.ASSAULT, EventType.REJECT, EventType.ACCUSE})


def _answers(sight: Sight, deed: Sight, before: Sequence[Sight]) -> bool:
    """Whether a denial answers what the sentence before tells: "denied it", or the denial of who has just been accused."""
    last = next(one for one in before if one.s.sentence != sight.s.sentence)
    if deed.s.sentence != last.s.sentence or not _pointed_at(sight) <= deed.told:
        return False  # "denied that it hit the hospital", after the news of a market
    if (
        sight.places
        and not sight.places & deed.places
        and (deed.where is None or deed.where.id not in sight.places)
    ):
        return False
    if not sight.content - cue("charge") - cue("bare") - cue("part_in") - cue("common"):
        return True
    return any(
        one.s.type is EventType.ACCUSE and one.s.sentence == deed.s.sentence and one.recipients & sight.actors
        for one in before
    )


def _pointed_at(sight: Sight) -> frozenset[str]:
    """Return the words of a statement that stand after "the" or a day: a thing or a deed told before."""
    said = [word.strip(_MARKS).lower() for word in sight.s.quote.split()]
    plain = [normal(plain_lemma(word)) for word in said]
    if cue("another").intersection(plain):
        return frozenset()
    found: set[str] = set()
    for at, word in enumerate(said):
        day = word.replace("’", "'").removesuffix("'s")
        if word in DEFINITE or (day in DAYS and day != word):
            for near in plain[at + 1 : at + 1 + REACH]:
                if near in cue("small"):
                    break
                found.add(near)
                if near in cue("deed"):
                    break
    return frozenset(found) & sight.words - (cue("common") - cue("deed") - cue("scene")) - cue("folk")


def _fits(sight: Sight, deed: Sight) -> bool:
    """Whether nothing that the two tell sets them apart."""
    if not (sight.negative or deed.negative) and not _fit_parties(sight, deed):
        return False
    if sight.s.modality is not deed.s.modality and not (sight.denies or sight.blames):
        return False
    if sight.dated and deed.dated and sight.first != deed.first:
        return False
    return lie(sight.where, deed.where) not in (Lie.APART, Lie.OTHER)


def _fit_parties(sight: Sight, deed: Sight) -> bool:
    if sight.doers & deed.undergone or deed.doers & sight.undergone:
        return False  # the other side's blow in one battle
    if sight.undergone and deed.undergone and not sight.undergone & deed.undergone:
        return False
    if sight.vague or deed.vague or sight.blames or not sight.doers or not deed.doers:
        return True
    return bool(sight.doers & deed.doers)
