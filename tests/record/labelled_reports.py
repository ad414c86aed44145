"""Invented reports whose sentences are labelled by hand with the things that they tell, and how linking does on them."""

from __future__ import annotations

import itertools
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from jirga.reading.reader import DefaultReader
from jirga.reading.types import Reading
from jirga.record.build import build_record
from jirga.record.types import Record
from jirga.reports.types import Block, BlockKind, Precision, Report, TimeSpan

GROUPS = ("labelled/sudan", "labelled/caucasus", "labelled/colombia", "labelled/sahel")
"""Written first; the rules were mended with them."""
UNSEEN = (
    "labelled_unseen/mekong",
    "labelled_unseen/kivu",
    "labelled_unseen/kestria",
    "labelled_unseen/arakan",
)
"""Labelled before they were linked for the first time."""
_HERE = Path(__file__).parent


@dataclass
class Score:
    """Pairs of sentences of different reports that were linked rightly or wrongly, or should have been."""

    right: int = 0
    pairs: int = 0
    wrong: list[tuple[str, str]] = field(default_factory=list)
    missed: list[tuple[str, str]] = field(default_factory=list)

    def __add__(self, other: Score) -> Score:
        return Score(
            self.right + other.right,
            self.pairs + other.pairs,
            self.wrong + other.wrong,
            self.missed + other.missed,
        )

    @property
    def precision(self) -> float:
        return self.right / max(1, self.right + len(self.wrong))

    @property
    def recall(self) -> float:
        return self.right / max(1, self.pairs)


@cache
def read_group(name: str) -> tuple[tuple[Reading, ...], dict[str, list[tuple[int, int, str]]]]:
    """Read a group's reports; return readings, and for each report the spans of its sentences with their labels."""
    reader = DefaultReader()
    readings, labels = [], {}
    for told in yaml.safe_load((_HERE / f"{name}.yaml").read_text(encoding="utf-8")):
        report, spans = _report(told)
        labels[report.name] = spans
        readings.append(reader.read(report))
    return tuple(readings), labels


def _report(told: dict[str, Any]) -> tuple[Report, list[tuple[int, int, str]]]:
    text, spans = "", []
    for label, sentence in told["sentences"]:
        spans.append((len(text), len(text) + len(sentence), label))
        text += sentence + " "
    day: date = told["published"]
    name = told["outlet"].lower().replace(" ", "-")
    report = Report(
        id=f"{sum(name.encode()):016d}", name=name, path=name, text=text, raw=text.encode(), outlet=told["outlet"],
        published=TimeSpan(day, day, Precision.DAY), blocks=(Block(0, len(text), BlockKind.BODY),),
    )  # fmt: skip
    return report, spans


def measure(group: tuple[tuple[Reading, ...], dict[str, list[tuple[int, int, str]]]]) -> tuple[Record, Score]:
    """Link a group and compare with its labels, by pairs of sentences of different reports."""
    readings, labels = group
    record = build_record(readings)
    texts = {r.report.name: r.report.text for r in readings}

    def sentence(ident: str) -> tuple[str, int]:
        s = record.statements[ident]
        at = next(i for i, (b, e, _) in enumerate(labels[s.report]) if b <= s.begin < e + 1)
        return s.report, at

    linked: set[frozenset[tuple[str, int]]] = set()
    for event in record.events:
        places = {sentence(s) for s in event.statements}
        linked |= {frozenset(p) for p in itertools.combinations(sorted(places), 2) if p[0][0] != p[1][0]}
    score = Score()
    every = [(name, i) for name, spans in labels.items() for i in range(len(spans))]
    for one, other in itertools.combinations(sorted(every), 2):
        told = (set(labels[name][at][2].split()) for name, at in (one, other))
        true = bool(set.intersection(*told)) and one[0] != other[0]
        pair = frozenset((one, other))
        words = tuple(texts[n][slice(*labels[n][i][:2])] for n, i in (one, other))
        score.pairs += true
        if true and pair in linked:
            score.right += 1
        elif true:
            score.missed.append((words[0], words[1]))
        elif pair in linked:
            score.wrong.append((words[0], words[1]))
    return record, score
