"""Why a state is stable or not for a decision maker: the improvements and what the others answer, as data."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from itertools import product

from jirga.errors import UsageError
from jirga.stability.game import Game, IntArray
from jirga.stability.types import CONCEPTS, Sanction, Stable, Step, Unstable, Verdict

__all__ = ["explain"]

Moves = Callable[[int, int], IntArray]


def explain(game: Game, state: int, dm: int, concept: str) -> Verdict:
    """Return the verdict on one state for one decision maker, with its reason.

    Sanctions are looked for from this state only, so this is quick in large models too; each path is a
    shortest one.

    Parameters
    ----------
    game : Game
    state, dm : int
        Counted from 0.
    concept : str
        Nash, GMR, SMR, SEQ, SSEQ, SIM or SEQ+SIM.

    Raises
    ------
    UsageError
        Another concept, a state or decision maker that does not exist, or SIM in graph form.
    """
    if concept not in CONCEPTS:
        raise UsageError(f"There is no explanation for “{concept}”; ask for one of {', '.join(CONCEPTS)}.")
    if not (0 <= state < game.m and 0 <= dm < game.n):
        raise UsageError(f"There is no state {state + 1} or no decision maker {dm + 1} in this model.")
    if concept in ("SIM", "SEQ+SIM"):
        from jirga.stability.simultaneous import joint_target

        joint_target(game, state, ())  # refuses graph form
    if concept == "SIM":
        return _verdict(game, state, dm, concept, lambda q: _joint(game, state, dm, q))
    if concept == "SEQ+SIM":
        return _either(game, state, dm)
    return _verdict(game, state, dm, concept, lambda q: _sanction(game, state, dm, q, concept))


def _verdict(
    game: Game, state: int, dm: int, concept: str, answer: Callable[[int], Sanction | None]
) -> Verdict:
    improvements = [int(q) for q in game.improvements(dm, state)]
    answers = [answer(q) for q in improvements]
    open_ones = tuple(q for q, found in zip(improvements, answers, strict=True) if found is None)
    if open_ones:
        rank = game.ranks[dm]
        return Unstable(dm, state, concept, max(open_ones, key=lambda q: int(rank[q])), open_ones)
    return Stable(dm, state, concept, tuple(found for found in answers if found is not None))


def _sanction(game: Game, state: int, dm: int, improvement: int, concept: str) -> Sanction | None:
    """Search breadth first over (state, last mover) for what takes the gain out of an improvement."""
    if concept == "Nash":
        return None
    moves: Moves = game.improvements if concept in ("SEQ", "SSEQ") else game.moves
    rank, level = game.ranks[dm], int(game.ranks[dm][state])

    def deters(t: int) -> bool:
        if int(rank[t]) > level:
            return False
        return concept not in ("SMR", "SSEQ") or not bool((rank[game.moves(dm, t)] > level).any())

    came: dict[tuple[int, int], tuple[int, int]] = {}
    queue = deque([(improvement, dm)])
    others = [j for j in range(game.n) if j != dm]
    while queue:
        here = queue.popleft()
        for j in others:
            if j == here[1]:
                continue
            for t in map(int, moves(j, here[0])):
                if (t, j) not in came:
                    came[t, j] = here
                    if deters(t):
                        return Sanction(improvement, _path(came, (t, j), (improvement, dm)), t)
                    queue.append((t, j))
    return None


def _path(
    came: dict[tuple[int, int], tuple[int, int]], end: tuple[int, int], start: tuple[int, int]
) -> tuple[Step, ...]:
    """Follow the search back from its end."""
    steps = []
    while end != start:
        steps.append(Step(end[1], end[0]))
        end = came[end]
    return tuple(reversed(steps))


def _joint(game: Game, state: int, dm: int, improvement: int) -> Sanction | None:
    """Return improvements of others that take the gain out when made at once, by as few as possible."""
    others = [j for j in range(game.n) if j != dm]
    options = [[Step(j, int(q)) for q in game.improvements(j, state)] for j in others]
    return _worst_of(game, state, dm, improvement, [[None, *row] for row in options])


def _worst_of(
    game: Game, state: int, dm: int, improvement: int, options: list[list[Step | None]]
) -> Sanction | None:
    from jirga.stability.simultaneous import joint_target

    rank, best = game.ranks[dm], None
    for choice in product(*options):
        steps = tuple(step for step in choice if step is not None)
        if best is not None and len(steps) >= len(best.path):
            continue
        end = joint_target(game, state, (improvement, *(step.state for step in steps)))
        if end is not None and rank[end] <= rank[state]:
            best = Sanction(improvement, steps, end)
    return best


def _either(game: Game, state: int, dm: int) -> Verdict:
    """SEQ, or joint SIM among all who are not SEQ here."""
    verdicts = [explain(game, state, j, "SEQ") for j in range(game.n)]
    mine = verdicts[dm]
    if isinstance(mine, Stable):
        return Stable(dm, state, "SEQ+SIM", mine.sanctions)
    leaving = [other for other in verdicts if isinstance(other, Unstable) and other.dm != dm]
    options: list[list[Step | None]] = [[Step(v.dm, q) for q in v.unsanctioned] for v in leaving]
    found = [_worst_of(game, state, dm, q, options) if options else None for q in mine.unsanctioned]
    open_ones = tuple(q for q, answer in zip(mine.unsanctioned, found, strict=True) if answer is None)
    if open_ones:
        rank = game.ranks[dm]
        return Unstable(dm, state, "SEQ+SIM", max(open_ones, key=lambda q: int(rank[q])), open_ones)
    sequential = (_sanction(game, state, dm, int(q), "SEQ") for q in game.improvements(dm, state))
    joint = tuple(answer for answer in found if answer is not None)
    return Stable(dm, state, "SEQ+SIM", (*(s for s in sequential if s is not None), *joint), joint=True)
