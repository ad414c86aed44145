"""Files to reports: every input ends as read or refused, with the reason."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from jirga.errors import NoReportsError
from jirga.reports import load
from jirga.reports.load import load_reports

PROSE = "The talks in Lomé failed on Sunday. The rebels rejected the demand of the government.\n"
PAGE = """<!DOCTYPE html><html><head><title>T - Volta Post</title>
<meta property="og:site_name" content="Volta Post"><meta property="article:published_time" content="2024-03-04">
</head><body><nav><a href="/">Home</a></nav><article><h1>Talks fail in Lomé</h1>
<p>The talks between the government and the rebels failed on Sunday, a mediator said in Lomé.</p>
<p>The rebels rejected the demand of the government to hand over their weapons before any vote.</p>
<script>alert(1)</script></article><footer>© 2024 Volta Post</footer></body></html>"""


def write(folder: Path, name: str, data: str | bytes) -> Path:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_text_is_kept_exactly(tmp_path: Path) -> None:
    raw = ("\ufeffOne.\r\nTwo “quoted” words.\r\n" + PROSE).encode()
    found = load_reports([write(tmp_path, "a.txt", raw)]).reports[0]
    assert found.raw == raw
    assert found.text == raw.decode("utf-8")


def test_a_page_gives_its_article_and_metadata(tmp_path: Path) -> None:
    found = load_reports([write(tmp_path, "a.html", PAGE)]).reports[0]
    assert found.outlet == "Volta Post"
    assert found.published is not None
    assert "rejected the demand" in found.text
    assert "alert" not in found.text
    assert "Home" not in found.text


def test_json_lines_keep_ids_and_metadata(tmp_path: Path) -> None:
    rows = [
        {"id": "n1", "text": PROSE, "outlet": "Volta Post", "published": "2024-03-04"},
        {"text": PROSE + "More."},
    ]
    path = write(tmp_path, "a.jsonl", "\n".join(json.dumps(r) for r in rows))
    first, second = load_reports([path]).reports
    assert (first.name, first.outlet, first.text) == ("n1", "Volta Post", PROSE)
    assert second.name == "a.jsonl:2"


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\n", "empty"),
        ("picture.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00", "binary"),
        ("sheet.xlsx", b"PK some text", "not read"),
        ("page.html", b"<!DOCTYPE html><html><body><p>Hi</p></body></html>", "no article"),
        ("bad.jsonl", b'{"text": "x"\n', "bad.jsonl:1"),
        ("none.jsonl", b'{"title": "x"}\n', 'no "text"'),
        ("marks.txt", b"---- 123 ....", "no words"),
        ("broken.jsonl", b'{"text": "\xff\xfe"}\n', "broken UTF-8"),
    ],
)
def test_bad_input_is_told_and_the_rest_is_read(tmp_path: Path, name: str, data: bytes, told: str) -> None:
    write(tmp_path, "good.txt", PROSE)
    write(tmp_path, name, data)
    found = load_reports([tmp_path])
    assert [r.name for r in found.reports] == ["good.txt"]
    (refusal,) = found.refused
    assert name in refusal.place
    assert told in refusal.place + refusal.reason
    assert refusal.advice


def test_a_large_file_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(load, "LARGEST", 1000)
    write(tmp_path, "good.txt", PROSE)
    write(tmp_path, "large.txt", PROSE * 20)
    (refusal,) = load_reports([tmp_path]).refused
    assert "more than" in refusal.reason


def test_broken_utf8_is_read_and_told(tmp_path: Path) -> None:
    found = load_reports(
        [write(tmp_path, "a.txt", "Präsident: é ü ".encode() + b"\xff " + PROSE.encode())]
    ).reports[0]
    assert any("Broken UTF-8" in note for note in found.notes)
    assert "�" in found.text


def test_other_encodings_are_guessed_and_told(tmp_path: Path) -> None:
    text = "Die Gespräche über den Frieden führten zu nichts, erklärte der Präsident am Äquator. " * 4
    found = load_reports([write(tmp_path, "a.txt", text.encode("cp1252"))]).reports[0]
    assert found.text == text
    assert any("guess" in note for note in found.notes)


def test_the_same_bytes_count_once(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", PROSE)
    write(tmp_path, "b.txt", PROSE)
    found = load_reports([tmp_path])
    assert len(found.reports) == 1
    assert "counted once" in found.refused[0].reason


def test_names_are_unique(tmp_path: Path) -> None:
    for folder in ("x", "y"):
        (tmp_path / folder).mkdir()
        write(tmp_path / folder, "a.txt", PROSE + folder)
    names = [r.name for r in load_reports([tmp_path]).reports]
    assert len(set(names)) == 2


def test_folders_globs_and_missing_paths(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", PROSE)
    write(tmp_path, ".hidden.txt", PROSE + "x")
    assert len(load_reports([str(tmp_path / "*.txt")]).reports) == 1
    found = load_reports([tmp_path, tmp_path / "missing.txt"])
    assert "no such file" in found.refused[0].reason


def test_nothing_readable_is_one_error_that_lists_all(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", b"")
    write(tmp_path, "b.txt", b"\x00\x00")
    with pytest.raises(NoReportsError) as told:
        load_reports([tmp_path])
    assert "a.txt" in str(told.value)
    assert "b.txt" in str(told.value)


def test_reading_twice_gives_the_same_ids(tmp_path: Path) -> None:
    write(tmp_path, "a.txt", PROSE)
    assert [r.id for r in load_reports([tmp_path]).reports] == [
        r.id for r in load_reports([tmp_path]).reports
    ]
