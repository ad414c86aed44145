"""Floors of the parse and of names on the treebanks' test parts, from raw text."""

import pytest
from evaluation.parse import TREEBANKS, load_part, score

from jirga.reading.pipeline import load_pipeline

FLOORS = {  # part: how many documents are read (None is all), and F1 below which a change may not land
    "pud_news": (None, {"LAS": 89.2, "UAS": 91.8, "names": 79.3, "sentences": 98.0}),
    "gum_test": (220, {"LAS": 85.0, "UAS": 88.0, "sentences": 95.0}),
}


@pytest.mark.skipif(not TREEBANKS.is_dir(), reason="the treebanks are not here (../shared/treebanks)")
@pytest.mark.parametrize("part", FLOORS)
def test_scores_stay_above_their_floors(part: str) -> None:
    count, floors = FLOORS[part]
    scores = score(load_part(part)[:count], load_pipeline())
    found = {name: scores.of(name).f1 for name in floors}
    assert {name: value for name, value in found.items() if value < floors[name]} == {}, found
