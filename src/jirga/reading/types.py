"""What reading yields: statements, each with its exact quote, and the attributions and mentions behind them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from jirga.reports.types import Report, Span, TimeSpan

__all__ = [
    "ActorMention", "Attribution", "EventType", "Mention", "Modality", "Place", "Polarity", "Quantity",
    "Reading", "SourceKind", "Statement", "Why",
]  # fmt: skip


class EventType(StrEnum):
    """PLOVER event types (Halterman et al. 2023, *PLOVER and POLECAT*)."""

    AGREE = "AGREE"
    CONSULT = "CONSULT"
    SUPPORT = "SUPPORT"
    CONCEDE = "CONCEDE"
    COOPERATE = "COOPERATE"
    AID = "AID"
    RETREAT = "RETREAT"
    REQUEST = "REQUEST"
    ACCUSE = "ACCUSE"
    REJECT = "REJECT"
    THREATEN = "THREATEN"
    PROTEST = "PROTEST"
    SANCTION = "SANCTION"
    MOBILIZE = "MOBILIZE"
    COERCE = "COERCE"
    ASSAULT = "ASSAULT"


class Polarity(StrEnum):
    """Whether the thing is said to be so, or not to be so."""

    POSITIVE = "positive"
    NEGATIVE = "negative"


class Modality(StrEnum):
    """How the thing is said to be: as fact, to come, if something else, or merely thought of."""

    ASSERTED = "asserted"
    FUTURE = "future"
    CONDITIONAL = "conditional"
    HYPOTHETICAL = "hypothetical"


class SourceKind(StrEnum):
    """Who a thing is attributed to."""

    NAMED = "named"
    OFFICIAL = "official"
    ANONYMOUS = "anonymous"
    DOCUMENT = "document"
    OUTLET = "outlet"


@dataclass(frozen=True, slots=True)
class ActorMention:
    """An actor as one place of the text names it.

    Attributes
    ----------
    id : str
        Gazetteer id (``country:PAK``, ``group:ttp``, ``body:un``, ``person:...``) or ``actor:<slug>`` of an unknown name.
    name : str
        The actor's display name.
    begin, end : int
        Code point offsets of the words.
    text : str
        Exactly ``report.text[begin:end]``; may be a pronoun.
    """

    id: str
    name: str
    begin: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Mention(ActorMention):
    """A mention of an actor or place that was found, with how it was resolved.

    Attributes
    ----------
    kind : str
        person, country, government, group, body, place, part, outlet, people, unknown.
    of : str or None
        Id of the party that it belongs to (a delegation, a faction, an office holder); None when it stands for itself.
    how : str
        name, demonym, capital, title, acronym, description, pronoun.
    """

    kind: str = "unknown"
    of: str | None = None
    how: str = "name"


@dataclass(frozen=True, slots=True)
class Attribution:
    """One link of a chain of attribution: source, cue, content (PolNeAR; Newell et al. 2018).

    Attributes
    ----------
    kind : SourceKind
    source : ActorMention or None
        The actor that the source is or speaks for; None when not an actor (a document, unnamed sources).
    source_span, cue_span : Span or None
        Hull of the words.
    content_span : Span
        Hull of the content.
    source_parts, cue_parts, content_parts : tuple of Span
        The same without the words between (discontinuous quotes).
    level : int
        0 when attributed directly by the text; 1 when nested inside another, and so on.
    rule : str
        Which rule found it.
    """

    kind: SourceKind
    source: ActorMention | None
    source_span: Span | None
    cue_span: Span | None
    content_span: Span
    source_parts: tuple[Span, ...] = ()
    cue_parts: tuple[Span, ...] = ()
    content_parts: tuple[Span, ...] = ()
    level: int = 0
    rule: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where: a gazetteer place (``place:<geonames id>`` or ``country:PAK``), its name, and the words."""

    id: str
    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Quantity:
    """A count with what it counts.

    Attributes
    ----------
    low, high : int or float or None
        Bounds that the words allow; None is open ("at least 20" has high None).
    text : str
        The words, an exact substring of the report.
    unit : str
        What is counted, lemma of the noun ("soldier", "outpost", "day").
    role : str
        killed, wounded, captured, displaced, destroyed, detained, missing, money, duration, share, other.
    """

    low: int | float | None
    high: int | float | None
    text: str
    unit: str
    role: str


@dataclass(frozen=True, slots=True)
class Why:
    """One reason why a statement was coded as it is: which aspect, which word, which rule."""

    aspect: str
    begin: int
    end: int
    rule: str


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing that a report says happened, was said, demanded, refused, promised or threatened.

    Attributes
    ----------
    id : str
        Hash of report id, span, type and actors: the same text gives the same id.
    report : str
        ``Report.name``.
    begin, end : int
        Code point offsets of the clause; ``quote == report.text[begin:end]``, always.
    type : EventType
    mode : str or None
        assist, change, yield, meet, ceasefire, aerial, ... (see ``docs/codebook``).
    actors, recipients : tuple of ActorMention
    attribution : tuple of Attribution
        Chain, outermost first; empty when the outlet states it as fact.
    polarity, modality
    hedges : tuple of str
        "reportedly", "apparently", as printed.
    when : TimeSpan or None
    where : Place or None
    quantities : tuple of Quantity
    content : Span or None
        What is demanded, refused, promised or threatened ("written guarantees"); None when the type has no such object.
    condition : Span or None
        The condition of a conditional statement.
    terms : tuple of str
        Lemmas of the content words of the quote, lower case, in order; what linking compares.
    sentence : Span
        The whole sentence around the clause, for people to read.
    why : tuple of Why
    """

    id: str
    report: str
    begin: int
    end: int
    quote: str
    type: EventType
    mode: str | None = None
    actors: tuple[ActorMention, ...] = ()
    recipients: tuple[ActorMention, ...] = ()
    attribution: tuple[Attribution, ...] = ()
    polarity: Polarity = Polarity.POSITIVE
    modality: Modality = Modality.ASSERTED
    hedges: tuple[str, ...] = ()
    when: TimeSpan | None = None
    where: Place | None = None
    quantities: tuple[Quantity, ...] = ()
    content: Span | None = None
    condition: Span | None = None
    terms: tuple[str, ...] = ()
    sentence: Span = (0, 0)
    why: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class Reading:
    """All that was read in one report.

    Attributes
    ----------
    report : Report
    sentences : tuple of Span
        Sentences of the blocks that were read.
    mentions : tuple of Mention
    attributions : tuple of Attribution
        Every attribution of the text, whether or not it carries an event.
    statements : tuple of Statement
        In text order.
    unread : tuple of (Span, str)
        Stretches left unread and why ("language ps", "furniture", "no sentence end within 4000 letters").
    reader : str
        Name and version of the reader and its model.
    """

    report: Report
    sentences: tuple[Span, ...] = ()
    mentions: tuple[Mention, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    statements: tuple[Statement, ...] = ()
    unread: tuple[tuple[Span, str], ...] = ()
    reader: str = ""
