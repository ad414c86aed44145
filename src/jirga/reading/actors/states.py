"""Organs of states: whose army, police, parliament or government a report means when it does not say."""

from __future__ import annotations

from typing import TYPE_CHECKING

from jirga.reading.actors.found import Found
from jirga.reading.wordlists import word_set

if TYPE_CHECKING:
    from jirga.reading.actors.resolve import History

__all__ = ["country_of", "is_organ", "rules", "state_of"]

_REACH = 60  # sentences looked back over
_FAR = 6  # sentences; beyond them distance counts no more
_SHARE = 7.0  # what it weighs that a report is about a country, in units of a grammatical role
_TOLD = 0.5  # weight of a country in a report; "a Dutch fund" alone does not bring the Netherlands in
_LEAD = 3.0  # a report's police and courts are mostly of the state that its first sentence tells of
_DOMESTIC = word_set("states domestic")
_ORGANS = word_set("states organs")
_RULERS = word_set("states rulers")
_ARMED = word_set("states armed")
_ARMED_ENDS = tuple(f"-{word}" for word in _ARMED)
_ARMLESS = frozenset(
    f"country:{code.upper()}" for code in word_set("states armless")
)  # states without an army


def country_of(party: str | None, history: History) -> str | None:
    """Return the country that a party is, is an organ of, or governs; None for anybody else."""
    for _ in range(3):  # person of an army of a country
        if party is None or party.startswith("country:"):
            return party
        entry = history.gazetteer.entries.get(party)
        above = history.owners.get(party) or (entry.party(history.day) if entry is not None else None)
        if above == party:
            return None
        party = above
    return None


def is_organ(label: str) -> bool:
    """Tell whether a part of a party, by its label ("army", "defence-ministry"), is one that states have."""
    return (
        label in _ORGANS or label.endswith(("-ministry", "-army", "-police", "-forces")) or label == "forces"
    )


def rules(words: str, history: History, party: str) -> None:
    """Notice who "the junta" is: the country whose military rulers were named."""
    said = words.lower().replace("-", " ").split()
    if "junta" in said or ({"military", "transitional", "coup"} & set(said) and _RULERS & set(said)):
        country = country_of(party, history)
        if country is not None:
            history.junta = country


def state_of(
    history: History, sentence: int, label: str = "", step: float = 2.0, besides: str | None = None
) -> str | None:
    """Return the id of the country that an organ of a state belongs to, or None when the report names none.

    Parameters
    ----------
    history : History
    sentence : int
        Number of the sentence in the report.
    label : str
        Which organ; a country whose own was named before goes first.
    besides : str, optional
        A country that it is not, as long as there is another.
    step : float
        What a sentence of distance costs, in units of a grammatical role.

    Notes
    -----
    Each country named so far costs its distance and grammatical role, less what the report as a whole is about. A place
    where something happens, a host and a mediator cost more. An armed group brings its home country in.
    """
    if label == "junta" and history.junta is not None:
        return history.junta
    armed = label in _ARMED or label.endswith(_ARMED_ENDS)
    best: tuple[float, str] | None = None
    for found, role in reversed(history.seen):
        away = sentence - found.sentence
        if away > _REACH:
            break
        country, extra = _candidate(found, history)
        if country is None or country == besides or (armed and country in _ARMLESS):
            continue
        own = found.kind == "part" and label and found.id.endswith(f":{label}")
        home = label in _DOMESTIC and country == history.lead
        cost = (
            step * min(away, _FAR)
            - (_LEAD if home else 0.0)
            + role
            + extra
            - _SHARE * history.survey.share(country)
            - (3.0 if own else 0.0)
        )
        if best is None or cost < best[0]:
            best = (cost, country)
    states = history.survey.states
    if best is None and states:  # not named yet: the one that the report is about, the first of equals
        best = (0.0, max(states, key=lambda code: (history.survey.share(code), states[code])))
    if best is None or (history.survey.unlisted and best[1] in history.survey.brokers):
        return None  # in a report on a state that no list knows, "the president" is not the mediator's
    return best[1] if states.get(best[1], _TOLD) >= _TOLD else None


def _candidate(found: Found, history: History) -> tuple[str | None, float]:
    """Return the country that a mention tells of and what that costs."""
    if found.kind == "place":
        return (found.of, 6.0) if found.of in history.survey.states else (None, 0.0)
    if found.kind in {"outlet", "body"}:
        return None, 0.0
    country = country_of(found.party, history)
    if country is None:
        return (found.home, 3.0) if found.kind == "group" else (None, 0.0)
    return country, (4.0 if country in history.survey.brokers else 0.0) + (5.0 if found.located else 0.0)
