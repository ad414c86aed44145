"""Sweeps: shares by brute force, the same for every number of workers, and what decides."""

from __future__ import annotations

import itertools
import sys
from dataclasses import replace

import numpy as np
import pytest

from jirga.conflict.states import feasible
from jirga.conflict.types import Conflict, DecisionMaker, Option, Preference
from jirga.errors import OptionalPartMissing, UsageError
from jirga.stability.build import to_game
from jirga.stability.door import solve
from jirga.stability.edits import Place
from jirga.stability.how import wilson
from jirga.stability.sweep import SweepOptions, sweep
from jirga.stability.sweep_draw import Draw


def dam() -> Conflict:
    """An invented dispute over a dam: one builds, the other protests or helps."""
    return Conflict(
        "dam",
        (
            DecisionMaker(
                "North",
                "North",
                (Option("build", "North", "Build the dam"), Option("share", "North", "Share the water")),
                tuple(map(Preference, (("help",), ("build if not protest",), ("not share",)))),
            ),
            DecisionMaker(
                "South",
                "South",
                (Option("protest", "South", "Protest"), Option("help", "South", "Help to pay")),
                tuple(
                    map(Preference, (("share",), ("help iff share",), ("protest iff build and not share",)))
                ),
                unknown=("help iff share",),
            ),
        ),
    )


def shares_by_force(conflict: Conflict, concept: str) -> dict[int, float]:
    """Over every order of both decision makers' statements."""
    hits: dict[int, int] = {}
    a, b = conflict.decision_makers
    profiles = list(itertools.product(*(itertools.permutations(dm.preferences) for dm in (a, b))))
    for first, second in profiles:
        other = replace(
            conflict, decision_makers=(replace(a, preferences=first), replace(b, preferences=second))
        )
        for state in solve(to_game(other), (concept,), engine="plain").equilibria[concept].tolist():
            hits[state] = hits.get(state, 0) + 1
    return {state: count / len(profiles) for state, count in hits.items()}


@pytest.mark.parametrize("concept", ["Nash", "GMR", "SMR", "SEQ", "SSEQ"])
def test_shares_are_those_of_all_orders(concept: str) -> None:
    options = SweepOptions(samples=20_000, seed=4, concepts=(concept,))
    found = sweep(dam(), options)
    wanted = shares_by_force(dam(), concept)
    assert set(found.shares[concept]) == set(wanted)
    for state, share in found.shares[concept].items():
        assert share.low - 0.01 <= wanted[state] <= share.high + 0.01
    assert not found.how.exact
    assert (found.how.samples, found.how.seed) == (20_000, 4)


@pytest.mark.parametrize("vary", ["orders", "unknown", "swaps", "weights"])
def test_the_same_seed_gives_the_same_for_any_workers(vary: str) -> None:
    options = SweepOptions(vary=vary, samples=2500, seed=7, want="share and help")
    alone = sweep(dam(), options)
    assert sweep(dam(), options) == alone
    assert sweep(dam(), replace(options, seed=8)) != alone
    if vary == "orders":
        assert sweep(dam(), replace(options, workers="processes")) == alone


def test_what_decides_is_found() -> None:
    """South has two statements that exclude each other: the one that comes first decides, and nothing else."""
    north, south = dam().decision_makers
    torn = replace(south, preferences=(Preference(("help",)), Preference(("not help",))), unknown=())
    conflict = replace(dam(), decision_makers=(north, torn))
    found = sweep(conflict, SweepOptions(samples=4000, want="help", concepts=("Nash",)))
    decider = found.wanted_decider["Nash"]
    assert (decider.dm, decider.explained) == ("South", pytest.approx(1.0))
    assert sorted(share.value for share in decider.shares) == [0.0, 1.0]
    assert sum(share.samples for share in decider.shares) == 4000
    assert sum(share.hits for share in decider.shares) == found.wanted["Nash"].hits


def test_only_statements_of_unknown_place_move() -> None:
    found = sweep(dam(), SweepOptions(vary="unknown", samples=6000))
    north = [d for rows in found.deciders.values() for d in rows.values() if d.dm == "North"]
    assert all(decider.explained == 0 or decider.dm == "South" for decider in north)


def test_larger_games_agree_with_the_batch(monkeypatch: pytest.MonkeyPatch) -> None:
    options = SweepOptions(samples=600, seed=3)
    batched = sweep(dam(), options)
    monkeypatch.setattr("jirga.stability.sweep.BATCHED_STATES", 0)
    assert sweep(dam(), options) == batched


def test_ray_gives_the_same() -> None:
    pytest.importorskip("ray", reason="the extra jirga[ray] is not installed")
    options = SweepOptions(samples=2500, seed=7, want="share and help")
    done: list[int] = []
    assert sweep(dam(), replace(options, workers="ray"), done.append) == sweep(dam(), options)
    assert done == [1024, 1024, 452]


def test_progress_counts_every_sample() -> None:
    for workers in ("none", "processes"):
        done: list[int] = []
        sweep(dam(), SweepOptions(samples=2100, workers=workers), done.append)  # type: ignore[arg-type]
        assert sum(done) == 2100
        assert len(done) == 3


def test_long_lists_are_drawn_without_a_table(monkeypatch: pytest.MonkeyPatch) -> None:
    """All orders listed, or each drawn: the same shares within their intervals."""
    options = SweepOptions(samples=20_000, seed=1, concepts=("SEQ",))
    listed = sweep(dam(), options)
    monkeypatch.setattr("jirga.stability.sweep_draw.TABLED", 0)
    drawn = sweep(dam(), options)
    assert set(listed.shares["SEQ"]) == set(drawn.shares["SEQ"])
    for state, share in listed.shares["SEQ"].items():
        assert abs(share.value - drawn.shares["SEQ"][state].value) < 0.02


def test_orders_of_unknown_places_are_all_there_once() -> None:
    """Four statements, two of unknown place: twelve orders, the known ones always in their own order."""
    marks = np.arange(5, dtype=np.int32) % 2
    places = (tuple(Place((f"s{k}",), marks, 1) for k in range(4)),)
    table = Draw("unknown", places, ((False, True, False, True),)).tables[0]
    assert table is not None
    assert len({tuple(row) for row in table.where.tolist()}) == len(table.where) == 12
    assert (table.where[:, 0] < table.where[:, 2]).all()


def test_what_decides_among_swaps_is_a_state() -> None:
    """Two states, one decision maker: the swap decides, and each place of the state tells all."""
    one = DecisionMaker("A", "A", (Option("go", "A", "Go"),), (), (("Y",), ("N",)))
    two = DecisionMaker("B", "B", (), (), (("Y",), ("N",)))
    found = sweep(
        Conflict("two", (one, two)), SweepOptions(vary="swaps", swaps=1, samples=500, concepts=("Nash",))
    )
    decider = next(iter(found.deciders["Nash"].values()), None)
    assert decider is None  # one swap of two states always turns them: nothing varies
    three = replace(one, ranking=(("Y",), ("N",)))
    wider = Conflict(
        "four",
        (
            replace(three, ranking=(("YN",), ("NN",), ("YY",), ("NY",))),
            replace(
                two, options=(Option("stop", "B", "Stop"),), ranking=(("NY",), ("NN",), ("YY",), ("YN",))
            ),
        ),
    )
    found = sweep(
        wider, SweepOptions(vary="swaps", swaps=1, samples=4000, concepts=("Nash",), want="go and not stop")
    )
    decider = found.wanted_decider["Nash"]
    assert decider.state is not None
    assert (decider.statements, len(decider.shares)) == ((), 3)
    assert sum(share.samples for share in decider.shares) == 4000
    assert sum(share.hits for share in decider.shares) == found.wanted["Nash"].hits
    assert found.to_json()["wanted"]["Nash"]["decided_by"]["state"] == decider.state + 1


@pytest.mark.parametrize("vary", ["orders", "swaps", "weights"])
def test_words_count_as_one_by_one(vary: str, monkeypatch: pytest.MonkeyPatch) -> None:
    options = SweepOptions(vary=vary, samples=400, seed=5, want="share and help")  # type: ignore[arg-type]
    batched = sweep(dam(), options)
    monkeypatch.setattr("jirga.stability.sweep.BATCHED_STATES", 0)
    assert sweep(dam(), options) == batched


def test_ray_missing_is_one_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "ray", None)
    with pytest.raises(OptionalPartMissing, match="pip install"):
        sweep(dam(), SweepOptions(samples=10, workers="ray"))


@pytest.mark.parametrize(
    "options",
    [
        SweepOptions(samples=0),
        SweepOptions(vary="moods"),  # type: ignore[arg-type]
        SweepOptions(concepts=("SIM",)),
    ],
)
def test_senseless_options_are_refused(options: SweepOptions) -> None:
    with pytest.raises(UsageError):
        sweep(dam(), options)


def test_nothing_to_vary_is_said() -> None:
    conflict = dam()
    space = feasible(conflict)
    words = tuple((space.word(s),) for s in range(space.m))
    ranked = replace(
        conflict,
        decision_makers=tuple(
            replace(dm, preferences=(), ranking=words, unknown=()) for dm in conflict.decision_makers
        ),
    )
    for vary in ("orders", "unknown", "weights"):
        with pytest.raises(UsageError, match="instead"):
            sweep(ranked, SweepOptions(vary=vary, samples=10))  # type: ignore[arg-type]
    assert sweep(ranked, SweepOptions(vary="swaps", samples=10)).shares["GMR"]


def test_wilson_holds_its_level() -> None:
    rng = np.random.default_rng(0)
    inside = [low <= 0.2 <= high for low, high in (wilson(int(h), 100) for h in rng.binomial(100, 0.2, 4000))]
    assert 0.93 < np.mean(inside) < 0.97
    assert wilson(0, 50)[0] == 0
    assert wilson(50, 50)[1] == 1
    assert wilson(0, 0) == (0, 1)
