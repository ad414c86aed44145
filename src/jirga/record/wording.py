"""One quotation in several wordings: printed in other words, cut elsewhere, or told in reported speech."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from jirga.record.features import Sight
from jirga.record.kinds import SPOKEN
from jirga.record.words import Steady, cue, likeness, normal, plain_lemma

__all__ = ["wordings"]

RUN = 5  # words in a row that two printings of one quotation share
REPORTED = 4  # the same of a quotation and what tells it in reported speech: "he would solve it very quickly"
OTHER_WORDS = 0.5  # likeness from which two quotations of one speaker are one in two translations
FEW = 24  # printed quotations that are compared word by word

_Valued = list[tuple[str, Sight]]


def wordings(group: Sequence[Sight]) -> tuple[_Valued, bool]:
    """Return the wordings of one quotation that the accounts of an event print.

    Parameters
    ----------
    group : sequence of Sight
        Accounts of one event.

    Returns
    -------
    list of (str, Sight)
        Each wording with who prints it; empty where there is but one.
    bool
        Whether they are cuts of one wording, or that and its reported speech: none gainsays another.
    """
    quoted = [(quote, sight) for sight in group for quote in sight.quotations]
    printed, reported = _alike(quoted), _reported(group, quoted)
    if reported and not printed:
        runs = {run for words, _ in reported for run in _runs(words, REPORTED)}
        printed = [(quote, sight) for quote, sight in quoted if not runs.isdisjoint(_runs(quote, REPORTED))]
    letters = [_letters(value) for value, _ in printed]
    shortest = min(letters, key=len, default="")
    cuts = all(shortest in one for one in letters)
    if reported and cuts and printed:
        value = min(printed, key=lambda one: (len(one[0]), one[0]))[0]
        printed = [(value, sight) for _, sight in printed]
    told = [*printed, *reported]
    if len({sight.s.report for _, sight in told}) < 2 or len({_letters(value) for value, _ in told}) < 2:
        return [], False
    return told, cuts


def _alike(quoted: _Valued) -> _Valued:
    """Return one quotation of each account that another account prints as well, in these or other words."""
    holders: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for quote, sight in quoted:
        for run in _runs(quote, RUN):
            holders[run].add(sight.s.id)
    found: dict[str, tuple[str, Sight]] = {}
    rest: list[tuple[str, Sight, frozenset[str]]] = []
    for quote, sight in quoted:
        if any(len(holders[run]) > 1 for run in _runs(quote, RUN)):
            found.setdefault(sight.s.id, (quote, sight))
        elif len(rest) < FEW:
            rest.append((quote, sight, _content(quote)))
    weights = Steady()
    for at, (quote, sight, words) in enumerate(rest):
        for other, second, others in rest[:at]:
            same = sight.actors & second.actors and sight.s.report != second.s.report
            if same and len(words & others) > 1 and likeness(words, others, weights) >= OTHER_WORDS:
                found.setdefault(second.s.id, (other, second))
                found.setdefault(sight.s.id, (quote, sight))
    return list(found.values())


def _reported(group: Sequence[Sight], quoted: _Valued) -> _Valued:
    """Return what tells a printed quotation of the same speaker in reported speech."""
    if not group or group[0].family not in SPOKEN:  # what a source tells of others' deeds is another thing
        return []
    speakers: dict[tuple[str, ...], set[str]] = defaultdict(set)
    for quote, sight in quoted:
        for run in _runs(quote, REPORTED):
            speakers[run] |= sight.actors
    whole = [letters for quote, _ in quoted if len((letters := _letters(quote)).split()) >= REPORTED]
    return [
        (sight.s.quote, sight)
        for sight in group
        if not sight.quotations
        and any(speakers[run] & sight.actors for run in _runs(sight.s.quote, REPORTED))
        and not any(letters in _letters(sight.s.quote) for letters in whole)  # the same words without marks
    ]


def _runs(quotation: str, length: int) -> set[tuple[str, ...]]:
    words = _letters(quotation).split()
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _content(quotation: str) -> frozenset[str]:
    words = (normal(plain_lemma(word)) for word in _letters(quotation).split() if word not in cue("small"))
    return frozenset(words)


def _letters(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.lower()).split())
