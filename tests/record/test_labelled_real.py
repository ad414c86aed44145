"""How well linking does on the two reports at hand, labelled by reading them: where statements begin, by report and thing."""

from __future__ import annotations

import itertools
from pathlib import Path

import pytest

from jirga.reading.reader import DefaultReader
from jirga.record.build import build_record
from jirga.reports.load import load_reports

FOLDER = Path(__file__).parents[3] / "shared" / "reports" / "istanbul-2025"
NEAR = 15  # characters by which another reading may move the begin of a statement
THINGS: dict[str, tuple[tuple[int, ...], tuple[int, ...]]] = {
    "hundreds killed": ((859,), (2201,)),
    "raids": ((703, 795), (2043, 2099)),
    "counteroffensive and its toll": ((975, 1117, 1155), (2252, 2325, 2359)),
    "ceasefire": ((1332,), (2491,)),
    "no agreement": ((17, 108, 191, 460, 1583), (372, 1720, 1794)),
    "mediators": ((285, 358), (1842,)),
    "guarantees": ((1748, 5049), (574,)),
    "threat": ((3802,), (1595,)),
    "a promise from abroad": ((4070,), (3029, 3121)),
    "drones": ((5549,), (1080,)),
    "assurance": ((2413,), (530,)),
    "no right to attack": ((2490,), (863,)),
}
"""Begins in the first and in the second report."""


@pytest.mark.skipif(not FOLDER.exists(), reason="the reports of ../shared are not here")
def test_links_between_the_reports_at_hand() -> None:
    reader = DefaultReader()
    reports = sorted(load_reports([FOLDER]).reports, key=lambda r: r.name)
    record = build_record([reader.read(r) for r in reports])
    names = [r.name for r in reports]

    def thing(ident: str) -> str:
        s = record.statements[ident]
        at = names.index(s.report)
        near = [(abs(b - s.begin), t) for t, begins in THINGS.items() for b in begins[at]]
        return min(near)[1] if min(near)[0] <= NEAR else ""

    def across(several: tuple[str, ...]) -> set[tuple[str, str]]:
        pairs = itertools.combinations(sorted(several), 2)
        return {p for p in pairs if record.statements[p[0]].report != record.statements[p[1]].report}

    true = {p for p in across(tuple(record.statements)) if thing(p[0]) and thing(p[0]) == thing(p[1])}
    linked = {pair for event in record.events for pair in across(event.statements)}
    wrong = [tuple(record.statements[s].quote for s in pair) for pair in linked - true]
    assert len(linked & true) / len(linked) >= 0.9, wrong
    assert len(linked & true) / len(true) >= 0.5
