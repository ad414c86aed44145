"""How well statements match a set of sentences, each with one gold event between a source and a target.

    python evaluation/events.py ../shared/eval/events-dev.jsonl [-o predictions.jsonl] [--errors]

Two ways to look at it:

pair given  For every gold event the statements that link its source with its target are looked up; the class is that of the one
            whose words fit the pair best (the first of equals). `linked` is the share of gold events with such a statement,
            `macro_f1` the mean of F1 over classes among those, `macro_f1_all` the same with the others counted as missed,
            `pair_when_class` the share with source and target right among gold events whose class some statement has.
score.py    The scorer beside the set, on all predicted events of a sentence. A sentence may tell more events than the one that
            was coded, so its precision is a lower bound.

A statement becomes one event per actor and recipient; a joint act (several actors, no recipient) one per ordered pair.
CONCEDE and RETREAT are one class, YIELD, in the set. A recipient that the statement does not name is taken from its content,
its place, or left empty.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from jirga.reading.reader import DefaultReader
from jirga.reading.types import ActorMention, EventType, Mention, Statement
from jirga.reports.types import Block, BlockKind, Report

__all__ = ["events_of", "linked", "main", "predict", "score_pairs"]

_YIELD = frozenset({EventType.CONCEDE, EventType.RETREAT})
_PRONOUNS = frozenset(
    {"it", "he", "she", "they", "them", "him", "her", "we", "us", "i", "both sides", "the two sides"}
)
Event = dict[str, str]


def report_of(name: str, text: str) -> Report:
    """Return one sentence as a report of one block of prose."""
    return Report(name, name, name, text, text.encode(), blocks=(Block(0, len(text), BlockKind.BODY),))


def events_of(statement: Statement, text: str, mentions: Sequence[Mention] = ()) -> Iterator[Event]:
    """Yield the (source, target, class) triples that a statement stands for; a pronoun stands for its antecedent's words."""
    root = "YIELD" if statement.type in _YIELD else statement.type.value
    sources = [_words(a, mentions) for a in statement.actors]
    targets = [_words(a, mentions) for a in statement.recipients]
    if not targets and len(sources) > 1:
        yield from (
            {"source_text": a, "target_text": b, "root": root} for a in sources for b in sources if a != b
        )
    if not targets:
        targets = [text[slice(*statement.content)]] if statement.content else []
        targets += [statement.where.text] if statement.where else []
    if not targets and len(sources) > 1:
        return
    for source in sources or [""]:
        for target in targets or [""]:
            yield {"source_text": source, "target_text": target, "root": root}


def _words(actor: ActorMention, mentions: Sequence[Mention]) -> str:
    if actor.text.lower() not in _PRONOUNS or actor.text.isupper():
        return actor.text
    named = [
        m for m in mentions if m.id == actor.id and m.how != "pronoun" and m.text.lower() not in _PRONOUNS
    ]
    before = [m for m in named if m.begin < actor.begin] or named
    return max(before, key=lambda m: m.begin).text if before else actor.name


def predict(rows: Sequence[Mapping[str, Any]], pipeline: str | None = None) -> list[dict[str, Any]]:
    """Return predictions in the scorer's form."""
    reader = DefaultReader(pipeline)
    out = []
    for row in rows:
        reading = reader.read(report_of(row["id"], row["text"]))
        events = [e for s in reading.statements for e in events_of(s, row["text"], reading.mentions)]
        out.append({"id": row["id"], "events": events})
    return out


def linked(gold: Event, events: Sequence[Event], score: ModuleType) -> Event | None:
    """Return the predicted event that links the gold pair, the closest in words; None when none does."""
    best: tuple[float, Event] | None = None
    for one in events:
        if score.same_actor(gold, one, "source") and score.same_actor(gold, one, "target"):
            fit = sum(_jaccard(gold[side], one[side], score) for side in ("source_text", "target_text"))
            if best is None or fit > best[0] + 1e-9:
                best = fit, one
    return best[1] if best else None


def _jaccard(a: str, b: str, score: ModuleType) -> float:
    x, y = score.words_of(a), score.words_of(b)
    return len(x & y) / len(x | y) if x | y else 1.0


def score_pairs(
    rows: Sequence[Mapping[str, Any]], predictions: Sequence[Mapping[str, Any]], score: ModuleType
) -> dict[str, Any]:
    """Return the "pair given" measures."""
    events = {p["id"]: p["events"] for p in predictions}
    within: dict[str, Counter[str]] = defaultdict(Counter)
    overall: dict[str, Counter[str]] = defaultdict(Counter)
    n: Counter[str] = Counter()
    for row in rows:
        for gold in row["events"]:
            made = events.get(row["id"], [])
            n["gold"] += 1
            same_class = [e for e in made if e["root"] == gold["root"]]
            n["class"] += bool(same_class)
            n["class_and_pair"] += linked(gold, same_class, score) is not None
            found = linked(gold, made, score)
            overall[gold["root"]]["gold"] += 1
            if found is None:
                continue
            n["linked"] += 1
            n["right"] += found["root"] == gold["root"]
            for table in (within, overall):
                table[found["root"]]["pred"] += 1
                table[gold["root"]]["tp"] += found["root"] == gold["root"]
            within[gold["root"]]["gold"] += 1
    return {
        "gold": n["gold"],
        "linked": n["linked"] / max(n["gold"], 1),
        "accuracy": n["right"] / max(n["linked"], 1),
        "macro_f1": _macro(within),
        "macro_f1_all": _macro(overall),
        "class_found": n["class"] / max(n["gold"], 1),
        "pair_when_class": n["class_and_pair"] / max(n["class"], 1),
        "by_class": {k: round(_f1(c), 3) for k, c in sorted(within.items()) if c["gold"]},
    }


def _f1(c: Counter[str]) -> float:
    return 2 * c["tp"] / (c["gold"] + c["pred"]) if c["gold"] + c["pred"] else 0.0


def _macro(table: Mapping[str, Counter[str]]) -> float:
    scores = [_f1(c) for c in table.values() if c["gold"]]
    return sum(scores) / len(scores) if scores else 0.0


def load_scorer(path: Path) -> ModuleType:
    """Import the scorer that lies beside a set."""
    spec = importlib.util.spec_from_file_location("score", path)
    if spec is None or spec.loader is None:
        raise FileNotFoundError(path)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def errors(
    rows: Sequence[Mapping[str, Any]], predictions: Sequence[Mapping[str, Any]], score: ModuleType
) -> Iterator[str]:
    """Yield one line for every gold event that is not found with class and pair."""
    events = {p["id"]: p["events"] for p in predictions}
    for row in rows:
        for gold in row["events"]:
            made = events.get(row["id"], [])
            found = linked(gold, made, score)
            if found and found["root"] == gold["root"]:
                continue
            kind = "WRONG" if found else ("PAIR" if any(e["root"] == gold["root"] for e in made) else "MISS")
            got = "; ".join(f"{e['root']}({e['source_text']} -> {e['target_text']})" for e in made)
            yield f"{kind} {gold['root']}({gold['source_text']} -> {gold['target_text']}) | {row['text']} | {got}"


def main(argv: Sequence[str] | None = None) -> int:
    """Score the default reader on a set and print JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("gold", type=Path)
    parser.add_argument("-o", "--output", type=Path, help="write the predictions here, JSON Lines")
    parser.add_argument("--errors", action="store_true", help="print what is wrong, by kind")
    parser.add_argument("--pipeline", help="an installed spaCy pipeline instead of the package's own")
    args = parser.parse_args(argv)
    score = load_scorer(args.gold.parent / "score.py")
    rows = score.read(args.gold)
    predictions = predict(rows, args.pipeline)
    if args.output:
        args.output.write_text(
            "".join(json.dumps(p, ensure_ascii=False) + "\n" for p in predictions), encoding="utf8"
        )
    if args.errors:
        sys.stdout.writelines(line + "\n" for line in sorted(errors(rows, predictions, score)))
    result = {
        "pair given": score_pairs(rows, predictions, score),
        "score.py": score.score_events(rows, predictions),
    }
    sys.stdout.write(json.dumps(result, indent=1) + "\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
