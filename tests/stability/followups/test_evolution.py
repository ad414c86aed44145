"""From the status quo: reach, paths, who must move, where a random mover ends; Pareto; hypergames; third parties."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.conflict.states import feasible
from jirga.conflict.types import Conflict, DecisionMaker, Option, Perception, Preference, Rule
from jirga.errors import UsageError
from jirga.stability.build import to_game
from jirga.stability.door import solve
from jirga.stability.evolution import evolve, must_move
from jirga.stability.game import Game
from jirga.stability.hypergame import View, hypergame, hypergame_of, restricted
from jirga.stability.markov import absorption
from jirga.stability.pareto import pareto_optimal, undominated
from jirga.stability.plain import legal_reach, view_of
from jirga.stability.thirdparty import effect, with_guarantee, with_option, with_payment

quick = settings(max_examples=40, deadline=None)
seeds = st.integers(0, 2**32 - 1)
Make = Callable[..., Game]


@quick
@given(seed=seeds, improvements=st.booleans())
def test_reach_and_paths_are_legal_and_complete(games: Make, seed: int, improvements: bool) -> None:
    game = games(seed)
    start = seed % game.m
    found, view = evolve(game, start, improvements=improvements), view_of(game)
    step = view.improvements if improvements else view.moves
    assert set(found.states) == {start} | legal_reach(start, range(game.n), step)
    for state, path in found.paths.items():
        here, last = start, -1
        for one in path:
            assert one.dm != last
            assert one.state in step[one.dm][here]
            here, last = one.state, one.dm
        assert here == state
        assert len(path) == found.distance[state]
    held = set(solve(game, ("Nash",)).equilibria["Nash"].tolist())
    assert set(found.ends()) == held & set(found.states)
    assert {(a.start, a.end, a.dm) for a in found.tree()} <= {(a.start, a.end, a.dm) for a in found.graph()}
    assert all(arc.improves for arc in found.graph()) or not improvements


@quick
@given(seed=seeds)
def test_depth_cuts_the_walk_and_says_so(games: Make, seed: int) -> None:
    game = games(seed)
    whole, short = evolve(game, 0, improvements=False), evolve(game, 0, improvements=False, depth=1)
    assert {s for s, d in whole.distance.items() if d <= 1} == set(short.states)
    assert short.complete or len(whole.states) >= len(short.states)
    assert whole.complete


@quick
@given(seed=seeds)
def test_who_must_move_is_on_every_path(games: Make, seed: int) -> None:
    game = games(seed)
    view, goal = view_of(game), (seed // 7) % game.m
    needed = must_move(game, 0, goal)
    reached = {0} | legal_reach(0, range(game.n), view.improvements)
    assert (needed is None) == (goal not in reached)
    for dm in range(game.n):
        without = {0} | legal_reach(0, [j for j in range(game.n) if j != dm], view.improvements)
        assert needed is None or (dm in needed) == (goal not in without)


@quick
@given(seed=seeds, choice=st.sampled_from(["any", "best"]))
def test_absorption_agrees_with_many_steps_of_the_chain(games: Make, seed: int, choice: str) -> None:
    game = games(seed)
    found = absorption(game, seed % game.m, choice=choice)  # type: ignore[arg-type]
    chain = np.zeros((game.m, game.m))
    for s in range(game.m):
        ends = [game.improvements(i, s) for i in range(game.n)]
        if choice == "best":
            best = [game.ranks[i][e] for i, e in enumerate(ends)]
            ends = [e[b == b.max()] if e.size else e for e, b in zip(ends, best, strict=True)]
        ends = [e for e in ends if e.size]
        for e in ends:
            chain[s, e] += 1 / len(ends) / e.size
        if not ends:
            chain[s, s] = 1
    far = np.linalg.matrix_power(chain, 1 << 14)[seed % game.m]
    assert sum(found.probability) == pytest.approx(1)
    for group, share in zip(found.classes, found.probability, strict=True):
        assert far[list(group)].sum() == pytest.approx(share, abs=1e-6)
    singles = {group[0] for group in found.classes if len(group) == 1}
    assert singles <= set(solve(game, ("Nash",)).equilibria["Nash"].tolist())
    assert found.moves >= 0


def test_movers_can_be_weighted(games: Make) -> None:
    game = next(g for k in range(500) if len(absorption(g := games(k), 0).classes) > 1)
    even, tilted = absorption(game, 0), absorption(game, 0, weights={game.dms[0]: 1000.0})
    assert even.probability != tilted.probability
    with pytest.raises(UsageError):
        absorption(game, 0, weights={game.dms[0]: -1.0})
    with pytest.raises(UsageError):
        absorption(game, game.m)


@quick
@given(seed=seeds)
def test_pareto_by_definition(games: Make, seed: int) -> None:
    game = games(seed)
    table = np.stack(game.ranks)

    def beats(q: int, s: int) -> bool:
        return bool((table[:, q] >= table[:, s]).all() and (table[:, q] > table[:, s]).any())

    best = [not any(beats(q, s) for q in range(game.m)) for s in range(game.m)]
    assert pareto_optimal(game).tolist() == best
    some = tuple(range(0, game.m, 2))
    found = undominated(game, some)
    assert set(found.undominated) == {s for s in some if not any(beats(q, s) for q in some)}
    assert all(beats(q, s) for s, by in found.by for q in by)


@quick
@given(seed=seeds)
def test_seeing_all_as_it_is_changes_nothing(games: Make, seed: int) -> None:
    game = games(seed)
    clear = View(np.ones(game.m, dtype=bool), game.ranks)
    found = hypergame(game, [clear] * game.n)
    for concept in found.holds:
        assert found.holds[concept] == found.true[concept] == found.expected[concept][0]
        assert found.surprises(concept) == found.illusions(concept) == ()


@quick
@given(seed=seeds)
def test_unseen_states_are_never_expected(games: Make, seed: int) -> None:
    game, rng = games(seed), np.random.default_rng(seed)
    views = []
    for _ in range(game.n):
        seen = rng.random(game.m) < 0.7
        seen[0] = True
        views.append(View(seen, tuple(rng.permutation(rank).astype(np.int32) for rank in game.ranks)))
    found = hypergame(game, views)
    for concept in found.holds:
        for view, states in zip(views, found.expected[concept], strict=True):
            assert view.seen[list(states)].all()
        assert all(all(view.seen[s] for view in views) for s in found.holds[concept])
    kept = np.flatnonzero(views[0].seen).astype(np.int32)
    part = restricted(game, kept)
    for i in range(game.n):
        for at, state in enumerate(kept):
            inside = sorted(set(game.moves(i, int(state)).tolist()) & set(kept.tolist()))
            assert kept[part.moves(i, at)].tolist() == inside


def market() -> Conflict:
    """An invented quarrel over a market: one opens or not, the other taxes or not."""
    return Conflict(
        "market",
        (
            DecisionMaker(
                "Town",
                "Town",
                (Option("open", "Town", "Open"),),
                (Preference(("not tax",)), Preference(("not open",))),
            ),
            DecisionMaker(
                "Crown",
                "Crown",
                (Option("tax", "Crown", "Tax"),),
                (Preference(("open",)), Preference(("tax",))),
            ),
        ),
        (Rule("pattern", ("NY",)),),
        "NN",
    )


def test_a_hypergame_from_a_conflict() -> None:
    town, crown = market().decision_makers
    blind = replace(town, perceives=Perception(("tax",), {"Crown": (Preference(("not tax",)),)}))
    found = hypergame_of(replace(market(), decision_makers=(blind, crown)), ("Nash",))
    words = feasible(market())
    assert [words.word(s) for s in found.expected["Nash"][0]] == ["NN"]
    assert found.to_json()["how"]["engine"] == "hypergame"


def test_a_payment_a_guarantee_and_an_option() -> None:
    before = market()
    paid = with_payment(before, "open and not tax", {"Town": 0, "Crown": 0})
    assert len(paid.options) == 3
    assert paid.status_quo == "NNN"
    found = effect(before, paid, ("SEQ",))
    assert "YN" in found.gained["SEQ"] + found.kept["SEQ"]
    bound = with_guarantee(before, "Crown.tax", taken=False)
    assert (
        "YN" in effect(before, bound, ("Nash", "SEQ")).how.engine
        or bound.options[1].direction.value == "to_no"
    )
    more = with_option(
        before, Option("inspect", "Guild", "Inspect"), ("inspect",), {"Crown": (0, "not tax if inspect")}
    )
    assert to_game(more).n == 3
    assert effect(before, more, ("Nash",)).gained["Nash"] == ()
    with pytest.raises(UsageError):
        with_guarantee(before, "nothing")
    with pytest.raises(UsageError):
        with_option(before, Option("late", "Town", "Late"))
