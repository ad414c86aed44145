"""What the sides threaten, and what they are told to be doing now."""

from __future__ import annotations

from collections.abc import Sequence

from jirga.reading.types import EventType, Modality, Polarity
from jirga.record.features import Sight
from jirga.record.linking import make_id
from jirga.record.types import Threat
from jirga.record.words import Weights, cue, likeness, normal

__all__ = ["find_threats"]

SAME = 0.5  # likeness from which two threats of one party, told as two events, are one threat made again
ACTS = frozenset(
    {EventType.ASSAULT, EventType.COERCE, EventType.SANCTION, EventType.MOBILIZE, EventType.PROTEST}
)


def find_threats(
    groups: Sequence[Sequence[Sight]], weights: Weights, sides: Sequence[str]
) -> tuple[Threat, ...]:
    """Find threatened and running actions.

    Parameters
    ----------
    groups : sequence of sequence of Sight
        What linking took for one thing.
    weights : Weights
    sides : sequence of str
        Party ids of the sides: only theirs count as running actions, and with two of them the other is
        threatened.

    Returns
    -------
    tuple of Threat
        In the order in which they were first told; a threat made again is one.
    """
    bundles: list[list[Sight]] = []
    for group in groups:
        chosen = [s for s in group if _is_threat(s) or (_is_running(s) and s.actors & set(sides))]
        chosen = [
            s for s in chosen if _words(s) - cue("bare") - cue("warning")
        ]  # "a warning" says of what elsewhere
        if not chosen or not any(s.actors for s in chosen):
            continue
        for bundle in bundles:
            if _again(chosen, bundle, weights):
                bundle.extend(chosen)
                break
        else:
            bundles.append(chosen)
    return tuple(_threat(bundle, sides) for bundle in bundles)


def _without_condition(sight: Sight) -> tuple[int, int]:
    """Return the clause without its leading condition, author and auxiliary: what is threatened."""
    text, s = sight.report.text, sight.s
    begin = s.begin
    if s.condition is not None and s.condition[0] - s.begin < 4 and s.condition[1] < s.end:
        begin = s.condition[1]
    for actor in s.actors:
        if begin <= actor.begin <= begin + 4 and actor.end < s.end:
            begin = actor.end
    while begin < s.end:
        word = text[begin : s.end].split(maxsplit=1)[0:1]
        start = text.index(word[0], begin) if word else s.end
        if not word or word[0].strip(",;:“”\"'").lower() not in {"", "will", "would", "shall", "it", "they"}:
            return (start, s.end) if word else (s.begin, s.end)
        begin = start + len(word[0])
    return s.begin, s.end


def _is_threat(sight: Sight) -> bool:
    return sight.s.type is EventType.THREATEN and sight.s.polarity is Polarity.POSITIVE


def _is_running(sight: Sight) -> bool:
    s = sight.s
    if s.type not in ACTS or s.polarity is Polarity.NEGATIVE or s.modality is not Modality.ASSERTED:
        return False
    return bool({normal(t) for t in s.terms} & cue("running"))


def _again(chosen: Sequence[Sight], bundle: Sequence[Sight], weights: Weights) -> bool:
    mine, theirs = _maker(chosen), _maker(bundle)
    if mine != theirs or _is_threat(chosen[0]) != _is_threat(bundle[0]):
        return False
    return any(likeness(_words(a), _words(b), weights) >= SAME for a in chosen for b in bundle)


def _maker(sights: Sequence[Sight]) -> str:
    return min(next(s.actors for s in sights if s.actors))


def _words(sight: Sight) -> frozenset[str]:
    return sight.content or sight.words


def _threat(sights: Sequence[Sight], sides: Sequence[str]) -> Threat:
    by = _maker(sights)
    told = sorted(sights, key=lambda s: (s.s.content is None, s.order))
    lead = told[0]
    begin, end = lead.s.content or _without_condition(lead)
    against = next((r for s in told for r in sorted(s.recipients) if r != by and r in sides), None)
    if against is None and len(sides) == 2 and by in sides:
        against = next(side for side in sides if side != by)
    condition = next((s.report.text[s.s.condition[0] : s.s.condition[1]] for s in told if s.s.condition), "")
    statements = tuple(dict.fromkeys([lead.s.id, *(s.s.id for s in sorted(sights, key=lambda s: s.order))]))
    return Threat(
        id=make_id("threat", statements),
        by=by,
        against=against,
        words=lead.report.text[begin:end],
        statements=statements,
        running=any(_is_running(s) for s in sights),
        condition=condition,
    )
