"""The story in five lines: where it stands, how it began, what is asked, what is threatened, what holds."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from jirga.brief.cites import Cites, Line
from jirga.brief.names import Names
from jirga.brief.tellings import demand_words, standing, threat_words
from jirga.brief.words import joined, quoted, span_words, words
from jirga.reading.types import EventType, Modality, Statement
from jirga.record.types import Event, Position, Record, Threat
from jirga.record.words import cue, normal

__all__ = ["headline", "story"]

ENDINGS = {
    EventType.REJECT: 3,
    EventType.SANCTION: 3,
    EventType.AGREE: 2,
    EventType.RETREAT: 2,
    EventType.CONCEDE: 2,
    EventType.CONSULT: 1,
}
AT_TABLE = {
    None,
    "meet",
    "talks",
    "ceasefire",
}  # modes of what happens at the table; who mediates is told below
MOST_NAMED = 3  # demands or threats told on one line
BACKGROUND = 31  # days before the first report after which an event is background
LONGEST = 220  # characters of a quote inside a line


def headline(record: Record, names: Names) -> str:
    """Return the brief's title: the parties that the record turns on."""
    weight: dict[str, int] = {}
    for position in record.positions:
        for ident in (position.demander, position.addressee):
            if ident:
                weight[ident] = weight.get(ident, 0) + len(position.statements)
    for threat in record.threats:
        weight[threat.by] = weight.get(threat.by, 0) + 1
    known = [p.id for p in record.parties if p.role == "party"]
    top = sorted(weight, key=lambda p: -weight[p]) or known
    chosen = list(dict.fromkeys(names.party(p) for p in top))[:2]
    return f"{joined(chosen)}: who says what, and what would hold" if chosen else "What the reports say"


def story(record: Record, names: Names, cites: Cites, ends: Line) -> list[Line]:
    """Return the five lines; each says plainly when the reports give nothing for it.

    Parameters
    ----------
    record : Record
    names : Names
    cites : Cites
    ends : Line
        The last line, from the analysis.
    """
    return [
        _stands(record, names, cites),
        _began(record, names, cites),
        _asked(record, names, cites),
        _threatened(record, names, cites),
        ends,
    ]


def _stands(record: Record, names: Names, cites: Cites) -> Line:
    """Tell the last thing that happened at the table, by weight of type, origins and day."""
    lead = "Where it stands"
    meets = [
        e
        for e in record.events
        if e.type in ENDINGS and _certain(_first(record, e)) and (e.mode in AT_TABLE or _parted(record, e))
    ]
    meets = meets or [e for e in record.events if e.type is EventType.CONSULT and _certain(_first(record, e))]
    if not meets:
        return Line("The reports tell of no talks and of no agreement.", mark="method", lead=lead)

    first = min(
        (r.published.start for r in record.reports if r.published and r.published.start), default=None
    )
    news = [e for e in meets if not _is_history(e, first)]

    def weight(event: Event) -> tuple[int, int, int, date]:
        outcome = _parted(record, event) or (event.type is EventType.REJECT and event.mode == "meet")
        when = event.when.end if event.when and event.when.end else date.min
        return (outcome, len(event.origins), ENDINGS[event.type], when)

    if news:
        return _event_line(max(news, key=weight), names, cites, lead)
    line = _event_line(max(meets, key=weight), names, cites, lead)
    old = "No talks and no agreement of these weeks are told; the last told is older. "
    return Line(old + line.text, line.cites, line.mark, lead)


def _parted(record: Record, event: Event) -> bool:
    """Whether several failed to agree, or one left the talks."""
    if event.type is EventType.SANCTION:
        return event.mode == "withdraw"
    terms = {normal(t) for t in _first(record, event).terms}
    failed = bool(terms & cue("failing")) and bool(terms & cue("agreed"))
    return event.type is EventType.REJECT and (len(event.actors) > 1 or failed)


def _is_history(event: Event, first: date | None) -> bool:
    """Whether an event was over long before the first report came out: background, not where things stand."""
    end = event.when.end if event.when else None
    return first is not None and end is not None and (first - end).days > BACKGROUND


def _began(record: Record, names: Names, cites: Cites) -> Line:
    lead = "How it came to this"
    force = [
        e for e in record.events if e.type is EventType.ASSAULT and _certain(_first(record, e)) and e.actors
    ]
    if not force:
        return Line("The reports tell of no use of force.", mark="method", lead=lead)
    dated = [e for e in force if e.when and e.when.start and e.when.start == e.when.end]

    def weight(event: Event) -> tuple[int, int]:
        when = event.when.start.toordinal() if event.when and event.when.start else 0
        return (len(event.origins), -when)

    return _event_line(max(dated or force, key=weight), names, cites, lead)


def _asked(record: Record, names: Names, cites: Cites) -> Line:
    lead = "What is asked"
    told = sorted(record.positions, key=lambda p: (-len(p.origins), -len(p.answers), -len(p.statements)))
    ranked = sorted(
        told, key=lambda p: names.asks(p.demander) != "demands"
    )  # the parties before those who appeal to them
    if not ranked:
        return Line("The reports tell of no demand.", mark="method", lead=lead)
    chosen = _both_sides(ranked, names)
    parts = [_demand(p, names, cites) for p in chosen]
    rest = len(ranked) - len(chosen)
    more = f" {rest} more {'stands' if rest == 1 else 'stand'} below." if rest else ""
    return cites.line("; ".join(parts) + "." + more, _firsts(chosen), lead=lead)


def _both_sides(ranked: Sequence[Position], names: Names) -> list[Position]:
    """Take the first demand of each side before a second of any."""
    count: dict[str, int] = {}
    keyed = []
    for place, position in enumerate(ranked):
        turn = count.get(position.demander, 0)
        count[position.demander] = turn + 1
        keyed.append((names.asks(position.demander) != "demands", turn, place))
    return [ranked[place] for _, _, place in sorted(keyed)[:MOST_NAMED]]


def _demand(position: Position, names: Names, cites: Cites) -> str:
    verb, preposition, text = demand_words(position, names, cites)
    whom = f" {preposition} {names.party(position.addressee)}" if position.addressee else ""
    colon = ":" if verb == words()["demand_verbs"]["condition"] else ""
    state = words()["states"].get(position.state, position.state)
    return f"{names.party(position.demander)} {verb}{whom}{colon} {quoted(_cut(text))} ({state})"


def _threatened(record: Record, names: Names, cites: Cites) -> Line:
    lead = "What is threatened"
    if not record.threats:
        return Line("The reports tell of no threat.", mark="method", lead=lead)
    ranked: list[Threat] = sorted(record.threats, key=lambda t: -len(t.statements))[:2]
    parts = [f"{names.party(t.by)}: {threat_words(t, _cut(t.words))}" for t in ranked]
    return cites.line("; ".join(parts) + ".", _firsts(ranked), lead=lead)


def _firsts(found: Iterable[Position | Threat]) -> list[str]:
    return [ident for one in found for ident in one.statements[:2]]


def _event_line(event: Event, names: Names, cites: Cites, lead: str) -> Line:
    leading = cites.leading(event.statements)
    quote = _cut(leading.quote)
    when = f"{span_words(event.when)}: " if event.when and event.when.start else ""
    differ = (
        "; accounts differ"
        if any(d.event == event.id and not d.refines for d in cites.record.disputes)
        else ""
    )
    inside = any(
        leading.begin <= actor.begin < leading.end for actor in leading.actors
    )  # "killing 58" says not who
    named = inside and quote.partition(" ")[0].lower() not in words()["pronouns"]
    who = "" if named or not event.actors else f"{names.parties(event.actors[:2])}: "
    text = f"{when}{who}{quoted(quote)} ({standing(event, cites)}{differ})"
    return cites.line(text[0].upper() + text[1:], cites.led(event.statements), lead=lead)


def _first(record: Record, event: Event) -> Statement:
    return record.statements[event.statements[0]]


def _certain(statement: Statement) -> bool:
    return statement.modality is Modality.ASSERTED


def _cut(text: str) -> str:
    """Shorten a quote at a word; the whole one stands behind its number."""
    text = " ".join(text.split())
    if len(text) <= LONGEST:
        return text
    return text[:LONGEST].rsplit(" ", 1)[0].rstrip(",;:–—") + " …"
