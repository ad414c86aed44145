"""Spans of days: months, weeks, weekends, seasons, and how they lie to a report's day."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

from jirga.reports.types import Precision

__all__ = [
    "MONTHS",
    "WEEKDAYS",
    "back",
    "day_without_year",
    "month",
    "part_of",
    "season",
    "week",
    "weekday",
    "weekend",
]

Days = tuple[date | None, date | None, Precision]
"""First day, last day, how exact."""

MONTHS = {
    name[:size]: number
    for number, name in enumerate(
        [
            "january",
            "february",
            "march",
            "april",
            "may",
            "june",
            "july",
            "august",
            "september",
            "october",
            "november",
            "december",
        ],
        1,
    )
    for size in ({3, len(name)} | ({4} if name == "september" else set()))
}
WEEKDAYS = {
    name: n
    for n, name in enumerate(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
}
_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
_AHEAD = (
    60  # days that a date without a year may lie after the report before it is taken as of the year before
)


def month(year: int, number: int) -> Days:
    """Return a month."""
    return date(year, number, 1), date(year, number, monthrange(year, number)[1]), Precision.MONTH


def week(day: date, shift: int = 0) -> Days:
    """Return the week, Monday to Sunday, that lies some weeks from a day's."""
    start = day - timedelta(days=day.weekday()) + timedelta(weeks=shift)
    return start, start + timedelta(days=6), Precision.WEEK


def weekend(day: date, shift: int = 0) -> Days:
    """Return the weekend that a report of a day means: its own Saturday and Sunday, else the last one before it."""
    saturday = day - timedelta(days=(day.weekday() - 5) % 7) + timedelta(weeks=shift)
    return saturday, saturday + timedelta(days=1), Precision.WEEKEND


def weekday(day: date, number: int, ahead: bool = False) -> Days:
    """Return the last such weekday up to a day, or the next one from it."""
    found = (
        day + timedelta(days=(number - day.weekday()) % 7)
        if ahead
        else day - timedelta(days=(day.weekday() - number) % 7)
    )
    return found, found, Precision.DAY


def season(name: str, year: int) -> Days:
    """Return a season of the northern year; winter begins in December of the year."""
    first = _SEASONS[name]
    last_year, last = (year + 1, 2) if first == 12 else (year, first + 2)
    return date(year, first, 1), date(last_year, last, monthrange(last_year, last)[1]), Precision.SEASON


def day_without_year(reference: date, number: int, day: int, ahead: bool = False) -> date | None:
    """Return a day of a month in the year that a report of the reference day means; None when there is no such day."""
    for year in (reference.year, reference.year - 1):
        try:
            found = date(year, number, day)
        except ValueError:
            continue
        if (found - reference).days <= (330 if ahead else _AHEAD):
            if ahead and (reference - found).days > _AHEAD:
                break
            return found
    try:
        return date(reference.year + 1, number, day) if ahead else None
    except ValueError:
        return None


def back(reference: date, count: int, unit: str) -> date:
    """Return the day that lies some days, weeks, months, years or decades before another (after it when negative)."""
    if unit in {"hour", "minute"}:
        days = count // 24 if unit == "hour" and count > 0 else -(-count // 24) if unit == "hour" else 0
        return _shift(reference, days)
    if unit in {"day", "night", "week", "fortnight"}:
        return _shift(reference, count * {"week": 7, "fortnight": 14}.get(unit, 1))
    months = count * {"month": 1, "year": 12, "decade": 120, "quarter": 3}.get(unit, 1)
    total = reference.year * 12 + reference.month - 1 - months
    if not 12 <= total < 9999 * 12:
        return date.min if months > 0 else date.max
    year, number = divmod(total, 12)
    return date(year, number + 1, min(reference.day, monthrange(year, number + 1)[1]))


def _shift(reference: date, days: int) -> date:
    try:
        return reference - timedelta(days=days)
    except OverflowError:
        return date.min if days > 0 else date.max


def part_of(days: Days, word: str) -> Days:
    """Return the early, middle or late third of a month or year."""
    start, end, precision = days
    if start is None or end is None or not word:
        return days
    third = (end - start) / 3
    if word.startswith(("early", "beginning", "start")):
        return start, start + third, precision
    if word.startswith("mid"):
        return start + third, end - third, precision
    return (end - third, end, precision) if word.startswith(("late", "end")) else days
