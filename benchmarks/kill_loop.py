"""Kill an adding process at random points, again and again, and show that nothing is lost: ``python -m benchmarks.kill_loop``.

Each round starts ``add`` in a process of its own and kills it (SIGKILL) at a random moment of the time that it takes. Behind
every kill the file must pass SQLite's own checks. Behind one to four kills the same ``add`` runs to its end, and every row must
be that of a run left alone. Most rounds use a reader that costs little, so that kills fall on reading, writing and linking alike;
``--real`` rounds read the example with the real one.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from jirga.reading.types import ActorMention, EventType, Reading, Statement
from jirga.record.project import Project
from jirga.record.project.schema import metadata
from jirga.reports.types import Report

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "istanbul-2025" / "reports"
MOST = 4  # kills before a file is finished
PAUSE = 0.004  # seconds that the cheap reader takes for a report, so that kills fall on it too
VERBS = {
    "demanded": EventType.REQUEST,
    "refused": EventType.REJECT,
    "shelled": EventType.ASSAULT,
    "met": EventType.CONSULT,
}
ACTORS = ("The Hill Council", "The Northern Army", "The Mayor", "Envoys", "The River Guild")
THINGS = ("a ransom", "the harbour", "written terms", "the village of Dorn", "the bridge", "a truce")
Read = Callable[[Report], Reading]
Row = tuple[object, ...]


def write_reports(folder: Path, many: int, seed: int) -> None:
    """Write short reports that tell of the same few things, so that there is something to link."""
    chance = random.Random(seed)
    folder.mkdir()
    for number in range(many):
        told = [
            f"{chance.choice(ACTORS)} {chance.choice(list(VERBS))} {chance.choice(THINGS)} on {chance.randint(1, 28)} May 2031."
            for _ in range(8)
        ]
        (folder / f"{number:02}.txt").write_text(f"5 June 2031\n\n{' '.join(told)}\n", encoding="utf-8")


def read_cheaply(report: Report) -> Reading:
    """Read a report of `write_reports`."""
    time.sleep(PAUSE)
    found = []
    for match in re.finditer(r"(The [A-Z]\w+(?: [A-Z]\w+)?|Envoys) (\w+) [^.]+", report.text):
        quote, name, verb = match.group(0, 1, 2)
        begin = match.start()
        who = ActorMention(f"actor:{name.lower().replace(' ', '-')}", name, begin, begin + len(name), name)
        ident = hashlib.sha256(f"{report.id} {begin}".encode()).hexdigest()[:16]
        found.append(
            Statement(
                id=ident, report=report.name, begin=begin, end=match.end(), quote=quote, type=VERBS[verb], actors=(who,),
                terms=tuple(quote.lower().split()), sentence=(begin, match.end()),
            )
        )  # fmt: skip
    return Reading(report, sentences=((0, len(report.text)),), statements=tuple(found), reader="cheap 1")


def real_reader() -> Read:
    """Return the package's own reader."""
    from jirga.reading.reader import DefaultReader

    return DefaultReader().read


def cheap_reader() -> Read:
    """Return the reader that costs little."""
    return read_cheaply


def run(path: Path, reports: Path, reader: Callable[[], Read], wait: float | None) -> tuple[bool, float]:
    """Add reports in a process of its own, killed after ``wait`` seconds; tell whether it was, and how long it ran."""
    ready, begin = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            read = reader()
            os.write(begin, b"!")
            with Project(path, create=True) as project:
                project.add([reports], read)
            code = 0
        finally:
            os._exit(code)
    os.close(begin)
    os.read(ready, 1)  # what it takes to start is not what is looked at
    os.close(ready)
    started = time.monotonic()
    if wait is not None:
        time.sleep(wait)
        os.kill(child, signal.SIGKILL)
    _, status = os.waitpid(child, 0)
    took = time.monotonic() - started
    killed = os.WIFSIGNALED(status)
    assert killed or os.WEXITSTATUS(status) == 0, "the run failed by itself"
    return killed, took


def check(path: Path, many: int) -> str:
    """Check a file that was left by a kill, and tell how far the run had come."""
    if not path.exists() or not path.stat().st_size:
        return "before the file"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the file is damaged"
        assert not connection.execute("PRAGMA foreign_key_check").fetchall(), (
            "a row has lost what it rests on"
        )
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if "report" not in tables:
            return "before the tables"
        (reports,) = connection.execute("SELECT count(*) FROM report").fetchone()
        query = "SELECT count(*) FROM report WHERE id NOT IN (SELECT report_id FROM statement)"
        assert connection.execute(query).fetchone() == (0,), "a report came in without its statements"
        (events,) = connection.execute("SELECT count(*) FROM event").fetchone()
        if reports < many:
            return "reading and writing reports"
        return "after linking" if events else "linking"


def rows(path: Path) -> list[Row]:
    """Return every row of every table, without times."""
    found: list[Row] = []
    with closing(sqlite3.connect(path)) as connection:
        for table in metadata.tables.values():
            names = ", ".join(f'"{column.name}"' for column in table.columns if column.name != "added")
            found += [(table.name, *row) for row in connection.execute(f'SELECT {names} FROM "{table.name}"')]
    return sorted(found, key=repr)


def loop(
    kills: int, chance: random.Random, reports: Path, folder: Path, reader: Callable[[], Read]
) -> Counter[str]:
    """Kill so many runs; return how far they had come.

    Raises
    ------
    AssertionError
        When a file is damaged or a record differs from that of a run left alone.
    """
    whole, path, many = folder / "whole.db", folder / "killed.db", len(list(reports.iterdir()))
    with Project(folder / "warm.db", create=True) as warm:  # so that no run spends its time on imports
        warm.add([reports], reader())
    _, takes = run(whole, reports, reader, None)
    expected, seen, done = rows(whole), Counter[str](), 0
    while done < kills:
        for leftover in folder.glob("killed.db*"):
            leftover.unlink()
        for _ in range(chance.randint(1, MOST)):
            if done == kills:
                break
            killed, _ = run(path, reports, reader, chance.random() * takes)
            stage = check(path, many)
            if killed:
                done += 1
                seen[stage] += 1
        run(path, reports, reader, None)
        assert rows(path) == expected, "the record differs from that of a run left alone"
    for leftover in folder.glob("*.db*"):
        leftover.unlink()
    return seen


def main() -> None:
    """Kill runs, check the file each time, and compare the end with a run that was left alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=180, help="with the reader that costs little")
    parser.add_argument("--real", type=int, default=20, help="with the real reader")
    parser.add_argument("--reports", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    seen = Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_reports(folder / "in", asked.reports, asked.seed)
        seen += loop(asked.kills, chance, folder / "in", folder, cheap_reader)
        if asked.real:
            seen += loop(asked.real, chance, EXAMPLE, folder, real_reader)
    for stage, count in seen.most_common():
        print(f"{count:5}  {stage}")
    print(f"{seen.total()} kills, seed {asked.seed}: no damage, nothing lost, the same record at the end.")


if __name__ == "__main__":
    main()
