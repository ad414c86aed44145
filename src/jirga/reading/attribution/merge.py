"""Which candidates stay, and which stands inside which."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from jirga.reading.attribution.candidates import Candidate
from jirga.reports.types import Span

__all__ = ["merge"]

_AUTHOR = frozenset(["you", "me", "us"])


def merge(text: str, candidates: Iterable[Candidate]) -> list[Candidate]:
    """Drop rivals and the reader who is spoken to; set each candidate's level.

    1. Of two candidates with overlapping cues the stronger stays.
    2. "You" and "me" are nobody who is reported; "I" and "we" are, as columnists and witnesses tell of themselves.
    3. A candidate whose cue lies in another's content or source is one level below it.

    Returns
    -------
    list of Candidate
        In text order.
    """
    best: list[Candidate] = []
    for one in sorted(candidates, key=lambda c: (c.cue[0][0], -c.weight)):
        if _author(text, one):
            continue
        if best and best[-1].cue[0][1] > one.cue[0][0]:
            if one.weight > best[-1].weight:
                best[-1] = one
            continue
        best.append(one)
    best = _break_cycles(best)
    _levels(best)
    return best


def _author(text: str, one: Candidate) -> bool:
    return bool(one.source) and text[one.source[0][0] : one.source[-1][1]].lower() in _AUTHOR


def _inside(place: int, parts: Sequence[Span]) -> bool:
    return any(begin <= place < end for begin, end in parts)


def _break_cycles(ordered: list[Candidate]) -> list[Candidate]:
    """Settle neighbours that each stand in the other's content.

    A reporting clause at the end ("..., he said, officials added") ends the other's content; else the weaker is dropped.
    """
    kept: list[Candidate] = []
    for one in ordered:
        clash = next(
            (o for o in kept[-6:] if _inside(one.cue[0][0], o.content) and _inside(o.cue[0][0], one.content)),
            None,
        )
        if clash is None:
            kept.append(one)
        elif one.inserted and (shorter := _before(clash.content, min(one.source[:1] + one.cue)[0])):
            clash.content = shorter
            kept.append(one)
        elif one.weight > clash.weight:
            kept[kept.index(clash)] = one
    return kept


def _before(parts: Sequence[Span], place: int) -> tuple[Span, ...]:
    """Return the parts up to a place, without the comma before it."""
    return tuple((b, min(e, place - 2)) for b, e in parts if b < place - 2)


def _levels(ordered: Sequence[Candidate]) -> None:
    """Count the contents and sources around each cue by one sweep over the text."""
    events: list[tuple[int, int, Candidate]] = []
    for one in ordered:
        events.extend((begin, 1, one) for begin, _ in one.content)
        events.extend((end, 0, one) for _, end in one.content)
        events.append((one.cue[0][0], 2, one))
    around: dict[int, int] = {}
    for _, what, one in sorted(events, key=lambda e: (e[0], e[1])):
        if what == 1:
            around[id(one)] = around.get(id(one), 0) + 1
        elif what == 0:
            around[id(one)] -= 1
            if not around[id(one)]:
                del around[id(one)]
        else:
            one.level = len(around) - (id(one) in around)
