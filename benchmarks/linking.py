"""How building the record grows: invented reports by the thousand, one core.

Run ``python -m benchmarks.linking 5000 10000``. Each report tells a few of many invented incidents, demands and
answers in varied words and figures, as outlets do; reading is left out, since linking is what is measured.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from tempfile import TemporaryDirectory

from sqlalchemy import func, select

from benchmarks.rows import Row
from jirga.reading.types import ActorMention, EventType, Mention, Place, Quantity, Reading, Statement
from jirga.record.project import Filters, Project, rows_of, schema, search
from jirga.record.project.evidence import put
from jirga.record.words import plain_lemma
from jirga.reports.types import Block, BlockKind, Precision, Report, TimeSpan

SYLLABLES = [
    "ba",
    "cor",
    "del",
    "fen",
    "gar",
    "hol",
    "jun",
    "kel",
    "lom",
    "mar",
    "nor",
    "pel",
    "quin",
    "ul",
    "ver",
]
ACTS = ["shelled", "raided", "attacked", "bombed", "struck"]
THINGS = [
    "a bridge",
    "a depot",
    "a convoy",
    "an outpost",
    "a village",
    "a power station",
    "a market",
    "a dam",
]
DEMANDS = [
    "open the {} crossing", "return the prisoners held in {}", "withdraw from {}", "lift the blockade of {}",
    "sign written guarantees over {}", "close the camps near {}",
]  # fmt: skip
_PLACE = re.compile(r"\b(?!Side)[A-Z]\w+")
FIRST = date(2030, 1, 1)
TITLE = "Linking many reports"
SMALL = 1000  # reports of the small run
CHUNK = 500  # reports put into a project in one transaction
QUESTIONS = (
    ("timeline", Filters(limit=100)),
    ("timeline", Filters(since="2030-01-03", until="2030-01-05")),
    ("events", Filters(actor="Side1", limit=100)),
    ("events", Filters(type="REJECT", limit=100, offset=300)),
    ("positions", Filters(actor="Side2", limit=100)),
    ("positions", Filters(since="2030-01-03", until="2030-01-05", limit=100)),
    ("disputes", Filters(limit=100)),
    ("actors", Filters()),
    ("report", Filters(actor="Side3", limit=100)),
    ("report", Filters(type="REJECT", limit=100)),
)
ADDED = {"added": "2031-01-01T00:00:00+00:00"}
MORE = 7  # reports that are added one by one
TOLD = 8  # statements in a report
RETOLD = 4  # reports that tell an incident, on average


@dataclass(frozen=True)
class Incident:
    """What happened; several reports tell it."""

    day: date
    side: int
    place: str
    thing: str
    number: int
    kind: EventType


def _incident(day: date, r: random.Random) -> Incident:
    place = "".join(r.choices(SYLLABLES, k=3)).title()
    kind = r.choice([EventType.ASSAULT, EventType.ASSAULT, EventType.REQUEST, EventType.REJECT])
    return Incident(day, r.randrange(6), place, r.choice(THINGS), r.randrange(3, 90), kind)


def _quote(it: Incident, r: random.Random) -> tuple[str, str]:
    one, other = f"Side{it.side}", f"Side{(it.side + 1) % 6}"
    demand = DEMANDS[it.number % len(DEMANDS)].format(it.place)
    if it.kind is EventType.REQUEST:
        return f"{one} {r.choice(['demanded', 'asked', 'wanted'])} that {other} {demand}", demand
    if it.kind is EventType.REJECT:
        return f"{one} {r.choice(['refused', 'declined'])} to {demand}", demand
    killed = it.number + (2 if r.random() < 0.2 else 0)
    return f"{one} {r.choice(ACTS)} {it.thing} in {it.place}, killing {killed} {other} soldiers", ""


def _statement(i: int, text: str, begin: int, quote: str, content: str, it: Incident) -> Statement:
    actors = tuple(
        _mention(text, begin, f"Side{n}") for n in (it.side, (it.side + 1) % 6) if f"Side{n}" in quote
    )
    at = text.index(content, begin) if content else 0
    assault = it.kind is EventType.ASSAULT
    return Statement(
        id=f"{i:010x}{begin:06x}", report=f"r{i}", begin=begin, end=begin + len(quote), quote=quote, type=it.kind,
        actors=actors[:1], recipients=actors[1:],
        when=TimeSpan(it.day, it.day, Precision.DAY) if assault else None,
        where=Place(f"name:{it.place}", it.place, it.place) if assault else None,
        quantities=(Quantity(it.number, it.number, str(it.number), "soldier", "killed"),) if assault else (),
        content=(at, at + len(content)) if content else None,
        terms=tuple(plain_lemma(w.strip(",")) for w in quote.split() if len(w) > 2),
        sentence=(begin, begin + len(quote) + 1),
    )  # fmt: skip


def _mention(text: str, begin: int, name: str) -> ActorMention:
    at = text.index(name, begin)
    return ActorMention(f"group:{name.lower()}", name, at, at + len(name), name)


def _reading(i: int, told: list[Incident], r: random.Random) -> Reading:
    text, statements = "", []
    for it in told:
        quote, content = _quote(it, r)
        begin, text = len(text), f"{text}{quote}. "
        statements.append(_statement(i, text, begin, quote, content, it))
    mentions = [
        Mention(m.id, m.name, m.begin, m.end, m.text, "group")
        for s in statements
        for m in sorted((*s.actors, *s.recipients), key=lambda m: m.begin)
    ]
    places = ((m.group(), *m.span()) for m in _PLACE.finditer(text))
    mentions += [Mention(f"place:{w}", w, begin, end, w, "place") for w, begin, end in places]
    mentions.sort(key=lambda m: m.begin)
    published = max(it.day for it in told) + timedelta(days=1)
    report = Report(
        id=f"{i:016x}", name=f"r{i}", path=f"r{i}", text=text, raw=b"", origin=f"{i:016x}",
        published=TimeSpan(published, published, Precision.DAY), blocks=(Block(0, len(text), BlockKind.BODY),),
    )  # fmt: skip
    return Reading(report, mentions=tuple(mentions), statements=tuple(statements))


def readings(count: int, seed: int = 1) -> list[Reading]:
    """Make readings of ``count`` invented reports, the same for the same seed."""
    r = random.Random(seed)
    per_day = 60
    incidents = [_incident(FIRST + timedelta(days=n // per_day), r) for n in range(count * TOLD // RETOLD)]
    out: list[Reading] = []
    for i in range(count):
        near = min(int(i * TOLD / RETOLD), max(0, len(incidents) - 2 * per_day))
        out.append(_reading(i, r.sample(incidents[near : near + 2 * per_day], TOLD), r))
    return out


def fill(path: Path, made: Iterable[Reading]) -> None:
    """Put readings into a new project file, as adding their reports would, without linking them."""
    with Project(path, create=True) as project:
        left = iter(made)
        while some := list(islice(left, CHUNK)):
            with project.database.writing() as connection:
                for reading in some:
                    put(connection, reading, ADDED)


@dataclass(frozen=True)
class Linked:
    """What linking all reports of a project took, in a process of its own.

    Attributes
    ----------
    seconds : float
        Processor time.
    peak : float
        MiB, the most that the process held, the program itself included.
    """

    seconds: float
    peak: float


def linked(path: Path) -> Linked:
    """Link all reports of a project in a fresh process."""
    command = [sys.executable, "-m", "benchmarks.linking", "--link", str(path)]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    return Linked(**json.loads(told))


def link_here(path: Path) -> Linked:
    """Link all reports of a project in this process."""
    with Project(path) as project:
        start = time.process_time()
        project.relink(force=True)
        seconds = time.process_time() - start
    return Linked(seconds, _peak())


def _peak() -> float:
    """Return the most MiB that this program held; getrusage would count what the parent held before it began."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(re.findall(r"VmHWM:\s+(\d+) kB", status)[0]) / 1024


def slowest(path: Path) -> tuple[float, str]:
    """Return the milliseconds of processor time of the slowest of the questions that people ask, and which it is."""
    found: list[tuple[float, str]] = []
    with Project(path) as project:
        for name, filters in QUESTIONS:
            start = time.process_time()
            rows_of(project, name, filters)
            found.append((1000 * (time.process_time() - start), f"{name} {filters}"))
        start = time.process_time()
        search(project, "bridge killing", Filters(limit=100))
        found.append((1000 * (time.process_time() - start), "search"))
    return max(found)


def one_more(path: Path, more: list[Reading]) -> list[float]:
    """Return the seconds of processor time that each of some reports, already read, takes to come into a project."""
    found: list[float] = []
    with Project(path) as project:
        for reading in more:
            start = time.process_time()
            with project.database.writing() as connection:
                put(connection, reading, ADDED)
            project.relink()
            found.append(time.process_time() - start)
    return found


def measure() -> list[Row]:
    """Return the table, at a size that takes a minute."""
    made = readings(2 * SMALL + MORE)
    with TemporaryDirectory() as folder:
        paths = [Path(folder) / f"{name}.db" for name in ("few", "many")]
        for times, path in enumerate(paths, start=1):
            fill(path, made[: times * SMALL])
        few, many = map(linked, paths)
        slow, which = slowest(paths[1])
        more = statistics.median(one_more(paths[1], made[2 * SMALL :]))
    most = f"100 rows at most; it was {which.split()[0]}"
    size = f"{2 * SMALL} reports in a project"
    all_of = "linking, threads, answers and disputes; reading left out"
    return [
        Row(f"{size} against {SMALL}", many.seconds / few.seconds, "x", 2.3, 2.1, note="linking all: growth of time"),
        Row("the same: peak of memory", many.peak / few.peak, "x", 1.5, 1.25, note="the program itself included"),
        Row(size, many.seconds, "s", note=all_of),
        Row(f"one more report to {2 * SMALL}", more, "s", 1, 0.5, note=f"with all that follows; median of {MORE}"),
        Row(f"slowest question to {size}", slow, "ms", 200, 100, note=most),
    ]  # fmt: skip


def main() -> None:
    """Print seconds of processor time, growth and peak memory for each number of reports given."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("counts", nargs="*", type=int, default=[1000, 2000])
    parser.add_argument("--link", type=Path, help="link a project file and print what it took, as JSON")
    given = parser.parse_args()
    if given.link is not None:
        print(json.dumps(asdict(link_here(given.link))))
        return
    before: Linked | None = None
    for count in given.counts:
        with TemporaryDirectory() as folder:
            path = Path(folder) / "bench.db"
            made = readings(count + MORE)
            fill(path, made[:count])
            took = linked(path)
            growth = (
                f" ({took.seconds / before.seconds:.2f} times, {took.peak / before.peak:.2f} times)"
                if before
                else ""
            )
            print(
                f"{count} reports: {took.seconds:.1f} s, peak {took.peak:.0f} MiB{growth}; {_size(path)}",
                flush=True,
            )
            before = took
            slow, which = slowest(path)
            more = one_more(path, made[count:])
        print(
            f"  slowest question {slow:.0f} ms ({which}); one more report: {statistics.median(more):.2f} s "
            f"({', '.join(f'{each:.2f}' for each in more)})",
            flush=True,
        )


def _size(path: Path) -> str:
    with Project(path) as project, project.database.reading() as connection:
        tables = (schema.statement, schema.event, schema.position, schema.dispute)
        count = [connection.execute(select(func.count()).select_from(table)).scalar() for table in tables]
    return ", ".join(f"{n} {table.name}s" for n, table in zip(count, tables, strict=True))


if __name__ == "__main__":
    main()
