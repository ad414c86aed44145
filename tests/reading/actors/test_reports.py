"""Who is meant in whole invented reports of many conflicts and kinds of outlet."""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path

from jirga.reading.actors import find_mentions
from jirga.reading.actors.index import Mentions
from jirga.reading.passages import parse
from jirga.reports.load import load_reports

FOLDER = Path(__file__).parent.parent / "reports"
ENDS = re.compile(r"[a-z]{3}\. ")
FLOOR = 0.92  # share of expectations met; the parse is a trained one, so that not each case holds with each training


def expected() -> dict[str, list[tuple[str, set[str]]]]:
    out: dict[str, list[tuple[str, set[str]]]] = defaultdict(list)
    for line in (FOLDER / "expected.tsv").read_text(encoding="utf-8").splitlines():
        if not line.startswith("#"):
            name, words, meant = line.split("\t")
            out[name].append((words, set(meant.split(" + ")) - {"-"}))
    return out


def place(text: str, words: str) -> tuple[int, int]:
    """Return where the words in brackets stand in the text."""
    before, _, rest = words.partition("[")
    inside, _, after = rest.partition("]")
    at = text.index(before + inside + after)
    return at + len(before), at + len(before) + len(inside)


def test_who_is_meant_in_whole_reports(nlp) -> None:
    met, wanted, missed = 0, 0, []
    for name, cases in expected().items():
        report = load_reports([str(FOLDER / f"{name}.txt")]).reports[0]
        passages = parse(report, nlp)
        mentions = find_mentions(report, passages)
        index = Mentions(passages, mentions)
        for words, parties in cases:
            begin, end = place(report.text, words)
            here = [m for m in mentions if m.begin < end and begin < m.end]
            longest = max((m.end - m.begin for m in here), default=0)
            last = [m for m in here if m.end - m.begin == longest]
            found = {index.party_of(m.id) if m.kind != "body" else m.id for m in last}
            met, wanted = met + (found == parties), wanted + 1
            if found != parties:
                missed.append(
                    f"{name}: {words}: wanted {sorted(parties)}, found {[(m.id, m.of) for m in last]}"
                )
    if os.environ.get("JIRGA_SHOW"):
        print(f"{met} of {wanted}", *missed, sep="\n")  # noqa: T201
    assert met >= FLOOR * wanted, "\n".join(missed)


def test_no_mention_runs_over_a_full_stop(nlp) -> None:
    for path in sorted(FOLDER.glob("*.txt")):
        report = load_reports([str(path)]).reports[0]
        for mention in find_mentions(report, parse(report, nlp)):
            assert not ENDS.search(mention.text), (path.name, mention)
