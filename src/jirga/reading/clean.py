"""A report as it is parsed: without soft hyphens, control characters, line ends inside words; and the way back.

What people typed and what a parser can use differ: text from PDF files breaks words at line ends, web pages carry soft
hyphens and zero-width spaces, hostile text has Cyrillic letters in English words. The rules read a cleaned copy. Then every
span is carried back, so that all offsets and quotes are those of the report as it is.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from jirga._data import load_yaml
from jirga.reading.passages import READ_KINDS
from jirga.reports.types import Block, BlockKind, Report

__all__ = ["Cleaned", "clean"]

# Each form is bounded on both sides of a line end: a megabyte of spaces costs no more than a megabyte of letters.
_EDIT = re.compile(
    r"(?P<hyphen>(?<=[^\W\d_])[-\u2010\u00ad][ \t]{0,8}\r?\n[ \t]{0,8}(?=[^\W\d_A-Z]))"
    r"|(?P<space>[ \t]{0,8}(?:\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029])[ \t]{0,8}|[\xa0\u2000-\u200a\u202f\u205f\u3000])"
    r"|(?P<gone>[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\xad\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb]+)"
    r"|(?P<ligature>[\ufb00-\ufb06])"
)
_OTHER = re.compile(r"[\u0370-\u03ff\u0400-\u052f]")
_WORD = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """A cleaned copy of a report.

    Attributes
    ----------
    report : Report
        The copy, its blocks moved along.
    back : sequence of int or None
        For each letter of the copy its place in the report; None where nothing was changed.
    """

    report: Report
    back: Sequence[int] | None


@cache
def _look_alikes() -> dict[int, int]:
    table = load_yaml("jirga.reading", "signs.yaml")["look_alikes"]
    return str.maketrans(table["cyrillic"] + table["greek"], table["as"] + table["like"])


@cache
def _ligatures() -> dict[str, str]:
    return dict(load_yaml("jirga.reading", "signs.yaml")["ligatures"])


def clean(report: Report) -> Cleaned:
    """Return the copy of a report that is parsed.

    Parameters
    ----------
    report : Report

    Returns
    -------
    Cleaned
        The report itself where there was nothing to clean.
    """
    if not _EDIT.search(report.text) and not _OTHER.search(report.text):
        return Cleaned(report, None)
    made = _Maker(report.text)
    blocks: list[Block] = []
    for block in report.blocks or (Block(0, len(report.text), BlockKind.BODY, report.language),):
        made.copy(block.begin)
        begin = made.length
        if block.kind in READ_KINDS and block.language == "en":
            made.clean(block.end)
        else:
            made.copy(block.end)
        if made.length > begin:
            blocks.append(replace(block, begin=begin, end=made.length))
    made.copy(len(report.text))
    if not made.changed:
        return Cleaned(report, None)
    return Cleaned(replace(report, text="".join(made.parts), blocks=tuple(blocks)), made.back)


class _Maker:
    """Puts the copy together from left to right."""

    def __init__(self, text: str) -> None:
        self.text, self.done, self.length, self.changed = text, 0, 0, False
        self.parts: list[str] = []
        self.back = array("Q")

    def copy(self, end: int) -> None:
        self._put(self.text[self.done : end], range(self.done, end))
        self.done = end

    def clean(self, end: int) -> None:
        begin = self.done
        text = _latin(self.text[begin:end])
        self.changed = self.changed or text != self.text[begin:end]
        at = 0
        for match in _EDIT.finditer(text):
            self._put(text[at : match.start()], range(begin + at, begin + match.start()))
            put = {"space": _space, "ligature": _spelled}.get(match.lastgroup or "", _nothing)(match.group())
            self._put(put, [begin + match.start()] * len(put))
            self.changed = self.changed or put != match.group()
            at = match.end()
        self._put(text[at:], range(begin + at, end))
        self.done = end

    def _put(self, text: str, places: Sequence[int]) -> None:
        self.parts.append(text)
        self.back.extend(places)
        self.length += len(text)


def _nothing(_: str) -> str:
    return ""


def _space(_: str) -> str:
    return " "


def _spelled(sign: str) -> str:
    return _ligatures().get(sign, sign)


def _latin(text: str) -> str:
    """Read look-alikes as Latin letters, in words that have Latin letters; the length stays."""
    if not _OTHER.search(text):
        return text
    return _WORD.sub(_latin_word, text)


def _latin_word(match: re.Match[str]) -> str:
    word = match.group()
    if not any(letter.isascii() and letter.isalpha() for letter in word):
        return word
    made = word.translate(_look_alikes())
    return word if _OTHER.search(made) else made
