"""The fast reader of the package's own tables reads what YAML 1.2 says."""

from __future__ import annotations

from pathlib import Path

import pytest
from ruamel.yaml import YAML

from jirga import _data

PACKAGE = Path(_data.__file__).parent
TABLES = sorted(path for path in PACKAGE.glob("*/data/*.yaml"))


def test_there_are_tables() -> None:
    assert len(TABLES) > 5


@pytest.mark.parametrize("path", TABLES, ids=lambda p: f"{p.parts[-3]}/{p.name}")
def test_a_table_reads_as_in_yaml_1_2(path: Path) -> None:
    found = _data.load_yaml(f"jirga.{path.parts[-3]}", path.name)
    assert repr(found) == repr(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")))
