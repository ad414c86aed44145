"""Compare every engine with the definitions on tens of thousands of random models.

``python -m benchmarks.nightly --models 20000 --seed 7``. Models have 2 to 5 decision makers and 2 to 14
states, with ties or without, in option form (infeasible states, irreversible options) or graph form in
turn. Checked on each: all verdicts of the linear, general and batch engines against the plain one,
simultaneous moves against their definitions, reasons and the symbolic engine (on every fifth), the inclusions
between the concepts, and that GMR and SEQ equilibria exist where moves are transitive. The first difference
is printed with what rebuilds the model, and ends the run.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Mapping

import numpy as np
from tests.strategies import random_game

from jirga.stability import CONCEPTS, Stable, batch_equilibria, explain, jit
from jirga.stability.batch import BATCHABLE
from jirga.stability.game import Game
from jirga.stability.general import solve_general
from jirga.stability.linear import solve_linear
from jirga.stability.plain import solve_plain
from jirga.stability.simultaneous import simultaneous, simultaneous_plain
from jirga.stability.symbolic import symbolic_tables
from jirga.stability.types import BoolArray

__all__ = ["check", "main"]

WITHIN = (
    ("Nash", "SMR"), ("SMR", "GMR"), ("Nash", "SEQ"), ("SEQ", "GMR"),
    ("Nash", "SSEQ"), ("SSEQ", "SEQ"), ("SSEQ", "SMR"),
)  # fmt: skip


def model(seed: int, number: int) -> Game:
    """Return one model of the run; seed and number rebuild it."""
    rng = np.random.default_rng([seed, number])
    return random_game(rng, int(rng.integers(2, 6)), int(rng.integers(2, 15)), graph=number % 2 == 1)


def check(game: Game, reasons: bool = False) -> list[str]:
    """Return what differs, in words; nothing when all is well."""
    expected = solve_plain(game, BATCHABLE)
    problems = _compare("general", expected, solve_general(game, BATCHABLE))
    word = batch_equilibria(game, np.stack(game.ranks)[None], BATCHABLE)[0]
    problems += [
        f"batch {name}"
        for row, (name, table) in zip(word, expected.items(), strict=True)
        if not np.array_equal(row, table.all(axis=0))
    ]
    problems += [f"{a} not in {b}" for a, b in WITHIN if (expected[a] & ~expected[b]).any()]
    if game.option_form:
        problems += _compare("linear", expected, solve_linear(game, BATCHABLE))
        problems += [f"no {name}" for name in ("GMR", "SEQ") if not expected[name].all(axis=0).any()]
        for name, joint in (("SIM", False), ("SEQ+SIM", True)):
            expected[name] = simultaneous_plain(game, joint)
            problems += _compare("simultaneous", {name: expected[name]}, {name: simultaneous(game, joint)})
    if reasons:
        problems += _explained(game, expected)
        problems += _compare("symbolic", expected, symbolic_tables(game, tuple(expected)))
    return problems


def _compare(engine: str, expected: Mapping[str, BoolArray], found: Mapping[str, BoolArray]) -> list[str]:
    return [f"{engine} {name}" for name, table in expected.items() if not np.array_equal(table, found[name])]


def _explained(game: Game, expected: Mapping[str, BoolArray]) -> list[str]:
    return [
        f"explain {name} of {dm} at {state}"
        for name in CONCEPTS
        if name in expected
        for dm in range(game.n)
        for state in range(game.m)
        if isinstance(explain(game, state, dm, name), Stable) != expected[name][dm, state]
    ]


def main() -> int:
    """Run; return 1 after a difference."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--models", type=int, default=20_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument(
        "--compiled", action="store_true", help="compile the kernels for small models as well"
    )
    given = parser.parse_args()
    if given.compiled:
        jit.SMALL = 0
    begin = time.monotonic()
    for number in range(given.models):
        problems = check(model(given.seed, number), reasons=number % 10 < 2)
        if problems:
            print(f"model(seed={given.seed}, number={number}): {'; '.join(problems)}")
            return 1
        if number % 2000 == 1999:
            print(f"{number + 1} models agree, {time.monotonic() - begin:.0f} s", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
