"""Exports against the rules of their formats and against readers that others wrote."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import bibtexparser
import icalendar
import pytest
from tests.record.export.made import HOSTILE, LONG, made_record

from jirga.record.export import FORMATS, export, guard
from jirga.record.types import Record

RUNS = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "\n=1",
    " =1",
    "'=1",
    "＝1",
    '=HYPERLINK("x")',
    "\u00a0=1",
    "\ufeff=1",
    "\v=1",
)


@pytest.fixture(scope="module")
def record() -> Record:
    return made_record()


def need(value: object, kind: Any, where: str) -> Any:
    assert isinstance(value, kind), f"{where}: {value!r}"
    return value


@pytest.mark.parametrize("cell", RUNS)
def test_no_cell_runs(cell: str) -> None:
    guarded = guard(cell)
    assert guarded.startswith("'")
    assert guarded[1:] == cell


def test_numbers_and_words_are_left_alone() -> None:
    for cell in ("12", "1.5", "talks", "it's", "a=b", "", "3-4 May"):
        assert guard(cell) == cell


def test_csv_is_read_with_one_width(record: Record) -> None:
    rows = list(
        csv.reader(io.StringIO(export(record, "csv", full_text=True).decode(), newline=""), strict=True)
    )
    assert len({len(row) for row in rows}) == 1
    assert len(rows) == 1 + len(record.statements)


def _schema(value: Any, schema: Any, where: str = "") -> None:
    """Check a value: a type, a tuple of values, a pattern, a dict of keys (“?” at the end: may be missing), or a list of one."""
    if isinstance(schema, dict):
        need(value, dict, where)
        known = {key.rstrip("?") for key in schema}
        assert set(value) <= known, f"{where}: {set(value) - known}"
        for key, inner in schema.items():
            if key.endswith("?"):
                if key[:-1] in value:
                    _schema(value[key[:-1]], inner, f"{where}.{key[:-1]}")
            else:
                assert key in value, f"{where}.{key} is missing"
                _schema(value[key], inner, f"{where}.{key}")
    elif isinstance(schema, list):
        for number, each in enumerate(need(value, list, where)):
            _schema(each, schema[0], f"{where}[{number}]")
    elif isinstance(schema, re.Pattern):
        assert schema.fullmatch(need(value, str, where)), f"{where}: {value!r}"
    elif isinstance(schema, tuple) and all(isinstance(each, type) for each in schema):
        need(value, schema, where)
    elif isinstance(schema, tuple):
        assert value in schema, f"{where}: {value!r}"
    else:
        need(value, schema, where)


NONE = type(None)
DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
IRI = re.compile(r"(https?://|urn:)\S+")
QUADS = ("Verbal Cooperation", "Material Cooperation", "Verbal Conflict", "Material Conflict")

PLOVER = [
    {
        "Event ID": str, "Event Date": (str, NONE), "Event Type": str, "Event Mode": (str, NONE), "Quad Code": QUADS,
        "Actor Name": (str, NONE), "Actor Country": (str, NONE), "Recipient Name": (str, NONE),
        "Recipient Country": (str, NONE), "Placename": (str, NONE), "Raw Placename": (str, NONE),
        "GeoNames ID": (str, NONE), "Latitude": (float, NONE), "Longitude": (float, NONE), "Source": (str, NONE),
        "Publication Date": (str, NONE), "Headline": (str, NONE),
        "jirga": {
            "date_end": (str, NONE), "precision": (str, NONE), "standing": str, "origins": [str], "polarity": str,
            "modality": str, "actors": [str], "recipients": [str], "wikidata": dict,
            "statements": [{"id": str, "report": str, "begin": int, "end": int, "quote": str}],
        },
    }
]  # fmt: skip
TIMELINE_DATE = {"year": int, "month?": int, "day?": int}
TIMELINE = {
    "events": [
        {
            "start_date": TIMELINE_DATE, "end_date?": TIMELINE_DATE, "text": {"headline": str, "text": str}, "group?": str,
            "display_date?": str,
            "unique_id?": re.compile(r"[\w-]+"),
        }
    ]
}  # fmt: skip
ANNOTATIONS = {
    "@context": ("http://www.w3.org/ns/anno.jsonld",), "id": IRI, "type": ("AnnotationCollection",), "label": str, "total": int,
    "first": {
        "id": IRI, "type": ("AnnotationPage",), "startIndex": (0,),
        "items": [
            {
                "id": IRI, "type": ("Annotation",), "motivation": ("classifying",),
                "body": [
                    {
                        "type": ("TextualBody", "SpecificResource"), "purpose": ("tagging", "identifying"),
                        "value?": str, "source?": IRI,
                    }
                ],
                "target": {"source": IRI, "selector": list},
            }
        ],
    },
}  # fmt: skip
GEOJSON = {
    "type": ("FeatureCollection",),
    "features": [
        {"type": ("Feature",), "id": (str, int), "geometry": (dict, NONE), "properties": (dict, NONE)}
    ],
}


@pytest.mark.parametrize(
    ("form", "schema"),
    [("plover", PLOVER), ("timelinejs", TIMELINE), ("annotations", ANNOTATIONS), ("geojson", GEOJSON)],
)
def test_json_keeps_to_its_schema(record: Record, form: str, schema: Any) -> None:
    for full in (False, True):
        page = json.loads(export(record, form, full_text=full))
        assert page
        _schema(page, schema, form)


def test_plover_dates_and_places_are_told_alike(record: Record) -> None:
    for row in json.loads(export(record, "plover")):
        assert row["Event Date"] is None or DAY.fullmatch(row["Event Date"])
        assert (row["Latitude"] is None) == (row["Longitude"] is None) == (row["GeoNames ID"] is None)
        for country in ("Actor Country", "Recipient Country"):
            assert row[country] is None or re.fullmatch(r"[A-Z]{3}(; [A-Z]{3})*", row[country])


def test_timelinejs_texts_are_escaped_html(record: Record) -> None:
    for slide in json.loads(export(record, "timelinejs"))["events"]:
        assert not re.search(r"<(?!/?p>)", slide["text"]["text"])
        assert "<" not in slide["text"]["headline"]
        start, end = (
            date(**slide[key]) for key in ("start_date", "end_date" if "end_date" in slide else "start_date")
        )
        assert start <= end


def test_annotations_have_both_selectors_on_one_stretch(record: Record) -> None:
    """Web Annotation Data Model, 4.2.4 and 4.2.5: positions count code points and the end is exclusive."""
    for item in json.loads(export(record, "annotations"))["first"]["items"]:
        words, place = item["target"]["selector"]
        assert set(words) == {"type", "exact", "prefix", "suffix"}
        assert (words["type"], place["type"]) == ("TextQuoteSelector", "TextPositionSelector")
        assert place["end"] - place["start"] == len(words["exact"]) > 0
        assert item["body"]


def test_geojson_keeps_to_rfc_7946(record: Record) -> None:
    page = json.loads(export(record, "geojson"))
    assert "crs" not in page
    ids = [feature["id"] for feature in page["features"]]
    assert len(ids) == len(set(ids))
    for feature in page["features"]:
        if feature["geometry"] is not None:
            assert feature["geometry"]["type"] == "Point"
            longitude, latitude = feature["geometry"]["coordinates"]
            assert -180 <= longitude <= 180
            assert -90 <= latitude <= 90


def test_ics_is_read_by_icalendar(record: Record) -> None:
    raw = export(record, "ics")
    calendar = icalendar.Calendar.from_ical(raw)
    assert calendar["VERSION"] == "2.0"
    assert calendar["PRODID"]
    events = calendar.walk("VEVENT")
    dated = {f"{e.id}@jirga": e for e in record.events if e.when and e.when.start}
    assert {str(event["UID"]) for event in events} == set(dated)
    for event in events:
        told = dated[str(event["UID"])]
        assert told.when is not None
        assert event["DTSTART"].dt == told.when.start
        assert event["DTEND"].dt == (told.when.end or told.when.start) + timedelta(days=1)
        assert event["DTSTAMP"].dt.tzinfo is not None
        assert str(event["STATUS"]) in {"CONFIRMED", "TENTATIVE", "CANCELLED"}
        assert not event.errors
        label = "".join(c for c in told.label if c >= " ")
        assert str(event["SUMMARY"]) == label
    assert any("quoted" in str(event["DESCRIPTION"]) for event in events)


def test_bibtex_is_read_by_bibtexparser(record: Record) -> None:
    read = bibtexparser.loads(export(record, "bibtex").decode())
    assert len(read.entries) == len(record.reports)
    by_note = {entry["note"].split()[-1]: entry for entry in read.entries}
    for report in record.reports:
        entry = by_note[report.id]
        assert entry["ENTRYTYPE"] == "misc"
        assert re.fullmatch(r"[a-z0-9-]+", entry["ID"])
        if report.url:
            assert urlsplit(entry["url"].replace("\\", "")).scheme in {"http", "https"}
        if report.published and report.published.start:
            assert entry["year"] == str(report.published.start.year)


@pytest.mark.parametrize(("form", "root"), [("graphml", "graphml"), ("gexf", "gexf")])
def test_graphs_keep_to_their_schema(record: Record, form: str, root: str) -> None:
    tree = ET.fromstring(export(record, form))
    space = tree.tag.partition("}")[0] + "}"
    assert tree.tag == f"{space}{root}"
    nodes = [node.get("id") for node in tree.iter(f"{space}node")]
    assert len(nodes) == len(set(nodes)) > 0
    edges = list(tree.iter(f"{space}edge"))
    assert len({edge.get("id") for edge in edges}) == len(edges) > 0
    for edge in edges:
        assert {edge.get("source"), edge.get("target")} <= set(nodes)
    declared = {key.get("id") for name in ("key", "attribute") for key in tree.iter(f"{space}{name}")}
    used = {data.get("key") for data in tree.iter(f"{space}data")} | {
        v.get("for") for v in tree.iter(f"{space}attvalue")
    }
    assert used <= declared


SHORT_ONLY: dict[str, Callable[[bytes], bool]] = {
    form: (lambda raw: LONG.strip().encode() not in raw) for form in FORMATS if form != "parquet"
}


@pytest.mark.parametrize("form", sorted(SHORT_ONLY))
def test_only_short_quotes_leave_unless_asked(record: Record, form: str) -> None:
    assert SHORT_ONLY[form](export(record, form))
    for report in record.reports:
        assert report.text.encode() not in export(record, form)


def test_an_empty_record_is_exported_too() -> None:
    from jirga.record.build import build_record

    empty = build_record([])
    for form in FORMATS:
        if form != "parquet":
            assert isinstance(export(empty, form), bytes)
    assert icalendar.Calendar.from_ical(export(empty, "ics")).walk("VEVENT") == []
    assert json.loads(export(empty, "geojson"))["features"] == []


def test_hostile_words_come_through_whole(record: Record) -> None:
    quotes = [row["jirga"]["statements"][0]["quote"] for row in json.loads(export(record, "plover"))]
    assert HOSTILE in quotes
