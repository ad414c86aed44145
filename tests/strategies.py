"""Hypothesis strategies for the project's own objects, and fixed random models for larger runs."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from hypothesis import strategies as st

from jirga.stability.game import Game

NAMES = ("A", "B", "C", "D", "E")


def dense(values: Sequence[int]) -> np.ndarray:
    """Return dense ranks: 0, 1, 2.. in the order of the values, equal for equal ones."""
    return np.unique(np.asarray(values), return_inverse=True)[1].astype(np.int32)


@st.composite
def rankings(draw: st.DrawFn, m: int, strict: bool | None = None) -> np.ndarray:
    """One decision maker's ranks of m states."""
    if draw(st.booleans()) if strict is None else strict:
        return dense(draw(st.permutations(range(m))))
    return dense(draw(st.lists(st.integers(0, m - 1), min_size=m, max_size=m)))


@st.composite
def graph_games(
    draw: st.DrawFn, min_dms: int = 2, max_dms: int = 5, max_states: int = 7, strict: bool | None = None
) -> Game:
    """Games in graph form; moves need not be transitive, and several may cause the same one."""
    n, m = draw(st.integers(min_dms, max_dms)), draw(st.integers(2, max_states))
    row = st.integers(0, (1 << m) - 1)
    arcs = []
    for _ in range(n):
        words = [word & ~(1 << s) for s, word in enumerate(draw(st.lists(row, min_size=m, max_size=m)))]
        thin = draw(st.lists(row, min_size=m, max_size=m))
        arcs.append(
            rows_of([[q for q in range(m) if w & t & 1 << q] for w, t in zip(words, thin, strict=True)])
        )
    ranks = tuple(draw(rankings(m, strict)) for _ in range(n))
    return Game(NAMES[:n], ranks, arcs=tuple(arcs))


@st.composite
def option_games(
    draw: st.DrawFn,
    min_dms: int = 2,
    max_dms: int = 5,
    max_options: int = 5,
    strict: bool | None = None,
    whole: bool = False,
) -> Game:
    """Games in option form, with infeasible states and irreversible options unless ``whole``."""
    n = draw(st.integers(min_dms, max_dms))
    owners = draw(st.lists(st.integers(0, n - 1), min_size=1, max_size=max_options))
    if whole:
        owners = sorted(owners)
    size = 1 << len(owners)
    codes = set(range(size))
    to_yes = to_no = 0
    if not whole:
        codes -= draw(st.sets(st.integers(0, size - 1), max_size=size - 1))
        to_yes, to_no = draw(st.integers(0, size - 1)), draw(st.integers(0, size - 1))
        thin = draw(st.integers(0, size - 1))
        to_yes, to_no = to_yes & thin, to_no & thin
    ranks = tuple(draw(rankings(len(codes), strict)) for _ in range(n))
    masks = tuple(sum(1 << bit for bit, owner in enumerate(owners) if owner == i) for i in range(n))
    return Game(NAMES[:n], ranks, np.array(sorted(codes), dtype=np.uint64), masks, to_yes, to_no, len(owners))


def games(**kwargs: Any) -> st.SearchStrategy[Game]:
    """Games of either form."""
    return st.one_of(graph_games(**kwargs), option_games(**kwargs))


def rows_of(rows: Sequence[Sequence[int]]) -> tuple[np.ndarray, np.ndarray]:
    """Return lists of targets as compressed rows."""
    indptr = np.zeros(len(rows) + 1, dtype=np.int32)
    np.cumsum([len(row) for row in rows], out=indptr[1:])
    return indptr, np.array([q for row in rows for q in sorted(row)], dtype=np.int32)


def random_game(rng: np.random.Generator, n: int, m: int, graph: bool) -> Game:
    """Return a random game; in option form with infeasible states and irreversible options."""
    ranks = tuple(
        dense(rng.integers(0, m, m) if rng.random() < 0.5 else rng.permutation(m)) for _ in range(n)
    )
    if graph:
        arcs = []
        for _ in range(n):
            linked = rng.random((m, m)) < rng.uniform(0.05, 0.4)
            np.fill_diagonal(linked, False)
            arcs.append(rows_of([np.flatnonzero(row).tolist() for row in linked]))
        return Game(NAMES[:n], ranks, arcs=tuple(arcs))
    k = max(int(np.ceil(np.log2(m))) + int(rng.integers(0, 2)), 1)
    owner, way = rng.integers(0, n, k), rng.integers(0, 6, k)
    codes = np.sort(rng.choice(1 << k, m, replace=False)).astype(np.uint64)
    masks = tuple(int(sum(1 << b for b in range(k) if owner[b] == i)) for i in range(n))
    to_yes, to_no = (int(sum(1 << b for b in range(k) if way[b] == kind)) for kind in (0, 1))
    return Game(NAMES[:n], ranks, codes, masks, to_yes, to_no, k)


def grid_game(rng: np.random.Generator, bits: Sequence[int], strict: bool = True) -> Game:
    """Return a game in which every combination of options is feasible; ``bits`` options for each."""
    m, low, masks = 1 << sum(bits), 0, []
    for count in bits:
        masks.append(((1 << count) - 1) << low)
        low += count
    if strict:
        ranks = tuple(rng.permutation(m).astype(np.int32) for _ in bits)
    else:
        ranks = tuple(dense(rng.integers(0, max(2, m // 3), m)) for _ in bits)
    return Game(NAMES[: len(bits)], ranks, np.arange(m, dtype=np.uint64), tuple(masks), n_options=sum(bits))
