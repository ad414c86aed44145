"""Which weekend a story means: the last one, or the one after the day that the story has told of."""

from __future__ import annotations

from datetime import date

import pytest

from jirga.reading.passages import parse
from jirga.reading.when import when_for
from jirga.reports.types import Block, BlockKind, Precision, Report, TimeSpan

DAY = date(2025, 11, 20)  # a Thursday
CASES = [
    ("Clashes broke out on October 9.\n\nDozens died over the weekend.", date(2025, 10, 11)),
    ("Clashes broke out on October 9. Dozens died over the weekend.", date(2025, 10, 11)),
    ("Shelling began on 12 October 2025. Dozens died over the weekend.", date(2025, 10, 11)),
    ("Talks opened on November 13.\n\nDozens died over the weekend.", date(2025, 11, 15)),
    ("The rebels left on Monday.\n\nDozens died over the weekend.", date(2025, 11, 15)),
    (
        "Clashes broke out on October 9.\n\nThe border shut.\n\nDozens died over the weekend.",
        date(2025, 11, 15),
    ),
    ("Clashes broke out on October 9.\n\nDozens died over a single weekend.", None),
    ("Dozens died in one weekend.", None),
]


@pytest.mark.parametrize(("text", "saturday"), CASES)
def test_which_weekend(text: str, saturday: date | None, nlp) -> None:
    blocks, at = [], 0
    for part in text.split("\n\n"):
        begin = text.index(part, at)
        at = begin + len(part)
        blocks.append(Block(begin, at, BlockKind.BODY))
    published = TimeSpan(DAY, DAY, Precision.DAY)
    report = Report(
        "0" * 16, "case", "case.txt", text, text.encode(), published=published, blocks=tuple(blocks)
    )
    passage = parse(report, nlp)[-1]
    sentence = list(passage.doc.sents)[-1]
    found = when_for(passage, list(sentence), report)
    assert (found.start if found else None) == saturday
