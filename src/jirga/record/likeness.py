"""How much two statements look like accounts of one thing: a sum of evidence, each part with its reason."""

from __future__ import annotations

from jirga.reading.types import Modality
from jirga.record.features import Count, Sight
from jirga.record.kinds import SPOKEN
from jirga.record.places import Lie, lie
from jirga.record.words import Weights, cue, likeness

__all__ = ["ENOUGH", "NEVER", "score"]

ENOUGH = 3.0
"""Evidence from which two statements are one thing; set on invented reports for few wrong links."""

SAME_CONTENT = 0.5  # likeness of contents from which two clauses of one sentence are one

WORDS = 3.8  # evidence in the same words
FAR = 45  # days between statements, one or both without a day of their own, that cannot be of one act
NEVER = -100.0
"""What rules a link out, whatever else agrees."""


def _broke_up(a: Sight, b: Sight) -> bool:
    """Whether both tell that talks of the same parties failed, in reports of the same days."""
    if a.family != "talks" or not (a.broke_up and b.broke_up) or a.published is None or b.published is None:
        return False
    if not (a.actors <= b.actors or b.actors <= a.actors):  # "the talks between A and B", "the talks with B"
        return False
    if not a.actors & b.actors and (a.where is None or a.where != b.where):
        return False
    return abs((a.published - b.published).days) <= 4


def score(a: Sight, b: Sight, weights: Weights) -> float:
    """Return the evidence that two statements speak of one thing.

    Parameters
    ----------
    a, b : Sight
    weights : Weights

    Returns
    -------
    float
        `ENOUGH` or more for one thing; `NEVER` where something rules it out (other days, the roles
        reversed, a threatened thing and a done one). Attribution plays no part: "they claim 58" and "58
        died" are one thing.
    """
    if a.family != b.family or _far(a, b) or _other_day(a, b) or _reversed(a, b) or _other_reality(a, b):
        return NEVER
    if _nested(a, b):
        return _same_clause(a, b, weights)
    figures, day, place, said = _figures(a.counts, b.counts), _day(a, b), _place(a, b), _said(a, b)
    if said and place <= -3.0:  # one phrase, used of two places
        said = 0.0
    rest = _kind(a, b) + _parties(a, b) + figures + day + place + said
    if a.s.report == b.s.report:  # one report seldom tells a thing twice
        rest -= 0.5
    if rest + WORDS < ENOUGH:  # the same words would not be enough
        return rest
    words = WORDS * likeness(a.told, b.told, weights)
    if not _anchored(a, b, max(words, figures, said), said, day):
        return min(words, ENOUGH - 1)
    return words + rest


def _nested(a: Sight, b: Sight) -> bool:
    return a.s.report == b.s.report and a.s.begin < b.s.end and b.s.begin < a.s.end


def _same_clause(a: Sight, b: Sight, weights: Weights) -> float:
    """Compare two clauses of one sentence: their words overlap because their spans do, and tell nothing."""
    if a.s.type is not b.s.type or not a.actors or a.actors != b.actors or b.recipients - a.recipients:
        return NEVER
    if a.s.content and b.s.content and likeness(a.content, b.content, weights) < SAME_CONTENT:
        return NEVER  # "asked it to open the road and to free the crew": two demands
    return ENOUGH


def _anchored(a: Sight, b: Sight, most: float, said: float, day: float) -> bool:
    """Ask for one thing in common that is not just the type and the parties of the conflict."""
    if a.family in SPOKEN and said < 1.0 and not _telling(a, b):
        return False  # "rejected both demands", "refused": what was refused is told elsewhere
    if most >= 1.0 or _broke_up(a, b):
        return True
    return day >= 1.0 and bool(a.doers & b.doers) and a.s.mode == b.s.mode


def _telling(a: Sight, b: Sight) -> bool:
    """Whether two statements share a word that says what they are about."""
    return any(word not in cue("bare") and word not in cue("common") for word in a.told & b.told)


def _kind(a: Sight, b: Sight) -> float:
    value = 0.5 if a.s.type is b.s.type else -0.3
    if a.broke_up != b.broke_up and a.family == "talks":
        return -2.0  # talks that were held, and talks that failed
    if _broke_up(a, b):
        return 2.5
    if a.denies or b.denies or a.blames or b.blames:  # has no mode of the deed
        return 0.5
    if a.s.mode and b.s.mode:
        value += 0.4 if a.s.mode == b.s.mode else -0.4 if a.family not in SPOKEN else 0.0
    if a.s.polarity is not b.s.polarity and a.s.type is b.s.type:
        value -= 0.5
    return value


def _parties(a: Sight, b: Sight) -> float:
    if a.family in ("truce", "talks"):  # one account names who brokered, another who agreed
        everyone = (a.actors | a.recipients, b.actors | b.recipients)
        return _who(*everyone, 0.9, -0.6)
    # "Gunmen" may be anybody's, and a deed is laid on whom it suits.
    other = -0.8 if a.vague or b.vague or a.blames or b.blames else -2.5
    if a.negative or b.negative:  # who denies a deed may have done it or borne it
        other = 0.0
    return _who(a.doers, b.doers, 0.7, other) + _who(a.undergone, b.undergone, 0.5, -0.5)


def _who(a: frozenset[str], b: frozenset[str], same: float, other: float) -> float:
    if not a or not b:
        return 0.0
    if a & b:
        return same if a == b else same / 2
    return other


def _reversed(a: Sight, b: Sight) -> bool:
    if not (a.doers and b.doers and a.undergone and b.undergone) or a.doers & b.doers:
        return False
    return bool(a.doers & b.undergone and b.doers & a.undergone)


def _figures(a: tuple[Count, ...], b: tuple[Count, ...]) -> float:
    if not a or not b:
        return 0.0
    value = 0.0
    for x in a:
        for y in b:
            if x.unit != y.unit and x.role != y.role:
                continue
            if x.unit != y.unit and "other" in (x.role, y.role):
                continue
            if x.exact and y.exact and x.low == y.low:
                value += (2.0 if x.low >= 10 else 1.0) * (1.0 if x.unit == y.unit else 0.5)
            elif x.unit == y.unit and not (x.exact and y.exact) and _near(x, y):
                value += 0.5  # "at least 40", "43"
            elif max(x.low, y.low) > min(x.high, y.high):
                near = min(x.high, y.high) >= 0.7 * max(x.low, y.low)  # tolls rise from report to report
                value -= 0.3 if near or x.unit != y.unit else 1.2
    return max(-1.5, min(value, 3.0))


def _near(x: Count, y: Count) -> bool:
    """Whether two figures, of which one is a range, may be one and are not far from each other."""
    low, high = sorted((x.low, y.low))
    return max(x.low, y.low) <= min(x.high, y.high) and low >= max(3.0, 0.6 * high)


def _far(a: Sight, b: Sight) -> bool:
    """Whether two statements belong to other months: a thing said again then is another act, if in the same words."""
    if a.anchor is None or b.anchor is None or (a.dated and b.dated):
        return False
    return abs((a.anchor - b.anchor).days) > FAR


def _other_day(a: Sight, b: Sight) -> bool:
    if a.long != b.long and (a.dated or b.dated or _figures(a.counts, b.counts) < 0):
        return True  # "since 2021" beside a day of this month, or beside the toll of one
    # Night attacks, time zones, "on Monday" of a report after midnight: a day apart may be one.
    return a.dated and b.dated and _gap(a, b) > 1


def _gap(a: Sight, b: Sight) -> int:
    """Return how many days apart two dated statements lie; zero or less when they may be of one day."""
    if a.first is None or a.last is None or b.first is None or b.last is None:
        return 0
    return max((a.first - b.last).days, (b.first - a.last).days)


def _length(a: Sight) -> int:
    return (a.last - a.first).days if a.first and a.last else 10**6


def _day(a: Sight, b: Sight) -> float:
    if a.dated and b.dated:
        if _gap(a, b) > 0:
            return -1.2
        return 1.0 if max(_length(a), _length(b)) <= 3 else 0.3
    if a.published and b.published and not (a.first or b.first):
        apart = abs((a.published - b.published).days)
        return 0.2 if apart <= 2 else (0.0 if apart <= 14 else -1.5)
    if a.dated != b.dated and not (a.first and b.first):
        dated, other = (a, b) if a.dated else (b, a)
        if dated.last and other.published and -1 <= (other.published - dated.last).days <= 3:
            return 0.3  # news of the day, in a report that does not tell which day
    return 0.0


def _place(a: Sight, b: Sight) -> float:
    where = lie(a.where, b.where)
    if (a.where is None or b.where is None) and a.places and b.places:
        return 0.3 if a.places & b.places else -3.0
    return _PLACES[where]


_PLACES = {Lie.SAME: 0.6, Lie.INSIDE: 0.3, Lie.OTHER: -4.0, Lie.APART: -4.0, Lie.UNKNOWN: 0.0}


def _other_reality(a: Sight, b: Sight) -> bool:
    """Tell apart a thing done and a thing foreseen, unless foreseeing it is the act."""
    if a.family in ("truce", "accord"):
        offered = (_offers(a), _offers(b))
        if offered[0] or offered[1]:  # an offer is made, whatever it foresees
            return offered[0] != offered[1]
    if a.family in SPOKEN:
        return False
    return (a.s.modality is Modality.ASSERTED) != (b.s.modality is Modality.ASSERTED)


def _offers(a: Sight) -> bool:
    """Whether it offers rather than agrees: "was ready to halt", "would halt if", not "agreed to halt if"."""
    if a.words & cue("offer"):
        return True
    return a.s.modality is Modality.CONDITIONAL and not a.words & cue("agreed")


def _said(a: Sight, b: Sight) -> float:
    """Count the same words in a row: a quotation, or copy."""
    if a.runs.isdisjoint(b.runs):
        return 0.0
    shared = len(a.runs & b.runs)
    return 3.0 if 2 * shared >= min(len(a.runs), len(b.runs)) else 1.0
