"""Random small games, one for each seed: option form and graph form, ties, infeasible, irreversible."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest

from jirga.stability.game import Game


def dense(values: np.ndarray) -> np.ndarray:
    return np.unique(values, return_inverse=True)[1].astype(np.int32)


def make_game(seed: int, form: str = "any", dms: int | None = None, strict: bool = False) -> Game:
    """Return a random game; `form` is option, reversible, graph or any."""
    rng = np.random.default_rng(seed)
    n = dms or int(rng.integers(2, 5))
    names = tuple(f"d{i}" for i in range(n))
    if form == "graph" or (form == "any" and rng.random() < 0.4):
        return graph_game(rng, names, strict)
    owners = np.r_[np.arange(n), rng.integers(0, n, int(rng.integers(0, 3)))]
    k = owners.size
    masks = tuple(sum(1 << b for b in range(k) if owners[b] == i) for i in range(n))
    codes = np.arange(1 << k, dtype=np.uint64)
    keep = rng.random(codes.size) < rng.choice([1.0, 0.8, 0.6])
    keep[int(rng.integers(0, codes.size))] = True
    codes = codes[keep]
    one_way = (rng.random(k) < 0.25) & (form != "reversible")
    up = rng.random(k) < 0.5
    to_yes = sum(1 << b for b in range(k) if one_way[b] and up[b])
    to_no = sum(1 << b for b in range(k) if one_way[b] and not up[b])
    ranks = random_ranks(rng, n, codes.size, strict)
    return Game(names, ranks, codes, masks, to_yes, to_no, k)


def random_ranks(rng: np.random.Generator, n: int, m: int, strict: bool) -> tuple[np.ndarray, ...]:
    if strict:
        return tuple(rng.permutation(m).astype(np.int32) for _ in range(n))
    return tuple(dense(rng.integers(0, max(2, m), m)) for _ in range(n))


def graph_game(rng: np.random.Generator, names: tuple[str, ...], strict: bool) -> Game:
    m = int(rng.integers(2, 9))
    arcs = []
    for _ in names:
        adjacency = rng.random((m, m)) < rng.uniform(0.1, 0.5)
        np.fill_diagonal(adjacency, False)
        indptr = np.r_[0, np.cumsum(adjacency.sum(axis=1))].astype(np.int32)
        arcs.append((indptr, np.nonzero(adjacency)[1].astype(np.int32)))
    return Game(names, random_ranks(rng, len(names), m, strict), arcs=tuple(arcs))


@pytest.fixture(scope="session")
def games() -> Callable[..., Game]:
    return make_game
