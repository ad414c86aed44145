"""Run every measure that its data allows, print a table, fail below a floor."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table

from evaluation.measure import FLOORS, Measure, below, floors
from evaluation.parts import PARTS

SLACK = 0.01  # a floor lies one point below the measured value: libraries and processors round differently


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the table; return 1 when a measure lies below its floor."""
    parser = argparse.ArgumentParser(prog="python -m evaluation", description=__doc__)
    parser.add_argument("parts", nargs="*", default=list(PARTS), help=f"which parts: {', '.join(PARTS)}")
    parser.add_argument(
        "--set-floors",
        metavar="REASON",
        help="write the measured values, less one point, as the new floors; say why",
    )
    options = parser.parse_args(arguments)
    found = [one for part in options.parts for one in PARTS[part]()]
    _print(found)
    if options.set_floors:
        _write(found, options.set_floors)
        return 0
    problems = below(found)
    for problem in problems:
        print(f"Below the floor: {problem}", file=sys.stderr)
    return int(bool(problems))


def _print(found: Sequence[Measure]) -> None:
    table = Table("set", "measure", "value", "must", "aim")
    for one in found:
        wanted = [f"{limit:.2f}" if limit is not None else "" for limit in (one.must, one.aim)]
        table.add_row(one.corpus, one.name, f"{one.value:.3f}", *wanted)
    Console(width=110).print(table)


def _write(found: Sequence[Measure], reason: str) -> None:
    """Write the floors anew; those of parts that were not measured stay."""
    kept = floors() | {one.key: (one.fingerprint, round(max(one.value - SLACK, 0.0), 3)) for one in found}
    lines = [f"# Lowest values that a change may leave. Set because: {reason}"]
    lines += [
        f'["{key}"]\nfingerprint = "{mark}"\nfloor = {floor}\n' for key, (mark, floor) in sorted(kept.items())
    ]
    FLOORS.write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
