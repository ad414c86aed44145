"""The timeline as a drawing: days from left to right, one lane each for force, talks and words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from markupsafe import Markup

from jirga.brief.words import MONTHS, event_noun, span_words, words
from jirga.record.types import Event
from jirga.reports.types import Precision

__all__ = ["Dot", "drawable", "timeline_svg"]

WIDE, NARROW = 960, 400  # of a page, and of a phone, where the wide one could not be read
RIGHT = 20
LANES = ("force", "talks", "words")
STEP = 13  # height that one event takes in its lane
TOP, FOOT = 16, 34
MOST_HIGH = 7  # events that a lane stacks on one day before it says "+n"
EXACT = {Precision.MINUTE, Precision.DAY, Precision.WEEKEND, Precision.WEEK, Precision.MONTH}


@dataclass(frozen=True, slots=True)
class _Sheet:
    """The room that a drawing has."""

    width: int
    name: str

    @property
    def left(self) -> int:
        """Where the lanes begin, behind their names."""
        return 78 if self.width >= WIDE else 50


@dataclass(frozen=True, slots=True)
class Dot:
    """One event in the drawing."""

    event: Event
    first: date
    last: date
    number: int | None


def drawable(events: Sequence[Event], numbers: dict[str, int]) -> list[Dot]:
    """Return the events that have a day or a few, with the number of their first quote."""
    dots = []
    for event in events:
        when = event.when
        if when and when.start and when.end and when.precision in EXACT:
            number = next((numbers[s] for s in event.statements if s in numbers), None)
            dots.append(Dot(event, when.start, when.end, number))
    return sorted(dots, key=lambda d: (d.first, d.last, d.event.id))


def timeline_svg(dots: Sequence[Dot], narrow: bool = False) -> tuple[Markup, str]:
    """Draw the timeline.

    Parameters
    ----------
    dots : sequence of Dot
    narrow : bool
        For a phone.

    Returns
    -------
    Markup
        An SVG with a title and a description; shape tells the lane as much as place and colour do. Empty without
        at least two different days.
    str
        What a reader must know of the drawing, or empty.
    """
    days = sorted({d.first for d in dots} | {d.last for d in dots})
    if len(days) < 2:
        return Markup(""), ""
    sheet = _Sheet(NARROW, "narrow") if narrow else _Sheet(WIDE, "wide")
    scale = _scale(days, sheet)
    placed, heights = _stack(dots, scale)
    out = [_HEAD.format(_height(heights), _describe(dots), sheet.width, sheet.name)]
    out.extend(_frame(heights, days, scale, sheet))
    for dot, lane, x, x2, row in placed:
        out.append(_shape(dot, lane, x, x2, _base(lane, heights) - row * STEP))
    out.append(Markup("</svg>"))
    left = len(dots) - len(placed)
    note = f" {left} events of crowded days are in the list only." if left else ""
    return Markup("\n").join(out), note


_HEAD = Markup(
    '<svg viewBox="0 0 {2} {0}" role="img" aria-labelledby="tl-t-{3} tl-d-{3}" class="timeline {3}">'
    '<title id="tl-t-{3}">Timeline of the reported events</title><desc id="tl-d-{3}">{1}</desc>'
)


def _describe(dots: Sequence[Dot]) -> str:
    told = [f"{span_words(d.event.when)}: {event_noun(d.event)}" for d in dots[:40]]
    rest = f"; and {len(dots) - 40} more" if len(dots) > 40 else ""
    return "; ".join(told) + rest + ". The list below the drawing tells the same."


def _scale(days: list[date], sheet: _Sheet) -> dict[date, float]:
    """Place the days in proportion, but draw long gaps short, so that months of quiet do not squeeze the days that matter."""
    gaps = [(b - a).days for a, b in pairwise(days)]
    shown = [min(gap, 6) ** 0.75 for gap in gaps]
    total = sum(shown) or 1.0
    x, unit = float(sheet.left + 14), (sheet.width - sheet.left - RIGHT - 28) / total
    places = {days[0]: x}
    for after, share in zip(days[1:], shown, strict=True):
        x += share * unit
        places[after] = x
    return places


def _stack(
    dots: Sequence[Dot], scale: dict[date, float]
) -> tuple[list[tuple[Dot, str, float, float, int]], dict[str, int]]:
    """Pile events of one lane that would cover one another."""
    placed = []
    ends: dict[str, list[float]] = {lane: [] for lane in LANES}
    for dot in dots:
        lane = str(words()["lanes"][str(dot.event.type)])
        x, x2 = scale[dot.first], scale[dot.last]
        row = next((i for i, end in enumerate(ends[lane]) if end + 13 <= x), len(ends[lane]))
        if row >= MOST_HIGH:
            continue
        if row == len(ends[lane]):
            ends[lane].append(x2)
        ends[lane][row] = max(x2, x + (14 if dot.number and dot.number > 9 else 8))
        placed.append((dot, lane, x, x2, row))
    return placed, {lane: max(len(rows), 1) for lane, rows in ends.items()}


def _height(heights: dict[str, int]) -> int:
    return TOP + sum(h * STEP + 16 for h in heights.values()) + FOOT


def _base(lane: str, heights: dict[str, int]) -> int:
    """Return the y of a lane's lowest row."""
    y = TOP
    for name in LANES:
        y += heights[name] * STEP + 16
        if name == lane:
            break
    return y - 14


def _frame(
    heights: dict[str, int], days: list[date], scale: dict[date, float], sheet: _Sheet
) -> list[Markup]:
    out = []
    for lane in LANES:
        y = _base(lane, heights)
        out.append(
            Markup(
                '<text x="4" y="{}" class="lane">{}</text><line x1="{}" x2="{}" y1="{}" y2="{}" class="rule"/>'
            ).format(y + 4, words()["lane_names"][lane], sheet.left, sheet.width - RIGHT, y + 9, y + 9)
        )
    foot = _height(heights) - FOOT
    last = -100.0
    for when in days:
        x = scale[when]
        out.append(
            Markup('<line x1="{0:.1f}" x2="{0:.1f}" y1="{1}" y2="{2}" class="tick"/>').format(x, TOP, foot)
        )
        if x - last > 46:
            label = f"{when.day} {MONTHS[when.month - 1][:3]}"
            out.append(Markup('<text x="{:.1f}" y="{}" class="day">{}</text>').format(x, foot + 16, label))
            last = x
    if any(b - a > timedelta(days=6) for a, b in pairwise(days)):
        out.append(
            Markup(
                '<text x="{}" y="{}" class="note">Gaps of more than six days are drawn short.</text>'
            ).format(sheet.left, foot + 31)
        )
    return out


def _shape(dot: Dot, lane: str, x: float, x2: float, y: int) -> Markup:
    told = f"{span_words(dot.event.when)}: {event_noun(dot.event)}. {dot.event.label}"
    bar = ""
    if x2 - x > 2:
        bar = Markup('<line x1="{:.1f}" x2="{:.1f}" y1="{}" y2="{}" class="span {}"/>').format(
            x, x2, y, y, lane
        )
    if lane == "force":
        mark = Markup('<path d="M{:.1f} {}l5.4 9.4h-10.8z" class="force"/>').format(x, y - 6)
    elif lane == "talks":
        mark = Markup('<circle cx="{:.1f}" cy="{}" r="4.8" class="talks"/>').format(x, y)
    else:
        mark = Markup('<rect x="{:.1f}" y="{}" width="8.8" height="8.8" class="words"/>').format(
            x - 4.4, y - 4.4
        )
    if dot.number is None:
        return Markup("<g><title>{}</title>{}{}</g>").format(told, bar, mark)
    label = Markup('<text x="{:.1f}" y="{}" class="num">{}</text>').format(
        x + 6.5, y - 3.5 if bar else y + 3.5, dot.number
    )
    return Markup('<a href="#q{}"><title>{}</title>{}{}{}</a>').format(dot.number, told, bar, mark, label)
