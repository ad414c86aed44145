"""Families of types within which statements are compared: a reader may code one thing in either type."""

from __future__ import annotations

from jirga.reading.types import EventType, Polarity, Statement
from jirga.record.words import cue, normal, plain_lemma

__all__ = [
    "SPOKEN",
    "about_talks",
    "denied",
    "empty_handed",
    "family",
    "talks_failed",
    "tells_denial",
    "tells_offer",
]

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
_MARKS = "“”\"',.;:()"
OFFERS = frozenset({EventType.AGREE, EventType.SUPPORT, EventType.RETREAT, EventType.CONCEDE})
_TERMS = frozenset({"meet", "ceasefire", "sign"})
"""Modes of what talks are held for."""
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
    words = [normal(plain_lemma(w.strip(_MARKS))) for w in s.quote.split()]
    for at, word in enumerate(words):
        if word in cue("agreed"):
            return False
        if word in cue("offer") and (word != "open" or words[at + 1 : at + 2] == ["to"]):
            return True
    return False


def talks_failed(s: Statement) -> bool:
    """Tell whether talks are what a clause speaks of: its type's verb comes after a word of talks ("the talks collapsed")."""
    verb = min((w.begin for w in s.why if w.aspect == "type"), default=s.end)
    before = s.quote[: max(0, verb - s.begin)].split()
    return any(normal(plain_lemma(w.strip(_MARKS))) in cue("talks") | cue("agreeable") for w in before)


def tells_denial(s: Statement) -> bool:
    """Tell whether a statement denies a claim ("denied involvement"), and does not refuse what was asked for."""
    terms = {normal(t) for t in s.terms}
    return (
        s.type is EventType.REJECT
        and bool(terms & (cue("denial") | cue("charge")))
        and not terms & cue("asked")
    )


def empty_handed(s: Statement) -> bool:
    """Tell whether several parted without what they had met for: "left with no deal", "went home without an accord"."""
    if s.type not in (EventType.RETREAT, EventType.CONSULT) or len(s.actors) < 2:
        return False
    words = [normal(plain_lemma(w.strip(_MARKS))) for w in s.quote.split()]
    near = (words[at + 1 : at + 4] for at, word in enumerate(words) if word in ("no", "without"))
    return any(not cue("talks").isdisjoint(after) for after in near)


def denied(s: Statement) -> bool:
    """Tell whether a statement is somebody's denial, told as the refusal of a claim or as a deed that was not done."""
    if s.type is EventType.REJECT:
        return True
    return s.polarity is Polarity.NEGATIVE and any(normal(t) in cue("denial") for t in s.terms)


def family(s: Statement, words: frozenset[str], deed_told: bool = False) -> str:
    """Return the family of a statement.

    Parameters
    ----------
    s : Statement
    words : frozenset of str
        Its content words in normal form.
    deed_told : bool
        Whether another statement of its sentence tells an act of force.

    Returns
    -------
    str
        That of its type, mostly. To deny a deed or to lay it on somebody is an account of the deed, of family ``force``;
        another claim denied is a ``denial``.
    """
    type, mode = s.type, s.mode  # noqa: A001
    if tells_denial(s):
        return "force" if words & cue("deed") else "denial"
    if type is EventType.ACCUSE and s.recipients and words & cue("blame") and words & cue("deed"):
        return "blame" if deed_told else "force"
    no = type is EventType.AGREE and s.polarity is Polarity.NEGATIVE and s.content is None
    if no and (mode in _TERMS or about_talks(words)):
        return "talks"  # "left without agreeing on a ceasefire"
    if empty_handed(s):
        return "talks"
    if mode == "ceasefire" and type in _TRUCE:
        return "truce"
    if type is EventType.REJECT and (mode == "meet" or about_talks(words)):
        return "talks"
    return _FAMILIES[type]
