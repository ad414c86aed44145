"""Sweeps and levers as people call them: drawing, solving and counting together."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import replace

import numpy as np

from benchmarks.bench_models import random_conflict
from benchmarks.rows import Row
from jirga.conflict.states import feasible
from jirga.conflict.types import Conflict, Rule
from jirga.stability.batch import batch_equilibria
from jirga.stability.build import to_game
from jirga.stability.door import solve
from jirga.stability.levers import levers
from jirga.stability.sweep import SweepOptions, sweep

TITLE = "Sweeps and levers"
STATES = 23
SAMPLES = 40_960
FEW = 400


def measure() -> list[Row]:
    """Return the table."""
    conflict = _of_states(STATES)
    game = to_game(conflict)
    whole = SAMPLES / _seconds(lambda: sweep(conflict, SweepOptions(samples=SAMPLES)))
    rng = np.random.default_rng(0)
    ranks = np.argsort(rng.random((SAMPLES, game.n, game.m)), axis=2).astype(np.int32)
    kernel = SAMPLES / _seconds(lambda: batch_equilibria(game, ranks))
    single = FEW / _seconds(lambda: [solve(replace(game, ranks=tuple(one))) for one in ranks[:FEW]])
    note = "orders of statements drawn, ranked, solved for four concepts, counted by state and by statement"
    rows = [
        Row(
            "23 states, 4 decision makers: samples a second and core",
            whole,
            "/s",
            more_is_better=True,
            note=note,
        ),
        Row(
            "the same over the batch kernel alone", kernel / whole, "x", note="what drawing and counting cost"
        ),
        Row(
            "the same over solving one by one",
            whole / single,
            "x",
            more_is_better=True,
            note="what batches gain",
        ),
    ]
    took = [_levers(seed) for seed in range(6)]
    note = "slowest of 6 random models, 6 statements each, four concepts, all kinds of change"
    rows.append(Row("levers of 1,024 states, 4 decision makers", max(took), "s", 2.0, 1.0, note=note))
    return rows


def _levers(seed: int) -> float:
    conflict = random_conflict(seed, 10, 0)
    return _seconds(lambda: levers(conflict, "o0 and not o1 and o2 and not o3", limit_s=60))


def _of_states(count: int) -> Conflict:
    """Return a conflict of six options with states forbidden by pattern until `count` are left."""
    conflict = random_conflict(1, 6, 0)
    words = [feasible(conflict).word(state) for state in range(64)]
    extra = np.random.default_rng(3).permutation(64)[: 64 - count]
    return replace(conflict, infeasible=tuple(Rule("pattern", (words[int(k)],)) for k in extra))


def _seconds(run: Callable[[], object]) -> float:
    run()
    begin = time.process_time()
    run()
    return time.process_time() - begin
