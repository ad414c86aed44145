"""Cases with published results, as games; the files lie outside the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tests.strategies import dense, rows_of

from jirga.stability.game import Game

FOLDER = Path(__file__).parents[4] / "shared" / "cases"
WAYS = {"both": (0, 0), "N->Y only": (1, 0), "Y->N only": (0, 1)}
CONCEPT = {"SIM_per_DM": "SIM"}


def load_case(name: str) -> dict[str, Any]:
    """Return a case, or skip the test where the shared cases are absent."""
    path = FOLDER / f"{name}.json"
    if not path.exists():
        pytest.skip(f"needs {path.name} of the shared cases")
    case: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return case


def ranks_of(best_first: list[int | list[int]]) -> np.ndarray:
    """Return dense ranks from a ranking in state numbers from 1, ties in lists."""
    tiers = [tier if isinstance(tier, list) else [tier] for tier in best_first]
    values = {state: -place for place, tier in enumerate(tiers) for state in tier}
    return dense([values[state] for state in sorted(values)])


def game_of(case: dict[str, Any]) -> Game:
    """Return the game of a case in option form."""
    model = case["model"]
    options = model["options"]
    if "decision_makers" in model:
        makers = {dm["name"]: dm["options"] for dm in model["decision_makers"]}
        ranks = tuple(ranks_of(dm["ranking_best_first_ties_in_lists"]) for dm in model["decision_makers"])
        codes = [state["decimal"] for state in model["states"]]
    else:
        makers = {dm: [o["number"] for o in options if o["dm"] == dm] for dm in model["rankings_best_first"]}
        ranks = tuple(ranks_of(ranking) for ranking in model["rankings_best_first"].values())
        codes = [sum(1 << bit for bit, c in enumerate(yn) if c == "Y") for yn in model["states"].values()]
    masks = tuple(sum(1 << (number - 1) for number in numbers) for numbers in makers.values())
    ways = [WAYS[o.get("allowed_change", "both")] for o in options]
    to_yes, to_no = (sum(1 << bit for bit, way in enumerate(ways) if way[kind]) for kind in (0, 1))
    return Game(tuple(makers), ranks, np.array(codes, dtype=np.uint64), masks, to_yes, to_no, len(options))


def nine_state_elmira(case: dict[str, Any]) -> Game:
    """Return Elmira in graph form, its four abandoned states in one."""
    form = case["nine_state_form"]
    names = tuple(form["rankings_best_first"])
    ranks = tuple(ranks_of(ranking) for ranking in form["rankings_best_first"].values())
    arcs = tuple(
        rows_of([[q - 1 for q in form["reachable"][dm][str(s)]] for s in range(1, 10)]) for dm in names
    )
    return Game(names, ranks, arcs=arcs)
