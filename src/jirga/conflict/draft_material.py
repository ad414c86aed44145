"""What a draft is made of: the record's statements in comparable words, and who is set against whom."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from jirga.conflict.draft_labels import deed
from jirga.reading.types import EventType, Polarity, Statement
from jirga.record.content import content_words
from jirga.record.types import Record, Threat
from jirga.record.words import Weights, cue, likeness, normal, plain_lemma

__all__ = ["Material", "deed_of", "together"]

BEFORE = 100  # characters before a demand or threat that say how it is worded
_PLEDGED = re.compile(r"\b(?:promis|pledg)(?:es|ed|ing) to ", re.I)
_OFFERED = re.compile(r"\boffer(?:s|ed|ing)? to ", re.I)
_HOSTILE = frozenset(
    {EventType.ASSAULT, EventType.ACCUSE, EventType.THREATEN, EventType.COERCE, EventType.SANCTION, EventType.MOBILIZE}
)  # fmt: skip


class Material:
    """The record's statements in comparable words.

    Parameters
    ----------
    record : Record

    Attributes
    ----------
    pairs, against : frozenset of frozenset of str
        Parties of which one demands of the other; those, and who threatens, accuses or fights another.
    """

    def __init__(self, record: Record) -> None:
        self.record = record
        self.texts = {report.name: report for report in record.reports}
        self.names = frozenset(
            token.lower()
            for party in record.parties
            for name in party.names
            for token in name.replace("-", " ").split()
            if token[:1].isupper()
        )
        self.mentioned = {
            " ".join(m.text.split()).lower().removeprefix("the ")
            for reading in record.readings
            for m in reading.mentions
            if m.kind != "place"
        }
        self.pairs = _asking(record)
        self.against = _set_against(record)
        self.order = {statement: place for place, statement in enumerate(record.statements)}
        self.weights = Weights(frozenset(map(normal, s.terms)) for s in record.statements.values())

    def pledged(self, threat: Threat) -> bool:
        """Whether what reads as a threat may as well be a promise: "promised to tighten controls"; of force it is a threat."""
        told = [self.statement(s) for s in threat.statements]
        force = any(s.mode == "violence" or {normal(t) for t in s.terms} & cue("retaliate") for s in told)
        return bool(told) and not force and all(_PLEDGED.search(s.quote) for s in told)

    def set_against(self, pairs: Iterable[frozenset[str]]) -> None:
        """Add pairs of which one demands of the other, found when it was asked who can grant a demand."""
        more = frozenset(pairs)
        self.pairs |= more
        self.against |= more

    def words(self, statement: str) -> frozenset[str]:
        """Return what a statement is about: its content, or the whole clause where it has none."""
        s = self.record.statements[statement]
        report = self.texts[s.report]
        own = content_words(report, s.content, s.terms, self.names)
        return (own or frozenset(normal(t) for t in s.terms if t.lower() not in self.names)) - cue("bare")

    def plain_words(self, text: str) -> frozenset[str]:
        """Return words outside any clause in comparable form."""
        tokens = (plain_lemma(t.strip(".,;:“”\"'’()")) for t in text.split())
        return frozenset(normal(t) for t in tokens if t and t not in self.names | cue("small"))

    def content(self, s: Statement) -> tuple[str, str]:
        """Return a statement's content and what the report prints right before it, in plain spaces."""
        text = self.texts[s.report].text
        begin, end = s.content or (s.begin, s.end)
        before = text[max(0, begin - BEFORE) : begin]
        return " ".join(text[begin:end].split()), " ".join(before.lower().split())

    def party(self, actor: str) -> str:
        """Return the party that an actor belongs to."""
        return self.record.of_party.get(actor, actor)

    def before(self, statement: str, words: str) -> str:
        """Return what a report prints right before some words of a statement's sentence."""
        s = self.record.statements[statement]
        text = self.texts[s.report].text
        at = text.find(words, max(0, min(s.begin, s.content[0] if s.content else s.begin) - BEFORE))
        return text[max(0, at - BEFORE) : at] if at > 0 else ""

    def called(self, party: str) -> frozenset[str]:
        """Return what the reports call a party, lower case, pronouns too."""
        told = {name.lower() for p in self.record.parties if p.id == party for name in p.names}
        for reading in self.record.readings:
            for m in reading.mentions:
                if m.kind != "place" and self.record.of_party.get(m.id, m.id) == party:
                    told.add(" ".join(m.text.split()).lower().removeprefix("the "))
        return frozenset(told)

    def alike(self, left: frozenset[str], right: frozenset[str]) -> float:
        """Compare two bags of words."""
        return likeness(left, right, self.weights)

    def statement(self, statement: str) -> Statement:
        """Return a statement by its id."""
        return self.record.statements[statement]

    def offered(self, threat: Threat) -> bool:
        """Whether what reads as a threat is an offer on a condition: "offered to halt the raids if"."""
        told = [self.statement(s) for s in threat.statements]
        return bool(told) and all(s.condition is not None and _OFFERED.search(s.quote) for s in told)

    def last(self, statements: Sequence[str]) -> int:
        """Return how late the latest of some statements stands in the record."""
        return max((self.order.get(s, 0) for s in statements), default=0)


def together(record: Record) -> dict[str, set[str]]:
    """Return, for each statement of a demand, all who demand it there: "the two unions demand"."""
    found: dict[str, set[str]] = {}
    for position in record.positions:
        for statement in position.statements:
            found.setdefault(statement, set()).add(position.demander)
    return found


def _asking(record: Record) -> frozenset[frozenset[str]]:
    """Return the pairs of parties of which one demands of the other; who demands together is no pair."""
    joint = together(record)
    return frozenset(
        frozenset({p.demander, p.addressee})
        for p in record.positions
        if p.addressee and all(p.addressee not in joint[s] for s in p.statements)
    )


def _set_against(record: Record) -> frozenset[frozenset[str]]:
    """Return the pairs of parties of which one demands of, threatens, accuses or fights the other."""
    pairs = {(t.by, t.against) for t in record.threats if t.against}
    for s in record.statements.values():
        if s.type in _HOSTILE and s.polarity is Polarity.POSITIVE:
            pairs |= {
                (record.of_party.get(a.id, a.id), record.of_party.get(b.id, b.id))
                for a in s.actors
                for b in s.recipients
            }
    return _asking(record) | {frozenset(pair) for pair in pairs if pair[0] != pair[1]}


def deed_of(threat: Threat, material: Material) -> tuple[str, str]:
    """Return what a threat says would be done and what stands before it; nothing where it only warns or names somebody."""
    words, before = deed(threat.words, material.before(threat.statements[0], threat.words))
    whom = words.lower().strip("“”\"' ").removeprefix("the ")
    return ("", "") if whom in material.mentioned else (words, before)
