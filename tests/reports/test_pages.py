"""Pages, feeds and texts as outlets publish them: title, outlet, day and prose of each."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jirga.reports.load import from_raw, iter_reports
from jirga.reports.types import BlockKind, Refusal, Report

PAGES = Path(__file__).parent / "pages"
ROWS = [
    row.split("\t")
    for row in (PAGES / "expected.tsv").read_text(encoding="utf-8").splitlines()
    if row and row[0] != "#"
]
SAID = "The minister said: “We will not sign – not now.” The rebels’ spokesman, José Peña, rejected it in Côte d’Ivoire."


@pytest.fixture(scope="module")
def reports() -> dict[str, Report]:
    found = [one for one in iter_reports([PAGES]) if isinstance(one, Report)]
    return {report.name: report for report in found}


def body(report: Report) -> list[str]:
    return [report.text[b.begin : b.end] for b in report.blocks if b.kind is BlockKind.BODY]


@pytest.mark.parametrize(
    ("name", "title", "outlet", "day", "first", "never"), ROWS, ids=[row[0] for row in ROWS]
)
def test_a_page_gives_what_it_says_of_itself(
    reports: dict[str, Report], name: str, title: str, outlet: str, day: str, first: str, never: str
) -> None:
    report = reports[name]
    assert (report.title, report.outlet or "") == (title, outlet)
    assert report.published is not None
    assert str(report.published.start) == day
    prose = body(report)
    assert prose[0].startswith(first)
    assert not any(never in paragraph for paragraph in prose)


@pytest.mark.parametrize("name", [row[0] for row in ROWS])
def test_what_is_kept_of_a_page_can_be_read_again(reports: dict[str, Report], name: str) -> None:
    assert from_raw(reports[name].path, reports[name].raw) == reports[name]


def test_paragraphs_of_wrapped_texts_are_whole(reports: dict[str, Report]) -> None:
    for name, paragraphs in (("wire.txt", 2), ("newsletter.txt", 2), ("pdf.txt", 3)):
        assert len(body(reports[name])) == paragraphs, name


def test_headlines_of_one_length_are_not_wrapped(tmp_path: Path) -> None:
    lines = [f"The {side} army rejected the plan of the mediators on {day}." for side in ("northern", "southern")
             for day in ("Monday", "Tuesday", "Wednesday")]  # fmt: skip
    (tmp_path / "a.txt").write_text("\n".join(lines))
    (report,) = iter_reports([tmp_path / "a.txt"])
    assert isinstance(report, Report)
    assert len(report.blocks) == 6


@pytest.mark.parametrize("encoding", ["cp1252", "utf-16", "utf-8-sig", "utf-8"])
@pytest.mark.parametrize("form", ["txt", "html"])
def test_encodings_give_one_text(tmp_path: Path, encoding: str, form: str) -> None:
    text = SAID if form == "txt" else f"<html><body><article><p>{SAID}</p></article></body></html>"
    file = tmp_path / f"a.{form}"
    file.write_bytes(text.encode(encoding))
    (report,) = iter_reports([file])
    assert isinstance(report, Report)
    assert report.text.strip("\ufeff\n") == SAID


def test_json_lines_give_id_and_day(tmp_path: Path) -> None:
    file = tmp_path / "a.jsonl"
    rows = [
        {"id": 7, "text": SAID, "published": "2024-05-01T10:00:00Z", "title": "T", "outlet": "O"},
        {"id": "b", "text": SAID},
    ]
    file.write_text("\n".join(json.dumps(row) for row in rows))
    first, second = (one for one in iter_reports([file]) if isinstance(one, Report))
    assert (first.name, first.title, first.outlet, str(first.published and first.published.start)) == (
        "7",
        "T",
        "O",
        "2024-05-01",
    )
    assert (second.name, second.published, second.text) == ("b", None, SAID)


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<?xml version='1.0'?><rss><channel><title>x</title></channel></rss>", "no entries"),
        (b"<?xml version='1.0'?><rss><channel><item><title>x</title></item></channel></rss>", "no text"),
        (b"<?xml version='1.0'?><list><a/></list>", "not read"),
    ],
)
def test_feeds_without_reports_are_told(tmp_path: Path, data: bytes, told: str) -> None:
    file = tmp_path / "a.xml"
    file.write_bytes(data)
    (found,) = iter_reports([file])
    assert isinstance(found, Refusal)
    assert told in found.reason


def test_a_feed_fills_in_no_entities_of_its_own(tmp_path: Path) -> None:
    file = tmp_path / "a.xml"
    lines = "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    file.write_text(
        f'<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "boom">{lines}]><rss><channel><item>'
        f"<description>The rebels left &i; the talks on Monday.</description></item></channel></rss>"
    )
    for found in iter_reports([file]):
        assert isinstance(found, Refusal) or len(found.text) < 200
