"""The symbolic engine: seconds of processor time, and against the fast engine where states can be listed."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable

from benchmarks.bench_models import random_conflict
from benchmarks.rows import Row
from jirga.stability.build import to_game
from jirga.stability.door import solve
from jirga.stability.symbolic import solve_symbolic

TITLE = "Models whose states cannot be listed"
SEEDS = (1, 2, 3)


def measure() -> list[Row]:
    """Return the table."""
    rows = []
    for options, must, aim in ((40, 300.0, 10.0), (100, None, 10.0)):
        conflicts = [random_conflict(seed, options, 20) for seed in SEEDS]
        took = [_seconds(lambda one=conflict: solve_symbolic(one)) for conflict in conflicts]
        states = min(solve_symbolic(conflict, ("Nash",)).states for conflict in conflicts)
        what = f"{options} options, 20 rules, 4 decision makers with 6 statements: four concepts"
        note = f"slowest of {len(SEEDS)} random models; more than {states:.1g} feasible states; never listed"
        rows.append(Row(what, max(took), "s", must, aim, note=note))
    listed = [random_conflict(seed, 16, 4) for seed in SEEDS]
    symbolic = [_seconds(lambda one=conflict: solve_symbolic(one)) for conflict in listed]
    solve(to_game(listed[0]))  # compiled code is loaded before the clock starts
    fast = [_seconds(lambda one=conflict: solve(to_game(one))) for conflict in listed]
    ratio = statistics.median(a / b for a, b in zip(symbolic, fast, strict=True))
    note = "the same answer with every state listed, listing included; above 1 the listing is faster"
    rows.append(Row("16 options, 4 rules: time over the fast engine's", ratio, "x", note=note))
    return rows


def _seconds(run: Callable[[], object]) -> float:
    begin = time.process_time()
    run()
    return time.process_time() - begin
