"""Numbers as they are printed: digits, words, "dozens", ranges."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from spacy.tokens import Doc

from jirga.reading.wordlists import word_set

__all__ = ["Number", "read_number", "read_range", "rows"]

Number = int | float


@dataclass(frozen=True, slots=True)
class _Words:
    numbers: dict[str, float]
    scales: dict[str, float]
    vague: dict[str, float]


@cache
def _lexicon() -> _Words:
    kinds: dict[str, dict[str, float]] = {"number": {}, "scale": {}, "vague": {}, "fraction": {}}
    for row in rows("number_words.tsv"):
        kinds[row[2]][row[0]] = float(row[1])
    return _Words(kinds["number"], kinds["scale"], kinds["vague"])


def rows(name: str) -> list[list[str]]:
    """Return the rows of a file of words, each with at least four cells."""
    text = files("jirga.reading").joinpath("data", name).read_text(encoding="utf-8")
    return [(line.split("\t") + [""] * 4)[:4] for line in text.splitlines() if line and line[0] != "#"]


_SCALED = re.compile(r"(\d{1,12}(?:[.,]\d{1,6})?)(k|m|mn|bn|tn|million|billion)", re.IGNORECASE)
_DIGITS = re.compile(r"(?:\d{1,3}(?:,\d{2,3}){1,5}|\d{1,15})(?:\.\d{1,6})?")


def read_range(doc: Doc, at: int, last: int, joins: set[str]) -> tuple[Number, Number, int, str] | None:
    """Return low, high, where it ends and the joining word of a range ("10 to 15"), or None."""
    first = read_number(doc, at, last)
    if first is None or first[1] + 1 >= last or doc[first[1]].lower_ not in joins or first[2]:
        return None
    join = doc[first[1]].lower_
    if join == "or" and first[0] != int(first[0]):
        return None
    second = read_number(doc, first[1] + 1, last)
    if second is None or second[2] or second[0] <= first[0]:
        return None
    low = first[0]
    if second[0] >= 1000 and low < 1000 and second[1] - first[1] > 2:  # "two to three million"
        factor = 10 ** (len(str(int(second[0]))) - 1)
        low = low * (1000 ** ((len(str(factor)) - 1) // 3)) if low * 1000 <= second[0] else low
    return low, second[0], second[1], join


def read_number(doc: Doc, at: int, last: int) -> tuple[Number, int, bool] | None:
    """Return the number that begins at a token, where it ends, and whether only its least is known ("dozens")."""
    lex = _lexicon()
    total, current, stop, vague, seen = 0.0, 0.0, at, False, False
    while stop < last:
        word = doc[stop].lower_
        if word in lex.vague:
            if (seen and not vague) or (word == "several" and seen):
                break
            follow = " ".join(t.lower_ for t in doc[stop : min(stop + 3, last)])
            nested = next(
                (s for s in ("thousands", "hundreds", "millions") if follow.endswith(f"of {s}")), ""
            )
            if nested:
                unit = {"thousands": 1e3, "hundreds": 1e2, "millions": 1e6}[nested]
                return int(lex.vague[word] * unit), stop + 3, True
            scale = lex.scales.get(doc[stop + 1].lower_, 0) if stop + 1 < last else 0
            if word == "several" and scale:
                return int(2 * scale), stop + 2, True
            return int(lex.vague[word]), stop + 1, True
        if (scaled := _SCALED.fullmatch(word)) is not None and not seen:
            value = float(scaled[1].replace(",", "")) * lex.scales.get(scaled[2].lower(), 1e6)
            return _plain(value), stop + 1, False
        if _DIGITS.fullmatch(word) is not None:
            if seen:
                break
            current, seen = float(word.replace(",", "")), True
        elif word in lex.numbers:
            if seen and (current % 100 < 20 or lex.numbers[word] >= 10) and current % 100 != 0:
                break
            current, seen = current + lex.numbers[word], True
        elif (word in lex.scales and len(word) > 2) or (word in lex.scales and seen):
            article = at < stop or (at and doc[at - 1].lower_ in {"a", "an", "per"})
            if not seen and not article:
                break
            current = (current or 1.0) * lex.scales[word]
            if lex.scales[word] >= 1000:
                total, current = total + current, 0.0
            seen = True
        elif (
            word in {"a", "an"}
            and not seen
            and stop + 1 < last
            and doc[stop + 1].lower_ in word_set("numerals after a")
        ):
            pass
        elif word == "half" and not seen and [t.lower_ for t in doc[stop + 1 : stop + 3]] == ["a", "million"]:
            return 500_000, stop + 3, False
        elif word == "couple" and stop and doc[stop - 1].lower_ == "a":
            return 2, stop + (2 if stop + 1 < last and doc[stop + 1].lower_ == "of" else 1), False
        elif not (seen and word in {"and", "-"} and _continues(doc, stop, last, current)):
            break
        stop += 1
    return (_plain(total + current), stop, False) if seen else None


def _continues(doc: Doc, stop: int, last: int, current: float) -> bool:
    """Tell whether "and" or a hyphen joins two words of one number: "two hundred and ten", "fifty-eight"."""
    after = doc[stop + 1].lower_ if stop + 1 < last else ""
    if doc[stop].lower_ == "-":
        return (
            current % 10 == 0 and current % 100 >= 20 and 0 < _lexicon().numbers.get(after, 0) < 10
        ) or after in {"dozen"}
    return (
        after in _lexicon().numbers
        and not doc[stop - 1].is_digit
        and doc[stop - 1].lower_ in {"hundred", "thousand"}
    )


def _plain(value: float) -> Number:
    return int(value) if value == int(value) and value < 1e15 else value
