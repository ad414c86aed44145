"""Source, cue and content against two sets: the measuring set beside the project, and our own sentences."""

from __future__ import annotations

import json
import re
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from evaluation.measure import OWN, SHARED, Measure, fingerprint
from evaluation.spans import ROLES, Document, Roles, Scores, score, tokens_of
from jirga.reading.attribution import attributions_json, find_attributions
from jirga.reading.passages import parse
from jirga.reading.pipeline import load_pipeline
from jirga.reports import iter_reports
from jirga.reports.types import Report

__all__ = ["measures"]

DEVELOPMENT = SHARED / "eval" / "attribution-dev.jsonl"
SENTENCES = OWN / "attribution.txt"
# must is what a conditional random field reached on such articles, aim what a fine-tuned BERT did (Hu et al., COLING 2022)
MUST = {"source": 0.51, "cue": 0.53, "content": 0.29, "token": 0.75, "touched": 0.80}
AIM = {"source": 0.80, "cue": 0.74, "content": 0.70, "token": 0.85, "touched": 0.90}
_MARK = re.compile(r"<(/?)([scx])(\d+)>")
_ROLE = {"s": "source", "c": "cue", "x": "content"}


def measures() -> list[Measure]:
    """Score every set that is there.

    Returns
    -------
    list of Measure
    """
    found = _rows("own sentences", score(_own()), fingerprint([SENTENCES]))
    if DEVELOPMENT.exists():
        found += _rows("attribution-dev", score(_development()), fingerprint([DEVELOPMENT]), MUST, AIM)
    return found


def _rows(
    corpus: str,
    scores: Scores,
    mark: str,
    must: Mapping[str, float] | None = None,
    aim: Mapping[str, float] | None = None,
) -> list[Measure]:
    must, aim = must or {}, aim or {}
    values = {role: (f"exact F1 {role}", scores.exact[role]) for role in ROLES}
    values |= {
        "token": ("token F1 content", scores.token_content),
        "touched": ("attributions touched", scores.touched),
    }
    return [
        Measure(name, corpus, value, must.get(key), aim.get(key), mark)
        for key, (name, value) in values.items()
    ]


def _development() -> Iterator[Document]:
    """Read the set as a user would: as a JSON Lines file of reports."""
    rows = [json.loads(line) for line in DEVELOPMENT.read_text(encoding="utf-8").splitlines() if line.strip()]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "reports.jsonl"
        lines = (json.dumps({"id": row["doc"], "text": row["text"]}) for row in rows)
        path.write_text("\n".join(lines), encoding="utf-8")
        read = {one.name: one for one in iter_reports([path]) if isinstance(one, Report)}
    for row in rows:
        report = read.get(row["doc"])
        found = _found(report) if report is not None and report.text == row["text"] else []
        yield Document(
            row["tokens"],
            [{role: one.get(role) or [] for role in ROLES} for one in row["attributions"]],
            found,
        )


def _own() -> Iterator[Document]:
    """Read our own sentences: ``<s1>source</s1>``, ``<c1>cue</c1>``, ``<x1>content</x1>``, a blank line between texts."""
    for number, marked in enumerate(SENTENCES.read_text(encoding="utf-8").split("\n\n")):
        if marked.strip() and not marked.startswith("#"):
            text, gold = _unmark(marked.strip())
            yield Document(tokens_of(text), gold, _found(Report(str(number), str(number), "", text, b"")))


def _unmark(marked: str) -> tuple[str, list[Roles]]:
    text, at, opened = "", 0, {}
    gold: dict[str, dict[str, list[tuple[int, int]]]] = {}
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        closing, role, number = mark.groups()
        if closing:
            spans = gold.setdefault(number, {name: [] for name in ROLES})
            spans[_ROLE[role]].append((opened.pop((role, number)), len(text)))
        else:
            opened[role, number] = len(text)
    return text + marked[at:], list(gold.values())


def _found(report: Report) -> list[Mapping[str, Any]]:
    passages = parse(report, load_pipeline())
    return list(attributions_json(report, find_attributions(report, passages, ())))
