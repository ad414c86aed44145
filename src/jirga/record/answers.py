"""What became of a demand: each answer with its kind, linked by its words or by its place in the text."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jirga.reading.types import EventType, Modality, Polarity
from jirga.record.demands import Ask, Thread, asks_of, demand_words, speaks_of_demands
from jirga.record.features import Sight
from jirga.record.kinds import about_talks, tells_offer
from jirga.record.near import Filed, file_under, key_of
from jirga.record.roles import FACES, facing, opponents
from jirga.record.tally import Counted
from jirga.record.types import Answer, AnswerKind
from jirga.record.words import Weights, cue, likeness, normal, plain_lemma, says

__all__ = [
    "REACH", "Link", "Opponents", "Reply", "Voice", "answers_to", "edge", "filed", "opponents_of", "points_back",
    "reply_to", "told_in", "voice",
]  # fmt: skip

SHARED = 0.22  # likeness of an answer's words to a demand's from which it answers that demand
FULL = 0.45  # likeness from which a promise meets the demand; below, it meets it in part
NEAR = 1500  # characters before an answer in which "this" or "both demands" looks for the demand
KEYS = 12  # words of a demand or an answer, rarest first, under which it is filed
REACH = 12  # neighbours on each side under one word that an answer is compared with
REPLIES = frozenset({EventType.AGREE, EventType.REJECT, EventType.CONCEDE})
DEMANDS = frozenset({"demand", "condition", "proposal"})
MANY = frozenset(
    {"both", "all", "demands", "conditions", "proposals", "requests", "terms", "these", "those", "any"}
)
POINTERS = frozenset(
    {"this", "that", "it", "these", "those", "they", "both", "neither", "all", "none", "which"}
)


Opponents = Callable[[str], frozenset[str]]
"""From a party to the sides that stand against it."""


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer and the statement that gives it."""

    sight: Sight
    made: Answer


@dataclass(frozen=True, slots=True)
class Voice:
    """A statement that demands or answers.

    Attributes
    ----------
    sight : Sight
    asks : tuple of Ask
        What it demands; empty for an answer.
    words : frozenset of str
        What a demand is about; the object of an answer, empty when it names none.
    """

    sight: Sight
    asks: tuple[Ask, ...]
    words: frozenset[str]


@dataclass(frozen=True, slots=True)
class Link:
    """An answer's link to a demand: how alike they are, and whether its place in the text alone tells it."""

    thread: Thread
    alike: float
    inferred: bool


def voice(sight: Sight, sides: Collection[str]) -> Voice | None:
    """Return what a statement demands or answers; None when it does neither."""
    if sight.s.type in REPLIES:
        # "asked it to accept": what is asked for, not an answer
        return (
            None
            if sight.asked_for or sight.denies or _about_talks(sight)
            else Voice(sight, (), _object(sight))
        )
    asks = asks_of(sight, sides)
    return Voice(sight, asks, asks[0].words or sight.about) if asks else None


def filed(made: Voice, weights: Weights) -> Filed:
    """Return what a voice is filed under: its most telling words with who may answer, and who does."""
    sight = made.sight
    if made.asks:
        who = {"any"}.union(*((ask.demander, ask.addressee or "") for ask in made.asks))
    else:
        who = {*sight.actors, ""} if sight.actors else {"any"}
    words = sorted(made.words - cue("common"), key=lambda w: (-weights.of(w), -len(w), w))[:KEYS]
    keys = (key_of("answer", word, party) for word in words for party in sorted(who))
    return file_under(keys, sight.anchor, sight.s.id)


def edge(a: Voice, b: Voice, weights: Weights) -> float | None:
    """Return how alike a demand and an answer are; None for two of a kind, and where they are hardly alike."""
    if bool(a.asks) == bool(b.asks):
        return None
    if a.sight.places and b.sight.places and not a.sight.places & b.sight.places:
        return None  # a refusal to leave A answers no demand to leave B
    asked, reply = (a, b) if a.asks else (b, a)
    alike = round(likeness(reply.words, asked.words, weights), 6)
    return alike if alike >= SHARED else None


def answers_to(
    reply: Voice,
    near: Iterable[tuple[Thread, float]],
    told: Callable[[], Iterable[tuple[int, Thread | None]]],
    opponents: Opponents,
) -> list[Link]:
    """Link an answer to the demands that it answers.

    Parameters
    ----------
    reply : Voice
    near : iterable of (Thread, float)
        Threads with a demand that it is alike to, and how alike.
    told : callable
        Gives what is demanded in its report; see `told_in`.
    opponents : callable
        Only an opponent of the demander answers a demand made of nobody.

    Returns
    -------
    list of Link

    Notes
    -----
    1. An answer with an object of its own goes to the demand on its author whose words it shares. 2. One
    without ("This, too, was not accepted", "Both demands were rejected") goes to the nearest demand before
    it in the same report, or to the two nearest, or to all; such links are marked as inferred. 3. Nobody answers its own
    side's demand, and what a mediator offers is no answer; an answer that points back past such an offer answers it.
    """
    scored: dict[object, tuple[float, Thread]] = {}
    for thread, alike in near:
        if reply.words & thread.words - cue("common") and _may_answer(reply.sight, thread, opponents):
            scored[thread.key] = max(
                scored.get(thread.key, (alike, thread)), (alike, thread), key=lambda one: one[0]
            )
    best = max((alike for alike, _ in scored.values()), default=0.0)
    found = [Link(thread, alike, inferred=False) for alike, thread in scored.values() if alike >= 0.8 * best]
    if not found and points_back(reply.sight):
        found = [Link(thread, 1.0, inferred=True) for thread in _before(reply.sight, told(), opponents)]
    return (
        sorted(found, key=lambda link: (-link.alike, link.thread.key))
        if found and not found[0].inferred
        else found
    )


def told_in(
    sights: Sequence[Sight], of: Mapping[str, Sequence[Thread]], sides: Collection[str]
) -> list[tuple[int, Thread | None]]:
    """Return where a report demands what.

    Parameters
    ----------
    sights : sequence of Sight
        The statements of the report.
    of : mapping
        Statement id to the threads that it asks for.
    sides : collection of str
        Party ids.

    Returns
    -------
    list of (int, Thread or None)
        Where each demand begins. None for a demand told without its content ("another demand") unless its author
        makes but one in this report, and for what a mediator offers.
    """
    found: list[tuple[int, Thread | None]] = []
    mine: dict[str, dict[object, Thread]] = defaultdict(dict)
    for sight in sights:
        for thread in of.get(sight.s.id, ()):
            found.append((sight.s.begin, thread))
            mine[thread.demander][thread.key] = thread
    for sight in sights:
        if sight.s.type is EventType.REQUEST and speaks_of_demands(sight) and not demand_words(sight):
            own = [thread for actor in sorted(sight.actors) for thread in mine[actor].values()]
            found.append((sight.s.begin, own[0] if len(own) == 1 else None))
        elif sides and sight.s.type is EventType.AGREE and sight.actors and sight.actors.isdisjoint(sides):
            found.append((sight.s.begin, None))
    return found


def reply_to(sight: Sight, link: Link) -> Reply:
    """Return an answer as its demand keeps it."""
    return Reply(sight, _made(sight, link.thread, link.alike, link.inferred))


def _about_talks(sight: Sight) -> bool:
    """Tell whether an answer is none: talks that ended, an agreement that was not reached."""
    if sight.broke_up and sight.s.type is EventType.AGREE:
        return True
    if sight.s.mode == "meet" and not sight.content - cue("talks") - cue("bare"):
        return True
    return (
        sight.s.type is EventType.REJECT
        and about_talks(sight.words)
        and not (sight.s.content is None and set(_said(sight)[:2]) & POINTERS)
    )


def _object(sight: Sight) -> frozenset[str]:
    return (sight.about | _thing(sight)) - cue("reverse")


def _thing(sight: Sight) -> frozenset[str]:
    """Return the noun that the content tells more of: “authority” in “agree to its authority to initiate attacks”."""
    if sight.s.content is None:
        return frozenset()
    before = sight.report.text[sight.s.begin : sight.s.content[0]].split()
    if before[-1:] == ["to"]:
        before.pop()
    noun = normal(plain_lemma(before[-1].strip("“”\"',"))) if before else ""
    return frozenset({noun}) & cue("thing_to")


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


def _may_answer(sight: Sight, thread: Thread, opponents: Opponents) -> bool:
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
        return bool(sight.actors & opponents(thread.demander))
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
    drops = bool(terms & (cue("withdraw_demand") | cue("soften")))
    if sight.s.type is EventType.CONCEDE:
        return drops or bool(terms & DEMANDS)
    return drops and bool(terms & DEMANDS)


def points_back(sight: Sight) -> bool:
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


def _before(sight: Sight, asked: Iterable[tuple[int, Thread | None]], opponents: Opponents) -> list[Thread]:
    """Return the demands that an answer without an object points back to, nearest first."""
    within = NEAR if not sight.content else len(sight.report.text)
    near: dict[object, Thread] = {}
    for begin, thread in sorted(asked, key=lambda item: -item[0]):
        if begin < sight.s.begin and thread is None and not near:
            return []  # the nearest demand is told without its content, and nothing tells which it is
        if thread is None:
            continue
        if begin < sight.s.begin and not near and _of_a_third(sight, thread, opponents):
            return [thread]  # "Both sides agreed to the proposal": the mediator's, told last
        if (
            begin < sight.s.begin
            and sight.s.begin - begin <= within
            and _may_answer(sight, thread, opponents)
        ):
            near.setdefault(thread.key, thread)
    said = set(_said(sight))
    found = list(near.values())
    if said & {"both", "neither"}:
        return found[:2]
    return found if said & MANY else found[:1]


def _of_a_third(sight: Sight, thread: Thread, opponents: Opponents) -> bool:
    """Whether a demand was made by somebody who stands against nobody, and the answer is of others."""
    if thread.addressee is not None and thread.addressee not in sight.actors:
        return False
    return bool(sight.actors) and thread.demander not in sight.actors and not opponents(thread.demander)


def _made(sight: Sight, thread: Thread, alike: float, inferred: bool) -> Answer:
    by = next((p for p in (thread.addressee, thread.demander) if p in sight.actors), None)
    if by is None:
        by = min(sight.actors, default=None)
    return Answer(kind=_kind(sight, thread, alike), by=by, statements=(sight.s.id,), inferred=inferred)


def _kind(sight: Sight, thread: Thread, alike: float) -> AnswerKind:
    s = sight.s
    words = {normal(t) for t in s.terms}
    if thread.demander in sight.actors and thread.addressee not in sight.actors:
        return (
            AnswerKind.SOFTENS if words & cue("soften") or says(s.quote, "soften") else AnswerKind.WITHDRAWS
        )
    negative = s.polarity is Polarity.NEGATIVE
    if s.type is EventType.REJECT:
        if negative or _speaks_not(sight):
            return AnswerKind.EVADES
        before = sight.report.text[s.sentence[0] : s.begin]  # "reversed its position and refused to"
        turned = words & cue("reverse") or says(before, "reverse")
        return AnswerKind.REVERSES if turned else AnswerKind.REFUSES
    if words & cue("reverse"):
        return AnswerKind.REVERSES
    if negative:
        return AnswerKind.REFUSES
    if s.condition is not None or s.modality is Modality.CONDITIONAL:
        return AnswerKind.CONDITIONS
    if s.type is EventType.CONCEDE or alike < FULL or tells_offer(s):
        return AnswerKind.CONCEDES
    return AnswerKind.ACCEPTS


def _speaks_not(sight: Sight) -> bool:
    """Whether it refuses no more than to speak: "declined to say whether"."""
    first = next((w for w in sight.content_text.lower().split() if w.strip("“\"'") != "to"), "")
    return plain_lemma(first.strip("“”\"',.")) in cue("comment")
