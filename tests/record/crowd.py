"""Readings of invented reports in which actors belong to one another in every way that there is."""

from __future__ import annotations

import random
from collections.abc import Sequence

from jirga.reading.types import ActorMention, Attribution, EventType, Mention, Reading, SourceKind, Statement
from jirga.reports.types import Report

__all__ = ["crowd", "plain"]

E = EventType
TYPES = (E.ASSAULT, E.REQUEST, E.REJECT, E.CONCEDE, E.CONSULT, E.SUPPORT, E.ACCUSE, E.RETREAT, E.AGREE)
# Id: names, kinds, what it may be told to be of, whether by its own name.
ACTORS: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str | None, ...], tuple[str, ...]]] = {
    "country:VEL": (("Veldland", "Harth"), ("country",), (None,), ("name", "demonym", "capital")),
    "country:OST": (("Ostmark",), ("country",), (None,), ("name",)),
    "body:council": (("Council", "High Council"), ("government", "body"), ("country:VEL", None), ("name",)),
    "group:front": (("Blue Front",), ("group", "part"), ("country:OST", None, None), ("name",)),
    "group:guard": (("River Guard",), ("group", "unknown"), (None,), ("name", "acronym")),
    "group:coast": (("Coast Watch",), ("group",), (None, None, "group:guard"), ("name",)),
    "group:ring": (("Ring",), ("group",), ("part:wing", None), ("name",)),
    "part:wing": (("Hill Wing", "wing"), ("part", "group"), ("group:ring", "group:front"), ("name", "description")),
    "person:brandt": (("Orla Brandt", "minister"), ("person",), ("country:VEL", "body:council"), ("name", "title")),
    "actor:fighters": (("fighters",), ("people", "group"), (None, None, "group:front"), ("description",)),
    "actor:residents": (("residents",), ("people",), (None, "country:unheard"), ("description", "pronoun")),
    "actor:envoys": ((*["envoys"] * 9, "Envoys"), ("people",), (None, "actor:residents"), ("description",)),
    "actor:raiders": ((*["raiders"] * 9, "Raiders"), ("group",), (None,), ("description", "name")),
    "place:1": (("Karst",), ("place",), (None,), ("name",)),
}  # fmt: skip
# Names that reports take for several things.
NAMESAKES: dict[str, tuple[tuple[str, ...], tuple[str, ...], tuple[str | None, ...], tuple[str, ...]]] = {
    "country:dravian": (("Dravian",), ("country",), (None,), ("demonym", "name")),
    "country:dravia": (("Dravia",), ("country",), (None,), ("name",)),
    "actor:dravia": (("Dravia",), ("unknown",), (None,), ("name",)),
    "person:dravia": (("Dravia",), ("person",), (None, None, "country:VEL"), ("name",)),
    "place:text:dravia": (("Dravia",), ("place",), (None,), ("name",)),
    "actor:lwm": (("LWM",), ("unknown",), (None,), ("acronym",)),
    "actor:low-water-movement": (("Low Water Movement",), ("unknown",), (None,), ("name",)),
    "actor:long-wave-movement": (("Long Wave Movement",), ("unknown",), (None,), ("name",)),
}  # fmt: skip
JOINS = (", which includes the ", ", part of the ", " is a member of the armed ")


class _Teller:
    """A report in the making."""

    def __init__(self, number: int, r: random.Random, actors: list[str]) -> None:
        self.number, self.r, self.text, self.actors = number, r, "", actors
        self.groups = [a for a in actors if a.startswith(("group:", "part:"))]
        self.mentions: list[Mention] = []
        self.statements: list[Statement] = []

    def name(self, actor: str, shown: bool = True) -> ActorMention:
        names, kinds, wholes, how = (ACTORS | NAMESAKES)[actor]
        words, begin = self.r.choice(names), len(self.text)
        self.text += words
        found = (actor, self.r.choice(names), begin, len(self.text), words)
        if shown:
            self.mentions.append(
                Mention(*found, self.r.choice(kinds), self.r.choice(wholes), self.r.choice(how))
            )
        return ActorMention(*found)

    def some(self) -> list[str]:
        return self.r.sample(self.actors, self.r.choice((0, 1, 1, 1, 2)))

    def tell(self) -> None:
        begin, kind = len(self.text), self.r.choice(TYPES)
        actors = tuple(self.name(actor, self.r.random() < 0.9) for actor in self.some())
        self.text += " told "
        recipients = tuple(self.name(actor, self.r.random() < 0.9) for actor in self.some())
        source = self.name(self.r.choice(self.actors), shown=False) if self.r.random() < 0.2 else None
        link = Attribution(SourceKind.NAMED, source, None, None, (begin, len(self.text)))
        self.statements.append(
            Statement(
                f"{self.number:04x}{begin:04x}", f"r{self.number}", begin, len(self.text), self.text[begin:], kind,
                mode=self.r.choice(("mediate", None, None)), actors=actors, recipients=recipients,
                attribution=(link,) if source else (),
            )
        )  # fmt: skip
        self.text += ". "

    def join(self) -> None:
        self.text += "The "
        one, other = self.r.sample(self.groups, 2)
        self.name(one)
        self.text += self.r.choice(JOINS)
        self.name(other)
        self.text += " spoke. "


def crowd(seed: int, count: int, told: int = 3) -> list[Reading]:
    """Return readings of ``count`` reports, the same for the same seed; some seeds know few actors, of whom much is told."""
    r = random.Random(seed)
    actors = sorted(r.sample(sorted(ACTORS), r.randrange(4, len(ACTORS) + 1)))
    actors += random.Random(seed).sample(sorted(NAMESAKES), 4) if seed % 3 == 1 else []
    out = []
    for number in range(count):
        teller = _Teller(number, r, actors)
        for _ in range(r.randrange(told + 1)):
            teller.tell()
            if len(teller.groups) > 1 and r.random() < 0.3:
                teller.join()
        report = Report(f"{number:016x}", f"r{number}", f"r{number}", teller.text, teller.text.encode())
        mentions = tuple(sorted(teller.mentions, key=lambda m: m.begin))
        out.append(
            Reading(
                report, ((0, len(teller.text)),), mentions, statements=tuple(teller.statements), reader="test"
            )
        )
    return out


def plain(
    number: int, mentions: Sequence[tuple[str, str | None, str]], told: Sequence[tuple[EventType, str, str]] = (),
    joined: str = " and ",
) -> Reading:  # fmt: skip
    """Return the reading of a report that names actors (id, what it is of, its words), then tells what one does to another."""
    text, named = "", []
    for actor, of, words in mentions:
        kind = ACTORS[actor][1][0]
        begin = len(text)
        named.append(Mention(actor, words, begin, begin + len(words), words, kind, of))
        text += words + joined
    report = Report(f"{number:016x}", f"r{number}", f"r{number}", text, text.encode())
    statements = tuple(
        Statement(
            f"{number:04x}{at:04x}", report.name, 0, 1, text[:1], kind,
            actors=(ActorMention(one, one, 0, 1, text[:1]),), recipients=(ActorMention(other, other, 0, 1, text[:1]),),
        )
        for at, (kind, one, other) in enumerate(told)
    )  # fmt: skip
    return Reading(report, ((0, len(text)),), tuple(named), statements=statements)
