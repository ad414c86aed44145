"""What became of a demand: each answer with its kind, linked by its words or by its place in the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING
from zlib import crc32

from jirga.reading.types import EventType, Modality, Polarity
from jirga.record.features import Sight
from jirga.record.kinds import about_talks, tells_offer
from jirga.record.near import Filed, Shelves, key_of, place_of
from jirga.record.roles import FACES, facing, opponents
from jirga.record.tally import Counted
from jirga.record.types import Answer, AnswerKind
from jirga.record.words import Weights, cue, likeness, normal

if TYPE_CHECKING:
    from jirga.record.positions import Thread

__all__ = ["Reply", "answer", "opponents_of", "state_of"]

SHARED = 0.22  # likeness of an answer's words to a demand's from which it answers that demand
FULL = 0.45  # likeness from which a promise meets the demand; below, it meets it in part
NEAR = 1500  # characters before an answer in which "this" or "both demands" looks for the demand
REACH = 8  # demands on each side in time that a word of an answer leads to
MEET = 24  # demands that an answer is compared with, those sharing most words
REPLIES = frozenset({EventType.AGREE, EventType.REJECT, EventType.CONCEDE})
DEMANDS = frozenset({"demand", "condition", "proposal"})
MANY = frozenset(
    {"both", "all", "demands", "conditions", "proposals", "requests", "terms", "these", "those", "any"}
)
POINTERS = frozenset(
    {"this", "that", "it", "these", "those", "they", "both", "neither", "all", "none", "which"}
)
YES = frozenset({AnswerKind.ACCEPTS, AnswerKind.CONCEDES})
NO = frozenset({AnswerKind.REFUSES, AnswerKind.REVERSES})


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and the statement that gives it."""

    sight: Sight
    made: Answer


def answer(
    threads: Sequence[Thread],
    sights: Sequence[Sight],
    weights: Weights,
    vague: Sequence[Sight] = (),
    sides: Sequence[str] = (),
) -> None:
    """Link each answer to the demands that it answers, and tell its kind.

    Parameters
    ----------
    threads : sequence of Thread
        Their ``replies`` are filled.
    sights : sequence of Sight
    weights : Weights
    vague : sequence of Sight
        Demands told without their content ("another demand"); an answer may point back to one of them.
    sides : sequence of str
        Party ids of the sides. Only an opponent of the demander among them answers a demand made of nobody.

    Notes
    -----
    1. An answer with an object of its own goes to the demand on its author whose words it shares. 2. One
    without ("This, too, was not accepted", "Both demands were rejected") goes to the nearest demand before
    it in the same report, or to the two nearest, or to all; such links are marked as inferred. 3. A refusal
    that follows the same author's acceptance in one report is a reversal. 4. Nobody answers its own side's
    demand, and what a mediator offers is no answer; an answer that points back past such an offer answers it.
    """
    opponents = opponents_of(sights, sides)
    fighting = frozenset(sides)
    asks = _Asks(threads)
    in_report: dict[str, list[tuple[int, Thread | None]]] = defaultdict(list)
    of: dict[str, list[Thread]] = defaultdict(list)
    for thread in threads:
        of[thread.demander].append(thread)
        for sight in thread.asked:
            in_report[sight.s.report].append((sight.s.begin, thread))
    for sight in vague:
        own = [t for actor in sorted(sight.actors) for t in of[actor]]
        in_report[sight.s.report].append((sight.s.begin, own[0] if len(own) == 1 else None))
    for sight in sights:
        if sides and sight.s.type is EventType.AGREE and sight.actors and not sight.actors & fighting:
            in_report[sight.s.report].append((sight.s.begin, None))  # a mediator's offer
    asking: dict[str, list[tuple[int, int]]] = defaultdict(list)
    for sight in sights:
        if sight.s.type is EventType.REQUEST:
            asking[sight.s.report].append(
                (sight.s.begin, max(sight.s.end, sight.s.content[1] if sight.s.content else 0))
            )
    for sight in sights:
        if sight.s.type not in REPLIES or _about_talks(sight):
            continue
        if any(b <= sight.s.begin and sight.s.end <= e for b, e in asking[sight.s.report]):
            continue  # "asked it to accept": what is asked for, not an answer
        linked = _by_words(sight, asks, weights, opponents)
        inferred = not linked
        if inferred and _points_back(sight):
            linked = [(thread, 1.0) for thread in _before(sight, in_report[sight.s.report], opponents)]
        for thread, alike in linked:
            thread.replies.append(Reply(sight, _made(sight, thread, alike, inferred)))
    for thread in threads:
        thread.replies[:] = _with_reversals(thread.replies)


def _about_talks(sight: Sight) -> bool:
    """Tell whether an answer is none: talks that ended, an agreement that was not reached."""
    if sight.s.mode == "meet" and not sight.content - cue("talks") - cue("bare"):
        return True
    return (
        sight.s.type is EventType.REJECT
        and about_talks(sight.words)
        and not (sight.s.content is None and set(_said(sight)[:2]) & POINTERS)
    )


def _object(sight: Sight) -> frozenset[str]:
    return sight.about - cue("reverse")


def opponents_of(sights: Sequence[Sight], sides: Sequence[str]) -> Mapping[str, frozenset[str]]:
    """Return for each party the sides that stand against it: one demands of, refuses, threatens or fights the other.

    Parameters
    ----------
    sights : sequence of Sight
    sides : sequence of str
        Party ids; with two of them, each is the other's opponent.
    """
    pairs = Counter(pair for s in sights for pair in facing(s.s.type, s.actors, s.recipients))
    tallies = Counted([Counter({(FACES, one, other): n for (one, other), n in pairs.items()})])
    return {party: opponents(party, tallies, sides) for party in {*tallies.ones(FACES), *sides}}


def _may_answer(sight: Sight, thread: Thread, opponents: Mapping[str, frozenset[str]]) -> bool:
    """Whether the author of an answer may be the one the demand was made of, or the one who takes it back."""
    day = sight.last if sight.dated else sight.published
    if day is not None and all(_later(asked, day) for asked in thread.asked):
        return False
    if (
        sight.recipients
        and thread.demander not in sight.recipients
        and thread.addressee not in sight.recipients
    ):
        return False
    if not sight.actors:
        return True
    if thread.addressee is None:
        if thread.demander in sight.actors:
            return _takes_back(sight)
        return bool(sight.actors & opponents.get(thread.demander, frozenset()))
    return thread.addressee in sight.actors or (thread.demander in sight.actors and _takes_back(sight))


def _later(asked: Sight, day: date) -> bool:
    """Whether a demand was made after a day: what was said before does not answer it.

    A demand without a day of its own may be some days older than the report that tells it.
    """
    if asked.dated and asked.first is not None:
        return asked.first > day
    return asked.published is not None and asked.published - day > timedelta(days=5)


def _takes_back(sight: Sight) -> bool:
    """Whether a demander drops its demand: "dropped its demand", not "agreed to withdraw its troops"."""
    terms = {normal(t) for t in sight.s.terms}
    drops = bool(terms & cue("withdraw_demand"))
    if sight.s.type is EventType.CONCEDE:
        return drops or bool(terms & DEMANDS)
    return drops and bool(terms & DEMANDS)


class _Asks:
    """Demands by their words and by who may answer them."""

    def __init__(self, threads: Sequence[Thread]) -> None:
        self.asked = [(thread, sight) for thread in threads for sight in thread.asked]
        self.shelves = Shelves([_filed(thread, sight) for thread, sight in self.asked])

    def near(self, sight: Sight, words: Iterable[str]) -> list[tuple[Thread, Sight]]:
        """Return demands that an answer with these words may belong to, of about its time."""
        spread = crc32(sight.s.id.encode())
        who = [*sorted(sight.actors), ""] if sight.actors else ["any"]
        hits: Counter[int] = Counter()
        for word in sorted(words):
            for party in who:
                key = key_of("answer", word, party)
                hits.update(self.shelves.around(key, place_of(key, sight.anchor, spread), REACH))
        best = sorted(hits.items(), key=lambda item: (-item[1], item[0]))[:MEET]
        return [self.asked[number] for number, _ in best]


def _filed(thread: Thread, sight: Sight) -> Filed:
    """Return what a demand is looked up by: words with its addressee, with who made it, and with anybody."""
    words = sorted(sight.about | _bare_words(thread, sight))
    who = (thread.addressee or "", thread.demander, "any")
    keys = tuple(key_of("answer", word, party) for word in words for party in who)
    return Filed(keys, sight.anchor, crc32(sight.s.id.encode()))


def _bare_words(thread: Thread, sight: Sight) -> frozenset[str]:
    """Return the words of the whole thread for its first demand, so that each of them leads to the thread."""
    return frozenset(thread.words) if sight is thread.asked[0] else frozenset()


def _by_words(
    sight: Sight, asks: _Asks, weights: Weights, opponents: Mapping[str, frozenset[str]]
) -> list[tuple[Thread, float]]:
    words = _object(sight)
    if not words:
        return []
    scored: dict[int, tuple[Thread, float]] = {}
    for thread, asked in asks.near(sight, words):
        if not words & thread.words - cue("common") or not _may_answer(sight, thread, opponents):
            continue
        if sight.places and asked.places and not sight.places & asked.places:
            continue  # a refusal to leave A answers no demand to leave B
        alike = likeness(words, asked.about, weights)
        if alike > scored.get(thread.number, (thread, -1.0))[1]:
            scored[thread.number] = (thread, alike)
    best = max((alike for _, alike in scored.values()), default=0.0)
    found = [(thread, alike) for thread, alike in scored.values() if alike >= max(SHARED, 0.8 * best)]
    return sorted(found, key=lambda item: (-item[1], item[0].number))


def _points_back(sight: Sight) -> bool:
    """Whether an answer names no object of its own: "this", "both demands", or nothing at all."""
    if {t.lower() for t in sight.s.terms} & {"demand", "proposal", "condition", "request"}:
        return True
    if sight.s.content is not None:
        return not sight.content - cue("bare") - cue("talks")  # "its position", "that condition"
    if sight.words & cue("reverse"):
        return True
    if not _object(sight) - cue("talks") - cue("common"):
        return True
    return bool(set(_said(sight)[:3]) & POINTERS)


def _said(sight: Sight) -> list[str]:
    return [word.strip("“”\"'’,.;:") for word in sight.s.quote.lower().split()]


def _before(
    sight: Sight, asked: Iterable[tuple[int, Thread | None]], opponents: Mapping[str, frozenset[str]]
) -> list[Thread]:
    """Return the demands that an answer without an object points back to, nearest first."""
    within = NEAR if not sight.content else len(sight.report.text)
    near: dict[int, Thread] = {}
    for begin, thread in sorted(asked, key=lambda item: -item[0]):
        if begin < sight.s.begin and thread is None and not near:
            return []  # the nearest demand is told without its content, and nothing tells which it is
        if thread is None:
            continue
        if (
            begin < sight.s.begin
            and sight.s.begin - begin <= within
            and _may_answer(sight, thread, opponents)
        ):
            near.setdefault(thread.number, thread)
    said = set(_said(sight))
    found = list(near.values())
    if said & {"both", "neither"}:
        return found[:2]
    return found if said & MANY else found[:1]


def _made(sight: Sight, thread: Thread, alike: float, inferred: bool) -> Answer:
    by = next((p for p in (thread.addressee, thread.demander) if p in sight.actors), None)
    if by is None:
        by = min(sight.actors, default=None)
    return Answer(kind=_kind(sight, thread, alike), by=by, statements=(sight.s.id,), inferred=inferred)


def _kind(sight: Sight, thread: Thread, alike: float) -> AnswerKind:
    s = sight.s
    words = {normal(t) for t in s.terms}
    if thread.demander in sight.actors and thread.addressee not in sight.actors:
        return AnswerKind.WITHDRAWS
    negative = s.polarity is Polarity.NEGATIVE
    if s.type is EventType.REJECT:
        return AnswerKind.EVADES if negative else _no(words)
    if words & cue("reverse"):
        return AnswerKind.REVERSES
    if negative:
        return AnswerKind.REFUSES
    if s.condition is not None or s.modality is Modality.CONDITIONAL:
        return AnswerKind.CONDITIONS
    if s.type is EventType.CONCEDE or alike < FULL or tells_offer(s):
        return AnswerKind.CONCEDES
    return AnswerKind.ACCEPTS


def _no(words: set[str]) -> AnswerKind:
    return AnswerKind.REVERSES if words & cue("reverse") else AnswerKind.REFUSES


def _with_reversals(replies: Sequence[Reply]) -> list[Reply]:
    """Turn a refusal after the same author's acceptance in one report into a reversal."""
    ordered = sorted(replies, key=lambda r: r.sight.order)
    agreed: set[tuple[str, str | None]] = set()
    out: list[Reply] = []
    for reply in ordered:
        key = (reply.sight.s.report, reply.made.by)
        if reply.made.kind in YES:
            agreed.add(key)
        elif reply.made.kind is AnswerKind.REFUSES and key in agreed:
            reply = replace(reply, made=replace(reply.made, kind=AnswerKind.REVERSES))
        out.append(reply)
    return out


def state_of(replies: Sequence[Reply]) -> str:
    """Tell how a demand stands after its answers.

    Returns
    -------
    str
        ``open``, ``refused``, ``accepted``, ``conditional``, ``withdrawn``; ``contested`` when reports of
        the same days tell the last answer differently.
    """
    last: dict[str, Reply] = {}
    for reply in sorted(replies, key=lambda r: r.sight.order):
        if reply.made.kind is not AnswerKind.EVADES:
            last[reply.sight.origin] = reply
    if not last:
        return "open"
    latest = max(last.values(), key=lambda r: r.sight.order)
    senses = {_sense(r.made.kind) for r in last.values() if _same_days(r.sight, latest.sight)}
    return "contested" if {"accepted", "refused"} <= senses else _sense(latest.made.kind)


def _sense(kind: AnswerKind) -> str:
    if kind in YES:
        return "accepted"
    if kind in NO:
        return "refused"
    return "conditional" if kind is AnswerKind.CONDITIONS else "withdrawn"


def _same_days(a: Sight, b: Sight) -> bool:
    if a.published is None or b.published is None:
        return True
    return abs((a.published - b.published).days) <= 3
