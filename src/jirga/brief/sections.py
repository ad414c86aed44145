"""The parts of the brief that come from the record: what happened, who demands what, where accounts differ."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from jirga.brief.cites import Cites, Line, Quote, certainty
from jirga.brief.names import Names
from jirga.brief.tellings import account_source, demand_words, outlets, standing, threat_words
from jirga.brief.words import capital, joined, quoted, span_words, words
from jirga.record.types import Answer, Aspect, Dispute, Event, Position, Record

__all__ = [
    "Card",
    "Difference",
    "Side",
    "agreed",
    "answers_at_table",
    "days",
    "differences",
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


@dataclass(frozen=True, slots=True)
class Side:
    """One account of something told differently."""

    value: str
    quotes: tuple[Quote, ...]
    outlets: str
    origins: int


@dataclass(frozen=True, slots=True)
class Difference:
    """One aspect on which accounts differ, with the sides."""

    aspect: str
    about: str
    sides: tuple[Side, ...]


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


def differences(record: Record, names: Names, cites: Cites) -> list[Difference]:
    """Return each contradiction between accounts with its sides, the most told first."""
    about = _abouts(record, names)
    contrary = [d for d in record.disputes if not d.refines]
    contrary.sort(key=lambda d: -sum(len(a.origins) for a in d.accounts))
    return [_difference(dispute, about(dispute), names, cites) for dispute in contrary]


def refinements(record: Record, names: Names, cites: Cites) -> list[Line]:
    """Return, one line each, where an account is more exact than another without contradicting it."""
    about = _abouts(record, names)
    lines = []
    for dispute in record.disputes:
        if dispute.refines:
            sides = [(_account(a.value, dispute.aspect, names), a) for a in dispute.accounts]
            told = [f"{value} ({outlets(a.statements, cites)})" for value, a in sides if value]
            silent = [outlets(a.statements, cites) for value, a in sides if not value]
            text = "; ".join(told) + (f"; not in {joined(silent)}" if silent else "")
            statements = [s for _, a in sides for s in a.statements]
            lead = f"{words()['aspects'][str(dispute.aspect)]} ·"
            lines.append(cites.line(f"{about(dispute)}: {text}", statements, lead=lead))
    return lines


def _abouts(record: Record, names: Names) -> Callable[[Dispute], str]:
    events = {event.id: event for event in record.events}
    positions = {position.id: position for position in record.positions}

    def about(dispute: Dispute) -> str:
        if dispute.event in events:
            event = events[dispute.event]
            return f"{names.event(event)}, {span_words(event.when)}" if event.when else names.event(event)
        if dispute.event in positions:
            return f"the demand {quoted(positions[dispute.event].demand)}"
        return dispute.subject

    return about


def _difference(dispute: Dispute, about: str, names: Names, cites: Cites) -> Difference:
    sides = []
    for account in dispute.accounts:
        numbers = cites(account.statements, most=3)
        quotes = tuple(cites.quote(s) for s in account.statements if cites.numbers.get(s) in numbers)
        value = _account(account.value, dispute.aspect, names) or "Not told"
        if dispute.aspect is Aspect.ATTRIBUTION:
            value = account_source(account, value, cites)
        sides.append(Side(value, quotes, outlets(account.statements, cites), len(account.origins)))
    aspect = words()["aspects"][str(dispute.aspect)]
    if dispute.aspect is Aspect.POLARITY and about.startswith("the demand"):
        aspect = words()["aspects"]["answer"]
    if dispute.aspect is Aspect.NUMBER and dispute.subject:
        aspect = f"{aspect} ({dispute.subject})"
    return Difference(aspect, about, tuple(sides))


def _account(value: str, aspect: Aspect, names: Names) -> str:
    """Say the value of an account: codes of the record become words, words of the reports stay."""
    kind, _, rest = value.partition(" ")
    told: dict[str, str] = words()["accounts"]
    if aspect is Aspect.ATTRIBUTION and kind in told:
        return told[kind].format(names.party(rest) if rest else "").strip()
    if ":" in value and " " not in value:
        return capital(names.party(value))
    if aspect is Aspect.HEDGE and value not in told:
        return quoted(value)  # the reserve in the report's own word: “reportedly”
    return told.get(value, value)
