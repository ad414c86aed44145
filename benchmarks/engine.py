"""The stability engines: speed against one sort, memory, growth, start-up, sweeps.

Each figure is measured in a process of its own: ``python -m benchmarks.engine NAME`` prints one as JSON.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from benchmarks.rows import Row
from jirga.stability.batch import batch_words, structure_of
from jirga.stability.door import solve
from jirga.stability.game import Game

TITLE = "Stability engines"
FOUR = ("Nash", "GMR", "SMR", "SEQ")
SEED = 1

FIRST_CALL = """
import numpy as np
from jirga.stability import Game, solve
rng = np.random.default_rng(0)
codes = np.array([2, 3, 4, 5, 8, 9, 18, 19, 20, 21, 24, 25], dtype=np.uint64)
ranks = tuple(rng.permutation(12).astype(np.int32) for _ in range(3))
solve(Game(("A", "B", "C"), ranks, codes, (1, 14, 16), 9, 2, 5), ("Nash", "GMR", "SMR", "SEQ"))
"""


def grid(options: int, dms: int = 4) -> Game:
    """Return a game in which every state is feasible, with random strict preferences."""
    rng, m = np.random.default_rng(SEED), 1 << options
    each = options // dms
    ranks = tuple(rng.permutation(m).astype(np.int32) for _ in range(dms))
    masks = tuple(((1 << each) - 1) << (each * i) for i in range(dms))
    return Game(tuple("ABCDEFGH"[:dms]), ranks, np.arange(m, dtype=np.uint64), masks, n_options=options)


def half(options: int) -> Game:
    """Return the same with one more option and half of the states infeasible, at random."""
    rng, m = np.random.default_rng(SEED), 1 << options
    codes = np.sort(rng.choice(2 * m, m, replace=False)).astype(np.uint64)
    full = grid(options)
    return Game(full.dms, full.ranks, codes, (*full.masks[:3], full.masks[3] | m), n_options=options + 1)


def one_way(options: int) -> Game:
    """Return the same with one irreversible option for each decision maker."""
    rest = half(options)
    to_yes = sum(mask & -mask for mask in rest.masks)
    return Game(rest.dms, rest.ranks, rest.codes, rest.masks, to_yes, 0, rest.n_options)


def seconds(run: Callable[[], object], repeats: int) -> float:
    """Return the shortest processor time of some runs of this thread."""
    found = []
    for _ in range(repeats):
        begin = time.thread_time()
        run()
        found.append(time.thread_time() - begin)
    return min(found)


def sorting(game: Game, repeats: int = 3) -> float:
    """Return the time of the reference: one stable argsort of each decision maker's ranks."""
    return seconds(lambda: [np.argsort(rank, kind="stable") for rank in game.ranks], repeats)


def over_sorting(game: Game, concepts: tuple[str, ...] = FOUR) -> float:
    """Return the time of a full analysis over that of sorting."""
    solve(game, concepts)  # compiles
    return seconds(lambda: solve(game, concepts), 3) / sorting(game)


def growth() -> float:
    """Return the time for 24 options over the time for 20."""
    times = []
    for options, repeats in ((20, 5), (24, 2)):
        game = grid(options)
        solve(game, FOUR)
        times.append(seconds(lambda game=game: solve(game, FOUR), repeats))  # type: ignore[misc]
    return times[1] / times[0]


def peak_bytes() -> float:
    """Return peak memory for each state and decision maker: the game, its analysis and the results."""
    solve(grid(12), FOUR)  # compiles
    game = grid(20)
    given = sum(rank.nbytes for rank in game.ranks) + (game.codes.nbytes if game.codes is not None else 0)
    Path("/proc/self/clear_refs").write_text("5", encoding="ascii")  # the peak starts anew
    before = resident("VmRSS")
    result = solve(game, FOUR)
    used = resident("VmHWM") - before
    assert result.equilibria
    return (used + given) / (game.m * game.n)


def resident(name: str) -> int:
    """Return a line of the process's memory status, in bytes."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) * 1024 for line in status.splitlines() if line.startswith(name + ":"))


def first_call() -> float:
    """Return the wall time of a fresh process that analyses a 12-state model, no compiled code kept."""
    best = float("inf")
    for _ in range(3):
        with tempfile.TemporaryDirectory() as empty:
            env = {**os.environ, "NUMBA_CACHE_DIR": empty}
            begin = time.perf_counter()
            subprocess.run([sys.executable, "-c", FIRST_CALL], check=True, env=env)
            best = min(best, time.perf_counter() - begin)
    return best


def sweep_rate() -> float:
    """Return full analyses per second of a 23-state model, each with another preference profile."""
    rng, count = np.random.default_rng(SEED), 50_000
    codes = np.sort(rng.choice(64, 23, replace=False)).astype(np.uint64)
    start = tuple(np.arange(23, dtype=np.int32) for _ in range(4))
    structure = structure_of(Game(tuple("ABCD"), start, codes, (1, 6, 24, 32), n_options=6))
    profiles = rng.permuted(np.tile(np.arange(23, dtype=np.int32), (count, 4, 1)), axis=2)
    batch_words(structure, profiles[:1], FOUR)  # compiles
    return count / seconds(lambda: batch_words(structure, profiles, FOUR), 5)


def listed() -> float:
    """Return nanoseconds for each listed move and decision maker in the general engine."""
    game = half(14).as_graph()
    solve(game, FOUR)
    arcs = sum(indices.size for _, indices in game.arcs or ())
    return seconds(lambda: solve(game, FOUR), 3) * 1e9 / (arcs * game.n)


FIGURES: dict[str, Callable[[], Row]] = {
    "grid": lambda: Row(
        "20 options, 4 decision makers, all states feasible, four concepts", over_sorting(grid(20)), "x", 10, 4,
        note="time over one stable numpy argsort of each decision maker's ranks",
    ),
    "memory": lambda: Row(
        "peak memory of the same", peak_bytes(), "bytes", 60, 30,
        note="for each state and decision maker: ranks and codes, work, results",
    ),
    "growth": lambda: Row(
        "24 options against 20", growth(), "x", 24, 18, note="growth of time; there are 16 times the states"
    ),
    "first": lambda: Row(
        "first call in a fresh process, 12 states", first_call(), "s", 2, 0.5,
        note="wall time with imports; nothing is compiled for a small model",
    ),
    "sweep": lambda: Row(
        "sweep, 23 states, 4 decision makers, four concepts", sweep_rate(), "per s", 20_000, 100_000, True,
        note="full analyses per second and core",
    ),
    "sseq": lambda: Row(
        "20 options as above, SSEQ alone", over_sorting(grid(20), ("SSEQ",)), "x", note="over the same sort"
    ),
    "half": lambda: Row(
        "21 options, half of the states infeasible at random", over_sorting(half(20)), "x",
        note="four concepts by the linear algorithm, over the same sort",
    ),
    "one_way": lambda: Row(
        "the same, one irreversible option each", over_sorting(one_way(20)), "x", note="over the same sort"
    ),
    "listed": lambda: Row(
        "listed moves (graph form), 16,384 states", listed(), "ns",
        note="four concepts by the general engine: time for each move and decision maker",
    ),
}  # fmt: skip


def measure() -> list[Row]:
    """Measure everything, each figure in a fresh process."""
    rows = []
    for name in FIGURES:
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.engine", name], capture_output=True, text=True, check=True
        )
        rows.append(Row(**json.loads(done.stdout)))
    return rows


if __name__ == "__main__":
    print(json.dumps(vars(FIGURES[sys.argv[1]]())))
