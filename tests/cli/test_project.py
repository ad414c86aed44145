"""The commands of a project file, from the outside."""

from __future__ import annotations

import csv
import inspect
import io
import json
import re
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from jirga.cli import main
from jirga.cli.app import app
from jirga.record.export import FORMATS
from jirga.record.export.rows import COLUMNS

TOLD = (
    "5 May 2031\n\n"
    "The Hill Council demanded the release of prisoners. The army refused. The Hill Council met envoys in Dorn on 3 May.\n"
)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("project")
    (folder / "a.txt").write_text(TOLD, encoding="utf-8")
    assert _code("add", str(folder / "a.txt"), "-p", str(folder / "talks.db")) == 0
    return folder / "talks.db"


def _code(*words: str) -> int:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("sys.argv", ["jirga", *words])
        with pytest.raises(SystemExit) as ended:
            main()
    return int(ended.value.code or 0)


def _rows(capfd: pytest.CaptureFixture[str], *words: str) -> list[dict[str, str]]:
    capfd.readouterr()
    assert _code(*words, "--format", "json") == 0
    return json.loads(capfd.readouterr().out)


@pytest.mark.parametrize("form", sorted(FORMATS))
def test_export_writes_a_file(project: Path, tmp_path: Path, form: str) -> None:
    if form == "parquet":
        pytest.importorskip("pyarrow", reason="the extra “parquet” is not installed")
    target = tmp_path / f"out.{form}"
    assert _code("export", "-p", str(project), "--as", form, "-o", str(target)) == 0
    assert target.stat().st_size


def test_export_to_standard_output(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert _code("export", "-p", str(project), "--as", "csv") == 0
    assert list(csv.DictReader(io.StringIO(capfd.readouterr().out)))


def test_wrong_use_is_told(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for words, told in (
        (("export", "-p", str(project), "--as", "docx"), "Choose one of"),
        (("diff", "-p", str(project), "--since", "yesterday"), "2025-10-01"),
        (("note", "nothing", "words", "-p", str(project)), "Nothing has the id"),
        (("undo", "99", "-p", str(project)), "no entry 99"),
    ):
        assert _code(*words) == 2
        assert told in capfd.readouterr().err


def test_a_decision_and_its_undoing(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    events = _rows(capfd, "events", "-p", str(project))
    ident = events[0]["id"]
    assert _code("note", ident[:8], "ask", "again", "-p", str(project), "--who", "ann") == 0
    assert _code("reject", ident[:8], "-p", str(project), "--why", "a rumour", "--who", "ann") == 0
    entry = re.findall(r"entry (\d+)", capfd.readouterr().out)[-1]
    assert len(_rows(capfd, "events", "-p", str(project))) == len(events) - 1
    assert _code("undo", entry, "-p", str(project), "--who", "bo") == 0
    after = _rows(capfd, "events", "-p", str(project))
    assert [row["id"] for row in after] == [row["id"] for row in events]
    assert after[0]["marks"] == "note by ann: ask again"
    work = _rows(capfd, "work", "-p", str(project))
    assert [(row["kind"], row["standing"]) for row in work] == [
        ("note", "stands"), ("reject", "undone"), ("undo", "stands"),
    ]  # fmt: skip


def test_diff_tells_in_a_line_and_by_rows(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert _code("diff", "-p", str(project), "--since", "2001-01-01") == 0
    told = capfd.readouterr().out
    assert re.match(r"\+\d+ statements, 1 new report, \d+ new events", told)
    rows = _rows(capfd, "diff", "-p", str(project), "--since", "2001-01-01T00:00+02:00")
    assert {"report", "event", "demand"} <= {row["what"] for row in rows}
    assert _code("diff", "-p", str(project), "--since", "9000-01-01") == 0
    assert "Nothing has changed" in capfd.readouterr().out


def test_an_orphan_is_loud(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report, target = tmp_path / "a.txt", str(tmp_path / "p.db")
    report.write_text(TOLD, encoding="utf-8")
    assert _code("add", str(report), "-p", target) == 0
    ident = next(r["id"] for r in _rows(capfd, "events", "-p", target) if "Dorn" in r["quote"])
    assert _code("accept", ident, "-p", target, "--who", "ann") == 0
    report.write_text(TOLD.replace("Dorn", "Torn"), encoding="utf-8")
    capfd.readouterr()
    assert _code("add", str(report), "-p", target) == 0
    assert "Orphan: entry 1, accept of event" in capfd.readouterr().err


def test_codebook(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = _rows(capfd, "codebook")
    with sqlite3.connect(project) as connection:
        columns = [row[1] for row in connection.execute("PRAGMA table_info(statement)")]
    assert [row["column"] for row in rows if row["table"] == "statement"] == columns


def test_the_codebook_names_every_column_of_every_list(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name, number in (("a", 14), ("b", 9)):  # two origins that differ on a toll
        toll = f"Chilean shells killed {number} villagers in Dorn on 12 May, officials in edition {name} of this paper said."
        (tmp_path / f"{name}.txt").write_text(
            f"{BOUND}\nChile demanded that Peru withdraw. {toll}\n", encoding="utf-8"
        )
    target = str(tmp_path / "p.db")
    assert _code("add", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "-p", target) == 0
    for kind in ("events", "positions", "disputes", "actors", "report"):
        assert _code("accept", _rows(capfd, kind, "-p", target)[0]["id"], "-p", target, "--who", "ann") == 0
    told: dict[str, list[str]] = {}
    for row in _rows(capfd, "codebook"):
        assert row["meaning"]
        if row["table"].startswith("jirga "):
            told.setdefault(row["table"].removeprefix("jirga "), []).append(row["column"])
    assert told.pop("export --as csv") == list(COLUMNS)
    more = {"search": ["ceasefire"], "show": ["country:PER"], "diff": ["--since", "2001-01-01"]}
    for kind, columns in told.items():
        rows = _rows(capfd, kind, *more.get(kind, []), "-p", target)
        assert list(rows[0]) == [column for column in columns if column != "marks" or "marks" in rows[0]], (
            kind
        )
        assert kind not in {"events", "positions", "disputes", "actors", "report"} or "marks" in rows[0]
    callbacks = ((command.name, command.callback) for command in app.registered_commands)
    lists = {name or made.__name__ for name, made in callbacks if made is not None and _form(made) == "Shape"}
    assert lists == told.keys()


def _form(command: Callable[..., object]) -> object:
    """Return the kind of form that a command prints."""
    asked = inspect.signature(command).parameters.get("form")
    return asked.annotation if asked else None


def test_merge_and_split_by_their_ids(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    before = [row["id"] for row in _rows(capfd, "events", "-p", str(project))]
    who = ("-p", str(project), "--who", "ann")
    assert _code("merge", before[0], before[1], *who) == 0
    joined = next(row["id"] for row in _rows(capfd, "events", "-p", str(project)) if row["id"] not in before)
    with sqlite3.connect(project) as connection:
        query = "SELECT statement_id FROM event_statement WHERE event_id = ? ORDER BY place"
        inside = [ident for (ident,) in connection.execute(query, (joined,))]
    assert _code("split", joined, *inside, *who) == 2  # nothing would be left
    assert _code("merge", joined, inside[0], *who) == 2  # a statement is no event
    assert _code("split", joined, inside[-1], *who) == 0
    assert joined not in [row["id"] for row in _rows(capfd, "events", "-p", str(project))]
    for row in reversed(_rows(capfd, "work", "-p", str(project))):
        if row["kind"] in {"merge", "split"}:
            assert _code("undo", str(row["entry"]), *who) == 0
    assert [row["id"] for row in _rows(capfd, "events", "-p", str(project))] == before


def test_show_opens_whatever_has_an_id(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for kind in ("events", "positions", "report", "actors"):
        for ident in {row["id"] for row in _rows(capfd, kind, "-p", str(project))}:
            for row in _rows(capfd, "show", ident, "-p", str(project)):
                assert TOLD[row["begin"] : row["end"]] == row["quote"]
    position = _rows(capfd, "positions", "-p", str(project))[0]["id"]
    assert {row["type"] for row in _rows(capfd, "show", position, "-p", str(project))} == {
        "REQUEST",
        "REJECT",
    }
    assert _code("show", position[:8], "-p", str(project)) == 0
    assert f"position {position}: the release of prisoners" in capfd.readouterr().out


def test_positions_as_of_a_day(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for number, words in (
        (5, "The Hill Council shelled the army. The Hill Council demanded that the army release the miners."),
        (15, "The army shelled the Hill Council. The army agreed to release the miners."),
        (28, "The army shelled the Hill Council. The army refused to release the miners."),
    ):
        (tmp_path / f"{number}.txt").write_text(f"{number} May 2031\n\n{words}\n", encoding="utf-8")
    asked = ("positions", "-p", str(tmp_path / "p.db"))
    assert _code("add", *(str(path) for path in tmp_path.glob("*.txt")), "-p", str(tmp_path / "p.db")) == 0
    rows = _rows(capfd, *asked)
    assert [(row["day"], row["step"]) for row in rows] == [
        ("2031-05-05", "first asked"), ("2031-05-15", "accepts"), ("2031-05-28", "reverses"),
    ]  # fmt: skip
    for day, state, many in (
        ("2031-05-01", None, 0),
        ("2031-05-05", "open", 1),
        ("2031-05-20", "accepted", 2),
    ):
        then = _rows(capfd, *asked, "--as-of", day)
        assert (len(then), {row["state"] for row in then}) == (many, {state} if state else set())
    assert _code(*asked, "--as-of", "soon") == 2
    assert len(_rows(capfd, *asked, "--type", "AGREE")) == 3  # found by an answer, told whole
    assert len(_rows(capfd, *asked, "--since", "2031-05-20")) == 3
    assert _rows(capfd, *asked, "--type", "SANCTION") == []


BOUND = """20 May 2031

Peru shelled Chile. Chile shelled Peru.

Chile and Peru agreed to a ceasefire on 8 May after talks brokered by Norway. Norway sent 40 observers to Dorn.
Peru accused Chile of violating the ceasefire on 15 May. Chile denied that it had violated the ceasefire.
Chile threatened to close the Dorn bridge unless Peru withdrew. There was no coordination within the Chilean delegation.
"""


def test_commitments_mediators_threats_and_factions(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    for name in ("a", "b"):  # a copy prints the same words
        (tmp_path / f"{name}.txt").write_text(f"{BOUND}\nPrinted in edition {name}.\n", encoding="utf-8")
    target = str(tmp_path / "p.db")
    assert _code("add", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "-p", target) == 0
    kept = _rows(capfd, "commitments", "-p", target)
    truce = [row for row in kept if "ceasefire" in row["commitment"]]
    assert {"committed", "breach told", "breach denied"} == {row["step"] for row in truce}
    assert {row["state"] for row in truce} == {"breach told"}
    assert truce[0]["outlet"] == "a.txt, b.txt"
    did = _rows(capfd, "mediators", "-p", target)
    assert {row["name"] for row in did} == {"Norway"}
    assert any("observers" in row["quote"] for row in did)
    assert any("bridge" in row["threat"] for row in _rows(capfd, "threats", "-p", target))
    assert [row["party"] for row in _rows(capfd, "factions", "-p", target)] == ["Chile"]
    assert _rows(capfd, "mediators", "-p", target, "--actor", "Dorn Rovers") == []
    assert _rows(capfd, "commitments", "-p", target, "--since", "2031-05-21") == []
    assert _rows(capfd, "threats", "-p", target, "--type", "AID") == []
    for kind in ("commitments", "mediators", "threats", "factions"):
        assert _code(kind, "-p", target) == 0


def test_a_draft_is_made_from_a_project(
    project: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    made = tmp_path / "c.yaml"
    assert _code("draft", "-p", str(project), "-o", str(made)) == 0
    assert _code("draft", str(project.parent / "a.txt"), "-o", str(tmp_path / "again.yaml")) == 0
    assert made.read_bytes() == (tmp_path / "again.yaml").read_bytes()
    capfd.readouterr()
    assert _code("draft", "-o", str(made)) == 2
    assert "-p" in capfd.readouterr().err


def test_search_is_not_cut_without_a_word(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    found = _rows(capfd, "search", "the", "-p", str(project))
    assert len(found) > 1
    assert {"when_start", "actors", "quote", "told_by"} <= found[0].keys()
    pages = [
        _rows(capfd, "search", "the", "-p", str(project), "--limit", "1", "--offset", str(n))
        for n in range(len(found))
    ]
    assert [row for page in pages for row in page] == found


def test_the_timeline_tells_when_it_was_reported_and_how_exact_it_is(
    project: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (row,) = _rows(capfd, "timeline", "-p", str(project))
    assert (row["when_start"], row["precision"], row["reported"]) == ("2031-05-03", "day", "2031-05-05")


def test_a_list_fits_a_small_window(project: Path, capfd: pytest.CaptureFixture[str]) -> None:
    capfd.readouterr()
    assert _code("search", "prisoners", "-p", str(project)) == 0
    assert "release of prisoners" in " ".join(capfd.readouterr().out.split())


@pytest.mark.parametrize("words", [b"", b"\n \n", b"%PDF \0\0\0\0"])
def test_what_cannot_be_read_makes_no_file(
    tmp_path: Path, words: bytes, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_bytes(words)
    (tmp_path / "blank.jsonl").write_bytes(b"\n\n")
    for given in ("in", "missing", "blank.jsonl"):
        assert _code("add", str(tmp_path / given), "-p", str(tmp_path / "new.db")) == 1
    assert "Nothing was read, and no project was made." in capfd.readouterr().err
    assert sorted(p.name for p in tmp_path.iterdir()) == ["blank.jsonl", "in"]


LISTS = (
    "timeline", "positions", "disputes", "events", "actors", "report", "search prisoners", "commitments", "mediators",
    "threats", "factions",
)  # fmt: skip


@pytest.mark.parametrize("asked", LISTS)
@pytest.mark.parametrize("width", [60, 80, 160])
def test_tables_fit_the_window(
    project: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, asked: str, width: int
) -> None:
    monkeypatch.setattr("jirga.cli.console.out._width", width)
    capfd.readouterr()
    assert _code(*asked.split(), "-p", str(project)) == 0
    told = capfd.readouterr()
    assert max((len(line.rstrip()) for line in told.out.splitlines()), default=0) <= width
    if "No room for" not in told.err and asked == "report":
        assert "a.txt" in told.out


@pytest.mark.parametrize("asked", LISTS)
def test_every_list_is_filtered_and_printed_in_every_form(
    project: Path, capfd: pytest.CaptureFixture[str], asked: str
) -> None:
    words = (*asked.split(), "-p", str(project))
    rows = _rows(capfd, *words)
    assert _code(*words, "--format", "csv") == 0
    assert list(csv.DictReader(io.StringIO(capfd.readouterr().out))) or not rows
    for given in (
        ("--since", "2040-01-01"),
        ("--until", "1990-01-01"),
        ("--actor", "nobody"),
        ("--type", "aid"),
    ):
        assert _rows(capfd, *words, *given) == []
    for given, told in (
        (("--since", "yesterday"), "no day"),
        (("--until", "2031-02-30"), "2025-10-01"),
        (("--type", "FIGHT"), "ASSAULT"),
    ):
        assert _code(*words, *given) == 2
        assert told in capfd.readouterr().err


def test_a_dispute_shows_both_quotes_and_who_gave_them(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    where = str(tmp_path / "p.db")
    for name, count in (("mon", 12), ("tue", 30)):
        words = f"5 May 2031\n\nThe army killed {count} rebels in Dorn on 3 May.\n"
        (tmp_path / f"{name}.txt").write_text(words, encoding="utf-8")
    assert _code("add", str(tmp_path / "mon.txt"), "-p", where) == 0
    with sqlite3.connect(where) as connection:
        connection.execute("UPDATE report SET added = '2001-01-01T00:00:00+00:00'")
    assert _code("add", str(tmp_path / "tue.txt"), "-p", where) == 0
    rows = [row for row in _rows(capfd, "disputes", "-p", where) if row["aspect"] == "number"]
    assert [(row["value"], row["outlet"]) for row in rows] == [("12", "mon.txt"), ("30", "tue.txt")]
    assert all(row["value"] in row["quote"] for row in rows)
    assert _code("diff", "-p", where, "--since", "2002-01-01") == 0
    told = capfd.readouterr().out
    assert re.match(r"\+1 statement, 1 new report; now disputed: “The army killed 12 rebels", told), told
