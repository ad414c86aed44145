"""Families of types within which statements are compared: a reader may code one thing in either type."""

from __future__ import annotations

from jirga.reading.types import EventType, Statement
from jirga.record.words import cue, normal, plain_lemma

__all__ = ["SPOKEN", "about_talks", "family", "tells_offer"]

SPOKEN = frozenset({"threat", "request", "accord", "refusal", "blame"})
"""Families whose acts are done by speaking; what is spoken of must be the same, too."""

_FAMILIES: dict[EventType, str] = {
    EventType.ASSAULT: "force", EventType.COERCE: "force", EventType.MOBILIZE: "force",
    EventType.RETREAT: "truce", EventType.AGREE: "accord", EventType.CONSULT: "talks",
    EventType.SUPPORT: "accord", EventType.COOPERATE: "talks", EventType.CONCEDE: "accord",
    EventType.AID: "aid", EventType.REQUEST: "request", EventType.REJECT: "refusal",
    EventType.THREATEN: "threat", EventType.ACCUSE: "blame", EventType.PROTEST: "protest",
    EventType.SANCTION: "sanction",
}  # fmt: skip
OFFERS = frozenset({EventType.AGREE, EventType.SUPPORT, EventType.RETREAT, EventType.CONCEDE})
_TRUCE = frozenset({EventType.AGREE, EventType.RETREAT, EventType.CONCEDE})


def about_talks(words: frozenset[str]) -> bool:
    """Tell whether words speak of the talks as such: that they ended, that no agreement was reached."""
    if not words & cue("talks"):
        return False
    return not words - cue("talks") - cue("bare") - cue("common") - cue("ending")


def tells_offer(s: Statement) -> bool:
    """Tell whether a statement tells of readiness or an offer ("ready for", "willing to"), not of an agreement.

    The word must stand before what is offered: "agreed to open the border" is no openness.
    """
    if s.type not in OFFERS:
        return False
    words = [normal(plain_lemma(w.strip("“”\"',.;:()"))) for w in s.quote.split()]
    for at, word in enumerate(words):
        if word in cue("agreed"):
            return False
        if word in cue("offer") and (word != "open" or words[at + 1 : at + 2] == ["to"]):
            return True
    return False


def family(type: EventType, mode: str | None, words: frozenset[str]) -> str:  # noqa: A002
    """Return the family of a statement.

    Parameters
    ----------
    type : EventType
    mode : str or None
    words : frozenset of str
        Its content words in normal form.
    """
    if mode == "ceasefire" and type in _TRUCE:
        return "truce"
    if type is EventType.REJECT and (mode == "meet" or about_talks(words)):
        return "talks"
    return _FAMILIES[type]
