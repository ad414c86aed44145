"""The parts of the brief that come from the record: what happened, who demands what, what is told by several."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from jirga.brief.cites import Cites, Line, certainty
from jirga.brief.names import Names
from jirga.brief.tellings import demand_words, standing, threat_words
from jirga.brief.words import capital, quoted, span_words, words
from jirga.record.types import Answer, Event, Position, Record

__all__ = [
    "Card",
    "agreed",
    "answers_at_table",
    "days",
    "happened",
    "others",
]


MOST_CARDS = 24  # demands that a person can take in; the rest stands in the JSON output
MOST_LINES = 16  # the same for threats, promises and parts of parties


@dataclass(frozen=True, slots=True)
class Card:
    """One position: the demand, its answers, how it stands."""

    demander: str
    addressee: str
    demand: str
    cites: tuple[int, ...]
    origins: int
    state: str
    code: str
    answers: tuple[Line, ...]
    verb: str = "demands"
    preposition: str = "of"


def happened(event: Event, names: Names, cites: Cites) -> Line:
    """Tell one event: when, who, what, where, and the leading quote."""
    sure = "".join(f", {mark}" for mark in certainty(cites.leading(event.statements)))
    lead = span_words(event.when)
    told = standing(event, cites)
    return cites.line(f"{names.event(event)}{sure} ({told})", cites.led(event.statements), lead=lead)


def days(events: Sequence[Event], names: Names, cites: Cites) -> list[tuple[str, list[tuple[Line, str]]]]:
    """Group events by when they happened; each with its line and leading quote."""
    out: list[tuple[str, list[tuple[Line, str]]]] = []
    for event in events:
        when = span_words(event.when)
        line = happened(event, names, cites)
        quote = cites.leading(event.statements).quote
        if out and out[-1][0] == when:
            out[-1][1].append((line, quote))
        else:
            out.append((when, [(line, quote)]))
    return out


def answers_at_table(record: Record, names: Names, cites: Cites) -> tuple[list[Card], int]:
    """Return positions as cards, the most told first, and how many are left out."""
    told = sorted(record.positions, key=lambda p: (-len(p.origins), -len(p.statements), -len(p.answers)))
    ranked = sorted(told, key=lambda p: names.asks(p.demander) != "demands")
    return [_card(position, names, cites) for position in ranked[:MOST_CARDS]], max(
        len(ranked) - MOST_CARDS, 0
    )


def _card(position: Position, names: Names, cites: Cites) -> Card:
    numbers = cites(position.statements)
    answers = []
    for answer in position.answers:
        answers.append(cites.line(_answer(answer, names), answer.statements))
    verb, preposition, text = demand_words(position, names, cites)
    return Card(
        capital(names.party(position.demander)), names.party(position.addressee), text, numbers,
        len(position.origins), words()["states"].get(position.state, position.state), position.state,
        tuple(answers), verb, preposition,
    )  # fmt: skip


def _answer(answer: Answer, names: Names) -> str:
    who = names.party(answer.by)
    if who:
        text = f"{capital(who)} {words()['answers'][str(answer.kind)]}"
    else:
        text = f"{words()['unnamed_answers'][str(answer.kind)]}; by whom is not told"
    return text + (" (linked by its place in the text)" if answer.inferred else "")


def others(record: Record, names: Names, cites: Cites) -> dict[str, list[Line]]:
    """Return threats, promises, mediators and factions as lines."""
    found: dict[str, list[Line]] = {"threats": [], "commitments": [], "mediations": [], "factions": []}
    for threat in record.threats:
        by, against = names.party(threat.by), names.party(threat.against)
        whom = f" against {against}" if against and against != by else ""
        kind = "under way" if threat.running else "threatened"
        text = f"{capital(by)}{whom}, {kind}: {threat_words(threat, threat.words)}"
        found["threats"].append(cites.line(text, threat.statements))
    for commitment in record.commitments:
        words_told = record.statements[commitment.statements[0]].quote
        offer = ", an offer" if commitment.offer else ""
        text = f"{capital(names.parties(commitment.by)) or 'Not said by whom'}{offer}: {quoted(words_told)}"
        found["commitments"].append(cites.line(text, commitment.statements))
        for breach in commitment.breaches:
            told = f"A breach by {names.party(breach.by) or 'an unnamed side'} is reported of it"
            found["commitments"].append(cites.line(told, breach.statements))
    for mediation in record.mediations:
        found["mediations"].append(cites.line(names.party(mediation.party), mediation.statements))
    for faction in record.factions:
        inside = f": {faction.name}" if faction.name else ": a division inside it is told of"
        found["factions"].append(cites.line(names.party(faction.party) + inside, faction.statements))
    return {kind: _most(lines) for kind, lines in found.items()}


def _most(lines: list[Line]) -> list[Line]:
    """Keep the first lines, and say how many are left out."""
    if len(lines) <= MOST_LINES:
        return lines
    rest = f"{len(lines) - MOST_LINES} more are in the JSON output."
    return [*lines[:MOST_LINES], Line(rest, mark="method")]


def agreed(record: Record, names: Names, cites: Cites) -> list[Line]:
    """Return what two origins or more tell, without a dispute about it."""
    disputed = {d.event for d in record.disputes if not d.refines}
    shared = [e for e in record.events if len(e.origins) > 1 and e.id not in disputed]
    shared.sort(key=lambda e: -len(e.origins))
    return [_shared(event, names, cites) for event in shared]


def _shared(event: Event, names: Names, cites: Cites) -> Line:
    quote = quoted(cites.leading(event.statements).quote)
    lead = span_words(event.when) if event.when and event.when.start else ""
    return cites.line(
        f"{quote} ({'; '.join([names.event(event), *certainty(cites.leading(event.statements))])}; {len(event.origins)} origins)",
        cites.led(event.statements),
        lead=lead,
    )
