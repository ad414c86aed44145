"""Richer preferences against the definitions over sets, and the relations between their stabilities."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from jirga.errors import TooLargeError, UsageError
from jirga.stability.attitudes import attitude_stability
from jirga.stability.door import solve
from jirga.stability.fuzzy import crisp, degree_matrix, fuzzy_stability
from jirga.stability.game import Game
from jirga.stability.plain import View, stable
from jirga.stability.probabilistic import Levels, probabilistic_stability
from jirga.stability.relations import CONCEPTS, RelationalStability
from jirga.stability.strength import strength_stability, strong_by_gap
from jirga.stability.unknown import FORMS, unknown_from_pairs, unknown_stability

seeds = st.integers(0, 2**32 - 1)
quick = settings(max_examples=40, deadline=None)
Make = Callable[..., Game]
Test = Callable[[int, int, int], bool]  # decision maker, start, end


def spec(game: Game, tempts: Test, joins: Test, deters: Test) -> View:
    """The sets of the definitions, from three relations written out."""
    n, m = range(game.n), range(game.m)
    moves = tuple(tuple(frozenset(game.moves(i, s).tolist()) for s in m) for i in n)

    def part(test: Test) -> tuple[tuple[frozenset[int], ...], ...]:
        return tuple(tuple(frozenset(q for q in moves[i][s] if test(i, s, q)) for s in m) for i in n)

    deterring = tuple(tuple(frozenset(t for t in m if deters(i, s, t)) for s in m) for i in n)
    return View(game.m, moves, part(tempts), part(joins), deterring)


def same(found: RelationalStability, view: View) -> None:
    for concept, table in found.stable.items():
        np.testing.assert_array_equal(table, stable(view, concept), concept)


def inside(small: np.ndarray, large: np.ndarray) -> bool:
    return bool((~small | large).all())


def hierarchy(rows: dict[str, np.ndarray]) -> None:
    for small, large in (("Nash", "SMR"), ("SMR", "GMR"), ("Nash", "SEQ"), ("SEQ", "GMR")):
        assert inside(rows[small], rows[large]), (small, large)


@quick
@given(seed=seeds)
def test_unknown_preference(games: Make, seed: int) -> None:
    game, rng = games(seed), np.random.default_rng(seed)
    hidden = []
    for _ in range(game.n):
        half = np.triu(rng.random((game.m, game.m)) < 0.3, 1)
        hidden.append(half | half.T)
    found = unknown_stability(game, tuple(hidden))

    def more(i: int, s: int, q: int) -> bool:
        return bool(game.ranks[i][q] > game.ranks[i][s]) and not hidden[i][s, q]

    def maybe(i: int, s: int, q: int) -> bool:
        return more(i, s, q) or bool(hidden[i][s, q])

    for form in FORMS:
        tempts = maybe if form in "ac" else more
        deters = (lambda i, s, t: not more(i, s, t)) if form in "cd" else (lambda i, s, t: not maybe(i, s, t))
        same(found[form], spec(game, tempts, maybe, deters))
        hierarchy(dict(found[form].stable))
    for concept in ("Nash", "GMR", "SMR", "SEQ"):
        a, b, c, d = (found[form].stable[concept] for form in FORMS)
        assert inside(a, b)
        assert inside(b, d)
        assert inside(a, c)
        assert inside(c, d)
    assert inside(found["c"].stable["Nash"], found["b"].stable["Nash"])


@quick
@given(seed=seeds)
def test_without_doubt_all_forms_are_the_plain_one(games: Make, seed: int) -> None:
    game = games(seed)
    plain = solve(game).stable
    for found in unknown_stability(game, (None,) * game.n).values():
        for concept, table in found.stable.items():
            np.testing.assert_array_equal(table, plain[concept])


@quick
@given(seed=seeds)
def test_strength(games: Make, seed: int) -> None:
    game = games(seed)
    strong = tuple(strong_by_gap(ranks.tolist(), 2) for ranks in game.ranks)
    found = strength_stability(game, strong)
    plain = solve(game, CONCEPTS).stable

    def more(i: int, s: int, q: int) -> bool:
        return bool(game.ranks[i][q] > game.ranks[i][s])

    same(found.strong, spec(game, more, more, lambda i, s, t: game.ranks[i][s] - game.ranks[i][t] >= 2))
    firm = found.strong.stable
    for concept in ("GMR", "SMR", "SEQ", "SSEQ"):
        np.testing.assert_array_equal(found.general.stable[concept], plain[concept])
        assert inside(firm[concept], plain[concept])
        assert inside(plain["Nash"], firm[concept])
        np.testing.assert_array_equal(found.weakly(concept) | firm[concept], plain[concept])
    assert inside(firm["SMR"], firm["GMR"])
    assert inside(firm["SEQ"], firm["GMR"])


def degrees_of(rng: np.random.Generator, m: int) -> np.ndarray:
    half = np.triu(np.round(rng.random((m, m)), 2), 1)
    return half + np.tril(1 - half.T, -1) + 0.5 * np.eye(m)


@quick
@given(seed=seeds)
def test_fuzzy(games: Make, seed: int) -> None:
    game, rng = games(seed), np.random.default_rng(seed)
    degrees = tuple(degrees_of(rng, game.m) for _ in range(game.n))
    gammas = tuple(float(g) for g in rng.choice([0.1, 0.4, 0.8], game.n))
    found = fuzzy_stability(game, degrees, gammas)

    def tempts(i: int, s: int, q: int) -> bool:
        return bool(degrees[i][q, s] - degrees[i][s, q] >= gammas[i] - 1e-9)

    same(found, spec(game, tempts, tempts, lambda i, s, t: not tempts(i, s, t)))
    hierarchy(dict(found.stable))
    harder = fuzzy_stability(game, degrees, (min(1.0, gammas[0] + 0.3), *gammas[1:]))
    assert inside(found.stable["Nash"][0], harder.stable["Nash"][0])
    sharp = fuzzy_stability(game, (None, *(crisp(game, i) for i in range(1, game.n))), (1.0,) * game.n)
    for concept, table in solve(game, CONCEPTS).stable.items():
        np.testing.assert_array_equal(sharp.stable[concept], table)


@quick
@given(seed=seeds)
def test_probabilistic(games: Make, seed: int) -> None:
    game, rng = games(seed), np.random.default_rng(seed)
    chances = tuple(degrees_of(rng, game.m) * 0.9 for _ in range(game.n))
    for matrix in chances:
        np.fill_diagonal(matrix, 0)
    levels = Levels(*(float(x) for x in rng.choice([0.2, 0.5, 0.9, 1.0], 3)))
    found = probabilistic_stability(game, chances, levels)
    same(
        found,
        spec(
            game,
            lambda i, s, q: bool(chances[i][q, s] > 1 - levels.alpha),
            lambda j, s, q: bool(chances[j][q, s] > 1 - levels.gamma),
            lambda i, s, t: bool(chances[i][t, s] <= 1 - levels.beta),
        ),
    )
    sure = probabilistic_stability(game, (None,) * game.n)
    for concept, table in solve(game, CONCEPTS).stable.items():
        np.testing.assert_array_equal(sure.stable[concept], table)


@quick
@given(seed=seeds)
def test_attitudes(games: Make, seed: int) -> None:
    game, rng = games(seed), np.random.default_rng(seed)
    feelings = tuple(tuple(int(e) for e in row) for row in rng.integers(-1, 2, (game.n, game.n)))
    found = attitude_stability(game, feelings)

    def prefers(i: int, s: int, q: int) -> bool:
        return all(e * (int(r[q]) - int(r[s])) >= 0 for e, r in zip(feelings[i], game.ranks, strict=True))

    same(found, spec(game, prefers, prefers, lambda i, s, t: t == s or not prefers(i, s, t)))
    hierarchy(dict(found.stable))


@quick
@given(seed=seeds)
def test_attitudes_without_feelings_and_without_wishes(games: Make, seed: int) -> None:
    game = games(seed, strict=True)
    own = tuple(tuple(int(i == j) for j in range(game.n)) for i in range(game.n))
    for concept, table in solve(game, CONCEPTS).stable.items():
        np.testing.assert_array_equal(attitude_stability(game, own).stable[concept], table)
    neutral = attitude_stability(game, ((0,) * game.n,) * game.n).stable
    np.testing.assert_array_equal(neutral["Nash"], neutral["SMR"])
    np.testing.assert_array_equal(neutral["GMR"], neutral["SEQ"])


@pytest.mark.parametrize(
    ("matrix", "told"),
    [
        ([[0.5, float("nan")], [0.5, 0.5]], "is not a number"),
        ([[0.5, 1.5], [-0.5, 0.5]], "between 0 and 1"),
        ([[0.5, 0.7], [0.7, 0.5]], "more than 1"),
        ([[0.5, 0.2], [0.2, 0.5]], "less than 1"),
        ([[0.5]], "one row and column"),
    ],
)
def test_bad_degrees_are_told(matrix: list[list[float]], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        degree_matrix(matrix, 2, "North")


def test_other_bad_input_is_told(games: Make) -> None:
    game = games(1)
    for call in (
        lambda: fuzzy_stability(game, (None,) * game.n, (0.0,) * game.n),
        lambda: attitude_stability(game, ((2,) * game.n,) * game.n),
        lambda: unknown_from_pairs(3, ((0, 3),)),
        lambda: unknown_stability(game, (None,) * game.n, ("e",)),
        lambda: strength_stability(game, (np.ones((game.m, game.m), dtype=bool),) * game.n),
        lambda: probabilistic_stability(game, (None,) * game.n, Levels(alpha=0)),
    ):
        with pytest.raises(UsageError):
            call()


def test_too_many_states_are_told_before_anything_is_made() -> None:
    codes = np.arange(1 << 17, dtype=np.uint64)
    ranks = (codes.astype(np.int32), codes.astype(np.int32))
    game = Game(("a", "b"), ranks, codes, (0xFF, 0x1FF00), 0, 0, 17)
    with pytest.raises(TooLargeError, match="pairs of states"):
        attitude_stability(game, ((1, 0), (0, 1)))
