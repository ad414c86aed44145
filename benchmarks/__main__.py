"""Run every benchmark and write the table: ``python -m benchmarks [name ..] [--print]``.

A benchmark is a module of this folder with ``TITLE`` and ``measure() -> list[Row]``. Its table replaces its
section of ``docs/benchmarks.md``; sections of the others stay.
"""

from __future__ import annotations

import argparse
import importlib
import pkgutil
from pathlib import Path

import benchmarks
from benchmarks.rows import table

DOC = Path(__file__).parents[1] / "docs" / "benchmarks.md"
HEAD = """# Benchmarks

`make bench` measures these figures and rewrites the tables. Ratios are taken against a reference in the same run, so
they mean about the same on any machine; one core is used. Seconds are processor time, but for the first call, which is wall
time of an idle machine: about four fifths of it is the import of numpy. Speed of reading, its ratio to its own parse and the
starts are the middle one of five takes, reading and parse by turns, so that other work on the machine does not decide.
"""


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help="modules of this folder; all when none is named")
    parser.add_argument("--print", action="store_true", help="show the tables and leave the document alone")
    given = parser.parse_args()
    for name in given.names or sorted(found.name for found in pkgutil.iter_modules(benchmarks.__path__)):
        if name.startswith("__"):
            continue
        module = importlib.import_module(f"benchmarks.{name}")
        if not hasattr(module, "measure"):
            continue
        section = f"## {module.TITLE}\n\n{table(module.measure())}\n"
        print(section, flush=True)
        if not given.print:
            _write(module.TITLE, section)


def _write(title: str, section: str) -> None:
    """Put a section in the place of the one with the same title, or at the end."""
    text = DOC.read_text(encoding="utf-8") if DOC.exists() else HEAD
    begin = text.find(f"## {title}\n")
    if begin < 0:
        text = f"{text.rstrip()}\n\n{section}"
    else:
        end = text.find("\n## ", begin)
        text = text[:begin] + section + (text[end:] if end >= 0 else "")
    DOC.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
