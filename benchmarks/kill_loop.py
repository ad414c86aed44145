"""Kill an adding process at random points, again and again, and show that nothing is lost: ``python -m benchmarks.kill_loop``.

Each round starts ``add`` in a process of its own and kills it (SIGKILL) at a random moment of the time that it takes. Behind
every kill the file must pass SQLite's own checks. Behind one to four kills the same ``add`` runs to its end, and every row must
be that of a run left alone. Most rounds use a reader that costs little, so that kills fall on reading, writing and linking alike;
``--real`` rounds read the example with the real one. ``--growing`` rounds add single reports, and newer versions of some, to a
record that is there already; its end must also be what linking all anew gives.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import re
import shutil
import signal
import sqlite3
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from tests.record.project.derived import differences
from tests.record.project.derived import rows as derived_rows

from jirga.reading.types import ActorMention, EventType, Reading, Statement
from jirga.record.project import Project, store
from jirga.record.project.schema import metadata
from jirga.reports.types import Report

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "istanbul-2025" / "reports"
MOST = 4  # kills before a file is finished
LATER, NEWER = 5, 3  # reports that are added one by one, and newer versions
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


@dataclass(frozen=True)
class Work:
    """What is killed.

    Attributes
    ----------
    steps : tuple of Path
        Files or folders, added one after the other.
    reader : callable
        Makes a reader.
    base : Path or None
        Project to which they are added; none, and a new one is made.
    """

    steps: tuple[Path, ...]
    reader: Callable[[], Read]
    base: Path | None = None

    def begin(self, path: Path) -> None:
        """Make the file as it is before the work."""
        for leftover in path.parent.glob(f"{path.name}*"):
            leftover.unlink()
        if self.base is not None:
            shutil.copy(self.base, path)

    def do(self, path: Path, read: Read) -> None:
        """Do all of it."""
        with Project(path, create=True) as project:
            if self.base is not None:
                project.share = 1  # the record is small; still, no report is linked with all the others
            for step in self.steps:
                project.add([step], read)


def write_reports(folder: Path, many: int, seed: int) -> None:
    """Write short reports that tell of the same few things, so that there is something to link."""
    folder.mkdir()
    for number in range(many):
        write_report(folder / f"{number:02}.txt", seed * 1000 + number)


def write_report(path: Path, seed: int) -> None:
    """Write a report, or a newer version of it."""
    chance = random.Random(seed)
    told = [
        f"{chance.choice(ACTORS)} {chance.choice(list(VERBS))} {chance.choice(THINGS)} on {chance.randint(1, 28)} May 2031."
        for _ in range(8)
    ]
    path.write_text(f"5 June 2031\n\n{' '.join(told)}\n", encoding="utf-8")


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


def run(path: Path, work: Work, wait: float | None) -> tuple[bool, float]:
    """Do work in a process of its own, killed after ``wait`` seconds; tell whether it was, and how long it ran."""
    ready, begin = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        try:
            read = work.reader()
            os.write(begin, b"!")
            work.do(path, read)
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


def check(path: Path, work: Work) -> str:
    """Check a file that was left by a kill, and tell how far the run had come."""
    if not path.exists() or not path.stat().st_size:
        return "opening the file"
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the file is damaged"
        assert not connection.execute("PRAGMA foreign_key_check").fetchall(), (
            "a row has lost what it rests on"
        )
        tables = {
            name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        }
        if "report" not in tables:
            return "making the tables"
        query = "SELECT count(*) FROM report WHERE id NOT IN (SELECT report_id FROM statement)"
        assert connection.execute(query).fetchone() == (0,), "a report came in without its statements"
        if work.base is not None:
            return _grown(connection)
        (reports,) = connection.execute("SELECT count(*) FROM report").fetchone()
        (events,) = connection.execute("SELECT count(*) FROM event").fetchone()
        if reports < sum(len(list(step.iterdir())) for step in work.steps):
            return "reading and writing reports"
        return "after linking" if events else "linking"


def _grown(connection: sqlite3.Connection) -> str:
    """Tell whether a report is in that is not linked yet, and that what is linked is whole."""
    now = set(connection.execute("SELECT id FROM report WHERE replaced_by IS NULL"))
    linked = set(connection.execute("SELECT report_id FROM linked_report"))
    told = set(connection.execute("SELECT DISTINCT report_id FROM sight"))
    assert told == linked, "a report is linked by half"
    return "reading one more report" if now == linked else "linking one more report"


def rows(path: Path) -> list[Row]:
    """Return every row of every table, without times."""
    found: list[Row] = []
    with closing(sqlite3.connect(path)) as connection:
        for table in metadata.tables.values():
            names = ", ".join(f'"{column.name}"' for column in table.columns if column.name != "added")
            found += [(table.name, *row) for row in connection.execute(f'SELECT {names} FROM "{table.name}"')]
    return sorted(found, key=repr)


def loop(kills: int, chance: random.Random, folder: Path, work: Work) -> Counter[str]:
    """Kill so many runs; return how far they had come.

    Raises
    ------
    AssertionError
        When a file is damaged or a record differs from that of a run left alone.
    """
    whole, path = folder / "whole.db", folder / "killed.db"
    work.begin(whole)
    with ExitStack() as stack:
        if work.base is not None:  # it must never be linked anew
            stack.enter_context(patch.object(store, "link_all", side_effect=AssertionError))
        work.do(whole, work.reader())  # so that no run spends its time on imports, too
    work.begin(whole)
    _, takes = run(whole, work, None)
    expected, seen, done = rows(whole), Counter[str](), 0
    check_linking(whole, work)
    while done < kills:
        work.begin(path)
        for _ in range(chance.randint(1, MOST)):
            if done == kills:
                break
            killed, _ = run(path, work, chance.random() * takes)
            stage = check(path, work)
            if killed:
                done += 1
                seen[stage] += 1
        run(path, work, None)
        assert rows(path) == expected, "the record differs from that of a run left alone"
        check_linking(path, work)
    return seen


def check_linking(path: Path, work: Work) -> None:
    """Check that linking a record anew that grew gives the same."""
    if work.base is None:
        return
    with Project(path) as project:
        grown = derived_rows(project)
        project.relink(force=True)
        assert differences(grown, derived_rows(project)) == {}, "linking all anew gives another record"


def growing(folder: Path, many: int, seed: int) -> Work:
    """Return the work of adding single reports, and newer versions of some, to a record."""
    reports, base = folder / "grow", folder / "base.db"
    write_reports(reports, many, seed)
    told = sorted(reports.iterdir())
    early, later = told[:-LATER], told[-LATER:]
    with Project(base, create=True) as project:
        project.add(early, read_cheaply)
    newer = early[1 : 2 * NEWER : 2]
    for path in newer:
        write_report(path, seed * 1000 + many + int(path.stem))
    return Work((*later[:-2], *newer, *later[-2:]), cheap_reader, base)


def main() -> None:
    """Kill runs, check the file each time, and compare the end with a run that was left alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=80, help="with the reader that costs little")
    parser.add_argument("--growing", type=int, default=100, help="while a record grows")
    parser.add_argument("--real", type=int, default=20, help="with the real reader")
    parser.add_argument("--reports", type=int, default=16)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    seen = Counter[str]()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_reports(folder / "in", asked.reports, asked.seed)
        if asked.kills:
            seen += loop(asked.kills, chance, folder, Work((folder / "in",), cheap_reader))
        if asked.growing:
            seen += loop(asked.growing, chance, folder, growing(folder, asked.reports + LATER, asked.seed))
        if asked.real:
            seen += loop(asked.real, chance, folder, Work((EXAMPLE,), real_reader))
    for stage, count in seen.most_common():
        print(f"{count:5}  {stage}")
    print(f"{seen.total()} kills, seed {asked.seed}: no damage, nothing lost, the same record at the end.")


if __name__ == "__main__":
    main()
