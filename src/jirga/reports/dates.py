"""When a report was published, as its own page or file says."""

from __future__ import annotations

import re
import warnings
from datetime import date, datetime

from jirga.reports.types import Precision, TimeSpan

__all__ = ["find_published", "parse_published"]

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_MONTH = "(?:" + "|".join(f"{m[:3]}(?:{m[3:]})?" if len(m) > 3 else m for m in MONTHS) + r"|sept)\.?"
# Each form is bounded and starts at a digit or a month's name, so none can run long.
_FORMS = re.compile(
    rf"\b(?:\d{{4}}-\d{{2}}-\d{{2}}(?:[T ]\d{{2}}:\d{{2}}(?::\d{{2}})?(?:Z|[+-]\d{{2}}:?\d{{2}})?)?"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? {{1,2}}{_MONTH},? {{1,2}}\d{{4}}"
    rf"|{_MONTH} {{1,2}}\d{{1,2}}(?:st|nd|rd|th)?,? {{1,2}}\d{{4}}"
    rf"|\d{{4}}/\d{{2}}/\d{{2}})\b",
    re.IGNORECASE,
)
FIRST_YEAR, LAST_YEAR = 1900, 2200


def find_published(text: str) -> TimeSpan | None:
    """Return the first written-out calendar date in a line of furniture, or None."""
    for match in _FORMS.finditer(text[:400]):
        found = parse_published(match.group())
        if found is not None:
            return found
    return None


def parse_published(text: str) -> TimeSpan | None:
    """Turn a date as pages and feeds write it into a day.

    Parameters
    ----------
    text : str
        ISO 8601 (``2025-10-28``, ``2025-10``, ``2025``, with or without a time), or a written-out date.

    Returns
    -------
    TimeSpan or None
        With the precision that the text has; None when it is no date.
    """
    text = text.strip()
    iso = _iso(text)
    if iso is not None:
        return iso
    import dateparser

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # dateparser warns about its own use of the standard library
        found = dateparser.parse(
            text[:80],
            languages=["en"],
            settings={"REQUIRE_PARTS": ["day", "month", "year"], "STRICT_PARSING": True},
        )
    return None if found is None else _day(found, text)


def _iso(text: str) -> TimeSpan | None:
    if re.fullmatch(r"\d{4}", text) and FIRST_YEAR <= int(text) <= LAST_YEAR:
        return TimeSpan(date(int(text), 1, 1), date(int(text), 12, 31), Precision.YEAR, text)
    if match := re.fullmatch(r"(\d{4})-(\d{2})", text):
        year, month = int(match[1]), int(match[2])
        if not 1 <= month <= 12:
            return None
        after = date(year + month // 12, month % 12 + 1, 1)
        return TimeSpan(date(year, month, 1), date.fromordinal(after.toordinal() - 1), Precision.MONTH, text)
    try:
        return _day(datetime.fromisoformat(text.replace("/", "-")), text)
    except ValueError:
        return None


def _day(found: datetime, text: str) -> TimeSpan | None:
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        return None
    timed = (found.hour, found.minute) != (0, 0)
    return TimeSpan(found.date(), found.date(), Precision.MINUTE if timed else Precision.DAY, text)
