"""Statements made by hand from invented reports, with exact offsets, as a reader would give them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date
from hashlib import sha256

from jirga.reading.types import (
    ActorMention,
    Attribution,
    EventType,
    Mention,
    Modality,
    Place,
    Polarity,
    Quantity,
    Reading,
    SourceKind,
    Statement,
)
from jirga.record.words import plain_lemma
from jirga.reports.types import Block, BlockKind, Precision, Report, TimeSpan

# Names of the invented world: words -> (id, name, kind, of, how).
WORLD: dict[str, tuple[str, str, str, str | None, str]] = {
    "Veldland": ("country:VEL", "Veldland", "country", None, "name"),
    "Veldlandic": ("country:VEL", "Veldland", "country", None, "demonym"),
    "Harth": ("country:VEL", "Veldland", "country", None, "capital"),
    "Ostmark": ("country:OST", "Ostmark", "country", None, "name"),
    "Ostmarkers": ("country:OST", "Ostmark", "country", None, "demonym"),
    "Blue Front": ("group:blue-front", "Blue Front", "group", "country:OST", "name"),
    "Minister Orla Brandt": ("person:orla-brandt", "Orla Brandt", "person", "country:VEL", "title"),
    "Hill Wing": ("part:hill-wing", "Hill Wing", "part", "group:blue-front", "name"),
    "Coast Wing": ("part:coast-wing", "Coast Wing", "part", "group:blue-front", "name"),
    "Sudmere": ("country:SUD", "Sudmere", "country", None, "name"),
    "River Guard": ("group:river-guard", "River Guard", "group", None, "name"),
}
PLACES = {
    "Karst": Place("place:1", "Karst", "Karst"),
    "Lomme": Place("place:2", "Lomme", "Lomme"),
    "Ostmark": Place("country:OST", "Ostmark", "Ostmark"),
}
_SMALL = {
    "a",
    "an",
    "the",
    "of",
    "to",
    "in",
    "on",
    "at",
    "by",
    "for",
    "from",
    "with",
    "and",
    "or",
    "but",
    "that",
    "this",
    "it",
    "its",
    "they",
    "their",
    "his",
    "her",
    "was",
    "were",
    "is",
}


def day(number: int, month: int = 5) -> TimeSpan:
    """A day of 2031 as a reader gives it."""
    return TimeSpan(date(2031, month, number), date(2031, month, number), Precision.DAY)


@dataclass
class Told:
    """A report with its statements, made sentence by sentence."""

    name: str
    text: str
    published: int = 20
    origin: str = ""
    statements: list[Statement] = field(default_factory=list)

    @property
    def report(self) -> Report:
        when = day(self.published)
        ident = sha256(self.name.encode()).hexdigest()[:16]
        return Report(
            id=ident, name=self.name, path=self.name, text=self.text, raw=self.text.encode(),
            outlet=f"The {self.name.title()}", published=when, origin=self.origin or ident,
            blocks=(Block(0, len(self.text), BlockKind.BODY),),
        )  # fmt: skip

    @property
    def mentions(self) -> tuple[Mention, ...]:
        found: list[Mention] = []
        for words in sorted(WORLD, key=len, reverse=True):
            ident, name, kind, of, how = WORLD[words]
            for match in re.finditer(rf"\b{words}\b", self.text):
                if not any(m.begin < match.end() and match.start() < m.end for m in found):
                    found.append(Mention(ident, name, match.start(), match.end(), words, kind, of, how))
        return tuple(sorted(found, key=lambda m: m.begin))

    @property
    def reading(self) -> Reading:
        sentences = tuple(m.span() for m in re.finditer(r"\S[^.]*\.", self.text))
        return Reading(self.report, sentences, self.mentions, statements=tuple(self.statements))

    def tell(
        self,
        quote: str,
        type: EventType,  # noqa: A002
        by: str = "",
        to: str = "",
        *,
        content: str = "",
        mode: str | None = None,
        source: str = "",
        when: TimeSpan | None = None,
        where: str = "",
        counts: tuple[tuple[int, str, str], ...] = (),
        modality: Modality = Modality.ASSERTED,
        polarity: Polarity = Polarity.POSITIVE,
        hedges: tuple[str, ...] = (),
        condition: str = "",
    ) -> Statement:
        """Add the statement that a reader would make of one clause.

        ``by`` and ``to`` are names of the world, joined by ``+``; ``source`` is one of them, or ``anonymous``.
        """
        begin = self.text.index(quote)
        end = begin + len(quote)
        sentence = (self.text.rfind(".", 0, begin) + 1, (self.text.find(".", end) + 1) or len(self.text))
        words = re.findall(r"[A-Za-z][\w'-]*", quote)
        s = Statement(
            id=sha256(f"{self.name}{begin}{type}{by}{content}".encode()).hexdigest()[:16],
            report=self.name,
            begin=begin,
            end=end,
            quote=quote,
            type=type,
            mode=mode,
            actors=self._actors(by),
            recipients=self._actors(to),
            attribution=self._source(source, (begin, end)),
            polarity=polarity,
            modality=modality,
            hedges=hedges,
            when=when,
            where=PLACES[where] if where else None,
            quantities=tuple(Quantity(n, n, f"{n} {unit}", unit, role) for n, unit, role in counts),
            content=self._span(content, begin),
            condition=self._span(condition, max(0, begin - 200)),
            terms=tuple(plain_lemma(w) for w in words if w.lower() not in _SMALL),
            sentence=sentence,
        )
        self.statements.append(s)
        return s

    def _actors(self, names: str) -> tuple[ActorMention, ...]:
        found: list[ActorMention] = []
        for words in filter(None, names.split("+")):
            ident, name, *_ = WORLD[words]
            at = max(self.text.find(words), 0)
            found.append(ActorMention(ident, name, at, at + len(words), words))
        return tuple(found)

    def _source(self, source: str, span: tuple[int, int]) -> tuple[Attribution, ...]:
        if not source:
            return ()
        if source == "anonymous":
            return (Attribution(SourceKind.ANONYMOUS, None, None, None, span),)
        return (Attribution(SourceKind.NAMED, self._actors(source)[0], None, None, span),)

    def _span(self, words: str, after: int) -> tuple[int, int] | None:
        if not words:
            return None
        at = self.text.index(words, after)
        return at, at + len(words)
