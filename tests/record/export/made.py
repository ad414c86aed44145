"""A record with hostile words, long quotes, weekends and places without coordinates."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from jirga.reading.types import ActorMention, EventType, Modality, Place, Reading, Statement
from jirga.record.build import build_record
from jirga.record.types import Record
from jirga.reports.types import Precision, Report, TimeSpan

__all__ = ["HOSTILE", "LONG", "made_record"]

HOSTILE = '=cmd() <script>alert("x")</script> {\\evil} & ]]> \x07 "quoted", 100% _of_ #1;'
LONG = "The river crossing stayed closed " + "and the queue of lorries grew by the hour " * 12


def _statement(report: Report, quote: str, kind: EventType, **more: object) -> Statement:
    begin = report.text.index(quote)
    a = ActorMention("country:PAK", "Pakistan", begin, begin + 3, report.text[begin : begin + 3])
    b = ActorMention("group:hill", "Hill <Front> \x00", begin, begin + 3, report.text[begin : begin + 3])
    given = {
        "id": f"{kind}{begin}", "report": report.name, "begin": begin, "end": begin + len(quote), "quote": quote,
        "actors": (a,), "recipients": (b,), "type": kind, "sentence": (0, len(report.text)),
        "terms": tuple(quote.split()), **more,
    }  # fmt: skip
    return Statement(**given)


def made_record() -> Record:
    """Return the record that exports are tested on."""
    day = TimeSpan(date(2031, 5, 2), date(2031, 5, 2), Precision.DAY)
    weekend = TimeSpan(date(2031, 5, 3), date(2031, 5, 4), Precision.WEEKEND)
    one = Report(
        "a1" * 8, "one.txt", "one.txt", f"Talks. {HOSTILE} End.", b"1", "Ex & Co", "On {x}_%", published=day
    )
    two = Report(
        "b2" * 8, "two.txt", "two.txt", f"Zoë wrote: {LONG}.", b"2", url="https://x.example/a_b?c=%7B#d"
    )
    two = replace(two, authors=("Ana B", "C and D"))
    first = _statement(
        one, HOSTILE, EventType.THREATEN, when=weekend, where=Place("place:1138958", "Kabul", "Kabul")
    )
    second = _statement(
        two, LONG, EventType.COERCE, when=day, where=Place("country:VEL", "Veldland", "Veldland")
    )
    third = _statement(two, "Zoë wrote", EventType.CONSULT, modality=Modality.FUTURE)
    return build_record([Reading(one, statements=(first,)), Reading(two, statements=(third, second))])
