"""When a clause says that something happened, against the day of its report.

Words are found by a small grammar, never guessed from numbers: "58" and "20" are no dates, "three days of talks" is how long
and not when.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from spacy.tokens import Token

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
from jirga.reading.passages import Passage
from jirga.reports.types import Precision, Report, TimeSpan

__all__ = ["find_times", "when_for"]

_MONTH = r"(?:jan(?:uary|\.)?|feb(?:ruary|\.)?|march|mar\.|april|apr\.|may|june|jun\.|july|jul\.|aug(?:ust|\.)?|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
_WEEKDAY = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
_YEAR = r"(?:1[5-9]|20)\d\d"
_DAY = r"(?:[12]\d|3[01]|0?[1-9])(?:st|nd|rd|th)?"
_PART = r"(?:early|mid|late|the (?:beginning|start|middle|end) of)"
_COUNT = r"(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|several|a few|few|a couple of|couple of)"
_UNIT = r"(?:minute|hour|day|night|week|fortnight|month|year|decade)"
_SEASON = r"(?:spring|summer|autumn|fall|winter)"
_LEAD = r"(?:(?:on|in|over|during|at|by|since|until|till|from|before|after|as of|around|late on|early on|late|through|throughout|for) )?(?:the )?"

_VAGUE = {"several": (2, 9), "a few": (2, 6), "few": (2, 6), "a couple of": (2, 3), "couple of": (2, 3)}
_NUMBERS = {
    w: n for n, w in enumerate("zero one two three four five six seven eight nine ten eleven twelve".split())
}
_NUMBERS |= {"a": 1, "an": 1, "twenty": 20, "thirty": 30}


@dataclass(frozen=True, slots=True)
class _Rule:
    pattern: re.Pattern[str]
    read: Callable[[re.Match[str], date | None, bool], Days | None]


def when_for(passage: Passage, tokens: Sequence[Token], report: Report) -> TimeSpan | None:
    """Return when a clause tells that its event happened, or None when it has no words for it.

    Parameters
    ----------
    passage : Passage
    tokens : sequence of Token
        The clause, in text order; words that are not among them do not count.
    report : Report
        Its ``published`` is the day that "yesterday" counts from. Without it relative words keep their text, and
        start and end are None.

    Returns
    -------
    TimeSpan or None
        With the precision that the words have. "since 2021" ends on the report's day and is open. When the clause has
        several times, the finest goes first, then the one nearest to its verb.
    """
    if not tokens:
        return None
    inside = {t.i for t in tokens}
    begin, end = tokens[0].idx, tokens[-1].idx + len(tokens[-1])
    root = next((t for t in tokens if t.head.i not in inside or t.head.i == t.i), tokens[0])
    ahead = any(t.lower_ in {"will", "shall", "next", "'ll", "coming"} for t in tokens)
    best: tuple[tuple[float, int], TimeSpan] | None = None
    for at, span in find_times(passage.doc.text[begin:end], _published(report), ahead):
        touched = passage.doc.char_span(begin + at, begin + at + len(span.text), alignment_mode="expand")
        if touched is None or not any(t.i in inside for t in touched):
            continue
        key = (_fineness(span), abs(touched.start - root.i))
        if best is None or key < best[0]:
            best = (key, span)
    return best[1] if best else None


def _published(report: Report) -> date | None:
    return report.published.start if report.published is not None else None


_ORDER = list(Precision)


def _fineness(span: TimeSpan) -> float:
    return _ORDER.index(span.precision) + (0.5 if span.start is None and span.end is None else 0.0)


def find_times(text: str, day: date | None, ahead: bool = False) -> Iterator[tuple[int, TimeSpan]]:
    """Yield the times in a text with where their words begin, in text order.

    Parameters
    ----------
    text : str
    day : datetime.date or None
        What relative words count from.
    ahead : bool
        Whether the text speaks of what is to come, so that "on Sunday" is the next one.
    """
    taken: list[tuple[int, int, TimeSpan]] = []
    for rule in _rules():
        for match in rule.pattern.finditer(text):
            begin, end = match.span()
            if any(begin < e and b < end for b, e, _ in taken):
                continue
            days = rule.read(match, day, ahead)
            if days is not None:
                taken.append((begin, end, _span(days, match.group())))
    for begin, _, span in sorted(taken, key=lambda x: x[0]):
        yield begin, span


def _span(days: Days, words: str) -> TimeSpan:
    start, end, precision = days
    if start is not None and end is not None and start > end:
        start, end = end, start
    return TimeSpan(start, end, precision, words)


def _rules() -> tuple[_Rule, ...]:
    return _RULES


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


def _full(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
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


def _iso(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    found = _date(int(match["year"]), int(match["month"]), int(match["day"]))
    return None if found is None else _lead(match, (found, found, Precision.DAY), day)


def _month(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
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


def _months(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
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


def _year(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    year = int(match["year"])
    if match["decade"]:
        found: Days = (date(year, 1, 1), date(year + 9, 12, 31), Precision.YEAR)
    elif match["season"]:
        found = season(match["season"].lower(), year)
    else:
        found = part_of((date(year, 1, 1), date(year, 12, 31), Precision.YEAR), _part(match))
    return _lead(match, found, day)


def _years(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    return date(int(match["first"]), 1, 1), date(int(match["last"]), 12, 31), Precision.YEAR


def _weekday(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    if day is None:
        return None, None, Precision.DAY
    number, which = WEEKDAYS[match["weekday"].lower()], (match["which"] or "").lower().strip()
    if which in {"next", "coming", "this coming"}:
        return weekday(day + timedelta(days=1), number, True)
    if which in {"last", "past", "previous"}:
        return weekday(day - timedelta(days=1), number)
    return _lead(match, weekday(day, number, ahead), day)


_DAYS = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "this morning": 0, "this afternoon": 0,
         "this evening": 0, "last night": -1, "at dawn": 0, "before dawn": 0, "at midnight": 0}  # fmt: skip


def _named(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    words = " ".join(match["word"].lower().split())
    if day is None:
        return None, None, Precision.DAY
    if words == "overnight":
        return day - timedelta(days=1), day, Precision.DAY
    if words.startswith("the day before yesterday"):
        words, day = "yesterday", day - timedelta(days=1)
    found = day + timedelta(days=_DAYS[words])
    return _lead(match, (found, found, Precision.DAY), day)


def _period(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
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


def _weekends(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    single = bool(re.search(r"\b(?:a|one|single)\b", match.group().lower()))
    if day is None or single:
        return None, None, Precision.WEEKEND  # which weekend is not said
    return weekend(day, 1 if ahead and day.weekday() < 5 else 0)


def _ago(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
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


def _recent(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
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


def _within(match: re.Match[str], day: date | None, ahead: bool) -> Days | None:
    if day is None:
        return None, None, Precision.DAY
    return day, back(day, -_number(match["count"])[1], match["unit"].lower()), Precision.DAY


def _rule(pattern: str, read: Callable[[re.Match[str], date | None, bool], Days | None]) -> _Rule:
    return _Rule(re.compile(rf"(?<![\w-])(?:{pattern})(?![\w-])", re.IGNORECASE), read)


_RULES: tuple[_Rule, ...] = (
    _rule(rf"{_LEAD}(?P<year>{_YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)", _iso),
    _rule(rf"{_LEAD}(?:{_WEEKDAY},? )?(?P<month>{_MONTH}) (?P<day>{_DAY})(?: ?(?:-|–|to|and) ?(?P<last>{_DAY}))?(?:,? (?P<year>{_YEAR}))?", _full),
    _rule(rf"{_LEAD}(?:{_WEEKDAY},? )?(?:the )?(?P<day>{_DAY})(?: ?(?:-|–|to|and) ?(?P<last>{_DAY}))? (?:of )?(?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?", _full),
    _rule(rf"(?:between|from) (?P<first>{_MONTH}) (?:and|to|until|till) (?P<last>{_MONTH})(?:,? (?P<year>{_YEAR}))?", _months),
    _rule(rf"(?:between|from) (?P<first>{_YEAR}) (?:and|to|until|till) (?P<last>{_YEAR})|(?:in|during) (?P<_a>{_YEAR})[-–](?P<_b>{_YEAR})", lambda m, d, a: _years(m, d, a) if m["first"] else (date(int(m["_a"]), 1, 1), date(int(m["_b"]), 12, 31), Precision.YEAR)),
    _rule(rf"{_LEAD}(?:(?:last|this|next) )?(?:(?P<part>{_PART})[ -])?(?P<month>{_MONTH})(?:,? (?P<year>{_YEAR}))?", _month),
    _rule(rf"(?:in|since|during|by|until|before|after|from|throughout|through|as of|of) (?:the )?(?:(?P<part>{_PART})[ -])?(?:(?P<season>{_SEASON}) (?:of )?)?(?P<year>{_YEAR})(?P<decade>s)?", _year),
    _rule(rf"(?P<part>early|mid|late)[ -](?P<season>)(?P<year>{_YEAR})(?P<decade>s)?", _year),
    _rule(rf"(?:(?:on|by|since|until|from|late on|early on|late|early|before|after) )?(?:(?P<which>last|next|this coming|this|coming|past|previous) )?(?P<weekday>{_WEEKDAY})(?: (?:night|morning|evening|afternoon))?", _weekday),
    _rule(r"(?:(?:since|until|by|from|before|after|late|early|earlier) )?(?P<word>today|tonight|yesterday|tomorrow|overnight|this (?:morning|afternoon|evening)|last night|(?:at|before) dawn|at midnight|the day before yesterday)(?: (?:morning|evening|night|afternoon))?", _named),
    _rule(rf"{_LEAD}(?:(?P<part>earlier|later|early|mid|late|the (?:beginning|start|middle|end) of)[ -])?(?P<which>last|this|next|coming|previous|past) (?P<unit>week|weekend|month|year|decade|century|{_SEASON})", _period),
    _rule(r"(?:over|at|on|during|in) (?:the|a|one|this)(?: single| whole)? weekend", _weekends),
    _rule(rf"(?:(?:about|around|just|some|only|barely|less than|more than|over|nearly|almost) )?(?P<count>{_COUNT}) (?P<unit>{_UNIT})s? ago", _ago),
    _rule(rf"(?:in|over|during|within|for) (?:the )?(?P<which>past|last|recent|coming|next|following)(?: (?P<count>{_COUNT}))? (?P<unit>{_UNIT})s?", _recent),
    _rule(rf"(?:within|in) (?P<count>{_COUNT}) (?P<unit>{_UNIT})s?(?= (?:time|from now)|[.,;]|$)", _within),
)  # fmt: skip
