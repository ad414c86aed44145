"""Why a state is stable, or is not, for one decision maker, as comparisons that would have to change.

A *comparison* is (decision maker, a, b, wanted): the statement "a is at least as good as b" has to become
true (wanted) or false. For a state that is not stable the comparisons name every way in which it could
become so; for one that is stable, every way in which it could stop being so, given one sanction of each
improvement. So as long as none of them changes, the verdict stays: what `jirga.stability.profile_change`
cuts with.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from jirga.stability.game import IntArray
from jirga.stability.values import Field

__all__ = ["Comparison", "Profile"]

Comparison: TypeAlias = tuple[int, int, int, bool]  # dm, a, b: "a is at least as good as b" becomes so or not
Node: TypeAlias = tuple[int, int]  # a state and its last mover


@dataclass(frozen=True, eq=False)
class Profile:
    """Rankings of all decision makers over given moves, under one concept.

    Attributes
    ----------
    field : Field
    ranks : sequence of ndarray of int32, shape (m,)
    concept : str
        Nash, GMR, SMR, SEQ or SSEQ.
    """

    field: Field
    ranks: Sequence[NDArray[np.int32]]
    concept: str

    @property
    def _wanted_moves(self) -> bool:
        return self.concept in ("SEQ", "SSEQ")

    @property
    def _with_replies(self) -> bool:
        return self.concept in ("SMR", "SSEQ")

    def faults(self, dm: int, state: int) -> list[list[Comparison]]:
        """Return, per improvement that nothing deters, the comparisons of which one has to change.

        No list: the state is stable. An empty list inside: that improvement cannot be deterred at all.
        """
        rank = self.ranks[dm]
        out = []
        for move in self.field.moves(dm, state).tolist():
            if rank[move] <= rank[state]:
                continue
            reached = {} if self.concept == "Nash" else self._reached(dm, move)
            ends = {end for end, _ in reached}
            if any(self._deters(dm, state, end) for end in ends):
                continue
            asked: dict[Comparison, None] = {(dm, state, move, True): None}
            for end in sorted(ends):
                asked[dm, state, self._above(dm, state, end), True] = None
            if self._wanted_moves:
                asked.update(dict.fromkeys(self._edges_out(dm, move, reached)))
            out.append(list(asked))
        return out

    def supports(self, dm: int, state: int) -> list[Comparison]:
        """Return comparisons of which one has to change for a stable state to stop being stable."""
        rank = self.ranks[dm]
        asked: dict[Comparison, None] = {}
        for move in self.field.moves(dm, state).tolist():
            if rank[move] <= rank[state]:
                asked[dm, state, move, False] = None
                continue
            reached = self._reached(dm, move)
            end, last = min(
                (node for node in reached if self._deters(dm, state, node[0])),
                key=lambda node: (reached[node][1], node),
            )
            held = [end, *(self.field.moves(dm, end).tolist() if self._with_replies else [])]
            for one in held:
                if one != state:
                    asked[dm, state, one, False] = None
            node: Node | None = (end, last)
            while self._wanted_moves and node is not None:
                before = reached[node][0]
                start = move if before is None else before[0]
                asked[node[1], start, node[0], True] = None  # the step stops being an improvement
                node = before
        return list(asked)

    def _reached(self, dm: int, start: int) -> dict[Node, tuple[Node | None, int]]:
        """Return what the others reach from a state, each with the node before it and its distance."""
        seen: dict[Node, tuple[Node | None, int]] = {}
        todo: list[tuple[Node | None, int, int]] = [(None, start, 0)]
        for before, state, far in todo:
            for j in range(len(self.ranks)):
                if j in (dm, before[1] if before else -1):
                    continue
                for end in self._steps(j, state).tolist():
                    if (end, j) not in seen:
                        seen[end, j] = (before, far + 1)
                        todo.append(((end, j), end, far + 1))
        return seen

    def _steps(self, dm: int, state: int) -> IntArray:
        moves = self.field.moves(dm, state)
        if not self._wanted_moves:
            return moves
        rank = self.ranks[dm]
        better: IntArray = moves[rank[moves] > rank[state]]
        return better

    def _edges_out(
        self, dm: int, start: int, reached: dict[Node, tuple[Node | None, int]]
    ) -> list[Comparison]:
        """Return the moves of the others out of what is reached that are no improvements, and could become so."""
        out: list[Comparison] = []
        for state, last in [(start, dm), *reached]:
            for j in range(len(self.ranks)):
                if j in (dm, last):
                    continue
                moves, rank = self.field.moves(j, state), self.ranks[j]
                out += [
                    (j, state, end, False)
                    for end in moves[rank[moves] <= rank[state]].tolist()
                    if (end, j) not in reached
                ]
        return out

    def _deters(self, dm: int, state: int, end: int) -> bool:
        rank = self.ranks[dm]
        if rank[end] > rank[state]:
            return False
        return not self._with_replies or not (rank[self.field.moves(dm, end)] > rank[state]).any()

    def _above(self, dm: int, state: int, end: int) -> int:
        """Return why an end does not deter: itself, or the best reply from it."""
        rank = self.ranks[dm]
        if not self._with_replies or rank[end] > rank[state]:
            return end
        replies = self.field.moves(dm, end)
        return int(replies[rank[replies].argmax()])
