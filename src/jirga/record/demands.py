"""Demands, gathered into threads wherever and however often they are repeated: one demander, one addressee, one content."""

from __future__ import annotations

import itertools
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING

from jirga.reading.types import EventType, Polarity
from jirga.record.content import content_words
from jirga.record.features import Order, Sight
from jirga.record.gather import gather
from jirga.record.near import Edge, Filed, file_under, key_of
from jirga.record.words import Weights, cue, likeness, normal, plain_lemma

if TYPE_CHECKING:
    from jirga.record.answers import Reply

__all__ = [
    "REACH",
    "Ask",
    "Thread",
    "Wish",
    "asks_of",
    "demand_words",
    "edge",
    "filed",
    "speaks_of_demands",
    "threads",
    "wish",
]

SAME = 0.42  # likeness of contents from which two demands of one party are one thread
SAME_EVENT = 0.15  # the same when linking already took them for one act
_BEING_ASKED = ("asked about", "asked whether", "asked if", "when asked")  # the one who speaks is asked
KEYS = 10  # words of a demand, rarest first, under which it is filed
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


@dataclass(frozen=True, slots=True)
class Wish:
    """A statement that demands, or that refuses as long as a demand is not met: "we will not sign until ...".

    Attributes
    ----------
    sight : Sight
    asks : tuple of Ask
        What it demands of whom; empty for a refusal.
    condition : frozenset of str
        Words of what a refusal waits for; empty for a demand.
    """

    sight: Sight
    asks: tuple[Ask, ...]
    condition: frozenset[str] = frozenset()


@dataclass
class Thread:
    """A demand while its statements and answers are gathered.

    Attributes
    ----------
    demander : str
    addressee : str or None
    asked : list of Sight
        Those that demand, in their order, then refusals that wait for it.
    words : frozenset of str
        Content words of every wording.
    replies : list of Reply
    """

    demander: str
    addressee: str | None
    asked: list[Sight]
    words: frozenset[str]
    replies: list[Reply] = field(default_factory=list)

    @property
    def key(self) -> tuple[Order, str]:
        """What orders threads, and tells each from all others."""
        return self.asked[0].order, self.demander


def wish(sight: Sight, sides: Collection[str]) -> Wish | None:
    """Return what a statement wishes; None when it neither demands nor refuses on a condition."""
    if sight.s.type is EventType.REJECT and sight.s.condition is not None and sight.actors:
        words = content_words(sight.report, sight.s.condition, sight.s.terms) - cue("common") - cue("bare")
        return Wish(sight, (), words) if words else None
    asks = asks_of(sight, sides)
    return Wish(sight, asks) if asks else None


def filed(made: Wish, weights: Weights) -> Filed:
    """Return what a wish is filed under: who wishes, with each of its most telling words."""
    who = sorted({ask.demander for ask in made.asks} or made.sight.actors)
    words = made.asks[0].words if made.asks else made.condition
    rare = sorted(words, key=lambda w: (-weights.of(w), -len(w), w))[:KEYS]
    keys = (key_of("demand", party, word) for party in who for word in rare)
    return file_under(keys, made.sight.anchor, made.sight.s.id)


def edge(a: Wish, b: Wish, weights: Weights) -> float | None:
    """Return how alike two wishes are; None when they are two for certain, or hardly alike."""
    if a.asks and b.asks:
        return max(
            (v for one in a.asks for other in b.asks if (v := same_demand(one, other, weights)) is not None),
            default=None,
        )
    asked, waits = (a, b) if a.asks else (b, a)
    if not asked.asks or not any(ask.demander in waits.sight.actors for ask in asked.asks):
        return None
    alike = round(likeness(waits.condition, asked.sight.about, weights), 6)
    return alike if alike >= SAME else None


def demand_words(sight: Sight) -> frozenset[str]:
    """Return what a demand is about, in comparable words; empty when it points at one told elsewhere."""
    if not sight.content - cue("bare") - cue("common") and speaks_of_demands(sight):
        return frozenset()
    if sight.s.content is not None and _waits_for(
        sight
    ):  # what is offered in return is not what is asked for
        return content_words(sight.report, sight.s.content, sight.s.terms) - cue("bare")
    return sight.about if sight.about - cue("common") else frozenset()


def _waits_for(sight: Sight) -> bool:
    """Whether what is asked for is a condition of something else: "will leave if the others disarm"."""
    begin = sight.s.content[0] if sight.s.content else sight.s.begin
    before = sight.report.text[sight.s.begin : begin].lower().split()
    return any(word.strip("“\"',") in cue("condition") for word in before)


def speaks_of_demands(sight: Sight) -> bool:
    """Whether the content is "a demand of its own", "another condition": told, but not what it is."""
    words = (plain_lemma(w.strip("“”\"',.")) for w in sight.content_text.split())
    return any(w in cue("noun") or normal(w) == "demand" for w in words)


def _is_demand(sight: Sight) -> bool:
    """Tell whether a statement makes a demand, rather than asks a question or speaks of demands."""
    if sight.s.type is not EventType.REQUEST or sight.s.polarity is Polarity.NEGATIVE:
        return False
    words = sight.content_text.lower().split()
    if sight.s.quote.lower().startswith(_BEING_ASKED):
        return False
    if words and (
        words[0].strip("“\"'") in cue("question") or plain_lemma(words[-1].strip('”".,')) in cue("noun")
    ):
        return False
    if sight.content or sight.told - cue("common") - cue("bare"):  # more than the verb that asks
        return bool(demand_words(sight)) and not _asks_how(sight)
    return False


def _asks_how(sight: Sight) -> bool:
    """Whether the sentence asks a question before the clause: "asking how they could be expected to"."""
    begin = sight.s.content[0] if sight.s.content else sight.s.end
    words = [
        normal(plain_lemma(w.strip(",“"))) for w in sight.report.text[sight.s.sentence[0] : begin].split()
    ]
    return any(
        w in cue("question") and before in ("demand", "question", "wonder") for before, w in pairwise(words)
    )


def same_demand(a: Ask, b: Ask, weights: Weights) -> float | None:
    """Return how alike two demands of one party are; None when they are two for certain, or hardly alike."""
    if a.demander != b.demander or (a.addressee and b.addressee and a.addressee != b.addressee):
        return None
    if a.sight.places and b.sight.places and not a.sight.places & b.sight.places:
        return None  # "withdraw from A" is not "withdraw from B"
    alike = round(likeness(a.words, b.words, weights), 6)
    return alike if alike >= SAME_EVENT else None


def asks_of(sight: Sight, sides: Collection[str]) -> tuple[Ask, ...]:
    """Return what a statement demands of whom; nothing when it makes no demand."""
    if not _is_demand(sight):
        return ()
    words = demand_words(sight)
    return tuple(Ask(sight, demander, addressee, words) for demander, addressee in _whose(sight, sides))


def _whose(sight: Sight, sides: Collection[str]) -> list[tuple[str, str | None]]:
    """Return demander and addressee; several authors who demand of one another make a thread each."""
    actors = sorted(sight.actors)
    if not actors and len(sides) == 2 and not sight.recipients.isdisjoint(sides):
        actors = [side for side in sides if side not in sight.recipients]
    pairs: list[tuple[str, str | None]] = []
    for actor in actors:
        others = [r for r in sorted(sight.recipients) if r != actor and not r.startswith("place:")] or [
            a for a in actors if a != actor and len(actors) == 2
        ]
        sided = [r for r in others if r in sides]
        if not sided:  # "that Ostmark will ...": who is to act is asked
            joint = (
                actors if len(actors) > 2 else [actor]
            )  # "a truce that A, B and C proposed" is asked of none of them
            sided = [r for r in sight.named if r in sides and r not in joint]
        pairs.append((actor, next(iter(sided or others), None)))
    return pairs


def threads(
    wishes: Mapping[int, Wish], alike: Iterable[Edge], event: Mapping[str, object], weights: Weights
) -> list[Thread]:
    """Gather demands into threads.

    Parameters
    ----------
    wishes : mapping of int to Wish
        By the number of their statement.
    alike : iterable of Edge
        Pairs that are alike; see `edge`.
    event : mapping
        Statement id to the event that it tells.
    weights : Weights

    Returns
    -------
    list of Thread
        In the order in which they were first asked.

    Notes
    -----
    1. Two demands of one party are one when they are alike, or a little alike and told as one event; never demands made of
    two addressees. 2. A refusal whose condition is the demand asks once more.
    """
    ordered = sorted(wishes, key=lambda number: wishes[number].sight.order)
    asks = [(number, ask) for number in ordered for ask in wishes[number].asks]
    at: dict[int, list[int]] = defaultdict(list)
    for place, (number, _) in enumerate(asks):
        at[number].append(place)
    edges: list[tuple[float, int, int]] = []
    waits: dict[int, list[tuple[float, int]]] = defaultdict(list)
    for each in alike:
        one, other = wishes[each.one], wishes[each.other]
        if one.asks and other.asks:
            least = SAME_EVENT if event[one.sight.s.id] == event[other.sight.s.id] else SAME
            for i, j in itertools.product(at[each.one], at[each.other]):
                value = same_demand(asks[i][1], asks[j][1], weights)
                if value is not None and value >= least:
                    edges.append((value, min(i, j), max(i, j)))
        else:
            refusal, asked = (each.other, each.one) if one.asks else (each.one, each.other)
            waits[refusal].append((each.weight, asked))
    found, of = _gather([ask for _, ask in asks], edges)
    for refusal in sorted(waits, key=ordered.index):
        sight = wishes[refusal].sight
        near = [
            (-weight, found[of[i]].key, of[i])
            for weight, asked in waits[refusal]
            for i in at[asked]
            if asks[i][1].demander in sight.actors
        ]
        if near:
            found[min(near)[2]].asked.append(sight)
    return found


def _gather(
    asks: Sequence[Ask], edges: Iterable[tuple[float, int, int]]
) -> tuple[list[Thread], dict[int, int]]:
    """Make threads of demands along pairs that are alike; tell for each demand which thread it is of."""

    def may_join(first: Sequence[int], second: Sequence[int]) -> bool:
        told = {asks[i].addressee for several in (first, second) for i in several} - {None}
        return len(told) < 2

    found: list[Thread] = []
    of: dict[int, int] = {}
    for members in gather(len(asks), edges, (), may_join):
        told = [asks[i] for i in members]
        of.update(dict.fromkeys(members, len(found)))
        addressee = next((ask.addressee for ask in told if ask.addressee), None)
        words = frozenset[str]().union(*(ask.words for ask in told))
        found.append(Thread(told[0].demander, addressee, [ask.sight for ask in told], words))
    return found, of
