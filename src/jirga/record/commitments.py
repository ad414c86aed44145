"""What the sides bound themselves to, and reported breaches of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence

from jirga.reading.types import EventType, Modality, Polarity
from jirga.record.features import Sight
from jirga.record.kinds import tells_offer
from jirga.record.linking import make_id
from jirga.record.types import Breach, Commitment
from jirga.record.words import cue

__all__ = ["find_commitments"]

_BROKEN = re.compile(
    r"\b(?:breaks?|broke|broken|breaking)\b(?! (?:up|down|out|off|away|through|into|in|ground|even|free|ranks|camp)\b)",
    re.IGNORECASE,
)


def find_commitments(
    groups: Sequence[Sequence[Sight]], sights: Sequence[Sight], sides: Sequence[str]
) -> tuple[Commitment, ...]:
    """Find promises, assurances and agreed terms, with reported breaches.

    Parameters
    ----------
    groups : sequence of sequence of Sight
        What linking took for one thing.
    sights : sequence of Sight
    sides : sequence of str
        Party ids of the sides of the conflict.

    Returns
    -------
    tuple of Commitment
        In the order in which they were told. A breach needs words for it ("violated the ceasefire");
        fighting after a ceasefire is left for people to judge.
    """
    broken = [s for s in sights if _breaks(s) and s.s.polarity is Polarity.POSITIVE and not _denied(s)]
    fighting = frozenset(sides)
    by_word: dict[str, list[Sight]] = defaultdict(list)
    for sight in broken:
        for word in sight.words:
            by_word[word].append(sight)
    found: list[Commitment] = []
    for group in groups:
        bound = [s for s in group if _binds(s)]
        by = sorted(frozenset[str]().union(*(_bound(s, fighting) for s in bound)) & fighting)
        if not bound or not by:
            continue
        lead = next((s for s in bound if s.s.content), bound[0])
        begin, end = lead.s.content or (lead.s.begin, lead.s.end)
        statements = tuple(dict.fromkeys([lead.s.id, *(s.s.id for s in bound)]))
        found.append(
            Commitment(
                id=make_id("commitment", statements),
                by=tuple(by),
                words=lead.report.text[begin:end],
                statements=statements,
                breaches=_breaches(bound, by, by_word),
                offer=all(tells_offer(s.s) for s in bound),
            )
        )
    return tuple(found)


def _binds(sight: Sight) -> bool:
    s = sight.s
    if s.polarity is Polarity.NEGATIVE or s.modality in (Modality.CONDITIONAL, Modality.HYPOTHETICAL):
        return False
    if sight.family == "truce":  # a retreat binds nobody, a ceasefire does
        return s.type is not EventType.RETREAT or s.mode == "ceasefire" or "ceasefire" in sight.words
    telling = sight.content - cue("bare") - cue("talks") - cue("common")
    return s.type is EventType.AGREE and s.content is not None and bool(telling)


def _bound(sight: Sight, sides: frozenset[str]) -> frozenset[str]:
    """Return who is bound: the authors, and in a ceasefire the sides that it is agreed with."""
    if sight.family != "truce":
        return sight.actors
    parties = (sight.actors | sight.recipients) & sides
    return parties or sight.actors


def _breaches(
    bound: Sequence[Sight], by: Sequence[str], broken: Mapping[str, Sequence[Sight]]
) -> tuple[Breach, ...]:
    truce = any(s.family == "truce" for s in bound)
    first = min(s.order for s in bound)
    ids = {s.s.id for s in bound}
    about = _about(bound)
    near = {s.order: s for word in (("ceasefire",) if truce else about) for s in broken.get(word, ())}
    breaches: list[Breach] = []
    for _, sight in sorted(near.items()):
        named = truce or len(sight.words & about) >= min(2, len(about)) > 0
        if not named or sight.s.id in ids or (sight.order < first and not sight.dated):
            continue
        blamed = sight.recipients if sight.s.type is EventType.ACCUSE else sight.actors
        who = sorted(blamed & set(by))
        if who or not blamed:
            breaches.append(Breach(who[0] if who else None, (sight.s.id,)))
    return tuple(breaches)


def _breaks(sight: Sight) -> bool:
    """Whether its words tell a breach; talks that break up, or fighting that breaks out, break nothing that was agreed."""
    told = sight.words & cue("breach")
    return bool(told - {"break"}) or (bool(told) and _BROKEN.search(sight.s.quote) is not None)


def _denied(sight: Sight) -> bool:
    """Whether the clause says no somewhere: "cannot break", "did not violate"."""
    words = sight.s.quote.lower().replace("“", "").replace("”", "").split()
    return any(w in ("not", "cannot", "never", "no") or w.endswith(("n't", "n’t")) for w in words)


def _about(bound: Sequence[Sight]) -> frozenset[str]:
    words = frozenset[str]().union(*(s.content for s in bound))
    return words - cue("bare") - cue("common") | {"guarantee"} & words
