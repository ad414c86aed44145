"""Binary decision diagrams with limits of size and time, on OxiDD.

The manager is given room for a fixed number of nodes; over it, or over its time, a computation ends with
`TooLargeError` instead of hanging.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType

from oxidd.bcdd import BCDDFunction as Diagram
from oxidd.bcdd import BCDDManager
from oxidd.util import BooleanOperator, DDMemoryError

from jirga.errors import TooLargeError

__all__ = ["Diagram", "Diagrams"]

CACHE = 1 << 20  # results that the manager remembers: 16 MiB, and more did not help


class Diagrams:
    """A manager of diagrams over numbered variables.

    Use it in a ``with`` block around the computation: there, running out of nodes becomes `TooLargeError`.

    Parameters
    ----------
    order : sequence of int
        Every variable once, from the top of the diagrams down.
    nodes_limit : int
        Nodes there can be at one time; about 30 bytes each.
    seconds : float or None
        Time from now on.
    """

    def __init__(self, order: Iterable[int], *, nodes_limit: int, seconds: float | None = None) -> None:
        ordered = tuple(order)
        self.n_vars = len(ordered)
        self.nodes_limit = nodes_limit
        self.end = None if seconds is None else time.monotonic() + seconds
        self._manager = BCDDManager(nodes_limit, CACHE, 1)
        self._manager.add_vars(self.n_vars)
        self._manager.set_var_order(ordered)
        self._vars = [self._manager.var(k) for k in range(self.n_vars)]
        self.true: Diagram = self._manager.true()
        self.false: Diagram = self._manager.false()

    def __enter__(self) -> Diagrams:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if isinstance(error, DDMemoryError):
            raise TooLargeError(
                f"The diagrams have grown over {self.nodes_limit:,} nodes. Allow more, or take out statements "
                "or rules that tie many options of different decision makers together."
            ) from error

    def var(self, k: int) -> Diagram:
        """Return the diagram of variable k."""
        return self._vars[k]

    def check(self) -> None:
        """Stop when the time has run out.

        Raises
        ------
        TooLargeError
        """
        if self.end is not None and time.monotonic() > self.end:
            raise TooLargeError("The symbolic engine ran out of its time; allow more, or simplify the model.")

    def cube(self, ks: Iterable[int]) -> Diagram:
        """Return the conjunction of variables, which is how a set of them is handed to quantifiers."""
        found = self.true
        for k in ks:
            found = found & self._vars[k]
        return found

    def some(self, cube: Diagram, diagram: Diagram) -> Diagram:
        """Return "for some values of the variables of the cube"."""
        self.check()
        return diagram.exists(cube)

    def some_both(self, cube: Diagram, left: Diagram, right: Diagram) -> Diagram:
        """Return "for some values of the variables both hold", without building the conjunction."""
        self.check()
        return left.apply_exists(BooleanOperator.AND, right, cube)

    def replaced(self, diagram: Diagram, by: Mapping[int, Diagram]) -> Diagram:
        """Return the diagram with variables replaced, all at once."""
        self.check()
        return diagram.substitute(Diagram.make_substitution(by.items()))

    def count(self, diagram: Diagram, n_vars: int) -> int:
        """Return exactly how many assignments of `n_vars` variables, all that it depends on, satisfy it."""
        return diagram.sat_count(n_vars)

    def count_by_size(self, diagram: Diagram) -> list[int]:
        """Return, for k = 0..n_vars, how many assignments with exactly k variables true satisfy it."""
        known = {
            self.true: (self.n_vars, [1]),
            self.false: (self.n_vars, [0]),
        }
        counts = _widened(self._by_size(diagram, known), 0)
        return counts + [0] * (self.n_vars + 1 - len(counts))

    def _by_size(self, node: Diagram, known: dict[Diagram, tuple[int, list[int]]]) -> tuple[int, list[int]]:
        if node not in known:
            parts, level = node.cofactors(), node.node_level()
            assert parts is not None
            assert level is not None
            high, low = (_widened(self._by_size(part, known), level + 1) for part in parts)
            known[node] = level, _sum(low, [0, *high])
        return known[node]

    def solutions(self, diagram: Diagram, ks: Iterable[int], most: int) -> Iterator[int]:
        """Yield up to `most` satisfying assignments of the variables as numbers, variable k being bit k."""
        ordered = tuple(ks)
        rest, found = diagram, 0
        while found < most and rest.satisfiable():
            picked = rest.pick_cube()
            assert picked is not None
            here = self.true
            number = 0
            for k in ordered:
                taken = bool(picked[k])
                number |= taken << k
                here = here & (self._vars[k] if taken else ~self._vars[k])
            yield number
            rest, found = rest & ~here, found + 1


def _widened(counted: tuple[int, list[int]], top: int) -> list[int]:
    """Return the counts with the free variables above the node taken in: times (1 + x) for each."""
    level, counts = counted
    for _ in range(level - top):
        counts = _sum(counts, [0, *counts])
    return counts


def _sum(left: list[int], right: list[int]) -> list[int]:
    if len(left) < len(right):
        left, right = right, left
    return [a + (right[k] if k < len(right) else 0) for k, a in enumerate(left)]
