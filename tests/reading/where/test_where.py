"""Places of clauses."""

from __future__ import annotations

import pytest

from jirga.reading.actors import Mentions, find_mentions
from jirga.reading.passages import parse
from jirga.reading.where import where_for
from jirga.reports.types import Block, BlockKind, Report

CASES = [
    ("Shells fell in northern Gaza.", "place:region:gaza"),
    ("Rebels attacked a base near Goma.", "place:216281"),
    ("Troops massed along the border.", "place:text:border"),
    ("The sides met in Doha.", "place:290030"),
    ("Protests broke out in Pakistan.", "country:PAK"),
    ("The army fought rebels in Nyala in Sudan.", "place:369004"),
    ("Shells hit a market in the northern Syrian city of Homs.", "place:169577"),
    ("The army fought rebels in the east of Mosul.", "place:99072"),
    ("Troops killed five near the Sudanese town El Fasher.", "place:379555"),
    ("The U.S. and China met in Geneva.", "place:2660646"),
    ("Jets bombed a school in the village of Ruka Dan.", "place:text:ruka-dan"),
    ("Islamabad rejected the plan.", None),
    ("The delegation rejected the plan.", None),
]


@pytest.mark.parametrize(("text", "place"), CASES)
def test_where(text: str, place: str | None, nlp) -> None:
    report = Report("0", "r", "r", text, b"", blocks=(Block(0, len(text), BlockKind.BODY),))
    passages = parse(report, nlp)
    found = where_for(passages[0], list(passages[0].doc), Mentions(passages, find_mentions(report, passages)))
    assert (found.id if found else None) == place
    assert found is None or found.text in text
