"""Follow-ups against calculations that share no code with them: networkx graphs and dense linear algebra."""

from __future__ import annotations

from collections.abc import Callable

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.stability.evolution import evolve
from jirga.stability.game import Game
from jirga.stability.markov import absorption
from jirga.stability.pareto import pareto_optimal, undominated

Make = Callable[..., Game]
quick = settings(max_examples=50, deadline=None)
seeds = st.integers(0, 2**32 - 1)


def random_mover(game: Game) -> nx.DiGraph:
    """The chain by its words: a decision maker who can improve is drawn, then one of its improvements."""
    chain = nx.DiGraph()
    chain.add_nodes_from(range(game.m))
    for state in range(game.m):
        able = [i for i in range(game.n) if game.improvements(i, state).size]
        for i in able:
            ends = game.improvements(i, state).tolist()
            for end in ends:
                before = chain.get_edge_data(state, end, {"p": 0.0})["p"]
                chain.add_edge(state, end, p=before + 1 / len(able) / len(ends))
    return chain


@quick
@given(seed=seeds)
def test_absorption_by_the_fundamental_matrix(games: Make, seed: int) -> None:
    """B = (I - Q)^-1 R and t = (I - Q)^-1 1 (Kemeny and Snell), over the attracting components of networkx."""
    game = games(seed)
    start = seed % game.m
    chain, found = random_mover(game), absorption(game, start)
    inside = nx.descendants(chain, start) | {start}
    ends = [frozenset(group) for group in nx.attracting_components(chain.subgraph(inside))]
    assert {frozenset(group) for group in found.classes} == set(ends)
    absorbed = frozenset().union(*ends)
    passing = sorted(inside - absorbed)
    if start in absorbed:
        assert (found.probability, found.moves) == ((1.0,), 0)
        return
    matrix = nx.to_numpy_array(chain, nodelist=range(game.m), weight="p")
    fundamental = np.linalg.inv(np.eye(len(passing)) - matrix[np.ix_(passing, passing)])
    row = fundamental[passing.index(start)]
    assert found.moves == pytest.approx(row.sum(), rel=1e-6)
    for group, share in zip(found.classes, found.probability, strict=True):
        into = matrix[np.ix_(passing, list(group))].sum(axis=1)
        assert share == pytest.approx(row @ into, abs=1e-9)


@quick
@given(seed=seeds, improvements=st.booleans())
def test_distances_are_shortest_paths_over_states_and_last_movers(
    games: Make, seed: int, improvements: bool
) -> None:
    game = games(seed)
    start = seed % game.m
    step = game.improvements if improvements else game.moves
    walk = nx.DiGraph()
    walk.add_node((start, -1))
    for state in range(game.m):
        for i in range(game.n):
            for end in step(i, state).tolist():
                for last in range(-1, game.n):
                    if last != i:
                        walk.add_edge((state, last), (int(end), i))
    far: dict[int, int] = {}
    for (state, _), length in nx.single_source_shortest_path_length(walk, (start, -1)).items():
        far[state] = min(length, far.get(state, length))
    assert dict(evolve(game, start, improvements=improvements).distance) == far


@quick
@given(seed=seeds)
def test_pareto_states_are_the_sources_of_dominance(games: Make, seed: int) -> None:
    """An arc from each state to those it dominates: nobody points at the Pareto-optimal ones."""
    game = games(seed)
    table = np.stack(game.ranks).T
    arcs = nx.DiGraph()
    arcs.add_nodes_from(range(game.m))
    arcs.add_edges_from(
        (q, s)
        for q in range(game.m)
        for s in range(game.m)
        if (table[q] >= table[s]).all() and (table[q] > table[s]).any()
    )
    assert nx.is_directed_acyclic_graph(arcs)
    optimal = {s for s, degree in arcs.in_degree() if degree == 0}
    assert set(np.flatnonzero(pareto_optimal(game)).tolist()) == optimal
    some = tuple(range(seed % 2, game.m, 2))
    inside = arcs.subgraph(some)
    found = undominated(game, some)
    assert set(found.undominated) == {s for s, degree in inside.in_degree() if degree == 0}
    assert {(q, s) for s, by in found.by for q in by} <= set(inside.edges)
