"""Each part of the evaluation as a function that returns its measures; nothing where its set is not there."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from evaluation.measure import SHARED, Measure, fingerprint

__all__ = ["PARTS"]

TREEBANKS = SHARED / "treebanks"
EVENTS = SHARED / "eval" / "events-dev.jsonl"
PARSE = {  # treebank part, measure: must, aim
    ("pud_news", "LAS"): (0.89, 0.91),
    ("pud_news", "names"): (0.79, 0.86),
    ("pud_news", "sentences"): (None, None),
    ("gum_test", "LAS"): (0.875, 0.895),
}


def parse() -> list[Measure]:
    """Score the parse and the names on the treebanks' test parts."""
    from evaluation.parse import load_part, score
    from jirga.reading.pipeline import load_pipeline

    found = []
    for part in sorted({part for part, _ in PARSE}):
        path = TREEBANKS / f"{part}.spacy"
        if not path.exists():
            continue
        scores = score(load_part(part, TREEBANKS), load_pipeline())
        for (where, name), (must, aim) in PARSE.items():
            if where == part:
                found.append(
                    Measure(f"F1 {name}", part, scores.of(name).f1 / 100, must, aim, fingerprint([path]))
                )
    return found


def attribution() -> list[Measure]:
    """Score source, cue and content; our own sentences are always there."""
    from evaluation.attribution import measures

    return measures()


def events() -> list[Measure]:
    """Score event classes and actors where one of a sentence's statements links the pair."""
    if not EVENTS.exists():
        return []
    from evaluation.events import load_scorer, predict, score_pairs

    scorer = load_scorer(EVENTS.parent / "score.py")
    rows = scorer.read(EVENTS)
    scores = score_pairs(rows, predict(rows), scorer)
    mark = fingerprint([EVENTS])
    wanted = {"macro_f1": (0.60, 0.80), "pair_when_class": (0.60, 0.80), "linked": (None, None)}
    names = {
        "macro_f1": "class macro-F1, pair linked",
        "pair_when_class": "actors right, class right",
        "linked": "pairs linked",
    }
    return [
        Measure(names[key], "events-dev", scores[key], must, aim, mark) for key, (must, aim) in wanted.items()
    ]


PARTS: Mapping[str, Callable[[], list[Measure]]] = {
    "parse": parse,
    "attribution": attribution,
    "events": events,
}
"""What ``python -m evaluation`` runs, by name."""
