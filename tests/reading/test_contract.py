"""The default reader keeps the contract of readers."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path

import pytest

from jirga.reading.reader import DefaultReader
from jirga.reports.types import BlockKind


def _load():
    name = "reading_contract"
    spec = importlib.util.spec_from_file_location(name, Path(__file__).with_name("contract.py"))
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


contract = _load()


@pytest.fixture(scope="module")
def reader():
    return DefaultReader()


@pytest.mark.parametrize("kind", [BlockKind.BODY, BlockKind.TITLE])
@pytest.mark.parametrize("name", contract.TEXTS)
def test_default_reader_keeps_the_contract(reader, name, kind):
    contract.check(reader.read(contract.report_of(contract.TEXTS[name], kind)))


def test_what_is_not_read_is_told(reader):
    report = contract.report_of("Subscribe to our letter.", BlockKind.FURNITURE)
    reading = reader.read(report)
    assert reading.unread == (((0, len(report.text)), "furniture"),)
    assert not reading.statements
