"""The inverse against brute force over all rankings, and the published Syria-Iraq count with its correction."""

from __future__ import annotations

import itertools
import json
import math
from collections.abc import Callable
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from jirga.stability.conditions import CONCEPTS, condition
from jirga.stability.door import solve
from jirga.stability.game import Game
from jirga.stability.how import Share
from jirga.stability.inverse import inverse
from jirga.stability.profile_change import nearest_profile, pair_distance
from jirga.stability.ranking_change import nearest_ranking
from jirga.stability.ranking_count import count_rankings
from jirga.stability.values import Field, needed

CASES = Path(__file__).parents[4] / "shared" / "cases"


def syria_iraq() -> Game:
    """The Syria-Iraq conflict of 1975: Syria releases water or escalates (not both), Iraq attacks."""
    codes = np.array([0, 1, 2, 4, 5, 6], dtype=np.uint64)
    best_first = ([1, 3, 6, 2, 4, 5], [2, 4, 6, 1, 5, 3])
    ranks = tuple(np.array([5 - order.index(s) for s in range(1, 7)], dtype=np.int32) for order in best_first)
    return Game(("Syria", "Iraq"), ranks, codes, (0b011, 0b100), 0, 0, 3)


@pytest.mark.parametrize(
    ("concept", "count"), [("Nash", 240), ("GMR", 384), ("SEQ", 384), ("SMR", 300), ("SSEQ", 300)]
)
def test_syria_iraq_rankings_of_syria(concept: str, count: int) -> None:
    """State 2 (release, no attack): 384 rankings of Syria for GMR and SEQ, where 420 was printed.

    From state 2 Syria can move to 1 and to 3; Iraq can answer 1 by 4, and 3 by 6 (SEQ: Iraq prefers 4 to 1 and 6
    to 3). State 2 fails when 1 and 4 are both better than 2 for Syria, or 3 and 6 both are. Each pair is
    above 2 in a third of all rankings, all four in a fifth: 1 - 1/3 - 1/3 + 1/5 = 8/15, and 8/15 of 720 is 384. The
    printed 420 = 7/12 of 720 is what comes out when the verdict on the last improvement overwrites that on the first.
    """
    game = syria_iraq()
    found = count_rankings(condition(game, 0, 1, concept), game.m, "")
    assert (found.count, found.total) == (count, 720)
    assert found.count == brute_count(game, 0, 1, concept)
    if concept in ("GMR", "SEQ"):
        assert found.share == 1 - Fraction(1, 3) - Fraction(1, 3) + Fraction(1, 5) == Fraction(8, 15)


def test_printed_count_is_what_keeping_the_last_verdict_gives() -> None:
    """Each of Syria's rankings judged by its last improvement alone."""
    game, kept = syria_iraq(), 0
    for order in itertools.permutations(range(6)):
        verdict = True
        for move, answer in ((0, 3), (2, 5)):
            if order[move] > order[1]:
                verdict = order[answer] < order[1]
        kept += verdict
    assert kept == 420
    assert condition(game, 0, 1, "GMR").states == (0, 2, 3, 5)


@pytest.mark.skipif(not CASES.exists(), reason="the published cases lie beside the repository")
def test_syria_iraq_counts_agree_with_the_reference() -> None:
    case = json.loads((CASES / "gold_syria_iraq_1975.json").read_text())
    game = syria_iraq()
    for concept, count in case["computed_reference"]["inverse_counts"].items():
        assert count_rankings(condition(game, 0, 1, concept), game.m, "").count == count


def brute_count(game: Game, dm: int, state: int, concept: str) -> int:
    ok = 0
    for order in itertools.permutations(range(game.m)):
        ranks = [*game.ranks]
        ranks[dm] = np.array(order, dtype=np.int32)
        ok += bool(
            solve(replace(game, ranks=tuple(ranks)), (concept,), engine="plain").stable[concept][dm, state]
        )
    return ok


@pytest.mark.parametrize("seed", range(15))
def test_conditions_are_the_definitions(games: Callable[..., Game], seed: int) -> None:
    """The condition, read at random rankings, gives the verdict of the plain engine."""
    game = games(seed)
    rng = np.random.default_rng(seed)
    for _ in range(2):
        dm = int(rng.integers(game.n))
        rank = np.unique(rng.integers(0, game.m, game.m), return_inverse=True)[1].astype(np.int32)
        other = replace(game, ranks=(*game.ranks[:dm], rank, *game.ranks[dm + 1 :]))
        stable = solve(other, CONCEPTS, engine="plain").stable
        for concept, state in itertools.product(CONCEPTS, range(game.m)):
            above = set(np.flatnonzero(rank > rank[state]).tolist())
            assert condition(game, dm, state, concept).holds(above) == stable[concept][dm, state]


@pytest.mark.parametrize("seed", range(8))
def test_counts_and_nearest_rankings_by_brute_force(games: Callable[..., Game], seed: int) -> None:
    game = next(g for k in itertools.count() if (g := games(1000 * seed + k, strict=True)).m in (4, 5))
    rng = np.random.default_rng(seed)
    for concept in CONCEPTS:
        dm, state = int(rng.integers(game.n)), int(rng.integers(game.m))
        asked = condition(game, dm, state, concept)
        verdicts = {
            order: asked.holds({s for s in range(game.m) if order[s] > order[state]})
            for order in itertools.permutations(range(game.m))
        }
        found = count_rankings(asked, game.m, "")
        assert found.count == sum(verdicts.values())
        assert found.how.exact
        rank = game.ranks[dm]
        for stable in (True, False):
            near = nearest_ranking(asked, rank, stable=stable)
            distances = [kendall(rank, order) for order, verdict in verdicts.items() if verdict == stable]
            assert (None if near is None else near.swaps) == min(distances, default=None)


def kendall(a: np.ndarray, b: tuple[int, ...]) -> int:
    return sum((a[i] > a[j]) != (b[i] > b[j]) for i, j in itertools.combinations(range(len(b)), 2))


@pytest.mark.parametrize("seed", range(20))
def test_nearest_with_ties_by_brute_force(games: Callable[..., Game], seed: int) -> None:
    """Against all weak orders of up to five states: fewest pairs of states that are ordered differently."""
    game = next(g for k in itertools.count() if (g := games(1000 * seed + k)).m in (3, 4, 5))
    rng = np.random.default_rng(seed)
    dm, state, concept = int(rng.integers(game.n)), int(rng.integers(game.m)), CONCEPTS[seed % 5]
    rank = np.unique(rng.integers(0, 3, game.m), return_inverse=True)[1].astype(np.int32)
    asked = condition(game, dm, state, concept)
    best: dict[bool, int] = {}
    for order in itertools.product(range(game.m), repeat=game.m):
        verdict = asked.holds({s for s in range(game.m) if order[s] > order[state]})
        best[verdict] = min(pair_distance(rank, np.array(order)), best.get(verdict, 99))
    for stable in (True, False):
        near = nearest_ranking(asked, rank, stable=stable)
        assert (None if near is None else near.swaps) == best.get(stable)


def weak_orders(m: int) -> list[np.ndarray]:
    dense = (np.unique(one, return_inverse=True)[1] for one in itertools.product(range(m), repeat=m))
    return list({one.tobytes(): one.astype(np.int32) for one in dense}.values())


@pytest.mark.parametrize("seed", range(24))
def test_nearest_profiles_by_brute_force(games: Callable[..., Game], seed: int) -> None:
    """Against all profiles of weak orders: two decision makers over four states, or three over three."""
    sizes = {2: (3, 4), 3: (3,)}
    game = next(g for k in itertools.count() if (g := games(1000 * seed + k)).m in sizes.get(g.n, ()))
    rng, concept = np.random.default_rng(seed), ("SEQ", "SSEQ", "GMR", "SEQ", "SMR", "Nash")[seed % 6]
    wanted = sorted({int(s) for s in rng.integers(0, game.m, 2)})
    field, orders = Field.of(game), weak_orders(game.m)
    far = [[pair_distance(rank, order) for order in orders] for rank in game.ranks]
    best: dict[bool, int] = {}
    for picked in itertools.product(range(len(orders)), repeat=game.n):
        pairs = sum(far[i][k] for i, k in enumerate(picked))
        if all(pairs >= best.get(holds, 99) for holds in (True, False)):
            continue
        ranks = tuple(orders[k] for k in picked)
        stable = [ranks[i] >= needed(field, ranks, i, concept) for i in range(game.n)]
        holds = bool(np.logical_and.reduce(stable)[wanted].any())
        best[holds] = min(pairs, best.get(holds, 99))
    for avoid in (False, True):
        found = nearest_profile(field, game.ranks, wanted, concept, avoid=avoid, limit_s=60)
        assert found.finished
        assert found.pairs == best.get(not avoid)
        if found.ranks is not None:
            assert sum(map(pair_distance, game.ranks, found.ranks)) == found.pairs == found.at_least
            held = solve(game.with_ranks(found.ranks), (concept,), engine="plain").equilibria[concept]
            assert bool(set(wanted) & set(held.tolist())) != avoid


def test_rankings_of_some_alone_or_none_in_time(games: Callable[..., Game]) -> None:
    game = syria_iraq()
    field = Field.of(game)
    both = nearest_profile(field, game.ranks, [1], "SEQ")
    alone = nearest_profile(field, game.ranks, [1], "SEQ", movers=[1])
    assert both.finished
    assert both.pairs is not None
    assert alone.pairs is None or alone.pairs >= both.pairs
    cut = nearest_profile(field, game.ranks, [1], "SEQ", limit_s=0.0)
    assert (cut.finished, cut.ranks, cut.at_least) == (False, None, 0)


def test_large_conditions_are_counted_on_diagrams_or_sampled() -> None:
    """All 2^9 states: too many for lists; the count agrees with a sample of the same condition."""
    rng = np.random.default_rng(5)
    codes = np.arange(512, dtype=np.uint64)
    ranks = tuple(rng.permutation(512).astype(np.int32) for _ in range(3))
    game = Game(("a", "b", "c"), ranks, codes, (0b111, 0b111000, 0b111000000), 0, 0, 9)
    for concept in ("GMR", "SEQ"):
        asked = condition(game, 0, 77, concept)
        found = count_rankings(asked, game.m, "")
        assert found.count is not None
        assert isinstance(found.share, Fraction)
        rows = rng.random((4000, 512))
        share = Share.of(sum(asked.holds(set(np.flatnonzero(r > r[77]).tolist())) for r in rows), 4000)
        assert share.low - 0.02 <= float(found.share) <= share.high + 0.02


@pytest.mark.parametrize("seed", range(6))
def test_profiles_by_brute_force(games: Callable[..., Game], seed: int) -> None:
    """Every profile of strict rankings, solved by the plain engine; four states and two decision makers."""
    game = next(g for k in itertools.count() if (g := games(100 * seed + k, dms=2)).m == 4)
    orders = [np.array(order, dtype=np.int32) for order in itertools.permutations(range(4))]
    concepts = ("GMR", "SEQ", "SSEQ")
    hits = dict.fromkeys(concepts, 0)
    for profile in itertools.product(orders, repeat=2):
        held = solve(game.with_ranks(profile), concepts, engine="plain").equilibria
        for concept in concepts:
            hits[concept] += seed % 4 in held[concept]
    for concept in concepts:
        found = inverse(game, seed % 4, concept)
        assert found.profiles == hits[concept]
        assert found.profile_share == Fraction(hits[concept], 24**2)


def test_profiles_of_large_games_are_sampled_and_said_so(games: Callable[..., Game]) -> None:
    game = next(g for k in itertools.count() if (g := games(k)).m > 10)
    found = inverse(game, 0, "SEQ", samples=500)
    assert found.profiles is None
    assert isinstance(found.profile_share, Share)
    assert not found.how.exact
    assert isinstance(inverse(game, 0, "GMR").profile_share, Fraction)


def test_profiles_multiply(games: Callable[..., Game]) -> None:
    game = syria_iraq()
    found = inverse(game, 1, "GMR")
    assert found.profiles == math.prod(one.count.count or 0 for one in found.dms)
    assert [one.holds for one in found.dms] == [False, True]
    assert not found.holds
    assert found.profile_share == Fraction(found.profiles or 0, 720**2)
    assert found.to_json()["decision_makers"][0]["rankings"]["count"] == "384"
