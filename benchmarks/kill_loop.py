"""Kill an adding process at random points, again and again, and show that nothing is lost: ``python -m benchmarks.kill_loop``."""

from __future__ import annotations

import argparse
import os
import random
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "istanbul-2025" / "reports"
ADD = """
import sys
from jirga.record.project import Project
from jirga.reading.reader import DefaultReader
reader = DefaultReader()
print("ready", flush=True)
with Project(sys.argv[1], create=True) as project:
    project.add([sys.argv[2]], reader.read)
"""


def ids(path: Path) -> list[tuple[str]]:
    """Return the ids of all reports, statements and events, after an integrity check."""
    with sqlite3.connect(path) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",), "the file is damaged"
        query = "SELECT id FROM report UNION ALL SELECT id FROM statement UNION ALL SELECT id FROM event ORDER BY 1"
        return connection.execute(query).fetchall()


def main() -> None:
    """Kill runs, check the file each time, and compare the end with a run that was left alone."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    chance = random.Random(asked.seed)
    with tempfile.TemporaryDirectory() as folder:
        whole, path = Path(folder) / "whole.db", Path(folder) / "killed.db"
        run = [sys.executable, "-c", ADD]
        subprocess.run([*run, str(whole), str(EXAMPLE)], check=True, capture_output=True)
        for kill in range(asked.kills):
            if kill % 10 == 0:
                for leftover in Path(folder).glob("killed.db*"):
                    leftover.unlink()
            with subprocess.Popen(
                [*run, str(path), str(EXAMPLE)], stdout=subprocess.PIPE, text=True
            ) as started:
                assert started.stdout is not None
                started.stdout.readline()
                time.sleep(chance.random() * 1.2)
                os.kill(started.pid, signal.SIGKILL)
            if path.exists() and path.stat().st_size:
                with sqlite3.connect(path) as connection:
                    assert connection.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        subprocess.run([*run, str(path), str(EXAMPLE)], check=True, capture_output=True)
        assert ids(path) == ids(whole), "the record differs from that of a run left alone"
    print(f"{asked.kills} kills, seed {asked.seed}: no damage, nothing lost, the same record at the end.")


if __name__ == "__main__":
    main()
