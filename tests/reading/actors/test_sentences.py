"""Mentions in invented sentences about many conflicts: who and what is meant."""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from jirga.reading.actors import find_mentions
from jirga.reading.actors.gazetteer import table
from jirga.reading.actors.words import join
from jirga.reading.passages import parse
from jirga.reading.types import Mention
from jirga.reading.wordlists import word_set
from jirga.reports.types import Block, BlockKind, Precision, Report, TimeSpan

# Share of expectations met; the parse is a trained one, so that not each case holds with each training.
FLOORS = {"sentences.tsv": 0.95, "heldout.tsv": 0.92}
DAY = date(2025, 6, 2)


def cases(name: str = "sentences.tsv") -> list[tuple[str, list[tuple[str, set[str], str | None]]]]:
    out = []
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        text, cell = line.split("\t")
        wanted = []
        for part in cell.split("|"):
            words, meant = part.split(" = ")
            ids, _, party = meant.partition(" @ ")
            wanted.append(
                (words.strip(), {i.strip() for i in ids.split(" + ")} - {"-"}, party.strip() or None)
            )
        out.append((text, wanted))
    return out


def make_report(text: str, day: date | None = DAY) -> Report:
    published = TimeSpan(day, day, Precision.DAY) if day else None
    blocks = (Block(0, len(text), BlockKind.BODY),)
    return Report("0" * 16, "case", "case.txt", text, text.encode(), published=published, blocks=blocks)


def read(text: str, nlp, day: date | None = DAY) -> list[Mention]:
    report = make_report(text, day)
    return find_mentions(report, parse(report, nlp))


def test_there_are_enough_cases_of_many_kinds() -> None:
    assert len(cases()) >= 120


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_who_is_meant(name: str, nlp) -> None:
    met, all_of_them, missed = 0, 0, []
    for text, wanted in cases(name):
        mentions = read(text, nlp)
        for words, ids, party in wanted:
            found = [m for m in mentions if m.text == words]
            right = {m.id for m in found} == ids and (party is None or {m.of for m in found} == {party})
            all_of_them, met = all_of_them + 1, met + right
            if not right:
                missed.append(
                    f"{text}\n    {words}: wanted {sorted(ids)} {party}, found {[(m.id, m.of) for m in found]}"
                )
    if os.environ.get("JIRGA_SHOW"):
        print(f"{met} of {all_of_them}", *missed, sep="\n")  # noqa: T201
    assert met >= FLOORS[name] * all_of_them, "\n".join(missed)


@pytest.mark.parametrize("text", [c[0] for c in cases()][:20])
def test_words_are_exact(text: str, nlp) -> None:
    for mention in read(text, nlp):
        assert text[mention.begin : mention.end] == mention.text


@pytest.mark.parametrize(("file", "prefix"), [("groups.tsv", "group"), ("bodies.tsv", "body")])
def test_names_of_the_gazetteer_are_read_in_a_sentence(file: str, prefix: str, nlp) -> None:
    names = [
        (f"{prefix}:{row[0]}", name)
        for row in table(file)
        for name in (row[1], *row[2].split("|"))
        if name and join(name) not in word_set("gazetteer shared names")
    ]
    sample = names[::15]  # all of them would take a minute
    missed = [
        name
        for identity, name in sample
        if identity not in {m.id for m in read(f"On Monday, the {name} rejected the offer.", nlp)}
    ]
    assert missed == []
