"""The brief has words for every mode of the codebook, and none for modes that are not there."""

from __future__ import annotations

import re
from pathlib import Path

from jirga.brief.words import words

CODEBOOK = Path(__file__).resolve().parents[2] / "docs" / "codebook.md"
PLAIN = {"assist", "change", "yield", "meet"}  # say which demand an answer goes with, not what happens
OWN = {"ACCUSE.division", "REJECT.ceasefire"}  # coded by the record


def test_modes_have_words() -> None:
    rows = re.findall(r"^\| ([A-Z]+) \| [^|]+ \| ([^|]+) \|$", CODEBOOK.read_text(encoding="utf-8"), re.M)
    known = {
        f"{kind}.{mode.strip()}"
        for kind, modes in rows
        for mode in modes.split(",")
        if mode.strip() not in PLAIN
    }
    assert len(rows) == 16
    assert set(words()["modes"]) <= known | OWN | {"REJECT.meet"}
