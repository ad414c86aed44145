"""A statement as linking sees it: parties for actors, words in one form, figures, days, places, source."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from zlib import crc32

from jirga.reading.types import (
    Attribution,
    EventType,
    Mention,
    Place,
    Polarity,
    Reading,
    SourceKind,
    Statement,
)
from jirga.record.content import content_words, described, name_words, telling, terms_near, told_words
from jirga.record.kinds import denied, empty_handed, family, talks_failed
from jirga.record.parties import Joined
from jirga.record.words import cue, normal
from jirga.reports.types import Precision, Report, Span, TimeSpan

__all__ = ["Count", "Order", "Sight", "see", "source_code"]

SPEECH = frozenset(
    {EventType.REQUEST, EventType.AGREE, EventType.REJECT, EventType.CONCEDE, EventType.THREATEN,
     EventType.ACCUSE, EventType.SUPPORT, EventType.CONSULT}
)  # fmt: skip
"""Types that are done by speaking: that the speaker said so is the act, not a claim about it."""

_NO = frozenset({EventType.REJECT, EventType.AGREE})
NEAR = 31  # days; a longer time ("this year") does not set two events apart
UNDATED = "9999-12-31"  # stands for the day of a report that does not tell it: after all others
LONG = 62  # days; what is told of more is a sum
RUN = 6  # words in a row that two accounts share when one copies the other, or both quote one speaker
RUN_ON = 600  # characters after its sentence in which the end of a quotation is looked for

Order = tuple[str, str, str, int]

_QUOTED = re.compile(r"[“\"«]([^“”\"«»]{12,1200})[”\"»]")  # bounded, no nesting


@dataclass(frozen=True, slots=True)
class Count:
    """A figure in comparable form: what is counted, its role, and the bounds."""

    unit: str
    role: str
    low: float
    high: float
    text: str

    @property
    def exact(self) -> bool:
        """Whether the words give one figure."""
        return self.low == self.high


@dataclass(frozen=True, slots=True)
class Sight:
    """A statement as linking sees it.

    Attributes
    ----------
    s : Statement
    order : tuple of (str, str, str, int)
        Place in the record: day of publication, name and id of the report, place in it.
    report : Report
    origin : str
    actors, recipients : frozenset of str
        Party ids.
    words : frozenset of str
        Content words of the clause in normal form, without names of actors.
    content : frozenset of str
        The same of what is demanded, refused, promised or threatened.
    counts : tuple of Count
    first, last : date or None
        Days between which it happened; None when not told.
    source : str
        Code of who it is attributed to; see `source_code`.
    named : tuple of str
        Party ids that the content names (the clause where there is none), in the order of the text.
    depends_on : tuple of str
        Party ids that its condition names, in the order of the text.
    own : tuple of (int, int)
        Where the clause and the content name its actors, or the party that they belong to.
    places : frozenset of str
        Ids of the places that the content names, or the clause where there is none.
    family : str
        See `jirga.record.kinds`.
    told : frozenset of str
        Words by which linking compares it as an event: its own, and those of an earlier statement that it points back to.
    runs : frozenset of int
        Hashes of every run of six words of the clause, the same in every process.
    quotations : tuple of str
        What the sentence prints between quotation marks.
    vague : bool
        Whether its actors are told without any name: "gunmen", "residents".
    asked_for : bool
        Whether it stands inside what a demand asks for: "asked it to accept".
    where : Place or None
        Where it happened; linking lends a clause that tells the toll of an act the act's place.
    dated : bool
        Whether the report tells when, closely enough to set two events apart.
    long : bool
        Whether it sums up months or years.
    broke_up : bool
        Whether it tells that talks failed or brought no agreement; not that one side derailed or left them.
    denies : bool
        Whether somebody denies a deed or a claim: "denied involvement", "denied that it had fired".
    blames : bool
        Whether it tells a deed by laying it on somebody: "blamed the rebels for the raid".
    published, anchor : date or None
        The day the report was published; the day by which the statement is filed: when it happened, else published.
    """

    s: Statement
    order: Order
    report: Report
    origin: str
    actors: frozenset[str]
    recipients: frozenset[str]
    words: frozenset[str]
    content: frozenset[str]
    counts: tuple[Count, ...]
    first: date | None
    last: date | None
    source: str
    named: tuple[str, ...]
    own: tuple[Span, ...]
    places: frozenset[str]
    family: str
    runs: frozenset[int]
    quotations: tuple[str, ...]
    told: frozenset[str] = frozenset()
    depends_on: tuple[str, ...] = ()
    vague: bool = False
    asked_for: bool = False
    where: Place | None = None
    dated: bool = field(init=False)
    long: bool = field(init=False)
    broke_up: bool = field(init=False)
    denies: bool = field(init=False)
    blames: bool = field(init=False)
    published: date | None = field(init=False)
    anchor: date | None = field(init=False)

    def __post_init__(self) -> None:
        """Fill in what follows from the rest and is asked for often."""
        near = self.first is not None and self.last is not None and (self.last - self.first).days <= NEAR
        published = self.report.published.start if self.report.published else None
        object.__setattr__(self, "dated", near)
        object.__setattr__(self, "long", _long(self.s.when, published))
        broke_up = self.family == "talks" and (len(self.actors) != 1 or talks_failed(self.s))
        object.__setattr__(self, "broke_up", broke_up and (self.s.type in _NO or empty_handed(self.s)))
        object.__setattr__(self, "denies", self.family in ("force", "denial") and denied(self.s))
        object.__setattr__(self, "blames", self.s.type is EventType.ACCUSE and self.family == "force")
        object.__setattr__(self, "published", published)
        object.__setattr__(self, "anchor", self.first if near else published)

    @property
    def negative(self) -> bool:
        """Whether it tells that the thing was not so."""
        return self.denies or self.s.polarity is Polarity.NEGATIVE

    @property
    def doers(self) -> frozenset[str]:
        """Who did it by this account: not who denies it, and whom it is laid on rather than who lays it."""
        return frozenset() if self.denies else self.recipients if self.blames else self.actors

    @property
    def undergone(self) -> frozenset[str]:
        """Who it was done to by this account."""
        return frozenset() if self.denies or self.blames else self.recipients

    @property
    def about(self) -> frozenset[str]:
        """What it is about: the content, with the clause where the content is bare, cut short or missing."""
        own = self.content - cue("bare")
        told = len(own) > 2 or len(own - cue("common")) > 1
        return own if told else own | self.words - cue("bare")

    @property
    def content_text(self) -> str:
        """The words of the content; empty when there is none."""
        return self.report.text[self.s.content[0] : self.s.content[1]] if self.s.content else ""


def see(readings: Sequence[Reading], joined: Joined, origin_of: Mapping[str, str]) -> tuple[Sight, ...]:
    """Look at every statement of the readings.

    Parameters
    ----------
    readings : sequence of Reading
    joined : Joined
    origin_of : mapping of str to str
        Statement id to origin id.

    Returns
    -------
    tuple of Sight
        In the order of publication, report and text, whatever the order of the readings.
    """
    return tuple(
        sorted((sight for r in readings for sight in _see(r, joined, origin_of)), key=lambda s: s.order)
    )


def _see(reading: Reading, joined: Joined, origin_of: Mapping[str, str]) -> Iterator[Sight]:
    report = reading.report
    names = name_words(reading)
    begins = [m.begin for m in reading.mentions]
    published = report.published.start if report.published else None
    asking = [
        (s.begin, max(s.end, s.content[1] if s.content else 0), s.end)
        for s in reading.statements
        if s.type is EventType.REQUEST
    ]
    deeds = {s.sentence for s in reading.statements if s.type in (EventType.ASSAULT, EventType.COERCE)}
    for place, s in enumerate(reading.statements):
        origin = origin_of.get(s.id, report.origin or report.id)
        begin, end = s.content or (s.begin, s.end)
        inside = reading.mentions[bisect_left(begins, begin) : bisect_left(begins, end)]
        met = s.condition or (0, 0)
        condition = reading.mentions[bisect_left(begins, met[0]) : bisect_left(begins, met[1])]
        order = (published.isoformat() if published else UNDATED, report.name, report.id, place)
        # A promise with a condition is no part of what its condition asks: the two are one clause.
        asked = any(b <= s.begin and s.end <= e and (b, own) != (s.begin, s.end) for b, e, own in asking)
        within = reading.mentions[bisect_left(begins, s.begin) : bisect_left(begins, s.end)]
        deed = s.sentence in deeds and s.type is EventType.ACCUSE
        yield _sight(
            s, order, report, origin, joined, names | described(within), inside, condition, asked, deed
        )


def _sight(
    s: Statement,
    order: Order,
    report: Report,
    origin: str,
    joined: Joined,
    names: frozenset[str],
    inside: Sequence[Mention],
    condition: Sequence[Mention],
    asked_for: bool,
    deed_told: bool,
) -> Sight:
    first, last = _days(s.when)
    actors = frozenset(joined.party(a.id) for a in s.actors)
    content = content_words(report, s.content, terms_near(report, s), names)
    words = content | frozenset(normal(t) for t in s.terms if telling(t, names))
    said = [w.strip(",.;:“”\"'’‘") for w in s.quote.lower().split()]
    return Sight(
        s=s, order=order, report=report, origin=origin,
        actors=actors,
        recipients=frozenset(joined.party(r.id) for r in s.recipients) - joined.things,
        words=words,
        told=told_words(s, words),
        content=content,
        counts=tuple(_counts(s)),
        first=first, last=last,
        source=source_code(s, joined),
        named=tuple(dict.fromkeys(joined.party(m.id) for m in inside if m.kind != "place")),
        places=frozenset(m.id for m in inside if m.kind == "place"),
        family=family(s, words, deed_told),
        runs=frozenset(crc32(" ".join(said[i : i + RUN]).encode("utf-8", "replace")) for i in range(len(said) - RUN + 1)),
        own=tuple((m.begin, m.end) for m in inside if joined.party(m.id) in actors),
        depends_on=tuple(dict.fromkeys(joined.party(m.id) for m in condition if m.kind != "place")),
        vague=bool(actors) and actors <= joined.nameless,
        asked_for=asked_for,
        where=s.where,
        quotations=quotations(report.text, s.sentence if s.sentence != (0, 0) else (s.begin, s.end)),
    )  # fmt: skip


def _counts(s: Statement) -> Iterable[Count]:
    for q in s.quantities:
        if q.low is None and q.high is None:
            continue
        low = float(q.low) if q.low is not None else 0.0
        high = float(q.high) if q.high is not None else float("inf")
        yield Count(normal(q.unit), q.role, low, high, q.text)


def _long(when: TimeSpan | None, published: date | None) -> bool:
    if when is None or when.start is None:
        return False
    end = when.end or published
    return end is not None and (end - when.start).days > LONG


def _days(when: TimeSpan | None) -> tuple[date | None, date | None]:
    if when is None or when.precision in (Precision.OPEN, Precision.UNKNOWN):
        return None, None
    return when.start, when.end


def source_code(s: Statement, joined: Joined) -> str:
    """Return a short code of who a statement is attributed to.

    Parameters
    ----------
    s : Statement
    joined : Joined

    Returns
    -------
    str
        ``fact`` when the outlet states it; else the links of the chain, outermost first, joined by `` > ``:
        ``claim <party id>`` for a source that is or speaks for an actor, else ``anonymous``, ``document``,
        ``official`` or ``named`` (``anonymous > claim group:x``). That a party says what it
        itself demands, refuses, promises or threatens is the act, not a claim, and is left out.
    """
    own = {joined.party(a.id) for a in s.actors}
    links: list[str] = []
    for attribution in s.attribution:
        party = joined.party(attribution.source.id) if attribution.source else None
        if s.type in SPEECH and party is not None and party in own:
            continue
        if attribution.kind is not SourceKind.OUTLET:  # "reportedly": a hedge, and told as one
            links.append(_link(attribution, party))
    return " > ".join(dict.fromkeys(links)) or "fact"


def _link(attribution: Attribution, party: str | None) -> str:
    source = attribution.source
    if party is not None and source is not None and party.startswith("actor:") and source.text.islower():
        return SourceKind.ANONYMOUS.value  # "senior sources", "diplomats"
    if party is None or attribution.kind not in (SourceKind.NAMED, SourceKind.OFFICIAL):
        return attribution.kind.value
    return f"claim {party}"


def quotations(text: str, span: Span) -> tuple[str, ...]:
    """Return what a span prints between quotation marks, without the marks; a quote that runs on is followed."""
    begin, end = span
    reach = min(len(text), end + RUN_ON)
    found = (m for m in _QUOTED.finditer(text, begin, reach) if m.start() < end)
    return tuple(" ".join(m.group(1).split()) for m in found)
