"""Who demands what of whom: demands gathered into threads, wherever and however often they are repeated."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from jirga.reading.types import EventType, Polarity
from jirga.record.answers import Reply, answer, state_of
from jirga.record.features import Sight, content_words
from jirga.record.linking import make_id
from jirga.record.types import Position
from jirga.record.words import Weights, cue, likeness, normal, plain_lemma

__all__ = ["Thread", "find_positions", "threads"]

SAME = 0.42  # likeness of contents from which two demands of one party are one thread
SAME_EVENT = 0.15  # the same when linking already took them for one act
KEYS = 8  # words of a demand, rarest first, under which its thread is filed
WIDEST = 80  # characters by which the words of a demand are widened to the left at most
SHELF = 48  # threads kept under one word


@dataclass
class Thread:
    """A demand while its statements and answers are gathered.

    Attributes
    ----------
    number : int
    demander : str
    addressee : str or None
    asked : list of Sight
        In order of publication and text.
    words : set of str
        Content words of every wording.
    replies : list of Reply
    """

    number: int
    demander: str
    addressee: str | None
    asked: list[Sight] = field(default_factory=list)
    words: set[str] = field(default_factory=set)
    replies: list[Reply] = field(default_factory=list)


def find_positions(
    sights: Sequence[Sight], groups: Sequence[Sequence[Sight]], weights: Weights, sides: Sequence[str]
) -> tuple[Position, ...]:
    """Find every demand with its answers.

    Parameters
    ----------
    sights : sequence of Sight
        All statements in order.
    groups : sequence of sequence of Sight
        What linking took for one thing.
    weights : Weights
    sides : sequence of str
        Party ids of the sides of the conflict: with two of them, a demand without an author on one is the
        other's.

    Returns
    -------
    tuple of Position
        In the order in which they were first asked.
    """
    found = threads(sights, groups, weights, sides)
    vague = [
        s for s in sights if s.s.type is EventType.REQUEST and _speaks_of_demands(s) and not demand_words(s)
    ]
    _repeat(found, sights, weights)
    answer(found, sights, weights, vague, sides)
    return tuple(_position(thread) for thread in found)


def demand_words(sight: Sight) -> frozenset[str]:
    """Return what a demand is about, in comparable words; empty when it points at one told elsewhere."""
    if not sight.content - cue("bare") - cue("common") and _speaks_of_demands(sight):
        return frozenset()
    return sight.about if sight.about - cue("common") else frozenset()


def _speaks_of_demands(sight: Sight) -> bool:
    """Whether the content is "a demand of its own", "another condition": told, but not what it is."""
    words = (plain_lemma(w.strip("“”\"',.")) for w in sight.content_text.split())
    return any(w in cue("noun") or normal(w) == "demand" for w in words)


def is_demand(sight: Sight) -> bool:
    """Tell whether a statement makes a demand, rather than asks a question or speaks of demands."""
    if sight.s.type is not EventType.REQUEST or sight.s.polarity is Polarity.NEGATIVE:
        return False
    words = sight.content_text.lower().split()
    if words and (
        words[0].strip("“\"'") in cue("question") or plain_lemma(words[-1].strip('”".,')) in cue("noun")
    ):
        return False
    return bool(demand_words(sight)) and not _asks_how(sight)


def _asks_how(sight: Sight) -> bool:
    """Whether the sentence asks a question before the clause: "asking how they could be expected to"."""
    begin = sight.s.content[0] if sight.s.content else sight.s.end
    words = [
        normal(plain_lemma(w.strip(",“"))) for w in sight.report.text[sight.s.sentence[0] : begin].split()
    ]
    return any(
        w in cue("question") and before in ("demand", "question", "wonder") for before, w in pairwise(words)
    )


def threads(
    sights: Sequence[Sight], groups: Sequence[Sequence[Sight]], weights: Weights, sides: Sequence[str]
) -> list[Thread]:
    """Gather demands into threads: one demander, one addressee, one content."""
    event = {sight.s.id: number for number, group in enumerate(groups) for sight in group}
    found: list[Thread] = []
    shelves: dict[tuple[str, str], list[int]] = defaultdict(list)
    for sight in sights:
        if not is_demand(sight):
            continue
        for demander, addressee in _whose(sight, sides):
            thread = _same(sight, demander, addressee, found, shelves, weights, event)
            if thread is None:
                thread = Thread(len(found), demander, addressee)
                found.append(thread)
            thread.addressee = thread.addressee or addressee
            thread.asked.append(sight)
            thread.words |= demand_words(sight)
            for word in _rarest(sight, weights):
                shelf = shelves[demander, word]
                if thread.number not in shelf:
                    shelf.append(thread.number)
                    del shelf[:-SHELF]
    return found


def _repeat(found: Sequence[Thread], sights: Sequence[Sight], weights: Weights) -> None:
    """Add a refusal whose condition is the demand: "we will not sign until ..." asks once more."""
    for sight in sights:
        if sight.s.type is not EventType.REJECT or sight.s.condition is None:
            continue
        begin, end = sight.s.condition
        words = content_words(sight.report, (begin, end), sight.s.terms) - cue("common") - cue("bare")
        for thread in found:
            if thread.demander in sight.actors and words & thread.words:
                alike = max(likeness(words, asked.about, weights) for asked in thread.asked[:8])
                if alike >= SAME and sight not in thread.asked:
                    thread.asked.append(sight)
                    break


def _whose(sight: Sight, sides: Sequence[str]) -> list[tuple[str, str | None]]:
    """Return demander and addressee; several authors who demand of one another make a thread each."""
    actors = sorted(sight.actors)
    if not actors and sight.recipients and len(sides) == 2:
        actors = [side for side in sides if side not in sight.recipients][:1]
    pairs: list[tuple[str, str | None]] = []
    for actor in actors:
        others = [r for r in sorted(sight.recipients) if r != actor] or [a for a in actors if a != actor]
        sided = [r for r in others if r in sides]
        if not sided:  # "that Ostmark will ...": who is to act is asked
            sided = [r for r in sight.named if r in sides and r != actor]
        pairs.append((actor, next(iter(sided or others), None)))
    return pairs


def _rarest(sight: Sight, weights: Weights) -> list[str]:
    return sorted(demand_words(sight), key=lambda w: (-weights.of(w), w))[:KEYS]


def _same(
    sight: Sight,
    demander: str,
    addressee: str | None,
    found: Sequence[Thread],
    shelves: dict[tuple[str, str], list[int]],
    weights: Weights,
    event: dict[str, int],
) -> Thread | None:
    hits = Counter(n for word in _rarest(sight, weights) for n in shelves.get((demander, word), ()))
    best, most = None, 0.0
    for number, _ in sorted(hits.items(), key=lambda item: (-item[1], item[0]))[:12]:
        thread = found[number]
        if addressee and thread.addressee and addressee != thread.addressee:
            continue
        last = thread.asked[-1]
        if sight.places and last.places and not sight.places & last.places:
            continue  # "withdraw from A" is not "withdraw from B"
        alike = max(
            likeness(demand_words(sight), demand_words(other), weights) for other in thread.asked[-6:]
        )
        linked = any(event.get(o.s.id) == event.get(sight.s.id) for o in thread.asked)
        if alike >= (SAME_EVENT if linked else SAME) and alike > most:
            best, most = thread, alike
    return best


def _position(thread: Thread) -> Position:
    asked = _lead_first(thread.asked)
    lead = asked[0]
    begin, end = _demand_span(lead)
    modes = Counter(sight.s.mode for sight in asked if sight.s.mode)
    statements = tuple(dict.fromkeys(sight.s.id for sight in asked))
    return Position(
        id=make_id("position", (thread.demander, thread.addressee or "", *statements)),
        demander=thread.demander,
        addressee=thread.addressee,
        demand=lead.report.text[begin:end],
        mode=min(modes, key=lambda m: (-modes[m], m)) if modes else None,
        statements=statements,
        answers=tuple(reply.made for reply in thread.replies),
        state=state_of(thread.replies),
        origins=tuple(sorted({sight.origin for sight in asked})),
    )


def _demand_span(sight: Sight) -> tuple[int, int]:
    """Return the words of the demand: the content, widened to the word that asks when telling words lie between."""
    s = sight.s
    if s.content is None:
        return s.begin, s.end
    begin, end = s.content
    asks = max((w.end for w in s.why if w.aspect == "type" and w.end <= begin), default=begin)
    if not sight.content - cue("bare") - cue("common") and asks < s.end:  # the content was cut short
        begin, end = asks, max(end, s.end)
        return begin + _blank(sight.report.text[begin:end]), end
    between = sight.report.text[asks:begin]
    lemmas = {normal(plain_lemma(w.strip("“”\"',."))) for w in between.split()}
    telling = lemmas & sight.words - cue("bare") - cue("common") - cue("small")
    if telling and len(between) < WIDEST:
        begin = asks + _blank(between)
    text = sight.report.text
    if begin and text[begin - 1] in "“«" and any(mark in text[begin:end] for mark in "”»"):
        begin -= 1  # a quotation that ends inside begins inside
    return begin, end


def _blank(text: str) -> int:
    return len(text) - len(text.lstrip(" \n\t,:;"))


def _lead_first(asked: Sequence[Sight]) -> list[Sight]:
    """Put the first wording that says what is asked for in front; the rest stays as it was first asked."""
    lead = next((sight for sight in asked if sight.s.content), asked[0])
    return [lead, *(sight for sight in asked if sight is not lead)]
