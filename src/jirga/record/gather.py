"""From likeness in pairs to groups, the same whatever the order in which things came."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

__all__ = ["gather"]


def gather(
    count: int,
    edges: Iterable[tuple[float, int, int]],
    together: Iterable[tuple[int, int]] = (),
    may_join: Callable[[Sequence[int], Sequence[int]], bool] | None = None,
) -> list[list[int]]:
    """Join things to groups, the most alike first.

    Parameters
    ----------
    count : int
        Things are numbered from 0, in an order that depends on them alone.
    edges : iterable of (float, int, int)
        How alike two things are, for pairs that are alike enough.
    together : iterable of (int, int)
        Pairs that are one group whatever else is told.
    may_join : callable, optional
        Given the members of two groups, tells whether they may be one.

    Returns
    -------
    list of list of int
        Each thing in one group; members and groups in order.

    Notes
    -----
    Kruskal's way: 1. Pairs are taken by falling likeness, then by number. 2. The groups of a pair become one unless
    `may_join` forbids it. Groups of things that no chain of edges connects never touch, so that each connected part
    can be gathered by itself.
    """
    group_of = list(range(count))
    members: dict[int, list[int]] = {i: [i] for i in range(count)}

    def join(a: int, b: int) -> None:
        keep, gone = (a, b) if len(members[a]) >= len(members[b]) else (b, a)
        for each in members[gone]:
            group_of[each] = keep
        members[keep] = sorted(members[keep] + members.pop(gone))

    for one, other in together:
        if group_of[one] != group_of[other]:
            join(group_of[one], group_of[other])
    refused: set[tuple[int, int, int, int]] = set()
    for _, one, other in sorted(edges, key=lambda e: (-e[0], e[1], e[2])):
        a, b = sorted((group_of[one], group_of[other]))
        if a == b:
            continue
        state = (a, b, len(members[a]), len(members[b]))
        if may_join is not None and state in refused:
            continue
        first, second = sorted((members[a], members[b]))
        if may_join is None or may_join(first, second):
            join(a, b)
        else:
            refused.add(state)
    return sorted(members.values())
