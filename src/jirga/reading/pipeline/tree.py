"""The best tree of a sentence, given a score for every arc.

Chu and Liu (1965), Edmonds (1967): take the best head of each word; contract a cycle if there is one, and solve the
smaller problem. One root per sentence: the root's arcs are lowered so far that a second one never pays
(Zmigrod, Vieira and Cotterell 2020 discuss why this is needed).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["best_tree", "find_cycle"]

Scores = NDArray[np.float32]
Heads = NDArray[np.int64]
NEVER = np.float32(-1e30)
EXACT = 120  # words; contraction costs the cube of the length, and only hostile text has longer sentences
BOUND = np.float32(1e6)  # beyond it sums of scores would lose the small ones


def find_cycle(heads: Heads) -> list[int]:
    """Return one cycle in `heads` (``heads[0]`` is not looked at), or an empty list."""
    colour = [0] * len(heads)
    colour[0] = 2
    for begin in range(1, len(heads)):
        path, node = [], begin
        while colour[node] == 0:
            colour[node] = 1
            path.append(node)
            node = int(heads[node])
        if colour[node] == 1:
            return path[path.index(node) :]
        for seen in path:
            colour[seen] = 2
    return []


def best_tree(arcs: Scores) -> Heads:
    """Return the best tree with exactly one root (a good one beyond 120 words).

    Parameters
    ----------
    arcs : array of shape (n, n + 1)
        Score of each head for each word; column 0 is the root, column ``k + 1`` the word `k`.

    Returns
    -------
    array of shape (n,)
        Head of each word: 0 for the root, ``k + 1`` for the word `k`.
    """
    count = len(arcs)
    scores = np.full((count + 1, count + 1), NEVER, dtype=np.float32)
    scores[1:] = np.clip(np.nan_to_num(arcs), -BOUND, BOUND)
    np.fill_diagonal(scores, NEVER)
    heads: Heads = scores.argmax(1)
    heads[0] = 0
    if np.count_nonzero(heads[1:] == 0) == 1 and not find_cycle(heads):
        return heads[1:]
    if count > EXACT:
        return _mended(scores)[1:]
    wide = scores.astype(np.float64)
    spread = wide[1:][wide[1:] > NEVER]
    wide[1:, 0] -= (spread.max() - spread.min() + 1.0) * (count + 1)
    return _solve(wide)[1:]


def _mended(scores: Scores) -> Heads:
    """Return a good tree fast: best heads, one root, and each cycle opened where hanging on the root costs least."""
    rest = scores[:, 1:].argmax(1) + 1
    root = int((scores[1:, 0] - scores[1:, 1:].max(1)).argmax()) + 1
    heads: Heads = scores.argmax(1)
    heads = np.where(heads == 0, rest, heads)
    heads[0], heads[root] = 0, 0
    while cycle := find_cycle(heads):
        members = np.array(cycle)
        loss = scores[members, heads[members]] - scores[members, root]
        heads[members[loss.argmin()]] = root
    return heads


def _solve(scores: NDArray[np.float64]) -> Heads:
    """Return the best heads for scores of shape (m, m), row child, column head, node 0 the root."""
    heads: Heads = scores.argmax(1)
    heads[0] = 0
    cycle = find_cycle(heads)
    if not cycle:
        return heads
    members = set(cycle)
    rest = [node for node in range(len(scores)) if node not in members]
    inside = np.array(cycle)
    outside = np.array(rest)
    size = len(rest) + 1  # the cycle becomes the last node
    small = np.full((size, size), float(NEVER))
    small[:-1, :-1] = scores[np.ix_(outside, outside)]
    leaving = scores[np.ix_(outside, inside)]
    small[:-1, -1] = leaving.max(1)
    via = inside[leaving.argmax(1)]
    entering = scores[np.ix_(inside, outside)] - scores[inside, heads[inside]][:, None]
    small[-1, :-1] = entering.max(0)
    into = inside[entering.argmax(0)]
    small[0, :] = float(NEVER)
    solved = _solve(small)
    for k in range(1, len(rest)):
        head = int(solved[k])
        heads[rest[k]] = via[k] if head == size - 1 else rest[head]
    entry = int(solved[-1])
    heads[into[entry]] = rest[entry]
    return heads
