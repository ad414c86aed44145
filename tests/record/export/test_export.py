"""Every format: read back by another reader, or checked against its rules; hostile words do nothing."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date, datetime, timedelta
from pathlib import Path

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.record.export.made import HOSTILE, LONG, made_record
from tests.record.fixtures import Told

from jirga.errors import OptionalPartMissing, UsageError
from jirga.reading.statements import statement_json
from jirga.reading.types import EventType
from jirga.record.build import build_record
from jirga.record.export import FORMATS, export, guard, unguard, write_rows
from jirga.record.export.common import SHORT
from jirga.record.export.plover import QUADS
from jirga.record.export.rows import COLUMNS
from jirga.record.to_json import record_to_json
from jirga.record.types import Record
from jirga.reports.load import load_reports
from jirga.reports.types import Precision, TimeSpan


@pytest.fixture(scope="module")
def record() -> Record:
    return made_record()


def test_every_format_is_the_same_each_time(record: Record) -> None:
    for form in FORMATS:
        assert export(record, form) == export(record, form), form


def test_an_unknown_format_is_told(record: Record) -> None:
    with pytest.raises(UsageError, match="geojson"):
        export(record, "docx")


@pytest.mark.parametrize("form", sorted(set(FORMATS) - {"parquet"}))
def test_whole_texts_stay_unless_asked_for(record: Record, form: str) -> None:
    text = export(record, form).decode()
    assert record.reports[1].text not in text
    assert LONG.strip() not in text
    if form in {"csv", "jsonl", "reports"}:
        assert LONG.strip() in export(record, form, full_text=True).decode()


def test_csv_round_trip(record: Record) -> None:
    rows = list(csv.DictReader(io.StringIO(export(record, "csv", full_text=True).decode(), newline="")))
    assert list(rows[0]) == list(COLUMNS)
    by_id = {row["id"]: row for row in rows}
    for s in record.statements.values():
        row = {key: unguard(cell) for key, cell in by_id[s.id].items()}
        assert (row["quote"], row["type"], int(row["begin"])) == (s.quote, str(s.type), s.begin)
        assert not by_id[s.id]["quote"].startswith("=")
        assert row["sentence"]


@given(st.text())
def test_guarded_cells_come_back_and_never_run(text: str) -> None:
    assert unguard(guard(text)) == text
    assert not guard(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_jsonl_is_what_read_prints(record: Record) -> None:
    lines = export(record, "jsonl", full_text=True).decode().splitlines()
    expected = [json.dumps(statement_json(s), ensure_ascii=False) for s in record.statements.values()]
    assert lines == expected
    short = [json.loads(line) for line in export(record, "jsonl").splitlines()]
    assert all(len(row["quote"]) <= SHORT for row in short)
    assert [row["end"] - row["begin"] > SHORT for row in short] == [row.get("cut", False) for row in short]


def test_reports_come_back_as_reports(record: Record, tmp_path: Path) -> None:
    file = tmp_path / "reports.jsonl"
    file.write_bytes(export(record, "reports", full_text=True))
    back = {report.name: report for report in load_reports([file]).reports}
    for report in record.reports:
        assert back[report.name].text.strip() == report.text.strip()
        assert back[report.name].url == report.url
    assert all("text" not in json.loads(line) for line in export(record, "reports").splitlines())


def test_parquet_round_trip(record: Record) -> None:
    parquet = pytest.importorskip("pyarrow.parquet", reason="the extra “parquet” is not installed")
    table = parquet.read_table(io.BytesIO(export(record, "parquet", full_text=True)))
    assert table.column_names == list(COLUMNS)
    assert {row["id"]: row["quote"] for row in table.to_pylist()} == {
        s.id: s.quote for s in record.statements.values()
    }


def test_parquet_says_what_to_install(record: Record, monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> None:
        raise ImportError(name)

    monkeypatch.setattr("jirga.record.export.parquet.import_module", missing)
    with pytest.raises(OptionalPartMissing, match="pip install"):
        export(record, "parquet")


def test_plover_names_events(record: Record) -> None:
    rows = {row["Event ID"]: row for row in json.loads(export(record, "plover"))}
    assert sorted(t for several in QUADS.values() for t in several) == sorted(EventType)
    assert set(rows) == {event.id for event in record.events}
    threat = next(row for row in rows.values() if row["Event Type"] == "THREATEN")
    assert threat["Quad Code"] == "Verbal Conflict"
    assert threat["Actor Country"] == "PAK"
    assert threat["Recipient Country"] is None
    assert threat["Event Date"] == "2031-05-03"
    assert threat["GeoNames ID"] == "1138958"
    assert 34 < threat["Latitude"] < 35
    assert threat["jirga"]["statements"][0]["quote"] == HOSTILE
    assert threat["jirga"]["wikidata"] == {"country:PAK": "Q843"}


def test_timelinejs_has_whole_dates_and_no_markup_of_others(record: Record) -> None:
    slides = json.loads(export(record, "timelinejs"))["events"]
    assert len(slides) == sum(1 for e in record.events if e.when and e.when.start)
    for slide in slides:
        date(**slide["start_date"])
        assert "<script" not in slide["text"]["text"] + slide["text"]["headline"]
    assert any("end_date" in slide for slide in slides)


def test_timelinejs_prints_no_month_as_its_first_day() -> None:
    told = Told("a", "Veldland and Ostmark met in May. Veldland shelled Ostmark.")
    may = TimeSpan(date(2031, 5, 1), date(2031, 5, 31), Precision.MONTH)
    told.tell("Veldland and Ostmark met in May", EventType.CONSULT, "Veldland", "Ostmark", when=may)
    copy = Told("b", told.text, origin="a")
    copy.tell("Veldland and Ostmark met in May", EventType.CONSULT, "Veldland", "Ostmark", when=may)
    (slide,) = json.loads(export(build_record([told.reading, copy.reading]), "timelinejs"))["events"]
    assert slide["display_date"] == "May 2031"
    assert slide["text"]["text"].count("met in May") == 1


def test_a_carriage_return_does_not_break_a_row() -> None:
    told = write_rows([{"a": "one\rtwo", "b": "three"}, {"a": "\r=1", "b": "four"}], ["a", "b"])
    rows = list(csv.reader(io.StringIO(told, newline="")))
    assert rows == [["a", "b"], ["one\rtwo", "three"], ["'\r=1", "four"]]


def test_annotations_select_the_words(record: Record) -> None:
    for full in (False, True):
        page = json.loads(export(record, "annotations", full_text=full))
        assert page["total"] == len(page["first"]["items"]) == len(record.statements)
        for item in page["first"]["items"]:
            s = record.statements[item["id"].rpartition(":")[2]]
            text = next(r.text for r in record.reports if r.name == s.report)
            words, place = item["target"]["selector"]
            assert text[place["start"] : place["end"]] == words["exact"]
            assert text[: place["start"]].endswith(words["prefix"])
            assert text[place["end"] :].startswith(words["suffix"])
            assert {"type", "motivation", "body", "target"} <= set(item)
            assert [b["source"] for b in item["body"] if b["purpose"] == "identifying"] == [
                "http://www.wikidata.org/entity/Q843"
            ]


@pytest.mark.parametrize(("form", "read"), [("graphml", nx.read_graphml), ("gexf", nx.read_gexf)])
def test_graphs_are_read_by_networkx(record: Record, form: str, read: object) -> None:
    graph = read(io.BytesIO(export(record, form)))
    assert graph.is_directed()
    assert {"country:PAK", "group:hill"} <= set(graph)
    assert graph.nodes["group:hill"]["label"] == "Hill <Front> "
    assert graph.nodes["country:PAK"]["wikidata"] == "Q843"
    assert "wikidata" not in graph.nodes["group:hill"]
    events = sum(len(e.actors) * len(e.recipients) for e in record.events)
    assert sum(int(data["weight"]) for _, _, data in graph.edges(data=True)) == events
    assert {data["type"] for _, _, data in graph.edges(data=True)} == {str(e.type) for e in record.events}


def test_parties_tell_their_wikidata_id(record: Record) -> None:
    told = {party["id"]: party["wikidata"] for party in record_to_json(record)["parties"]}
    assert told["country:PAK"] == "Q843"
    assert told["group:hill"] is None


def test_geojson_loses_no_place(record: Record) -> None:
    page = json.loads(export(record, "geojson"))
    found = {f["properties"]["place"]: f["geometry"] for f in page["features"]}
    assert found["Veldland"] is None
    longitude, latitude = found["Kabul"]["coordinates"]
    assert (69 < longitude < 70, 34 < latitude < 35) == (True, True)


def test_ics_folds_and_ends_after_the_last_day(record: Record) -> None:
    raw = export(record, "ics")
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    assert b"\n" not in raw.replace(b"\r\n", b"")
    lines = raw.decode().replace("\r\n ", "").split("\r\n")
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT") == 2
    starts, ends = ([datetime.strptime(v, "%Y%m%d") for v in _values(lines, k)] for k in ("DTSTART", "DTEND"))
    assert sorted(b - a for a, b in zip(starts, ends, strict=True)) == [timedelta(1), timedelta(2)]
    assert any(r"\," in line and r"\;" in line for line in lines if line.startswith("DESCRIPTION"))


def _values(lines: list[str], key: str) -> list[str]:
    return [line.rpartition(":")[2] for line in lines if line.startswith(f"{key};VALUE=DATE")]


def test_bibtex_is_balanced_and_complete(record: Record) -> None:
    text = export(record, "bibtex").decode()
    entries = re.findall(r"^@misc\{(.+),$", text, re.M)
    assert len(set(entries)) == len(record.reports)
    plain = re.sub(r"\\[{}]", "", text)
    assert plain.count("{") == plain.count("}")
    assert r"title = {{On \{x\}\_\%}}" in text
    assert "howpublished = {Ex \\& Co}" in text
    assert "author = {{Ana B} and {C and D}}" in text
