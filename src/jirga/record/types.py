"""The record: what happened told once with every account of it, who demands what, and where accounts differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from jirga.reading.types import EventType, Place, Reading, Statement
from jirga.reports.types import Refusal, Report, TimeSpan

__all__ = [
    "Account", "Answer", "AnswerKind", "Aspect", "Breach", "Commitment", "Dispute", "Event", "Faction",
    "Mediation", "Party", "Position", "Record", "Threat",
]  # fmt: skip


class Aspect(StrEnum):
    """On what accounts of one event can differ."""

    NUMBER = "number"
    ACTOR = "actor"
    RECIPIENT = "recipient"
    WHEN = "when"
    WHERE = "where"
    POLARITY = "polarity"
    HEDGE = "hedge"
    ATTRIBUTION = "attribution"
    WORDING = "wording"
    TRAIT = "trait"  # which party a thing is told of: "who was divided"


class AnswerKind(StrEnum):
    """What an answer does to a demand."""

    ACCEPTS = "accepts"
    REFUSES = "refuses"
    CONCEDES = "concedes"
    CONDITIONS = "sets a condition"
    EVADES = "evades"
    REVERSES = "reverses"
    SOFTENS = "softens"  # the demander asks for less
    WITHDRAWS = "withdraws"


@dataclass(frozen=True, slots=True)
class Account:
    """One version of an aspect of an event, and who gives it.

    Attributes
    ----------
    value : str
        Short and comparable ("58", "Kabul"); made from the statement's own words or from a
        closed list of codes that the brief turns into words.
    statements : tuple of str
        Statement ids.
    origins : tuple of str
        Origin ids, without repetition: what corroboration counts.
    """

    value: str
    statements: tuple[str, ...]
    origins: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Dispute:
    """An aspect on which accounts differ.

    Attributes
    ----------
    id : str
    event : str or None
        Event id, or position id for a dispute about an answer; None for a trait told of different parties.
    aspect : Aspect
    accounts : tuple of Account
        Two or more.
    refines : bool
        True when one account is only more exact than the other ("in Kabul"): shown, but no contradiction.
    subject : str
        For numbers: what is counted; for traits: the trait; else empty.
    """

    id: str
    event: str | None
    aspect: Aspect
    accounts: tuple[Account, ...]
    refines: bool = False
    subject: str = ""


@dataclass(frozen=True, slots=True)
class Event:
    """What several statements speak of.

    Attributes
    ----------
    id : str
        Hash of its statements' ids.
    type : EventType
    mode : str or None
    statements : tuple of str
        Best first: the most complete statement leads.
    actors, recipients : tuple of str
        Party or actor ids.
    when : TimeSpan or None
        When it happened, as exact as any account has it.
    where : Place or None
    origins : tuple of str
    standing : str
        One of ``fact`` (each account states it so), ``attributed`` (each account gives it to a source), ``mixed``.
    label : str
        The leading quote, shortened at a word, for drawings; never the only text shown.
    """

    id: str
    type: EventType
    mode: str | None
    statements: tuple[str, ...]
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    when: TimeSpan | None = None
    where: Place | None = None
    origins: tuple[str, ...] = ()
    standing: str = "fact"
    label: str = ""


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a demand.

    Attributes
    ----------
    kind : AnswerKind
    by : str or None
        Party id of who answers; None when the text does not say ("was not accepted").
    statements : tuple of str
    inferred : bool
        True when the link to the demand rests on position in the text rather than on shared words.
    """

    kind: AnswerKind
    by: str | None
    statements: tuple[str, ...]
    inferred: bool = False


@dataclass(frozen=True, slots=True)
class Position:
    """A thread: who demands what of whom, and each answer.

    Attributes
    ----------
    id : str
    demander : str
        Party id.
    addressee : str or None
    demand : str
        The words of the demand, an exact substring of the leading statement's report.
    mode : str or None
        assist, change, yield, meet.
    statements : tuple of str
        Each time it was made, first asked first.
    answers : tuple of Answer
        In order.
    state : str
        open, refused, accepted, conditional, withdrawn, contested (answers told differently).
    origins : tuple of str
    """

    id: str
    demander: str
    addressee: str | None
    demand: str
    mode: str | None
    statements: tuple[str, ...]
    answers: tuple[Answer, ...] = ()
    state: str = "open"
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Threat:
    """A threatened or announced action of a party.

    Attributes
    ----------
    id : str
    by : str
    against : str or None
    words : str
        Exact substring of the leading statement's report.
    statements : tuple of str
    running : bool
        True when the action is told as going on rather than threatened.
    condition : str
        The words of its condition, or empty.
    """

    id: str
    by: str
    against: str | None
    words: str
    statements: tuple[str, ...]
    running: bool = False
    condition: str = ""


@dataclass(frozen=True, slots=True)
class Breach:
    """A reported breach of a commitment."""

    by: str | None
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Commitment:
    """A promise, an assurance or an agreed term (a ceasefire), with reported breaches.

    Attributes
    ----------
    id : str
    by : tuple of str
        Party ids.
    words : str
    statements : tuple of str
    breaches : tuple of Breach
    offer : bool
        True when it is readiness or an offer ("ready for a truce"), which binds nobody yet.
    """

    id: str
    by: tuple[str, ...]
    words: str
    statements: tuple[str, ...]
    breaches: tuple[Breach, ...] = ()
    offer: bool = False


@dataclass(frozen=True, slots=True)
class Mediation:
    """A mediator and what it did."""

    party: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Faction:
    """A part of a party that reports tell of, or a division inside a party.

    Attributes
    ----------
    party : str
        Id of the whole.
    name : str
        The part's name, or empty when only the division is told.
    statements : tuple of str
    """

    party: str
    name: str
    statements: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Party:
    """An actor of the record with its names and role.

    Attributes
    ----------
    id, name : str
    kind : str
        As in `Mention.kind`.
    names : tuple of str
        Every way the reports name it, most frequent first.
    role : str
        party, mediator, outside.
    members : tuple of str
        Ids of delegations, office holders and parts that speak for it.
    statements : int
        How many statements it acts in.
    """

    id: str
    name: str
    kind: str
    names: tuple[str, ...] = ()
    role: str = "outside"
    members: tuple[str, ...] = ()
    statements: int = 0


@dataclass(frozen=True, slots=True)
class Record:
    """One record of many reports.

    Attributes
    ----------
    reports : tuple of Report
    readings : tuple of Reading
    statements : mapping of str to Statement
        By id, in order of reports and text.
    events : tuple of Event
        In the order they happened; undated ones last.
    positions : tuple of Position
    threats : tuple of Threat
    commitments : tuple of Commitment
    disputes : tuple of Dispute
    parties : tuple of Party
        Most active first.
    mediations : tuple of Mediation
    factions : tuple of Faction
    origins : mapping of str to tuple of str
        Origin id to report ids.
    refused : tuple of Refusal
        Inputs that were not read and why.
    of_party : mapping of str to str
        Actor id to the id of the party that it belongs to (itself when none).
    """

    reports: tuple[Report, ...]
    readings: tuple[Reading, ...] = ()
    statements: Mapping[str, Statement] = field(default_factory=dict)
    events: tuple[Event, ...] = ()
    positions: tuple[Position, ...] = ()
    threats: tuple[Threat, ...] = ()
    commitments: tuple[Commitment, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    parties: tuple[Party, ...] = ()
    mediations: tuple[Mediation, ...] = ()
    factions: tuple[Faction, ...] = ()
    origins: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    refused: tuple[Refusal, ...] = ()
    of_party: Mapping[str, str] = field(default_factory=dict)
