"""Chains such as ``a > b = c`` to one order of states, or the circle that prevents it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

__all__ = ["Cycle", "Incomparable", "order_of_chains"]


@dataclass(frozen=True, slots=True)
class Cycle:
    """States (0-based) each better than the next; the last is the first again."""

    states: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Incomparable:
    """Two states that no chain compares."""

    states: tuple[int, int]


def order_of_chains(chains: Sequence[Sequence[Sequence[int]]]) -> list[list[int]] | Cycle | Incomparable:
    """Join chains into one order, best first, ties together.

    Parameters
    ----------
    chains : sequence of chains
        Each chain is a sequence of groups, best first; states of one group tie.

    Returns
    -------
    list of list of int, or Cycle, or Incomparable

    Notes
    -----
    1. States that tie somewhere are one node. 2. Nodes are taken in topological order. 3. When two nodes
    could come next, no chain compares them; when none can, they are in a circle.
    """
    states = sorted({state for chain in chains for group in chain for state in group})
    leader = {state: state for state in states}

    def find(state: int) -> int:
        while leader[state] != state:
            leader[state] = leader[leader[state]]
            state = leader[state]
        return state

    for chain in chains:
        for group in chain:
            for state in group[1:]:
                leader[find(state)] = find(group[0])
    below: dict[int, set[int]] = {find(state): set() for state in states}
    for chain in chains:
        for better, worse in pairwise(chain):
            if find(better[0]) == find(worse[0]):
                return Cycle((better[0], worse[0], better[0]))
            below[find(better[0])].add(find(worse[0]))
    return _sorted(below, {node: [s for s in states if find(s) == node] for node in below})


def _sorted(
    below: dict[int, set[int]], members: dict[int, list[int]]
) -> list[list[int]] | Cycle | Incomparable:
    above = dict.fromkeys(below, 0)
    for ends in below.values():
        for end in ends:
            above[end] += 1
    ready = [node for node, count in above.items() if not count]
    out: list[list[int]] = []
    while ready:
        if len(ready) > 1:
            return Incomparable((ready[0], ready[1]))
        node = ready.pop()
        out.append(members[node])
        for end in below[node]:
            above[end] -= 1
            if not above[end]:
                ready.append(end)
    return out if len(out) == len(below) else _circle(below, {node for node, count in above.items() if count})


def _circle(below: dict[int, set[int]], left: set[int]) -> Cycle:
    """Walk upwards among the nodes that could not be taken: each has one above it, so the walk must close."""
    above = {end: node for node in left for end in below[node] if end in left}
    node = min(left)
    path: list[int] = []
    while node not in path:
        path.append(node)
        node = above[node]
    circle = path[path.index(node) :][::-1]
    first = circle.index(min(circle))
    turned = circle[first:] + circle[:first]
    return Cycle((*turned, turned[0]))
