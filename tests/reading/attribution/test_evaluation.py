"""The project's own scorer counts as the one beside the measuring set; floors speak when a value falls."""

from __future__ import annotations

import importlib.util
import json
import random
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
sys.path.insert(0, str(ROOT))
from evaluation import measure  # noqa: E402
from evaluation.measure import Measure, below  # noqa: E402
from evaluation.spans import ROLES, Document, score  # noqa: E402

SHARED = ROOT.parent / "shared" / "eval"


def shifted(spans, rng):
    return [[max(b + rng.choice([0, 0, 0, 5, -4]), 0), e + rng.choice([0, 0, 9])] for b, e in spans]


@pytest.mark.skipif(not SHARED.is_dir(), reason="the measuring sets are not here (../shared/eval)")
def test_scorer_agrees_with_the_one_beside_the_set():
    spec = importlib.util.spec_from_file_location("shared_score", SHARED / "score.py")
    theirs = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(theirs)
    lines = (SHARED / "attribution-dev.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines if line.strip()][:12]
    rng = random.Random(7)
    noisy = {
        row["doc"]: [
            {role: shifted(one.get(role) or [], rng) for role in ROLES}
            for one in row["attributions"]
            if rng.random() < 0.8
        ]
        for row in rows
    }
    predictions = [{"doc": name, **one} for name, found in noisy.items() for one in found]
    expected = theirs.score_attribution(rows, predictions)
    mine = score(
        Document(
            row["tokens"],
            [{r: one.get(r) or [] for r in ROLES} for one in row["attributions"]],
            noisy[row["doc"]],
        )
        for row in rows
    )
    assert mine.exact == pytest.approx({role: expected["exact"][role]["f1"] for role in ROLES})
    assert mine.token_content == pytest.approx(expected["token"]["content"]["f1"])
    assert mine.touched == pytest.approx(expected["whole"]["agr_gold"])


def test_floors_speak(tmp_path, monkeypatch):
    path = tmp_path / "floors.toml"
    path.write_text('["a set: F1"]\nfingerprint = "abc"\nfloor = 0.5\n', encoding="utf-8")
    monkeypatch.setattr(measure, "FLOORS", path)
    assert below([Measure("F1", "a set", 0.6, fingerprint="abc")]) == []
    assert "below the floor" in below([Measure("F1", "a set", 0.4, fingerprint="abc")])[0]
    assert "not the one" in below([Measure("F1", "a set", 0.9, fingerprint="xyz")])[0]
    assert below([Measure("F1", "another set", 0.1, fingerprint="abc")]) == []


def test_own_sentences_stay_above_their_floors():
    from evaluation.attribution import SENTENCES, _own, _rows

    assert below(_rows("own sentences", score(_own()), measure.fingerprint([SENTENCES]))) == []
