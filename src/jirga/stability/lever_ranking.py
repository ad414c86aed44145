"""Levers that are rankings of states: the nearest ones under which a wanted state holds, or none does.

The distance is the number of pairs of states that are ordered differently; without ties, adjacent swaps.

Under Nash, GMR and SMR each decision maker stands alone, and the nearest ranking is found at once: state s
holds exactly when its rank reaches the level that `jirga.stability.values.needed` tells. Lifting s alone to
that level changes its order to every state that stands from its own level to that one, and fewer pairs
cannot do: in every ranking that makes s hold, some state t of that level or above no longer stands above s,
and then every state x between s and t (or level with one of them) has changed its order to s or to t.
Lowering a state below the level at which it holds is the same upside down.

Under SEQ and SSEQ this is a lower bound, for a SEQ equilibrium is a GMR one (an SSEQ one an SMR one), and
the lift to the level of SEQ is an upper bound when it is confirmed. Where the two differ, and where several
states should stop holding, `jirga.stability.profile_change` closes the gap, up to its limit of states and
the time that is left; else the least found is told with the bound.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from jirga.conflict.ranking import tiers
from jirga.stability.game import IntArray
from jirga.stability.lever_bench import LOOSER, Bench
from jirga.stability.lever_search import ENOUGH, Found, Search, way
from jirga.stability.lever_types import Change, Scan
from jirga.stability.profile_change import MOST_STATES, nearest_profile

__all__ = ["by_nearest_profile", "by_ranking", "lift_costs"]

RANKING_TRIES = 40  # wanted states whose lift is confirmed under SEQ or SSEQ, the cheapest first
MOST_SECONDS = 3.0  # for the joint search under one concept
MOST_PAIRS = 6  # pairs of states that a change names; one of more is told by its size


def by_ranking(search: Search) -> Iterator[Found]:
    """Lift (or, to avoid, lower) one state in the rankings of those for whom it is not (or is) stable."""
    if "ranking" not in search.kinds:
        return
    for concept in search.concepts:
        scan = search.scan(concept, "ranking")
        yield from _sinks(search, concept, scan) if search.avoid else _lifts(search, concept, scan)


def lift_costs(bench: Bench, concept: str) -> tuple[NDArray[np.int64], IntArray]:
    """Return what it costs to lift each state to where it is stable, and to which level.

    Returns
    -------
    costs : ndarray of int64, shape (n, m)
        Pairs of states that are ordered differently after it.
    levels : ndarray of int32, shape (n, m)
    """
    ranks = np.array(bench.game.ranks)
    levels = np.maximum(ranks, bench.base[concept])
    costs = np.zeros(ranks.shape, dtype=np.int64)
    for i, rank in enumerate(ranks):
        up_to = np.r_[0, np.cumsum(np.bincount(rank))]
        costs[i] = np.where(levels[i] > rank, up_to[levels[i] + 1] - up_to[rank] - 1, 0)
    return costs, levels


def _lifts(search: Search, concept: str, scan: Scan) -> Iterator[Found]:
    bench, game = search.bench, search.game
    costs, levels = lift_costs(bench, concept)
    wanted = np.flatnonzero(bench.wanted)
    order = np.lexsort(((costs > 0).sum(axis=0)[wanted], costs.sum(axis=0)[wanted]))
    found = 0
    for state in wanted[order][:RANKING_TRIES].tolist():
        if search.deadline.over or found == ENOUGH:
            break
        scan.tried += 1
        changed = [i for i in range(game.n) if costs[i, state]]
        after = tuple(
            _placed(rank, state, 2 * int(levels[i, state])) if i in changed else rank
            for i, rank in enumerate(game.ranks)
        )
        if not bench.after(concept, after, changed)[state]:
            continue
        changes = tuple(_moved(search, i, state, after[i], int(costs[i, state])) for i in changed)
        scan.least = min(int(costs[:, state].sum()), scan.least or 1 << 60)
        yield Found(
            concept, changes, np.arange(game.m) == state, way(bench.field, after, np.arange(game.m) == state)
        )
        found += 1
    least = lift_costs(bench, LOOSER.get(concept, concept))[0].sum(axis=0)[wanted]
    scan.at_least = max(1, int(least.min()))
    scan.finished = scan.least == scan.at_least


def _sinks(search: Search, concept: str, scan: Scan) -> Iterator[Found]:
    """Lower each unwanted equilibrium for the one decision maker where that takes the fewest pairs."""
    bench, game = search.bench, search.game
    ranks, changes = list(game.ranks), []
    standing = np.flatnonzero(bench.holding(concept)).tolist()
    least = []
    for state in standing:
        costs = []
        for i, rank in enumerate(game.ranks):
            need = int(bench.base[concept][i][state])
            if need >= 0:
                costs.append((int(((rank >= need) & (rank <= rank[state])).sum()) - 1, i, need))
        least.append(min(costs)[0] if costs else None)
        for cost, i, need in sorted(costs):
            lowered = _placed(ranks[i], state, 2 * need - 1)
            trial = (*ranks[:i], lowered, *ranks[i + 1 :])
            if not bench.after(concept, trial, range(game.n))[state]:
                ranks[i] = lowered
                changes.append(_moved(search, i, state, lowered, cost))
                break
    if concept not in LOOSER:  # then each state needs its own least at the least
        scan.at_least = max((cost for cost in least if cost is not None), default=1)
    scan.tried += 1
    if changes and not bench.after(concept, tuple(ranks), range(game.n)).any():
        scan.least = sum(change.size for change in changes)
        yield Found(concept, tuple(changes), bench.holding(concept))
    scan.finished = scan.least == scan.at_least


def _placed(rank: IntArray, state: int, twice: int) -> IntArray:
    """Return the ranks with one state put at half of `twice` (odd: between two levels)."""
    moved = 2 * rank
    moved[state] = twice
    return np.unique(moved, return_inverse=True)[1].astype(np.int32)


def _moved(search: Search, dm: int, state: int, after: IntArray, size: int) -> Change:
    before = search.game.ranks[dm]
    was, now = np.sign(before - before[state]), np.sign(after - after[state])
    passed = np.flatnonzero((was != now) & (np.arange(before.size) != state))
    passed = passed[np.argsort(before[passed])]
    words = tuple(search.space.word(int(other)) for other in passed)
    return Change(
        "ranking", search.game.dms[dm], passed=words, state=search.space.word(state), size=max(size, 1)
    )


def by_nearest_profile(search: Search) -> Iterator[Found]:
    """Find the nearest rankings of all together where lifts leave a gap between the least and the bound."""
    if "ranking" not in search.kinds:
        return
    for concept in search.concepts:
        scan = search.scan(concept, "ranking")
        if not scan.finished and search.game.m <= MOST_STATES and not search.deadline.over:
            yield from _nearest(search, concept, scan)


def _nearest(search: Search, concept: str, scan: Scan) -> Iterator[Found]:
    bench, game = search.bench, search.game
    wanted = np.flatnonzero(bench.wanted)
    if not search.avoid and scan.least is not None:  # only states whose bound is below what is found
        bound = lift_costs(bench, LOOSER.get(concept, concept))[0].sum(axis=0)
        wanted = wanted[bound[wanted] < scan.least]
    found = nearest_profile(
        bench.field,
        game.ranks,
        wanted.tolist(),
        concept,
        avoid=search.avoid,
        below=scan.least,
        limit_s=min(MOST_SECONDS, search.deadline.left),
    )
    scan.tried += found.rounds
    scan.at_least = max(scan.at_least, min(found.at_least, scan.least or found.at_least))
    scan.finished = found.finished
    if not found.finished:
        return
    if found.ranks is None or found.pairs is None:  # nothing nearer: what was found is nearest
        scan.at_least = scan.least if scan.least is not None else scan.at_least
        return
    scan.least = scan.at_least = found.pairs
    hits = bench.after(concept, found.ranks, range(game.n))
    changes = tuple(
        profile_words(search, i, found.ranks[i])
        for i in range(game.n)
        if not np.array_equal(found.ranks[i], game.ranks[i])
    )
    states = search.states(concept, hits)
    yield Found(concept, changes, states, way(bench.field, found.ranks, states))


def profile_words(search: Search, dm: int, after: IntArray) -> Change:
    """Return the change from one ranking to another as data: the new ranking, and the pairs that turn."""
    before = search.game.ranks[dm]
    was = np.sign(np.subtract.outer(before.astype(np.int64), before))
    now = np.sign(np.subtract.outer(after.astype(np.int64), after))
    turned = np.argwhere((was != now) & ((now > 0) | ((now == 0) & (was < 0))))
    size = int((was != now).sum()) // 2
    return Change(
        "ranking",
        search.game.dms[dm],
        pairs=tuple(
            (search.space.word(a), "better" if now[a, b] > 0 else "equal", search.space.word(b))
            for a, b in turned.tolist()[:MOST_PAIRS]
        ),
        ranking=tuple(tuple(search.space.word(s) for s in tied) for tied in tiers(after)),
        size=size,
    )
