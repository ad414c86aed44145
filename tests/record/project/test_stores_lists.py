"""Lists, filters and searches answer alike, wherever a project is kept."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.record.project.stores import OnFile, OnServer, Store
from tests.record.project.stub import read

from jirga.reading.wikidata import wikidata_id
from jirga.record.project import Filters, Project, rows_of, search

QUOTES = {
    "a.txt": "Zoë Ärmel met the Guild of Kôr-el in 2031. Envoys refused half of it. The Mayor refused the Mayor's plan.",
    "b.txt": "Old Ärmel refused all. The KÔR council demanded 1,500 tents, Zoe camp_site. He met x@y.example at noon by km².",
    "c.txt": "Envoy Иван Петров refused the ransom. The Hill Council demanded a written ransom note of 3.5 pages at once.",
}
ASKED = (
    "guild", "GUILD", "zoe", "zoë", "armel", "kor el", "KOR-EL", "2031", "mayor", "mayor's", "1,500", "3.5", "camp_site",
    "y.example", "иван", "ПЕТРОВ", "refused the", "nothing here", "ransom hill", "km²",
)  # fmt: skip
HOSTILE = [
    '"',
    "guarantees AND (",
    "NEAR(",
    "*",
    "''--",
    "",
    "a' & 'b",
    "\\",
    "\0x",
    "'; DROP TABLE report; --",
    ":x",
    "%",
]


@pytest.fixture
def words(tmp_path: Path) -> Path:
    made = tmp_path / "words"
    made.mkdir()
    for name, text in QUOTES.items():
        (made / name).write_text(text + "\n", encoding="utf-8")
    return made


class Asking(Store):
    """What questions find."""

    def test_search_finds_the_same_in_the_same_order(self, place: str, words: Path, tmp_path: Path) -> None:
        with Project(place, create=True) as one, Project(tmp_path / "other.db", create=True) as other:
            for project in (one, other):
                project.add([words], read)
            for asked in ASKED:
                assert search(one, asked) == search(other, asked), asked
            assert [
                len(search(one, asked)) for asked in ("armel", "ПЕТРОВ", "camp_site", "nothing here")
            ] == [2, 1, 1, 0]

    @pytest.mark.parametrize("asked", HOSTILE)
    def test_search_takes_any_words(self, held: Project, asked: str) -> None:
        assert isinstance(search(held, asked), list)

    def test_filters(self, held: Project) -> None:
        def ids(kind: str, **given: str) -> list[str]:
            return list(dict.fromkeys(row["id"] for row in rows_of(held, kind, Filters(**given))))

        assert len(ids("events", type="assault")) == len(ids("events", actor="NORTHERN"))
        assert ids("actors", actor="northern", type="ASSAULT") == ["actor:the-northern-army"]
        assert ids("actors", actor="northern", type="REQUEST") == []
        for row in rows_of(held, "actors", Filters()):
            assert row["wikidata"] == (wikidata_id(row["id"]) or "")
        assert ids("positions", actor="hill", type="REQUEST") == ids("positions")
        assert ids("positions", type="THREATEN") == []
        assert len(ids("report", actor="mayor")) == 1
        assert len(ids("report", type="ASSAULT")) == 2
        assert ids("events", actor="%") == ids("events", actor="_") == []
        assert len(search(held, "the", Filters(type="ASSAULT"))) == 2
        assert len(search(held, "the", Filters(actor="mayor"))) == 1
        for kind in ("timeline", "events", "positions", "disputes", "report", "actors"):
            assert ids(kind, since="1990-01-01", until="1990-01-02") == []
        assert search(held, "the", Filters(since="1990-01-01")) == []


class TestFile(OnFile, Asking):
    """In a file."""


class TestServer(OnServer, Asking):
    """On a server."""
