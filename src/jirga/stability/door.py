"""The one door to the engines: ``solve`` for verdicts, ``explain`` for the reason of one of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from jirga.errors import UsageError
from jirga.stability.game import Game
from jirga.stability.plain import solve_plain
from jirga.stability.types import BASIC, Stability

__all__ = ["Engine", "solve"]

Engine = Literal["auto", "plain", "fast"]


def solve(game: Game, concepts: Sequence[str] = BASIC, engine: Engine = "auto") -> Stability:
    """Return for every state, decision maker and concept whether the state is stable.

    Parameters
    ----------
    game : Game
    concepts : sequence of str
        Names in ``jirga.stability.types.CONCEPTS``; also ``L1``, ``L2``.. and ``NM`` (for two decision
        makers only) and ``MR1``, ``MR2``..
    engine : {"auto", "plain", "fast"}
        ``plain`` is the specification over Python sets, ``fast`` the compiled one; both give the same answer.

    Raises
    ------
    UsageError
        An unknown concept or engine, or a concept that does not fit the model.
    TooLargeError
        More than the memory holds; told before anything is allocated.
    """
    if engine not in ("auto", "plain", "fast"):
        raise UsageError(f"“{engine}” is not an engine; use auto, plain or fast.")
    return Stability.of(game.dms, solve_plain(game, concepts), "plain")
