"""Who demands what of whom: demands gathered into threads, wherever and however often they are repeated."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from zlib import crc32

from jirga.reading.types import EventType, Polarity
from jirga.record.answers import Reply, answer, state_of
from jirga.record.features import Sight, content_words
from jirga.record.gather import gather
from jirga.record.linking import make_id
from jirga.record.near import Filed, Shelves, candidates, key_of, place_of
from jirga.record.types import Position
from jirga.record.words import Weights, cue, likeness, normal, plain_lemma

__all__ = ["Thread", "find_positions", "threads"]

SAME = 0.42  # likeness of contents from which two demands of one party are one thread
SAME_EVENT = 0.15  # the same when linking already took them for one act
KEYS = 10  # words of a demand, rarest first, under which its thread is filed
WIDEST = 80  # characters by which the words of a demand are widened to the left at most
REACH = 16  # neighbours on each side under one word that a demand is compared with


@dataclass(frozen=True, slots=True)
class Ask:
    """One demand of one party, as a statement makes it.

    Attributes
    ----------
    sight : Sight
    demander : str
    addressee : str or None
    words : frozenset of str
        What it is about; see `demand_words`.
    """

    sight: Sight
    demander: str
    addressee: str | None
    words: frozenset[str]


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
    asks = [ask for sight in sights for ask in asks_of(sight, sides)]
    edges = [
        (alike, one, other)
        for one, others in candidates([filed(ask, weights) for ask in asks], REACH)
        for other in others
        if (alike := same_demand(asks[one], asks[other], weights)) is not None
        and (alike >= SAME or event.get(asks[one].sight.s.id) == event.get(asks[other].sight.s.id, -1))
    ]
    return gather_asks(asks, edges)


def asks_of(sight: Sight, sides: Collection[str]) -> list[Ask]:
    """Return what a statement demands of whom; nothing when it makes no demand."""
    if not is_demand(sight):
        return []
    words = demand_words(sight)
    return [Ask(sight, demander, addressee, words) for demander, addressee in _whose(sight, sides)]


def filed(ask: Ask, weights: Weights) -> Filed:
    """Return what a demand is filed under: its demander with each of its most telling words."""
    rare = sorted(ask.words, key=lambda w: (-weights.of(w), -len(w), w))[:KEYS]
    keys = tuple(key_of(ask.demander, word) for word in rare)
    return Filed(keys, ask.sight.anchor, crc32(ask.sight.s.id.encode()))


def same_demand(a: Ask, b: Ask, weights: Weights) -> float | None:
    """Return how alike two demands of one party are; None when they are two for certain, or hardly alike."""
    if a.demander != b.demander or (a.addressee and b.addressee and a.addressee != b.addressee):
        return None
    if a.sight.places and b.sight.places and not a.sight.places & b.sight.places:
        return None  # "withdraw from A" is not "withdraw from B"
    alike = round(likeness(a.words, b.words, weights), 6)
    return alike if alike >= SAME_EVENT else None


def gather_asks(asks: Sequence[Ask], edges: Iterable[tuple[float, int, int]]) -> list[Thread]:
    """Make threads of demands, in order, along pairs that are alike; never of two addressees."""

    def may_join(first: Sequence[int], second: Sequence[int]) -> bool:
        told = {asks[i].addressee for several in (first, second) for i in several} - {None}
        return len(told) < 2

    found: list[Thread] = []
    for number, members in enumerate(gather(len(asks), edges, (), may_join)):
        told = [asks[i] for i in members]
        addressee = next((ask.addressee for ask in told if ask.addressee), None)
        words = set[str]().union(*(ask.words for ask in told))
        found.append(Thread(number, told[0].demander, addressee, [ask.sight for ask in told], words))
    return found


def _repeat(found: Sequence[Thread], sights: Sequence[Sight], weights: Weights) -> None:
    """Add a refusal whose condition is the demand: "we will not sign until ..." asks once more."""
    asked = [(thread, sight) for thread in found for sight in thread.asked]
    shelves = Shelves(
        [
            Filed(
                tuple(key_of(thread.demander, word) for word in sight.about - cue("common")),
                sight.anchor,
                crc32(sight.s.id.encode()),
            )
            for thread, sight in asked
        ]
    )
    for sight in sights:
        if sight.s.type is not EventType.REJECT or sight.s.condition is None:
            continue
        words = content_words(sight.report, sight.s.condition, sight.s.terms) - cue("common") - cue("bare")
        spread = crc32(sight.s.id.encode())
        keys = [key_of(actor, word) for actor in sorted(sight.actors) for word in sorted(words)]
        near = {n for key in keys for n in shelves.around(key, place_of(key, sight.anchor, spread), REACH)}
        alike = [(likeness(words, asked[n][1].about, weights), -n) for n in near]
        best, at = max(alike, default=(0.0, 0))
        thread = asked[-at][0] if alike else None
        if thread is not None and best >= SAME and sight not in thread.asked:
            thread.asked.append(sight)


def _whose(sight: Sight, sides: Collection[str]) -> list[tuple[str, str | None]]:
    """Return demander and addressee; several authors who demand of one another make a thread each."""
    actors = sorted(sight.actors)
    if not actors and len(sides) == 2 and not sight.recipients.isdisjoint(sides):
        actors = [side for side in sides if side not in sight.recipients]
    pairs: list[tuple[str, str | None]] = []
    for actor in actors:
        others = [r for r in sorted(sight.recipients) if r != actor] or [a for a in actors if a != actor]
        sided = [r for r in others if r in sides]
        if not sided:  # "that Ostmark will ...": who is to act is asked
            sided = [r for r in sight.named if r in sides and r != actor]
        pairs.append((actor, next(iter(sided or others), None)))
    return pairs


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
    if between.rstrip().endswith(" that"):  # "that ... lift the blockade and that ...": whole as it stands
        return begin, end
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
