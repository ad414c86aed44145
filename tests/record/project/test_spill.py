"""Rows that are put away come back, whether they went to disk or not."""

from __future__ import annotations

import tempfile
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from jirga.errors import ProjectError
from jirga.record.project import spill
from jirga.record.project.spill import Spill

FEW = st.lists(st.lists(st.tuples(st.integers(0, 5), st.integers(-(2**62), 2**62)), max_size=9), max_size=9)


@given(FEW, st.integers(1, 40))
def test_each_part_has_its_rows_in_order(added: list[list[tuple[int, int]]], held: int) -> None:
    with pytest.MonkeyPatch.context() as patch, Spill(2) as kept:
        patch.setattr(spill, "HELD", held)
        for rows in added:
            values = np.array([(value, -value) for _, value in rows], np.int64).reshape(-1, 2)
            kept.add(values, np.array([part for part, _ in rows], np.int64))
        every = [row for rows in added for row in rows]
        assert kept.parts() == sorted({part for part, _ in every})
        for part in range(6):
            assert kept.part(part).tolist() == [[value, -value] for where, value in every if where == part]


def test_a_full_disk_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    class Full:
        def seek(self, *_: int) -> int:
            return 0

        def write(self, _: bytes) -> int:
            raise OSError(28, "No space left on device")

        def close(self) -> None:
            pass

    monkeypatch.setattr(spill, "HELD", 1)
    monkeypatch.setattr(spill, "TemporaryFile", lambda **_: Full())
    with Spill(1) as kept, pytest.raises(ProjectError, match="TMPDIR"):
        kept.add(np.zeros((2, 1), np.int64), np.zeros(2, np.int64))


def test_nothing_is_left_on_disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spill, "HELD", 1)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    with Spill(1) as kept:
        kept.add(np.ones((3, 1), np.int64), np.zeros(3, np.int64))
        assert kept.part(0).tolist() == [[1], [1], [1]]
    assert list(tmp_path.iterdir()) == []
