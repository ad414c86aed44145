"""What the sides threaten, and what they are told to be doing now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from jirga.reading.types import EventType, Modality, Polarity
from jirga.record.features import Sight
from jirga.record.gather import gather
from jirga.record.linking import make_id
from jirga.record.near import Filed, file_under, key_of, neighbours
from jirga.record.types import Threat
from jirga.record.words import Weights, cue, likeness, normal

__all__ = ["find_threats"]

KEYS = 10  # words of a threat under which it is filed
REACH = 12  # neighbours on each side under one word that a threat is compared with
SAME = 0.5  # likeness from which two threats of one party, told as two events, are one threat made again
LEADING = frozenset({"", "will", "would", "shall", "it", "they", "that", "then", "is", "are", "of", "to"})
SHORT = 8  # characters that a deed has at least before its condition
_IF = re.compile(r"\s+(?:if|unless|until)\s")
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
    fighting = frozenset(sides)
    acts: list[list[Sight]] = []
    for group in groups:
        chosen = [s for s in group if _is_threat(s) or (_is_running(s) and s.actors & fighting)]
        chosen = [
            s for s in chosen if _words(s) - cue("bare") - cue("warning")
        ]  # "a warning" says of what elsewhere
        if chosen and any(s.actors for s in chosen):
            acts.append(chosen)
    filed = [_filed(act, weights) for act in acts]
    again = (
        (one, other) for one, other, _ in neighbours(filed, REACH) if _again(acts[one], acts[other], weights)
    )
    bundles = [[s for i in members for s in acts[i]] for members in gather(len(acts), (), again)]
    return tuple(_threat(bundle, sides) for bundle in bundles)


def _filed(act: Sequence[Sight], weights: Weights) -> Filed:
    """Return what a threat is filed under: who makes it, with each of its most telling words."""
    words = frozenset[str]().union(*map(_words, act))
    rare = sorted(words, key=lambda w: (-weights.of(w), -len(w), w))[:KEYS]
    keys = (key_of(_maker(act), _is_threat(act[0]), word) for word in rare)
    return file_under(keys, act[0].anchor, act[0].s.id)


def _deed(sight: Sight) -> tuple[int, int]:
    """Return what is threatened: the content, or the clause, without its condition, author and auxiliary."""
    text, s = sight.report.text, sight.s
    begin, end = s.content or (s.begin, s.end)
    if s.condition is not None:
        if s.condition[0] - begin < 4 and begin < s.condition[1] < end:
            begin = s.condition[1]
        elif begin + SHORT < s.condition[0] < end:
            end = s.condition[0]
    tail = _IF.search(text, begin + SHORT, end)
    end = tail.start() if tail else end
    while begin < end:
        word = text[begin:end].split(maxsplit=1)
        if not word:
            break
        start = text.index(word[0], begin)
        named = [last for first, last in sight.own if first <= start < last]
        if named:
            begin = named[0]
        elif word[0].strip(",;:“”\"'").lower() in LEADING:
            begin = start + len(word[0])
        else:
            cut = text[start:end].rstrip(" ,;:")
            return start, start + len(cut)
    return s.content or (s.begin, s.end)


def _condition(sight: Sight) -> str:
    """Return the words of the condition: the reader's, or what follows "if" in the content."""
    text, s = sight.report.text, sight.s
    if s.condition is not None:
        return text[s.condition[0] : s.condition[1]]
    begin, end = s.content or (s.begin, s.end)
    tail = _IF.search(text, begin, end)
    return text[tail.start() : end].strip(" ,;.") if tail else ""


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
    begin, end = _deed(lead)
    against = next((r for s in told for r in sorted(s.recipients) if r != by and r in sides), None)
    if against is None:  # "go to war with Ostmark"
        against = next((n for s in told if s.s.content for n in s.named if n != by and n in sides), None)
    if against is None:  # "will march on Karst if the army moves": who can meet the condition
        against = next((n for s in told for n in s.depends_on if n != by and n in sides), None)
    if against is None and len(sides) == 2 and by in sides:
        against = next(side for side in sides if side != by)
    condition = next((c for c in map(_condition, told) if c), "")
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
