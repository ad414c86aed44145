"""The commands that begin with reports, as a person runs them."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
EXAMPLE = ROOT / "examples" / "istanbul-2025" / "reports"
LINK = {"id", "name", "begin", "end", "text"}
STATEMENT = {
    "id", "report", "begin", "end", "quote", "type", "mode", "actors", "recipients", "attribution", "polarity",
    "modality", "hedges", "when", "where", "quantities",
}  # fmt: skip


def jirga(*words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "jirga", *words]
    return subprocess.run(command, capture_output=True, text=True, timeout=240, cwd=cwd, check=False)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("brief")
    done = jirga(
        "brief", str(EXAMPLE), "-o", str(folder / "brief.html"), "--json", str(folder / "brief.json"),
        "--conflict-out", str(folder / "conflict.yaml"),
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(folder / "brief.html")
    return folder


def test_the_brief_asks_for_nothing_from_the_network(made: Path) -> None:
    html = (made / "brief.html").read_text(encoding="utf-8")
    assert "<script" not in html
    assert not re.search(r'(?:src|href)="(?!#)', html)
    assert not re.search(r"url\((?!#)|@import", html)
    assert "default-src 'none'" in html


def test_every_number_leads_to_a_quote_and_into_its_report(made: Path) -> None:
    html = (made / "brief.html").read_text(encoding="utf-8")
    ids = set(re.findall(r'id="([^"]+)"', html))
    targets = set(re.findall(r'href="#([^"]+)"', html))
    assert targets <= ids
    assert any(target.startswith("q") for target in targets)
    assert len(re.findall(r'id="([^"]+)"', html)) == len(ids)


def test_every_line_has_a_source_or_says_what_it_is(made: Path) -> None:
    html = (made / "brief.html").read_text(encoding="utf-8")
    start = html.index('id="story"')
    lines = re.findall(r'<(?:li|p|div) class="(?:line|card line)">(.*?)</(?:li|p|div)>', html[start:], re.S)
    assert len(lines) > 30
    body = html[start : html.index('id="how"')]
    for line in re.findall(r'<li class="line">(.*?)</li>', body, re.S):
        known = (
            'class="cites"' in line
            or 'class="badge' in line
            or "The reports tell of no" in line
            or "JSON" in line
        )
        assert known or re.match(r"(Nash|GMR|SMR|SEQ)[: ]", line), line


def test_the_json_holds_what_other_programs_rely_on(made: Path) -> None:
    data = json.loads((made / "brief.json").read_text(encoding="utf-8"))
    assert {"reports", "statements", "events", "positions", "disputes", "conflict", "analysis"} <= set(data)
    texts = {r["name"]: r["text"] for r in data["reports"]}
    known = {s["id"] for s in data["statements"]}
    for s in data["statements"]:
        assert set(s) >= STATEMENT
        assert texts[s["report"]][s["begin"] : s["end"]] == s["quote"]
        for actor in s["actors"] + s["recipients"]:
            assert set(actor) == LINK
            assert texts[s["report"]][actor["begin"] : actor["end"]] == actor["text"]
    for event in data["events"]:
        assert set(event["statements"]) <= known
    for position in data["positions"]:
        assert {"id", "demander", "addressee", "demand", "statements", "answers"} <= set(position)
        assert set(position["statements"]) <= known
    for dispute in data["disputes"]:
        assert len(dispute["accounts"]) >= 2
        assert all({"value", "statements", "origins"} <= set(a) for a in dispute["accounts"])


def test_the_drafted_model_can_be_handed_back(made: Path) -> None:
    done = jirga(
        "brief", str(EXAMPLE), "--conflict", str(made / "conflict.yaml"), "-o", str(made / "again.html")
    )
    assert done.returncode == 0, done.stderr
    assert "The model was given by a person." in (made / "again.html").read_text(encoding="utf-8")


def test_the_same_reports_give_the_same_brief(made: Path) -> None:
    done = jirga("brief", str(EXAMPLE), "-o", str(made / "second.html"))
    assert done.returncode == 0
    assert (made / "second.html").read_bytes() == (made / "brief.html").read_bytes()


def test_read_prints_one_statement_a_line() -> None:
    done = jirga("read", str(EXAMPLE / "01-bosphorus-dispatch.txt"), "--format", "jsonl")
    assert done.returncode == 0
    text = (EXAMPLE / "01-bosphorus-dispatch.txt").read_text(encoding="utf-8")
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert rows
    for row in rows:
        assert row["report"] == "01-bosphorus-dispatch.txt"
        assert text[row["begin"] : row["end"]] == row["quote"]


@pytest.mark.parametrize("what", ["statements", "attributions", "mentions"])
def test_read_prints_tables(what: str) -> None:
    done = jirga("read", str(EXAMPLE / "01-bosphorus-dispatch.txt"), "--what", what, "--why")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[1:]
    assert "bosphorus" in done.stdout.lower()


def test_refused_inputs_are_told_and_the_rest_is_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(
        "The rebels demanded the release of prisoners. The army refused.\n", encoding="utf-8"
    )
    (tmp_path / "empty.txt").write_bytes(b"")
    done = jirga("brief", str(tmp_path), "-o", str(tmp_path / "b.html"))
    assert done.returncode == 0
    assert "empty.txt" in done.stderr
    assert "empty.txt" in (tmp_path / "b.html").read_text(encoding="utf-8")


def test_nothing_readable_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    done = jirga("brief", str(tmp_path), "-o", str(tmp_path / "b.html"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert not (tmp_path / "b.html").exists()


def test_a_wrong_conflict_file_is_told_before_the_reading(tmp_path: Path) -> None:
    wrong = tmp_path / "c.yaml"
    wrong.write_text("conflict: X\ndecision_makers: 3\n", encoding="utf-8")
    done = jirga("brief", str(EXAMPLE), "--conflict", str(wrong), "-o", str(tmp_path / "b.html"))
    assert done.returncode == 2
    assert "c.yaml" in done.stderr
    assert not (tmp_path / "b.html").exists()


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", encoding="utf-8")
    done = jirga("draft", str(EXAMPLE), "-o", str(tmp_path / "file" / "c.yaml"))
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


def test_a_conflict_without_talks_still_gives_a_brief(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained in the capital. Farmers were glad.\n", encoding="utf-8")
    done = jirga("brief", str(tmp_path / "a.txt"), "-o", str(tmp_path / "b.html"))
    assert done.returncode == 0, done.stderr
    assert "no demand" in (tmp_path / "b.html").read_text(encoding="utf-8")


def test_a_drafted_file_that_was_edited_is_kept(tmp_path: Path) -> None:
    edited = tmp_path / "conflict.yaml"
    edited.write_text("conflict: mine\n", encoding="utf-8")
    done = jirga("draft", str(EXAMPLE), "-o", str(edited))
    assert done.returncode == 0, done.stderr
    assert edited.read_text(encoding="utf-8") == "conflict: mine\n"
    assert (tmp_path / "conflict.new.yaml").exists()
    assert "kept" in done.stderr
