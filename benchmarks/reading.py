"""How fast reports are read, beside the bare pipeline: ``python -m benchmarks reading``.

Texts are made of invented reports, varied by a seed, so that no word cache helps. Times are processor time of one core.
"""

from __future__ import annotations

import gc
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from statistics import median

import spacy

from benchmarks.rows import Row
from jirga.reading.passages import parse
from jirga.reading.reader import DefaultReader
from jirga.reports.plain import plain_report
from jirga.reports.types import Report

__all__ = ["TITLE", "measure", "text_of_words"]

TITLE = "Reading"
TURNS = 5  # takes of a figure that other work on the machine may disturb; the middle one counts
SIDES = (
    "The government",
    "The northern rebels",
    "The army",
    "The Lake Council",
    "Kabul",
    "Islamabad",
    "The militia",
    "Qatar",
)
WHO = (
    "a spokesman",
    "the foreign minister, Ines Moreau,",
    "two officers",
    "the rebels' negotiator, Ahmad Karim,",
    "a diplomat",
)
WHAT = (
    "had rejected the demand for written guarantees", "would release forty prisoners within ten days",
    "had agreed to withdraw its heavy weapons behind the river", "would not sign unless the border posts were manned jointly",
    "had killed at least {n} soldiers and wounded dozens near {p}", "wanted the mediators to set a date for the next round",
    "had accused the other side of shelling {p} on {d}", "was ready to meet the mediators in {p} next week",
)  # fmt: skip
ROOMS = (
    "in the capital",
    "after talks in {p}",
    "on {d}",
    "at a news conference",
    "late on {d}",
    "in a statement",
)
MORE = (
    "“We asked for a timetable and were given none,” {w} told reporters {r}.",
    "Residents of {p} said that shelling had gone on through the night, and that the road to the hospital was closed.",
    "The talks, which began in {m} {y}, are meant to end a war that has displaced more than {n} thousand people.",
    "If the truce holds until {d}, aid convoys will be allowed to pass, according to {w}",
    "Nobody else confirmed the account, and it could not be checked independently.",
)
PLACES = ("Lomé", "Doha", "Kandahar", "Port Sudan", "Goma", "Peshawar", "Istanbul", "Bamako")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sunday")
MONTHS = ("January", "March", "June", "September", "November")


def text_of_words(count: int, seed: int = 1) -> str:
    """Return an invented report of about `count` words, in paragraphs of three to five sentences."""
    draw = random.Random(seed)
    words, paragraphs = 0, []
    while words < count:
        sentences = [_sentence(draw) for _ in range(draw.randint(3, 5))]
        words += sum(len(s.split()) for s in sentences)
        paragraphs.append(" ".join(sentences))
    return "\n\n".join(paragraphs)


def _sentence(draw: random.Random) -> str:
    if draw.random() < 0.35:
        form = draw.choice(MORE)
        form = form if form.endswith(".") else form + "."
    else:
        form = f"{draw.choice(SIDES)} {draw.choice(WHAT)}, {{w}} said {{r}}."
    for _ in range(2):  # the room names a place or a day
        form = form.replace("{r}", draw.choice(ROOMS)).replace("{w}", draw.choice(WHO))
        form = form.replace("{p}", draw.choice(PLACES)).replace("{d}", draw.choice(DAYS))
        form = form.replace("{m}", draw.choice(MONTHS)).replace("{y}", str(draw.randint(1990, 2025)))
        form = form.replace("{n}", str(draw.randint(2, 900)))
    return (
        form.replace(",.", ".").replace(", said", " said")
        if form.count(", said") > 1
        else form.replace(",.", ".")
    )


def report(text: str, name: str = "r") -> Report:
    """Return a report of a plain text."""
    return plain_report(f"{abs(hash(text)) % 16**16:016x}", name, name, text, text.encode())


def seconds(work: Callable[[], object]) -> float:
    """Return the processor time of one call."""
    gc.collect()
    begun = time.process_time()
    work()
    return time.process_time() - begun


def _small(count: int, seed: int) -> list[Report]:
    return [report(text_of_words(600, seed + i), f"r{seed + i}") for i in range(count)]


def _speed(reader: DefaultReader) -> tuple[float, float, float, float, float]:
    """Return words a second of the reading, of the parse, of blank spaCy with sentence ends; and reading over parse.

    The last is of reports of 175 words. Each is the middle one of several takes, reading and parse by turns, so that other
    work on the machine does not decide.
    """
    reports = _small(15, 100)
    words = sum(len(r.text.split()) for r in reports)
    blank = spacy.blank("en")
    blank.add_pipe("sentencizer")
    whole, parsed, ratio = _by_turns(reader, reports)
    plain = median(seconds(lambda: [blank(r.text) for r in reports]) for _ in range(TURNS))
    short = [report(text_of_words(175, 200 + i), f"s{i}") for i in range(40)]
    return words / whole, words / parsed, words / plain, ratio, _by_turns(reader, short)[2]


def _by_turns(reader: DefaultReader, reports: list[Report]) -> tuple[float, float, float]:
    """Return the middle time of the whole reading, that of the parse, and the middle of their ratios."""
    takes = [
        (
            seconds(lambda: [reader.read(r) for r in reports]),
            seconds(lambda: [parse(r, reader.nlp) for r in reports]),
        )
        for _ in range(TURNS)
    ]
    return median(w for w, _ in takes), median(p for _, p in takes), median(w / p for w, p in takes)


def _growth(reader: DefaultReader, words: int) -> float:
    small, large = report(text_of_words(words // 2, 7)), report(text_of_words(words, 7))
    return seconds(lambda: reader.read(large)) / seconds(lambda: reader.read(small))


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _memory(reader: DefaultReader, reports: Iterable[Report]) -> float:
    """Return by how many MiB the peak grows while reports stream through."""
    before = _peak()
    for one in reports:
        reader.read(one)
    return _peak() - before


def _start() -> tuple[float, float]:
    """Return processor time of `jirga read` on two sentences, and of `jirga --help`."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "small.txt"
        file.write_text(text_of_words(30), encoding="utf-8")
        return median(_run("read", str(file)) for _ in range(TURNS)), median(
            _run("--help") for _ in range(TURNS)
        )


def _run(*words: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run([sys.executable, "-m", "jirga", *words], check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def measure(long: int = 100_000) -> list[Row]:
    """Measure speed, growth, memory and start; `long` is the length in words of the long report."""
    begun, helped = _start()
    reader = DefaultReader()
    reader.read(report(text_of_words(3000, 3)))
    whole, parsed, plain, ratio, short = _speed(reader)
    grown = _memory(reader, (one for k in range(6) for one in _small(10, 1000 + 10 * k)))
    growth = _growth(reader, long)
    return [
        Row(
            "whole reading", whole, "words/s", note="one core; loading, parse and rules, reports of 600 words"
        ),
        Row(
            "the pipeline alone",
            parsed,
            "words/s",
            note="tags, trees, names: the parse that the reading rests on",
        ),
        Row(
            "blank spaCy with sentence ends",
            plain,
            "words/s",
            note="cutting into words alone, for comparison",
        ),
        Row(
            "reading over its own parse",
            ratio,
            "x",
            must=1.3,
            note="time of the whole reading by that of the parse",
        ),
        Row(
            "the same, reports of 175 words",
            short,
            "x",
            must=1.3,
            note="what a report costs however short it is weighs more",
        ),
        Row(
            f"{long:,} words against half of them",
            growth,
            "x",
            must=2.1,
            note="one report in one piece; 2 is linear",
        ),
        Row(
            "60 more reports, one after another",
            grown,
            "MiB",
            must=20,
            note="by how much the peak of memory grows",
        ),
        Row(
            "start: `jirga read` of 30 words", begun, "s", must=2, note="processor time of the whole command"
        ),
        Row("start: `jirga --help`", helped, "s", must=1, note="processor time"),
    ]
