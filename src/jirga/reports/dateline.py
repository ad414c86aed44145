"""The dateline that opens a report as agencies write it: place, often the day, and who sends it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from jirga.reports.dates import find_published
from jirga.reports.types import Block, BlockKind, TimeSpan

__all__ = ["Dateline", "find_dateline"]

REACH = 130  # characters in which a dateline ends
FIRST = 3  # blocks of prose among which it opens one

_ENDS = re.compile(r" ?[-–—]{1,2}[ \n]|(?<=\)) ?[-–—]|(?<=\d): |(?<=/)\.? ")
_AGENCY = re.compile(r"\(([^()\n]{2,40})\)$|/([^/\n]{2,40})/$")
_PLACE = re.compile(r"[^\W\d_]{2,25}[\w'’. /-]{0,40}?(?=,|\(|/|$)")
_NAME = re.compile(r"[A-Z][\w&.'’-]{1,30}(?: (?:[A-Z][\w&.'’-]{0,30}|of|and|the|for|de)){0,5}")


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline tells.

    Attributes
    ----------
    published : TimeSpan or None
        Its day; None when it has none, or none with a year.
    outlet : str or None
        Who sends the report.
    """

    published: TimeSpan | None
    outlet: str | None


def find_dateline(text: str, blocks: Sequence[Block]) -> Dateline | None:
    """Return what the dateline of a report tells, as in ``GENEVA, 3 June 2031 (Agency) - Talks ...``; None without one.

    Parameters
    ----------
    text : str
    blocks : sequence of Block
    """
    prose = [block for block in blocks if block.kind is BlockKind.BODY][:FIRST]
    for block in prose:
        found = _in(text[block.begin : min(block.end, block.begin + REACH)])
        if found is not None:
            return found
    return None


def _in(opening: str) -> Dateline | None:
    heads = (opening[: end.start()].strip(" ,.-–—") for end in _ENDS.finditer(opening))
    return next((found for head in heads if (found := _read(head)) is not None), None)


def _read(head: str) -> Dateline | None:
    agency = _AGENCY.search(head)
    outlet = (agency[1] or agency[2]).strip() if agency else None
    if outlet is not None and not _NAME.fullmatch(outlet):
        outlet = None
    place = head[: agency.start()].strip(" ,.") if agency else head
    published = find_published(place)
    if published is not None:
        place = place[: place.find(published.text)].rstrip()
        if place and place[-1] not in ",-–—":  # "On 3 June 2031 - a Tuesday - ..."
            return None
    if (outlet is None and published is None) or not _is_place(
        place.strip(" ,.-–—"), alone=outlet is not None
    ):
        return None
    return Dateline(published, outlet)


def _is_place(place: str, *, alone: bool) -> bool:
    """Tell whether the words before day and sender may be a place; a sender may stand without one."""
    if not place:
        return alone
    words = place.replace(",", " ").replace("/", " ").split()
    return (
        bool(_PLACE.match(place)) and len(words) <= 8 and all(w[0].isupper() or w[0].isdigit() for w in words)
    )
