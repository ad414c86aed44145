"""Read a text as one report of one block of prose."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest

from jirga.reading.reader import DefaultReader
from jirga.reading.types import Reading
from jirga.reports.types import Block, BlockKind, Report


def report_of(text: str, kind: BlockKind = BlockKind.BODY) -> Report:
    """Return a report whose lines are blocks of one kind."""
    blocks = []
    for line in re.finditer(r"[^\n]+", text):
        begin = line.start() + len(line.group()) - len(line.group().lstrip())
        end = line.start() + len(line.group().rstrip())
        if begin < end:
            blocks.append(Block(begin, end, kind))
    return Report(
        "0" * 16, "invented", "invented", text, text.encode("utf8", "surrogatepass"), blocks=tuple(blocks)
    )


@pytest.fixture(scope="session")
def read() -> Callable[[str], Reading]:
    """Return the default reader as a function of text."""
    reader = DefaultReader()

    def of(text: str) -> Reading:
        return reader.read(report_of(text))

    return of
