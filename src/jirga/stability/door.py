"""The one door to the engines: ``solve`` for verdicts; reasons are in :mod:`jirga.stability.explain`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from jirga.errors import TooLargeError, UsageError
from jirga.stability.fast import solve_fast
from jirga.stability.game import Game
from jirga.stability.types import BASIC, CONCEPTS, BoolArray, Stability

__all__ = ["Engine", "check_game", "solve"]

Engine = Literal["auto", "plain", "fast", "symbolic"]

ENGINES = ("auto", "plain", "fast", "symbolic")
FLOODED = (*BASIC, "SSEQ")
MOST_PLAIN = 3000  # states; sets of states for every state grow with the square


def solve(game: Game, concepts: Sequence[str] = BASIC, engine: Engine = "auto") -> Stability:
    """Return for every state, decision maker and concept whether the state is stable.

    Parameters
    ----------
    game : Game
    concepts : sequence of str
        Names in ``jirga.stability.types.CONCEPTS``; also ``L1``, ``L2``.. and ``NM`` (for two decision
        makers only) and ``MR1``, ``MR2``..
    engine : {"auto", "plain", "fast", "symbolic"}
        ``plain`` is the specification over Python sets, ``fast`` the linear algorithm, ``symbolic`` works on
        decision diagrams; all give the same answer. ``auto`` is ``fast``, which compiles nothing for a small
        model. For a model too large to list, hand the conflict itself to ``solve_symbolic``.

    Raises
    ------
    UsageError
        An unknown concept or engine, a concept that does not fit the model, or a game that contradicts
        itself.
    TooLargeError
        More than the memory holds; told before anything is allocated.
    """
    if engine not in ENGINES:
        raise UsageError(f"“{engine}” is not an engine; use auto, plain, fast or symbolic.")
    for name in concepts:
        _check_concept(name)
    check_game(game)
    if engine == "symbolic":
        from jirga.stability.symbolic import symbolic_tables

        return Stability.of(game.dms, symbolic_tables(game, concepts), engine)
    flooded = [name for name in concepts if name in FLOODED]
    if engine == "plain":
        _small_enough(game)
        from jirga.stability.plain import solve_plain

        tables, used = solve_plain(game, flooded), "plain"
    elif flooded:
        tables, used = solve_fast(game, flooded)
    else:
        tables, used = {}, "general"
    for name in concepts:
        if name not in tables:
            tables[name] = _other(game, name, used == "plain")
    return Stability.of(game.dms, {name: tables[name] for name in concepts}, used)


def _horizon_of(name: str) -> tuple[str, int] | None:
    """Return ("L", 3) for L3 and ("MR", 2) for MR2; None for anything else."""
    for kind in ("MR", "L"):
        digits = name.removeprefix(kind)
        numeric = digits.isascii() and digits.isdigit() and len(digits) <= 4
        if digits != name and numeric and int(digits) > 0:
            return kind, int(digits)
    return None


def _check_concept(name: str) -> None:
    if name not in CONCEPTS and name != "NM" and _horizon_of(name) is None:
        known = ", ".join(CONCEPTS)
        raise UsageError(f"“{name}” is not a concept; use {known}, NM, or L and MR with a horizon (L2, MR3).")


def _other(game: Game, name: str, plain: bool) -> BoolArray:
    """Return the verdicts of a concept that is no flood."""
    if name in ("SIM", "SEQ+SIM"):
        from jirga.stability.simultaneous import simultaneous, simultaneous_plain

        run = simultaneous_plain if plain else simultaneous
        return run(game, name == "SEQ+SIM")
    from jirga.stability.horizon import limited_move, metarational, non_myopic

    horizon = _horizon_of(name)
    if horizon is None:
        return non_myopic(game)
    kind, moves = horizon
    return limited_move(game, moves).stable if kind == "L" else metarational(game, moves)


def _small_enough(game: Game) -> None:
    if game.m > MOST_PLAIN:
        raise TooLargeError(
            f"The plain engine is made for up to {MOST_PLAIN} states and this model has {game.m}; "
            "use the fast one."
        )


def check_game(game: Game) -> None:
    """Raise when the numbers of a game contradict one another.

    Raises
    ------
    UsageError
        No decision maker, no state, arrays of different lengths, codes out of order, or moves to nowhere.
    """
    if not game.dms or len(game.ranks) != game.n or game.m == 0:
        raise UsageError("A game needs a decision maker, a state, and a ranking for each decision maker.")
    if any(rank.shape != (game.m,) for rank in game.ranks):
        raise UsageError("Every ranking of a game needs a rank for each state.")
    if any(int(rank.min()) < 0 or int(rank.max()) >= game.m for rank in game.ranks):
        raise UsageError(f"Ranks must be numbers from 0 to {game.m - 1}; make them dense.")
    if game.arcs is not None:
        _check_arcs(game)
        return
    codes = game.codes
    if codes is None or codes.shape != (game.m,) or len(game.masks) != game.n:
        raise UsageError(
            "In option form a game needs a code for each state and a mask for each decision maker."
        )
    if bool(np.any(codes[1:] <= codes[:-1])):
        raise UsageError("The codes of a game must increase from state to state.")
    if sum(mask.bit_count() for mask in game.masks) != _union(game.masks).bit_count():
        raise UsageError("Two decision makers control the same option; list the moves instead (graph form).")


def _union(masks: Sequence[int]) -> int:
    found = 0
    for mask in masks:
        found |= mask
    return found


def _check_arcs(game: Game) -> None:
    assert game.arcs is not None
    if len(game.arcs) != game.n:
        raise UsageError(
            "In graph form a game needs a list of moves for each decision maker, an empty one too."
        )
    for name, (indptr, indices) in zip(game.dms, game.arcs, strict=True):
        rows_fit = indptr.shape == (game.m + 1,) and int(indptr[-1]) == indices.size
        if not rows_fit or (indices.size and not 0 <= int(indices.min()) <= int(indices.max()) < game.m):
            raise UsageError(f"The moves of {name} lead to no state; states go from 0 to {game.m - 1}.")
