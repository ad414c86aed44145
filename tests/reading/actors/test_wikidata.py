"""Wikidata ids: well formed, one for one, under names that lead back to the actor, and told in the documents."""

from __future__ import annotations

import re
import sys
from collections import Counter
from pathlib import Path

import pytest

from jirga.reading.actors import Gazetteer
from jirga.reading.actors.gazetteer import table
from jirga.reading.wikidata import wikidata_id

ROOT = Path(__file__).resolve().parents[3]
BY_HAND = [row[:4] for row in table("wikidata.tsv")]
COUNTRIES = [row[:3] for row in table("wikidata_countries.tsv")]
ITEM = re.compile(r"Q[1-9]\d{0,9}")
NAMED_OTHERWISE = {"BES", "HKG", "HMD", "MAC", "MAF", "NRU", "SHN", "XAB", "XSO"}


def test_ids_are_well_formed_and_one_for_one() -> None:
    ids = [(row[0], row[1]) for row in (*BY_HAND, *COUNTRIES)]
    assert [item for _, item in ids if not ITEM.fullmatch(item)] == []
    for column in (0, 1):
        assert [x for x, n in Counter(row[column] for row in ids).items() if n > 1] == []


def test_every_id_is_of_a_known_actor() -> None:
    known = Gazetteer.default().entries
    assert [row[0] for row in (*BY_HAND, *COUNTRIES) if row[0] not in known] == []


def test_the_names_that_were_checked_lead_to_the_actor() -> None:
    find = Gazetteer.default().lookup
    led = {row[0]: entry.id if (entry := find(row[2])) else None for row in (*BY_HAND, *COUNTRIES)}
    assert {wanted for wanted, found in led.items() if wanted != found} == {
        f"country:{code}" for code in NAMED_OTHERWISE
    }


def test_countries_are_those_of_the_library() -> None:
    pytest.importorskip("rigour", reason="rigour is not installed: it is needed only to make the file again")
    sys.path.insert(0, str(ROOT / "training"))
    try:
        from make_wikidata import rows
    finally:
        sys.path.pop(0)
    assert [line.split("\t") for line in rows()] == COUNTRIES


def test_every_country_of_iso_3166_has_an_id() -> None:
    assert [row[0] for row in table("countries.tsv") if wikidata_id(row[0]) is None] == []


@pytest.mark.parametrize(
    ("actor", "item"),
    [
        ("country:PAK", "Q843"),
        ("group:taliban", "Q42418"),
        ("body:un", "Q1065"),
        ("actor:nobody", None),
        ("", None),
    ],
)
def test_lookup(actor: str, item: str | None) -> None:
    assert wikidata_id(actor) == item


def test_the_page_tells_how_many_there_are_and_what_they_were_checked_against() -> None:
    page = (ROOT / "docs" / "codebook.md").read_text(encoding="utf-8")
    groups, bodies = (len(list(table(name))) for name in ("groups.tsv", "bodies.tsv"))
    assert f"knows {groups} groups" in page
    assert f"and {bodies} bodies" in page
    told = dict(re.findall(r"^\| `(\w+)` \| (\d+) \|", page, re.M))
    assert told == {name: str(n) for name, n in Counter(row[3] for row in BY_HAND).items()} | {
        "rigour": str(len(COUNTRIES))
    }
