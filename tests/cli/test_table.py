"""Tables for people: nothing wider than the window, nothing left out, a quote in a column that can be read."""

from __future__ import annotations

import io
import re
from typing import Any

import pytest
from rich.console import Console

from jirga.cli.stacked import stacked
from jirga.cli.table import fitted

LONG = "the Hill Council’s envoys walked out of the talks in Dorn after the army’s delegation put off the signing once more"
EVENT = {
    "when_start": "2031-05-03", "when_end": "2031-05-04", "precision": "weekend", "type": "REJECT", "mode": "meet",
    "actors": "Hill Council, Northern Coordination Committee", "recipients": "army", "where_name": "Dorn",
    "quote": LONG, "report": "dorn-herald-evening-edition.txt", "reported": "2031-05-05", "standing": "attributed",
    "origins": 2, "marks": "accepted by ann", "id": "0123456789abcdef",
}  # fmt: skip
STEP = {
    "demander": "Hill Council", "addressee": "army", "demand": "release the prisoners", "state": "refused", "origins": 2,
    "day": "2031-05-03", "step": "first asked", "by": "Hill Council", "quote": LONG, "outlet": "Dorn Herald", "told_by": "",
    "outlets": 1, "inferred": False, "statements": ["x"], "id": "0123456789abcdef",
}  # fmt: skip
ANSWER = STEP | {
    "day": "2031-05-09",
    "step": "refuses",
    "by": "army",
    "quote": "it refused",
    "inferred": True,
    "outlets": 3,
}


def lines(rows: list[dict[str, Any]], width: int) -> list[str]:
    table = fitted(rows, width)
    out = io.StringIO()
    if table is not None:
        Console(file=out, width=width).print(table)
    return out.getvalue().splitlines() if table is not None else [line.plain for line in stacked(rows, width)]


def words(text: str) -> set[str]:
    return set(re.findall(r"\w+", text))


@pytest.mark.parametrize("width", [40, 60, 80, 100, 120, 160, 250])
@pytest.mark.parametrize(
    "rows", [[EVENT], [EVENT, EVENT | {"quote": "short"}], [STEP, ANSWER]], ids=["event", "two", "steps"]
)
def test_no_line_is_wider_and_no_word_is_lost(rows: list[dict[str, Any]], width: int) -> None:
    told = lines(rows, width)
    assert max(map(len, told)) <= width
    assert words(LONG) <= words(" ".join(told))
    if width >= 60:
        assert {"attributed", "accepted"} <= words(" ".join(told)) or "demand" in rows[0]


@pytest.mark.parametrize("width", [80, 120])
def test_a_quote_has_room(width: int) -> None:
    told = lines([EVENT], width)
    assert len(told) <= 8
    assert any(len(line) > width * 0.7 for line in told)


def test_a_demand_is_told_once_with_its_steps_beneath() -> None:
    told = lines([STEP, ANSWER], 80)
    assert sum("release the prisoners" in line for line in told) == 1
    assert [line.strip() for line in told if "·" in line] == [
        "2031-05-03 · first asked · Hill Council",
        "2031-05-09 · refuses · army",
    ]
    assert "it refused (Dorn Herald; 3 outlets; inferred)" in " ".join(" ".join(told).split())


@pytest.mark.parametrize(
    ("start", "end", "precision", "shown"),
    [
        ("2031-05-03", "2031-05-03", "day", "2031-05-03"),
        ("2031-05-03", "2031-05-04", "weekend", "2031-05-03 – 2031-05-04 (weekend)"),
        ("2031-05-01", "2031-05-31", "month", "2031-05"),
        ("2031-01-01", "2031-12-31", "year", "2031"),
        ("2021-01-01", "2031-05-05", "open", "since 2021"),
        ("2021-03-04", "2031-05-05", "open", "since 2021-03-04"),
        (None, None, None, ""),
    ],
)
def test_a_time_is_told_as_exactly_as_it_is_known(start: str, end: str, precision: str, shown: str) -> None:
    row = EVENT | {
        "when_start": start,
        "when_end": end,
        "precision": precision,
        "quote": "short",
        "marks": "",
    }
    told = " ".join(" ".join(line.plain for line in stacked([row, EVENT], 300)).split())
    assert shown in told
    assert "None" not in told
