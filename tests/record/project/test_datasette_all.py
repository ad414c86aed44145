"""One record of all reports that the tests have opens in Datasette, every page of it."""

from __future__ import annotations

import hashlib
import itertools
import json
import re
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache
from pathlib import Path

import pytest
import yaml
from tests.record.project.browsing import ask, walk

from jirga.reading.reader import DefaultReader
from jirga.reading.types import ActorMention, EventType, Reading, Statement
from jirga.record.project import Project, codebook_for_datasette
from jirga.record.project.schema import VIEWS, metadata
from jirga.record.project.working import WORKING
from jirga.reports.types import Report

ROOT = Path(__file__).resolve().parents[3]
EXAMPLES, TESTS, SHARED = ROOT / "examples", ROOT / "tests", ROOT.parent / "shared"
FOLDERS = (TESTS / "reports" / "pages", TESTS / "reading" / "reports", SHARED / "reports")
LABELLED = TESTS / "record" / "labelled"
TEXTS = {"events-dev.jsonl": 200, "attribution-dev.jsonl": 40}  # of the measuring sets
TOLD = 5  # statements that the cheap reader takes from a report
SENTENCE = re.compile(r"((?:[A-Z][\w'’-]{1,30} ?){1,4})[a-z][^.\n]{10,300}\.")
TYPES = tuple(EventType)


def read_cheaply(report: Report) -> Reading:
    """Take a report's first sentences that begin with a name; what they tell is drawn from their first word."""
    found = []
    for match in itertools.islice(SENTENCE.finditer(report.text), TOLD):
        quote, name, begin = match.group().strip(), match.group(1).strip(), match.start()
        who = ActorMention(f"actor:{name.lower().replace(' ', '-')}", name, begin, begin + len(name), name)
        drawn = hashlib.sha256(quote[len(name) :].split()[0].encode()).digest()[0]
        found.append(
            Statement(
                id=hashlib.sha256(f"{report.id} {begin}".encode()).hexdigest()[:16], report=report.name, begin=begin,
                end=begin + len(quote), quote=quote, type=TYPES[drawn % len(TYPES)], actors=(who,),
                terms=tuple(re.findall(r"\w+", quote.lower())), sentence=(begin, begin + len(quote)),
            )
        )  # fmt: skip
    return Reading(report, sentences=((0, len(report.text)),), statements=tuple(found), reader="cheap 1")


@cache
def _real() -> DefaultReader:
    return DefaultReader()


def read(report: Report) -> Reading:
    """Read the examples as the package does, all others cheaply."""
    return _real().read(report) if report.path.startswith(str(EXAMPLES)) else read_cheaply(report)


def _lines(folder: Path) -> Iterator[Path]:
    """Write texts that are parts of other files as JSON Lines."""
    for source, most in TEXTS.items():
        with (SHARED / "eval" / source).open(encoding="utf-8") as lines, (folder / source).open("w") as out:
            for line in itertools.islice(lines, most):
                told = json.loads(line)
                out.write(json.dumps({"id": told.get("id") or told.get("doc"), "text": told["text"]}) + "\n")
        yield folder / source
    for source in sorted(LABELLED.glob("*.yaml")):
        path = folder / f"{source.stem}.jsonl"
        with path.open("w", encoding="utf-8") as out:
            for told in yaml.safe_load(source.read_text(encoding="utf-8")):
                text = " ".join(sentence for _, sentence in told["sentences"])
                line = {"text": text, "outlet": told["outlet"], "published": str(told["published"])}
                out.write(json.dumps(line) + "\n")
        yield path


def test_a_record_of_all_reports_opens_in_datasette(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("../shared is not here")
    file = tmp_path / "all.db"
    with Project(file, create=True) as project:
        done = project.add([EXAMPLES / "istanbul-2025" / "reports", *FOLDERS, *_lines(tmp_path)], read)
    assert done.new >= 270
    shown, views = list(metadata.tables), list(VIEWS)
    described = codebook_for_datasette(file.stem)
    found = walk(file, [*shown, *views], described)
    with closing(sqlite3.connect(file)) as connection:
        for name in (*shown, *views):
            (rows,) = connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()
            assert found["rows"][name] == rows, name
    assert found["rows"]["event"] > 500
    assert found["pages"] > len(shown) + len(views)  # some have more than one
    assert found["single"] > len(shown)
    working = {table.name for table in WORKING}
    assert working <= set(found["hidden"])
    assert set(found["hidden"]).isdisjoint(metadata.tables.keys() - working)
    words = ("talks", "cease*", '"the+army"', "a%22b", "NEAR(", "nothing-of-this")
    searches = [f"/all/statement.json?_shape=array&_search={each}" for each in words]
    pages = ask(file, *searches, "/all/statement?_search=talks", described=described)
    assert {status for status, _ in pages.values()} == {200}
    assert all("talks" in row["quote"].lower() for row in json.loads(pages[searches[0]][1]))
    assert [bool(json.loads(pages[searches[at]][1])) for at in (0, 2, 5)] == [True, True, False]
