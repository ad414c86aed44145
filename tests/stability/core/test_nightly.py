"""The nightly comparison itself: it passes on a few models, and it notices a wrong engine."""

from __future__ import annotations

import pytest
from benchmarks import nightly

from jirga.stability.general import solve_general
from jirga.stability.types import BoolArray


@pytest.mark.parametrize("number", range(40))
def test_a_few_models_of_the_nightly_run(number: int) -> None:
    assert nightly.check(nightly.model(1, number), reasons=True) == []


def test_a_wrong_engine_is_noticed(monkeypatch: pytest.MonkeyPatch) -> None:
    def wrong(game, concepts) -> dict[str, BoolArray]:  # type: ignore[no-untyped-def]
        tables = solve_general(game, concepts)
        tables["SMR"] = ~tables["SMR"]
        return tables

    monkeypatch.setattr(nightly, "solve_general", wrong)
    assert nightly.check(nightly.model(1, 0)) == ["general SMR"]
