"""Words for times in a text, against the day of its report.

Words are found by a small grammar, never guessed from numbers: "58" and "20" are no dates, "three days of talks" is how long
and not when.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache, cached_property
from importlib.resources import files

from jirga.reading.days import (
    MONTHS,
    WEEKDAYS,
    Days,
    back,
    day_without_year,
    month,
    part_of,
    season,
    week,
    weekday,
    weekend,
)
from jirga.reports.types import Precision, TimeSpan

__all__ = ["Rule", "find_times", "possible", "rules"]

_VAGUE = {"several": (2, 9), "a few": (2, 6), "few": (2, 6), "a couple of": (2, 3), "couple of": (2, 3)}
_NUMBERS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
    "ten": 10,
}
_NUMBERS |= {"eleven": 11, "twelve": 12}
_NUMBERS |= {"a": 1, "an": 1, "twenty": 20, "thirty": 30}


@dataclass(frozen=True, slots=True)
class _Hit:
    """Words that a rule fits, the report's day, and whether they speak of what is to come."""

    match: re.Match[str]
    day: date | None
    ahead: bool


@dataclass(frozen=True)
class Rule:
    """Words for a time, as a pattern without its bounds, and what they mean."""

    words: str
    read: Callable[[_Hit], Days | None]
    holds: tuple[str, ...]  # in small letters; no text without one of them holds such a time
    hint: (
        re.Pattern[str] | None
    )  # finds something, in small letters, wherever the pattern does; none where it looks around itself

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """The words where no other letter touches them; made when a text first hints at them."""
        return re.compile(rf"(?<![\w-])(?:{self.words})(?![\w-])", re.IGNORECASE)


def possible(text: str) -> tuple[Rule, ...]:
    """Return the rules that find something in a text; its clauses, which are many, need no other."""
    low = text.lower()
    held = {letters: letters in low for letters in _held()}
    return tuple(
        r
        for r in rules()
        if any(held[letters] for letters in r.holds) and (r.hint is None or r.hint.search(low))
    )


def find_times(
    text: str, day: date | None, ahead: bool = False, rules: Sequence[Rule] | None = None
) -> Iterator[tuple[int, TimeSpan]]:
    """Yield the times in a text with where their words begin, in text order.

    Parameters
    ----------
    text : str
    day : datetime.date or None
        What relative words count from.
    ahead : bool
        Whether the text speaks of what is to come, so that "on Sunday" is the next one.
    rules : sequence of rules, optional
        Those worth trying, when that is known already.
    """
    if day is not None and not 1000 < day.year < 9000:
        day = None  # a report of no such year was published; counting from it would leave the calendar
    taken: list[tuple[int, int, TimeSpan]] = []
    for rule in possible(text) if rules is None else rules:
        for match in rule.pattern.finditer(text):
            begin, end = match.span()
            if any(begin < e and b < end for b, e, _ in taken):
                continue
            days = rule.read(_Hit(match, day, ahead))
            if days is not None:
                taken.append((begin, end, _span(days, match.group())))
    for begin, _, span in sorted(taken, key=lambda x: x[0]):
        yield begin, span


def _span(days: Days, words: str) -> TimeSpan:
    start, end, precision = days
    if start is not None and end is not None and start > end:
        start, end = end, start
    return TimeSpan(start, end, precision, words)


def _number(word: str) -> tuple[int, int]:
    """Return the least and most that a count may mean."""
    word = word.lower().strip()
    if word in _VAGUE:
        return _VAGUE[word]
    n = int(word) if word.isdigit() else _NUMBERS.get(word, 1)
    return n, n


def _month_number(word: str) -> int:
    return MONTHS[word.lower().rstrip(".")[:3]]


def _date(year: int, number: int, day: int) -> date | None:
    try:
        return date(year, number, day)
    except ValueError:
        return None


def _lead(match: re.Match[str], days: Days, day: date | None) -> Days:
    """Let "since", "until", "before", "after" open a side of a span."""
    lead = match.group().split(" ", 1)[0].lower()
    start, end, precision = days
    if lead in {"since", "after"}:
        return start if lead == "since" else end, day, Precision.OPEN
    if lead in {"until", "till", "by", "before"}:
        return None, start if lead == "before" else end, precision
    return days


def _full(hit: _Hit) -> Days | None:
    match, day, ahead = hit.match, hit.day, hit.ahead
    number, first = _month_number(match["month"]), int(re.sub(r"\D", "", match["day"]))
    last = int(re.sub(r"\D", "", match["last"])) if match["last"] else first
    if match["year"]:
        start, end = _date(int(match["year"]), number, first), _date(int(match["year"]), number, last)
    elif day is not None:
        start = day_without_year(day, number, first, ahead)
        end = start and _date(start.year, number, last)
    else:
        return (None, None, Precision.DAY) if first <= 31 else None
    if start is None or end is None:
        return None
    return _lead(match, (start, end, Precision.DAY), day)


def _iso(hit: _Hit) -> Days | None:
    match, day = hit.match, hit.day
    found = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    return None if found is None else _lead(match, (found, found, Precision.DAY), day)


def _month(hit: _Hit) -> Days | None:
    match, day, ahead = hit.match, hit.day, hit.ahead
    word = match["month"].lower().rstrip(".")
    sure = bool(match["year"] or match["part"]) or match.group().lower() != word
    if word in {"may", "march", "mar", "sept", "dec", "jan", "jun", "jul", "nov", "oct"} and not sure:
        return None
    if not match["month"][0].isupper():
        return None
    number = _month_number(word)
    if match["year"]:
        found: Days = month(int(match["year"]), number)
    elif day is None:
        found = (None, None, Precision.MONTH)
    else:
        year = day.year + (1 if ahead and number < day.month else 0)
        year -= 1 if not ahead and date(year, number, 1) > day + timedelta(days=31) else 0
        lead = re.match(r"(?:in |since |of )?(last|next|this) ", match.group(), re.IGNORECASE)
        if lead and lead[1].lower() == "last" and number >= day.month and year == day.year:
            year -= 1
        found = month(year, number)
    return _lead(match, part_of(found, _part(match)), day)


def _part(match: re.Match[str]) -> str:
    word = (match["part"] or "").lower()
    return word.removeprefix("the ").replace("middle", "mid")


def _months(hit: _Hit) -> Days | None:
    match, day, ahead = hit.match, hit.day, hit.ahead
    first, last = _month_number(match["first"]), _month_number(match["last"])
    if not match["first"][0].isupper() or not match["last"][0].isupper():
        return None
    if match["year"]:
        year = int(match["year"])
    elif day is None:
        return None, None, Precision.MONTH
    else:
        year = day.year - (1 if date(day.year, last, 1) > day and not ahead else 0)
    start = month(year - (1 if first > last else 0), first)[0]
    return start, month(year, last)[1], Precision.MONTH


def _year(hit: _Hit) -> Days | None:
    match, day = hit.match, hit.day
    year = int(match["year"])
    if match["decade"]:
        found: Days = (date(year, 1, 1), date(year + 9, 12, 31), Precision.YEAR)
    elif match["season"]:
        found = season(match["season"].lower(), year)
    else:
        found = part_of((date(year, 1, 1), date(year, 12, 31), Precision.YEAR), _part(match))
    return _lead(match, found, day)


def _years(hit: _Hit) -> Days | None:
    match = hit.match
    return date(int(match["first"]), 1, 1), date(int(match["last"]), 12, 31), Precision.YEAR


def _weekday(hit: _Hit) -> Days | None:
    match, day, ahead = hit.match, hit.day, hit.ahead
    if day is None:
        return None, None, Precision.DAY
    number, which = WEEKDAYS[match["weekday"].lower()], (match["which"] or "").lower().strip()
    if which in {"next", "coming", "this coming"}:
        return weekday(day + timedelta(days=1), number, True)
    if which in {"last", "past", "previous"}:
        return weekday(day - timedelta(days=1), number)
    ahead = ahead or match.group().lower().startswith("for ")
    return _lead(match, weekday(day, number, ahead), day)


_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "this morning": 0, "this afternoon": 0,
         "this evening": 0, "last night": -1}  # fmt: skip


def _named(hit: _Hit) -> Days | None:
    match, day = hit.match, hit.day
    words = " ".join(match["word"].lower().split())
    if day is None:
        return None, None, Precision.DAY
    if words == "overnight":
        return day - timedelta(days=1), day, Precision.DAY
    if words.startswith("the day before yesterday"):
        words, day = "yesterday", day - timedelta(days=1)
    found = day + timedelta(days=_DAYS.get(words, 0))  # "since dawn", "at midnight"
    return _lead(match, (found, found, Precision.DAY), day)


def _period(hit: _Hit) -> Days | None:
    match, day, ahead = hit.match, hit.day, hit.ahead
    unit, which = match["unit"].lower(), match["which"].lower()
    precision = {"week": Precision.WEEK, "month": Precision.MONTH, "year": Precision.YEAR, "weekend": Precision.WEEKEND,
                 "decade": Precision.YEAR, "century": Precision.YEAR}.get(unit, Precision.SEASON)  # fmt: skip
    if day is None:
        return None, None, precision
    shift = {"last": -1, "past": -1, "previous": -1, "next": 1, "coming": 1}.get(which, 0)
    if unit == "week":
        found: Days = week(day, shift)
    elif unit == "weekend":
        found = weekend(
            day,
            (0 if day.weekday() < 5 else -1)
            if shift < 0
            else shift + (day.weekday() < 5 if shift == 0 and ahead else 0),
        )
    elif unit == "month":
        at = back(day, -shift, "month")
        found = month(at.year, at.month)
    elif unit == "year":
        found = (date(day.year + shift, 1, 1), date(day.year + shift, 12, 31), Precision.YEAR)
    elif unit in {"decade", "century"}:
        size = 120 if unit == "decade" else 1200
        found = (back(day, size, "month"), day, Precision.YEAR)
    else:
        found = season(unit, day.year + (shift if shift else 0))
        if found[0] is not None and found[0] > day and shift < 0:
            found = season(unit, day.year - 1)
        elif (
            shift < 0
            and (again := season(unit, day.year))[1] is not None
            and again[1] is not None
            and again[1] < day
        ):
            found = again
    found = part_of(found, _part(match))
    if (match["part"] or "").lower() == "earlier" and found[1] is not None:
        found = (found[0], min(found[1], day), found[2])
    return _lead(match, found, day)


def _weekends(hit: _Hit) -> Days | None:
    match, day, ahead = hit.match, hit.day, hit.ahead
    single = bool(re.search(r"\b(?:a|one|single)\b", match.group().lower()))
    if day is None or single:
        return None, None, Precision.WEEKEND  # which weekend is not said
    return weekend(day, 1 if ahead and day.weekday() < 5 else 0)


def _ago(hit: _Hit) -> Days | None:
    match, day = hit.match, hit.day
    least, most = _number(match["count"])
    unit = match["unit"].lower()
    precision = {"month": Precision.MONTH, "year": Precision.YEAR, "decade": Precision.YEAR, "week": Precision.WEEK,
                 "fortnight": Precision.WEEK}.get(unit, Precision.DAY)  # fmt: skip
    if day is None:
        return None, None, precision
    start, end = back(day, most, unit), back(day, least, unit)
    if start == end and precision is Precision.WEEK:
        start, end = week(start)[0] or start, week(end)[1] or end
    elif start == end and precision is Precision.MONTH:
        start, end = month(start.year, start.month)[0] or start, month(end.year, end.month)[1] or end
    elif start == end and precision is Precision.YEAR:
        start, end = date(start.year, 1, 1), date(end.year, 12, 31)
    return start, min(end, day), precision


def _recent(hit: _Hit) -> Days | None:
    match, day = hit.match, hit.day
    unit = match["unit"].lower()
    precision = {
        "month": Precision.MONTH,
        "year": Precision.YEAR,
        "decade": Precision.YEAR,
        "week": Precision.WEEK,
    }.get(unit, Precision.DAY)
    if day is None:
        return None, None, precision
    which = match["which"].lower()
    most = _number(match["count"])[1] if match["count"] else (7 if unit in {"day", "night", "hour"} else 6)
    if not match["count"] and not match.group().lower().rstrip().endswith("s"):
        most = 1
    if which in {"next", "coming", "following"}:
        return day, back(day, -most, unit), precision
    return back(day, most, unit), day, precision


def _within(hit: _Hit) -> Days | None:
    match, day = hit.match, hit.day
    if day is None:
        return None, None, Precision.DAY
    return day, back(day, -_number(match["count"])[1], match["unit"].lower()), Precision.DAY


_READ: dict[str, Callable[[_Hit], Days | None]] = {
    "iso": _iso, "full": _full, "months": _months, "years": _years, "month": _month, "year": _year,
    "weekday": _weekday, "named": _named, "period": _period, "weekends": _weekends, "ago": _ago, "recent": _recent,
    "within": _within,
}  # fmt: skip


@cache
def rules() -> tuple[Rule, ...]:
    """Return the rules of ``time_rules.tsv``; no pattern repeats a part that may be empty, so none can blow up."""
    text = files("jirga.reading").joinpath("data", "time_rules.tsv").read_text(encoding="utf-8")
    parts: dict[str, str] = {}
    made: list[Rule] = []
    for line in text.splitlines():
        name, pattern, holds = (*line.split("\t"), "")[:3]
        if name.isupper():
            parts[name] = pattern
        elif name in _READ:
            filled = re.sub(r"\{([A-Z]+)\}", lambda found: parts[found[1]], pattern)
            looks = any(mark in filled for mark in ("(?=", "(?!", "(?<", "$"))
            hint = None if looks else re.compile(filled.removeprefix(parts["LEAD"]))
            letters = tuple(parts[holds].split("|") if holds.isupper() else holds.split("|"))
            made.append(Rule(filled, _READ[name], letters, hint))
    return tuple(made)


@cache
def _held() -> frozenset[str]:
    return frozenset(letters for rule in rules() for letters in rule.holds)
