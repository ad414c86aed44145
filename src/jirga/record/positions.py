"""Who demands what of whom, and what became of it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from jirga.record.answers import (
    Link,
    Opponents,
    Voice,
    answers_to,
    reply_to,
    told_in,
    voice,
)
from jirga.record.demands import Thread, threads, wish
from jirga.record.features import Sight
from jirga.record.linking import make_id
from jirga.record.near import Edge
from jirga.record.outcome import Given, day_told, state_of, with_reversals
from jirga.record.types import Answer, Position
from jirga.record.words import Weights, cue, normal, plain_lemma

__all__ = ["by_statement", "day_of", "find_threads", "given", "ident_of", "linked", "make_position"]

WIDEST = 80  # characters by which the words of a demand are widened to the left at most


def find_threads(
    sights: Sequence[Sight],
    event: Mapping[str, object],
    demands: Iterable[Edge],
    answers: Iterable[Edge],
    weights: Weights,
    sides: Collection[str],
    opponents: Opponents,
) -> list[Thread]:
    """Find every demand with its answers.

    Parameters
    ----------
    sights : sequence of Sight
        All statements in order.
    event : mapping
        Statement id to the event that it tells.
    demands, answers : iterable of Edge
        Statements that are alike as demands, and as demand and answer; by their place in ``sights``.
    weights : Weights
    sides : collection of str
        Party ids of the sides of the conflict: with two of them, a demand without an author on one is the other's.
    opponents : callable
        Party to the sides that stand against it.

    Returns
    -------
    list of Thread
        In the order in which they were first asked.
    """
    wishes = {n: made for n, sight in enumerate(sights) if (made := wish(sight, sides)) is not None}
    found = threads(wishes, demands, event, weights)
    of = by_statement(found)
    voices = {n: said for n, sight in enumerate(sights) if (said := voice(sight, sides)) is not None}
    in_report: dict[str, list[Sight]] = defaultdict(list)
    for sight in sights:
        in_report[sight.s.report].append(sight)

    def told(report: str) -> list[tuple[int, Thread | None]]:
        return told_in(in_report[report], of, sides)

    for reply, links in linked(voices, answers, of, told, opponents):
        for link in links:
            link.thread.replies.append(reply_to(reply.sight, link))
    return found


def by_statement(found: Iterable[Thread]) -> dict[str, list[Thread]]:
    """Return the threads of each statement that asks, by its id."""
    of: dict[str, list[Thread]] = defaultdict(list)
    for thread in found:
        for sight in thread.asked:
            of[sight.s.id].append(thread)
    return dict(of)


def linked(
    voices: Mapping[int, Voice],
    alike: Iterable[Edge],
    of: Mapping[str, Sequence[Thread]],
    told: Callable[[str], Iterable[tuple[int, Thread | None]]],
    opponents: Opponents,
) -> list[tuple[Voice, list[Link]]]:
    """Link answers to demands.

    Parameters
    ----------
    voices : mapping of int to Voice
        Demands and answers by the number of their statement.
    alike : iterable of Edge
        Pairs of them that are alike.
    of : mapping
        Statement id to its threads.
    told : callable
        Name of a report to where it demands what; see `told_in`.
    opponents : callable

    Returns
    -------
    list of (Voice, list of Link)
        Every answer, in order, with its links.
    """
    near: dict[int, list[tuple[Thread, float]]] = defaultdict(list)
    for each in alike:
        reply, asked = (each.other, each.one) if voices[each.one].asks else (each.one, each.other)
        near[reply].extend((thread, each.weight) for thread in of.get(voices[asked].sight.s.id, ()))
    replies = sorted((n for n, made in voices.items() if not made.asks), key=lambda n: voices[n].sight.order)
    found: list[tuple[Voice, list[Link]]] = []
    for number in replies:
        made = voices[number]
        found.append((made, answers_to(made, near[number], partial(told, made.sight.s.report), opponents)))
    return found


def ident_of(thread: Thread) -> str:
    """Return the id of a thread's position; of what two demand of each other by one statement, each has its own."""
    statements = {sight.s.id for sight in thread.asked}
    joint = any({thread.demander, thread.addressee} <= sight.actors for sight in thread.asked)
    own = (f"of {thread.addressee}",) if joint else ()
    return make_id("position", (thread.demander, thread.addressee or "", *statements, *own))


def make_position(thread: Thread) -> Position:
    """Return a thread as the record keeps it."""
    replies = sorted(thread.replies, key=lambda reply: reply.sight.order)
    kinds = with_reversals([given(reply.sight, reply.made) for reply in replies])
    answers = [replace(reply.made, kind=kind) for reply, kind in zip(replies, kinds, strict=True)]
    told = [given(reply.sight, made) for reply, made in zip(replies, answers, strict=True)]
    asked = _lead_first(thread.asked)
    lead = asked[0]
    begin, end = _demand_span(lead)
    modes = Counter(sight.s.mode for sight in asked if sight.s.mode)
    statements = tuple(dict.fromkeys(sight.s.id for sight in asked))
    return Position(
        id=ident_of(thread),
        demander=thread.demander,
        addressee=thread.addressee,
        demand=lead.report.text[begin:end],
        mode=min(modes, key=lambda m: (-modes[m], m)) if modes else None,
        statements=statements,
        answers=tuple(answers),
        state=state_of(told, (day for sight in thread.asked if (day := day_of(sight)))),
        origins=tuple(sorted({sight.origin for sight in asked})),
    )


def given(sight: Sight, made: Answer) -> Given:
    """Return an answer with when and where it is told."""
    return Given(made.kind, made.by, day_of(sight), sight.origin, sight.s.report, sight.order)


def day_of(sight: Sight) -> date | None:
    """Return the day on which something was said: as told, or else that of its report; never after its report."""
    return day_told(sight.first, sight.last, sight.published)


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
