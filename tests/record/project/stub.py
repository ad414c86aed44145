"""A reader that reads as little as the tests of a project need, and a few reports for it."""

from __future__ import annotations

import re

from jirga.reading.types import ActorMention, EventType, Reading, Statement
from jirga.reports.types import Report

__all__ = ["FIRST", "SECOND", "read"]

WORDS = {
    "demanded": EventType.REQUEST,
    "refused": EventType.REJECT,
    "shelled": EventType.ASSAULT,
    "met": EventType.CONSULT,
}
FIRST = "The Northern Army shelled the village of Dorn. The Hill Council demanded a ransom. The Mayor met the Guild."
SECOND = "Envoys refused the terms. The Northern Army shelled a harbour at night."


def read(report: Report) -> Reading:
    """Read as little as a test needs: a sentence with a known verb is a statement of its first words."""
    found = []
    for number, match in enumerate(re.finditer(r"[A-Z][^.]*\.", report.text)):
        quote = match.group().rstrip(".")
        verb = next((word for word in WORDS if f" {word} " in quote), None)
        if verb is None:
            continue
        begin, name = match.start(), quote[: quote.index(f" {verb} ")]
        who = ActorMention(f"actor:{name.lower().replace(' ', '-')}", name, begin, begin + len(name), name)
        found.append(
            Statement(
                id=f"{report.id[:12]}{number:04}", report=report.name, begin=begin, end=begin + len(quote), quote=quote,
                type=WORDS[verb], actors=(who,), terms=tuple(quote.lower().split()), sentence=(begin, match.end()),
            )
        )  # fmt: skip
    return Reading(report, sentences=((0, len(report.text)),), statements=tuple(found), reader="tests 1")
