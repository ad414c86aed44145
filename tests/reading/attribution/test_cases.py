"""One sentence for each shape of attribution, as data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from jirga.reading.attribution import attribution_json, find_attributions
from jirga.reading.passages import parse
from jirga.reports.types import Report

ROLES = {"s": "source", "c": "cue", "x": "content"}
LINES = [
    line.split(" | ", 1)
    for line in Path(__file__).with_name("cases.txt").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def unmark(marked: str) -> tuple[str, dict[str, list[list[int]]]]:
    text, at = "", 0
    spans: dict[str, list[list[int]]] = {role: [] for role in ROLES.values()}
    for mark in re.finditer(r"<([scx])>(.*?)</\1>", marked):
        text += marked[at : mark.start()]
        spans[ROLES[mark[1]]].append([len(text), len(text) + len(mark[2])])
        text += mark[2]
        at = mark.end()
    return text + marked[at:], spans


@pytest.mark.parametrize(("kind", "marked"), LINES, ids=[line[1][:40] for line in LINES])
def test_source_cue_and_content(nlp, kind, marked):
    text, expected = unmark(marked)
    report = Report("0", "case", "case", text, b"")
    found = find_attributions(report, parse(report, nlp), [])
    rows = [attribution_json(report, one) for one in found if one.level == 0]
    match = [row for row in rows if row["cue"] == expected["cue"]]
    assert match, [[text[b:e] for b, e in row["cue"]] for row in rows]
    assert {role: match[0][role] for role in expected} == expected
    assert match[0]["kind"] == kind
