"""Sentences that tell of division, or want of coordination, inside a party.

No event type of PLOVER stands for it, so a reader of events passes it over; it matters at a table, and outlets differ on
whom they tell it of. Such a sentence becomes a statement of its own: ACCUSE, since it finds fault, with mode ``division``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from hashlib import sha256

from jirga.reading.types import Attribution, EventType, Mention, Reading, Statement, Why
from jirga.record.parties import Joined
from jirga.record.words import cue, normal, plain_lemma

__all__ = ["DIVISION", "with_divisions"]

DIVISION = "division"
"""Mode of a statement that tells of division inside a party."""

_NAMED = frozenset({"Division", "Divisions", "Faction", "Split"})
REACH = 70  # characters between a word of division and the party that it is told of
_WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")


def with_divisions(readings: Sequence[Reading], joined: Joined) -> list[Reading]:
    """Add a statement for each sentence that tells of division inside a party.

    Parameters
    ----------
    readings : sequence of Reading
    joined : Joined

    Returns
    -------
    list of Reading
        The same readings, with statements in text order.
    """
    out: list[Reading] = []
    for reading in readings:
        found = list(_divisions(reading, joined))
        if found:
            every = sorted((*reading.statements, *found), key=lambda s: (s.begin, s.end))
            reading = replace(reading, statements=tuple(every))
        out.append(reading)
    return out


def _divisions(reading: Reading, joined: Joined) -> Iterator[Statement]:
    text = reading.report.text
    for begin, end in reading.sentences:
        words = [(m.start(), _plain(m.group())) for m in _WORD.finditer(text, begin, end)]
        cue_at = _cue(words)
        if cue_at is None:
            continue
        inside = [m for m in reading.mentions if begin <= m.begin and m.end <= end and m.kind != "place"]
        whose = _whose(text, words, cue_at, inside, joined)
        if whose is not None:
            yield _statement(reading, begin, end, cue_at, whose, words)


def _plain(word: str) -> str:
    """Return a word in one form; a Division with a capital is a part of an army or an office, and divides nobody."""
    return word if word in _NAMED else normal(plain_lemma(word))


def _cue(words: Sequence[tuple[int, str]]) -> int | None:
    """Return where a sentence speaks of division: a word for it, or a want of unity."""
    for i, (at, word) in enumerate(words):
        if word in cue("divided") and not (i and words[i - 1][1] in cue("unit")):
            return at
        if word in cue("unity") and any(w in cue("lack") for _, w in words[max(0, i - 4) : i]):
            return at
    return None


def _whose(
    text: str, words: Sequence[tuple[int, str]], cue_at: int, mentions: Sequence[Mention], joined: Joined
) -> Mention | None:
    """Return the party that is divided; None when it is a division between parties, or of something else.

    1. "factions of X", "X's two wings": X. 2. "within X", "inside X": X. 3. "X behaved ..., uncoordinated", "X is split":
    the subject before the word, when no "between" parts it from another party.
    """
    groups = [at for at, word in words if word in cue("faction")]
    for at in groups:
        after = [m for m in mentions if at < m.begin <= at + REACH and " of " in f" {text[at : m.begin]} "]
        before = [m for m in mentions if at - REACH // 2 <= m.end <= at]
        if after or before:
            return after[0] if after else before[-1]
    for at, word in words:
        if word in ("within", "inside") and abs(at - cue_at) <= 2 * REACH:
            near = [m for m in mentions if at < m.begin <= at + REACH // 2]
            if near:
                return near[0]
    between = [at for at, word in words if word == "between" and at > cue_at - REACH]
    if between and len({joined.party(m.id) for m in mentions}) > 1:
        return None
    for at, word in words:
        near = [m for m in mentions if word in ("in", "among") and cue_at < at < m.begin <= at + REACH // 3]
        if near:
            return near[0]
    before = [m for m in mentions if m.end <= cue_at]
    return before[0] if before and len({joined.party(m.id) for m in before}) == 1 else None


def _statement(
    reading: Reading, begin: int, end: int, cue_at: int, whose: Mention, words: Sequence[tuple[int, str]]
) -> Statement:
    report = reading.report
    quote = report.text[begin:end]
    key = "\x1f".join((report.id, str(begin), str(end), EventType.ACCUSE.value, DIVISION, whose.id))
    return Statement(
        id=sha256(key.encode()).hexdigest()[:16],
        report=report.name,
        begin=begin,
        end=end,
        quote=quote,
        type=EventType.ACCUSE,
        mode=DIVISION,
        recipients=(whose,),
        attribution=tuple(_chain(reading.attributions, cue_at)),
        terms=tuple(word for _, word in words if word not in cue("small")),
        sentence=(begin, end),
        why=(
            Why("type", cue_at, cue_at + len(quote[cue_at - begin :].split()[0]), "division inside a party"),
        ),
    )


def _chain(attributions: Sequence[Attribution], at: int) -> list[Attribution]:
    covering = [a for a in attributions if a.content_span[0] <= at < a.content_span[1]]
    return sorted(covering, key=lambda a: (a.content_span[0] - a.content_span[1], a.level))
