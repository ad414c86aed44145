"""Binary decision diagrams with limits of size and time, on OxiDD.

The manager is given room for a fixed number of nodes; over it, or over its time, a computation ends with
`TooLargeError` instead of hanging.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from types import TracebackType

import numpy as np
from numpy.typing import NDArray
from oxidd.bcdd import BCDDFunction as Diagram
from oxidd.bcdd import BCDDManager
from oxidd.bcdd import BCDDSubstitution as Substitution
from oxidd.util import BooleanOperator, DDMemoryError

from jirga.errors import TooLargeError

__all__ = ["Diagram", "Diagrams", "Substitution"]

CACHE = 1 << 20  # results that a manager remembers: 16 MiB


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
    cache : int
        Results that are remembered; 16 bytes each.
    """

    def __init__(
        self, order: Iterable[int], *, nodes_limit: int, seconds: float | None = None, cache: int = CACHE
    ) -> None:
        ordered = self.order = tuple(order)
        self.n_vars = len(ordered)
        self.nodes_limit = nodes_limit
        self.end = None if seconds is None else time.monotonic() + seconds
        self._manager = BCDDManager(nodes_limit, cache, 1)
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

    def substitution(self, by: Mapping[int, Diagram]) -> Substitution:
        """Return what `replaced` takes; what one substitution gave is remembered as long as it is kept."""
        return Diagram.make_substitution(by.items())

    def replaced(self, diagram: Diagram, by: Substitution) -> Diagram:
        """Return the diagram with variables replaced, all at once."""
        self.check()
        return diagram.substitute(by)

    def number(self, ks: Iterable[int], value: int) -> Diagram:
        """Return "these variables, the lowest bit first, spell the number"."""
        found = self.true
        for bit, k in enumerate(ks):
            found = found & (self._vars[k] if value >> bit & 1 else ~self._vars[k])
        return found

    def of_codes(self, codes: NDArray[np.uint64], n_bits: int) -> Diagram:
        """Return the diagram that is true exactly at some codes, variable k being bit k.

        Built from the lowest variable up; parts that are equal become one, so that the work is in proportion
        to the codes and the number of variables.
        """
        if not codes.size:
            return self.false
        ordered = [k for k in self.order if k < n_bits]
        place = np.zeros(codes.size, dtype=np.uint64)
        for k in ordered:
            place = (place << np.uint64(1)) | ((codes >> np.uint64(k)) & np.uint64(1))
        place, parts = np.unique(place), [self.false, self.true]
        ids = np.ones(place.size, dtype=np.int64)
        for k in reversed(ordered):
            self.check()
            upper, at = np.unique(place >> np.uint64(1), return_inverse=True)
            pair = np.zeros((upper.size, 2), dtype=np.int64)
            pair[at, (place & np.uint64(1)).astype(np.int64)] = ids
            kinds, ids = np.unique(pair, axis=0, return_inverse=True)
            ids = ids.reshape(-1)
            made = [self._vars[k].ite(parts[high], parts[low]) for low, high in kinds.tolist()]
            place, parts, ids = upper, [self.false, *made], ids + 1
        return parts[int(ids[0])]

    def table(self, diagram: Diagram, codes: NDArray[np.uint64]) -> NDArray[np.bool_]:
        """Return whether each code, variable k being bit k, satisfies a diagram of these variables only.

        All codes go down the diagram together, one variable at a time.
        """
        parts = {self.false: 0, self.true: 1}
        nodes = [self.false, self.true]
        start = parts.setdefault(diagram, 2)
        if start == 2:
            nodes.append(diagram)
        at = np.full(codes.size, start, dtype=np.int64)
        waiting: dict[int, list[int]] = {}

        def number_of(node: Diagram) -> int:
            if node not in parts:
                parts[node] = len(nodes)
                nodes.append(node)
                enter(node)
            return parts[node]

        def enter(node: Diagram) -> None:
            level = node.node_level()
            if level is not None:
                waiting.setdefault(level, []).append(parts[node])

        enter(diagram)
        for level, k in enumerate(self.order):
            here = waiting.get(level, [])
            if not here:
                continue
            self.check()
            after = np.arange(2 * len(nodes), dtype=np.int64) >> 1
            for one in here:
                halves = nodes[one].cofactors()
                assert halves is not None
                high, low = map(number_of, halves)
                after[2 * one], after[2 * one + 1] = low, high
            bit = ((codes >> np.uint64(k)) & np.uint64(1)).astype(np.int64)
            at = after[2 * at + bit]
        found: NDArray[np.bool_] = at == 1
        return found

    def copied(self, diagram: Diagram, other: Diagrams) -> Diagram:
        """Return the diagram of another manager in this one; its variables need not stand in the same order."""
        known = {other.true: self.true, other.false: self.false}
        open_ = [diagram]
        while open_:
            node = open_[-1]
            if node in known:
                open_.pop()
                continue
            halves, k = node.cofactors(), node.node_var()
            assert halves is not None
            assert k is not None
            missing = [half for half in halves if half not in known]
            if missing:
                open_ += missing
            else:
                high, low = (known[half] for half in halves)
                known[node] = self._vars[k].ite(high, low)
        self.check()
        return known[diagram]

    def count(self, diagram: Diagram, n_vars: int) -> int:
        """Return exactly how many assignments of `n_vars` variables, all that it depends on, satisfy it."""
        return diagram.sat_count(self.n_vars) >> (self.n_vars - n_vars)

    def patterns(self, diagram: Diagram, most: int) -> list[dict[int, bool]]:
        """Return up to `most` patterns, no two of which share an assignment: values of some variables each.

        Together they make the whole diagram when there are fewer than `most` of them.
        """
        found: list[dict[int, bool]] = []
        while len(found) < most and diagram.satisfiable():
            picked = diagram.pick_cube()
            assert picked is not None
            found.append({k: bool(value) for k, value in enumerate(picked) if value is not None})
            here = self.true
            for k, value in found[-1].items():
                here = here & (self._vars[k] if value else ~self._vars[k])
            diagram = diagram & ~here
        return found

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
