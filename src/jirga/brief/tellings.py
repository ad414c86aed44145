"""How a thing is told: on whose word, by which outlet, as a demand or only as a condition."""

from __future__ import annotations

from collections.abc import Sequence

from jirga.brief.cites import Cites
from jirga.brief.names import Names
from jirga.brief.words import capital, joined, on_the_word_of, outlet_name, quoted, told_by, words
from jirga.reading.types import Polarity, Statement
from jirga.record.types import Account, Event, Position, Threat

__all__ = ["account_source", "demand_words", "outlets", "standing", "threat_words"]

NEAR = 24  # characters before a demand in which the word stands that makes it a condition
LONGEST = 70  # characters of a source told inside a line
MOST_WHOLE = 200  # characters of a clause told with its condition
MOST_SOURCES = 3  # of one event, where all of them only say so
MOST_NAMED = 2  # outlets or sources named on one line


def outlets(statements: Sequence[str], cites: Cites) -> str:
    """Return who published some statements, joined as a sentence does."""
    reports = (cites.reports[cites.record.statements[s].report] for s in statements)
    return joined(list(dict.fromkeys(outlet_name(r) for r in reports)))


def standing(event: Event, cites: Cites) -> str:
    """Say on whose word an event stands.

    Parameters
    ----------
    event : Event
    cites : Cites

    Returns
    -------
    str
        ``told as fact by Coast Radio``, ``on the word of local doctors``; with the count of origins where there are
        several. Nothing that the reports put on somebody's word is called a fact.
    """
    told = words()["standing"]
    sources = sources_of(event.statements, cites)
    plain = [s for s, source in zip(event.statements, sources, strict=True) if not source]
    if plain and event.standing == "fact":
        named = list(dict.fromkeys(outlets([s], cites) for s in plain))
        said = told["fact"].format(joined(named) if len(named) <= MOST_NAMED else f"{len(named)} outlets")
    elif len(set(sources)) == 1 and 0 < len(sources[0]) <= LONGEST:
        said = on_the_word_of(sources[:1])
    elif event.standing == "attributed" and any(sources) and _few(sources):
        said = on_the_word_of(list(dict.fromkeys(filter(None, _affirming(event, sources, cites)))))
    else:
        said = told["mixed" if plain and event.standing == "mixed" else "attributed"]
    return f"{said}; {len(event.origins)} origins" if len(event.origins) > 1 else str(said)


def _affirming(event: Event, sources: Sequence[str], cites: Cites) -> list[str]:
    """Return the sources of those statements that say that it happened; of all, where none does."""
    told = [cites.record.statements[s].polarity is Polarity.POSITIVE for s in event.statements]
    return [source for source, yes in zip(sources, told, strict=True) if yes and source] or list(sources)


def _few(sources: Sequence[str]) -> bool:
    """Whether the sources can all be named on one line."""
    named = set(filter(None, sources))
    return len(named) <= MOST_SOURCES and sum(map(len, named)) <= 2 * LONGEST


def sources_of(statements: Sequence[str], cites: Cites) -> list[str]:
    """Return the words for the source of each statement; empty where an outlet tells it on its own word."""
    found = (cites.record.statements[s] for s in statements)
    return [told_by(s, cites.reports[s.report].text) for s in found]


def account_source(account: Account, said: str, cites: Cites) -> str:
    """Say on whose word an account stands, in the reports' own words where they are few.

    Parameters
    ----------
    account : Account
        Of a dispute about attribution.
    said : str
        What is said when the reports' words are many, or none.
    cites : Cites
    """
    sources = list(dict.fromkeys(sources_of(account.statements, cites)))
    if account.value == "fact":
        named = any(_named(cites.record.statements[s]) for s in account.statements)
        return said if "" in sources else str(words()["accounts"]["spoken" if named else "outlet"])
    if account.value in ("outlet", "document") or not all(sources) or len(sources) > MOST_NAMED:
        return said
    return capital(on_the_word_of(sources)) if max(map(len, sources)) <= LONGEST else said


def _named(statement: Statement) -> bool:
    """Whether somebody is named as the source, and not only "reportedly" told."""
    return any(link.source is not None or link.source_span is not None for link in statement.attribution)


def demand_words(position: Position, names: Names, cites: Cites) -> tuple[str, str, str]:
    """Return the verb of a demand, its preposition, and its exact words.

    A wish that is told as a condition ("no talks while the shelling goes on") keeps the word that makes it one:
    without it "the shelling goes on" reads as what is wanted. It is quoted with the clause that hangs on it.
    """
    before, text = _before(position, cites), " ".join(position.demand.split())
    verbs = words()["demand_verbs"]
    verb = verbs["party"] if names.asks(position.demander) == "demands" else verbs["other"]
    heads = sorted(words()["condition_heads"], key=len, reverse=True)
    low = f" {' '.join(before.lower().split())}"
    head = next((h for h in heads if low.endswith(f" {h}")), "")
    if head:
        verb, text = (
            verbs["condition"],
            _whole(position, f"{' '.join(before.split())[-len(head) :]} {text}", cites),
        )
    elif any(text.lower().startswith(f"{h} ") for h in heads):
        verb, text = verbs["condition"], _whole(position, text, cites)
    elif text.lower().startswith(("on ", "upon ")):  # "called on the shipping lines to"
        verb = verbs["call"]
    return verb, words()["prepositions"][verb], text


def _whole(position: Position, condition: str, cites: Cites) -> str:
    """Return the clause that a condition belongs to, where a report prints both in one: what hangs on it belongs to it."""
    quote = " ".join(cites.record.statements[position.statements[0]].quote.split())
    return quote if condition.lower() in quote.lower() and len(quote) <= MOST_WHOLE else condition


def _before(position: Position, cites: Cites) -> str:
    """Return what the report prints right before the words of a demand; nothing where they are not found."""
    statement = cites.record.statements[position.statements[0]]
    text = cites.reports[statement.report].text
    begin = min(statement.begin, statement.content[0] if statement.content else statement.begin)
    at = text.find(position.demand, begin)
    return text[max(0, at - NEAR) : at].rpartition(".")[2] if at > 0 else ""


def threat_words(threat: Threat, text: str) -> str:
    """Quote a threat, always with its condition: without it a warning reads as an announcement.

    Parameters
    ----------
    threat : Threat
    text : str
        The words of the threat, perhaps shortened.
    """
    if threat.condition and threat.condition not in text:
        return f"{quoted(text)} — condition: {quoted(threat.condition)}"
    return quoted(text)
